use super::{entries, html, mistakes, notice, pager, pill, shell, visitor, when};
use portal::pages::{
    Nav,
    portal::{
        api_reference::ReferencePage,
        collection::CollectionPage,
        credentials::SecretPage,
        discover::{Access, CollectionCard, DiscoverPage, OperationLine, Welcome},
        my_apis::{MyApi, MyApisPage},
        my_client::{ClientFacts, CredentialRow, MyClientPage},
        my_requests::{MyRequest, MyRequestsPage},
        request_access::RequestAccessPage,
    },
    public::{AdminLoginPage, LoginPage, Missing, NotReadyPage, SetupPage},
    reference::{Call, Reference},
    view::{Errors, Link, Step, Tone},
};

pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut pages = public();
    pages.extend(discover());
    pages.extend(own());
    pages
}

fn public() -> Vec<(&'static str, String)> {
    let login = LoginPage {
        shell: shell("Sign in", Nav::None),
        connections: vec![
            Link::new("/login/okta", "Okta"),
            Link::new("/login/entra", "Microsoft Entra ID"),
        ],
        notice: None,
    };
    let not_ready = NotReadyPage {
        shell: shell("The portal is not ready yet", Nav::None),
        missing: Missing::Settings,
    };
    let admin = AdminLoginPage {
        shell: shell("Administrator sign-in", Nav::None).with_error(),
        email: "alex@acme.example".to_owned(),
        connections: vec![],
        next: "/admin".to_owned(),
        is_first_run: true,
        errors: mistakes(&[("sign-in", "The e-mail address or the password is wrong")]),
    };
    let setup = SetupPage {
        shell: shell("Create the first administrator", Nav::None),
        code: String::new(),
        name: String::new(),
        email: String::new(),
        errors: mistakes(&[("password", "Enter 12 characters or more")]),
    };
    vec![
        ("login", html(&login)),
        ("not-ready", html(&not_ready)),
        ("admin-login", html(&admin)),
        ("setup", html(&setup)),
    ]
}

fn card(slug: &str, name: &str, access: Access) -> CollectionCard {
    CollectionCard {
        slug: slug.to_owned(),
        name: name.to_owned(),
        api_version: "v2".to_owned(),
        summary: "Create, read and cancel orders. <script>alert(1)</script>".to_owned(),
        tags: vec!["Commerce".to_owned()],
        operations: 18,
        owner: "Checkout team".to_owned(),
        updated: when(),
        access,
    }
}

pub(crate) fn fragments() -> Vec<(&'static str, String, &'static str)> {
    let results = html(&discover_page("", vec![]).as_results());
    let mut asked = request(false, Errors::default());
    asked.modal = true;
    vec![
        ("results", results, "<section id=\"results\""),
        ("dialog", html(&asked.as_dialog()), "<dialog data-modal"),
    ]
}

fn discover_page(q: &str, cards: Vec<CollectionCard>) -> DiscoverPage {
    DiscoverPage {
        shell: visitor("Discover new APIs", Nav::Discover),
        welcome: Some(Welcome::HasNotAsked),
        tags: entries(&[("Commerce", "")]),
        q: q.to_owned(),
        access: String::new(),
        total: cards.len(),
        cards,
    }
}

fn request(done: bool, errors: Errors) -> RequestAccessPage {
    RequestAccessPage {
        shell: visitor("Request access", Nav::Discover),
        modal: false,
        done,
        slug: "orders".to_owned(),
        name: "Orders".to_owned(),
        api_version: "v2".to_owned(),
        operations: 18,
        client: "dana-okafor-7f3a".to_owned(),
        reason: "</textarea><script>alert(1)</script>".to_owned(),
        errors,
    }
}

fn discover() -> Vec<(&'static str, String)> {
    let cards = vec![
        card("orders", "Orders", Access::None),
        card("payments", "Payments", Access::Pending { since: when() }),
        card("catalog", "Product catalog", Access::Ended),
        card("identity", "Customer identity", Access::Rejected),
        card("reports", "Sales reports", Access::Approved),
    ];
    let preview = CollectionPage {
        shell: visitor("Orders", Nav::Discover),
        card: card("orders", "Orders", Access::None),
        operations: vec![OperationLine {
            method: "GET".to_owned(),
            path: "/orders".to_owned(),
            summary: "List orders".to_owned(),
        }],
        limits: "60 calls a minute".to_owned(),
        about_html: "<p>About</p>".to_owned(),
    };
    vec![
        ("discover", html(&discover_page("", cards))),
        ("discover-empty", html(&discover_page("", vec![]))),
        ("discover-no-match", html(&discover_page("xyz", vec![]))),
        ("collection-preview", html(&preview)),
        (
            "request",
            html(&request(
                false,
                mistakes(&[("reason", "Say why you need it")]),
            )),
        ),
        ("request-sent", html(&request(true, Errors::default()))),
    ]
}

