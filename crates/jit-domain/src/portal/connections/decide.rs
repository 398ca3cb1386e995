use std::collections::BTreeSet;

use crate::{
    audit::Event,
    change::{Change, Ref},
    connections::{
        CertificateNotices, ConnectionState, GroupSync, IdpConnection, IdpDescription,
        LogoutEndpoint, MetadataSource,
    },
    error::{InvalidField, Problems, Rejection},
    ids::IdpConnectionId,
    values::{Name, Slug, Timestamp, Version, http_address},
    views::GroupRow,
};

use super::{ConnectionDraft, ConnectionEditor};
use crate::portal::Decided;

const MOST_DOMAINS: usize = 100;
const MOST_RULES: usize = 1000;
const MOST_CERTIFICATES: usize = 10;

/// What a decision about a connection sees.
pub(super) struct Scene<'a> {
    pub(super) editor: &'a ConnectionEditor,
    /// As it is, if there is one.
    pub(super) before: Option<&'a IdpConnection>,
    /// All of the workspace.
    pub(super) connections: &'a [IdpConnection],
    pub(super) groups: &'a [GroupRow],
    /// The id of a new one.
    pub(super) new: IdpConnectionId,
    pub(super) now: Timestamp,
}

pub(super) fn decide_connection(
    scene: &Scene<'_>,
    draft: &ConnectionDraft,
) -> Result<Decided<IdpConnection>, Rejection> {
    let Scene { before, now, .. } = *scene;
    if let (ConnectionEditor::Contact(_), Some(before)) = (scene.editor, before)
        && !draft.leaves_policy_alone(before)
    {
        return Err(Rejection::RoleMissing {
            needed: "administrator",
        });
    }
    let mut problems = Problems::default();
    let name = problems.check(Name::parse("name", &draft.name));
    let slug = match (before, &draft.slug) {
        (Some(before), _) => Some(before.slug.clone()),
        (None, Some(slug)) => problems.check(Slug::parse("slug", slug)),
        (None, None) => problems.check(Slug::from_text("slug", &draft.name)),
    };
    let idp = draft
        .idp
        .as_ref()
        .map(|idp| description(idp, &mut problems));
    if idp.is_none() && draft.state == ConnectionState::Active {
        problems.add(InvalidField::new(
            "metadata",
            "the metadata of the identity provider, before it is switched on",
            "",
        ));
    }
    let metadata = metadata(before, draft, &mut problems);
    if let MetadataSource::Url { url, .. } = &metadata
        && before.is_none_or(|before| before.metadata != metadata)
    {
        problems.check(scene.editor.require_fetchable(url));
    }
    subject(draft, &mut problems);
    let domains = domains(&draft.enforced_domains, &mut problems);
    let guards = group_rules(&draft.group_sync, scene.groups, &mut problems);
    role_rules(draft, &mut problems);
    problems.finish()?;
    let (Some(name), Some(slug)) = (name, slug) else {
        return Err(Rejection::NotFound {
            what: "identity provider",
        });
    };
    require_free(scene, &slug, idp.as_ref())?;
    let connection = IdpConnection {
        id: before.map_or(scene.new, |before| before.id),
        workspace: scene.editor.workspace(),
        version: before.map_or(Version::FIRST, |before| before.version.next()),
        slug,
        name,
        state: draft.state,
        provider: draft.provider,
        idp,
        metadata,
        saml: draft.saml.clone(),
        attributes: draft.attributes.clone(),
        jit: draft.jit,
        group_sync: draft.group_sync.clone(),
        enforced_domains: domains,
        linking: draft.linking,
        console_roles: draft.console_roles.clone(),
        certificate_notices: before.map_or_else(CertificateNotices::new, |before| {
            before.certificate_notices.clone()
        }),
        created_at: before.map_or(now, |before| before.created_at),
    };
    let event = match before {
        None => Event::made("idp_connection.created", connection.id),
        Some(before) => Event::changed("idp_connection.changed", before.id, before.version),
    }
    .with_some(
        "entity_id",
        connection.idp.as_ref().map(|idp| &idp.entity_id),
    )
    .with(
        "state",
        match draft.state {
            ConnectionState::Active => "active",
            ConnectionState::Inactive => "inactive",
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

/// Browsers are sent to these addresses, so none may be a script.
fn description(idp: &IdpDescription, problems: &mut Problems) -> IdpDescription {
    let mut address = |field, url: &String| {
        problems
            .check(http_address(field, url, IdpDescription::EXAMPLE_ADDRESS))
            .unwrap_or_default()
    };
    let sso_url = address("sso_url", &idp.sso_url);
    let slo = idp.slo.as_ref().map(|slo| LogoutEndpoint {
        url: address("slo_url", &slo.url),
        response_url: (slo.response_url.as_ref()).map(|url| address("slo_response_url", url)),
        binding: slo.binding,
    });
    if idp.entity_id.trim().is_empty() {
        let expected = "the entity ID of the identity provider";
        problems.add(InvalidField::new("entity_id", expected, ""));
    }
    let certificates = idp.certificates.len();
    if !(1..=MOST_CERTIFICATES).contains(&certificates) {
        problems.add(InvalidField::new(
            "certificates",
            format!("1 to {MOST_CERTIFICATES} signing certificates"),
            certificates.to_string(),
        ));
    }
    IdpDescription {
        sso_url,
        slo,
        ..idp.clone()
    }
}

fn metadata(
    before: Option<&IdpConnection>,
    draft: &ConnectionDraft,
    problems: &mut Problems,
) -> MetadataSource {
    let Some(url) = &draft.metadata_url else {
        return MetadataSource::Given;
    };
    let example = "https://idp.example.com/metadata";
    let url = problems.check(http_address("metadata_url", url, example));
    let url = url.unwrap_or_default();
    match before.map(|before| &before.metadata) {
        // A new description is what the problem was about.
        Some(MetadataSource::Url {
            url: same,
            problem: Some(problem),
        }) if *same == url && before.is_some_and(|before| before.idp == draft.idp) => {
            let problem = Some(problem.clone());
            MetadataSource::Url { url, problem }
        }
        _ => MetadataSource::Url { url, problem: None },
    }
}

fn subject(draft: &ConnectionDraft, problems: &mut Problems) {
    if let Some(name) = &draft.saml.subject
        && !(1..=500).contains(&name.trim().len())
    {
        let expected = "the name of an attribute, or none for the NameID";
        problems.add(InvalidField::new("subject", expected, name));
    }
}

fn domains(wanted: &BTreeSet<String>, problems: &mut Problems) -> BTreeSet<String> {
    let mut domains = BTreeSet::new();
    for domain in wanted {
        domains.extend(problems.check(parse_domain(domain)));
    }
    if domains.len() > MOST_DOMAINS {
        let found = domains.len().to_string();
        let expected = format!("at most {MOST_DOMAINS}");
        problems.add(InvalidField::new("enforced_domains", expected, found));
    }
    domains
}

fn group_rules(sync: &GroupSync, groups: &[GroupRow], problems: &mut Problems) -> Vec<Change> {
    let GroupSync::On(rules) = sync else {
        return vec![];
    };
    require_rules("group_sync", rules.iter().map(|it| &it.value), problems);
    let mut guards = Vec::new();
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
    guards.dedup();
    guards
}

fn role_rules(draft: &ConnectionDraft, problems: &mut Problems) {
    let values = draft.console_roles.iter().map(|it| &it.value);
    require_rules("console_roles", values, problems);
}

fn require_rules<'a>(
    field: &'static str,
    values: impl ExactSizeIterator<Item = &'a String> + Clone,
    problems: &mut Problems,
) {
    let count = values.len();
    if count > MOST_RULES {
        let expected = format!("at most {MOST_RULES} rules");
        problems.add(InvalidField::new(field, expected, count.to_string()));
    }
    if values.clone().any(|value| value.trim().is_empty()) {
        let expected = "a value of the groups attribute in each rule";
        problems.add(InvalidField::new(field, expected, ""));
    }
}

fn require_free(
    scene: &Scene<'_>,
    slug: &Slug,
    idp: Option<&IdpDescription>,
) -> Result<(), Rejection> {
    let entity_id = idp.map(|idp| &idp.entity_id);
    let others = scene
        .connections
        .iter()
        .filter(|other| scene.before.is_none_or(|before| before.id != other.id));
    for other in others {
        let name = if other.slug == *slug {
            slug.to_string()
        } else {
            match (entity_id, &other.idp) {
                (Some(id), Some(idp)) if *id == idp.entity_id => id.clone(),
                _ => continue,
            }
        };
        return Err(Rejection::AlreadyExists {
            what: "identity provider",
            name,
        });
    }
    Ok(())
}

fn parse_domain(text: &str) -> Result<String, InvalidField> {
    if text.trim() == IdpConnection::ALL_DOMAINS {
        return Ok(IdpConnection::ALL_DOMAINS.to_owned());
    }
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
            "a domain such as example.com, or * for all",
            text,
        ))
    }
}
