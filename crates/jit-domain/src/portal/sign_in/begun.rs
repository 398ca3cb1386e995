use crate::{
    assertion::Assertion,
    change::{Change, Ref},
    connections::{IdpConnection, Switch},
    error::Rejection,
    sessions::{AuthnRequest, LoginPurpose, own_path},
    values::Timestamp,
};

/// How the login began that an assertion belongs to.
pub(in crate::portal) enum Begun {
    /// Here, in a browser that has a cookie of ours.
    Here(AuthnRequest),
    /// At the provider, which may have been told where people go.
    AtProvider {
        /// A path of this portal.
        return_to: Option<String>,
    },
}

impl Begun {
    /// Finds out, and refuses an answer to anything else than an open login of that kind.
    pub(in crate::portal) fn of(
        who: &Assertion,
        connection: &IdpConnection,
        request: Option<AuthnRequest>,
        relay_state: Option<&str>,
        purpose: LoginPurpose,
        now: Timestamp,
    ) -> Result<Self, Rejection> {
        let is_open = |request: &AuthnRequest| {
            request.connection == connection.id
                && request.purpose == purpose
                && now < request.expires_at
        };
        match (request, &who.in_response_to) {
            (Some(request), Some(_)) if is_open(&request) => Ok(Self::Here(request)),
            (_, Some(_)) => Err(Rejection::LoginUnknown),
            (_, None) if connection.saml.idp_initiated == Switch::On => Ok(Self::AtProvider {
                return_to: relay_state.and_then(own_path),
            }),
            (_, None) => Err(Rejection::UnsolicitedForbidden),
        }
    }

    /// A deep link that was given at the beginning (R16).
    pub(in crate::portal) fn return_to(&self) -> Option<&String> {
        match self {
            Self::Here(request) => request.return_to.as_ref(),
            Self::AtProvider { return_to } => return_to.as_ref(),
        }
    }

    /// What the browser has to show, in lower-case hexadecimal.
    pub(in crate::portal) fn browser_sha256(&self) -> Option<String> {
        match self {
            Self::Here(request) => Some(request.browser.hex()),
            Self::AtProvider { .. } => None,
        }
    }

    /// The login is over, whatever comes of it.
    pub(in crate::portal) fn consumed(&self) -> Option<Change> {
        match self {
            Self::Here(request) => Some(Change::Remove(
                Ref::AuthnRequest(request.id),
                request.version,
            )),
            Self::AtProvider { .. } => None,
        }
    }
}
