use crate::problem::FieldProblem;

/// What serde says in one sentence, as field, expected and found.
pub(crate) fn mismatch(path: &str, message: &str) -> FieldProblem {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(before, _)| before);
    let path = if path == "." { "" } else { path };
    if let Some(name) = quoted_after("missing field ", message) {
        return FieldProblem {
            field: below(path, name),
            expected: "a value".to_owned(),
            found: "nothing".to_owned(),
        };
    }
    let (found, expected) = found_and_expected(message);
    let unknown = quoted_after("unknown field ", message)
        .or_else(|| quoted_after("duplicate field ", message))
        .filter(|name| path.rsplit('.').next() != Some(name));
    let field = match unknown {
        Some(name) => below(path, name),
        None if path.is_empty() => "body".to_owned(),
        None => path.to_owned(),
    };
    let found = found
        .trim_start_matches("invalid type: ")
        .trim_start_matches("invalid value: ");
    FieldProblem {
        field,
        expected: shortened(expected, 300),
        found: shortened(found, 80),
    }
}

/// Serde names types of this program, and parsers say only what is wrong; people need both halves.
fn found_and_expected(message: &str) -> (&str, &str) {
    const NUMBER: &str = "a whole number from 0";
    match message {
        "cannot parse integer from empty string" => return ("nothing", NUMBER),
        "invalid digit found in string" => return ("something else", NUMBER),
        "number too large to fit in target type" => return ("one that is too large", NUMBER),
        "provided string was not `true` or `false`" => {
            return ("something else", "`true` or `false`");
        }
        _ => {}
    }
    if message.starts_with("duplicate field ") {
        return ("it twice", "this field once");
    }
    if let Some((found, expected)) = message.split_once(", expected ") {
        return match expected.strip_prefix("struct ") {
            Some(shape) if shape.ends_with(" elements") || shape.ends_with(" element") => {
                ("a list", "an object")
            }
            Some(_) => (found, "an object"),
            None => (found, expected),
        };
    }
    if let Some(both) = message.split_once(", there are ") {
        return both;
    }
    match message.strip_prefix("expected ") {
        Some(expected) => ("another value", expected),
        None => (message, "a value that can be read"),
    }
}

fn below(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}

fn quoted_after<'a>(start: &str, message: &'a str) -> Option<&'a str> {
    message
        .strip_prefix(start)?
        .strip_prefix('`')?
        .split('`')
        .next()
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::mismatch;

    fn said(message: &str) -> String {
        let wrong = mismatch("x", message);
        format!("expected {}, found {}", wrong.expected, wrong.found)
    }

    #[test]
    fn what_was_expected_and_what_was_found_are_never_exchanged() {
        for (message, sentence) in [
            (
                "invalid digit found in string",
                "expected a whole number from 0, found something else",
            ),
            (
                "provided string was not `true` or `false`",
                "expected `true` or `false`, found something else",
            ),
            (
                "duplicate field `x`",
                "expected this field once, found it twice",
            ),
            (
                "invalid length 0, expected struct GroupDraft with 2 elements",
                "expected an object, found a list",
            ),
            (
                "invalid type: null, expected struct GroupDraft",
                "expected an object, found null",
            ),
            (
                "invalid unicode code point at line 1 column 11",
                "expected a value that can be read, found invalid unicode code point",
            ),
            (
                "invalid type: integer `5`, expected a string",
                "expected a string, found integer `5`",
            ),
            (
                "unknown variant `y`, there are no variants",
                "expected no variants, found unknown variant `y`",
            ),
        ] {
            assert_eq!(said(message), sentence);
        }
    }
}
