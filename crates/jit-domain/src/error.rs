//! What can go wrong, in the words of the business.

use std::error::Error as StdError;

use crate::{
    access::{Decider, RequestStatus},
    ids::{AccessRequestId, GrantId},
    settings::AuthMethod,
    values::{Name, Timestamp, Version},
};

mod invalid;

pub use invalid::{InvalidField, Problems};

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A normal answer of the business: no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Others were faster again and again; nothing was changed, and trying again is fine.
    #[error("others changed the same things at the same time; nothing was changed, try again")]
    Contended,
    /// Something outside is down; nothing is known to have changed, and trying later is safe.
    #[error("the store is not available")]
    Unavailable(#[source] Source),
}

/// The private error of an adapter.
pub type Source = Box<dyn StdError + Send + Sync>;

/// What a store answers when it cannot do as it was told.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something that the commit relied on has moved, or a unique key exists: read again and decide again.
    #[error("something that this commit relied on has changed")]
    Conflict,
    /// Nothing is known; trying later is safe because ids were chosen before.
    #[error("the store is not available")]
    Unavailable(#[source] Source),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Contended,
            StoreError::Unavailable(source) => Self::Unavailable(source),
        }
    }
}

/// Something that refers to what somebody wants to delete (R8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What refers, such as `JIT user settings` or `API clients`.
    pub by: &'static str,
    /// How many of them.
    pub count: u64,
}

