use jit_domain::{
    connections::{ConnectionState, IdpConnection, Switch},
    settings::JitSettings,
};

use super::SetupStep;
use crate::pages::{
    admin::{list::count, words},
    view::{Link, When},
};

/// What is there, which decides what is left to do.
pub(super) struct Facts<'a> {
    pub(super) connections: &'a [IdpConnection],
    pub(super) groups: usize,
    pub(super) published: usize,
    pub(super) settings: Option<&'a JitSettings>,
    pub(super) end_users: u64,
    /// The sign-in page.
    pub(super) login: String,
}

impl Facts<'_> {
    pub(super) fn steps(&self) -> Vec<SetupStep> {
        let connected = self.active().next().is_some();
        let adds_people = self.active().any(|it| it.jit == Switch::On);
        let tested = self.end_users > 0;
        let names: Vec<_> = self.active().map(|it| it.name.to_string()).collect();
        let collections = count(self.published as u64, "collection", "collections");
        let people = count(self.end_users, "person has", "people have");
        vec![
            step(
                ("Connect your identity provider", connected),
                (
                    "No connection is switched on yet.",
                    &format!("{} is connected.", names.join(", ")),
                ),
                ("/admin/sso", "Connect"),
            ),
            SetupStep {
                blocked: after(connected, "After step 1"),
                ..step(
                    ("Turn on JIT provisioning", adds_people),
                    (
                        "While it is off, unknown people are refused.",
                        "The first login of a person creates their user and API client.",
                    ),
                    ("/admin/sso", "Turn on"),
                )
            },
            SetupStep {
                optional: true,
                ..step(
                    ("Create end-user groups", self.groups > 0),
                    (
                        "Optional. Groups decide which collections people can find and ask for.",
                        &format!(
                            "There are {}.",
                            count(self.groups as u64, "group", "groups")
                        ),
                    ),
                    ("/admin/groups", "Create"),
                )
            },
            step(
                ("Publish an API collection", self.published > 0),
                (
                    "Import an OpenAPI document and publish it, so that there is something to find.",
                    &format!("{collections} published."),
                ),
                ("/admin/collections", "Publish"),
            ),
            step(
                ("Save JIT user settings", self.settings.is_some()),
                (
                    "Choose an authentication method. Sign-in stays closed until this is saved.",
                    &self.settings.map_or_else(String::new, saved),
                ),
                ("/admin/settings/jit", "Set up"),
            ),
            SetupStep {
                blocked: after(
                    connected && adds_people && self.settings.is_some(),
                    "After steps 1, 2 and 5",
                ),
                ..elsewhere(step(
                    ("Test sign-in", tested),
                    (
                        &format!(
                            "Sign in as an end user at {}, in another browser or a private window.",
                            self.login
                        ),
                        &format!("{people} signed in."),
                    ),
                    ("/admin/users", ""),
                ))
            },
            SetupStep {
                blocked: after(tested, "After step 6"),
                ..elsewhere(step(
                    ("Share the sign-in link", self.end_users > 1),
                    (
                        &format!(
                            "Send people to {}. Done when a second person has signed in.",
                            self.login
                        ),
                        &format!("People sign in at {}.", self.login),
                    ),
                    ("/admin/users", ""),
                ))
            },
        ]
    }

    fn active(&self) -> impl Iterator<Item = &IdpConnection> {
        self.connections
            .iter()
            .filter(|it| it.state == ConnectionState::Active)
    }
}

fn saved(settings: &JitSettings) -> String {
    let at = When::from(settings.saved_at);
    format!("{}, saved {}.", words::method(settings.method), at.day())
}

fn after(is_open: bool, why_not: &str) -> String {
    if is_open {
        String::new()
    } else {
        why_not.to_owned()
    }
}

fn step(
    (title, done): (&str, bool),
    (open, closed): (&str, &str),
    (href, text): (&str, &str),
) -> SetupStep {
    SetupStep {
        title: title.to_owned(),
        about: if done { closed } else { open }.to_owned(),
        done,
        optional: false,
        link: Some(Link::new(href, if done { "View" } else { text })),
        blocked: String::new(),
    }
}

/// Done by somebody else: until then there is nothing to open here, because who is signed in to the
/// console is sent on from the sign-in page.
fn elsewhere(step: SetupStep) -> SetupStep {
    SetupStep {
        link: step.link.filter(|_| step.done),
        ..step
    }
}
