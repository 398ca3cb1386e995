//! Names, statements and states that mean another person to another reader.

use jit_testkit::idp::{Person, Sign};

use super::{Attack, changed, signed};
use crate::world::{ATTACKER, IDP, REQUEST, between, now, response, service};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = names();
    attacks.extend(several_assertions());
    attacks.extend(states());
    attacks
}

/// A provider lets people choose names that begin like another person's.
fn names() -> Vec<Attack> {
    let name = format!("{ATTACKER}.evil.example");
    let evil = Person::new("Root", name.as_str());
    let from_evil = || {
        IDP.response(&evil, now())
            .to(&service())
            .in_response_to(REQUEST)
    };
    let split =
        |what: &'static str| move |xml: String| xml.replace(ATTACKER, &format!("{ATTACKER}{what}"));
    let comment = from_evil().comment_in_name_id(ATTACKER);
    vec![
        // CVE-2017-11427 and its kin: the signature stays good, and the first piece of text is somebody else.
        signed(
            "a comment in the name that another name begins with",
            "comment_forbidden",
            &comment,
            Sign::Assertion,
        ),
        signed(
            "a comment in the name that another name begins with, response signed",
            "comment_forbidden",
            &comment,
            Sign::Response,
        ),
        signed(
            "an instruction in the name that another name begins with",
            "processing_instruction_forbidden",
            &from_evil().edit_signed(split("<?x?>")),
            Sign::Assertion,
        ),
        signed(
            "a CDATA section in the name that another name begins with",
            "cdata_forbidden",
            &from_evil().edit_signed(split("<![CDATA[]]>")),
            Sign::Assertion,
        ),
        signed(
            "an element in the name that another name begins with",
            "digest_mismatch",
            &from_evil().edit_signed(split("<x/>")),
            Sign::Assertion,
        ),
        signed(
            "a signed element in the name that another name begins with",
            "markup_in_value",
            &from_evil().edit_assertion(split("<x></x>")),
            Sign::Assertion,
        ),
        signed(
            "a signed element in the issuer",
            "markup_in_value",
            &response()
                .edit_assertion(|xml| xml.replacen("</saml:Issuer>", "<x></x></saml:Issuer>", 1)),
            Sign::Response,
        ),
        signed(
            "a signed element in the audience",
            "markup_in_value",
            &response().edit_assertion(|xml| {
                xml.replacen("</saml:Audience>", "<x></x></saml:Audience>", 1)
            }),
            Sign::Assertion,
        ),
        signed(
            "two names",
            "element_repeated",
            &response().edit_assertion(|xml| {
                let name = between(&xml, "<saml:NameID ", "</saml:NameID>").to_owned();
                xml.replacen(
                    &name,
                    &format!("{name}{}", name.replace("dana@example.com", ATTACKER)),
                    1,
                )
            }),
            Sign::Assertion,
        ),
        signed(
            "two subjects",
            "element_repeated",
            &response().edit_assertion(|xml| {
                let subject = between(&xml, "<saml:Subject>", "</saml:Subject>").to_owned();
                xml.replacen(&subject, &format!("{subject}{subject}"), 1)
            }),
            Sign::Assertion,
        ),
        signed(
            "two conditions",
            "element_repeated",
            &response().edit_assertion(|xml| {
                let conditions =
                    between(&xml, "<saml:Conditions ", "</saml:Conditions>").to_owned();
                xml.replacen(&conditions, &format!("{conditions}{conditions}"), 1)
            }),
            Sign::Assertion,
        ),
        signed(
            "two issuers",
            "element_repeated",
            &response().edit_assertion(|xml| {
                let issuer = between(&xml, "<saml:Issuer>", "</saml:Issuer>").to_owned();
                xml.replacen(&issuer, &format!("{issuer}{issuer}"), 1)
            }),
            Sign::Response,
        ),
        signed(
            "a name of spaces",
            "name_id_missing",
            &response().edit_assertion(|xml| {
                xml.replace(">dana@example.com</saml:NameID>", "> \n </saml:NameID>")
            }),
            Sign::Assertion,
        ),
        signed(
            "a name in another element",
            "name_id_missing",
            &response().edit_assertion(|xml| xml.replace("saml:NameID", "saml:BaseID")),
            Sign::Assertion,
        ),
    ]
}

