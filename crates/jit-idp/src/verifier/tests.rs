use chrono::DateTime;
use jit_domain::connections::IdpDescription;
use jit_testkit::{
    fixtures::Fixtures,
    idp::{IdentityProvider, IdpKey, NameIdFormat, Person, ResponseBuilder, Sign},
};

use super::*;

struct World {
    idp: IdentityProvider,
    dana: Person,
    connection: IdpConnection,
}

fn world() -> World {
    let dana = Person::new("Dana Reyes", "dana@example.com");
    let people = vec![dana.clone()];
    let idp = IdentityProvider::with_key("https://idp.example", people, IdpKey::ecdsa());
    let connection = IdpConnection {
        idp: Some(idp.description()),
        ..Fixtures::named("acme", 1).connection("idp")
    };
    World {
        idp,
        dana,
        connection,
    }
}

fn now() -> Timestamp {
    DateTime::from_timestamp(1_767_225_600, 0).unwrap()
}

impl World {
    fn service(&self) -> ServiceProvider {
        ServiceProvider::of(&self.connection, "https://portal.example")
    }

    fn response(&self) -> ResponseBuilder<'_> {
        self.idp.response(&self.dana, now()).to(&self.service())
    }

    fn examine(&self, field: &str) -> Examination {
        SamlVerifier::new().examine(&self.connection, &self.service(), &[], field, now())
    }

    fn code(&self, field: &str) -> &'static str {
        let verdict = self.examine(field).verdict;
        verdict.map_or_else(|refusal| refusal.code, |_| "accepted")
    }
}

fn names(examination: &Examination) -> Vec<&str> {
    let checks = examination.checks.iter();
    checks.map(|it| it.check.as_str()).collect()
}

#[test]
fn a_good_response_passes_every_check_in_order() {
    let world = world();
    let examined = world.examine(&world.response().in_response_to("_r").sign(Sign::Both));
    assert!(examined.verdict.is_ok());
    let all = Check::ALL.iter().map(|check| check.code());
    let expected: Vec<_> = all.filter(|code| *code != "decryption").collect();
    assert_eq!(names(&examined), expected);
    assert!(examined.checks.iter().all(|it| it.passed));
    assert_eq!(examined.issued_at, Some(now()));
    let certificate = &world.idp.description().certificates[0];
    assert_eq!(examined.certificate.as_ref(), Some(&certificate.sha256));
}

#[test]
fn the_first_failed_check_is_the_last_one() {
    let world = world();
    let honest = || world.response().in_response_to("_r");
    let other = IdpKey::ecdsa();
    let cases = [
        ("*".to_owned(), "encoding", "base64_invalid"),
        ("PGE-".to_owned(), "encoding", "base64_invalid"),
        ("PGE+".to_owned(), "xml", "xml_malformed"),
        ("PGEvPg==".to_owned(), "response", "not_a_response"),
        (
            honest()
                .edit_response(|xml| xml.replace(":Success", ":Requester"))
                .sign(Sign::Both),
            "status",
            "status_not_success",
        ),
        (
            honest()
                .edit_response(|xml| xml.replace("saml:Assertion", "saml:Advice"))
                .sign(Sign::Response),
            "structure",
            "assertion_missing",
        ),
        (
            honest().acs("https://else").sign(Sign::Both),
            "destination",
            "destination_mismatch",
        ),
        (
            honest().issuer("https://else").sign(Sign::Both),
            "issuer",
            "issuer_mismatch",
        ),
        (
            world.response().sign(Sign::Both),
            "request",
            "in_response_to_missing",
        ),
        (
            honest().key(&other).sign(Sign::Both),
            "response_signature",
            "signature_invalid",
        ),
        (
            honest().key(&other).sign(Sign::Assertion),
            "signature",
            "signature_invalid",
        ),
        (honest().sign(Sign::Nothing), "signature", "unsigned"),
        (
            honest().audience("https://else").sign(Sign::Both),
            "audience",
            "audience_mismatch",
        ),
        (
            honest()
                .not_on_or_after(now() - Duration::hours(1))
                .sign(Sign::Both),
            "confirmation",
            "expired",
        ),
        (
            honest()
                .issued_at(now() - Duration::hours(1))
                .sign(Sign::Both),
            "assertion",
            "issued_too_long_ago",
        ),
    ];
    for (field, check, code) in cases {
        let examined = world.examine(&field);
        assert_eq!(examined.verdict.clone().unwrap_err().code, code);
        let last = examined.checks.last().unwrap();
        assert_eq!((last.check.as_str(), last.passed), (check, false), "{code}");
        let others = &examined.checks[..examined.checks.len() - 1];
        assert!(others.iter().all(|it| it.passed));
    }
}

#[test]
fn what_is_claimed_is_shown_even_if_it_is_not_believed() {
    let world = world();
    let other = IdpKey::ecdsa();
    let forged = world
        .response()
        .in_response_to("_r")
        .key(&other)
        .sign(Sign::Both);
    let examined = world.examine(&forged);
    assert!(examined.verdict.is_err());
    assert_eq!(examined.certificate, None);
    let claimed = examined.claimed.unwrap().0;
    assert_eq!(claimed.name_id, "dana@example.com");
    assert_eq!(claimed.in_response_to.as_deref(), Some("_r"));
    let redacted = examined.redacted.unwrap();
    assert!(redacted.contains("InResponseTo=\"_r\""), "{redacted}");
    assert!(!redacted.contains("dana"), "{redacted}");
    assert!(!redacted.contains("Reyes"), "{redacted}");
}

