use jit_domain::{
    connections::{
        AttributeMapping, ConnectionState, GroupRule, GroupSync, IdpConnection, IdpDescription,
        SigningCertificate, Switch,
    },
    error::{InvalidField, Problems, Rejection},
    portal::ConnectionDraft,
    ports::IdpMetadataSource,
    values::http_address,
    views::GroupRow,
};

use super::super::form::Fields;

/// What the form asks for. `kept` is the connection as it is, if there is one.
pub(super) async fn read(
    fields: &Fields,
    kept: Option<&IdpConnection>,
    groups: &[GroupRow],
    source: &dyn IdpMetadataSource,
) -> Result<ConnectionDraft, Rejection> {
    let mut problems = Problems::default();
    let described = match fields.text("source") {
        "url" => source.fetch(fields.text("metadata_url").trim()).await,
        "document" => source.read(fields.text("metadata")),
        "values" => Ok(by_hand(fields, kept, source, &mut problems)),
        "keep" => kept.map(|kept| kept.idp.clone()).ok_or_else(no_source),
        _ => Err(no_source()),
    };
    let idp = problems.check(described.map_err(|mistake| at_its_control(fields, mistake)));
    let group_sync = group_sync(fields, groups, &mut problems);
    problems.finish()?;
    let idp = idp.ok_or_else(no_source)?;
    Ok(ConnectionDraft {
        name: fields.text("name").to_owned(),
        slug: fields.some("slug"),
        state: kept.map_or(ConnectionState::Inactive, |kept| kept.state),
        idp,
        attributes: attributes(fields),
        jit: switch(fields, "jit"),
        group_sync,
        enforced_domains: fields.lines("enforced_domains").into_iter().collect(),
        linking: switch(fields, "linking"),
    })
}

fn no_source() -> InvalidField {
    InvalidField::new("source", "one of the ways below", "")
}

/// Whatever is wrong with metadata belongs to where it came from.
fn at_its_control(fields: &Fields, mistake: InvalidField) -> InvalidField {
    let field = match fields.text("source") {
        "url" => "metadata_url",
        "document" => "metadata",
        _ => mistake.field,
    };
    InvalidField { field, ..mistake }
}

fn by_hand(
    fields: &Fields,
    kept: Option<&IdpConnection>,
    source: &dyn IdpMetadataSource,
    problems: &mut Problems,
) -> IdpDescription {
    let mut certificates: Vec<SigningCertificate> = Vec::new();
    for text in certificate_texts(fields.text("certificate")) {
        let read = source.read_certificate(&text);
        let read = read.map_err(|mistake| InvalidField {
            field: "certificate",
            ..mistake
        });
        certificates.extend(problems.check(read));
    }
    if fields.some("certificate").is_none() {
        certificates = kept
            .map(|kept| kept.idp.certificates.clone())
            .unwrap_or_default();
    }
    let entity_id = fields.some("entity_id");
    if entity_id.is_none() {
        problems.add(InvalidField::new(
            "entity_id",
            "the name that the provider states",
            "",
        ));
    }
    // The domain asks again; asked here, all mistakes of the form are told at once.
    let mut address = |field, url: &str| {
        problems.check(http_address(field, url, IdpDescription::EXAMPLE_ADDRESS))
    };
    let sso_url = address("sso_url", fields.text("sso_url"));
    let slo_url = fields
        .some("slo_url")
        .and_then(|url| address("slo_url", &url));
    IdpDescription {
        entity_id: entity_id.unwrap_or_default(),
        sso_url: sso_url.unwrap_or_default(),
        slo_url,
        certificates,
    }
}

/// Several PEM blocks may follow each other; without any, the text is one in base64.
fn certificate_texts(text: &str) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    let blocks: Vec<_> = text
        .split_inclusive(END)
        .map(str::trim)
        .filter(|block| !block.is_empty())
        .map(str::to_owned)
        .collect();
    blocks
}

/// `value = group`, one a line; groups by name.
fn group_sync(fields: &Fields, groups: &[GroupRow], problems: &mut Problems) -> GroupSync {
    if !fields.is_on("group_sync") {
        return GroupSync::Off;
    }
    let rules = fields.lines("group_rules").into_iter().filter_map(|line| {
        let rule = line
            .rsplit_once('=')
            .map(|(value, group)| (value.trim(), group.trim()));
        let Some((value, group)) = rule.filter(|(value, _)| !value.is_empty()) else {
            let form = "lines such as engineering = Engineering";
            problems.add(InvalidField::new("group_sync", form, line.clone()));
            return None;
        };
        let named =
            |row: &&GroupRow| row.group.name.as_str().to_lowercase() == group.to_lowercase();
        let found = groups.iter().find(named);
        if found.is_none() {
            problems.add(InvalidField::new("group_sync", "groups that exist", group));
        }
        found.map(|row| GroupRule {
            value: value.to_owned(),
            group: row.group.id,
        })
    });
    GroupSync::On(rules.collect())
}

/// What is left empty is as it is for a new connection.
fn attributes(fields: &Fields) -> AttributeMapping {
    let usual = AttributeMapping::default();
    let names = |field, usual| {
        let lines = fields.lines(field);
        if lines.is_empty() { usual } else { lines }
    };
    AttributeMapping {
        display_name: names("display_name", usual.display_name),
        email: names("email", usual.email),
        groups: names("group_attribute", usual.groups),
    }
}

fn switch(fields: &Fields, name: &str) -> Switch {
    if fields.is_on(name) {
        Switch::On
    } else {
        Switch::Off
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_certificates_may_follow_each_other() {
        let one = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
        assert_eq!(certificate_texts(&format!("{one}\n\n{one}\n")), [one, one]);
        assert_eq!(certificate_texts(" MIIB "), ["MIIB"]);
        assert!(certificate_texts(" \n").is_empty());
    }
}
