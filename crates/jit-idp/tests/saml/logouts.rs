//! Logouts of the provider of the testkit: honest ones are understood, others refused, each for its own reason.

use jit_idp::{Received, ReceivedLogout, read_logout};
use jit_testkit::idp::LogoutBuilder;

use crate::world::{ATTACKER, DANA, IDP, OTHER_KEY, connection, minutes, now, service};

fn logout() -> LogoutBuilder<'static> {
    IDP.logout_request(&DANA, now())
        .session_index("_s1")
        .destination(service().slo_url)
}

/// What our service makes of it by either binding: the name of the person, or why it was refused.
fn read(logout: &LogoutBuilder<'_>) -> [Result<String, &'static str>; 2] {
    let url = logout.redirect_url();
    let (_, query) = url.split_once('?').unwrap();
    let field = logout.form_field();
    [Received::Query(query), Received::PostedRequest(&field)].map(|received| {
        match read_logout(received, &connection(), &service(), &[], now()) {
            Ok(ReceivedLogout::Request { name_id, .. }) => Ok(name_id.value),
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => Err(refusal.code()),
        }
    })
}

#[test]
fn an_honest_logout_is_understood_by_either_binding() {
    let dana = Ok("dana@example.com".to_owned());
    assert_eq!(read(&logout()), [dana.clone(), dana.clone()]);
    assert_eq!(read(&logout().relay_state("r 1")), [dana.clone(), dana]);
}

#[test]
fn every_other_logout_is_refused_for_its_own_reason() {
    let evil = |xml: String| xml.replace("dana@example.com", ATTACKER);
    let late = now() - minutes(20);
    for (name, reasons, logout) in [
        ("unsigned", ["unsigned"; 2], logout().unsigned()),
        (
            "another key",
            ["signature_invalid"; 2],
            logout().key(&OTHER_KEY),
        ),
        ("SHA-1", ["sha1_refused"; 2], logout().sha1()),
        (
            "another destination",
            ["destination_mismatch"; 2],
            logout().destination("https://elsewhere.example/slo"),
        ),
        (
            "another issuer",
            ["issuer_mismatch"; 2],
            logout().issuer("https://elsewhere.example"),
        ),
        ("expired", ["expired"; 2], logout().not_on_or_after(late)),
        // The query is deflated: there the name cannot be replaced without anything else.
        (
            "another person",
            ["signature_invalid", "digest_mismatch"],
            logout()
                .edit_signed(move |signed| evil(signed).replace("SAMLRequest=", "SAMLRequest=%20")),
        ),
        (
            "a comment in the name",
            ["comment_forbidden"; 2],
            logout().edit(|xml| xml.replace("@example.com", "<!-- -->@example.com")),
        ),
        (
            "a document type",
            ["doctype_forbidden"; 2],
            logout().edit(|xml| format!("<!DOCTYPE a>{xml}")),
        ),
        (
            "two names",
            ["element_repeated"; 2],
            logout().edit(|xml| {
                let name = crate::world::between(&xml, "<saml:NameID", "</saml:NameID>");
                xml.replace(name, &format!("{name}{name}"))
            }),
        ),
    ] {
        assert_eq!(read(&logout), reasons.map(Err), "{name}");
    }
}
