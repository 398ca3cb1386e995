//! Fills a fresh database with what Acme has before the first person signs in.
//!
//! The JIT user settings are not saved: that is the first thing that an administrator does.

use anyhow::{Context, bail};
use jit_domain::{
    Portal,
    access::Decider,
    console::{ConsoleCaller, ConsoleRole, Origin},
    ids::{AdministratorId, IdpConnectionId, WorkspaceId},
    portal::AdministratorDraft,
    values::Slug,
};
use jit_testkit::idp::IdentityProvider;

mod collections;
mod connection;
mod groups;
mod policies;

pub use connection::service;

/// With what the administrator of the demo signs in.
#[derive(Clone)]
pub struct AdminLogin {
    /// The e-mail address.
    pub email: String,
    /// The password; at least 12 characters.
    pub password: String,
}

/// What is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    /// The workspace of the demo.
    pub workspace: WorkspaceId,
    /// Who signs in with the [`AdminLogin`].
    pub administrator: AdministratorId,
    /// The connection with the identity provider of the demo.
    pub connection: IdpConnectionId,
    /// Whether this start made the administrator. If not, the password is that of the first start.
    pub is_first_start: bool,
    /// How many groups there are.
    pub groups: usize,
    /// How many policies there are.
    pub policies: usize,
    /// How many collections there are.
    pub collections: usize,
}

/// Makes what is not there yet.
///
/// Once everything was made, a later start leaves alone what people have changed since then. It only tells the
/// connection what the provider says of itself now, because its key is new at every start,
/// and moves the upstream of collections if the demo listens elsewhere.
///
/// Refuses a database with other administrators: whoever reaches the provider of the demo signs in as anybody.
pub async fn seed(
    portal: &Portal,
    workspace: &Slug,
    idp: &IdentityProvider,
    upstream: &str,
    admin: &AdminLogin,
) -> anyhow::Result<Seeded> {
    let workspace = portal.open_workspace(workspace).await?;
    let is_first_start = make_administrator(portal, &workspace.slug, admin).await?;
    let caller = administrator(portal, workspace.id, admin).await?;
    let connection = if let Some(made) = connection::find(portal, &caller).await? {
        collections::move_upstreams(portal, &caller, upstream).await?;
        connection::refresh(portal, &caller, made, idp).await?
    } else {
        groups::make(portal, &caller).await?;
        policies::make(portal, &caller).await?;
        collections::make(portal, &caller, upstream).await?;
        // Comes last: it says that everything before it is there.
        connection::make(portal, &caller, idp).await?
    };
    let Decider::Administrator(administrator) = caller.identity else {
        bail!("the demo is filled by an administrator");
    };
    Ok(Seeded {
        workspace: workspace.id,
        administrator,
        connection,
        is_first_start,
        groups: portal.list_groups(&caller).await?.len(),
        policies: portal.list_policies(&caller).await?.len(),
        collections: portal.list_collections(&caller).await?.len(),
    })
}

/// Makes the administrator of the demo if there is none at all, and says whether it did.
async fn make_administrator(
    portal: &Portal,
    workspace: &Slug,
    admin: &AdminLogin,
) -> anyhow::Result<bool> {
    let Some(code) = portal.invite_first_administrator(workspace).await? else {
        return Ok(false);
    };
    let draft = AdministratorDraft {
        email: admin.email.clone(),
        name: "Alex Kim".to_owned(),
        password: admin.password.clone(),
    };
    let (code, origin) = (code.reveal(), Origin::default());
    portal
        .create_first_administrator(workspace, code, draft, &origin)
        .await
        .context("the administrator of the demo")?;
    Ok(true)
}

/// The administrator of the demo, who acts here.
async fn administrator(
    portal: &Portal,
    workspace: WorkspaceId,
    admin: &AdminLogin,
) -> anyhow::Result<ConsoleCaller> {
    let all = portal.store().list_administrators(workspace).await?;
    let known = all.iter().find(|known| {
        known
            .email
            .as_str()
            .eq_ignore_ascii_case(admin.email.trim())
            && known.role == ConsoleRole::Administrator
    });
    let Some(known) = known else {
        bail!(
            "this database has administrators, but {} is none of them; give the demo a database of its own",
            admin.email
        );
    };
    Ok(ConsoleCaller {
        workspace,
        identity: Decider::Administrator(known.id),
        role: ConsoleRole::Administrator,
        email: Some(known.email.clone()),
        end_user: known.end_user,
        origin: Origin::default(),
    })
}

#[cfg(test)]
mod tests;
