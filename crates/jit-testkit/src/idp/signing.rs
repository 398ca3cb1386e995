//! Enveloped XML signatures over text that is canonical already.
//!
//! The provider writes its XML in the form that exclusive canonicalization gives: attributes in order,
//! namespaces where they are first used, nothing to escape differently. So a digest of the text is the digest
//! of the element, and no canonicalization is needed here. The SAML profile is core 5.4.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    dialect::{Style, XS, declares},
    key::IdpKey,
    xml::{DSIG, EXC_C14N, attribute},
};

/// How a signature is written.
pub(super) struct Signing<'a> {
    pub(super) key: &'a IdpKey,
    pub(super) style: Style,
    /// Digest and signature by SHA-1.
    pub(super) sha1: bool,
    /// Changes `SignedInfo` before it is signed.
    pub(super) edit_signed_info: &'a dyn Fn(String) -> String,
    /// Changes the whole signature after it was made.
    pub(super) edit_signature: &'a dyn Fn(String) -> String,
}

impl Signing<'_> {
    /// Signs an element, and puts the signature behind its `Issuer` (the first in the text).
    pub(super) fn envelop(&self, element: &str, id: &str) -> String {
        let signature = (self.edit_signature)(self.signature(element, id));
        let issuer = format!("<{}Issuer", self.style.assertion);
        let behind = element
            .find(&issuer)
            .and_then(|open| element[open..].find("</").map(|close| open + close))
            .and_then(|close| element[close..].find('>').map(|end| close + end + 1))
            .unwrap_or(element.len());
        format!("{}{signature}{}", &element[..behind], &element[behind..])
    }

    fn signature(&self, element: &str, id: &str) -> String {
        let p = self.style.signature;
        let canonical = self.canonical(element);
        let (digest_method, algorithm) = if self.sha1 {
            (format!("{DSIG}sha1"), &digest::SHA1_FOR_LEGACY_USE_ONLY)
        } else {
            (
                "http://www.w3.org/2001/04/xmlenc#sha256".to_owned(),
                &digest::SHA256,
            )
        };
        let digest = STANDARD.encode(digest::digest(algorithm, canonical.as_bytes()));
        let c14n = match self.style.prefix_list() {
            "" => format!(r#"<{p}Transform Algorithm="{EXC_C14N}"></{p}Transform>"#),
            list => format!(
                r#"<{p}Transform Algorithm="{EXC_C14N}"><ec:InclusiveNamespaces xmlns:ec="{EXC_C14N}" PrefixList="{list}"></ec:InclusiveNamespaces></{p}Transform>"#,
            ),
        };
        let signed_info = format!(
            r##"<{p}SignedInfo><{p}CanonicalizationMethod Algorithm="{EXC_C14N}"></{p}CanonicalizationMethod><{p}SignatureMethod Algorithm="{method}"></{p}SignatureMethod><{p}Reference URI="#{id}"><{p}Transforms><{p}Transform Algorithm="{DSIG}enveloped-signature"></{p}Transform>{c14n}</{p}Transforms><{p}DigestMethod Algorithm="{digest_method}"></{p}DigestMethod><{p}DigestValue>{digest}</{p}DigestValue></{p}Reference></{p}SignedInfo>"##,
            method = self.key.signature_method(self.sha1),
            id = attribute(id),
        );
        let signed_info = (self.edit_signed_info)(signed_info);
        // Alone, SignedInfo has to declare the namespace that it finds declared on Signature otherwise.
        let declaration = declares(p, DSIG);
        let alone = signed_info.replacen("SignedInfo", &format!("SignedInfo{declaration}"), 1);
        format!(
            "<{p}Signature{declaration}>{signed_info}<{p}SignatureValue>{value}</{p}SignatureValue>\
             <{p}KeyInfo><{p}X509Data><{p}X509Certificate>{certificate}</{p}X509Certificate></{p}X509Data></{p}KeyInfo></{p}Signature>",
            value = STANDARD.encode(self.key.sign(alone.as_bytes(), self.sha1)),
            certificate = self.key.certificate_base64(),
        )
    }

    /// Leaves out the declarations of `xs` that nobody uses: all, or all but the first if the list names it.
    fn canonical(&self, element: &str) -> String {
        let (before, rest) = match element.find(XS) {
            Some(first) if self.style.xs_listed => element.split_at(first + XS.len()),
            _ => ("", element),
        };
        format!("{before}{}", rest.replace(XS, ""))
    }
}