/// A normal answer of the business: no, and why. The facts are those that a person needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// Inputs that cannot be accepted, all of them at once.
    #[error("{}", invalid::list(.0))]
    Invalid(Vec<InvalidField>),
    /// There is no such thing, or the caller may not know of it.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for, such as `access request`.
        what: &'static str,
    },
    /// The caller's role does not allow it.
    #[error("this needs the role {needed}")]
    RoleMissing {
        /// The role.
        needed: &'static str,
    },
    /// The caller is not who they say, or no longer.
    #[error("sign-in failed: the e-mail address or the password is wrong")]
    WrongPassword,
    /// There is an administrator already, or the code is wrong or old.
    #[error(
        "this setup link is not valid, has been used, or has expired; start the program again to get a new one"
    )]
    SetupClosed,
    /// An invitation to set up a connection was used or taken back, or is too old.
    #[error(
        "this setup link was opened before, was taken back, or has expired; ask whoever sent it for a new one"
    )]
    SetupLinkClosed,
    /// R3: nobody signs in before the settings are saved.
    #[error(
        "JIT user settings have not been saved; an administrator must save them before anyone can sign in"
    )]
    SettingsNotConfigured,
    /// The connection is switched off.
    #[error(
        "sign-in through this identity provider is switched off; an administrator can switch it on"
    )]
    ConnectionInactive,
    /// R12: the person is unknown and the connection makes no new end users.
    #[error(
        "you are not known here, and this identity provider may not add people; ask an administrator"
    )]
    JitDisabled,
    /// R15: another identity provider answers for the domain of the person's address.
    #[error("people with your e-mail address sign in through {name}; start again from the portal")]
    OtherProvider {
        /// What the button of that provider says.
        name: Name,
    },
    /// R30: a hold is open.
    #[error("your access is suspended; ask an administrator")]
    Suspended,
    /// R11: the response answers no request of ours that is still open.
    #[error("the sign-in took too long or was not started here; start again from the portal")]
    LoginUnknown,
    /// The identity provider may not begin logins.
    #[error(
        "this identity provider may not start a sign-in; start at the portal, or ask an administrator to allow it"
    )]
    UnsolicitedForbidden,
    /// The attribute that names the person is absent or empty.
    #[error("the identity provider did not send the attribute {attribute}, which names the person")]
    SubjectMissing {
        /// Its name.
        attribute: String,
    },
    /// What names the person is longer than stores can look for.
    #[error("the identity provider names you by more than {limit} bytes")]
    SubjectTooLong {
        /// The most bytes.
        limit: usize,
    },
    /// Nothing that the identity provider said gives a role in the console.
    #[error("none of your groups at the identity provider gives access to the console")]
    NoConsoleRole,
    /// The console needs an address to tell people apart.
    #[error("the identity provider did not send your e-mail address, which the console needs")]
    EmailMissing,
    /// Somebody else is signed in, in the browser to which the provider sent an answer that was not asked for.
    #[error("somebody else is signed in here; sign out first, then start again")]
    OtherSignedIn,
    /// R11: the assertion was accepted before.
    #[error("this sign-in response was used before; start again from the portal")]
    AssertionReplayed,
    /// The response came to a browser that did not begin the login.
    #[error("this browser did not start the sign-in; start again from the portal")]
    OtherBrowser,
    /// R5: clients exist, so the method stays.
    #[error("the authentication method is locked to {} since {since}, when the first API client was created; API clients that use it: {clients}", method.code())]
    AuthMethodLocked {
        /// The method that stays.
        method: AuthMethod,
        /// Since when.
        since: Timestamp,
        /// How many clients use it now.
        clients: u64,
    },
    /// The gateway of this release does not check that method.
    #[error("the authentication method {} is not available yet", method.code())]
    AuthMethodUnavailable {
        /// The method.
        method: AuthMethod,
    },
    /// Somebody else saved in between.
    #[error("somebody else changed this in between; it is now at version {current}")]
    Stale {
        /// The version that is there now.
        current: Version,
    },
    /// A name or address is taken.
    #[error("the name {name} is taken by another {what}")]
    AlreadyExists {
        /// What.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// R8: something refers to it.
    #[error("it is in use by {}", used_by(.by))]
    InUse {
        /// By what.
        by: Vec<Reference>,
    },
    /// R20: one pending request per client and collection.
    #[error("there is already a pending request for this collection")]
    AlreadyPending {
        /// The first one.
        request: AccessRequestId,
    },
    /// The client may call the collection already.
    #[error("access to this collection is already approved")]
    AlreadyGranted {
        /// The grant.
        grant: GrantId,
    },
    /// R21: a decision is final.
    #[error("this was already decided: {}", status.code())]
    AlreadyDecided {
        /// How.
        status: RequestStatus,
        /// By whom, if by somebody in the console.
        by: Option<Decider>,
        /// When.
        at: Option<Timestamp>,
    },
    /// R22: nobody decides their own request.
    #[error("nobody decides their own request; another approver must")]
    OwnRequest,
    /// R30: no decision while the requester is held.
    #[error("the requester is suspended; clear the hold first")]
    RequesterSuspended,
    /// A client has so many credentials, all usable.
    #[error("the client has {limit} usable credentials, the most it can have; revoke one first")]
    TooManyCredentials {
        /// The limit.
        limit: usize,
    },
    /// The credential was revoked or has expired.
    #[error("this credential was revoked or has expired; create a new one")]
    CredentialSpent,
    /// The client authenticates in another way.
    #[error("clients with the authentication method {} have no such credentials", method.code())]
    MethodHasNoSecret {
        /// The method.
        method: AuthMethod,
    },
    /// It was ended before.
    #[error("this {what} has ended already")]
    AlreadyEnded {
        /// What.
        what: &'static str,
    },
}

/// What family a rejection belongs to; protocols map families, not single rejections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RejectionKind {
    /// The input cannot be accepted as it is.
    Invalid,
    /// The caller is not known.
    Unauthenticated,
    /// The caller may not do this.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// The present state does not allow it.
    Conflict,
    /// The caller decided on an older version.
    Stale,
    /// The portal is not ready for it.
    NotReady,
}

