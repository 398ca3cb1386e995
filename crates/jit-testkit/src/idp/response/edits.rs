//! Changes to a message as text, at every point of its making.

use super::ResponseBuilder;

pub(super) type Edit<'a> = Box<dyn Fn(String) -> String + Send + Sync + 'a>;

pub(super) struct Edits<'a> {
    pub(super) assertion: Edit<'a>,
    pub(super) plaintext: Edit<'a>,
    pub(super) response: Edit<'a>,
    pub(super) signed_info: Edit<'a>,
    pub(super) signature: Edit<'a>,
    pub(super) signed: Edit<'a>,
}

impl Default for Edits<'_> {
    fn default() -> Self {
        Self {
            assertion: Box::new(|xml| xml),
            plaintext: Box::new(|xml| xml),
            response: Box::new(|xml| xml),
            signed_info: Box::new(|xml| xml),
            signature: Box::new(|xml| xml),
            signed: Box::new(|xml| xml),
        }
    }
}

impl<'a> ResponseBuilder<'a> {
    /// Changes the assertion before it is signed. The text must stay canonical.
    #[must_use]
    pub fn edit_assertion(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edits.assertion = Box::new(edit);
        self
    }

    /// Changes what is encrypted, after it was signed.
    #[must_use]
    pub fn edit_plaintext(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edits.plaintext = Box::new(edit);
        self
    }

    /// Changes the response, with the (signed, encrypted) assertion inside, before it is signed itself.
    #[must_use]
    pub fn edit_response(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edits.response = Box::new(edit);
        self
    }

    /// Changes each `SignedInfo` before its signature is made.
    #[must_use]
    pub fn edit_signed_info(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edits.signed_info = Box::new(edit);
        self
    }

    /// Changes each `Signature` after it was made.
    #[must_use]
    pub fn edit_signature(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edits.signature = Box::new(edit);
        self
    }

    /// Changes the finished message: what an attacker on the way can do.
    #[must_use]
    pub fn edit_signed(mut self, edit: impl Fn(String) -> String + Send + Sync + 'a) -> Self {
        self.edits.signed = Box::new(edit);
        self
    }
}
