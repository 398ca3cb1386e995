//! The examples do what they say.
#![expect(clippy::unwrap_used, reason = "a test that fails has to stop")]

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use jit_domain::{
    assertion::Assertion,
    ports::{Ports, Store},
};
use jit_testkit::{
    FixedClock, Fixtures, MemoryStore, PlainPasswords, ScriptedVerifier, SeededRandom,
};
use tower::ServiceExt;

#[path = "../examples/embed.rs"]
#[expect(dead_code, reason = "an example has a main function")]
mod embed;

async fn post(router: &Router) -> (StatusCode, Option<String>) {
    let request = Request::post("/sso/saml/okta/acs")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("SAMLResponse=dana"))
        .unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let landing = answer.headers().get(header::LOCATION);
    let landing = landing.map(|it| it.to_str().unwrap().to_owned());
    (answer.status(), landing)
}

/// R13, R16: a service of somebody else's has first logins by calling the domain.
#[tokio::test]
async fn an_embedded_domain_signs_a_person_in_and_the_store_tells_of_it() {
    let make = Fixtures::default();
    let store = Arc::new(MemoryStore::new());
    let connection = make.connection("okta");
    let begun = make.authn_request(&connection);
    let verifier = Arc::new(ScriptedVerifier::default());
    let says = Assertion {
        assertion_id: "_1".to_owned(),
        issuer: connection.idp.as_ref().unwrap().entity_id.clone(),
        name_id: "dana".to_owned(),
        name_id_format: None,
        session_index: None,
        in_response_to: Some(begun.id.to_string()),
        session_not_on_or_after: None,
        valid_until: begun.expires_at,
        attributes: BTreeMap::from([("email".to_owned(), vec!["dana@acme.example".to_owned()])]),
    };
    verifier.accept("dana", says);
    let start = [make.workspace().into(), connection.into(), begun.into()];
    store.commit(&make.put_all(start)).await.unwrap();
    let ports = Ports {
        store: Arc::clone(&store) as Arc<dyn Store>,
        clock: Arc::new(FixedClock::at(make.now())),
        random: Arc::new(SeededRandom::new(1)),
        passwords: Arc::new(PlainPasswords),
    };
    let (router, mut news) = embed::service(ports, verifier).await.unwrap();

    let (too_early, _) = post(&router).await;
    assert_eq!(too_early, StatusCode::FORBIDDEN);

    store
        .commit(&make.put_all([make.settings().into()]))
        .await
        .unwrap();
    let (status, landing) = post(&router).await;
    assert_eq!(
        (status, landing.as_deref()),
        (StatusCode::SEE_OTHER, Some("/discover"))
    );
    let mut told = Vec::new();
    while let Ok(event) = news.try_recv() {
        told.push(event.event.action);
    }
    assert!(told.contains(&"end_user.created"), "{told:?}");
    assert!(told.contains(&"api_client.created"), "{told:?}");
}
