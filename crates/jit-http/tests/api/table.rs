//! One request to every endpoint, and what each kind of caller gets.

use serde_json::{Value, json};

use crate::{
    client::Who,
    world::{World, document},
};

/// A world in which there is one of everything, and the people who ask for it.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) dana: Who,
    pub(crate) names: Vec<(&'static str, String)>,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let world = World::configured().await;
        let dana = world.sign_in("dana").await;
        let orders = world.collection("Orders").await;
        let billing = world.collection("Billing").await;
        let news = world.collection("News").await;
        let approved = world.request(&dana, &orders).await;
        let grant = world.approve(&approved).await;
        let pending = world.request(&dana, &billing).await;
        let client = world.client_of(&dana).await;
        let (credential, _) = world.credential(&client).await;
        let me = world
            .send(crate::client::call("GET", "/me").by(&dana))
            .await;
        let user = me.ok()["id"].as_str().unwrap().to_owned();
        let group = world.make("/groups", &json!({"name": "Partners"})).await;
        let policy = world.make("/policies", &json!({"name": "Standard"})).await;
        let connection = world.connection.id.to_string();
        let example = world.assertion("new");
        world.verifier.accept("<example/>", example);
        let links = format!("/idp-connections/{connection}/setup-links");
        let link = world.make(&links, &Value::Null).await;
        let attempt = world.refused_attempt().await;
        let names = vec![
            ("{link}", link),
            ("{attempt}", attempt),
            ("{news}", news),
            ("{collection}", billing),
            ("{grant}", grant),
            ("{request}", pending),
            ("{client}", client),
            ("{credential}", credential),
            ("{user}", user),
            ("{group}", group),
            ("{policy}", policy),
            ("{connection}", connection),
        ];
        Self { world, dana, names }
    }

    /// The text with ids in place of names.
    pub(crate) fn fill(&self, text: &str) -> String {
        let one = |text: String, (name, id): &(&str, String)| text.replace(name, id);
        self.names.iter().fold(text.to_owned(), one)
    }
}

/// A request, and the statuses for nobody, an end user, an auditor, an approver and an administrator.
pub(crate) type Row = (&'static str, &'static str, Value, [u16; 5]);

const ALL: [u16; 5] = [200; 5];
const KNOWN: [u16; 5] = [401, 200, 200, 200, 200];
const READ: [u16; 5] = [401, 403, 200, 403, 200];
const OWN_OR_READ: [u16; 5] = [401, 200, 200, 403, 200];
const ADMIN: [u16; 5] = [401, 403, 403, 403, 200];
const MADE: [u16; 5] = [401, 403, 403, 403, 201];
const GONE: [u16; 5] = [401, 403, 403, 403, 204];
const DECIDE: [u16; 5] = [401, 403, 403, 200, 200];
const PERSON: [u16; 5] = [401, 200, 403, 403, 403];
const ASKED: [u16; 5] = [401, 201, 403, 403, 403];
const SECRET: [u16; 5] = [401, 201, 403, 403, 201];
const OWN_OR_ADMIN: [u16; 5] = [401, 200, 403, 403, 200];

