//! The response is good, and this portal says no.

use super::Cause;

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "settings_not_configured",
        "The JIT user settings were never saved, so nobody can sign in yet.",
        "Save them in the console, under JIT user settings.",
    ),
    Cause::new(
        "connection_inactive",
        "The connection is switched off.",
        "Switch it on in the console, on the page of the connection.",
    ),
    Cause::new(
        "not_found",
        "There is no connection with the short name in the address.",
        "Compare the addresses in the application at the provider with those on the page of the connection.",
    ),
    Cause::new(
        "login_unknown",
        "The login began more than 15 minutes ago, was answered before, or did not begin here.",
        "Begin the sign-in again from the portal, not from a bookmark of the provider's page.",
    ),
    Cause::new(
        "unsolicited_forbidden",
        "The login began at the provider, and the connection does not allow that.",
        "Let the tile at the provider open the start URL of the connection, or let the connection accept logins that begin at the provider.",
    ),
    Cause::new(
        "assertion_replayed",
        "This assertion was used before; each counts once.",
        "Begin the sign-in again from the portal; if it comes back without going back or reloading, take it for an attack.",
    ),
    Cause::new(
        "other_browser",
        "The response came to a browser that did not begin the login, or its cookies are off, or more than five minutes went by.",
        "Begin and end the sign-in in one browser that allows cookies of this portal.",
    ),
    Cause::new(
        "other_signed_in",
        "The login began at the provider, in a browser in which somebody else is signed in here.",
        "Sign out here first, then begin again.",
    ),
    Cause::new(
        "subject_missing",
        "The attribute that tells who the person is did not arrive, or is empty.",
        "At the provider, send that attribute for everybody, under the exact name that the connection has for it.",
    ),
    Cause::new(
        "subject_too_long",
        "What names the person has more than 1,024 bytes.",
        "Let the provider send a short NameID, or name a short attribute in the connection as the one that tells who the person is.",
    ),
    Cause::new(
        "other_provider",
        "Another connection answers for the domain of the person's e-mail address.",
        "Let the person use the button of that connection, or take the domain out of its enforced e-mail domains.",
    ),
    Cause::new(
        "jit_disabled",
        "The person is not known here, and the connection makes no new end users.",
        "Switch JIT provisioning on in the connection; if the person should be known, see whether the provider names them as before.",
    ),
    Cause::new(
        "suspended",
        "The person is suspended.",
        "See on the page of the person in the console who suspended them and why, and clear the hold if that is over.",
    ),
    Cause::new(
        "no_console_role",
        "The person wants to get into the console, and none of their groups at the provider gives a role there.",
        "Give the person one of the groups that the console roles of the connection name, and see whether the groups attribute arrives.",
    ),
    Cause::new(
        "email_missing",
        "The person wants to get into the console, and no e-mail address arrived.",
        "At the provider, send the e-mail address under a name that the connection has for it.",
    ),
];
