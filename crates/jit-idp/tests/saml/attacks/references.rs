//! Signatures that are about something else, or about it in another form.

use jit_testkit::idp::Sign;

use super::{Attack, changed, signed};
use crate::world::{ATTACKER, between, quoted, response};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = elsewhere();
    attacks.extend(transforms());
    attacks.extend(void_canonicalization());
    attacks
}

fn elsewhere() -> Vec<Attack> {
    let mut attacks: Vec<_> = [
        "",
        "#",
        "#_other",
        "_same",
        " #_same",
        "#_same ",
        "##_same",
        "#%5Fsame",
        "#xpointer(/)",
        "#xpointer(id('_same'))",
        "#xpointer(id('_same'))#_same",
        "https://evil.example/#_same",
        "cid:_same",
    ]
    .into_iter()
    .map(|uri| {
        let other = response()
            .assertion_id("_same")
            .edit_signed_info(move |xml| {
                xml.replacen("URI=\"#_same\"", &format!("URI=\"{uri}\""), 1)
            });
        let name = format!("a reference to '{uri}'");
        signed(name, "reference_mismatch", &other, Sign::Assertion)
    })
    .collect();
    let absent = response().edit_signed_info(|xml| xml.replacen(quoted(&xml, "URI"), "", 1));
    let foreign = response().edit_signed_info(|xml| xml.replacen(" URI=", " xml:URI=", 1));
    attacks.extend([
        signed(
            "a reference without a URI",
            "reference_mismatch",
            &absent,
            Sign::Assertion,
        ),
        signed(
            "a reference with the URI of another namespace",
            "reference_mismatch",
            &foreign,
            Sign::Assertion,
        ),
        // The signature of the one, put into the other.
        changed(
            "the signature of the assertion on the response",
            "reference_mismatch",
            Sign::Assertion,
            |xml| {
                let signature = between(&xml, "<ds:Signature ", "</ds:Signature>").to_owned();
                let xml = xml
                    .replace(&signature, "")
                    .replace("dana@example.com", ATTACKER);
                xml.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1)
            },
        ),
        changed(
            "the signature of the response on the assertion",
            "reference_mismatch",
            Sign::Response,
            |xml| {
                let signature = between(&xml, "<ds:Signature ", "</ds:Signature>").to_owned();
                let xml = xml
                    .replace(&signature, "")
                    .replace("dana@example.com", ATTACKER);
                let at = xml.rfind("</saml:Issuer>").unwrap() + "</saml:Issuer>".len();
                format!("{}{signature}{}", &xml[..at], &xml[at..])
            },
        ),
        changed(
            "both signatures in one assertion",
            "several_signatures",
            Sign::Both,
            |xml| {
                let signature = between(&xml, "<ds:Signature ", "</ds:Signature>").to_owned();
                let xml = xml.replacen(&signature, "", 1);
                let at = xml.rfind("</saml:Issuer>").unwrap() + "</saml:Issuer>".len();
                format!("{}{signature}{}", &xml[..at], &xml[at..])
            },
        ),
        changed(
            "a signature in the subject",
            "signature_misplaced",
            Sign::Assertion,
            |xml| {
                let signature = between(&xml, "<ds:Signature ", "</ds:Signature>").to_owned();
                let xml = xml.replace(&signature, "");
                xml.replacen("</saml:Subject>", &format!("{signature}</saml:Subject>"), 1)
            },
        ),
    ]);
    attacks
}