#[test]
fn a_refused_login_without_an_assertion_still_says_which_request_it_answers() {
    let world = world();
    let failed = world.response().in_response_to("_r").edit_response(|xml| {
        let start = xml.find("<saml:Assertion").unwrap();
        let end = xml.find("</saml:Assertion>").unwrap() + "</saml:Assertion>".len();
        xml.replace(&xml[start..end], "")
            .replace(":Success", ":Responder")
    });
    let examined = world.examine(&failed.sign(Sign::Nothing));
    assert_eq!(examined.verdict.unwrap_err().code, "status_not_success");
    let claimed = examined.claimed.unwrap().0;
    assert_eq!(
        (claimed.in_response_to.as_deref(), claimed.name_id.as_str()),
        (Some("_r"), "")
    );
}

#[test]
fn a_connection_without_a_provider_or_a_key_refuses_before_it_reads() {
    let mut world = world();
    let field = world.response().in_response_to("_r").sign(Sign::Both);
    world.connection.idp = Some(IdpDescription {
        certificates: vec![],
        ..world.idp.description()
    });
    for code in ["no_usable_key", "provider_unknown"] {
        let examined = world.examine(&field);
        assert_eq!(examined.verdict.clone().unwrap_err().code, code);
        assert_eq!(names(&examined), ["connection_key"]);
        assert_eq!((examined.claimed, examined.redacted), (None, None));
        world.connection.idp = None;
    }
}

#[test]
fn a_connection_may_want_the_assertion_itself_signed() {
    let mut world = world();
    let field = |sign| world.response().in_response_to("_r").sign(sign);
    let (response, assertion) = (field(Sign::Response), field(Sign::Assertion));
    assert_eq!(world.code(&response), "accepted");
    world.connection.saml.signed_assertions = Switch::On;
    assert_eq!(world.code(&response), "assertion_unsigned");
    assert_eq!(world.code(&assertion), "accepted");
}

#[test]
fn a_login_may_begin_at_the_provider_if_the_connection_allows_it() {
    let mut world = world();
    let unsolicited = world.response().sign(Sign::Both);
    let solicited = world.response().in_response_to("_r").sign(Sign::Both);
    assert_eq!(world.code(&unsolicited), "in_response_to_missing");
    world.connection.saml.idp_initiated = Switch::On;
    let assertion = world.examine(&unsolicited).verdict.unwrap();
    assert_eq!(assertion.in_response_to, None);
    let assertion = world.examine(&solicited).verdict.unwrap();
    assert_eq!(assertion.in_response_to.as_deref(), Some("_r"));
}

/// Where only the assertion is signed, anybody can change what the response says of itself.
#[test]
fn a_request_that_only_one_half_answers_is_refused_always() {
    let mut world = world();
    for allowed in [Switch::Off, Switch::On] {
        world.connection.saml.idp_initiated = allowed;
        let answer = " InResponseTo=\"_r\"";
        let stripped = world
            .response()
            .in_response_to("_r")
            .edit_signed(|xml| xml.replacen(answer, "", 1))
            .sign(Sign::Assertion);
        let emptied = world
            .response()
            .in_response_to("_r")
            .edit_signed(|xml| xml.replacen(answer, " InResponseTo=\"\"", 1))
            .sign(Sign::Assertion);
        let added = world
            .response()
            .edit_signed(|xml| {
                xml.replacen(" IssueInstant", " InResponseTo=\"_r\" IssueInstant", 1)
            })
            .sign(Sign::Assertion);
        let expected = match allowed {
            Switch::Off => ["in_response_to_missing"; 3],
            Switch::On => [
                "in_response_to_mismatch",
                "in_response_to_missing",
                "in_response_to_missing",
            ],
        };
        assert_eq!(
            [&stripped, &emptied, &added].map(|it| world.code(it)),
            expected
        );
    }
}

#[test]
fn one_confirmation_that_answers_a_request_spoils_an_unsolicited_response() {
    let mut world = world();
    world.connection.saml.idp_initiated = Switch::On;
    let mixed = world.response().edit_assertion(|xml| {
        let start = xml.find("<saml:SubjectConfirmation ").unwrap();
        let end = xml.find("</saml:Subject>").unwrap();
        let confirmation = &xml[start..end];
        let answering = confirmation.replace("Data ", "Data InResponseTo=\"_r\" ");
        xml.replace(confirmation, &format!("{confirmation}{answering}"))
    });
    assert_eq!(
        world.code(&mixed.sign(Sign::Both)),
        "in_response_to_mismatch"
    );
}

#[test]
fn a_name_for_one_session_will_do_where_an_attribute_names_the_person() {
    let mut world = world();
    let in_session = |xml: String| {
        let format = NameIdFormat::EmailAddress.uri();
        xml.replace(
            format,
            "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
        )
    };
    let transient = world.response().in_response_to("_r");
    let field = transient.edit_assertion(in_session).sign(Sign::Both);
    assert_eq!(world.code(&field), "name_id_transient");
    world.connection.saml.subject = Some("uid".into());
    assert_eq!(world.code(&field), "accepted");
}

/// The domain reads metadata anew at this code.
#[test]
fn an_unknown_key_has_the_code_that_the_domain_knows() {
    let code = crate::saml::Reason::SignatureInvalid.code();
    assert_eq!(code, jit_domain::assertion::AssertionRefusal::UNKNOWN_KEY);
}
