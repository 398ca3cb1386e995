//! How far a connection is, read off what is there: nobody ticks anything.

use jit_domain::{
    connections::{ConnectionState, GroupSync, IdpConnection, MetadataSource, Switch},
    sessions::LoginPurpose,
    sign_in_log::SignInAttempt,
    values::Timestamp,
};
use jit_idp::profiles::profile;

use super::{super::list::count, certificates};
use crate::pages::view::{Notice, Pill, Tone};

/// A step of the page of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKey {
    /// Name and product.
    About,
    /// What goes to the provider.
    Values,
    /// What comes from there.
    Metadata,
    /// Attributes and messages.
    Attributes,
    /// People.
    People,
    /// A sign-in that makes nobody.
    Test,
    /// On or off.
    Activation,
}

impl StepKey {
    /// In the order in which they are done.
    pub const ALL: [Self; 7] = [
        Self::About,
        Self::Values,
        Self::Metadata,
        Self::Attributes,
        Self::People,
        Self::Test,
        Self::Activation,
    ];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Values => "values",
            Self::Metadata => "metadata",
            Self::Attributes => "attributes",
            Self::People => "people",
            Self::Test => "test",
            Self::Activation => "activation",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::About => "Name and identity provider",
            Self::Values => "Make the application there",
            Self::Metadata => "Read the provider's metadata",
            Self::Attributes => "Attributes and messages",
            Self::People => "People",
            Self::Test => "Test sign-in",
            Self::Activation => "Switch on",
        }
    }

    /// Whether somebody from outside sees it: the rest is the policy of this portal.
    pub fn is_for_contacts(self) -> bool {
        !matches!(self, Self::About | Self::People)
    }
}

#[derive(Clone, Debug)]
pub struct StepCard {
    pub key: StepKey,
    pub title: &'static str,
    pub state: Pill,
    pub progress: Progress,
    pub open: bool,
    /// Its form came back.
    pub failed: bool,
    /// What just happened here.
    pub notice: Option<Notice>,
    /// The version that its form replaces.
    pub version: u64,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    ToDo,
    /// The one to do now.
    Now,
    Done,
}

impl StepCard {
    pub fn is_now(&self) -> bool {
        self.progress == Progress::Now
    }

    pub fn is_done(&self) -> bool {
        self.progress == Progress::Done
    }
}

/// What decides the states.
pub(super) struct Facts<'a> {
    pub(super) connection: &'a IdpConnection,
    /// The latest, newest first.
    pub(super) attempts: &'a [SignInAttempt],
    pub(super) now: Timestamp,
}

impl Facts<'_> {
    pub(super) fn steps(&self, is_for_contact: bool) -> Vec<StepCard> {
        let now = self.to_do_now();
        let wanted = |key: &StepKey| !is_for_contact || key.is_for_contacts();
        let card = |key| {
            let (done, state) = self.state(key);
            StepCard {
                key,
                title: match key {
                    StepKey::Activation if self.is_active() => "Switch off",
                    key => key.title(),
                },
                state,
                progress: match (done, now == Some(key)) {
                    (_, true) => Progress::Now,
                    (true, false) => Progress::Done,
                    (false, false) => Progress::ToDo,
                },
                open: now == Some(key),
                failed: false,
                notice: None,
                version: self.connection.version.0.into(),
            }
        };
        StepKey::ALL.into_iter().filter(wanted).map(card).collect()
    }

    fn is_active(&self) -> bool {
        self.connection.state == ConnectionState::Active
    }

    fn is_tested(&self) -> bool {
        self.attempts.iter().any(passed)
    }

    /// Nothing, once it is in use.
    fn to_do_now(&self) -> Option<StepKey> {
        match (self.is_active(), &self.connection.idp, self.is_tested()) {
            (true, ..) => None,
            (false, None, _) => Some(StepKey::Values),
            (false, Some(_), false) => Some(StepKey::Test),
            (false, Some(_), true) => Some(StepKey::Activation),
        }
    }

    fn state(&self, key: StepKey) -> (bool, Pill) {
        let connection = self.connection;
        let profile = profile(connection.provider);
        match key {
            StepKey::About => (true, Pill::new(Tone::Plain, profile.name)),
            StepKey::Values if self.is_answered() => {
                (true, Pill::new(Tone::Ok, "The provider answers here"))
            }
            StepKey::Values => (false, Pill::new(Tone::Plain, "Nothing came from there yet")),
            StepKey::Metadata => self.metadata(),
            StepKey::Attributes => {
                let usual = connection.attributes == profile.attribute_mapping();
                let text = match (usual, connection.provider) {
                    (false, _) => "Your own names".to_owned(),
                    (true, jit_domain::connections::Provider::Other) => "Usual names".to_owned(),
                    (true, _) => format!("As {} sends them", profile.name),
                };
                (true, Pill::new(Tone::Plain, text))
            }
            StepKey::People => (true, Pill::new(Tone::Plain, self.people())),
            StepKey::Test => self.test(),
            StepKey::Activation if self.is_active() => (true, Pill::new(Tone::Ok, "Active")),
            StepKey::Activation => (false, Pill::new(Tone::Plain, "Off")),
        }
    }

    fn metadata(&self) -> (bool, Pill) {
        let connection = self.connection;
        match (&connection.idp, certificates::pill(connection, self.now)) {
            (None, _) => (false, Pill::new(Tone::Plain, "Not read yet")),
            (Some(_), Some(warning)) => (true, warning),
            (Some(_), None) => match connection.metadata {
                MetadataSource::Url { .. } => (true, Pill::new(Tone::Ok, "Kept up to date")),
                MetadataSource::Given => (true, Pill::new(Tone::Ok, "Known")),
            },
        }
    }

    fn people(&self) -> String {
        let connection = self.connection;
        let mut parts = vec![match connection.jit {
            Switch::On => "JIT on".to_owned(),
            Switch::Off => "JIT off".to_owned(),
        }];
        if connection.group_sync != GroupSync::Off {
            parts.push("groups".to_owned());
        }
        if !connection.enforced_domains.is_empty() {
            let domains = connection.enforced_domains.len() as u64;
            parts.push(count(domains, "domain", "domains"));
        }
        if !connection.console_roles.is_empty() {
            parts.push("console".to_owned());
        }
        parts.join(", ")
    }

    fn test(&self) -> (bool, Pill) {
        // Anybody may post to our address, but only who sets the connection up begins tests.
        let counts =
            |it: &&SignInAttempt| passed(it) || it.evidence.purpose == Some(LoginPurpose::Test);
        match (self.is_tested(), self.attempts.iter().find(counts)) {
            (_, None) => (false, Pill::new(Tone::Plain, "Not tested yet")),
            (tested, Some(latest)) if passed(latest) => (tested, Pill::new(Tone::Ok, "Works")),
            (true, Some(_)) => (true, Pill::new(Tone::Warn, "Worked, but not the last time")),
            (false, Some(_)) => (false, Pill::new(Tone::Bad, "Refused")),
        }
    }

    /// Something came that the provider has signed.
    fn is_answered(&self) -> bool {
        let signed = |it: &SignInAttempt| passed(it) || it.evidence.certificate.is_some();
        self.attempts.iter().any(signed)
    }
}

fn passed(attempt: &SignInAttempt) -> bool {
    attempt.outcome.refusal().is_none()
}
