//! What belongs to identity providers comes back as it was put: options of connections, keys, links, attempts.

use std::sync::Arc;

use jit_domain::{
    access::Decider,
    assertion::CheckResult,
    connections::{
        IdpConnection, MetadataSource, Provider, RefreshProblem, RoleRule, SamlOptions, Switch,
    },
    console::{ApproverScope, ConsoleRole, Origin, SetupLink},
    ids::{AdministratorId, ApiCollectionId, ApiTokenId},
    ports::Store,
    saml_keys::{PrivateKey, SamlKey},
    sessions::LoginPurpose,
    sign_in_log::{AttemptOutcome, Evidence, SignInAttempt},
};

use super::{round_trip::assert_come_back, world::World};

/// Every product, described and not, with every source of metadata and every option.
pub async fn a_connection_comes_back_with_every_option(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let plain = world.make.connection("okta");
    let products = Provider::ALL.map(|provider| IdpConnection {
        provider,
        ..plain.clone()
    });
    let waiting = IdpConnection {
        idp: None,
        ..plain.clone()
    };
    let from_url = |problem| IdpConnection {
        metadata: MetadataSource::Url {
            url: "https://idp.example/metadata?a=b&c=ü".to_owned(),
            problem,
        },
        ..plain.clone()
    };
    let problem = RefreshProblem {
        since: world.make.now(),
        cause: "expected a “document”, found nothing".to_owned(),
    };
    let with = |saml| IdpConnection {
        saml,
        ..plain.clone()
    };
    let options = [
        SamlOptions {
            subject: Some("urn:oid:0.9.2342.19200300.100.1.1 ü".to_owned()),
            ..SamlOptions::default()
        },
        SamlOptions {
            signed_assertions: Switch::On,
            ..SamlOptions::default()
        },
        SamlOptions {
            signed_requests: Switch::On,
            ..SamlOptions::default()
        },
        SamlOptions {
            idp_initiated: Switch::On,
            ..SamlOptions::default()
        },
    ];
    let collections = [(); 2].map(|()| world.make.id(ApiCollectionId::new));
    let rule = |value: &str, role| RoleRule {
        value: value.to_owned(),
        role,
    };
    let approver = ConsoleRole::Approver;
    let console = IdpConnection {
        console_roles: vec![
            rule("z", ConsoleRole::Auditor),
            rule(
                "Ä \"x\"",
                approver(ApproverScope::Collections(collections.into())),
            ),
            rule("z", approver(ApproverScope::All)),
            rule("a", ConsoleRole::Administrator),
        ],
        certificate_notices: [("1".repeat(64), 30), ("0".repeat(64), 0)].into(),
        ..plain.clone()
    };
    let all = products
        .into_iter()
        .chain([waiting, from_url(None), from_url(Some(problem)), console])
        .chain(options.map(with));
    assert_come_back(&world, all).await;
}

/// Both halves, to the last byte.
pub async fn a_saml_key_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    for private in [vec![], vec![0], (0..=u8::MAX).collect(), vec![0xff; 3_000]] {
        let key = SamlKey {
            private: PrivateKey(private),
            ..world.make.saml_key()
        };
        world.put([key.clone().into()]).await;
        world.assert_kept(&key.into()).await;
    }
}

/// Opened and not, made by a person and by a script.
pub async fn a_setup_link_comes_back_as_it_was_put(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let connection = world.make.connection("okta");
    world.put([connection.clone().into()]).await;
    let by_person = SetupLink {
        created_by: Decider::Administrator(world.make.id(AdministratorId::new)),
        ..world.make.setup_link(&connection)
    };
    let by_script = SetupLink {
        created_by: Decider::ApiToken(world.make.id(ApiTokenId::new)),
        ..by_person.clone()
    };
    let opened = SetupLink {
        opened_at: Some(world.make.now()),
        expires_at: world.make.now(),
        ..by_script.clone()
    };
    assert_come_back(&world, [by_person.clone(), by_script, opened, by_person]).await;
}

/// Every outcome, and everything that may be seen of a response.
pub async fn a_sign_in_attempt_comes_back_with_every_outcome(store: Arc<dyn Store>) {
    let world = World::new(store).await;
    let (user, _) = world.person("dana").await;
    let make = &world.make;
    let connection = make.connection("okta");
    world.put([connection.clone().into()]).await;
    let check = |check: &str, passed| CheckResult {
        check: check.to_owned(),
        passed,
    };
    let full = |purpose| Evidence {
        purpose: Some(purpose),
        name_id: Some("Zoë “Ω” <x>".to_owned()),
        certificate: Some("0f".repeat(32)),
        clock_difference_ms: Some(i64::MIN),
        checks: vec![
            check("z", true),
            check("a", true),
            check("signature", false),
        ],
        redacted: Some("<Response>\n  <Issuer>…</Issuer>\r\n</Response>".to_owned()),
    };
    let refused = AttemptOutcome::Refused {
        code: "signature_invalid".to_owned(),
        expected: "a signature by “Ω”".to_owned(),
        found: String::new(),
    };
    let outcomes = [
        (AttemptOutcome::EndUser { id: user.id }, Evidence::default()),
        (
            AttemptOutcome::Administrator {
                id: make.id(AdministratorId::new),
            },
            full(LoginPurpose::Console),
        ),
        (AttemptOutcome::Tested, full(LoginPurpose::Test)),
        (refused, full(LoginPurpose::Portal)),
    ];
    let addresses = [
        None,
        Some("192.0.2.1"),
        Some("2001:db8::1"),
        Some("::ffff:192.0.2.1"),
    ];
    for ((outcome, evidence), ip) in outcomes.into_iter().zip(addresses) {
        let attempt = SignInAttempt {
            outcome,
            evidence,
            origin: Origin {
                ip: ip.map(|ip| ip.parse().unwrap()),
                request_id: ip.map(|ip| format!("request “{ip}”")),
            },
            ..make.sign_in_attempt(&connection)
        };
        world.put([attempt.clone().into()]).await;
        world.assert_kept(&attempt.into()).await;
    }
}
