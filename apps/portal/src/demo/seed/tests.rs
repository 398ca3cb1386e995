use std::sync::Arc;

use jit_domain::{
    audit::AuditEvent,
    catalogue::{Audience, Publication},
    connections::{GroupSync, Switch},
    ports::Ports,
    views::{AuditFilter, PageLimit, PageRequest},
};
use jit_testkit::{FixedClock, MemoryStore, PlainPasswords, SeededRandom};

use super::*;
use crate::demo::people;

const UPSTREAM: &str = "http://127.0.0.1:9801";

struct World {
    portal: Portal,
    workspace: Slug,
    login: AdminLogin,
}

impl World {
    fn new() -> Self {
        let portal = Portal::new(Ports {
            store: Arc::new(MemoryStore::new()),
            clock: Arc::new(FixedClock::default()),
            random: Arc::new(SeededRandom::new(7)),
            passwords: Arc::new(PlainPasswords),
        });
        let login = AdminLogin {
            email: "alex.kim@acme.example".to_owned(),
            password: "correct horse battery".to_owned(),
        };
        let workspace = Slug::parse("workspace", "default").unwrap();
        Self {
            portal,
            workspace,
            login,
        }
    }

    async fn seed(&self, idp: &IdentityProvider, upstream: &str) -> anyhow::Result<Seeded> {
        seed(&self.portal, &self.workspace, idp, upstream, &self.login).await
    }

    async fn caller(&self) -> ConsoleCaller {
        let workspace = self.portal.open_workspace(&self.workspace).await.unwrap();
        administrator(&self.portal, workspace.id, &self.login)
            .await
            .unwrap()
    }

    /// Newest first.
    async fn events(&self) -> Vec<AuditEvent> {
        let workspace = self.caller().await.workspace;
        let page = PageRequest {
            limit: PageLimit::clamped(100),
            ..PageRequest::FIRST
        };
        let filter = AuditFilter::default();
        let store = self.portal.store();
        let page = store.list_audit_events(workspace, &filter, &page).await;
        page.unwrap().items
    }
}

fn idp() -> IdentityProvider {
    IdentityProvider::new("http://127.0.0.1:9800/idp", people::people())
}

#[tokio::test]
async fn a_second_start_changes_only_what_the_provider_says_of_itself() {
    let (world, first_idp) = (World::new(), idp());
    let first = world.seed(&first_idp, UPSTREAM).await.unwrap();
    assert_eq!((first.groups, first.policies, first.collections), (8, 3, 6));
    assert!(first.is_first_start);
    let first = Seeded {
        is_first_start: false,
        ..first
    };
    let before = world.events().await.len();
    assert_eq!(world.seed(&first_idp, UPSTREAM).await.unwrap(), first);
    assert_eq!(world.events().await.len(), before);

    let next_idp = idp();
    assert_eq!(world.seed(&next_idp, UPSTREAM).await.unwrap(), first);
    let events = world.events().await;
    assert_eq!(events.len(), before + 1);
    assert_eq!(events[0].event.action, "idp_connection.changed");
    let caller = world.caller().await;
    let connection = world.portal.find_connection(&caller, first.connection);
    assert_eq!(connection.await.unwrap().idp, Some(next_idp.description()));
}

#[tokio::test]
async fn everything_is_ready_but_the_settings() {
    let world = World::new();
    let seeded = world.seed(&idp(), UPSTREAM).await.unwrap();
    let caller = world.caller().await;
    let store = world.portal.store();
    let settings = store.find_jit_settings(seeded.workspace).await.unwrap();
    assert_eq!(settings, None);

    let connection = world.portal.find_connection(&caller, seeded.connection);
    let connection = connection.await.unwrap();
    assert_eq!(connection.name.as_str(), "Acme SSO");
    assert_eq!(connection.jit, Switch::On);
    let GroupSync::On(rules) = connection.group_sync else {
        panic!("groups are synchronised");
    };
    let known = |group: &String| rules.iter().any(|rule| rule.value == *group);
    let people = people::people();
    let mut groups = people.iter().flat_map(|p| p.groups.iter().flatten());
    assert!(groups.all(known), "every group of the provider has a rule");

    let collections = world.portal.list_collections(&caller).await.unwrap();
    for collection in &collections {
        assert_eq!(collection.publication, Publication::Published);
        let upstream = format!("{UPSTREAM}/{}", collection.slug);
        assert_eq!(collection.upstream, upstream);
    }
    let restricted = collections
        .iter()
        .filter(|c| c.audience != Audience::Everyone);
    let restricted: Vec<_> = restricted.map(|c| c.slug.as_str()).collect();
    assert_eq!(restricted, ["reports"]);
}

#[tokio::test]
async fn the_administrator_signs_in_with_the_login() {
    let world = World::new();
    let seeded = world.seed(&idp(), UPSTREAM).await.unwrap();
    let AdminLogin { email, password } = world.login;
    let origin = Origin::default();
    let signed_in = world
        .portal
        .sign_in_to_console(seeded.workspace, &email, password, &origin);
    let (administrator, _) = signed_in.await.unwrap();
    assert_eq!(administrator.id, seeded.administrator);
}

#[tokio::test]
async fn collections_follow_the_demo_to_another_port_unless_somebody_moved_them() {
    let (world, idp) = (World::new(), idp());
    world.seed(&idp, UPSTREAM).await.unwrap();
    let caller = world.caller().await;
    let collections = world.portal.list_collections(&caller).await.unwrap();
    let orders = collections.iter().find(|c| c.slug.as_str() == "orders");
    let elsewhere = jit_domain::portal::CollectionDraft {
        upstream: Some("https://orders.example/api".to_owned()),
        ..Default::default()
    };
    let expected = jit_domain::portal::Expected::Any;
    let id = orders.unwrap().id;
    let changed = world
        .portal
        .change_collection(&caller, id, expected, &elsewhere);
    changed.await.unwrap();

    world.seed(&idp, "http://127.0.0.1:9950/").await.unwrap();
    let collections = world.portal.list_collections(&caller).await.unwrap();
    for collection in collections {
        let expected = match collection.slug.as_str() {
            "orders" => "https://orders.example/api".to_owned(),
            slug => format!("http://127.0.0.1:9950/{slug}"),
        };
        assert_eq!(collection.upstream, expected);
    }
}

#[tokio::test]
async fn the_database_of_others_is_refused() {
    let mut world = World::new();
    world.seed(&idp(), UPSTREAM).await.unwrap();
    let before = world.events().await.len();
    let login = AdminLogin {
        email: "somebody@else.example".to_owned(),
        ..world.login.clone()
    };
    let ours = std::mem::replace(&mut world.login, login);
    let refusal = world.seed(&idp(), UPSTREAM).await.unwrap_err();
    assert!(refusal.to_string().contains("database of its own"));
    world.login = ours;
    assert_eq!(world.events().await.len(), before);
}
