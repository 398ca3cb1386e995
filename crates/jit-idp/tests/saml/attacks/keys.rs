//! Keys that are everybody's, somebody else's, or used for what they are not for.

use std::sync::LazyLock;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use jit_idp::saml::{Expectations, Signed, verify};
use jit_testkit::idp::{IdentityProvider, IdpKey, Sign};
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
};

use super::{Attack, changed, signed};
use crate::world::{IDP, OTHER_KEY, between, dana, expecting, key, now, response, service};

const MORE: &str = "http://www.w3.org/2001/04/xmldsig-more#";
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The key that the service provider signs its own requests with.
static OUR_KEY: LazyLock<IdpKey> = LazyLock::new(IdpKey::rsa);

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = others();
    attacks.extend(public_keys_as_secrets());
    attacks.extend(methods());
    attacks.extend(values());
    attacks
}

fn others() -> Vec<Attack> {
    let embedded = |key: &IdpKey| {
        format!(
            "<ds:X509Certificate>{}</ds:X509Certificate>",
            key.certificate_base64()
        )
    };
    let (theirs, ours) = (embedded(&OTHER_KEY), embedded(IDP.key()));
    let mut attacks = Vec::new();
    for sign in [Sign::Assertion, Sign::Response, Sign::Both] {
        let (theirs, ours) = (theirs.clone(), ours.clone());
        let beside = format!("{ours}{theirs}");
        let value = "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus></ds:RSAKeyValue></ds:KeyValue><ds:X509Data>";
        let other = || response().key(&OTHER_KEY);
        let found = theirs.clone();
        attacks.extend([
            signed(
                format!("{sign:?}: the key in KeyInfo"),
                "signature_invalid",
                &other(),
                sign,
            ),
            signed(
                format!("{sign:?}: the certificate of the provider in KeyInfo"),
                "signature_invalid",
                &other().edit_signature(move |xml| xml.replace(&found, &ours)),
                sign,
            ),
            signed(
                format!("{sign:?}: both certificates in KeyInfo"),
                "signature_invalid",
                &other().edit_signature(move |xml| xml.replace(&theirs, &beside)),
                sign,
            ),
            signed(
                format!("{sign:?}: a key value in KeyInfo"),
                "signature_invalid",
                &other().edit_signature(move |xml| xml.replace("<ds:X509Data>", value)),
                sign,
            ),
            signed(
                format!("{sign:?}: the key of the service provider"),
                "signature_invalid",
                &response().key(&OUR_KEY),
                sign,
            ),
            signed(
                format!("{sign:?}: a rolled certificate"),
                "signature_invalid",
                &response().rolled_certificate(),
                sign,
            ),
        ]);
    }
    attacks
}

/// Whoever lets the message choose HMAC takes the public key for a shared secret.
fn public_keys_as_secrets() -> Vec<Attack> {
    let der = IDP.key().certificate_der();
    let certificate = Certificate::from_der(der).unwrap();
    let public = certificate.tbs_certificate().subject_public_key_info();
    let base64 = IDP.key().certificate_base64();
    let pem = format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n");
    let secrets = [
        ("certificate", der.to_vec()),
        ("certificate in base64", base64.into_bytes()),
        ("certificate in PEM", pem.into_bytes()),
        ("public key", public.to_der().unwrap()),
        (
            "modulus and exponent",
            public.subject_public_key.raw_bytes().to_vec(),
        ),
        ("empty secret", Vec::new()),
    ];
    let mut attacks = Vec::new();
    for (name, secret) in secrets {
        for (method, reason) in [
            (format!("{MORE}hmac-sha256"), "signature_method_refused"),
            (format!("{DSIG}hmac-sha1"), "signature_method_refused"),
            // Past the check of the method.
            (format!("{MORE}rsa-sha256"), "signature_invalid"),
        ] {
            let secret = secret.clone();
            let attack = format!("the {name} as a secret, {method}");
            let forged = response()
                .edit_signed_info(move |xml| xml.replacen(&format!("{MORE}rsa-sha256"), &method, 1))
                .edit_signature(move |xml| {
                    let info = between(&xml, "<ds:SignedInfo>", "</ds:SignedInfo>");
                    let declared = format!("<ds:SignedInfo xmlns:ds=\"{DSIG}\">");
                    let alone = info.replacen("<ds:SignedInfo>", &declared, 1);
                    let algorithm = if info.contains("hmac-sha1") {
                        hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY
                    } else {
                        hmac::HMAC_SHA256
                    };
                    let tag = hmac::sign(&hmac::Key::new(algorithm, &secret), alone.as_bytes());
                    let honest = between(&xml, "<ds:SignatureValue>", "</ds:SignatureValue>");
                    let tag = STANDARD.encode(tag);
                    xml.replace(
                        honest,
                        &format!("<ds:SignatureValue>{tag}</ds:SignatureValue>"),
                    )
                });
            attacks.push(signed(attack, reason, &forged, Sign::Assertion));
        }
    }
    attacks
}

