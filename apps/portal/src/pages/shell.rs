//! What every page knows besides its own content.

use crate::assets;

/// The frame around a page: title, navigation, who is looking, and how the page may load scripts.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub title: String,
    pub nav: Nav,
    pub brand: String,
    pub theme: Theme,
    pub visitor: Option<Visitor>,
    /// Access requests that wait for a decision, shown in the console's navigation.
    pub pending: u64,
    /// What the console offers this visitor; the domain refuses the rest anyway.
    pub reach: Reach,
    /// The page answers a form with mistakes; its title then starts with "Error:".
    pub error: bool,
    /// Fresh for each answer; scripts and htmx elements without it do nothing.
    pub nonce: String,
    /// The reference that the log carries too.
    pub request_id: String,
}

/// The person who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub name: String,
    /// E-mail address, or whatever tells this person from a namesake.
    pub detail: String,
    /// Where *Sign out* posts to.
    pub sign_out: String,
}

impl Shell {
    #[must_use]
    pub fn signed_in(mut self, visitor: Visitor) -> Self {
        self.visitor = Some(visitor);
        self
    }

    #[must_use]
    pub fn with_pending(mut self, pending: u64) -> Self {
        self.pending = pending;
        self
    }

    #[must_use]
    pub fn with_error(mut self) -> Self {
        self.error = true;
        self
    }

    pub fn may_change(&self) -> bool {
        self.reach == Reach::Everything
    }

    pub fn may_read(&self) -> bool {
        matches!(self.reach, Reach::Everything | Reach::Reading)
    }

    /// Whether there is more than one page to go to.
    pub fn has_navigation(&self) -> bool {
        self.reach != Reach::OneConnection
    }

    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    pub fn at(&self, nav: &str) -> bool {
        self.nav.name() == nav
    }

    /// The words after the brand, unless the brand says them already.
    pub fn product(&self) -> &'static str {
        if self.brand.to_lowercase().contains("portal") {
            ""
        } else {
            "developer portal"
        }
    }

    pub fn initial(&self) -> String {
        let name = self.visitor.as_ref().map_or("", |who| who.name.trim());
        name.chars()
            .next()
            .map_or_else(|| "?".to_owned(), |first| first.to_uppercase().to_string())
    }
}

/// How much of the console somebody can use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    #[default]
    Everything,
    /// All of it, without changing anything.
    Reading,
    /// Access requests only.
    Requests,
    /// The page of one SSO connection, for somebody from outside.
    OneConnection,
}

/// The entry of the navigation that is marked as the current one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nav {
    #[default]
    None,
    Discover,
    MyApis,
    MyClient,
    MyRequests,
    Overview,
    AccessRequests,
    EndUsers,
    ApiClients,
    Groups,
    Collections,
    Policies,
    Connections,
    JitSettings,
    Audit,
}

impl Nav {
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Discover => "discover",
            Self::MyApis => "my-apis",
            Self::MyClient => "my-client",
            Self::MyRequests => "my-requests",
            Self::Overview => "overview",
            Self::AccessRequests => "requests",
            Self::EndUsers => "users",
            Self::ApiClients => "clients",
            Self::Groups => "groups",
            Self::Collections => "collections",
            Self::Policies => "policies",
            Self::Connections => "sso",
            Self::JitSettings => "jit",
            Self::Audit => "audit",
        }
    }
}

/// Chosen by the visitor and kept in a cookie, so that the server renders it and nothing flashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    /// The value of `data-theme`; empty when the browser decides.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}
