use super::{console, entries, html, mistakes, notice, pager, pill, shell, visitor, warning, when};
use portal::pages::{
    Nav, Shell,
    admin::{
        connections::{
            AboutForm, AttemptLine, AttributesForm, CertificateRow, ClaimRow, ConnectionPage,
            ConnectionRow, ConnectionsPage, Guide, InvitationPage, InvitationRow, MetadataForm,
            NewConnectionPage, Offered, OurRow, PeopleForm, Places, Progress, Read, StepCard,
            StepKey,
        },
        sign_in_log::{AttemptPage, AttemptRow, CauseText, CheckLine, SignInLogPage},
    },
    public::{AdminLoginPage, SetupLinkPage},
    shell::Reach,
    view::{Choice, Errors, Link, Tab, Tone},
};

const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut pages = connections();
    pages.extend(log());
    pages.extend(setup_links());
    pages
}

fn tabs(current: &str) -> Vec<Tab> {
    let tab = |href: &str, label: &str| Tab {
        href: href.to_owned(),
        label: label.to_owned(),
        count: None,
        current: label == current,
    };
    vec![
        tab("/admin/sso", "Connections"),
        tab("/admin/sso/log", "Sign-in log"),
    ]
}

fn choice(value: &str, label: &str, about: &str, checked: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        about: about.to_owned(),
        checked,
        ..Choice::default()
    }
}

fn connections() -> Vec<(&'static str, String)> {
    let list = |rows| ConnectionsPage {
        shell: console("SSO connections", Nav::Connections),
        tabs: tabs("Connections"),
        rows,
    };
    let row = ConnectionRow {
        id: "idp_1".to_owned(),
        name: "Okta".to_owned(),
        provider: "Okta",
        entity_id: "http://www.okta.com/exk1".to_owned(),
        state: pill(Tone::Ok, "Active"),
        jit: pill(Tone::Ok, "On"),
        certificate_until: Some(when()),
        warning: Some(pill(Tone::Bad, "Ends in 6 days")),
    };
    let new = NewConnectionPage {
        shell: console("New SSO connection", Nav::Connections),
        errors: mistakes(&[("provider", "Choose one"), ("name", "Enter a name")]),
        providers: vec![
            choice("okta", "Okta", "Set up in the Okta Admin Console.", true),
            choice(
                "other",
                "Other provider",
                "Anything else that speaks SAML 2.0.",
                false,
            ),
        ],
        name: "Okta".to_owned(),
        slug: "okta".to_owned(),
    };
    let fresh = ConnectionPage {
        read: None,
        attempts: vec![],
        invitations: Some(vec![]),
        ..connection(in_the_console(), StepKey::Values)
    };
    let mut mistaken = connection(in_the_console(), StepKey::Metadata);
    mistaken.errors = mistakes(&[
        ("source", "Choose one"),
        ("metadata_url", "Enter an address that begins with https"),
        ("metadata", "This is no metadata"),
        ("certificate", "This is no certificate"),
    ]);
    let mut conflict = connection(in_the_console(), StepKey::People);
    conflict.errors = mistakes(&[
        ("group_rules", "There is no such group"),
        ("enforced_domains", "Enter a domain"),
        ("console_roles", "There is no such role"),
    ]);
    for page in [&mut mistaken, &mut conflict] {
        page.shell.error = true;
        for step in &mut page.steps {
            step.failed = step.open;
        }
    }
    let mut read_only = connection(in_the_console(), StepKey::Test);
    read_only.shell.reach = Reach::Reading;
    read_only.may_edit = false;
    let mut active = connection(in_the_console(), StepKey::Activation);
    active.is_active = true;
    let contact = ConnectionPage {
        invitations: None,
        ..connection(as_contact(), StepKey::Test)
    };
    vec![
        ("connections", html(&list(vec![row]))),
        ("connections-empty", html(&list(vec![]))),
        ("connection-new", html(&new)),
        ("connection-fresh", html(&fresh)),
        ("connection-mistakes", html(&mistaken)),
        ("connection-conflict", html(&conflict)),
        ("connection-read-only", html(&read_only)),
        ("connection-active", html(&active)),
        ("connection-contact", html(&contact)),
    ]
}

