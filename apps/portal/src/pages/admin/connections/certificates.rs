//! When the certificates of a provider end, and whether its metadata can still be read.

use jit_domain::{
    connections::{IdpConnection, MetadataSource, SigningCertificate},
    portal::Ending,
    values::Timestamp,
};

use super::super::list::count;
use crate::pages::view::{Notice, Pill, Tone, When};

#[derive(Clone, Debug, Default)]
pub struct CertificateRow {
    /// SHA-256, in groups of two digits.
    pub fingerprint: String,
    /// The same as programs write it, to name the certificate in forms.
    pub sha256: String,
    pub until: When,
    pub state: Pill,
}

/// From so many days before the end on it is urgent.
const URGENT: u16 = 7;

impl CertificateRow {
    pub fn new(certificate: &SigningCertificate, now: Timestamp) -> Self {
        let days = (certificate.not_after - now).num_days();
        Self {
            fingerprint: fingerprint(&certificate.sha256),
            sha256: certificate.sha256.clone(),
            until: When::from(certificate.not_after),
            state: match days {
                _ if certificate.not_after <= now => Pill::new(Tone::Bad, "Ended"),
                0..=30 => Pill::new(
                    Tone::Warn,
                    format!("Ends in {}", whole(days.unsigned_abs())),
                ),
                _ => Pill::new(Tone::Ok, "Good"),
            },
        }
    }
}

/// `ab12` as `AB:12`, as consoles of providers show it.
fn fingerprint(sha256: &str) -> String {
    let digits: Vec<char> = sha256.to_uppercase().chars().collect();
    let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    pairs.join(":")
}

fn whole(days: u64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        days => count(days, "day", "days"),
    }
}

/// What to tell about a connection, most urgent first: an end of its certificate, a failed refresh.
pub fn warnings(connection: &IdpConnection, now: Timestamp) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(ending) = connection.ending(now) {
        notices.push(notice(&ending, connection, now));
    }
    if let MetadataSource::Url {
        problem: Some(problem),
        ..
    } = &connection.metadata
    {
        let since = When::from(problem.since);
        notices.push(Notice {
            tone: Tone::Warn,
            title: format!("The metadata of {} cannot be read.", connection.name),
            text: format!(
                "Since {}: {}. What was read before stays in use.",
                since.text, problem.cause
            ),
            link: None,
        });
    }
    notices
}

fn notice(ending: &Ending<'_>, connection: &IdpConnection, now: Timestamp) -> Notice {
    let (name, end) = (&connection.name, ending.certificate.not_after);
    let title = if end <= now {
        let day = When::from(end);
        format!("The certificate of {name} ended on {}.", day.day())
    } else {
        let days = whole(ending.days.into());
        format!("The certificate of {name} ends in {days}.")
    };
    let advice = match connection.metadata {
        MetadataSource::Url { .. } => {
            "The next one arrives by itself from the metadata URL, as soon as the provider names it there."
        }
        MetadataSource::Given => {
            "When the provider changes its certificate, sign-ins stop until the new one is here: add it beside the old one before."
        }
    };
    Notice {
        tone: urgency(ending, now),
        title,
        text: advice.to_owned(),
        link: None,
    }
}

fn urgency(ending: &Ending<'_>, now: Timestamp) -> Tone {
    if ending.days <= URGENT || ending.certificate.not_after <= now {
        Tone::Bad
    } else {
        Tone::Warn
    }
}

/// The same in two words, for lists.
pub fn pill(connection: &IdpConnection, now: Timestamp) -> Option<Pill> {
    if let Some(ending) = connection.ending(now) {
        let text = if ending.certificate.not_after <= now {
            "Ended".to_owned()
        } else {
            format!("Ends in {}", whole(ending.days.into()))
        };
        return Some(Pill::new(urgency(&ending, now), text));
    }
    match &connection.metadata {
        MetadataSource::Url {
            problem: Some(_), ..
        } => Some(Pill::new(Tone::Warn, "Metadata not read")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_reads_as_in_other_consoles() {
        assert_eq!(fingerprint("ab12ff"), "AB:12:FF");
    }
}
