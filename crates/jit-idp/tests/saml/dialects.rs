//! Responses and metadata as well-known providers write them.

use jit_idp::metadata::IdpMetadata;
use jit_testkit::idp::{Dialect, IdentityProvider, IdpKey, Sign};

use crate::world::{dana, expecting, key, minutes, now, response, service, verified};
use jit_idp::saml::{Expectations, Signed, verify};

const SIGNED: [Sign; 4] = [Sign::Usual, Sign::Assertion, Sign::Response, Sign::Both];

#[test]
fn every_dialect_is_understood_whatever_it_signs() {
    for dialect in Dialect::ALL {
        let names = dialect.attribute_names();
        for sign in SIGNED {
            let assertion = verified(&response().dialect(dialect).sign(sign));
            let assertion =
                assertion.unwrap_or_else(|refusal| panic!("{dialect:?}, {sign:?}: {refusal}"));
            assert_eq!(assertion.name_id, "dana@example.com");
            assert_eq!(
                assertion.attributes[&names.display_name],
                ["Dana Reyes & Söhne"]
            );
            assert_eq!(assertion.attributes[&names.email], ["dana@example.com"]);
            assert_eq!(
                assertion.attributes[&names.groups],
                ["engineering", "on call"]
            );
            assert!(assertion.session_index.is_some());
        }
    }
}

#[test]
fn every_dialect_keeps_the_other_habits_too() {
    for dialect in Dialect::ALL {
        for sign in SIGNED {
            for response in [
                response().dialect(dialect).default_namespaces(),
                response().dialect(dialect).typed_values(),
                response().dialect(dialect).attributes_first(),
                response().dialect(dialect).repeated_attributes(),
            ] {
                let verified = verified(&response.sign(sign));
                assert!(verified.is_ok(), "{dialect:?}, {sign:?}: {verified:?}");
            }
        }
    }
}

/// The facts that a service provider has to cope with.
#[test]
fn dialects_differ_where_the_providers_do() {
    let assertion = |dialect| verified(&response().dialect(dialect).sign(Sign::Usual)).unwrap();
    let format = |dialect| assertion(dialect).name_id_format.unwrap_or_default();
    assert!(format(Dialect::Okta).ends_with("unspecified"));
    assert!(format(Dialect::GoogleWorkspace).is_empty());
    assert!(format(Dialect::EntraId).ends_with("emailAddress"));

    let skew = Expectations::SKEW;
    assert_eq!(
        assertion(Dialect::EntraId).valid_until,
        now() + minutes(60) + skew
    );
    assert_eq!(
        assertion(Dialect::OneLogin).valid_until,
        now() + minutes(3) + skew
    );
    let session = assertion(Dialect::OneLogin).session_not_on_or_after;
    assert_eq!(session, Some(now() + minutes(24 * 60)));
    let entra = assertion(Dialect::EntraId);
    assert_eq!(
        entra.session_index.as_deref(),
        Some(entra.assertion_id.as_str())
    );
    let claim = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    assert_eq!(entra.attributes[claim][0].len(), 36);

    let signatures = |dialect| {
        let xml = response().dialect(dialect).xml(Sign::Usual);
        let order = xml.find("AuthnStatement") < xml.find("AttributeStatement");
        (xml.matches("SignatureValue>").count() / 2, order)
    };
    assert_eq!(signatures(Dialect::Okta), (2, true));
    assert_eq!(signatures(Dialect::EntraId), (1, false));
}

#[test]
fn the_metadata_of_every_dialect_leads_to_its_responses() {
    for dialect in Dialect::ALL {
        let idp = IdentityProvider::with_key("https://idp.example", vec![], IdpKey::ecdsa())
            .with_dialect(dialect);
        let metadata = IdpMetadata::read(idp.metadata_xml().as_bytes());
        let metadata = metadata.unwrap_or_else(|error| panic!("{dialect:?}: {error}"));
        assert_eq!(metadata.entity_id, idp.entity_id());
        let described = idp.description();
        assert_eq!(metadata.sso_url, described.sso_url);
        assert_eq!(metadata.sso_binding, described.sso_binding);
        assert_eq!(metadata.slo, described.slo);
        assert_eq!(
            metadata.wants_signed_requests,
            described.wants_signed_requests
        );
        let certificates: Vec<_> = metadata
            .certificates
            .iter()
            .map(jit_idp::saml::X509::to_signing_certificate)
            .collect();
        assert_eq!(certificates, described.certificates);

        let dana = dana();
        let xml = idp
            .response(&dana, now())
            .to(&service())
            .in_response_to(crate::world::REQUEST)
            .xml(Sign::Usual);
        let (keys, entity_id) = ([key(idp.key())], idp.entity_id());
        let assertion = expecting(Signed::Either, |expected| {
            let expected = Expectations {
                keys: &keys,
                idp_entity_id: &entity_id,
                ..*expected
            };
            verify(xml.as_bytes(), &expected)
        });
        assert_eq!(
            assertion.unwrap().name_id,
            "dana@example.com",
            "{dialect:?}"
        );
    }
}

#[test]
fn two_providers_of_one_dialect_have_names_of_their_own() {
    for dialect in Dialect::ALL {
        let entity_id = |base| {
            let idp = IdentityProvider::with_key(base, vec![], IdpKey::ecdsa());
            idp.with_dialect(dialect).entity_id()
        };
        assert_ne!(
            entity_id("https://a.example"),
            entity_id("https://b.example")
        );
    }
}
