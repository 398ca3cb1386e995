//! The one place that asks the operating system for randomness.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// Random bytes that nobody can guess.
///
/// # Panics
/// When the operating system has no randomness to give; nothing safe can be done then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the operating system gave no randomness: {error}");
    }
    bytes
}

/// A new id that sorts by the time it was made (UUID version 7).
pub fn id() -> Uuid {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let millis = u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes()).into_uuid()
}

/// 128 random bits as text, fit for a header or a URL.
pub fn text() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes::<16>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_seven_and_differ() {
        let (first, second) = (id(), id());
        assert_eq!(first.get_version_num(), 7);
        assert_ne!(first, second);
    }
}
