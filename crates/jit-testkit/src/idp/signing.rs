//! Enveloped XML signatures over text that is canonical already.
//!
//! The provider writes its XML in the form that exclusive canonicalization gives: attributes in order,
//! namespaces where they are first used, nothing to escape differently. So a digest of the text is the digest
//! of the element, and no canonicalization is needed here. The SAML profile is core 5.4.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{key::IdpKey, xml::attribute};

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// How a signature is written.
pub(super) struct Signing<'a> {
    pub(super) key: &'a IdpKey,
    /// `ds:` or nothing.
    pub(super) prefix: &'static str,
    /// The prefixes that count as used everywhere; usually none.
    pub(super) prefix_list: &'static str,
    /// Changes `SignedInfo` before it is signed.
    pub(super) edit_signed_info: &'a dyn Fn(String) -> String,
    /// Changes the whole signature after it was made.
    pub(super) edit_signature: &'a dyn Fn(String) -> String,
}

impl Signing<'_> {
    /// Signs an element, and puts the signature behind its `Issuer` (the first in the text).
    pub(super) fn envelop(&self, element: &str, id: &str) -> String {
        let signature = (self.edit_signature)(self.signature(element, id));
        let issuer = if self.prefix.is_empty() {
            "<Issuer"
        } else {
            "<saml:Issuer"
        };
        let behind = element
            .find(issuer)
            .and_then(|open| element[open..].find("</").map(|close| open + close))
            .and_then(|close| element[close..].find('>').map(|end| close + end + 1))
            .unwrap_or(element.len());
        format!("{}{signature}{}", &element[..behind], &element[behind..])
    }

    fn signature(&self, element: &str, id: &str) -> String {
        let p = self.prefix;
        let digest = STANDARD.encode(digest::digest(&digest::SHA256, element.as_bytes()));
        let c14n = if self.prefix_list.is_empty() {
            format!(r#"<{p}Transform Algorithm="{EXC_C14N}"></{p}Transform>"#)
        } else {
            format!(
                r#"<{p}Transform Algorithm="{EXC_C14N}"><ec:InclusiveNamespaces xmlns:ec="{EXC_C14N}" PrefixList="{}"></ec:InclusiveNamespaces></{p}Transform>"#,
                self.prefix_list,
            )
        };
        let signed_info = format!(
            r##"<{p}SignedInfo><{p}CanonicalizationMethod Algorithm="{EXC_C14N}"></{p}CanonicalizationMethod><{p}SignatureMethod Algorithm="{method}"></{p}SignatureMethod><{p}Reference URI="#{id}"><{p}Transforms><{p}Transform Algorithm="{DSIG}enveloped-signature"></{p}Transform>{c14n}</{p}Transforms><{p}DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></{p}DigestMethod><{p}DigestValue>{digest}</{p}DigestValue></{p}Reference></{p}SignedInfo>"##,
            method = self.key.signature_method(),
            id = attribute(id),
        );
        let signed_info = (self.edit_signed_info)(signed_info);
        // Alone, SignedInfo has to declare the namespace that it finds declared on Signature otherwise.
        let declaration = match p {
            "" => format!(r#" xmlns="{DSIG}""#),
            _ => format!(r#" xmlns:ds="{DSIG}""#),
        };
        let alone = signed_info.replacen("SignedInfo", &format!("SignedInfo{declaration}"), 1);
        format!(
            "<{p}Signature{declaration}>{signed_info}<{p}SignatureValue>{value}</{p}SignatureValue>\
             <{p}KeyInfo><{p}X509Data><{p}X509Certificate>{certificate}</{p}X509Certificate></{p}X509Data></{p}KeyInfo></{p}Signature>",
            value = self.key.sign(alone.as_bytes()),
            certificate = self.key.certificate_base64(),
        )
    }
}
