//! Messages that leave: how they are written, signed and sent through the browser.

mod message;
mod redirect;
mod signer;

pub(crate) use self::{
    message::{Message, element, moment, wrap},
    signer::Signer,
};

use jit_domain::connections::Binding;

use self::redirect::redirect_url;

/// A message on its way through the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// Redirect the browser there (SAML bindings 3.4).
    Redirect {
        /// The address, with the message in its query.
        url: String,
    },
    /// Give the browser a form that it submits at once (SAML bindings 3.5.4).
    Post {
        /// The `action` of the form, not escaped for HTML.
        url: String,
        /// Names and values of its hidden fields, not escaped for HTML.
        fields: Vec<(&'static str, String)>,
    },
}

/// Why a message cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The connection does not know its provider yet.
    #[error("the connection does not know its identity provider yet")]
    ProviderUnknown,
    /// The provider has no `SingleLogoutService`.
    #[error("the identity provider offers no logout")]
    NoLogoutService,
    /// It has to be signed, and there is no key.
    #[error("the message has to be signed, and this portal has no key")]
    NoKey,
    /// The key does not sign.
    #[error("the key of this portal does not sign: it is not an RSA key in PKCS #8 form")]
    KeyUnusable,
}

/// The way of one message.
pub(crate) struct Way<'a> {
    /// `SAMLRequest` or `SAMLResponse`.
    pub(crate) field: &'static str,
    pub(crate) url: &'a str,
    pub(crate) binding: Binding,
    /// Who signs, if anybody.
    pub(crate) signer: Option<Signer<'a>>,
    pub(crate) relay_state: Option<&'a str>,
}

impl Way<'_> {
    /// Signs and packs the message.
    pub(crate) fn send(&self, message: &Message<'_>) -> Result<Outgoing, SendError> {
        match self.binding {
            Binding::Redirect => redirect_url(self, message).map(|url| Outgoing::Redirect { url }),
            Binding::Post => {
                let xml = match &self.signer {
                    Some(signer) => message.signed_by(signer)?,
                    None => message.xml(""),
                };
                let mut fields = vec![(self.field, base64(xml.as_bytes()))];
                if let Some(state) = self.relay_state {
                    fields.push(("RelayState", state.to_owned()));
                }
                let url = self.url.to_owned();
                Ok(Outgoing::Post { url, fields })
            }
        }
    }
}

fn base64(octets: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(octets)
}