impl Rejection {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::NotFound { .. } => "not_found",
            Self::RoleMissing { .. } => "role_missing",
            Self::WrongPassword => "wrong_password",
            Self::SetupClosed => "setup_closed",
            Self::SetupLinkClosed => "setup_link_closed",
            Self::SettingsNotConfigured => "settings_not_configured",
            Self::ConnectionInactive => "connection_inactive",
            Self::JitDisabled => "jit_disabled",
            Self::OtherProvider { .. } => "other_provider",
            Self::Suspended => "suspended",
            Self::LoginUnknown => "login_unknown",
            Self::UnsolicitedForbidden => "unsolicited_forbidden",
            Self::SubjectMissing { .. } => "subject_missing",
            Self::SubjectTooLong { .. } => "subject_too_long",
            Self::NoConsoleRole => "no_console_role",
            Self::EmailMissing => "email_missing",
            Self::OtherSignedIn => "other_signed_in",
            Self::AssertionReplayed => "assertion_replayed",
            Self::OtherBrowser => "other_browser",
            Self::AuthMethodLocked { .. } => "auth_method_locked",
            Self::AuthMethodUnavailable { .. } => "auth_method_unavailable",
            Self::Stale { .. } => "stale_version",
            Self::AlreadyExists { .. } => "already_exists",
            Self::InUse { .. } => "in_use",
            Self::AlreadyPending { .. } => "already_pending",
            Self::AlreadyGranted { .. } => "already_granted",
            Self::AlreadyDecided { .. } => "already_decided",
            Self::OwnRequest => "own_request",
            Self::RequesterSuspended => "requester_suspended",
            Self::TooManyCredentials { .. } => "too_many_credentials",
            Self::CredentialSpent => "credential_spent",
            Self::MethodHasNoSecret { .. } => "method_has_no_secret",
            Self::AlreadyEnded { .. } => "already_ended",
        }
    }

    /// The family.
    pub const fn kind(&self) -> RejectionKind {
        match self {
            Self::Invalid(_) | Self::AuthMethodUnavailable { .. } => RejectionKind::Invalid,
            Self::WrongPassword => RejectionKind::Unauthenticated,
            Self::RoleMissing { .. }
            | Self::SetupClosed
            | Self::SetupLinkClosed
            | Self::ConnectionInactive
            | Self::JitDisabled
            | Self::OtherProvider { .. }
            | Self::Suspended
            | Self::LoginUnknown
            | Self::UnsolicitedForbidden
            | Self::SubjectMissing { .. }
            | Self::SubjectTooLong { .. }
            | Self::NoConsoleRole
            | Self::EmailMissing
            | Self::OtherSignedIn
            | Self::AssertionReplayed
            | Self::OtherBrowser
            | Self::OwnRequest => RejectionKind::Forbidden,
            Self::NotFound { .. } => RejectionKind::NotFound,
            Self::SettingsNotConfigured => RejectionKind::NotReady,
            Self::Stale { .. } => RejectionKind::Stale,
            Self::AuthMethodLocked { .. }
            | Self::AlreadyExists { .. }
            | Self::InUse { .. }
            | Self::AlreadyPending { .. }
            | Self::AlreadyGranted { .. }
            | Self::AlreadyDecided { .. }
            | Self::RequesterSuspended
            | Self::TooManyCredentials { .. }
            | Self::CredentialSpent
            | Self::MethodHasNoSecret { .. }
            | Self::AlreadyEnded { .. } => RejectionKind::Conflict,
        }
    }
}

impl From<InvalidField> for Rejection {
    fn from(field: InvalidField) -> Self {
        Self::Invalid(vec![field])
    }
}

impl From<InvalidField> for Error {
    fn from(field: InvalidField) -> Self {
        Self::Rejected(field.into())
    }
}

fn used_by(references: &[Reference]) -> String {
    let one = |r: &Reference| match r.count {
        1 => r.by.to_owned(),
        n => format!("{} ({n})", r.by),
    };
    references.iter().map(one).collect::<Vec<_>>().join(", ")
}
