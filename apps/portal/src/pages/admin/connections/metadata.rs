//! What the provider says of itself: what was read, where from, and a form for something else.

use axum::{extract::State, response::Response};
use jit_domain::{
    connections::{Binding, IdpConnection, MetadataSource},
    error::Error,
    ids::IdpConnectionId,
    values::Timestamp,
};

use super::{
    super::{answer, form::Id},
    CertificateRow, page,
};
use crate::{
    pages::{
        failure,
        visitor::{ByConnectionEditor, ConnectionVisitor},
    },
    wiring::App,
};

mod draft;
mod form;

pub(super) use draft::read;
pub(super) use form::NAMES;
pub use form::{MetadataForm, Places};

/// What is known of the provider.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub entity_id: String,
    pub sso_url: String,
    pub sso_binding: &'static str,
    pub slo_url: String,
    pub wants_signed_requests: bool,
    pub certificates: Vec<CertificateRow>,
    /// The address that it is read from again and again; empty if it was given.
    pub url: String,
}

impl Read {
    pub(super) fn of(connection: &IdpConnection, now: Timestamp) -> Option<Self> {
        let idp = connection.idp.as_ref()?;
        let rows = idp.certificates.iter();
        Some(Self {
            entity_id: idp.entity_id.clone(),
            sso_url: idp.sso_url.clone(),
            sso_binding: match idp.sso_binding {
                Binding::Redirect => "by redirect",
                Binding::Post => "by POST",
            },
            slo_url: (idp.slo.as_ref()).map_or_else(String::new, |slo| slo.url.clone()),
            wants_signed_requests: idp.wants_signed_requests,
            certificates: rows.map(|it| CertificateRow::new(it, now)).collect(),
            url: match &connection.metadata {
                MetadataSource::Given => String::new(),
                MetadataSource::Url { url, .. } => url.clone(),
            },
        })
    }
}

/// *Read again now*: what the background does as well, at once.
pub(super) async fn refresh(
    State(app): State<App>,
    ByConnectionEditor(visitor): ByConnectionEditor,
    Id(id): Id<IdpConnectionId>,
) -> Response {
    match read_again(&app, &visitor, id).await {
        Ok(code) => {
            let place = format!("/admin/sso/{id}?done={code}#step-metadata");
            answer::to(visitor.context(), &place)
        }
        Err(error) => failure::page(visitor.context(), &error),
    }
}

async fn read_again(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
) -> Result<&'static str, Error> {
    // The refresh itself is the system's, so whether this visitor may ask for it is asked here.
    let portal = &app.portal;
    portal
        .find_connection_to_set_up(&visitor.editor(), id)
        .await?;
    let is_new = portal
        .refresh_metadata(app.workspace, id, &*app.metadata)
        .await?;
    let now = page::find(app, visitor, id).await?;
    Ok(match now.metadata {
        MetadataSource::Url {
            problem: Some(_), ..
        } => "read-failed",
        _ if is_new => "read-new",
        _ => "read-same",
    })
}