fn in_the_console() -> Shell {
    console("Okta", Nav::Connections)
}

fn as_contact() -> Shell {
    Shell {
        reach: Reach::OneConnection,
        ..visitor("Okta", Nav::None)
    }
}

/// With every step that this visitor sees, one of them open.
fn connection(shell: Shell, open: StepKey) -> ConnectionPage {
    let is_contact = !shell.has_navigation();
    let steps = StepKey::ALL
        .into_iter()
        .filter(|key| !is_contact || key.is_for_contacts())
        .map(|key| StepCard {
            key,
            title: "A step",
            state: pill(Tone::Plain, "Not tested yet"),
            progress: match key {
                StepKey::About => Progress::Done,
                key if key == open => Progress::Now,
                _ => Progress::ToDo,
            },
            open: key == open,
            failed: false,
            notice: (key == open).then(notice),
            version: 3,
        });
    ConnectionPage {
        shell,
        id: "idp_1".to_owned(),
        name: "Okta".to_owned(),
        provider: "Okta",
        state: pill(Tone::Plain, "Off"),
        is_active: false,
        may_edit: true,
        notices: vec![warning()],
        errors: Errors::default(),
        steps: steps.collect(),
        about: AboutForm {
            name: "Okta".to_owned(),
            slug: "okta".to_owned(),
            providers: entries(&[("Okta", ""), ("Other provider", "")]),
        },
        guide: guide(),
        read: Some(read()),
        metadata: metadata(),
        attributes: AttributesForm {
            display_name: "displayName\nname".to_owned(),
            offered: Offered {
                provider: "Okta",
                subjects: vec!["userId"],
                wants_signed_requests: true,
                ..Offered::default()
            },
            ..AttributesForm::default()
        },
        people: PeopleForm {
            jit: true,
            group_rules: "engineering = Engineering".to_owned(),
            ..PeopleForm::default()
        },
        attempts: vec![AttemptLine {
            at: when(),
            purpose: "Test",
            outcome: pill(Tone::Bad, "Refused"),
            cause: "The assertion is for another application than this one.".to_owned(),
            cure: "Paste the entity ID again.".to_owned(),
            reference: "019ad3c2".to_owned(),
            href: if is_contact {
                ""
            } else {
                "/admin/sso/log/att_1"
            }
            .to_owned(),
        }],
        invitations: Some(vec![InvitationRow {
            id: "lnk_1".to_owned(),
            by: "Alex Kim".to_owned(),
            created: when(),
            until: when(),
            state: pill(Tone::Plain, "Not opened yet"),
        }]),
    }
}

fn guide() -> Guide {
    let line = || vec!["Press <strong>Next</strong>.".to_owned()];
    let row = |name, value: &str| OurRow {
        label: format!("<strong>{name}</strong>"),
        name,
        at: "<strong>Configure SAML</strong>".to_owned(),
        value: value.to_owned(),
        note: "A note.".to_owned(),
    };
    Guide {
        console: "Okta Admin Console",
        steps: line(),
        ours: vec![row(
            "Single sign-on URL",
            "https://portal.acme.example/sso/saml/okta/acs",
        )],
        more: vec![row("Signature Certificate", CERTIFICATE)],
        metadata_url: "https://portal.acme.example/sso/saml/okta/metadata".to_owned(),
        login_url: "https://portal.acme.example/sso/saml/okta/login".to_owned(),
        name_id: line(),
        claims: vec![ClaimRow {
            purpose: "Groups",
            name: "groups",
            choose: "A filter".to_owned(),
        }],
        signatures: line(),
        assignment: line(),
        test: line(),
        quirks: line(),
        rotation: line(),
    }
}

fn read() -> Read {
    Read {
        entity_id: "http://www.okta.com/exk1".to_owned(),
        sso_url: "https://acme.okta.com/app/sso".to_owned(),
        sso_binding: "by redirect",
        slo_url: String::new(),
        wants_signed_requests: true,
        certificates: vec![CertificateRow {
            fingerprint: "AB:CD".to_owned(),
            sha256: "abcd".to_owned(),
            until: when(),
            state: pill(Tone::Ok, "Good"),
        }],
        url: "https://acme.okta.com/metadata".to_owned(),
    }
}

