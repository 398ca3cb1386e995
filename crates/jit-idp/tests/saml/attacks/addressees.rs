//! Good messages that were meant for somebody else.

use jit_testkit::idp::{IdentityProvider, Sign};

use super::{Attack, signed};
use crate::world::{IDP, REQUEST, dana, now, quoted, response, service};

const OTHER_ACS: &str = "https://portal.example/sso/saml/other/acs";
const OTHER_ENTITY: &str = "https://portal.example/sso/saml/other/metadata";

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = relayed();
    attacks.extend(nearly_us());
    attacks
}

/// A message for another connection of the same portal, or for another service, brought here.
fn relayed() -> Vec<Attack> {
    let other = || response().acs(OTHER_ACS).audience(OTHER_ENTITY);
    let unsigned_part =
        |from: &'static str, to: String| move |xml: String| xml.replacen(from, &to, 1);
    let destination = unsigned_part(
        "Destination=\"https://portal.example/sso/saml/other/acs\"",
        format!("Destination=\"{}\"", service().acs_url),
    );
    let no_destination = unsigned_part(
        " Destination=\"https://portal.example/sso/saml/other/acs\"",
        String::new(),
    );
    let recipient = |xml: String| {
        let honest = format!("Recipient=\"{}\"", service().acs_url);
        xml.replacen(&format!("Recipient=\"{OTHER_ACS}\""), &honest, 1)
    };
    let stranger = IdentityProvider::with_key(
        "https://other-idp.example",
        vec![],
        jit_testkit::idp::IdpKey::ecdsa(),
    );
    let dana = dana();
    let from_stranger = || {
        stranger
            .response(&dana, now())
            .to(&service())
            .in_response_to(REQUEST)
    };
    vec![
        signed(
            "for another connection",
            "destination_mismatch",
            &other(),
            Sign::Both,
        ),
        signed(
            "for another connection, the destination rewritten",
            "recipient_mismatch",
            &other().edit_signed(destination.clone()),
            Sign::Assertion,
        ),
        signed(
            "for another connection, the destination taken away",
            "recipient_mismatch",
            &other().edit_signed(no_destination.clone()),
            Sign::Assertion,
        ),
        signed(
            "for another connection, the signed destination taken away",
            "destination_mismatch",
            &other().edit_response(no_destination),
            Sign::Response,
        ),
        signed(
            "for another connection, the signed destination rewritten",
            "digest_mismatch",
            &other().edit_signed(destination.clone()),
            Sign::Response,
        ),
        signed(
            "for another connection, destination and recipient rewritten",
            "digest_mismatch",
            &other().edit_signed(move |xml| recipient(destination(xml))),
            Sign::Assertion,
        ),
        signed(
            "for the audience of another connection",
            "audience_mismatch",
            &response().audience(OTHER_ENTITY),
            Sign::Assertion,
        ),
        signed(
            "from another provider",
            "issuer_mismatch",
            &from_stranger(),
            Sign::Both,
        ),
        signed(
            "from another provider under our provider's name",
            "signature_invalid",
            &from_stranger().issuer(IDP.entity_id()),
            Sign::Both,
        ),
        // The same key, as when one company has two tenants at a provider.
        signed(
            "from another tenant with the same key",
            "issuer_mismatch",
            &response().issuer("https://idp.example/other"),
            Sign::Both,
        ),
        signed(
            "from another tenant, the issuer of the response rewritten",
            "issuer_mismatch",
            &response()
                .issuer("https://idp.example/other")
                .edit_response(|xml| {
                    xml.replacen(
                        "https://idp.example/other<",
                        &format!("{}<", IDP.entity_id()),
                        1,
                    )
                }),
            Sign::Assertion,
        ),
        signed(
            "for another audience",
            "audience_mismatch",
            &response().wrong_audience(),
            Sign::Both,
        ),
        signed(
            "for another recipient",
            "recipient_mismatch",
            &response().wrong_recipient(),
            Sign::Both,
        ),
        signed(
            "for another destination",
            "destination_mismatch",
            &response().wrong_destination(),
            Sign::Both,
        ),
        signed(
            "from another issuer",
            "issuer_mismatch",
            &response().wrong_issuer(),
            Sign::Both,
        ),
    ]
}

/// Addresses and names that a lenient comparison takes for ours.
fn nearly_us() -> Vec<Attack> {
    let (acs, entity) = (service().acs_url, service().entity_id);
    let mut attacks = Vec::new();
    for (what, change) in [
        ("a slash more", "{}/"),
        ("a query", "{}?x=1"),
        ("a fragment", "{}#x"),
        ("a space", "{} "),
        ("something behind it", "{}.evil.example"),
        ("something before it", "https://evil.example/?{}"),
    ] {
        let near = |honest: &str| change.replace("{}", honest);
        attacks.push(signed(
            format!("an address with {what}"),
            "destination_mismatch",
            &response().acs(near(&acs)),
            Sign::Both,
        ));
        let recipient = format!(" Recipient=\"{}\"", near(&acs));
        let by_recipient = response()
            .edit_assertion(move |xml| xml.replacen(quoted(&xml, "Recipient"), &recipient, 1));
        attacks.push(signed(
            format!("a recipient with {what}"),
            "recipient_mismatch",
            &by_recipient,
            Sign::Assertion,
        ));
        attacks.push(signed(
            format!("an audience with {what}"),
            "audience_mismatch",
            &response().audience(near(&entity)),
            Sign::Both,
        ));
        attacks.push(signed(
            format!("an issuer with {what}"),
            "issuer_mismatch",
            &response().issuer(near(&IDP.entity_id())),
            Sign::Both,
        ));
    }
    for (what, acs) in [
        ("capital letters", acs.replace("portal", "PORTAL")),
        ("another scheme", acs.replace("https", "http")),
        ("a port", acs.replace(".example", ".example:443")),
        ("an escape", acs.replace("acs", "%61cs")),
        ("a detour", acs.replace("/acs", "/x/../acs")),
    ] {
        attacks.push(signed(
            format!("an address with {what}"),
            "destination_mismatch",
            &response().acs(acs),
            Sign::Both,
        ));
    }
    attacks
}
