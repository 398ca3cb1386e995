use std::collections::BTreeSet;

use crate::{
    audit::Event,
    change::{Change, Ref},
    connections::{
        AttributeMapping, ConnectionState, GroupSync, IdpConnection, IdpDescription, Switch,
    },
    console::ConsoleCaller,
    error::{Error, InvalidField, Problems, Rejection},
    ids::IdpConnectionId,
    values::{Name, Slug, Timestamp, Version, http_address},
    views::GroupRow,
};

use super::{Decided, Expected, Portal};

/// What an administrator wants a connection to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionDraft {
    /// What people see on the sign-in button.
    pub name: String,
    /// Its place in our addresses; made of the name if absent. Only read when the connection is made.
    pub slug: Option<String>,
    /// Whether people can sign in through it.
    pub state: ConnectionState,
    /// What the provider says of itself.
    pub idp: IdpDescription,
    /// Which attribute carries what.
    pub attributes: AttributeMapping,
    /// Whether unknown people are added (R12).
    pub jit: Switch,
    /// What the groups attribute does (R14).
    pub group_sync: GroupSync,
    /// E-mail domains whose people come through this connection (R15).
    pub enforced_domains: BTreeSet<String>,
    /// Whether a known e-mail address of those domains is linked (R15).
    pub linking: Switch,
}

const MOST_DOMAINS: usize = 100;
const MOST_RULES: usize = 1000;

fn decide_connection(
    before: Option<&IdpConnection>,
    others: &[IdpConnection],
    groups: &[GroupRow],
    draft: &ConnectionDraft,
    caller: &ConsoleCaller,
    new: IdpConnectionId,
    now: Timestamp,
) -> Result<Decided<IdpConnection>, Rejection> {
    let mut problems = Problems::default();
    let name = problems.check(Name::parse("name", &draft.name));
    let slug = match (before, &draft.slug) {
        (Some(before), _) => Some(before.slug.clone()),
        (None, Some(slug)) => problems.check(Slug::parse("slug", slug)),
        (None, None) => problems.check(Slug::from_text("slug", &draft.name)),
    };
    // Browsers are sent there, so neither may be a script.
    let address = |field, url| http_address(field, url, IdpDescription::EXAMPLE_ADDRESS);
    let idp = IdpDescription {
        sso_url: problems
            .check(address("sso_url", &draft.idp.sso_url))
            .unwrap_or_default(),
        slo_url: draft
            .idp
            .slo_url
            .as_ref()
            .and_then(|url| problems.check(address("slo_url", url))),
        ..draft.idp.clone()
    };
    if idp.certificates.is_empty() {
        problems.add(InvalidField::new(
            "certificates",
            "at least one signing certificate",
            "",
        ));
    }
    let mut domains = BTreeSet::new();
    for domain in &draft.enforced_domains {
        domains.extend(problems.check(parse_domain(domain)));
    }
    if domains.len() > MOST_DOMAINS {
        let found = format!("{}", domains.len());
        problems.add(InvalidField::new(
            "enforced_domains",
            format!("at most {MOST_DOMAINS}"),
            found,
        ));
    }
    let mut guards = Vec::new();
    if let GroupSync::On(rules) = &draft.group_sync {
        if rules.len() > MOST_RULES {
            let found = format!("{}", rules.len());
            problems.add(InvalidField::new(
                "group_sync",
                format!("at most {MOST_RULES} rules"),
                found,
            ));
        }
        if rules.iter().any(|rule| rule.value.trim().is_empty()) {
            problems.add(InvalidField::new(
                "group_sync",
                "a value of the groups attribute in each rule",
                "",
            ));
        }
        for rule in rules {
            match groups.iter().find(|row| row.group.id == rule.group) {
                Some(row) => {
                    guards.push(Change::Unchanged(
                        Ref::EndUserGroup(row.group.id),
                        row.group.version,
                    ));
                }
                None => problems.add(InvalidField::new(
                    "group_sync",
                    "groups that exist",
                    rule.group.to_string(),
                )),
            }
        }
    }
    guards.dedup();
    problems.finish()?;
    let (Some(name), Some(slug)) = (name, slug) else {
        return Err(Rejection::NotFound {
            what: "identity provider",
        });
    };
    let taken = |other: &&IdpConnection| {
        before.is_none_or(|before| before.id != other.id)
            && (other.slug == slug || other.idp.entity_id == draft.idp.entity_id)
    };
    if let Some(other) = others.iter().find(taken) {
        let name = if other.slug == slug {
            slug.to_string()
        } else {
            draft.idp.entity_id.clone()
        };
        return Err(Rejection::AlreadyExists {
            what: "identity provider",
            name,
        });
    }
    let connection = IdpConnection {
        id: before.map_or(new, |before| before.id),
        workspace: caller.workspace,
        version: before.map_or(Version::FIRST, |before| before.version.next()),
        slug,
        name,
        state: draft.state,
        idp,
        attributes: draft.attributes.clone(),
        jit: draft.jit,
        group_sync: draft.group_sync.clone(),
        enforced_domains: domains,
        linking: draft.linking,
        created_at: before.map_or(now, |before| before.created_at),
    };
    let event = match before {
        None => Event::made("idp_connection.created", connection.id),
        Some(before) => Event::changed("idp_connection.changed", before.id, before.version),
    }
    .with("entity_id", &connection.idp.entity_id)
    .with(
        "state",
        if draft.state == ConnectionState::Active {
            "active"
        } else {
            "inactive"
        },
    );
    let mut changes = guards;
    changes.push(Change::put(connection.clone()));
    Ok(Decided {
        result: connection,
        changes,
        events: vec![event],
    })
}

