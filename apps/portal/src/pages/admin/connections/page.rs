//! `/admin/sso/{id}`: the steps of one connection.

use askama::Template;
use axum::{extract::State, response::Response};
use jit_domain::{
    connections::{ConnectionState, IdpConnection, Provider},
    error::Error,
    ids::IdpConnectionId,
};
use jit_idp::profiles::profile;

use super::{
    super::{
        answer::{self, Done},
        form::Id,
    },
    AboutForm, AttemptLine, AttributesForm, Guide, InvitationRow, MetadataForm, PeopleForm, Read,
    StepCard, StepKey, attempts, certificates, invitations,
    people::Known,
    state,
    steps::Facts,
};
use crate::{
    pages::{
        Shell,
        input::PageQuery,
        view::{Errors, Notice, Pill},
        visitor::ConnectionVisitor,
    },
    wiring::App,
};

#[derive(Template)]
#[template(path = "admin/connection.html")]
pub struct ConnectionPage {
    pub shell: Shell,
    pub id: String,
    pub name: String,
    /// What people sign in with, as a part of a sentence.
    pub provider: &'static str,
    pub state: Pill,
    pub is_active: bool,
    /// The forms can be sent; who only reads sees what they hold.
    pub may_edit: bool,
    /// What is about the whole connection.
    pub notices: Vec<Notice>,
    /// Mistakes in the form of the step that failed.
    pub errors: Errors,
    pub steps: Vec<StepCard>,
    pub about: AboutForm,
    pub guide: Guide,
    /// What is known of the provider; until then nobody can sign in.
    pub read: Option<Read>,
    pub metadata: MetadataForm,
    pub attributes: AttributesForm,
    /// Only for the console.
    pub people: PeopleForm,
    pub attempts: Vec<AttemptLine>,
    /// Only for the console: who was invited to set this up.
    pub invitations: Option<Vec<InvitationRow>>,
}

impl ConnectionPage {
    pub(super) fn step(&mut self, key: StepKey) -> Option<&mut StepCard> {
        self.steps.iter_mut().find(|step| step.key == key)
    }

    /// A passed test is missing.
    pub fn is_untested(&self) -> bool {
        let test = self.steps.iter().find(|step| step.key == StepKey::Test);
        test.is_some_and(|step| !step.is_done())
    }
}

/// What was done, the step that shows it, and the words.
const NOTICES: &[(&str, StepKey, &str, &str)] = &[
    (
        "created",
        StepKey::Values,
        "Created.",
        "It is off until you switch it on. Go on here, now or later.",
    ),
    (
        "about",
        StepKey::About,
        "Saved.",
        "The sign-in page shows this name.",
    ),
    (
        "metadata",
        StepKey::Metadata,
        "Saved.",
        "This is what the provider says of itself.",
    ),
    (
        "read-new",
        StepKey::Metadata,
        "Read again.",
        "Something was new; the next sign-in uses it.",
    ),
    (
        "read-same",
        StepKey::Metadata,
        "Read again.",
        "Nothing was new.",
    ),
    (
        "attributes",
        StepKey::Attributes,
        "Saved.",
        "The next sign-in uses these values.",
    ),
    (
        "people",
        StepKey::People,
        "Saved.",
        "The next sign-in uses these values.",
    ),
    (
        "activated",
        StepKey::Activation,
        "Switched on.",
        "The sign-in page has a button for it.",
    ),
    (
        "deactivated",
        StepKey::Activation,
        "Switched off.",
        "Nobody can sign in this way.",
    ),
];

pub(super) async fn show(
    State(app): State<App>,
    visitor: ConnectionVisitor,
    Id(id): Id<IdpConnectionId>,
    PageQuery(query): PageQuery<Done>,
) -> Response {
    let page = stored(&app, &visitor, id).await.map(|mut page| {
        page.tell(&query.done);
        page
    });
    answer::show(visitor.context(), page)
}

impl ConnectionPage {
    fn tell(&mut self, done: &str) {
        if done == "read-failed" {
            // The page says why by itself.
            self.open(StepKey::Metadata);
        }
        if done == "invitation-deleted" {
            let text = "Whoever has it, and whoever opened it, cannot use it any more.";
            self.notices.push(Notice::done("Taken back.", text));
        }
        let Some((_, key, title, text)) = NOTICES.iter().find(|(code, ..)| *code == done) else {
            return;
        };
        self.open(*key);
        if let Some(step) = self.step(*key) {
            step.notice = Some(Notice::done(*title, *text));
        }
    }

    fn open(&mut self, key: StepKey) {
        if let Some(step) = self.step(key) {
            step.open = true;
        }
    }
}

/// The connection, for whoever may look at it.
pub(super) async fn find(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
) -> Result<IdpConnection, Error> {
    match visitor {
        ConnectionVisitor::Console(console) => {
            app.portal.find_connection(&console.caller, id).await
        }
        ConnectionVisitor::Contact(_) => {
            let editor = visitor.editor();
            app.portal.find_connection_to_set_up(&editor, id).await
        }
    }
}

pub(super) async fn stored(
    app: &App,
    visitor: &ConnectionVisitor,
    id: IdpConnectionId,
) -> Result<ConnectionPage, Error> {
    let connection = find(app, visitor, id).await?;
    let came = attempts::latest(app, visitor, &connection).await?;
    let now = app.portal.now();
    let shell = visitor.shell(connection.name.as_str());
    let (people, invitations) = match visitor.console() {
        Some(console) => {
            let known = Known::of(app, console).await?;
            let people = PeopleForm::stored(&connection, &known);
            let open = invitations::rows(app, console, &connection).await?;
            (people, Some(open))
        }
        None => (PeopleForm::default(), None),
    };
    let facts = Facts {
        connection: &connection,
        attempts: &came,
        now,
    };
    Ok(ConnectionPage {
        may_edit: shell.may_change() || visitor.console().is_none(),
        shell,
        id: id.to_string(),
        name: connection.name.to_string(),
        provider: match connection.provider {
            Provider::Other => "an identity provider",
            known => profile(known).name,
        },
        state: state(&connection),
        is_active: connection.state == ConnectionState::Active,
        notices: certificates::warnings(&connection, now),
        errors: Errors::default(),
        steps: facts.steps(visitor.console().is_none()),
        about: AboutForm::stored(&connection),
        guide: Guide::new(app, &connection),
        read: Read::of(&connection, now),
        metadata: MetadataForm::stored(&connection),
        attributes: AttributesForm::stored(&connection),
        people,
        attempts: attempts::lines(&came, &connection, visitor),
        invitations,
    })
}
