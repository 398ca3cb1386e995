use chrono::{DateTime, Datelike, SecondsFormat};
use jit_domain::values::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::ToSchema;

/// A moment as RFC 3339 text in UTC with microseconds, the finest that every store keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2026-01-02T03:04:05.678901Z")]
pub(crate) struct Moment(pub(crate) Timestamp);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "{text:?}, expected a moment such as 2026-01-02T03:04:05Z"
            ))
        })
    }
}

/// In whole microseconds, leap seconds as the second after them, and no year that RFC 3339 cannot write.
fn read(text: &str) -> Option<Timestamp> {
    let read = DateTime::parse_from_rfc3339(text).ok()?;
    let moment = DateTime::from_timestamp_micros(read.timestamp_micros())?;
    (1..=9999).contains(&moment.year()).then_some(moment)
}

impl From<Moment> for Timestamp {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_every_store_keeps_it() {
        for (sent, kept) in [
            ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000000Z"),
            (
                "2026-01-02T03:04:05.1234567+01:00",
                "2026-01-02T02:04:05.123456Z",
            ),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
        ] {
            let text = serde_json::to_string(&Moment(read(sent).unwrap())).unwrap();
            assert_eq!(text, format!("\"{kept}\""));
        }
        for bad in [
            "9999-12-31T23:59:60Z",
            "2026-01-02",
            "2026-01-02T03:04:05",
            "+12026-01-02T03:04:05Z",
            "tomorrow",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
