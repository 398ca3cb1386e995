use super::{
    console, entries, html, methods, mistakes, notice, pager, pill,
    portal_pages::{credential, facts},
    warning, when,
};
use portal::pages::{
    Nav,
    admin::{
        clients::{ClientPage, ClientRow, ClientsPage, GrantRow},
        jit_settings::{
            ApplyPage, Conflict, JitSettingsPage, JitState, Outcome, Preview, Saved, Summary,
        },
        overview::{OverviewPage, SetupStep, Stat},
        requests::{LiveGrant, RequestPage, RequestRow, RequestsPage},
        users::{AccessRow, ClientLink, GroupMembership, HoldRow, UserPage, UserRow, UsersPage},
    },
    view::{Errors, Link, Step, Tab, Tone},
};

pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("overview", html(&overview(3))),
        ("overview-done", html(&overview(5))),
    ];
    pages.extend(jit());
    pages.extend(people());
    pages
}

fn step(tone: Tone, title: &str) -> Step {
    Step {
        tone,
        title: title.to_owned(),
        at: Some(when()),
        by: "Alex Kim".to_owned(),
        note: "A note".to_owned(),
    }
}

fn overview(done: usize) -> OverviewPage {
    let steps = [
        (
            "Connect your identity provider",
            "Okta, connected 12 Apr 2026.",
            "/admin/sso",
        ),
        (
            "Turn on JIT provisioning",
            "User records are created on first sign-in.",
            "/admin/sso",
        ),
        (
            "Publish an API collection",
            "6 collections published.",
            "/admin/collections",
        ),
        (
            "Save JIT user settings",
            "Choose an authentication method. Sign-in stays closed until this is saved.",
            "/admin/settings/jit",
        ),
        (
            "Share the sign-in link",
            "Send people to https://portal.acme.example/login",
            "/login",
        ),
    ];
    OverviewPage {
        shell: console("Overview", Nav::Overview),
        steps: steps
            .into_iter()
            .enumerate()
            .map(|(number, (title, about, href))| SetupStep {
                title: title.to_owned(),
                about: about.to_owned(),
                done: number < done,
                optional: number == 2,
                link: Some(Link::new(
                    href,
                    if number < done { "View" } else { "Set up" },
                )),
                blocked: if number > done { "After step 4" } else { "" }.to_owned(),
            })
            .collect(),
        stats: vec![
            Stat {
                value: "7".to_owned(),
                label: "requests waiting".to_owned(),
                href: "/admin/requests".to_owned(),
            },
            Stat {
                value: "148".to_owned(),
                label: "API clients".to_owned(),
                href: String::new(),
            },
        ],
        recent: vec![step(Tone::Plain, "JIT user settings saved")],
        warnings: vec![warning()],
    }
}

fn jit_page(state: JitState, clients: u64, errors: Errors) -> JitSettingsPage {
    let method = if state == JitState::Open {
        "auth_token"
    } else {
        ""
    };
    let shell = console("JIT user settings", Nav::JitSettings);
    JitSettingsPage {
        shell: if errors.is_empty() {
            shell
        } else {
            shell.with_error()
        },
        notice: None,
        errors,
        last_saved: (state != JitState::NotConfigured).then(|| Saved {
            at: when(),
            by: "Alex Kim".to_owned(),
        }),
        state,
        version: 3,
        methods: methods(method),
        policies: entries(&[
            ("Standard – 60 calls a minute, 50,000 a month", ""),
            ("Trial – 10 calls a minute", ""),
        ]),
        groups: entries(&[
            ("Engineering", "84 members"),
            ("Finance systems", "12 members"),
            ("Mobile apps", "23 members"),
            ("Operations", "31 members"),
            ("Partners – Europe", "47 members"),
            ("Quality assurance", "18 members"),
            ("Sandbox users", "140 members"),
        ]),
        clients,
        conflict: None,
        idp_missing: false,
        preview: Preview::default(),
    }
}

