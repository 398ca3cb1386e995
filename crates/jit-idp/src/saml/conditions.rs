//! Under which conditions the assertion holds (SAML core 2.5).

use jit_domain::values::Timestamp;
use roxmltree::Node;

use super::{
    names::ASSERTION,
    nodes::{children, text},
    refusal::{Reason, Refusal},
    time::{Clock, moment},
};

/// Requires every condition to be met. Gives the end of validity, if one is stated.
///
/// The audience is a condition too, and has a check of its own: [`require_audience`].
pub(super) fn require_met(
    conditions: Node<'_, '_>,
    clock: Clock,
) -> Result<Option<Timestamp>, Refusal> {
    if let Some(start) = moment(conditions, "NotBefore")? {
        clock.require_started("NotBefore of Conditions", start)?;
    }
    let end = moment(conditions, "NotOnOrAfter")?;
    if let Some(end) = end {
        clock.require_not_ended("NotOnOrAfter of Conditions", end)?;
    }
    require_understood(conditions)?;
    Ok(end)
}

/// "If any of the conditions cannot be evaluated, the assertion is indeterminate" (core 2.5.1), so it does not count.
///
/// `OneTimeUse` is met because every assertion counts once here, `ProxyRestriction` because nothing is passed on.
fn require_understood(conditions: Node<'_, '_>) -> Result<(), Refusal> {
    let unknown = conditions
        .children()
        .filter(Node::is_element)
        .find(|condition| {
            let name = condition.tag_name();
            name.namespace() != Some(ASSERTION)
                || !matches!(
                    name.name(),
                    "AudienceRestriction" | "OneTimeUse" | "ProxyRestriction"
                )
        });
    match unknown {
        None => Ok(()),
        Some(condition) => Err(Refusal::new(
            Reason::ConditionUnknown,
            "AudienceRestriction, OneTimeUse or ProxyRestriction",
            condition.tag_name().name(),
        )),
    }
}

/// We must be in *each* restriction, and in one at least (core 2.5.1.4, profiles 4.1.4.2).
pub(super) fn require_audience(conditions: Node<'_, '_>, us: &str) -> Result<(), Refusal> {
    let mut restricted = false;
    for restriction in children(conditions, ASSERTION, "AudienceRestriction") {
        restricted = true;
        let audiences = children(restriction, ASSERTION, "Audience").map(text);
        let audiences = audiences.collect::<Result<Vec<_>, _>>()?;
        if !audiences.contains(&us) {
            return Err(Refusal::new(
                Reason::AudienceMismatch,
                us,
                audiences.join(", "),
            ));
        }
    }
    if restricted {
        Ok(())
    } else {
        Err(Refusal::new(
            Reason::AudienceMissing,
            us,
            "no AudienceRestriction",
        ))
    }
}
