use jit_domain::{
    assertion::CheckResult,
    ids::{AdministratorId, EndUserId, IdpConnectionId, SignInAttemptId, WorkspaceId},
    sign_in_log::{AttemptOutcome, Evidence, SignInAttempt},
    values::Version,
};
use proptest::{collection::vec, option, prelude::*};

use super::{
    aggregates::origin,
    console::login_purpose,
    values::{id, timestamp},
};

/// An attempt to sign in through that connection.
pub fn sign_in_attempt(
    workspace: WorkspaceId,
    connection: IdpConnectionId,
) -> impl Strategy<Value = SignInAttempt> {
    let moments = (timestamp(), timestamp());
    (
        id(SignInAttemptId::new),
        attempt_outcome(),
        origin(),
        evidence(),
        moments,
    )
        .prop_map(
            move |(id, outcome, origin, evidence, (at, expires_at))| SignInAttempt {
                id,
                workspace,
                version: Version::FIRST,
                at,
                connection,
                outcome,
                origin,
                evidence,
                expires_at,
            },
        )
}

/// Any outcome.
pub fn attempt_outcome() -> impl Strategy<Value = AttemptOutcome> {
    let refused = ("[a-z_]{1,20}", "\\PC{0,40}", "\\PC{0,40}");
    prop_oneof![
        id(EndUserId::new).prop_map(|id| AttemptOutcome::EndUser { id }),
        id(AdministratorId::new).prop_map(|id| AttemptOutcome::Administrator { id }),
        Just(AttemptOutcome::Tested),
        refused.prop_map(|(code, expected, found)| AttemptOutcome::Refused {
            code,
            expected,
            found,
        }),
    ]
}

/// Everything that may be seen of a response, or nothing.
pub fn evidence() -> impl Strategy<Value = Evidence> {
    let check = ("[a-z_]{1,20}", any::<bool>());
    let check = check.prop_map(|(check, passed)| CheckResult { check, passed });
    (
        option::of(login_purpose()),
        option::of("\\PC{1,20}"),
        option::of("[0-9a-f]{64}"),
        any::<Option<i64>>(),
        vec(check, 0..4),
        option::of("\\PC{0,40}"),
    )
        .prop_map(
            |(purpose, name_id, certificate, clock_difference_ms, checks, redacted)| Evidence {
                purpose,
                name_id,
                certificate,
                clock_difference_ms,
                checks,
                redacted,
            },
        )
}