fn jit() -> Vec<(&'static str, String)> {
    let new = jit_page(JitState::NotConfigured, 0, Errors::default());
    let error = jit_page(
        JitState::NotConfigured,
        0,
        mistakes(&[
            ("method", "Select an authentication method"),
            ("policy", "This policy was deleted in the meantime"),
            ("groups", "A group was deleted"),
        ]),
    );
    let mut open = jit_page(JitState::Open, 0, Errors::default());
    open.idp_missing = true;
    open.notice = Some(notice());
    let locked = JitState::Locked {
        code: "auth_token".to_owned(),
        method: "Auth token".to_owned(),
        since: when(),
        clients: 148,
    };
    let mut locked = jit_page(locked, 148, Errors::default());
    locked.preview = Preview {
        assertion: "<saml:Assertion/>".to_owned(),
        connections: entries(&[("Okta", ""), ("Entra ID", "")]),
        errors: Errors::default(),
        outcome: Some(Outcome {
            would_succeed: true,
            title: "A new end user and API client would be created".to_owned(),
            why: "Nobody with this NameID is known from this connection.".to_owned(),
            facts: vec![("NameID".to_owned(), "dana".to_owned())],
        }),
    };
    let mut conflict = jit_page(JitState::Open, 0, Errors::default());
    let summary = || Summary {
        method: "Auth token".to_owned(),
        policy: "Standard".to_owned(),
        groups: "Engineering".to_owned(),
    };
    conflict.conflict = Some(Conflict {
        saved: Saved {
            at: when(),
            by: "Sam Lee".to_owned(),
        },
        version: 4,
        theirs: summary(),
        mine: summary(),
    });
    let apply = ApplyPage {
        shell: console("Apply to existing clients", Nav::JitSettings),
        notice: Some(notice()),
        differing: 3,
        clients: 148,
    };
    conflict.preview.errors = mistakes(&[("assertion", "This is no XML")]);
    vec![
        ("jit-new", html(&new)),
        ("jit-error", html(&error)),
        ("jit-open", html(&open)),
        ("jit-locked", html(&locked)),
        ("jit-conflict", html(&conflict)),
        ("jit-apply", html(&apply)),
    ]
}

pub(crate) fn fragments() -> Vec<(&'static str, String, &'static str)> {
    let page = jit_page(JitState::NotConfigured, 0, Errors::default());
    vec![
        ("jit", html(&page.as_settings()), "<div id=\"jit\""),
        ("policy", html(&page.as_policy()), "<div id=\"policy-wrap\""),
        (
            "preview",
            html(&page.as_preview()),
            "<section class=\"card form mt\" id=\"preview\"",
        ),
    ]
}

fn request_row() -> RequestRow {
    RequestRow {
        id: "req_1".to_owned(),
        requester: "Dana Okafor".to_owned(),
        email: "dana.okafor@acme.example".to_owned(),
        collection: "Orders".to_owned(),
        reason: "We sync orders nightly to the warehouse, and the finance team needs the totals by the morning. <script>".to_owned(),
        requested: when(),
        state: pill(Tone::Warn, "Pending"),
        is_pending: true,
    }
}

fn request(cannot_decide: &str, errors: Errors) -> RequestPage {
    RequestPage {
        shell: console("Access request", Nav::AccessRequests),
        notice: None,
        errors,
        row: request_row(),
        api_version: "v2".to_owned(),
        client: "dana-okafor-7f3a".to_owned(),
        policy: "Standard".to_owned(),
        groups: "Engineering".to_owned(),
        access_now: vec!["Sales reports".to_owned()],
        history: vec![step(Tone::Warn, "Requested")],
        cannot_decide: cannot_decide.to_owned(),
        ends_on: String::new(),
        approve_note: String::new(),
        reject_note: String::new(),
        grant: None,
    }
}

fn user_row() -> UserRow {
    UserRow {
        id: "usr_1".to_owned(),
        name: "Dana Okafor".to_owned(),
        email: "dana.okafor@acme.example".to_owned(),
        connection: "Okta".to_owned(),
        groups: "Engineering".to_owned(),
        state: pill(Tone::Ok, "Active"),
        last_signed_in: Some(when()),
    }
}

