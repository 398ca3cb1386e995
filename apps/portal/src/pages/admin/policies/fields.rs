use jit_domain::{
    catalogue::{Policy, Quota, RateLimit},
    clients::IpNetwork,
    error::InvalidField,
    portal::PolicyDraft,
};
use std::str::FromStr;

use super::PolicyFields;
use crate::pages::{
    admin::{
        form::{FieldNames, Fields, push},
        words,
    },
    view::{Entry, Errors},
};

pub(super) const NAMES: &FieldNames = &[
    ("name", "name", "Name"),
    ("rate", "rate_count", "Rate limit"),
    ("rate_per", "rate_per", "Rate limit"),
    ("quota", "quota_count", "Usage quota"),
    ("quota_per", "quota_per", "Usage quota"),
    ("allow", "allow", "Allowed addresses"),
    ("deny", "deny", "Refused addresses"),
];

/// What the form asks for, as far as it can be read.
pub(super) fn draft(fields: &Fields) -> Result<PolicyDraft, Errors> {
    let mut errors = Errors::default();
    let rate = limit(fields, ("rate", "rate_count"), &mut errors);
    let rate_per = period(
        fields,
        ("rate_per", "rate_count"),
        &words::RATE_PERIODS.map(|period| (period, words::rate_period(period))),
        &mut errors,
    );
    let quota = limit(fields, ("quota", "quota_count"), &mut errors);
    let quota_per = period(
        fields,
        ("quota_per", "quota_count"),
        &words::QUOTA_PERIODS.map(|period| (period, words::quota_period(period))),
        &mut errors,
    );
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(PolicyDraft {
        name: fields.text("name").to_owned(),
        rate: rate
            .zip(rate_per)
            .map(|(count, per)| RateLimit { count, per }),
        quota: quota
            .zip(quota_per)
            .map(|(count, per)| Quota { count, per }),
        allow: fields.lines("allow"),
        deny: fields.lines("deny"),
    })
}

/// No number is no limit.
fn limit<N: FromStr>(
    fields: &Fields,
    (name, control): (&'static str, &str),
    errors: &mut Errors,
) -> Option<N> {
    let text = fields.some(control)?;
    let number = text.replace(',', "").parse().ok();
    if number.is_none() {
        push(
            errors,
            NAMES,
            &InvalidField::new(name, "a whole number of calls", text),
        );
    }
    number
}

/// A limit without its period is none.
fn period<P: Copy>(
    fields: &Fields,
    (name, count): (&'static str, &str),
    all: &[(P, &str)],
    errors: &mut Errors,
) -> Option<P> {
    let text = fields.text(name);
    let found = all.iter().find(|(_, word)| *word == text);
    if found.is_none() && fields.some(count).is_some() {
        push(
            errors,
            NAMES,
            &InvalidField::new(name, "a period of the list", text),
        );
    }
    found.map(|(period, _)| *period)
}

pub(super) fn rate_periods(chosen: &str) -> Vec<Entry> {
    entries(&words::RATE_PERIODS.map(words::rate_period), chosen)
}

pub(super) fn quota_periods(chosen: &str) -> Vec<Entry> {
    entries(&words::QUOTA_PERIODS.map(words::quota_period), chosen)
}

fn entries(words: &[&str], chosen: &str) -> Vec<Entry> {
    let entry = |word: &&str| Entry {
        value: (*word).to_owned(),
        label: (*word).to_owned(),
        meta: String::new(),
        chosen: *word == chosen,
    };
    words.iter().map(entry).collect()
}

impl PolicyFields {
    pub(super) fn typed(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            name: text("name"),
            rate_count: text("rate_count"),
            quota_count: text("quota_count"),
            allow: text("allow"),
            deny: text("deny"),
        }
    }

    pub(super) fn stored(policy: &Policy) -> Self {
        let lines = |networks: &[IpNetwork]| {
            let lines: Vec<_> = networks.iter().map(ToString::to_string).collect();
            lines.join("\n")
        };
        Self {
            name: policy.name.to_string(),
            rate_count: policy
                .rate
                .map_or_else(String::new, |it| it.count.to_string()),
            quota_count: policy
                .quota
                .map_or_else(String::new, |it| it.count.to_string()),
            allow: lines(&policy.ip_rules.allow),
            deny: lines(&policy.ip_rules.deny),
        }
    }
}
