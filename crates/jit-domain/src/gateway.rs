//! May this call pass? The one function that says so (R26).

use std::{collections::BTreeSet, net::IpAddr, sync::Arc};

use crate::{
    access::Grant,
    catalogue::{self, Audience, Policy, Publication},
    clients::{ClientState, Credential, IpRules},
    ids::{ApiClientId, ApiCollectionId, EndUserGroupId, EndUserId, PolicyId},
    settings::AuthMethod,
    tokens::{Secret, SecretHash, SecretKind},
    values::{Slug, Timestamp},
};

/// What the gateway knows of one client; everything that a decision needs, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallingClient {
    /// The client.
    pub id: ApiClientId,
    /// Whose it is.
    pub owner: EndUserId,
    /// Whether the owner may act.
    pub owner_is_usable: bool,
    /// The owner's groups.
    pub groups: BTreeSet<EndUserGroupId>,
    /// How it authenticates.
    pub method: AuthMethod,
    /// Whether it may call at all.
    pub state: ClientState,
    /// The policy that governs it.
    pub policy: Option<PolicyId>,
    /// Its credentials.
    pub credentials: Vec<Credential>,
    /// Its grants that are not revoked.
    pub grants: Vec<Grant>,
}

/// Where a collection's calls go, and who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The collection.
    pub collection: ApiCollectionId,
    /// Its place in addresses.
    pub slug: Slug,
    /// The version in addresses.
    pub api_version: Slug,
    /// Where calls go.
    pub upstream: String,
    /// Whether it is offered.
    pub publication: Publication,
    /// To whom.
    pub audience: Audience,
}

/// What a decision reads: a picture of the store in memory.
pub trait GatewayView {
    /// The client that owns the credential with that hash.
    fn find_client(&self, hash: &SecretHash) -> Option<Arc<CallingClient>>;
    /// The route of a collection's place in addresses.
    fn find_route(&self, collection: &str, version: &str) -> Option<Arc<Route>>;
    /// A policy.
    fn find_policy(&self, id: PolicyId) -> Option<Arc<Policy>>;
}

/// Counts calls against a policy. Asked last, so that a refusal consumes nothing.
pub trait Limits {
    /// Takes one call out of the client's room, or says how long to wait.
    fn consume(
        &self,
        client: ApiClientId,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(), LimitReached>;
}

/// A call that wants to pass.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The collection in the address.
    pub collection: &'a str,
    /// The version in the address.
    pub version: &'a str,
    /// The secret that the caller sent.
    pub secret: Option<&'a str>,
    /// Where the call comes from.
    pub ip: Option<IpAddr>,
}

/// A call that may pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// Who calls.
    pub client: Arc<CallingClient>,
    /// Where it goes.
    pub route: Arc<Route>,
}

/// Why a call may not pass (R27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No secret came.
    #[error("send your secret in the header `api-token` or as `Authorization: Bearer`")]
    CredentialMissing,
    /// The secret is mistyped, unknown, revoked or expired. Which of these stays our secret.
    #[error("the credential is not valid; check it, or create a new one in the portal")]
    CredentialInvalid,
    /// Rules on addresses forbid it.
    #[error("calls from this address are not allowed")]
    IpDenied,
    /// The owner or the client may not act.
    #[error("access is suspended; ask an administrator")]
    Suspended,
    /// Nothing that the caller may see is there.
    #[error("there is nothing at this path")]
    UnknownPath,
    /// No grant, or none any more.
    #[error("this client has no access to the collection; request it in the portal")]
    NoGrant,
    /// The policy has no room.
    #[error("too many calls; wait {} s", .0.retry_after_seconds)]
    LimitReached(LimitReached),
}

/// Which limit has no room, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitReached {
    /// `rate` or `quota`.
    pub limit: &'static str,
    /// Calls in the period.
    pub count: u64,
    /// After so many whole seconds there is room again; at least 1.
    pub retry_after_seconds: u64,
}

impl Refusal {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CredentialMissing => "credential_missing",
            Self::CredentialInvalid => "credential_invalid",
            Self::IpDenied => "ip_denied",
            Self::Suspended => "suspended",
            Self::UnknownPath => "unknown_path",
            Self::NoGrant => "no_grant",
            Self::LimitReached(_) => "limit_reached",
        }
    }

    /// The HTTP status (R27).
    pub const fn status(&self) -> u16 {
        match self {
            Self::CredentialMissing | Self::CredentialInvalid => 401,
            Self::IpDenied | Self::Suspended | Self::NoGrant => 403,
            Self::UnknownPath => 404,
            Self::LimitReached(_) => 429,
        }
    }
}

/// Decides whether a call passes (R26).
///
/// Who calls is asked before where to, so that a stranger learns nothing about what exists (R27);
/// room in the policy is asked last, so that a refusal consumes nothing.
pub fn authorise(
    view: &impl GatewayView,
    limits: &impl Limits,
    call: &Call<'_>,
    now: Timestamp,
) -> Result<Allowed, Refusal> {
    let secret = call.secret.ok_or(Refusal::CredentialMissing)?;
    let hash = Secret::parse(SecretKind::AuthToken, secret)
        .ok_or(Refusal::CredentialInvalid)?
        .hash();
    let client = view.find_client(&hash).ok_or(Refusal::CredentialInvalid)?;
    let credential = usable_credential(&client, &hash, now).ok_or(Refusal::CredentialInvalid)?;
    let policy = match client.policy {
        // A policy that should be there and is not: fail closed.
        Some(id) => Some(view.find_policy(id).ok_or(Refusal::Suspended)?),
        None => None,
    };
    let rules = |rules: &IpRules| rules.allows(call.ip);
    if !rules(&credential.ip_rules)
        || !policy
            .as_deref()
            .is_none_or(|policy| rules(&policy.ip_rules))
    {
        return Err(Refusal::IpDenied);
    }
    if !client.owner_is_usable || client.state != ClientState::Active {
        return Err(Refusal::Suspended);
    }
    let route = view
        .find_route(call.collection, call.version)
        .ok_or(Refusal::UnknownPath)?;
    if route.publication != Publication::Published {
        return Err(Refusal::UnknownPath);
    }
    let granted = client
        .grants
        .iter()
        .any(|g| g.collection == route.collection && g.is_live(now));
    if !granted {
        return Err(
            if catalogue::is_visible(route.publication, &route.audience, &client.groups) {
                Refusal::NoGrant
            } else {
                Refusal::UnknownPath
            },
        );
    }
    if let Some(policy) = policy {
        limits
            .consume(client.id, &policy, now)
            .map_err(Refusal::LimitReached)?;
    }
    Ok(Allowed { client, route })
}

fn usable_credential<'a>(
    client: &'a CallingClient,
    hash: &SecretHash,
    now: Timestamp,
) -> Option<&'a Credential> {
    let found = client
        .credentials
        .iter()
        .find(|credential| credential.hash == *hash)?;
    (client.method == AuthMethod::AuthToken && found.is_usable(now)).then_some(found)
}
