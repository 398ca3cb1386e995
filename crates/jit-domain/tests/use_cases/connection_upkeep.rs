//! What the program does to connections by itself: new metadata, and certificates that end.

use chrono::Duration;
use jit_domain::{
    connections::{IdpConnection, IdpDescription, MetadataSource, SigningCertificate},
    error::InvalidField,
    portal::{decide_certificate_notices, decide_refresh},
    ports::ConnectionRepository,
    values::Timestamp,
};
use jit_testkit::{Fixtures, ScriptedMetadata};

use crate::world::World;

const URL: &str = "https://idp.example.com/metadata";

fn connection() -> IdpConnection {
    IdpConnection {
        metadata: MetadataSource::Url {
            url: URL.to_owned(),
            problem: None,
        },
        ..Fixtures::default().connection("okta")
    }
}

fn described(connection: &IdpConnection) -> IdpDescription {
    connection.idp.clone().unwrap()
}

fn certificate(sha256: &str, not_after: Timestamp) -> SigningCertificate {
    SigningCertificate {
        base64_der: "MIIB".to_owned(),
        sha256: sha256.to_owned(),
        not_after,
    }
}

fn now() -> Timestamp {
    Fixtures::default().now()
}

fn put(decided: jit_domain::portal::Decided<bool>) -> IdpConnection {
    match decided.changes.as_slice() {
        [jit_domain::change::Change::Put(jit_domain::change::Aggregate::IdpConnection(it))] => {
            (**it).clone()
        }
        other => panic!("expected the connection, got {other:?}"),
    }
}

#[test]
fn a_new_certificate_in_the_metadata_is_taken_and_told() {
    let before = connection();
    let mut idp = described(&before);
    idp.certificates.push(certificate("bb", now()));
    let decided = decide_refresh(&before, Ok(idp.clone()), now()).unwrap();
    assert!(decided.result);
    let event = &decided.events[0];
    assert_eq!(event.action, "idp_connection.metadata_refreshed");
    assert!(event.details["certificates"].contains("bb"));
    assert_eq!(put(decided).idp, Some(idp));
}

#[test]
fn metadata_that_says_nothing_new_writes_nothing() {
    let before = connection();
    assert_eq!(decide_refresh(&before, Ok(described(&before)), now()), None);
    let given = IdpConnection {
        metadata: MetadataSource::Given,
        ..before.clone()
    };
    let mut idp = described(&before);
    idp.sso_url = "https://evil.example/sso".to_owned();
    assert_eq!(decide_refresh(&given, Ok(idp), now()), None);
}

#[test]
fn metadata_of_another_provider_is_not_taken_and_the_problem_is_told_once() {
    let before = connection();
    let mut other = described(&before);
    other.entity_id = "https://evil.example".to_owned();
    let decided = decide_refresh(&before, Ok(other.clone()), now()).unwrap();
    let after = put(decided);
    assert_eq!(after.idp, before.idp);
    let MetadataSource::Url { problem, .. } = &after.metadata else {
        panic!("it has an address")
    };
    let problem = problem.clone().unwrap();
    assert!(
        problem.cause.contains("https://evil.example"),
        "{problem:?}"
    );
    assert_eq!(problem.since, now());
    let later = now() + Duration::hours(1);
    assert_eq!(decide_refresh(&after, Ok(other), later), None);

    let mended = decide_refresh(&after, Ok(described(&before)), later).unwrap();
    assert!(matches!(
        put(mended).metadata,
        MetadataSource::Url { problem: None, .. }
    ));
}

#[test]
fn metadata_that_cannot_be_read_changes_nothing_but_the_problem() {
    let before = connection();
    let failed = InvalidField::new("metadata_url", "an answer within 10 seconds", "none");
    let decided = decide_refresh(&before, Err(failed), now()).unwrap();
    assert!(!decided.result);
    assert_eq!(
        decided.events[0].action,
        "idp_connection.metadata_refresh_failed"
    );
    assert_eq!(put(decided).idp, before.idp);
}

fn ending_in(days: i64) -> IdpConnection {
    let mut connection = connection();
    let end = now() + Duration::days(days) + Duration::hours(1);
    connection.idp.as_mut().unwrap().certificates = vec![certificate("aa", end)];
    connection
}

#[test]
fn the_end_of_a_certificate_is_announced_30_7_and_1_days_before_and_when_it_is_over_each_once() {
    let mut connection = ending_in(40);
    let mut announced = Vec::new();
    for day in 0..45 {
        let now = now() + Duration::days(day);
        if let Some(decided) = decide_certificate_notices(&connection, now) {
            announced.push(40 - day);
            assert_eq!(
                decided.events[0].action,
                "idp_connection.certificate_ending"
            );
            let [jit_domain::change::Change::Put(it)] = decided.changes.as_slice() else {
                panic!("one change")
            };
            let jit_domain::change::Aggregate::IdpConnection(it) = it else {
                panic!("the connection")
            };
            connection = (**it).clone();
        }
    }
    assert_eq!(announced, [30, 7, 1, 0]);
}

#[test]
fn a_program_that_was_off_for_weeks_announces_once() {
    let connection = ending_in(3);
    let decided = decide_certificate_notices(&connection, now()).unwrap();
    assert_eq!(decided.events.len(), 1);
}

#[test]
fn a_certificate_with_a_successor_and_one_of_a_connection_that_is_off_are_not_announced() {
    let mut connection = ending_in(3);
    let later = certificate("bb", now() + Duration::days(1000));
    connection.idp.as_mut().unwrap().certificates.push(later);
    assert_eq!(decide_certificate_notices(&connection, now()), None);
    assert_eq!(connection.ending(now()), None);
    let off = IdpConnection {
        state: jit_domain::connections::ConnectionState::Inactive,
        ..ending_in(3)
    };
    assert_eq!(decide_certificate_notices(&off, now()), None);
    assert_eq!(off.ending(now()).unwrap().days, 3);
}

#[tokio::test]
async fn metadata_is_read_from_the_address_of_each_connection_that_has_one() {
    let mut world = World::configured().await;
    let mut idp = described(&world.connection);
    world
        .change_connection(|it| {
            it.metadata = MetadataSource::Url {
                url: URL.to_owned(),
                problem: None,
            };
        })
        .await;
    idp.sso_url = "https://idp.example.com/new-place".to_owned();
    let source = ScriptedMetadata::default();
    source.describe(URL, idp.clone());
    world
        .portal
        .keep_connections_up(world.workspace.id, &source)
        .await
        .unwrap();
    let (workspace, id) = (world.workspace.id, world.connection.id);
    let stored = world.store.find_connection(workspace, id).await.unwrap();
    assert_eq!(stored.unwrap().idp, Some(idp));
}

#[test]
fn only_a_signature_by_an_unknown_key_is_a_reason_to_read_metadata_that_has_an_address() {
    let refusal = |code| jit_domain::assertion::AssertionRefusal {
        code,
        expected: String::new(),
        found: String::new(),
    };
    let given = IdpConnection {
        metadata: MetadataSource::Given,
        ..connection()
    };
    assert!(connection().may_have_new_key(&refusal("signature_invalid")));
    assert!(!connection().may_have_new_key(&refusal("expired")));
    assert!(!given.may_have_new_key(&refusal("signature_invalid")));
}
