use axum::{extract::State, response::Response};
use jit_domain::{
    connections::{ConnectionState, GroupSync, IdpConnection, ServiceProvider, SigningCertificate},
    error::Error,
    ids::IdpConnectionId,
    values::Timestamp,
};

use super::{
    super::{
        answer::{Done, show},
        form::Id,
        names::Names,
    },
    CertificateRow, Choice, ConnectionFields, ConnectionPage, Errors, NOTICES, Nav, OurSide, Pill,
    Tone, When, state,
};
use crate::{
    pages::{
        input::PageQuery,
        respond,
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

pub(super) async fn blank(ByAdministrator(visitor): ByAdministrator) -> Response {
    respond::page(&empty(&visitor))
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<IdpConnectionId>,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let notice = query.notice(NOTICES);
    let page = stored(&app, &visitor, id).await;
    show(
        &visitor.context,
        page.map(|page| ConnectionPage { notice, ..page }),
    )
}

pub(super) fn empty(visitor: &ConsoleVisitor) -> ConnectionPage {
    ConnectionPage {
        shell: visitor.shell("New SSO connection", Nav::Connections),
        notice: None,
        errors: Errors::default(),
        id: String::new(),
        version: 0,
        fields: ConnectionFields::of_new(),
        sources: sources(false, "url"),
        certificates: vec![],
        ours: None,
        is_active: false,
        state: Pill::default(),
    }
}

pub(super) async fn stored(
    app: &App,
    visitor: &ConsoleVisitor,
    id: IdpConnectionId,
) -> Result<ConnectionPage, Error> {
    let connection = app.portal.find_connection(&visitor.caller, id).await?;
    let now = app.portal.now();
    let rules = rules(&mut Names::of(app), &connection.group_sync).await?;
    Ok(ConnectionPage {
        shell: visitor.shell(connection.name.as_str(), Nav::Connections),
        id: id.to_string(),
        version: connection.version.0.into(),
        fields: ConnectionFields::stored(&connection, rules),
        sources: sources(true, "keep"),
        certificates: connection
            .idp
            .certificates
            .iter()
            .map(|it| certificate(it, now))
            .collect(),
        ours: Some(ours(app, &connection)),
        is_active: connection.state == ConnectionState::Active,
        state: state(&connection),
        ..empty(visitor)
    })
}

pub(super) fn sources(is_stored: bool, chosen: &str) -> Vec<Choice> {
    let all = [
        (
            "keep",
            "Keep what is stored",
            "Nothing about the provider changes.",
        ),
        (
            "url",
            "Metadata URL",
            "The portal fetches the document from the provider.",
        ),
        ("document", "Metadata document", "A file, or its content."),
        (
            "values",
            "Single values",
            "Entity ID, sign-on URL and certificate by hand.",
        ),
    ];
    let offered = all
        .into_iter()
        .filter(|(value, ..)| is_stored || *value != "keep");
    let choice = |(value, label, about): (&str, &str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
        badge: String::new(),
        checked: value == chosen,
        unavailable: false,
    };
    offered.map(choice).collect()
}

async fn rules(names: &mut Names<'_>, sync: &GroupSync) -> Result<String, Error> {
    let GroupSync::On(rules) = sync else {
        return Ok(String::new());
    };
    let mut lines = Vec::new();
    for rule in rules {
        let group = names.name(&rule.group.to_string()).await?;
        lines.push(format!("{} = {group}", rule.value));
    }
    Ok(lines.join("\n"))
}

fn certificate(certificate: &SigningCertificate, now: Timestamp) -> CertificateRow {
    let days = (certificate.not_after - now).num_days();
    CertificateRow {
        fingerprint: certificate.sha256.clone(),
        until: When::from(certificate.not_after),
        state: match days {
            _ if certificate.not_after <= now => Pill::new(Tone::Bad, "Ended"),
            0..=30 => Pill::new(Tone::Warn, "Ends soon"),
            _ => Pill::new(Tone::Ok, "Good"),
        },
    }
}

fn ours(app: &App, connection: &IdpConnection) -> OurSide {
    let service = ServiceProvider::of(connection, &app.public_url);
    OurSide {
        login_url: format!("{}/sso/saml/{}/login", app.public_url, connection.slug),
        entity_id: service.entity_id,
        acs_url: service.acs_url,
    }
}
