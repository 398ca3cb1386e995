//! `/client`: the visitor's API client and its credentials.

use askama::Template;

use crate::pages::{
    Shell,
    view::{Errors, Notice, Pill, When},
};

#[derive(Template)]
#[template(path = "portal/my_client.html")]
pub struct MyClientPage {
    pub shell: Shell,
    pub notice: Option<Notice>,
    pub errors: Errors,
    pub client: ClientFacts,
    pub credentials: Vec<CredentialRow>,
    /// The name typed for a new credential.
    pub new_name: String,
    pub may_create: bool,
    /// An example call.
    pub curl: String,
}

#[derive(Clone, Debug, Default)]
pub struct ClientFacts {
    pub id: String,
    pub name: String,
    pub method: String,
    pub state: Pill,
    pub policy: String,
    pub groups: Vec<String>,
    pub created: When,
}

#[derive(Clone, Debug, Default)]
pub struct CredentialRow {
    pub id: String,
    pub name: String,
    /// The beginning or the end of the secret.
    pub hint: String,
    pub state: Pill,
    pub created: When,
    pub last_used: Option<When>,
    pub expires: Option<When>,
    pub is_usable: bool,
}

/// The answer to creating or rotating: the secret, this once (R29). It is never compressed or stored.
#[derive(Template)]
#[template(path = "portal/secret.html")]
pub struct SecretPage {
    pub shell: Shell,
    pub credential: String,
    pub secret: String,
    /// The old secret of a rotation still works until then.
    pub old_until: Option<When>,
    /// An example call with the secret's variable.
    pub curl: String,
}

impl SecretPage {
    pub fn env_file(&self) -> String {
        format!("API_TOKEN={}\n", self.secret)
    }
}