fn metadata() -> MetadataForm {
    MetadataForm {
        sources: vec![
            choice("url", "Metadata URL", "Read again and again.", true),
            choice("document", "Metadata document", "A file.", false),
            choice("values", "Single values", "By hand.", false),
        ],
        sso_bindings: entries(&[("HTTP-Redirect", ""), ("HTTP-POST", "")]),
        kept: vec!["abcd".to_owned()],
        places: Places {
            url: "There: “Metadata URL”.".to_owned(),
            ..Places::default()
        },
        ..MetadataForm::default()
    }
}

fn log() -> Vec<(&'static str, String)> {
    let list = |rows, is_filtered| SignInLogPage {
        shell: console("Sign-in log", Nav::Connections),
        tabs: tabs("Sign-in log"),
        connections: entries(&[("Okta", "")]),
        outcomes: entries(&[("Refused", ""), ("Accepted", "")]),
        reference: String::new(),
        is_filtered,
        rows,
        pager: pager(),
    };
    let row = AttemptRow {
        id: "att_1".to_owned(),
        at: when(),
        connection: "Okta".to_owned(),
        purpose: "Portal",
        outcome: pill(Tone::Bad, "Refused"),
        about: "The assertion is for another application than this one.".to_owned(),
        reference: "019ad3c27f3a7c119d205b1f0f6f9a01".to_owned(),
    };
    let attempt = |cause, redacted: &str| AttemptPage {
        shell: console("Sign-in attempt", Nav::Connections),
        heading: "A sign-in was refused".to_owned(),
        outcome: pill(Tone::Bad, "Refused"),
        at: when(),
        connection: Link::new("/admin/sso/idp_1", "Okta"),
        purpose: "Portal",
        who: Some(Link::new("/admin/users/usr_1", "Dana Okafor")),
        name_id: "dana".to_owned(),
        cause,
        checks: vec![CheckLine {
            name: "Meant for this portal".to_owned(),
            state: pill(Tone::Bad, "Failed"),
        }],
        certificate: "1 of 1, ends 14 Apr 2026".to_owned(),
        clock: "The provider's clock is 2 min ahead of ours".to_owned(),
        clock_is_off: true,
        reference: "019ad3c2".to_owned(),
        ip: "192.0.2.7".to_owned(),
        redacted: redacted.to_owned(),
    };
    let cause = CauseText {
        code: "audience_mismatch".to_owned(),
        meaning: "The assertion is for another application than this one.".to_owned(),
        cure: "Paste the entity ID again.".to_owned(),
        expected: "https://portal.acme.example/sso/saml/okta/metadata".to_owned(),
        found: "<script>https://elsewhere.example</script>".to_owned(),
    };
    vec![
        ("sign-in-log", html(&list(vec![row], false))),
        ("sign-in-log-empty", html(&list(vec![], false))),
        ("sign-in-log-no-match", html(&list(vec![], true))),
        (
            "sign-in-refused",
            html(&attempt(Some(cause), "<samlp:Response>\n</samlp:Response>")),
        ),
        ("sign-in-unreadable", html(&attempt(None, ""))),
    ]
}

fn setup_links() -> Vec<(&'static str, String)> {
    let invitation = InvitationPage {
        shell: console("Send this link now", Nav::Connections),
        id: "idp_1".to_owned(),
        connection: "Okta".to_owned(),
        link: "https://portal.acme.example/setup-link?code=x".to_owned(),
        until: when(),
    };
    let link = SetupLinkPage {
        shell: shell("Set up single sign-on", Nav::None),
        code: "x".to_owned(),
        is_signed_in: true,
    };
    let login = AdminLoginPage {
        shell: shell("Administrator sign-in", Nav::None),
        email: String::new(),
        connections: vec![Link::new("/sso/saml/okta/login?to=console", "Okta")],
        next: "/admin".to_owned(),
        is_first_run: false,
        errors: Errors::default(),
    };
    vec![
        ("invitation", html(&invitation)),
        ("setup-link", html(&link)),
        ("admin-login-sso", html(&login)),
    ]
}
