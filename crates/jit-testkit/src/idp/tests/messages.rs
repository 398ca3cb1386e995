//! Responses as text. Whether they verify is a matter of the verifier's tests.

use super::*;

#[test]
fn every_person_gets_the_attributes_that_they_have() {
    let idp = idp();
    let xml = |person: &Person| idp.response(person, DateTime::UNIX_EPOCH).xml(Sign::Both);
    assert!(xml(&dana()).contains(">engineering</saml:AttributeValue>"));
    assert!(!xml(&dana().without_groups()).contains("Name=\"groups\""));
    let nobody = xml(&dana().with_groups([]));
    assert!(nobody.contains("Name=\"groups\"") && !nobody.contains("engineering"));
    assert!(xml(&dana().with_persistent_id("4711")).contains("nameid-format:persistent\">4711<"));
}
