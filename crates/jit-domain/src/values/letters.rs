//! Which characters may stand in a text, and Latin letters without their marks for names in addresses.

const MARKED: [(char, &str); 18] = [
    ('a', "àáâãäåāăą"),
    ('c', "çćĉċč"),
    ('d', "ðďđ"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŋ"),
    ('o', "òóôõöøōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűų"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
];

/// The letter that people read in it; `None` for a mark that follows its letter.
pub(super) fn unmarked(c: char) -> Option<char> {
    if matches!(c, '\u{300}'..='\u{36f}') {
        return None;
    }
    let known = MARKED.iter().find(|(_, marked)| marked.contains(c));
    Some(known.map_or(c, |(plain, _)| *plain))
}

/// What shows nothing and changes how the rest is shown; a name that is written backwards reads as another one.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use crate::values::Name;

    #[test]
    fn a_name_cannot_be_written_backwards() {
        assert!(Name::parse("name", "\u{202e}nimda").is_err());
        assert_eq!(Name::clipped("\u{202e}nimda\u{2069}").as_str(), "nimda");
        assert!(Name::parse("name", "דנה").is_ok());
    }
}
