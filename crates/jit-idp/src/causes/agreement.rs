//! The response is good, but not for us, not now, or not about somebody (SAML profiles 4.1.4.3).

use super::Cause;

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "destination_mismatch",
        "The response was sent to another address than the ACS URL of the connection.",
        "Paste the ACS URL of the connection into the application at the provider again, and see whether the public address of this portal is right.",
    ),
    Cause::new(
        "issuer_mismatch",
        "The response comes from another provider than the connection names.",
        "Compare the provider's entity ID in the connection with the one in its console, letter by letter, or read its metadata again.",
    ),
    Cause::new(
        "in_response_to_missing",
        "Nobody asked for this login: it began at the provider and not here.",
        "Tell people to begin at this portal, or let the connection accept logins that begin at the provider.",
    ),
    Cause::new(
        "in_response_to_mismatch",
        "The response and its assertion answer different requests.",
        "Begin the sign-in again from the portal; if it comes back, tell the people who run the provider.",
    ),
    Cause::new(
        "issued_too_long_ago",
        "The assertion is older than ten minutes.",
        "Begin the sign-in again from the portal; if it comes back, set the clocks of both machines by NTP.",
    ),
    Cause::new(
        "name_id_missing",
        "The assertion names nobody.",
        "At the provider, choose where the NameID comes from, and see whether this person has a value there.",
    ),
    Cause::new(
        "name_id_transient",
        "The NameID is made for one session, so nobody would be known again.",
        "At the provider, choose a NameID that stays the same, such as the format persistent, or name an attribute in the connection that tells who the person is.",
    ),
    Cause::new(
        "bearer_missing",
        "The assertion is not one for a browser: it has no bearer confirmation.",
        "See whether the application at the provider is of the kind SAML 2.0 for browsers.",
    ),
    Cause::new(
        "recipient_mismatch",
        "The assertion is meant for another address than the ACS URL of the connection.",
        "Paste the ACS URL of the connection into the application at the provider again, also where it says recipient.",
    ),
    Cause::new(
        "expired",
        "The assertion is no longer valid: the person was slow, or a clock is wrong.",
        "Begin the sign-in again from the portal; if it comes back, set the clocks of both machines by NTP.",
    ),
    Cause::new(
        "not_yet_valid",
        "The assertion is valid only later: a clock is wrong by more than two minutes.",
        "Set the clocks of this machine and of the provider by NTP.",
    ),
    Cause::new(
        "audience_missing",
        "The assertion does not say for whom it is.",
        "Paste the entity ID of the connection into the application at the provider, where it says audience or entity ID.",
    ),
    Cause::new(
        "audience_mismatch",
        "The assertion is for another application than this one.",
        "Paste the entity ID of the connection into the application at the provider again, where it says audience or entity ID.",
    ),
    Cause::new(
        "condition_unknown",
        "The assertion holds under a condition that is not understood here, so it does not count.",
        "At the provider, take the additional condition out of the application.",
    ),
];
