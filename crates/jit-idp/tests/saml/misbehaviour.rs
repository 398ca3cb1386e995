//! What the testkit calls misbehaviour is refused here, each for its own reason, in every dialect.

use std::collections::BTreeMap;

use jit_testkit::idp::{Dialect, ResponseBuilder, Sign};

use crate::world::{response, verified};

#[test]
fn every_misbehaviour_is_refused_in_every_dialect() {
    let reasons = BTreeMap::from([
        ("clock_ahead", "not_yet_valid"),
        ("clock_behind", "issued_too_long_ago"),
        ("expired", "expired"),
        ("wrong_audience", "audience_mismatch"),
        ("wrong_recipient", "recipient_mismatch"),
        ("wrong_destination", "destination_mismatch"),
        ("wrong_issuer", "issuer_mismatch"),
        ("unsolicited", "in_response_to_missing"),
        ("failed", "status_not_success"),
        ("rolled_certificate", "signature_invalid"),
        ("sha1", "sha1_refused"),
        ("unsigned", "unsigned"),
        ("several_assertions", "several_assertions"),
        ("comment_in_name_id", "comment_forbidden"),
        ("doctype", "doctype_forbidden"),
        ("wrapped xsw1", "element_misplaced"),
        ("wrapped xsw2", "element_misplaced"),
        ("wrapped xsw3", "several_assertions"),
        ("wrapped xsw4", "element_misplaced"),
        ("wrapped xsw5", "several_assertions"),
        ("wrapped xsw6", "element_misplaced"),
        ("wrapped xsw7", "element_misplaced"),
        ("wrapped xsw8", "element_misplaced"),
    ]);
    assert_eq!(ResponseBuilder::MISBEHAVIOURS.len(), reasons.len());
    for dialect in Dialect::ALL {
        for misbehaviour in ResponseBuilder::MISBEHAVIOURS {
            let name = misbehaviour.name;
            let response = (misbehaviour.apply)(response().dialect(dialect));
            let refusal = verified(&response.sign(Sign::Usual)).unwrap_err();
            let found = refusal.code();
            assert_eq!(found, reasons[name], "{name} in {dialect:?}: {refusal}");
        }
    }
}

/// A clock that is a little off, other names of attributes and too many groups are no reason to refuse.
#[test]
fn what_a_provider_may_do_is_accepted() {
    let small = chrono::Duration::seconds(90);
    for honest in [
        response().clock_ahead(small),
        response().clock_behind(small),
        response().without_attribute("email"),
        response().renamed_attribute("email", "mail"),
        response().dialect(Dialect::EntraId).groups_overage(),
    ] {
        assert!(verified(&honest.sign(Sign::Usual)).is_ok(), "{honest:?}");
    }
    let renamed = response().renamed_attribute("email", "mail");
    let renamed = verified(&renamed.sign(Sign::Usual)).unwrap().attributes;
    assert_eq!(renamed["mail"], ["dana@example.com"]);
    assert!(!renamed.contains_key("email"));
    let overage = response().dialect(Dialect::EntraId).groups_overage();
    let overage = verified(&overage.sign(Sign::Usual)).unwrap().attributes;
    let link = &overage["http://schemas.microsoft.com/claims/groups.link"];
    assert!(link[0].starts_with("https://graph."));
    assert!(!overage.contains_key(&Dialect::EntraId.attribute_names().groups));
}
