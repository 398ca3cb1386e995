//! What works.

use anyhow::{Context, Result, ensure};
use jit_testkit::idp::Sign;
use serde_json::{Value, json};
use workspace_tests::peers::{Settings, Software, answer, fill_in, send_answer};

use crate::meeting::{Meeting, SLUG, text};

pub(crate) async fn twice(software: &'static Software) -> Result<()> {
    let meeting = Meeting::with_scripts(software).await?;
    let idp = &meeting.pair.connection["idp"];
    ensure!(idp["slo_url"].is_string(), "no logout address: {idp}");
    let certificates = idp["certificates"].as_array().map(Vec::len);
    ensure!(certificates == Some(1), "one key is pinned: {idp}");

    meeting.choose(SLUG).await?;
    fill_in(meeting.driver(), &meeting.pair.person).await?;
    assert_eq!(meeting.landed().await?, "/discover");
    let first = only_end_user(&meeting).await?;
    let person = &meeting.pair.person;
    assert_eq!(first["display_name"], json!(person.display_name));
    assert_eq!(first["email"], json!(person.email));
    assert_eq!(
        first["memberships"],
        json!([{"group": meeting.pair.group, "source": "idp"}])
    );
    assert_eq!(
        first["subjects"],
        json!([{"idp_entity_id": text(idp, "/entity_id")?, "name_id": person.name_id}])
    );

    // The provider still knows the person, so it asks for nothing.
    meeting.choose(SLUG).await?;
    assert_eq!(meeting.landed().await?, "/discover");
    let second = only_end_user(&meeting).await?;
    assert_eq!(second["id"], first["id"]);
    assert_eq!(second["memberships"], first["memberships"]);
    assert_eq!(meeting.pair.scene.counts().await?, (1, 1));
    meeting.end().await
}

pub(crate) async fn whatever_is_signed(software: &'static Software) -> Result<()> {
    let meeting = Meeting::without_scripts(software).await?;
    let driver = meeting.driver();

    meeting
        .pair
        .provider
        .set(Settings::signing(Sign::Nothing))?;
    meeting.choose(SLUG).await?;
    fill_in(driver, &meeting.pair.person).await?;
    ensure!(signatures(&answer(driver).await?) == 0, "nothing is signed");
    send_answer(driver).await?;
    meeting.refused_with("unsigned").await?;

    for (sign, count) in [(Sign::Assertion, 1), (Sign::Response, 1), (Sign::Both, 2)] {
        meeting.pair.provider.set(Settings::signing(sign))?;
        meeting.choose(SLUG).await?;
        let xml = answer(driver).await?;
        ensure!(signatures(&xml) == count, "{sign:?}: {xml}");
        ensure!(
            is_response_signed(&xml) == (sign != Sign::Assertion),
            "{sign:?}: {xml}"
        );
        send_answer(driver).await?;
        let landed = meeting.landed().await;
        let landed = landed.with_context(|| format!("{sign:?} is signed: {xml}"))?;
        ensure!(landed == "/discover", "{sign:?}: landed on {landed}");
    }
    ensure!(
        meeting.pair.scene.counts().await? == (1, 1),
        "one person signed in"
    );
    meeting.end().await
}

fn signatures(xml: &str) -> usize {
    xml.matches("<SignatureValue").count() + xml.matches("<ds:SignatureValue").count()
}

/// The signature of a response stands before its status, that of an assertion after it.
fn is_response_signed(xml: &str) -> bool {
    let before = xml.split(":Status>").next().unwrap_or_default();
    signatures(before) == 1
}

async fn only_end_user(meeting: &Meeting) -> Result<Value> {
    let mut all = meeting.pair.scene.all("/end-users").await?;
    ensure!(all.len() == 1, "one end user: {all:#?}");
    all.pop().context("there is one")
}
