//! Logouts that we begin and answer, read by the same rules: as if the provider were the portal.

use jit_domain::{
    connections::{Binding, IdpConnection, IdpDescription, LogoutEndpoint, ServiceProvider},
    saml_keys::SamlKey,
    sessions::{AuthnRequestId, NameId},
};
use jit_idp::{
    LogoutOutcome, LogoutRequest, LogoutResponse, Outgoing, Received, ReceivedLogout, SendError,
    read_logout,
};

use crate::world::{OURS, connection, now, service};

const ID: &str = "_000102030405060708090a0b0c0d0e0f";

fn keys() -> &'static [SamlKey] {
    std::slice::from_ref(&*OURS)
}

fn with(binding: Binding) -> IdpConnection {
    let mut connection = connection();
    let slo = LogoutEndpoint {
        url: "https://idp.example/slo?a=b".into(),
        response_url: Some("https://idp.example/slo/done".into()),
        binding,
    };
    connection.idp.as_mut().unwrap().slo = Some(slo);
    connection
}

/// Reads our message as the provider would.
fn mirrored(outgoing: Outgoing, url: &str) -> ReceivedLogout {
    let us = connection();
    let provider = IdpConnection {
        idp: Some(IdpDescription {
            entity_id: service().entity_id,
            certificates: vec![OURS.certificate.clone()],
            ..us.idp.clone().unwrap()
        }),
        ..us
    };
    let them = ServiceProvider {
        slo_url: url.to_owned(),
        ..service()
    };
    let read = |received| read_logout(received, &provider, &them, &[], now()).unwrap();
    match outgoing {
        Outgoing::Redirect { url: address } => {
            let (there, query) = address
                .split_once("?a=b&")
                .or_else(|| address.split_once('?'))
                .unwrap();
            assert_eq!(there, url);
            read(Received::Query(query))
        }
        Outgoing::Post {
            url: address,
            fields,
        } => {
            assert!(address.starts_with(url));
            let [(name, value), ("RelayState", state)] = fields.as_slice() else {
                panic!("{fields:?}")
            };
            assert_eq!(state, "state & more");
            match *name {
                "SAMLRequest" => read(Received::PostedRequest(value)),
                _ => read(Received::PostedResponse(value)),
            }
        }
    }
}

#[test]
fn a_provider_understands_whom_to_sign_out() {
    let dana = NameId {
        value: "dana & <co>".into(),
        format: Some("urn:\"f\"".into()),
    };
    for binding in [Binding::Redirect, Binding::Post] {
        let request = LogoutRequest {
            id: AuthnRequestId::parse(ID).unwrap(),
            issued_at: now(),
            connection: &with(binding),
            service: &service(),
            keys: keys(),
            name_id: &dana,
            session_index: Some("_s>1"),
            relay_state: Some("state & more"),
        };
        let expected = ReceivedLogout::Request {
            id: ID.into(),
            name_id: dana.clone(),
            session_indexes: vec!["_s>1".into()],
        };
        let read = mirrored(request.message().unwrap(), "https://idp.example/slo");
        assert_eq!(read, expected, "{binding:?}");
    }
}

#[test]
fn a_provider_understands_what_came_of_its_request() {
    for binding in [Binding::Redirect, Binding::Post] {
        for outcome in [LogoutOutcome::Done, LogoutOutcome::Partial] {
            let response = LogoutResponse {
                id: AuthnRequestId::parse(ID).unwrap(),
                issued_at: now(),
                connection: &with(binding),
                service: &service(),
                keys: keys(),
                in_response_to: "_m&\"<",
                outcome: &outcome,
                relay_state: Some("state & more"),
            };
            let expected = ReceivedLogout::Response {
                in_response_to: Some("_m&\"<".into()),
                outcome: outcome.clone(),
                signed: true,
            };
            let read = mirrored(response.message().unwrap(), "https://idp.example/slo/done");
            assert_eq!(read, expected, "{binding:?}");
        }
    }
}

#[test]
fn a_failure_says_why() {
    let failed = LogoutOutcome::Failed("no such session <here>".into());
    let response = LogoutResponse {
        id: AuthnRequestId::parse(ID).unwrap(),
        issued_at: now(),
        connection: &with(Binding::Post),
        service: &service(),
        keys: &[],
        in_response_to: "_m",
        outcome: &failed,
        relay_state: Some("state & more"),
    };
    let read = mirrored(response.message().unwrap(), "https://idp.example/slo/done");
    let ReceivedLogout::Response {
        outcome: LogoutOutcome::Failed(why),
        signed: false,
        ..
    } = read
    else {
        panic!("{read:?}")
    };
    assert!(why.ends_with("Responder: no such session <here>"), "{why}");
}

#[test]
fn nobody_is_told_who_offers_no_logout() {
    let dana = NameId {
        value: "dana".into(),
        format: None,
    };
    let mut connection = connection();
    let message = |connection: &IdpConnection| {
        let request = LogoutRequest {
            id: AuthnRequestId::parse(ID).unwrap(),
            issued_at: now(),
            connection,
            service: &service(),
            keys: keys(),
            name_id: &dana,
            session_index: None,
            relay_state: None,
        };
        request.message().unwrap_err()
    };
    connection.idp.as_mut().unwrap().slo = None;
    assert_eq!(message(&connection), SendError::NoLogoutService);
    connection.idp = None;
    assert_eq!(message(&connection), SendError::ProviderUnknown);
}
