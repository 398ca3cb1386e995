use super::{console, entries, html, mistakes, pager, pill, when};
use portal::pages::{
    Nav,
    admin::{
        audit::{AuditDay, AuditEntry, AuditFilter, AuditPage},
        collections::{CollectionEditorPage, CollectionFields, CollectionRow, CollectionsPage},
        groups::{GroupPage, GroupRow, GroupsPage},
        policies::{PoliciesPage, PolicyFields, PolicyPage, PolicyRow},
    },
    portal::discover::OperationLine,
    view::{Errors, Tone},
};

pub(crate) fn all() -> Vec<(&'static str, String)> {
    let row = CollectionRow {
        id: "col_1".to_owned(),
        name: "Orders".to_owned(),
        slug: "orders".to_owned(),
        api_version: "v2".to_owned(),
        state: pill(Tone::Ok, "Published"),
        audience: "Everyone".to_owned(),
        operations: 18,
        pending: 2,
        updated: when(),
    };
    let collections = CollectionsPage {
        shell: console("API collections", Nav::Collections),
        notice: None,
        q: String::new(),
        rows: vec![row],
    };
    let editor = |id: &str, is_published| CollectionEditorPage {
        shell: console("Orders", Nav::Collections),
        notice: None,
        errors: mistakes(&[("name", "Enter a name"), ("audience", "Choose a group")]),
        id: id.to_owned(),
        version: 1,
        fields: CollectionFields {
            name: "Orders".to_owned(),
            ..CollectionFields::default()
        },
        groups: entries(&[("Engineering", "84 members")]),
        state: pill(Tone::Plain, "Draft"),
        is_published,
        pending: 2,
        access: "1 client".to_owned(),
        operations: vec![OperationLine {
            method: "GET".to_owned(),
            path: "/orders".to_owned(),
            summary: "List orders".to_owned(),
        }],
        document: "{}".to_owned(),
    };
    let policies = PoliciesPage {
        shell: console("Policies", Nav::Policies),
        notice: None,
        rows: vec![PolicyRow {
            id: "pol_1".to_owned(),
            name: "Standard".to_owned(),
            rate: "60 a minute".to_owned(),
            quota: "50,000 a month".to_owned(),
            ip_rules: "None".to_owned(),
            clients: 148,
        }],
    };
    let policy = PolicyPage {
        shell: console("Standard", Nav::Policies),
        notice: None,
        errors: mistakes(&[("rate_count", "Enter a number")]),
        id: "pol_1".to_owned(),
        version: 1,
        fields: PolicyFields {
            name: "Standard".to_owned(),
            ..PolicyFields::default()
        },
        rate_periods: entries(&[("second", ""), ("minute", "")]),
        quota_periods: entries(&[("day", ""), ("month", "")]),
        used_by: vec!["JIT user settings".to_owned()],
    };
    let groups = GroupsPage {
        shell: console("Groups", Nav::Groups),
        notice: None,
        rows: vec![GroupRow {
            id: "grp_1".to_owned(),
            name: "Engineering".to_owned(),
            description: "Builders".to_owned(),
            members: 84,
            collections: 3,
        }],
    };
    let group = GroupPage {
        shell: console("Engineering", Nav::Groups),
        notice: None,
        errors: Errors::default(),
        id: "grp_1".to_owned(),
        version: 1,
        name: "Engineering".to_owned(),
        description: String::new(),
        members: 84,
        used_by: vec![],
    };
    let audit = AuditPage {
        shell: console("Audit log", Nav::Audit),
        filter: AuditFilter::default(),
        days: vec![AuditDay {
            day: "14 Apr 2026".to_owned(),
            entries: vec![AuditEntry {
                at: when(),
                actor: "Alex Kim".to_owned(),
                action: "jit_settings.saved".to_owned(),
                sentence: "saved the JIT user settings".to_owned(),
                ip: "10.0.0.1".to_owned(),
                request_id: "019ad3c2".to_owned(),
                versions: "3 → 4".to_owned(),
                ..AuditEntry::default()
            }],
        }],
        pager: pager(),
        actions: &["jit_settings.saved"],
        export: "/admin/audit.csv".to_owned(),
    };
    vec![
        ("collections", html(&collections)),
        ("collection-new", html(&editor("", false))),
        ("collection-draft", html(&editor("col_1", false))),
        ("collection-published", html(&editor("col_1", true))),
        ("policies", html(&policies)),
        ("policy", html(&policy)),
        ("groups", html(&groups)),
        ("group", html(&group)),
        ("audit", html(&audit)),
    ]
}
