//! Ids as people know them: names and, where there is one, the page.

use std::collections::HashMap;

use jit_domain::{
    access::Decider,
    audit::Actor,
    error::Error,
    ids::{ApiCollectionId, WorkspaceId},
    ports::Store,
    settings::SavedBy,
};

use crate::wiring::App;

/// Looks names up, each once for a page.
pub struct Names<'a> {
    store: &'a dyn Store,
    workspace: WorkspaceId,
    known: HashMap<String, String>,
}

impl<'a> Names<'a> {
    pub fn of(app: &'a App) -> Self {
        let store = app.portal.store();
        Self {
            store,
            workspace: app.workspace,
            known: HashMap::new(),
        }
    }

    pub async fn decider(&mut self, decider: Decider) -> Result<String, Error> {
        match decider {
            Decider::Administrator(id) => self.name(&id.to_string()).await,
            Decider::ApiToken(id) => {
                let name = self.name(&id.to_string()).await?;
                Ok(format!("the API token {name}"))
            }
        }
    }

    pub async fn actor(&mut self, actor: Actor) -> Result<String, Error> {
        match actor {
            Actor::EndUser(id) => self.name(&id.to_string()).await,
            Actor::Console(decider) => {
                let name = self.decider(decider).await?;
                Ok(name.replacen(
                    "the API",
                    "The API",
                    usize::from(name.starts_with("the API")),
                ))
            }
            Actor::SetupContact(_) => Ok("Whoever opened the setup link".to_owned()),
            Actor::System => Ok("The portal".to_owned()),
        }
    }

    pub async fn saved_by(&mut self, saved_by: SavedBy) -> Result<String, Error> {
        match saved_by {
            SavedBy::Administrator(id) => self.decider(Decider::Administrator(id)).await,
            SavedBy::ApiToken(id) => self.decider(Decider::ApiToken(id)).await,
            SavedBy::System => Ok("the portal".to_owned()),
        }
    }

    /// The name of what has that id; the id itself if it has no name, or is gone.
    pub async fn name(&mut self, id: &str) -> Result<String, Error> {
        if let Some(name) = self.known.get(id) {
            return Ok(name.clone());
        }
        let name = self.find(id).await?.unwrap_or_else(|| id.to_owned());
        self.known.insert(id.to_owned(), name.clone());
        Ok(name)
    }

    async fn find(&mut self, id: &str) -> Result<Option<String>, Error> {
        let (store, workspace) = (self.store, self.workspace);
        macro_rules! named {
            ($find:ident) => {
                match id.parse() {
                    Ok(id) => store.$find(workspace, id).await?.map(|it| it.name),
                    Err(_) => None,
                }
            };
        }
        let name = match kind(id) {
            "usr" => match id.parse() {
                Ok(id) => store
                    .find_end_user(workspace, id)
                    .await?
                    .map(|it| it.display_name),
                Err(_) => None,
            },
            "cli" => named!(find_client),
            "grp" => named!(find_group),
            "pol" => named!(find_policy),
            "idp" => named!(find_connection),
            "adm" => named!(find_administrator),
            "tok" => named!(find_api_token),
            "col" => return self.collection(id).await,
            "req" => match id.parse() {
                Ok(id) => match store.find_access_request(workspace, id).await? {
                    Some(it) => return self.pair(it.collection, it.requester.into()).await,
                    None => None,
                },
                Err(_) => None,
            },
            "gnt" => match id.parse() {
                Ok(id) => match store.find_grant(workspace, id).await? {
                    Some(it) => return self.pair(it.collection, it.client.into()).await,
                    None => None,
                },
                Err(_) => None,
            },
            _ => None,
        };
        Ok(name.map(|name| name.to_string()))
    }

    /// The list leaves out the documents, which are long.
    async fn collection(&mut self, id: &str) -> Result<Option<String>, Error> {
        if !self.known.contains_key(id) {
            for it in self.store.list_collections(self.workspace).await? {
                self.known.insert(it.id.to_string(), it.name.to_string());
            }
        }
        Ok(self.known.get(id).cloned())
    }

    /// "Orders (Dana Okafor)": a collection, and who it is about.
    async fn pair(
        &mut self,
        collection: ApiCollectionId,
        who: String,
    ) -> Result<Option<String>, Error> {
        let collection = self.collection(&collection.to_string()).await?;
        let who = Box::pin(self.name(&who)).await?;
        Ok(collection.map(|collection| format!("{collection} ({who})")))
    }
}

/// The id of whoever acted.
pub fn id_of(actor: Actor) -> Option<String> {
    match actor {
        Actor::EndUser(id) => Some(id.to_string()),
        Actor::Console(Decider::Administrator(id)) => Some(id.to_string()),
        Actor::Console(Decider::ApiToken(id)) => Some(id.to_string()),
        Actor::SetupContact(id) => Some(id.to_string()),
        Actor::System => None,
    }
}

/// The page about what has that id; empty if there is none.
pub fn page_of(id: &str) -> String {
    let folder = match kind(id) {
        "usr" => "users",
        "cli" => "clients",
        "grp" => "groups",
        "pol" => "policies",
        "idp" => "sso",
        "col" => "collections",
        "req" => "requests",
        _ => return String::new(),
    };
    format!("/admin/{folder}/{id}")
}

fn kind(id: &str) -> &str {
    id.split_once('_').map_or("", |(prefix, _)| prefix)
}
