//! Attempts to sign in, in words.

use jit_domain::{sessions::LoginPurpose, sign_in_log::AttemptOutcome};
use jit_idp::causes::cause;

use crate::pages::{
    failure,
    view::{Pill, Tone},
};

pub fn outcome(outcome: &AttemptOutcome) -> Pill {
    match outcome {
        AttemptOutcome::EndUser { .. } | AttemptOutcome::Administrator { .. } => {
            Pill::new(Tone::Ok, "Signed in")
        }
        AttemptOutcome::Tested => Pill::new(Tone::Ok, "Test passed"),
        AttemptOutcome::Refused { .. } => Pill::new(Tone::Bad, "Refused"),
    }
}

pub fn purpose(purpose: Option<LoginPurpose>) -> &'static str {
    match purpose {
        Some(LoginPurpose::Portal) => "Portal",
        Some(LoginPurpose::Console) => "Console",
        Some(LoginPurpose::Test) => "Test",
        None => "Not begun here",
    }
}

/// What a code means; what was found, if nothing else is known of it.
pub fn meaning(code: &str, found: &str) -> String {
    cause(code).map_or_else(
        || failure::sentence(found.trim_end_matches('.')),
        |cause| cause.meaning.to_owned(),
    )
}

/// `response_signature` as people read it.
pub fn check(code: &str) -> String {
    let words = match code {
        "connection_key" => "The connection has a key of its provider",
        "encoding" => "The form is base64 of UTF-8",
        "xml" => "Well-formed XML without anything odd",
        "response" => "A SAML 2.0 response",
        "status" => "The provider says that the login succeeded",
        "structure" => "One assertion, and nothing where it does not belong",
        "destination" => "Sent to the ACS URL of the connection",
        "issuer" => "Sent by the provider of the connection",
        "request" => "Answers a login, or is allowed to answer none",
        "response_signature" => "The signature of the response",
        "decryption" => "The assertion can be decrypted",
        "signature" => "The signature of the assertion",
        "assertion" => "Version, author and age of the assertion",
        "subject" => "Somebody is named",
        "confirmation" => "Meant for whoever brings it, here and now",
        "conditions" => "Valid at this time",
        "audience" => "Meant for this portal",
        "session" => "Somebody has logged in",
        "attributes" => "The attributes can be read",
        other => other,
    };
    words.to_owned()
}

/// From so many seconds on, clocks differ so much that somebody should set them.
pub const LARGE_DIFFERENCE_SECONDS: u64 = 60;

/// "2 min 5 s ahead of ours", and whether that is much.
pub fn clock(difference_ms: i64) -> (String, bool) {
    let seconds = difference_ms.unsigned_abs() / 1000;
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let size = match (minutes, rest) {
        (0, 0) => return ("Less than a second".to_owned(), false),
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    };
    let side = if difference_ms > 0 {
        "ahead of"
    } else {
        "behind"
    };
    let text = format!("The provider's clock is {size} {side} ours");
    (text, seconds > LARGE_DIFFERENCE_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_of_the_verifier_has_words() {
        for known in jit_idp::saml::Check::ALL {
            assert_ne!(check(known.code()), known.code());
        }
    }

    #[test]
    fn more_than_a_minute_between_the_clocks_is_much() {
        assert_eq!(clock(999), ("Less than a second".to_owned(), false));
        assert_eq!(
            clock(-60_000),
            (
                "The provider's clock is 1 min behind ours".to_owned(),
                false
            )
        );
        assert_eq!(
            clock(61_500),
            (
                "The provider's clock is 1 min 1 s ahead of ours".to_owned(),
                true
            )
        );
    }
}
