use jit_domain::{
    sessions::LoginPurpose,
    sign_in_log::{self, AttemptOutcome},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::moment::Moment;

/// One response of an identity provider, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignInAttempt {
    id: String,
    at: Moment,
    connection_id: String,
    outcome: Outcome,
    /// Who signed in, if somebody did.
    end_user_id: Option<String>,
    administrator_id: Option<String>,
    /// The stable name of the cause, if it was refused.
    code: Option<String>,
    expected: Option<String>,
    found: Option<String>,
    /// What the login was for, if the response answers a login of ours.
    purpose: Option<Purpose>,
    /// What the response calls the person, believed or not.
    name_id: Option<String>,
    /// SHA-256 of the certificate whose key made the signature.
    certificate_sha256: Option<String>,
    /// The clock of the provider minus ours, in milliseconds.
    clock_difference_ms: Option<i64>,
    /// The checks in their order, up to the first that failed.
    checks: Vec<Check>,
    /// The message without values, names and signatures.
    redacted: Option<String>,
    ip: Option<String>,
    /// The reference on the page that the person saw.
    request_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SignInAttemptOutcome)]
pub(crate) enum Outcome {
    EndUser,
    Administrator,
    Tested,
    Refused,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LoginPurpose)]
pub(crate) enum Purpose {
    Portal,
    Console,
    Test,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SignInCheck)]
pub(crate) struct Check {
    check: String,
    passed: bool,
}

impl From<sign_in_log::SignInAttempt> for SignInAttempt {
    fn from(it: sign_in_log::SignInAttempt) -> Self {
        let (mut end_user_id, mut administrator_id) = (None, None);
        let (mut code, mut expected, mut found) = (None, None, None);
        let outcome = match it.outcome {
            AttemptOutcome::EndUser { id } => {
                end_user_id = Some(id.to_string());
                Outcome::EndUser
            }
            AttemptOutcome::Administrator { id } => {
                administrator_id = Some(id.to_string());
                Outcome::Administrator
            }
            AttemptOutcome::Tested => Outcome::Tested,
            AttemptOutcome::Refused {
                code: name,
                expected: wanted,
                found: came,
            } => {
                (code, expected, found) = (Some(name), Some(wanted), Some(came));
                Outcome::Refused
            }
        };
        let evidence = it.evidence;
        let check = |it: jit_domain::assertion::CheckResult| Check {
            check: it.check,
            passed: it.passed,
        };
        Self {
            id: it.id.to_string(),
            at: Moment(it.at),
            connection_id: it.connection.to_string(),
            outcome,
            end_user_id,
            administrator_id,
            code,
            expected,
            found,
            purpose: evidence.purpose.map(|purpose| match purpose {
                LoginPurpose::Portal => Purpose::Portal,
                LoginPurpose::Console => Purpose::Console,
                LoginPurpose::Test => Purpose::Test,
            }),
            name_id: evidence.name_id,
            certificate_sha256: evidence.certificate,
            clock_difference_ms: evidence.clock_difference_ms,
            checks: evidence.checks.into_iter().map(check).collect(),
            redacted: evidence.redacted,
            ip: it.origin.ip.map(|ip| ip.to_string()),
            request_id: it.origin.request_id,
        }
    }
}
