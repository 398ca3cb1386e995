//! The words of the console for the values of the domain.

use jit_domain::{
    access::{Grant, RequestStatus},
    catalogue::{Policy, Publication, QuotaPeriod, RatePeriod},
    clients::{ClientState, Credential},
    people::{HoldSource, MembershipSource},
    settings::AuthMethod,
    values::Timestamp,
    views::MOST_COUNTED,
};

use crate::pages::view::{Pill, Tone};

pub const NO_POLICY: &str = "No policy – unlimited";

pub fn method(method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::AuthToken => "Auth token",
        AuthMethod::Oauth2 => "OAuth 2.0 client credentials",
        AuthMethod::Jwt => "JWT",
        AuthMethod::Oidc => "OpenID Connect",
        AuthMethod::Introspection => "Token introspection",
    }
}

pub fn about_method(method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::AuthToken => {
            "One secret, sent in the header api-token or as Bearer. Simple; rotate it regularly."
        }
        AuthMethod::Oauth2 => "The client swaps an id and a secret for short-lived access tokens.",
        AuthMethod::Jwt => {
            "The client signs its own tokens with a key whose public half it uploads."
        }
        AuthMethod::Oidc => "Tokens of your own issuer, checked by its keys.",
        AuthMethod::Introspection => "Tokens of your own issuer, checked by asking it.",
    }
}

/// Thousands apart, as people read them.
/// A number of access requests as a store counts them: "12", or "1,000+" if there are more.
/// Templates pass references.
pub fn counted(requests: &u64) -> String {
    if *requests > MOST_COUNTED {
        format!("{}+", number(MOST_COUNTED))
    } else {
        number(*requests)
    }
}

pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub fn rate(policy: &Policy) -> Option<String> {
    let rate = policy.rate?;
    Some(format!(
        "{} a {}",
        number(rate.count.into()),
        rate_period(rate.per)
    ))
}

pub fn quota(policy: &Policy) -> Option<String> {
    let quota = policy.quota?;
    Some(format!(
        "{} a {}",
        number(quota.count),
        quota_period(quota.per)
    ))
}

pub fn ip_rules(policy: &Policy) -> String {
    let rules = &policy.ip_rules;
    let part = |list: &[_], word| (!list.is_empty()).then(|| format!("{} {word}", list.len()));
    let parts = [part(&rules.allow, "allowed"), part(&rules.deny, "refused")];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "None".to_owned()
    } else {
        parts.join(", ")
    }
}

/// "Standard – 60 calls a minute, 50,000 a month".
pub fn policy(policy: &Policy) -> String {
    let rate = rate(policy).map(|rate| rate.replacen(" a ", " calls a ", 1));
    let limits: Vec<_> = rate.into_iter().chain(quota(policy)).collect();
    if limits.is_empty() {
        format!("{} – no limit", policy.name)
    } else {
        format!("{} – {}", policy.name, limits.join(", "))
    }
}

pub const RATE_PERIODS: [RatePeriod; 3] =
    [RatePeriod::Second, RatePeriod::Minute, RatePeriod::Hour];

pub fn rate_period(period: RatePeriod) -> &'static str {
    match period {
        RatePeriod::Second => "second",
        RatePeriod::Minute => "minute",
        RatePeriod::Hour => "hour",
    }
}

pub const QUOTA_PERIODS: [QuotaPeriod; 4] = [
    QuotaPeriod::Hour,
    QuotaPeriod::Day,
    QuotaPeriod::Week,
    QuotaPeriod::Month,
];

pub fn quota_period(period: QuotaPeriod) -> &'static str {
    match period {
        QuotaPeriod::Hour => "hour",
        QuotaPeriod::Day => "day",
        QuotaPeriod::Week => "week",
        QuotaPeriod::Month => "month",
    }
}

pub fn request(status: RequestStatus) -> Pill {
    match status {
        RequestStatus::Pending => Pill::new(Tone::Warn, "Pending"),
        RequestStatus::Approved => Pill::new(Tone::Ok, "Approved"),
        RequestStatus::Rejected => Pill::new(Tone::Bad, "Rejected"),
        RequestStatus::Withdrawn => Pill::new(Tone::Plain, "Withdrawn"),
        RequestStatus::Cancelled => Pill::new(Tone::Plain, "Cancelled"),
    }
}

pub fn grant(grant: &Grant, now: Timestamp) -> Pill {
    if grant.is_live(now) {
        Pill::new(Tone::Ok, "Live")
    } else if grant.revocation.is_some() {
        Pill::new(Tone::Bad, "Revoked")
    } else {
        Pill::new(Tone::Plain, "Ended")
    }
}

pub fn client(state: ClientState) -> Pill {
    match state {
        ClientState::Active => Pill::new(Tone::Ok, "Active"),
        ClientState::AwaitingKey => Pill::new(Tone::Warn, "Awaiting key"),
        ClientState::Disabled => Pill::new(Tone::Bad, "Disabled"),
    }
}

pub fn credential(credential: &Credential, now: Timestamp) -> Pill {
    if credential.revoked_at.is_some() {
        Pill::new(Tone::Bad, "Revoked")
    } else if credential.is_usable(now) {
        Pill::new(Tone::Ok, "Active")
    } else {
        Pill::new(Tone::Plain, "Expired")
    }
}

pub fn publication(publication: Publication) -> Pill {
    match publication {
        Publication::Draft => Pill::new(Tone::Plain, "Draft"),
        Publication::Published => Pill::new(Tone::Ok, "Published"),
        Publication::Deleted => Pill::new(Tone::Bad, "Deleted"),
    }
}

pub fn hold(source: HoldSource) -> &'static str {
    match source {
        HoldSource::Admin => "An administrator",
        HoldSource::ScimInactive => "The identity provider (SCIM: inactive)",
        HoldSource::IdpSuspended => "The identity provider (suspended)",
        HoldSource::IdpDeactivated => "The identity provider (deactivated)",
        HoldSource::AppUnassigned => "The identity provider (this application was taken away)",
        HoldSource::Risk => "A risk signal",
    }
}

pub fn membership(source: MembershipSource) -> &'static str {
    match source {
        MembershipSource::Idp => "from the identity provider",
        MembershipSource::Scim => "by SCIM",
        MembershipSource::Jit => "by the JIT user settings",
        MembershipSource::Manual => "by an administrator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        assert_eq!(
            [0, 999, 1000, 50_000, 1_234_567].map(number),
            ["0", "999", "1,000", "50,000", "1,234,567"]
        );
    }
}
