//! Known answers, worked out by hand from the rules of the two recommendations.

use roxmltree::Document;

use super::*;

/// The canonical form of the first element called `target`.
fn form(xml: &str, inclusive: &[&str]) -> String {
    let document = Document::parse(xml).unwrap();
    let target = document
        .descendants()
        .find(|n| n.tag_name().name() == "target")
        .unwrap();
    String::from_utf8(canonicalise(target, None, inclusive).unwrap()).unwrap()
}

/// Canonical XML 1.0 section 1.1.
#[test]
fn empty_elements_get_an_end_tag_and_attributes_double_quotes() {
    assert_eq!(
        form("<target  a = 'x' />", &[]),
        r#"<target a="x"></target>"#
    );
    assert_eq!(form("<target\n>\r\n</target >", &[]), "<target>\n</target>");
}

/// Canonical XML 1.0 section 2.2: by namespace name first, so `b:z` of `urn:a` comes before `a:a` of `urn:b`.
#[test]
fn attributes_are_ordered_by_namespace_name_then_local_name() {
    assert_eq!(
        form(
            "<target xmlns:a='urn:b' xmlns:b='urn:a' a:a='1' b:z='2' b:c='3' z='4' d='5' xml:lang='en'/>",
            &[]
        ),
        r#"<target xmlns:a="urn:b" xmlns:b="urn:a" d="5" z="4" xml:lang="en" b:c="3" b:z="2" a:a="1"></target>"#
    );
}

#[test]
fn namespace_declarations_are_ordered_by_prefix_with_the_default_first() {
    assert_eq!(
        form(
            "<target xmlns:b='urn:1' xmlns:a='urn:2' xmlns='urn:3' a:x='' b:x=''/>",
            &[]
        ),
        r#"<target xmlns="urn:3" xmlns:a="urn:2" xmlns:b="urn:1" b:x="" a:x=""></target>"#
    );
}

/// Canonical XML 1.0 section 2.3.
#[test]
fn special_characters_are_escaped_the_canonical_way() {
    assert_eq!(
        form(
            "<target a='&lt;&gt;&amp;&quot;&apos;&#9;&#10;&#13; \t'>&lt;>&amp;\"'&#13;&#9;ü</target>",
            &[]
        ),
        "<target a=\"&lt;>&amp;&quot;'&#x9;&#xA;&#xD;  \">&lt;&gt;&amp;\"'&#xD;\tü</target>"
    );
}

/// xml-exc-c14n section 3: a namespace is rendered where it is visibly used, not where it was declared.
#[test]
fn a_namespace_is_declared_where_it_is_used() {
    let xml = "<r xmlns:a='urn:a' xmlns:b='urn:b' xmlns:c='urn:c'><a:target><b:x c:y=''/><b:x/></a:target></r>";
    assert_eq!(
        form(xml, &[]),
        "<a:target xmlns:a=\"urn:a\">\
         <b:x xmlns:b=\"urn:b\" xmlns:c=\"urn:c\" c:y=\"\"></b:x><b:x xmlns:b=\"urn:b\"></b:x></a:target>"
    );
}

#[test]
fn a_declaration_in_force_is_not_repeated_and_a_changed_one_is() {
    let xml = "<a:target xmlns:a='urn:1'><a:x xmlns:a='urn:1'><a:y xmlns:a='urn:2'/><a:z/></a:x></a:target>";
    assert_eq!(
        form(xml, &[]),
        "<a:target xmlns:a=\"urn:1\"><a:x><a:y xmlns:a=\"urn:2\"></a:y><a:z></a:z></a:x></a:target>"
    );
}

/// xml-exc-c14n section 3, the case of the default namespace.
#[test]
fn no_namespace_is_declared_only_to_undo_a_default() {
    assert_eq!(
        form("<target xmlns='urn:1'><x xmlns=''><y/></x></target>", &[]),
        "<target xmlns=\"urn:1\"><x xmlns=\"\"><y></y></x></target>"
    );
    assert_eq!(
        form("<r xmlns='urn:1'><target xmlns=''/></r>", &[]),
        "<target></target>"
    );
    // The default is undone around an element that does not use it, so only its child shows that.
    assert_eq!(
        form(
            "<target xmlns='urn:1'><p:x xmlns:p='urn:p' xmlns=''><y/></p:x></target>",
            &[]
        ),
        "<target xmlns=\"urn:1\"><p:x xmlns:p=\"urn:p\"><y xmlns=\"\"></y></p:x></target>"
    );
}

/// xml-exc-c14n section 4: `InclusiveNamespaces`.
#[test]
fn listed_prefixes_are_declared_wherever_they_are_in_scope() {
    let xml = "<r xmlns:xs='urn:xs' xmlns:n='urn:n'><target><x xmlns:xs='urn:xs2'/></target></r>";
    assert_eq!(
        form(xml, &["xs", "absent", "xml"]),
        "<target xmlns:xs=\"urn:xs\"><x xmlns:xs=\"urn:xs2\"></x></target>"
    );
    let xml = "<r xmlns='urn:1' xmlns:p='urn:p'><p:target><p:x xmlns=''/></p:target></r>";
    assert_eq!(
        form(xml, &["#default"]),
        "<p:target xmlns=\"urn:1\" xmlns:p=\"urn:p\"><p:x xmlns=\"\"></p:x></p:target>"
    );
}

/// The difference to inclusive canonicalization: `xml:` attributes of ancestors are not inherited.
#[test]
fn xml_attributes_of_ancestors_stay_behind() {
    let xml = "<r xml:lang='en' xml:space='preserve'><target xml:lang='de'/></r>";
    assert_eq!(form(xml, &[]), "<target xml:lang=\"de\"></target>");
}

#[test]
fn the_left_out_node_leaves_no_trace_but_the_text_around_it() {
    let document = Document::parse("<a> <b>1</b> <c/></a>").unwrap();
    let root = document.root_element();
    let b = root.first_element_child().unwrap();
    assert_eq!(
        canonicalise(root, Some(b.id()), &[]).unwrap(),
        b"<a>  <c></c></a>"
    );
}

#[test]
fn nothing_has_no_canonical_form() {
    let document = Document::parse("<a/>").unwrap();
    let root = document.root_element();
    let refusal = canonicalise(root, Some(root.id()), &[]).unwrap_err();
    assert_eq!(refusal.code(), "namespace_invalid");
}

#[test]
fn deep_nesting_needs_no_deep_stack() {
    let xml = format!(
        "<target>{}{}</target>",
        "<a>".repeat(50_000),
        "</a>".repeat(50_000)
    );
    assert_eq!(form(&xml, &[]), xml);
}

/// Canonical XML 1.0 section 2.3: a namespace name is escaped as any attribute value.
#[test]
fn namespace_names_are_escaped() {
    assert_eq!(
        form("<target xmlns='urn:a?b&amp;c'/>", &[]),
        "<target xmlns=\"urn:a?b&amp;c\"></target>"
    );
}