fn methods() -> Vec<Attack> {
    let rsa = format!("{MORE}rsa-sha256");
    let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256".to_owned();
    let mut attacks: Vec<_> = [
        (&rsa, format!("{DSIG}rsa-sha1"), "sha1_refused"),
        (&rsa, format!("{DSIG}dsa-sha1"), "sha1_refused"),
        (&rsa, format!("{MORE}ecdsa-sha1"), "sha1_refused"),
        (&rsa, format!("{MORE}rsa-md5"), "signature_method_refused"),
        (
            &rsa,
            "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1".to_owned(),
            "signature_method_refused",
        ),
        (
            &rsa,
            "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519".to_owned(),
            "signature_method_refused",
        ),
        (&rsa, "none".to_owned(), "signature_method_refused"),
        (&rsa, String::new(), "attribute_missing"),
        // Another kind of key than the connection has.
        (&rsa, format!("{MORE}ecdsa-sha256"), "signature_invalid"),
        (&rsa, format!("{MORE}rsa-sha512"), "signature_invalid"),
        (&sha256, format!("{DSIG}sha1"), "sha1_refused"),
        (&sha256, format!("{MORE}md5"), "digest_method_refused"),
        (&sha256, format!("{MORE}sha224"), "digest_method_refused"),
        (&sha256, String::new(), "attribute_missing"),
    ]
    .into_iter()
    .map(|(from, to, reason)| {
        let name = format!("the method {to} instead of {from}");
        let (from, to) = (format!("\"{from}\""), format!("\"{to}\""));
        let other = response().edit_signed_info(move |xml| xml.replacen(&from, &to, 1));
        signed(name, reason, &other, Sign::Assertion)
    })
    .collect();
    let with_parameter = |what: &'static str, end: &'static str| {
        response().edit_signed_info(move |xml| xml.replacen(end, &format!("{what}{end}"), 1))
    };
    attacks.extend([
        signed(
            "a real signature with SHA-1",
            "sha1_refused",
            &response().sha1(),
            Sign::Both,
        ),
        signed(
            "an output length of HMAC",
            "signature_malformed",
            &with_parameter(
                "<ds:HMACOutputLength>1</ds:HMACOutputLength>",
                "</ds:SignatureMethod>",
            ),
            Sign::Assertion,
        ),
        signed(
            "a parameter of the digest",
            "signature_malformed",
            &with_parameter("<ds:x></ds:x>", "</ds:DigestMethod>"),
            Sign::Assertion,
        ),
    ]);
    for uri in [
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/2006/12/xml-c14n11",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
    ] {
        let other = response().edit_signed_info(move |xml| {
            xml.replacen("http://www.w3.org/2001/10/xml-exc-c14n#", uri, 1)
        });
        let name = format!("SignedInfo canonicalized by {uri}");
        attacks.push(signed(
            name,
            "canonicalization_refused",
            &other,
            Sign::Assertion,
        ));
    }
    attacks
}

/// Numbers that a careless verifier takes for a signature.
fn values() -> Vec<Attack> {
    let honest = |octets: Vec<u8>| {
        move |xml: String| {
            let honest = between(&xml, "<ds:SignatureValue>", "</ds:SignatureValue>").to_owned();
            let value = STANDARD.encode(&octets);
            xml.replace(
                &honest,
                &format!("<ds:SignatureValue>{value}</ds:SignatureValue>"),
            )
        }
    };
    let mut one = vec![0; 256];
    one[255] = 1;
    [
        ("zero", vec![0; 256]),
        ("one", one),
        ("a short", vec![0; 8]),
        ("a long", vec![1; 512]),
    ]
    .map(|(name, octets)| {
        let name = format!("{name} as the signature");
        changed(name, "signature_invalid", Sign::Assertion, honest(octets))
    })
    .into()
}

/// A curve's r and s of zero satisfy the equation for everything (CVE-2022-21449).
#[test]
fn zeros_are_no_signature_of_an_elliptic_curve_either() {
    let idp = IdentityProvider::with_key("https://idp.example", vec![], IdpKey::ecdsa());
    let dana = dana();
    let zeros = STANDARD.encode([0; 64]);
    let xml = idp
        .response(&dana, now())
        .to(&service())
        .in_response_to(crate::world::REQUEST)
        .edit_signature(move |xml| {
            let honest = between(&xml, "<ds:SignatureValue>", "</ds:SignatureValue>").to_owned();
            xml.replace(
                &honest,
                &format!("<ds:SignatureValue>{zeros}</ds:SignatureValue>"),
            )
        })
        .xml(Sign::Assertion);
    let keys = [key(idp.key())];
    let refused = expecting(Signed::Either, |expected| {
        verify(
            xml.as_bytes(),
            &Expectations {
                keys: &keys,
                ..*expected
            },
        )
    });
    assert_eq!(refused.unwrap_err().code(), "signature_invalid");
}
