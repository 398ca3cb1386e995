//! The guides say what the program knows: the provider pages and the table of causes are made of its data.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests end when something is wrong"
)]

use std::{collections::BTreeSet, fs, path::PathBuf};

use jit_domain::{
    connections::{AttributeMapping, Provider},
    error::Rejection,
    values::Name,
};
use jit_idp::{
    causes::{Cause, cause, cause_at, causes, table},
    profiles::{Carried, Claim, OurValue, PROFILES, guide, profile},
    saml::Reason,
};

const BEGIN: &str = "<!-- Made of causes.rs in jit-idp. Change that, and run: UPDATE_GUIDES=1 cargo test -p jit-idp --test guides -->\n";
const END: &str = "<!-- End of what is made. -->\n";

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides")).join(name)
}

/// Compares a file with what it should be, or writes it anew when it was asked to.
fn require_current(name: &str, made: &str) {
    if std::env::var_os("UPDATE_GUIDES").is_some() {
        fs::write(path(name), made).unwrap();
    }
    let committed = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        committed == made,
        "docs/guides/{name} is old; renew it with `UPDATE_GUIDES=1 cargo test -p jit-idp --test guides`"
    );
}

/// The page on single sign-on before the table, the table, and what follows.
fn sso() -> (String, String, String) {
    let page = fs::read_to_string(path("sso.md")).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("sso.md has the first mark");
    let (table, after) = rest.split_once(END).expect("sso.md has the last mark");
    (before.to_owned(), table.to_owned(), after.to_owned())
}

/// What a sign-in can be refused for after its response was verified.
fn sign_in_rejections() -> Vec<Rejection> {
    vec![
        Rejection::NotFound {
            what: "identity provider",
        },
        Rejection::SettingsNotConfigured,
        Rejection::ConnectionInactive,
        Rejection::LoginUnknown,
        Rejection::UnsolicitedForbidden,
        Rejection::AssertionReplayed,
        Rejection::OtherBrowser,
        Rejection::OtherSignedIn,
        Rejection::SubjectMissing {
            attribute: "userId".to_owned(),
        },
        Rejection::SubjectTooLong { limit: 1024 },
        Rejection::OtherProvider {
            name: Name::restore("Acme".to_owned()),
        },
        Rejection::JitDisabled,
        Rejection::Suspended,
        Rejection::NoConsoleRole,
        Rejection::EmailMissing,
    ]
}

/// What the page that takes responses calls a form that is none.
const FORM: &str = "form_malformed";

#[test]
fn each_provider_has_a_guide_and_it_is_made_of_its_profile() {
    for profile in PROFILES {
        require_current(&format!("idp-{}.md", profile.slug), &guide(profile));
    }
}

#[test]
fn the_page_on_single_sign_on_has_the_table_of_causes_and_a_link_to_each_guide() {
    let (before, _, after) = sso();
    require_current(
        "sso.md",
        &format!("{before}{BEGIN}\n{}\n{END}{after}", table()),
    );
    for profile in PROFILES {
        let link = format!("(idp-{}.md)", profile.slug);
        assert!(before.contains(&link), "no link {link}");
    }
}

#[test]
fn every_reason_of_the_verifier_has_a_cause() {
    for code in Reason::ALL.iter().map(|reason| reason.code()) {
        assert!(cause(code).is_some(), "{code} has no cause");
    }
}

#[test]
fn the_table_has_a_row_for_each_cause() {
    let table = table();
    for Cause { code, .. } in causes() {
        assert!(table.contains(&format!("| `{code}` |")), "{code}");
    }
}

#[test]
fn every_rejection_of_a_sign_in_has_a_cause() {
    for rejection in sign_in_rejections() {
        assert!(cause(rejection.code()).is_some(), "{}", rejection.code());
    }
}

#[test]
fn no_cause_is_without_a_code_that_occurs_and_none_stands_twice() {
    let rejections = sign_in_rejections();
    let occurs: BTreeSet<&str> = Reason::ALL
        .iter()
        .map(|reason| reason.code())
        .chain(rejections.iter().map(Rejection::code))
        .chain([FORM])
        .collect();
    let mut seen = BTreeSet::new();
    for cause in causes() {
        assert!(occurs.contains(cause.code), "{} never occurs", cause.code);
        assert!(seen.insert(cause.code), "{} stands twice", cause.code);
    }
    assert_eq!(cause("no such code"), None);
}

#[test]
fn meaning_and_cure_are_plain_sentences_that_fit_into_a_table() {
    for profile in PROFILES {
        for code in causes().map(|cause| cause.code) {
            let cause = cause_at(code, profile).unwrap();
            for text in [cause.meaning, &cause.cure] {
                assert!(
                    text.starts_with(|first: char| first.is_uppercase()),
                    "{text}"
                );
                assert!(text.ends_with('.') && !text.contains(". "), "{text}");
                assert!(!text.contains(['|', '*', '`', '\n', '<']), "{text}");
            }
        }
    }
}

#[test]
fn the_cure_for_sha1_names_the_setting_of_the_provider() {
    let cure = |provider| cause_at("sha1_refused", profile(provider)).unwrap().cure;
    for (provider, setting) in [
        (Provider::Okta, "“Signature Algorithm”"),
        (Provider::EntraId, "“Signing Algorithm”"),
        (Provider::OneLogin, "“SAML Signature Algorithm”"),
    ] {
        let cure = cure(provider);
        assert!(cure.contains(setting) && cure.contains("SHA"), "{cure}");
    }
    let general = cause("sha1_refused").unwrap().cure;
    assert_eq!(cure(Provider::GoogleWorkspace), general, "it has no choice");
}

#[test]
fn the_cure_for_a_wrong_address_names_every_field_that_takes_it() {
    let cause = cause_at("recipient_mismatch", profile(Provider::OneLogin)).unwrap();
    let fields = "“Recipient” and “ACS (Consumer) URL”";
    assert!(cause.cure.contains(fields), "{}", cause.cure);
}

#[test]
fn a_profile_reads_the_attributes_that_its_guide_asks_for() {
    for profile in PROFILES {
        let mapping = profile.attribute_mapping();
        for (carries, names) in [
            (Carried::DisplayName, &mapping.display_name),
            (Carried::Email, &mapping.email),
            (Carried::Groups, &mapping.groups),
        ] {
            let claims = profile.claims.iter();
            let asked_for = claims.filter(|claim| claim.carries == carries);
            let asked_for: Vec<_> = asked_for.map(|claim| claim.name).collect();
            let asked_for = asked_for.join(AttributeMapping::JOIN);
            assert_eq!(names.first(), Some(&asked_for), "{}", profile.name);
        }
        let subject = profile.subject;
        let sent = |claim: &Claim| Some(claim.name) == subject;
        assert!(subject.is_none() || profile.claims.iter().any(sent));
    }
}

#[test]
fn any_other_provider_starts_with_the_names_that_connections_have_by_default() {
    let mapping = profile(Provider::Other).attribute_mapping();
    assert_eq!(mapping, AttributeMapping::default());
}

#[test]
fn each_profile_is_found_by_its_provider_and_takes_what_a_login_needs() {
    for known in PROFILES {
        assert_eq!(profile(known.provider).slug, known.slug);
        for value in [OurValue::AcsUrl, OurValue::EntityId] {
            assert!(known.fields_for(value).next().is_some(), "{}", known.name);
        }
    }
    let has_none = PROFILES
        .iter()
        .filter(|profile| !profile.has_metadata_url());
    let names: Vec<_> = has_none.map(|profile| profile.name).collect();
    assert_eq!(names, ["Google Workspace"]);
}
