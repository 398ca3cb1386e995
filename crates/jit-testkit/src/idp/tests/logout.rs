//! Single logout, asked for there and asked for here.

use super::*;

const SLO: &str = "https://portal.example/slo";
const ASKED: &str = "<p:LogoutRequest xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol' ID='_l1' Version='2.0'>\
     <Issuer xmlns='urn:oasis:names:tc:SAML:2.0:assertion'>https://portal.example/metadata</Issuer>\
     <NameID xmlns='urn:oasis:names:tc:SAML:2.0:assertion'>dana@example.com</NameID></p:LogoutRequest>";

/// A provider where Dana has signed in twice.
async fn signed_in(slo_url: Option<&str>) -> (Arc<IdentityProvider>, Router) {
    let mut service = Service::new(
        "https://portal.example/metadata",
        "https://portal.example/acs",
    );
    service.slo_url = slo_url.map(str::to_owned);
    let idp = IdentityProvider::with_key(BASE, vec![dana()], IdpKey::ecdsa()).with_service(service);
    let idp = Arc::new(idp);
    let router = Arc::clone(&idp).router(|| DateTime::UNIX_EPOCH);
    let app = Router::new().nest("/demo-idp", router);
    for _ in 0..2 {
        let chosen = [("person", "dana@example.com")];
        let started = send(app.clone(), "/demo-idp/start", &chosen).await;
        assert_eq!(started.status(), StatusCode::OK);
    }
    assert_eq!(idp.sessions().len(), 2);
    (idp, app)
}

async fn by_redirect(app: Router, name: &str, xml: &str) -> Response<Body> {
    let query = parameters(&[(name, &deflated(xml)), ("RelayState", "r1")]);
    let request = Request::get(format!("/demo-idp/slo?{query}"));
    app.oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_logout_by_redirect_ends_the_sessions_and_is_answered_signed() {
    let (idp, app) = signed_in(Some(SLO)).await;
    let response = by_redirect(app, "SAMLRequest", ASKED).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert!(idp.sessions().is_empty());
    let location = response.headers()[header::LOCATION].to_str().unwrap();
    let query = location.strip_prefix(&format!("{SLO}?")).unwrap();
    let answer = redirect::Redirected::parse(query).unwrap();
    assert_eq!(
        (answer.is_response, answer.relay_state.as_str()),
        (true, "r1")
    );
    let certificate = idp.key().certificate_der();
    assert!(signed_request::require_query(answer.signature.as_ref(), certificate).is_ok());
    let answer = LogoutResponse::parse(&answer.parameter).unwrap();
    assert_eq!(
        (
            answer.in_response_to.as_str(),
            answer.issuer,
            answer.succeeded
        ),
        ("_l1", idp.entity_id(), true)
    );
}

#[tokio::test]
async fn a_posted_logout_is_answered_by_a_signed_form() {
    let (idp, app) = signed_in(Some(SLO)).await;
    let posted = STANDARD.encode(ASKED);
    let fields = [("SAMLRequest", posted.as_str()), ("RelayState", "r1")];
    let page = text(send(app, "/demo-idp/slo", &fields).await).await;
    assert!(idp.sessions().is_empty());
    assert!(page.contains(&format!("action=\"{SLO}\"")));
    assert_eq!(field(&page, "RelayState"), "r1");
    let answer = field(&page, "SAMLResponse");
    assert!(LogoutResponse::parse_posted(&answer).unwrap().succeeded);
    let xml = request::posted("SAMLResponse", &answer).unwrap();
    let certificate = idp.key().certificate_der();
    assert!(signed_request::require_enveloped(&xml, certificate).is_ok());
}

#[tokio::test]
async fn only_the_sessions_that_were_named_end() {
    let (idp, app) = signed_in(Some(SLO)).await;
    let [first, second] = idp.sessions().try_into().unwrap();
    let index = format!(
        "</NameID><p:SessionIndex>{}</p:SessionIndex>",
        first.session_index
    );
    by_redirect(
        app.clone(),
        "SAMLRequest",
        &ASKED.replace("</NameID>", &index),
    )
    .await;
    assert_eq!(idp.sessions(), [second]);
    by_redirect(app, "SAMLRequest", &ASKED.replace("dana@", "erik@")).await;
    assert_eq!(idp.sessions().len(), 1);
}

#[tokio::test]
async fn a_service_without_an_address_for_answers_gets_none() {
    let (idp, app) = signed_in(None).await;
    let response = by_redirect(app, "SAMLRequest", ASKED).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(text(response).await.contains("no address for an answer"));
    assert!(idp.sessions().is_empty());
}

#[tokio::test]
async fn the_answer_to_a_logout_that_started_here_is_shown() {
    let (idp, app) = signed_in(Some(SLO)).await;
    let dana = dana();
    let asked = idp
        .logout_request(&dana, DateTime::UNIX_EPOCH)
        .destination(SLO);
    let answer = idp.logout_response(asked.id(), DateTime::UNIX_EPOCH);
    let answer = answer
        .issuer("https://portal.example/metadata")
        .unsigned()
        .xml();
    let page = text(by_redirect(app.clone(), "SAMLResponse", &answer).await).await;
    assert!(page.contains("https://portal.example/metadata has signed you out"));
    let failed = answer.replace("status:Success", "status:Responder");
    let page = text(by_redirect(app, "SAMLResponse", &failed).await).await;
    assert!(page.contains("has not signed you out"));
}

#[test]
fn a_logout_that_starts_here_names_the_person_and_the_sessions() {
    let idp = idp();
    let dana = dana();
    let logout = || {
        let logout = idp.logout_request(&dana, DateTime::UNIX_EPOCH);
        logout
            .session_index("_s1")
            .session_index("_s2")
            .destination("https://portal.example/slo?x=1")
    };
    let read = |request: LogoutRequest| {
        assert_eq!(
            (request.issuer, request.name_id),
            (idp.entity_id(), dana.name_id.clone())
        );
        assert_eq!(request.session_indexes, ["_s1", "_s2"]);
    };
    let certificate = idp.key().certificate_der();
    let address = logout().relay_state("a b").redirect_url();
    let query = address
        .strip_prefix("https://portal.example/slo?x=1&")
        .unwrap();
    let came = redirect::Redirected::parse(query).unwrap();
    assert_eq!(came.relay_state, "a b");
    assert!(signed_request::require_query(came.signature.as_ref(), certificate).is_ok());
    read(LogoutRequest::parse(&came.parameter).unwrap());

    read(LogoutRequest::parse_posted(&logout().form_field()).unwrap());
    assert!(signed_request::require_enveloped(&logout().xml(), certificate).is_ok());
    assert!(signed_request::require_enveloped(&logout().unsigned().xml(), certificate).is_err());
    let other = IdpKey::ecdsa();
    assert!(signed_request::require_enveloped(&logout().key(&other).xml(), certificate).is_err());
    assert!(!logout().unsigned().redirect_url().contains("Signature="));
}

#[test]
fn logouts_are_written_in_every_dialect() {
    for dialect in Dialect::ALL {
        let idp = IdentityProvider::with_key(BASE, vec![], IdpKey::ecdsa()).with_dialect(dialect);
        let dana = dana();
        let xml = idp
            .logout_request(&dana, DateTime::UNIX_EPOCH)
            .destination(SLO)
            .xml();
        let certificate = idp.key().certificate_der();
        assert!(
            signed_request::require_enveloped(&xml, certificate).is_ok(),
            "{dialect:?}"
        );
    }
}