fn several_assertions() -> Vec<Attack> {
    let evil = |signing| {
        let evil = Person::new("Root", ATTACKER);
        let xml = IDP.response(&evil, now()).to(&service()).xml(signing);
        between(&xml, "<saml:Assertion", "</saml:Assertion>").to_owned()
    };
    let beside = |name: &str, sign, forged: fn(&str, &str) -> String, other: String| {
        let name = format!("several assertions: {name}");
        changed(name, "several_assertions", sign, move |xml| {
            let honest = between(&xml, "<saml:Assertion", "</saml:Assertion>");
            xml.replace(honest, &forged(honest, &other))
        })
    };
    let inside = |name: &str, start: &'static str| {
        let evil = evil(Sign::Nothing);
        let nested = response().edit_assertion(move |xml| {
            let at = xml.find(start).unwrap() + start.len();
            format!("{}{evil}{}", &xml[..at], &xml[at..])
        });
        let name = format!("an assertion inside {name}");
        signed(name, "element_misplaced", &nested, Sign::Assertion)
    };
    vec![
        signed(
            "several assertions: both signed, by the provider",
            "several_assertions",
            &response().several_assertions(),
            Sign::Assertion,
        ),
        signed(
            "several assertions: in a signed response",
            "several_assertions",
            &response().several_assertions(),
            Sign::Response,
        ),
        signed(
            "several assertions: everything signed",
            "several_assertions",
            &response().several_assertions(),
            Sign::Both,
        ),
        beside(
            "an unsigned one first",
            Sign::Assertion,
            |honest, evil| format!("{evil}{honest}"),
            evil(Sign::Nothing),
        ),
        beside(
            "an unsigned one last",
            Sign::Assertion,
            |honest, evil| format!("{honest}{evil}"),
            evil(Sign::Nothing),
        ),
        beside(
            "another signed one",
            Sign::Assertion,
            |honest, evil| format!("{honest}{evil}"),
            evil(Sign::Assertion),
        ),
        inside("an attribute", "<saml:AttributeValue>"),
        inside("the subject", "<saml:Subject>"),
        inside("the statement", "<saml:AttributeStatement>"),
        changed(
            "an assertion inside the status",
            "element_misplaced",
            Sign::Assertion,
            {
                let evil = evil(Sign::Nothing);
                move |xml| xml.replacen("<samlp:Status>", &format!("<samlp:Status>{evil}"), 1)
            },
        ),
        changed(
            "a response inside the status",
            "element_misplaced",
            Sign::Assertion,
            |xml| {
                xml.replacen(
                    "<samlp:Status>",
                    "<samlp:Status><samlp:Response></samlp:Response>",
                    1,
                )
            },
        ),
    ]
}

fn states() -> Vec<Attack> {
    const SUCCESS: &str = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"></samlp:StatusCode>";
    let state = |name: &str, reason, state: &str| {
        let state = state.replace("SUCCESS", SUCCESS);
        changed(
            format!("state: {name}"),
            reason,
            Sign::Assertion,
            move |xml| {
                assert!(xml.contains(SUCCESS));
                xml.replacen(SUCCESS, &state, 1)
            },
        )
    };
    let failed = "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\">";
    vec![
        signed(
            "state: failed",
            "status_not_success",
            &response().failed("AuthnFailed"),
            Sign::Response,
        ),
        state(
            "success inside a failure",
            "status_not_success",
            &format!("{failed}SUCCESS</samlp:StatusCode>"),
        ),
        state(
            "a failure before a success",
            "element_repeated",
            &format!("{failed}</samlp:StatusCode>SUCCESS"),
        ),
        state(
            "a success before a failure",
            "element_repeated",
            &format!("SUCCESS{failed}</samlp:StatusCode>"),
        ),
        state("none", "element_missing", ""),
        state(
            "of another namespace",
            "element_missing",
            "<x:StatusCode xmlns:x=\"urn:x\" Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/>",
        ),
        state(
            "with a space",
            "status_not_success",
            "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success \"/>",
        ),
        changed(
            "state: two of them",
            "element_repeated",
            Sign::Assertion,
            |xml| {
                let status = between(&xml, "<samlp:Status>", "</samlp:Status>");
                xml.replacen(status, &format!("{status}{status}"), 1)
            },
        ),
    ]
}
