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
    let (found, expected) = match message.split_once(", expected ") {
        Some((found, expected)) => (found, expected),
        None => match message.split_once(", there are ") {
            Some((found, there_are)) => (found, there_are),
            None => ("another value", message.trim_start_matches("expected ")),
        },
    };
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
