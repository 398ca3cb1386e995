//! The attack corpus: what has broken verifiers, made anew for each run and never pasted.
//!
//! Every attack has a name and the one reason for which it must be refused. Where an earlier check would hide
//! the interesting one, a variant gets past it.

mod addressees;
mod ciphers;
mod content;
mod encryption;
mod keys;
mod logins;
mod namespaces;
mod references;
mod signatures;
mod wrapping;
mod xml;

use std::collections::BTreeSet;

use jit_idp::saml::{Signed, decode_form_field, verify};
use jit_testkit::idp::{ResponseBuilder, Sign};

use crate::world::{expecting, response};

/// A message and why it must be refused.
struct Attack {
    name: String,
    reason: &'static str,
    field: String,
}

/// A message that a provider has signed, for this reason not a good one.
fn signed(
    name: impl Into<String>,
    reason: &'static str,
    response: &ResponseBuilder<'_>,
    sign: Sign,
) -> Attack {
    Attack {
        name: name.into(),
        reason,
        field: response.sign(sign),
    }
}

/// An honest message that was changed on its way.
fn changed(
    name: impl Into<String>,
    reason: &'static str,
    sign: Sign,
    change: impl Fn(String) -> String + Send + Sync,
) -> Attack {
    signed(name, reason, &response().edit_signed(change), sign)
}

/// The same by replacing the first occurrence of a text, which must be there.
fn replaced(
    name: impl Into<String>,
    reason: &'static str,
    sign: Sign,
    from: &str,
    to: &str,
) -> Attack {
    changed(name, reason, sign, move |xml| {
        assert!(xml.contains(from), "{from}");
        xml.replacen(from, to, 1)
    })
}

fn corpus() -> Vec<Attack> {
    [
        wrapping::attacks(),
        references::attacks(),
        signatures::attacks(),
        keys::attacks(),
        xml::attacks(),
        namespaces::attacks(),
        content::attacks(),
        addressees::attacks(),
        logins::attacks(),
        encryption::attacks(),
        ciphers::attacks(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_attack_is_refused_for_its_own_reason() {
    let attacks = corpus();
    let mut names = BTreeSet::new();
    let again = attacks.iter().find(|attack| !names.insert(&attack.name));
    assert!(
        again.is_none(),
        "twice: {:?}",
        again.map(|attack| &attack.name)
    );
    let mut wrong = Vec::new();
    for attack in &attacks {
        let verified = |signed| {
            let xml = decode_form_field(&attack.field)?;
            expecting(signed, |expected| verify(&xml, expected))
        };
        match verified(Signed::Either) {
            Ok(assertion) => wrong.push(format!("{}: accepted {}", attack.name, assertion.name_id)),
            Err(refusal) if refusal.code() != attack.reason => {
                wrong.push(format!(
                    "{}: wanted {}, got {refusal}",
                    attack.name, attack.reason
                ));
            }
            Err(_) => {}
        }
        if verified(Signed::Assertion).is_ok() {
            wrong.push(format!("{}: accepted as a signed assertion", attack.name));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        attacks.len(),
        wrong.join("\n")
    );
}