fn access() -> AccessRow {
    AccessRow {
        collection: "Sales reports".to_owned(),
        state: pill(Tone::Ok, "Live"),
        since: when(),
        until: None,
    }
}

fn people() -> Vec<(&'static str, String)> {
    let tab = |label: &str, current| Tab {
        href: "/admin/requests".to_owned(),
        label: label.to_owned(),
        count: Some(7),
        current,
    };
    let list = |rows: Vec<RequestRow>| RequestsPage {
        shell: console("Access requests", Nav::AccessRequests),
        tabs: vec![
            tab("Pending", true),
            tab("Approved", false),
            tab("Rejected", false),
            tab("All", false),
        ],
        state: "pending".to_owned(),
        collections: entries(&[("Orders", ""), ("Sales reports", "")]),
        is_filtered: rows.is_empty(),
        rows,
        pager: pager(),
    };
    let mut decided = request("", Errors::default());
    decided.row.is_pending = false;
    decided.grant = Some(LiveGrant {
        id: "grt_1".to_owned(),
        until: Some(when()),
    });
    decided.errors = mistakes(&[("revoke_reason", "Say why")]);
    let users = UsersPage {
        shell: console("End users", Nav::EndUsers),
        tabs: vec![tab("All", true), tab("Suspended", false)],
        state: String::new(),
        q: String::new(),
        rows: vec![user_row()],
        pager: pager(),
    };
    let user = UserPage {
        shell: console("Dana Okafor", Nav::EndUsers),
        notice: None,
        errors: mistakes(&[("hold_reason", "Say why")]),
        row: user_row(),
        subject: "00u1".to_owned(),
        created: when(),
        holds: vec![HoldRow {
            source: "An administrator".to_owned(),
            since: when(),
            reason: "Left".to_owned(),
            may_clear: true,
        }],
        is_suspended: false,
        hold_reason: String::new(),
        groups: vec![GroupMembership {
            name: "Engineering".to_owned(),
            source: "from the identity provider".to_owned(),
        }],
        manual_groups: entries(&[("Engineering", ""), ("Operations", "")]),
        clients: vec![ClientLink {
            id: "cli_1".to_owned(),
            name: "dana-okafor-7f3a".to_owned(),
            method: "Auth token".to_owned(),
            state: pill(Tone::Ok, "Active"),
        }],
        access: vec![access()],
        history: vec![step(Tone::Plain, "Signed in")],
    };
    let row = ClientRow {
        id: "cli_1".to_owned(),
        name: "dana-okafor-7f3a".to_owned(),
        owner: "Dana Okafor".to_owned(),
        owner_id: "usr_1".to_owned(),
        method: "Auth token".to_owned(),
        policy: "Standard".to_owned(),
        state: pill(Tone::Ok, "Active"),
        created: when(),
    };
    let clients = ClientsPage {
        shell: console("API clients", Nav::ApiClients),
        rows: vec![row],
        pager: pager(),
    };
    let client = ClientPage {
        shell: console("dana-okafor-7f3a", Nav::ApiClients),
        notice: None,
        errors: Errors::default(),
        client: facts(),
        owner: "Dana Okafor".to_owned(),
        owner_id: "usr_1".to_owned(),
        credentials: vec![credential()],
        grants: vec![GrantRow {
            id: "grt_1".to_owned(),
            access: access(),
            is_live: true,
        }],
    };
    vec![
        ("requests", html(&list(vec![request_row()]))),
        ("requests-empty", html(&list(vec![]))),
        (
            "request-detail",
            html(&request(
                "",
                mistakes(&[("reject_note", "A rejection needs a note")]),
            )),
        ),
        (
            "request-own",
            html(&request(
                "This is your own request, so somebody else decides it.",
                Errors::default(),
            )),
        ),
        ("request-decided", html(&decided)),
        ("users", html(&users)),
        ("user", html(&user)),
        ("clients", html(&clients)),
        ("client", html(&client)),
    ]
}