fn parse_domain(text: &str) -> Result<String, InvalidField> {
    let domain = text.trim().trim_start_matches('@').to_lowercase();
    let fine = (1..=253).contains(&domain.len())
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'));
    if fine {
        Ok(domain)
    } else {
        Err(InvalidField::new(
            "enforced_domains",
            "a domain such as example.com",
            text,
        ))
    }
}

impl Portal {
    /// Every connection.
    pub async fn list_connections(
        &self,
        caller: &ConsoleCaller,
    ) -> Result<Vec<IdpConnection>, Error> {
        caller.require_reader()?;
        Ok(self.ports.store.list_connections(caller.workspace).await?)
    }

    /// One connection.
    pub async fn find_connection(
        &self,
        caller: &ConsoleCaller,
        id: IdpConnectionId,
    ) -> Result<IdpConnection, Error> {
        caller.require_reader()?;
        let found = self
            .ports
            .store
            .find_connection(caller.workspace, id)
            .await?;
        Ok(found.ok_or(Rejection::NotFound {
            what: "identity provider",
        })?)
    }

    /// Makes a connection.
    pub async fn create_connection(
        &self,
        caller: &ConsoleCaller,
        draft: &ConnectionDraft,
    ) -> Result<IdpConnection, Error> {
        self.save_connection(caller, None, Expected::Any, draft)
            .await
    }

    /// Changes a connection; its place in our addresses stays.
    pub async fn change_connection(
        &self,
        caller: &ConsoleCaller,
        id: IdpConnectionId,
        expected: Expected,
        draft: &ConnectionDraft,
    ) -> Result<IdpConnection, Error> {
        self.save_connection(caller, Some(id), expected, draft)
            .await
    }

    async fn save_connection(
        &self,
        caller: &ConsoleCaller,
        id: Option<IdpConnectionId>,
        expected: Expected,
        draft: &ConnectionDraft,
    ) -> Result<IdpConnection, Error> {
        caller.require_administrator()?;
        let store = &self.ports.store;
        self.deciding(|| async {
            let others = store.list_connections(caller.workspace).await?;
            let groups = store.list_groups(caller.workspace).await?;
            let before = match id {
                None => None,
                Some(id) => {
                    let found = others.iter().find(|other| other.id == id);
                    let found = found.ok_or(Rejection::NotFound {
                        what: "identity provider",
                    })?;
                    expected.check(found.version)?;
                    Some(found)
                }
            };
            let now = self.now();
            let new = self.id(IdpConnectionId::new, now);
            let decided = decide_connection(before, &others, &groups, draft, caller, new, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }
}