/// Every endpoint.
pub(crate) fn rows() -> Vec<Row> {
    let none = Value::Null;
    let idp = json!({"name": "Other", "metadata_xml": "<good/>"});
    vec![
        ("GET", "/openapi.json", none.clone(), ALL),
        ("GET", "/me", none.clone(), KNOWN),
        ("GET", "/jit-settings", none.clone(), READ),
        (
            "PUT",
            "/jit-settings",
            json!({"auth_method": "auth_token"}),
            ADMIN,
        ),
        ("GET", "/jit-settings/apply", none.clone(), READ),
        ("POST", "/jit-settings/apply", none.clone(), ADMIN),
        (
            "POST",
            "/jit-settings/preview",
            json!({"connection": "okta", "assertion": "<example/>"}),
            ADMIN,
        ),
        ("GET", "/idp-connections", none.clone(), READ),
        ("POST", "/idp-connections", idp.clone(), MADE),
        ("GET", "/idp-connections/{connection}", none.clone(), READ),
        ("PUT", "/idp-connections/{connection}", idp, ADMIN),
        (
            "PATCH",
            "/idp-connections/{connection}",
            json!({"jit": "off"}),
            ADMIN,
        ),
        (
            "POST",
            "/idp-connections/{connection}/refresh",
            none.clone(),
            ADMIN,
        ),
        (
            "GET",
            "/idp-connections/{connection}/setup-links",
            none.clone(),
            READ,
        ),
        (
            "POST",
            "/idp-connections/{connection}/setup-links",
            none.clone(),
            MADE,
        ),
        ("DELETE", "/setup-links/{link}", none.clone(), GONE),
        ("GET", "/sign-in-attempts", none.clone(), READ),
        ("GET", "/sign-in-attempts/{attempt}", none.clone(), READ),
        ("GET", "/groups", none.clone(), READ),
        ("POST", "/groups", json!({"name": "New"}), MADE),
        ("GET", "/groups/{group}", none.clone(), READ),
        ("PUT", "/groups/{group}", json!({"name": "New"}), ADMIN),
        ("DELETE", "/groups/{group}", none.clone(), GONE),
        ("GET", "/policies", none.clone(), READ),
        ("POST", "/policies", json!({"name": "New"}), MADE),
        ("GET", "/policies/{policy}", none.clone(), READ),
        ("PUT", "/policies/{policy}", json!({"name": "New"}), ADMIN),
        ("DELETE", "/policies/{policy}", none.clone(), GONE),
        ("GET", "/collections", none.clone(), READ),
        (
            "POST",
            "/collections",
            json!({"document": document("New")}),
            MADE,
        ),
        ("GET", "/collections/{collection}", none.clone(), READ),
        (
            "PUT",
            "/collections/{collection}",
            json!({"owner": "Ops"}),
            ADMIN,
        ),
        ("DELETE", "/collections/{collection}", none.clone(), GONE),
        (
            "POST",
            "/collections/{collection}/publish",
            none.clone(),
            ADMIN,
        ),
        (
            "POST",
            "/collections/{collection}/unpublish",
            none.clone(),
            ADMIN,
        ),
        ("GET", "/access-requests", none.clone(), KNOWN),
        (
            "POST",
            "/access-requests",
            json!({"collection": "{news}", "reason": "to read"}),
            ASKED,
        ),
        ("GET", "/access-requests/{request}", none.clone(), KNOWN),
        (
            "POST",
            "/access-requests/{request}/approve",
            none.clone(),
            DECIDE,
        ),
        (
            "POST",
            "/access-requests/{request}/reject",
            json!({"note": "no"}),
            DECIDE,
        ),
        (
            "POST",
            "/access-requests/{request}/withdraw",
            none.clone(),
            PERSON,
        ),
        ("GET", "/grants", none.clone(), KNOWN),
        (
            "POST",
            "/grants/{grant}/revoke",
            json!({"reason": "over"}),
            DECIDE,
        ),
        ("GET", "/end-users", none.clone(), READ),
        ("GET", "/end-users/{user}", none.clone(), READ),
        (
            "PUT",
            "/end-users/{user}/groups",
            json!({"groups": ["{group}"]}),
            ADMIN,
        ),
        ("GET", "/end-users/{user}/holds", none.clone(), READ),
        ("POST", "/end-users/{user}/holds", none.clone(), ADMIN),
        ("DELETE", "/end-users/{user}/holds", none.clone(), ADMIN),
        (
            "DELETE",
            "/end-users/{user}/holds/admin",
            none.clone(),
            ADMIN,
        ),
        ("GET", "/clients", none.clone(), OWN_OR_READ),
        ("GET", "/clients/{client}", none.clone(), OWN_OR_READ),
        (
            "GET",
            "/clients/{client}/credentials",
            none.clone(),
            OWN_OR_READ,
        ),
        (
            "POST",
            "/clients/{client}/credentials",
            json!({"name": "n"}),
            SECRET,
        ),
        (
            "POST",
            "/clients/{client}/credentials/{credential}/rotate",
            none.clone(),
            SECRET,
        ),
        (
            "POST",
            "/clients/{client}/credentials/{credential}/revoke",
            none.clone(),
            OWN_OR_ADMIN,
        ),
        ("GET", "/audit-events", none.clone(), READ),
        ("GET", "/discover", none.clone(), PERSON),
        ("GET", "/discover/orders", none, PERSON),
    ]
}
