//! By the redirect binding: the signature is over the octets of the query (SAML bindings 3.4.4.1).

use jit_idp::{LogoutOutcome, Received, ReceivedLogout};

use crate::world::{
    OURS, RSA_SHA256, THEIRS, assert_dana, assert_refused, code, escaped, posted, query, read,
    request, response, signed,
};

fn received(query: &str) -> Result<ReceivedLogout, jit_idp::saml::Refusal> {
    read(Received::Query(query))
}

#[test]
fn a_signed_request_names_the_person_and_the_sessions() {
    let plain = query("SAMLRequest", &request());
    assert_dana(received(&signed(&plain, RSA_SHA256, &THEIRS)));
    let with_state = format!("{plain}&RelayState=a%20b");
    assert_dana(received(&signed(&with_state, RSA_SHA256, &THEIRS)));
    let empty_state = format!("{plain}&RelayState=");
    assert_dana(received(&signed(&empty_state, RSA_SHA256, &THEIRS)));
}

/// Another sender escapes in its own way; what was signed is what it wrote.
#[test]
fn the_octets_count_as_they_were_sent() {
    let lower = query("SAMLRequest", &request())
        .replace("%2B", "%2b")
        .replace("%2F", "/");
    assert_dana(received(&signed(&lower, RSA_SHA256, &THEIRS)));
    let reordered = signed(&query("SAMLRequest", &request()), RSA_SHA256, &THEIRS);
    let (message, rest) = reordered.split_once('&').unwrap();
    assert_dana(received(&format!("other=1&{rest}&{message}")));
}

#[test]
fn a_request_without_a_signature_or_with_another_is_refused() {
    let plain = query("SAMLRequest", &request());
    assert_refused(received(&plain), "unsigned");
    assert_refused(
        received(&signed(&plain, RSA_SHA256, &OURS)),
        "signature_invalid",
    );
    let good = signed(&plain, RSA_SHA256, &THEIRS);
    assert_refused(
        received(&format!("{good}&RelayState=x")),
        "signature_invalid",
    );
    let other = query("SAMLRequest", &request().replace("dana@", "root@"));
    let swapped = good.replace(&plain, &other);
    assert_refused(received(&swapped), "signature_invalid");
    let (without, _) = good.split_once("&Signature=").unwrap();
    assert_refused(received(without), "query_malformed");
}

#[test]
fn sha1_and_hmac_are_refused_by_name() {
    let plain = query("SAMLRequest", &request());
    let of = |algorithm| received(&signed(&plain, algorithm, &THEIRS));
    assert_refused(
        of("http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        "sha1_refused",
    );
    assert_refused(
        of("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
        "signature_method_refused",
    );
}

#[test]
fn no_parameter_stands_twice_and_one_message_stands_alone() {
    let good = signed(&query("SAMLRequest", &request()), RSA_SHA256, &THEIRS);
    let doubled = format!("{good}&{}", query("SAMLRequest", &request()));
    assert_refused(received(&doubled), "query_malformed");
    let both = format!("{good}&{}", query("SAMLResponse", &response("")));
    assert_refused(received(&both), "query_malformed");
    assert_refused(received(""), "query_malformed");
    let encoding = format!("{good}&SAMLEncoding=urn%3Ax");
    assert_refused(received(&encoding), "query_malformed");
    let deflate = escaped("urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE");
    assert_dana(received(&format!("{good}&SAMLEncoding={deflate}")));
}

#[test]
fn what_inflates_without_end_is_given_up() {
    let bomb = query("SAMLRequest", &" ".repeat(10_000_000));
    assert!(bomb.len() < 64 * 1024);
    let bomb = signed(&bomb, RSA_SHA256, &THEIRS);
    assert_refused(received(&bomb), "deflate_invalid");
    let rubbish = signed("SAMLRequest=AAAA", RSA_SHA256, &THEIRS);
    assert_refused(received(&rubbish), "deflate_invalid");
    let long = format!("SAMLRequest={}", "A".repeat(64 * 1024));
    assert_refused(received(&long), "too_large");
}

#[test]
fn a_signature_inside_the_message_counts_for_nothing_here() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let inside = posted(&request(), &THEIRS);
    let inside = String::from_utf8(STANDARD.decode(inside).unwrap()).unwrap();
    let plain = query("SAMLRequest", &inside);
    assert_refused(received(&plain), "unsigned");
    let both = signed(&plain, RSA_SHA256, &THEIRS);
    assert_refused(received(&both), "signature_misplaced");
}

#[test]
fn a_response_says_what_came_of_a_request() {
    let outcome = |status: &str| {
        let query = query("SAMLResponse", &response(status));
        let Ok(ReceivedLogout::Response {
            in_response_to,
            outcome,
            signed: false,
        }) = received(&query)
        else {
            panic!("{status}")
        };
        assert_eq!(in_response_to.as_deref(), Some("_1"));
        outcome
    };
    assert_eq!(outcome(&code("Success", "")), LogoutOutcome::Done);
    let partial = code("PartialLogout", "");
    assert_eq!(outcome(&code("Success", &partial)), LogoutOutcome::Partial);
    assert_eq!(
        outcome(&code("Responder", &partial)),
        LogoutOutcome::Partial
    );
    let LogoutOutcome::Failed(why) = outcome(&code("Requester", "")) else {
        panic!("not failed")
    };
    assert!(why.ends_with("status:Requester"), "{why}");
}

#[test]
fn a_signed_response_must_be_signed_well() {
    let plain = query("SAMLResponse", &response(&code("Success", "")));
    let good = received(&signed(&plain, RSA_SHA256, &THEIRS));
    assert!(matches!(
        good,
        Ok(ReceivedLogout::Response { signed: true, .. })
    ));
    let bad = received(&signed(&plain, RSA_SHA256, &OURS));
    assert_refused(bad, "signature_invalid");
    let mistaken = query("SAMLResponse", &request());
    assert_refused(received(&mistaken), "not_a_logout_message");
}
