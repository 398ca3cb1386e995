//! End-user groups.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use jit_domain::{
    catalogue::Audience,
    error::{Error, Rejection},
    ids::EndUserGroupId,
    portal::GroupDraft,
    views::GroupRow as Found,
};

use super::{
    answer::{Done, Returned, done, show, show_with},
    form::{FieldNames, Fields, Id, on_form},
    policies::used_by,
};
use crate::{
    pages::{
        Nav, Shell, failure,
        input::PageQuery,
        respond,
        view::{Errors, Notice},
        visitor::{ByAdministrator, ConsoleVisitor},
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "admin/groups.html")]
pub struct GroupsPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub rows: Vec<GroupRow>,
}

#[derive(Clone, Debug, Default)]
pub struct GroupRow {
    pub id: String,
    pub name: String,
    pub description: String,
    pub members: u64,
    pub collections: u64,
}

#[derive(Template)]
#[template(path = "admin/group.html")]
pub struct GroupPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    /// Empty for a new one.
    pub id: String,
    pub version: u64,
    pub name: String,
    pub description: String,
    pub members: u64,
    /// What refers to it; deleting is refused while there is something (R8).
    pub used_by: Vec<String>,
}

impl GroupPage {
    fn own_name(&self) -> &str {
        &self.name
    }

    fn delete_action(&self) -> String {
        format!("/admin/groups/{}/delete", self.id)
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/groups", get(list))
        .route("/admin/groups/new", get(blank).post(create))
        .route("/admin/groups/{id}", get(edit).post(change))
        .route("/admin/groups/{id}/delete", post(delete))
}

const NAMES: &FieldNames = &[
    ("name", "name", "Name"),
    ("description", "description", "Description"),
];

const NOTICES: &[(&str, &str, &str)] = &[
    ("saved", "Saved.", "The group is as you entered it."),
    ("deleted", "Deleted.", "The group is gone."),
];

async fn list(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let page = async {
        let groups = app.portal.list_groups(&visitor.caller).await?;
        let collections = app.portal.list_collections(&visitor.caller).await?;
        let seen_by = |id: EndUserGroupId| {
            let named = |audience: &Audience| matches!(audience, Audience::Groups(ids) if ids.contains(&id));
            collections.iter().filter(|it| named(&it.audience)).count()
        };
        let row = |found: Found| GroupRow {
            id: found.group.id.to_string(),
            collections: seen_by(found.group.id) as u64,
            name: found.group.name.to_string(),
            description: found.group.description,
            members: found.members,
        };
        Ok(GroupsPage {
            shell: visitor.shell("Groups", Nav::Groups),
            notice: query.notice(NOTICES),
            rows: groups.into_iter().map(row).collect(),
        })
    };
    show(&visitor.context, page.await)
}

async fn blank(ByAdministrator(visitor): ByAdministrator) -> Response {
    respond::page(&empty(&visitor))
}

async fn edit(
    State(app): State<App>,
    visitor: ConsoleVisitor,
    Id(id): Id<EndUserGroupId>,
) -> Response {
    show(&visitor.context, stored(&app, &visitor, id).await)
}

async fn create(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    fields: Fields,
) -> Response {
    save(&app, &visitor, None, &fields).await
}

async fn change(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<EndUserGroupId>,
    fields: Fields,
) -> Response {
    save(&app, &visitor, Some(id), &fields).await
}

async fn save(
    app: &App,
    visitor: &ConsoleVisitor,
    id: Option<EndUserGroupId>,
    fields: &Fields,
) -> Response {
    let draft = GroupDraft {
        name: fields.text("name").to_owned(),
        description: fields.text("description").to_owned(),
    };
    let (portal, caller) = (&app.portal, &visitor.caller);
    let saved = match id {
        None => portal.create_group(caller, &draft).await,
        Some(id) => {
            portal
                .change_group(caller, id, fields.expected(), &draft)
                .await
        }
    };
    let Err(error) = saved else {
        return done(visitor, "/admin/groups?done=saved");
    };
    let here = id.map_or_else(
        || "/admin/groups/new".to_owned(),
        |id| format!("/admin/groups/{id}"),
    );
    let Some(returned) = Returned::from(&error, NAMES, fields.version(), &here) else {
        return failure::page(&visitor.context, &error);
    };
    let page = match id {
        None => Ok(empty(visitor)),
        Some(id) => stored(app, visitor, id).await,
    };
    let typed = |page: GroupPage| GroupPage {
        shell: page.shell.with_error(),
        notice: returned.notice,
        errors: returned.errors,
        version: returned.version,
        name: draft.name,
        description: draft.description,
        ..page
    };
    show_with(&visitor.context, returned.status, page.map(typed))
}

async fn delete(
    State(app): State<App>,
    ByAdministrator(visitor): ByAdministrator,
    Id(id): Id<EndUserGroupId>,
) -> Response {
    let Err(error) = app.portal.delete_group(&visitor.caller, id).await else {
        return done(&visitor, "/admin/groups?done=deleted");
    };
    let Some((status, errors)) = on_form(&error, &[("delete", "delete", "Delete")]) else {
        return failure::page(&visitor.context, &error);
    };
    let page = stored(&app, &visitor, id).await;
    let refused = |page: GroupPage| GroupPage {
        shell: page.shell.with_error(),
        errors,
        ..page
    };
    show_with(&visitor.context, status, page.map(refused))
}

fn empty(visitor: &ConsoleVisitor) -> GroupPage {
    GroupPage {
        shell: visitor.shell("New group", Nav::Groups),
        notice: None,
        errors: Errors::default(),
        id: String::new(),
        version: 0,
        name: String::new(),
        description: String::new(),
        members: 0,
        used_by: vec![],
    }
}

async fn stored(
    app: &App,
    visitor: &ConsoleVisitor,
    id: EndUserGroupId,
) -> Result<GroupPage, Error> {
    let groups = app.portal.list_groups(&visitor.caller).await?;
    let found = groups.into_iter().find(|row| row.group.id == id);
    let Found { group, members } = found.ok_or(Rejection::NotFound { what: "group" })?;
    let references = app
        .portal
        .store()
        .list_references_to_group(app.workspace, id)
        .await?;
    Ok(GroupPage {
        shell: visitor.shell(group.name.as_str(), Nav::Groups),
        notice: None,
        errors: Errors::default(),
        id: id.to_string(),
        version: group.version.0.into(),
        name: group.name.to_string(),
        description: group.description,
        members,
        used_by: used_by(&references),
    })
}
