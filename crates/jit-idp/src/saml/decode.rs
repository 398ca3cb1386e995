//! From a form field to text.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    limits::Limits,
    refusal::{Reason, Refusal},
};

/// Decodes the form field `SAMLResponse` (SAML bindings 3.5.4).
///
/// Line breaks are allowed, as in RFC 2045 section 6.8; anything else outside the alphabet is not.
pub fn decode_form_field(field: &str) -> Result<Vec<u8>, Refusal> {
    let most = Limits::RESPONSE.octets * 2;
    if field.len() > most {
        return Err(Refusal::new(
            Reason::TooLarge,
            format!("at most {most} octets in the form field"),
            format!("{} octets", field.len()),
        ));
    }
    decode_base64(field).ok_or_else(|| {
        Refusal::new(
            Reason::Base64Invalid,
            "base64",
            format!("{} other octets", field.len()),
        )
    })
}

/// Strict base64 with padding, white space aside.
pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|b| b.is_ascii_whitespace()) {
        let dense: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        STANDARD.decode(dense).ok()
    } else {
        STANDARD.decode(text).ok()
    }
}

/// Takes UTF-8, with or without a byte order mark, up to the limit.
pub(crate) fn utf8<'x>(octets: &'x [u8], limits: &Limits) -> Result<&'x str, Refusal> {
    if octets.len() > limits.octets {
        return Err(Refusal::new(
            Reason::TooLarge,
            format!("at most {} octets", limits.octets),
            format!("{} octets", octets.len()),
        ));
    }
    let text = std::str::from_utf8(octets).map_err(|error| {
        Refusal::new(
            Reason::NotUtf8,
            "UTF-8",
            format!("another octet at {}", error.valid_up_to()),
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // The parser would take a second one for a mark too, where others see text before the root.
    if text.starts_with('\u{feff}') {
        let wanted = "one byte order mark or none";
        return Err(Refusal::new(Reason::XmlMalformed, wanted, "two"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_may_be_folded_into_lines_but_not_altered() {
        assert_eq!(decode_form_field("PGE+\r\nPC9h\nPg==").unwrap(), b"<a></a>");
        for broken in ["PGE-", "PGE", "PGE+PC9hPg", "PGE+*", "P=GE"] {
            assert_eq!(
                decode_form_field(broken).unwrap_err().code(),
                "base64_invalid",
                "{broken}"
            );
        }
    }

    #[test]
    fn a_huge_field_is_refused_before_it_is_decoded() {
        let field = "A".repeat(Limits::RESPONSE.octets * 2 + 1);
        assert_eq!(decode_form_field(&field).unwrap_err().code(), "too_large");
    }

    #[test]
    fn text_is_utf8_with_or_without_a_mark() {
        assert_eq!(
            utf8(b"\xef\xbb\xbf<a/>", &Limits::RESPONSE).unwrap(),
            "<a/>"
        );
        let twice = utf8(b"\xef\xbb\xbf\xef\xbb\xbf<a/>", &Limits::RESPONSE);
        assert_eq!(twice.unwrap_err().code(), "xml_malformed");
        let latin1 = utf8(b"<a>\xfc</a>", &Limits::RESPONSE).unwrap_err();
        assert_eq!(latin1.code(), "not_utf8");
        let utf16: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(
            utf8(&utf16, &Limits::RESPONSE).is_ok(),
            "NUL is refused by the parser"
        );
    }
}
