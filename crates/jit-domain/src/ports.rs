//! What the domain asks of the outside. Adapters implement these; tests swap them.
//!
//! Durable state is one consistency boundary and therefore one port, [`Store`]: named reads,
//! grouped in a small trait for each aggregate, and a single write, [`Store::commit`].
//! Every read and every write names its workspace and MUST NOT touch another one's rows (R38).

use std::sync::Arc;

/// For adapters, which write it above their implementations of ports.
pub use async_trait::async_trait;
use uuid::Uuid;

use crate::{
    assertion::{AssertionRefusal, Examination, ExampleAssertion},
    change::Commit,
    connections::{IdpConnection, IdpDescription, ServiceProvider},
    console::Password,
    error::{InvalidField, Source, StoreError},
    saml_keys::SamlKey,
    values::Timestamp,
};

mod pass_on;
mod reads;

pub use reads::*;

/// All durable state.
#[async_trait]
pub trait Store:
    WorkspaceRepository
    + SettingsRepository
    + ConnectionRepository
    + SignInLogRepository
    + EndUserRepository
    + GroupRepository
    + ApiClientRepository
    + PolicyRepository
    + CollectionRepository
    + AccessRequestRepository
    + GrantRepository
    + ConsoleRepository
    + SessionRepository
    + AuditRepository
    + GatewayRepository
{
    /// Applies every change, in order, or none.
    ///
    /// - `Put` at version 1 MUST insert and refuse if the id, or a key that must be unique, exists.
    /// - `Put` at version n MUST replace version n - 1 and refuse if another version is there.
    /// - `Remove` and `Unchanged` MUST refuse unless exactly that version is there.
    /// - `SameEpoch` MUST refuse unless the JIT user settings are there at exactly that epoch.
    /// - `Accept` MUST refuse if that assertion was accepted before.
    /// - The audit events, and the changelog of [`Commit::gateway_changes`], MUST be part of it.
    /// - An aggregate of another workspace than the commit's MUST be refused.
    /// - `Ok` means durable.
    ///
    /// Every refusal is [`StoreError::Conflict`]. A transient error of the database is repeated
    /// by the adapter, at most 10 times with jitter; a conflict never is.
    ///
    /// The authentication method of a client MUST NOT change (R4), and audit events of another
    /// workspace than the commit's MUST be refused.
    ///
    /// The slug of a workspace is unique. Unique within a workspace are: the slug and the provider's
    /// entity id of a connection; each subject of an end user and of an administrator; the name of a group and of a policy without
    /// letter case; the slug of a collection; the owner of a JIT client; the hash of a credential, of a token
    /// of a session and of a setup link; the e-mail address of an administrator with a password, without letter
    /// case; and the pending request of a client for a collection. *Without letter case* means Unicode's lower case.
    ///
    /// References MUST exist, and MUST keep what they name from being removed: the owner and policy of a
    /// client, the policy and groups of the settings, the client and collection of a request and of a grant.
    /// Setup links and attempts to sign in name a connection that must exist, and go with it.
    /// The groups of an end user must exist too, but the memberships of a removed group go with it, and the
    /// versions of its members stay.
    async fn commit(&self, commit: &Commit) -> Result<(), StoreError>;

    /// Forgets sessions, logins under way, accepted assertions, setup links and attempts to sign in that ended
    /// before that moment.
    /// Housekeeping, not a decision: nothing that it removes could still be used.
    async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// Answers if the store can be read, in a moment.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// The time.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait Clock: Send + Sync {
    /// Now, in whole microseconds.
    fn now(&self) -> Timestamp;
}

/// Unpredictable numbers.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait Random: Send + Sync {
    /// A new id: a version 7 UUID of that moment (RFC 9562 section 5.7).
    fn id(&self, now: Timestamp) -> Uuid;
    /// 20 bytes of a cryptographically secure generator, for secrets.
    fn secret(&self) -> [u8; 20];
}

/// Checks what identity providers send (R11).
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait AssertionVerifier: Send + Sync {
    /// Reads the form field `SAMLResponse`. The verdict has its claims only if every check passes.
    ///
    /// `keys` are our own, for what is encrypted. A connection whose provider is not described refuses everything.
    fn examine(
        &self,
        connection: &IdpConnection,
        service: &ServiceProvider,
        keys: &[SamlKey],
        saml_response: &str,
        now: Timestamp,
    ) -> Examination;

    /// Reads an assertion or response that somebody pasted, as XML or base64, without verifying anything (R10).
    fn read_example(&self, text: &str) -> Result<ExampleAssertion, AssertionRefusal>;
}

/// Reads what identity providers say of themselves.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait IdpMetadataSource: Send + Sync {
    /// Reads a metadata document.
    fn read(&self, xml: &str) -> Result<IdpDescription, InvalidField>;
    /// Reads a certificate, as PEM or as base64 of its DER form.
    fn read_certificate(
        &self,
        text: &str,
    ) -> Result<crate::connections::SigningCertificate, InvalidField>;
    /// Fetches a metadata document from an https address and reads it.
    async fn fetch(&self, url: &str) -> Result<IdpDescription, InvalidField>;
}

/// Hashes passwords, slowly on purpose.
#[async_trait]
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait PasswordHasher: Send + Sync {
    /// A salted hash in PHC string form.
    async fn hash(&self, password: Password) -> Result<String, Source>;
    /// Whether the password belongs to the hash; takes as long if there is no hash to compare with.
    async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Source>;
}

/// The ports that use cases need, as one value.
#[derive(Clone)]
pub struct Ports {
    /// All durable state.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Unpredictable numbers.
    pub random: Arc<dyn Random>,
    /// Password hashes.
    pub passwords: Arc<dyn PasswordHasher>,
}
