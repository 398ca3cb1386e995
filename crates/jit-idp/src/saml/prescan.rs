//! One pass over the octets before a parser sees them.
//!
//! It refuses what no SAML message needs and what has broken verifiers before:
//! document types, comments, CDATA, processing instructions, deep nesting, and namespace declarations
//! that canonicalization cannot express (Canonical XML 1.0 section 1.3).

use memchr::{memchr, memchr3, memmem};

use super::{
    limits::{Comments, Limits},
    refusal::{Reason, Refusal},
};

/// Walks from tag to tag. Well-formedness is left to the parser, which runs next on the same text.
pub(super) fn prescan(xml: &str, limits: &Limits) -> Result<(), Refusal> {
    let mut scan = Scan {
        xml,
        limits,
        open: Vec::with_capacity(16),
        in_scope: 0,
    };
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &xml.as_bytes()[at..]) {
        at = scan.tag(at + offset)?;
    }
    Ok(())
}

struct Scan<'x> {
    xml: &'x str,
    limits: &'x Limits,
    /// How many namespaces each open element declared.
    open: Vec<usize>,
    in_scope: usize,
}

impl Scan<'_> {
    /// Looks at the tag that starts at `start`, and says where to go on.
    fn tag(&mut self, start: usize) -> Result<usize, Refusal> {
        let octets = self.xml.as_bytes();
        match octets.get(start + 1) {
            Some(b'!') => self.declaration(start),
            Some(b'?') => self.xml_declaration(start),
            Some(b'/') => {
                self.in_scope -= self.open.pop().unwrap_or(0);
                Ok(start + 2)
            }
            _ => self.start_tag(start + 1),
        }
    }

    fn declaration(&self, start: usize) -> Result<usize, Refusal> {
        let rest = &self.xml.as_bytes()[start..];
        if rest.starts_with(b"<!--") {
            if self.limits.comments == Comments::Allowed {
                let end =
                    memmem::find(&rest[4..], b"-->").ok_or_else(|| unfinished("a comment"))?;
                return Ok(start + 4 + end + 3);
            }
            return Err(forbidden(Reason::CommentForbidden, "a comment", start));
        }
        if rest.starts_with(b"<![CDATA[") {
            return Err(forbidden(Reason::CdataForbidden, "a CDATA section", start));
        }
        Err(forbidden(
            Reason::DoctypeForbidden,
            "a markup declaration",
            start,
        ))
    }

    /// Lets `<?xml …?>` pass at the very start if it declares UTF-8 or nothing.
    fn xml_declaration(&self, start: usize) -> Result<usize, Refusal> {
        let rest = &self.xml[start..];
        let after = rest.strip_prefix("<?xml").filter(|_| start == 0);
        let Some(after) = after.filter(|text| text.starts_with([' ', '\t', '\r', '\n'])) else {
            let reason = Reason::ProcessingInstructionForbidden;
            return Err(forbidden(reason, "a processing instruction", start));
        };
        let end = after
            .find("?>")
            .ok_or_else(|| unfinished("an XML declaration"))?;
        let declared = after[..end].split_once("encoding").map(|(_, value)| {
            value.trim_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '"' | '\''))
        });
        match declared {
            Some(name)
                if !name
                    .get(..5)
                    .is_some_and(|utf8| utf8.eq_ignore_ascii_case("utf-8")) =>
            {
                Err(Refusal::new(
                    Reason::NotUtf8,
                    "the encoding UTF-8 or none",
                    name,
                ))
            }
            _ => Ok(5 + end + 2),
        }
    }

    /// Goes through the quoted values of a start tag; each belongs to one attribute.
    fn start_tag(&mut self, name: usize) -> Result<usize, Refusal> {
        let octets = self.xml.as_bytes();
        let mut at = name;
        let mut attributes = 0;
        let mut declared = 0;
        loop {
            let offset = memchr3(b'>', b'"', b'\'', &octets[at..]);
            let stop = at + offset.ok_or_else(|| unfinished("a start tag"))?;
            let quote = octets[stop];
            if quote == b'>' {
                self.opened(stop, declared)?;
                return Ok(stop + 1);
            }
            let length = memchr(quote, &octets[stop + 1..]);
            let end = stop + 1 + length.ok_or_else(|| unfinished("an attribute value"))?;
            attributes += 1;
            if attributes > self.limits.attributes {
                return Err(too_many(
                    Reason::TooManyAttributes,
                    "attributes",
                    self.limits.attributes,
                ));
            }
            if declares_namespace(&self.xml[at..stop], &self.xml[stop + 1..end])? {
                declared += 1;
            }
            at = end + 1;
        }
    }

    /// Counts a start tag that ends at `stop`.
    fn opened(&mut self, stop: usize, declared: usize) -> Result<(), Refusal> {
        if self.in_scope + declared > self.limits.namespaces {
            return Err(too_many(
                Reason::TooManyNamespaces,
                "namespaces",
                self.limits.namespaces,
            ));
        }
        if self.xml.as_bytes()[stop - 1] == b'/' {
            return Ok(());
        }
        self.in_scope += declared;
        self.open.push(declared);
        if self.open.len() > self.limits.depth {
            return Err(too_many(
                Reason::TooDeep,
                "open elements",
                self.limits.depth,
            ));
        }
        Ok(())
    }
}

