//! Pages for people who are not signed in.

use askama::Template;

use super::{
    Shell,
    view::{Errors, Link, Notice},
};

/// `/login`: one button for each connection.
#[derive(Template)]
#[template(path = "public/login.html")]
pub struct LoginPage {
    pub shell: Shell,
    /// Links, not forms: a redirect to the identity provider must not follow a posted form.
    pub connections: Vec<Link>,
    pub notice: Option<Notice>,
}

/// `/login` while the JIT user settings are not saved, or while there is no connection.
#[derive(Template)]
#[template(path = "public/not_ready.html")]
pub struct NotReadyPage {
    pub shell: Shell,
}

/// `/login/admin`.
#[derive(Template)]
#[template(path = "public/admin_login.html")]
pub struct AdminLoginPage {
    pub shell: Shell,
    pub email: String,
    /// Where to go afterwards: a path of this portal.
    pub next: String,
    pub errors: Errors,
}

/// `/setup`: the first administrator.
#[derive(Template)]
#[template(path = "public/setup.html")]
pub struct SetupPage {
    pub shell: Shell,
    pub code: String,
    pub name: String,
    pub email: String,
    pub errors: Errors,
}