fn transforms() -> Vec<Attack> {
    const ENVELOPED: &str = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>";
    const EXCLUSIVE: &str =
        "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>";
    let named = |uri: &str| format!("<ds:Transform Algorithm=\"{uri}\"></ds:Transform>");
    let (xslt, xpath) = (
        named("http://www.w3.org/TR/1999/REC-xslt-19991116"),
        "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\">\
         <x:XPath xmlns:x=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">/*</x:XPath></ds:Transform>",
    );
    let xpath_1 = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">\
                   <ds:XPath>false()</ds:XPath></ds:Transform>";
    let base64 = named("http://www.w3.org/2000/09/xmldsig#base64");
    let inclusive = named("http://www.w3.org/TR/2001/REC-xml-c14n-20010315");
    let version_1_1 = named("http://www.w3.org/2006/12/xml-c14n11");
    let listed = |prefixes: &str, times: usize| {
        let list = format!(
            "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"{prefixes}\">\
             </ec:InclusiveNamespaces>"
        );
        EXCLUSIVE.replace("></", &format!(">{}</", list.repeat(times)))
    };
    let refused = "transforms_refused";
    [
        ("none", String::new(), refused),
        ("enveloped only", ENVELOPED.to_owned(), refused),
        ("canonical only", EXCLUSIVE.to_owned(), refused),
        (
            "in the other order",
            format!("{EXCLUSIVE}{ENVELOPED}"),
            refused,
        ),
        (
            "enveloped twice",
            format!("{ENVELOPED}{ENVELOPED}{EXCLUSIVE}"),
            refused,
        ),
        (
            "canonical twice",
            format!("{ENVELOPED}{EXCLUSIVE}{EXCLUSIVE}"),
            refused,
        ),
        (
            "a script at the end",
            format!("{ENVELOPED}{EXCLUSIVE}{xslt}"),
            refused,
        ),
        ("a script instead", format!("{ENVELOPED}{xslt}"), refused),
        (
            "a path that subtracts everything",
            format!("{ENVELOPED}{xpath}{EXCLUSIVE}"),
            refused,
        ),
        (
            "a path instead of enveloped",
            format!("{xpath}{EXCLUSIVE}"),
            refused,
        ),
        (
            "a path that selects nothing",
            format!("{xpath_1}{EXCLUSIVE}"),
            refused,
        ),
        ("base64", format!("{ENVELOPED}{base64}"), refused),
        ("inclusive", format!("{ENVELOPED}{inclusive}"), refused),
        (
            "inclusive of version 1.1",
            format!("{ENVELOPED}{version_1_1}"),
            refused,
        ),
        (
            "a prefix list that changes the form",
            format!("{ENVELOPED}{}", listed("samlp", 1)),
            "digest_mismatch",
        ),
        (
            "two prefix lists",
            format!("{ENVELOPED}{}", listed("xs", 2)),
            "signature_malformed",
        ),
        (
            "a child of enveloped",
            format!(
                "{}{EXCLUSIVE}",
                ENVELOPED.replace("></", "><ds:x></ds:x></")
            ),
            "signature_malformed",
        ),
        (
            "of another namespace",
            format!("{ENVELOPED}{EXCLUSIVE}")
                .replace("ds:Transform ", "ds:transform ")
                .replace("/ds:Transform>", "/ds:transform>"),
            "signature_malformed",
        ),
    ]
    .into_iter()
    .map(|(name, transforms, reason)| {
        let other = response().edit_signed_info(move |xml| {
            let honest = between(&xml, "<ds:Transforms>", "</ds:Transforms>").to_owned();
            xml.replace(
                &honest,
                &format!("<ds:Transforms>{transforms}</ds:Transforms>"),
            )
        });
        signed(
            format!("transforms: {name}"),
            reason,
            &other,
            Sign::Assertion,
        )
    })
    .collect()
}

/// A canonicalization that fails and gives nothing makes a digest of nothing, which fits every message.
fn void_canonicalization() -> Vec<Attack> {
    const OF_NOTHING: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let digest_of_nothing = |xml: String| {
        let honest = between(&xml, "<ds:DigestValue>", "</ds:DigestValue>").to_owned();
        xml.replace(
            &honest,
            &format!("<ds:DigestValue>{OF_NOTHING}</ds:DigestValue>"),
        )
    };
    let relative = |xml: String| {
        let xml = xml.replace("dana@example.com", ATTACKER);
        xml.replacen("<saml:Subject>", "<saml:Subject xmlns:x=\"1\">", 1)
    };
    let of_content = response().edit_signed_info(digest_of_nothing);
    let by_relative_name = response()
        .edit_signed_info(digest_of_nothing)
        .edit_signed(relative);
    // The provider has signed nothing once, and the attacker has kept that signature.
    let nothing = response().edit_signed_info(|_| String::new());
    let nothing = nothing.xml(Sign::Assertion);
    let nothing = between(&nothing, "<ds:SignatureValue>", "</ds:SignatureValue>").to_owned();
    vec![
        signed(
            "void canonicalization: a digest of nothing",
            "digest_mismatch",
            &of_content,
            Sign::Assertion,
        ),
        signed(
            "void canonicalization: a relative namespace",
            "namespace_invalid",
            &by_relative_name,
            Sign::Assertion,
        ),
        changed(
            "void canonicalization: a signature of nothing",
            "signature_invalid",
            Sign::Assertion,
            move |xml| {
                let honest =
                    between(&xml, "<ds:SignatureValue>", "</ds:SignatureValue>").to_owned();
                xml.replace(&honest, &nothing)
            },
        ),
    ]
}