/// Whether `… name = "value"` declares a namespace. Refuses declarations that are not sound.
///
/// The raw value is enough: one with an escaped colon is refused too, and nobody writes that.
fn declares_namespace(before_quote: &str, value: &str) -> Result<bool, Refusal> {
    let attribute = before_quote.trim_ascii_end();
    let attribute = attribute
        .strip_suffix('=')
        .unwrap_or(attribute)
        .trim_ascii_end();
    let start = attribute
        .rfind(|c: char| c.is_ascii_whitespace())
        .map_or(0, |space| space + 1);
    let name = &attribute[start..];
    let Some(prefix) = name.strip_prefix("xmlns") else {
        return Ok(false);
    };
    let undeclares_a_prefix = value.is_empty() && !prefix.is_empty();
    let relative = !value.is_empty() && !value.contains(':');
    if prefix == ":xmlns" || undeclares_a_prefix || relative {
        return Err(Refusal::new(
            Reason::NamespaceInvalid,
            "an absolute namespace name",
            format!("{name}=\"{value}\""),
        ));
    }
    Ok(true)
}

fn forbidden(reason: Reason, what: &str, at: usize) -> Refusal {
    Refusal::new(
        reason,
        "elements and text only",
        format!("{what} at octet {at}"),
    )
}

fn unfinished(what: &str) -> Refusal {
    Refusal::new(
        Reason::XmlMalformed,
        "well-formed XML",
        format!("{what} without an end"),
    )
}

fn too_many(reason: Reason, what: &str, most: usize) -> Refusal {
    Refusal::new(reason, format!("at most {most} {what}"), "more")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(xml: &str) -> &'static str {
        prescan(xml, &Limits::RESPONSE).map_or_else(|refusal| refusal.code(), |()| "fine")
    }

    #[test]
    fn elements_attributes_and_text_pass() {
        for xml in [
            "<a/>",
            "<?xml version=\"1.0\" encoding='utf-8' standalone=\"no\"?>\n<a b='>' c=\"'<\">x</a>",
            "<?xml version='1.0'?><a xmlns='urn:a' xmlns:b = \"urn:b\"><b:c/></a>",
            "<a xmlns='urn:a'><b xmlns=''/></a>",
        ] {
            assert_eq!(code(xml), "fine", "{xml}");
        }
    }

    #[test]
    fn what_no_message_needs_is_refused_by_name() {
        for (xml, expected) in [
            ("<!DOCTYPE a><a/>", "doctype_forbidden"),
            ("<a><!ENTITY b 'c'></a>", "doctype_forbidden"),
            ("<a><!-- b --></a>", "comment_forbidden"),
            ("<a><![CDATA[b]]></a>", "cdata_forbidden"),
            ("<a><?b?></a>", "processing_instruction_forbidden"),
            (
                "<?xml-stylesheet href='a'?><a/>",
                "processing_instruction_forbidden",
            ),
            (
                " <?xml version='1.0'?><a/>",
                "processing_instruction_forbidden",
            ),
            (
                "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
                "not_utf8",
            ),
            ("<a b='c", "xml_malformed"),
            ("<a xmlns:b=''/>", "namespace_invalid"),
            ("<a xmlns:b='c'/>", "namespace_invalid"),
            ("<a xmlns='c'/>", "namespace_invalid"),
            ("<a xmlns:xmlns='urn:c'/>", "namespace_invalid"),
        ] {
            assert_eq!(code(xml), expected, "{xml}");
        }
    }

    #[test]
    fn nesting_attributes_and_namespaces_are_bounded() {
        assert_eq!(code(&"<a>".repeat(64)), "fine");
        assert_eq!(code(&"<a>".repeat(65)), "too_deep");
        assert_eq!(code(&"<a></a>".repeat(65)), "fine");
        let attributes = |count: usize| format!("<a {}/>", "b='' ".repeat(count));
        assert_eq!(code(&attributes(48)), "fine");
        assert_eq!(code(&attributes(49)), "too_many_attributes");
        assert_eq!(
            code(&"<a xmlns:b='urn:b'>".repeat(33)),
            "too_many_namespaces"
        );
        assert_eq!(code(&"<a xmlns:b='urn:b'></a>".repeat(33)), "fine");
    }

    #[test]
    fn metadata_may_have_comments() {
        let scan = |xml| prescan(xml, &Limits::METADATA).map_err(|refusal| refusal.code());
        assert_eq!(scan("<a><!-- <!DOCTYPE b> ' --></a>"), Ok(()));
        assert_eq!(scan("<a><!-- b"), Err("xml_malformed"));
        assert_eq!(
            scan("<a><!-- b --><!DOCTYPE c></a>"),
            Err("doctype_forbidden")
        );
    }
}
