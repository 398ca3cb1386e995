//! The words of the portal for the values of the domain.

use jit_domain::{
    access::RequestStatus,
    catalogue::{Policy, QuotaPeriod, RatePeriod},
    clients::{ClientState, Credential},
    settings::AuthMethod,
    values::Timestamp,
};

use crate::pages::view::{Pill, Tone};

pub(super) fn method(method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::AuthToken => "Auth token",
        AuthMethod::Oauth2 => "OAuth 2.0 client credentials",
        AuthMethod::Jwt => "JWT",
        AuthMethod::Oidc => "OpenID Connect",
        AuthMethod::Introspection => "Token introspection",
    }
}

/// "60 calls a minute, 50,000 calls a month"
pub(super) fn limits(policy: Option<&Policy>) -> String {
    let rate = policy.and_then(|policy| policy.rate).map(|rate| {
        let per = match rate.per {
            RatePeriod::Second => "second",
            RatePeriod::Minute => "minute",
            RatePeriod::Hour => "hour",
        };
        calls(rate.count.into(), per)
    });
    let quota = policy.and_then(|policy| policy.quota).map(|quota| {
        let per = match quota.per {
            QuotaPeriod::Hour => "hour",
            QuotaPeriod::Day => "day",
            QuotaPeriod::Week => "week",
            QuotaPeriod::Month => "month",
        };
        calls(quota.count, per)
    });
    let all: Vec<_> = rate.into_iter().chain(quota).collect();
    if all.is_empty() {
        "No limits".to_owned()
    } else {
        all.join(", ")
    }
}

/// "Standard – 60 calls a minute"
pub(super) fn policy(policy: Option<&Policy>) -> String {
    match policy {
        Some(named) => format!("{} – {}", named.name, limits(policy).to_lowercase()),
        None => limits(None),
    }
}

fn calls(count: u64, per: &str) -> String {
    let word = if count == 1 { "call" } else { "calls" };
    format!(
        "{} {word} {} {per}",
        number(count),
        if per == "hour" { "an" } else { "a" }
    )
}

/// Thousands apart, as people read them.
pub(super) fn number(number: u64) -> String {
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

pub(super) fn request(status: RequestStatus) -> Pill {
    match status {
        RequestStatus::Pending => Pill::new(Tone::Warn, "Pending"),
        RequestStatus::Approved => Pill::new(Tone::Ok, "Approved"),
        RequestStatus::Rejected => Pill::new(Tone::Bad, "Rejected"),
        RequestStatus::Withdrawn => Pill::new(Tone::Plain, "Withdrawn"),
        RequestStatus::Cancelled => Pill::new(Tone::Plain, "Cancelled"),
    }
}

pub(super) fn client(state: ClientState) -> Pill {
    match state {
        ClientState::Active => Pill::new(Tone::Ok, "Active"),
        ClientState::AwaitingKey => Pill::new(Tone::Warn, "Awaiting key"),
        ClientState::Disabled => Pill::new(Tone::Bad, "Disabled"),
    }
}

pub(super) fn credential(credential: &Credential, now: Timestamp) -> Pill {
    match (credential.revoked_at, credential.is_usable(now)) {
        (Some(_), _) => Pill::new(Tone::Bad, "Revoked"),
        (None, true) => Pill::new(Tone::Ok, "Active"),
        (None, false) => Pill::new(Tone::Plain, "Expired"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_a_sentence() {
        assert_eq!(calls(50_000, "month"), "50,000 calls a month");
        assert_eq!(calls(1, "hour"), "1 call an hour");
        assert_eq!(limits(None), "No limits");
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(number),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