fn own() -> Vec<(&'static str, String)> {
    let requests = MyRequestsPage {
        shell: visitor("My requests", Nav::MyRequests),
        notice: Some(notice()),
        requests: vec![MyRequest {
            id: "req_1".to_owned(),
            collection: "Orders".to_owned(),
            slug: "orders".to_owned(),
            state: pill(Tone::Warn, "Pending"),
            requested: when(),
            reason: "Nightly sync".to_owned(),
            history: vec![Step {
                tone: Tone::Bad,
                title: "Rejected".to_owned(),
                at: Some(when()),
                by: "Alex Kim".to_owned(),
                note: "Use the export".to_owned(),
            }],
            may_withdraw: true,
            may_ask_again: true,
            is_approved: true,
        }],
        pager: pager(),
    };
    let apis = MyApisPage {
        shell: visitor("My APIs", Nav::MyApis),
        apis: vec![MyApi {
            slug: "orders".to_owned(),
            name: "Orders".to_owned(),
            api_version: "v2".to_owned(),
            summary: "Create orders".to_owned(),
            since: when(),
            until: Some(when()),
        }],
        policy: "Standard".to_owned(),
    };
    let no_apis = MyApisPage {
        shell: visitor("My APIs", Nav::MyApis),
        apis: vec![],
        policy: String::new(),
    };
    vec![
        ("my-requests", html(&requests)),
        ("my-apis", html(&apis)),
        ("my-apis-empty", html(&no_apis)),
        ("reference", html(&reference())),
        ("my-client", html(&client())),
        ("secret", html(&secret())),
    ]
}

fn client() -> MyClientPage {
    MyClientPage {
        shell: visitor("API client", Nav::MyClient),
        notice: None,
        errors: mistakes(&[("name", "Enter a name")]),
        client: facts(),
        credentials: vec![credential()],
        new_name: String::new(),
        may_create: true,
        curl: "curl -H \"api-token: $API_TOKEN\" https://gateway.acme.example/orders".to_owned(),
    }
}

pub(crate) fn facts() -> ClientFacts {
    ClientFacts {
        id: "cli_01".to_owned(),
        name: "dana-okafor-7f3a".to_owned(),
        method: "Auth token".to_owned(),
        state: pill(Tone::Ok, "Active"),
        policy: "Standard".to_owned(),
        groups: vec!["Engineering".to_owned()],
        created: when(),
    }
}

pub(crate) fn credential() -> CredentialRow {
    CredentialRow {
        id: "crd_1".to_owned(),
        name: "nightly job".to_owned(),
        hint: "…x7Qd".to_owned(),
        state: pill(Tone::Ok, "Active"),
        created: when(),
        last_used: None,
        expires: None,
        is_usable: true,
    }
}

fn secret() -> SecretPage {
    SecretPage {
        shell: visitor("Store this secret now", Nav::MyClient),
        credential: "nightly job".to_owned(),
        secret: "jit_3f9aK2mQ7rT1vX5zB8cD4eG6hJ0kL_x7Qd".to_owned(),
        old_until: Some(when()),
        curl: "curl -H \"api-token: $API_TOKEN\" https://gateway.acme.example/orders".to_owned(),
    }
}

fn reference() -> ReferencePage {
    let document = serde_json::json!({
        "info": {"title": "Orders", "version": "2.4.0", "description": "Create *orders*. <script>alert(1)</script>"},
        "paths": {"/orders": {
            "get": {"tags": ["Orders"], "summary": "List orders", "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}],
                "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object", "properties": {"next": {"type": "string"}}}}}}, "401": {"description": "Problem"}}},
            "post": {"tags": ["Orders"], "summary": "Create an order", "deprecated": true,
                "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}, "example": {"sku": "A-1"}}}},
                "responses": {"201": {"description": "Created"}}}}}
    });
    let call = Call {
        base_url: "https://gateway.acme.example/orders/v2",
        header: "api-token: $API_TOKEN",
    };
    ReferencePage {
        shell: visitor("Orders reference", Nav::MyApis),
        slug: "orders".to_owned(),
        name: "Orders".to_owned(),
        base_url: call.base_url.to_owned(),
        method: "Auth token".to_owned(),
        until: None,
        doc: Reference::read(&document, call),
    }
}
