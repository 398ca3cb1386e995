use chrono::DateTime;
use jit_domain::{
    tokens::{Secret, SecretHash, SecretKind},
    values::{EmailAddress, Name, Note, Reason, Slug, Summary, Timestamp, Version},
};
use proptest::{option, prelude::*};
use uuid::{Builder, Uuid};

/// The first moment of the year 10000, in microseconds.
const LATEST: i64 = 253_402_300_800_000_000;

/// An id of any kind: `id(EndUserId::new)`.
pub fn id<I: std::fmt::Debug>(wrap: fn(Uuid) -> I) -> impl Strategy<Value = I> {
    let parts = (0..1_u64 << 48, any::<[u8; 10]>());
    parts.prop_map(move |(millis, tail)| {
        wrap(Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
    })
}

/// A moment of the years 1970 to 9999, to the microsecond.
pub fn timestamp() -> impl Strategy<Value = Timestamp> {
    let moment = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    (0..LATEST).prop_map(moment)
}

/// A moment, or none.
pub fn optional_timestamp() -> impl Strategy<Value = Option<Timestamp>> {
    option::of(timestamp())
}

/// Any version that has a next one.
pub fn version() -> impl Strategy<Value = Version> {
    (1..u32::MAX).prop_map(Version)
}

/// What people call something.
pub fn name() -> impl Strategy<Value = Name> {
    line(100).prop_map(Name::restore)
}

/// Why somebody asks.
pub fn reason() -> impl Strategy<Value = Reason> {
    line(2_000).prop_map(Reason::restore)
}

/// What somebody says about a decision.
pub fn note() -> impl Strategy<Value = Note> {
    line(2_000).prop_map(Note::restore)
}

/// A sentence or two, or nothing.
pub fn summary() -> impl Strategy<Value = Summary> {
    prop_oneof![1 => Just(String::new()), 4 => line(500)].prop_map(Summary::restore)
}

/// An address in any letter case, beyond ASCII too.
pub fn email() -> impl Strategy<Value = EmailAddress> {
    "[A-Za-zÀ-ÿ0-9.+]{1,20}@[A-Za-z0-9-]{1,20}\\.(com|Example|Ö1)".prop_map(EmailAddress::restore)
}

/// A part of an address.
pub fn slug() -> impl Strategy<Value = Slug> {
    "[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?".prop_map(Slug::restore)
}

/// A secret of that kind.
pub fn secret(kind: SecretKind) -> impl Strategy<Value = Secret> {
    any::<[u8; 20]>().prop_map(move |random| Secret::new(kind, random))
}

/// What is kept of a secret.
pub fn secret_hash() -> impl Strategy<Value = SecretHash> {
    any::<[u8; 32]>().prop_map(SecretHash)
}

/// A printable line without spaces at its ends, of 1 to so many characters, mostly short.
fn line(most: usize) -> impl Strategy<Value = String> {
    let any_script = "[\\PC&&[^\\s]]([\\PC]{0,18}[\\PC&&[^\\s]])?";
    let long = proptest::collection::vec(proptest::char::range('!', '~'), 1..=most);
    let long = long.prop_map(String::from_iter);
    prop_oneof![9 => any_script.prop_map(|text: String| text), 1 => long]
}
