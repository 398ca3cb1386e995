use std::collections::BTreeMap;

use jit_domain::{
    error::Rejection,
    portal::{self, SignInOutcome},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{policies::Policy, settings::AuthMethod};

/// An example to try, and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewRequest {
    /// The id or the slug of an identity provider.
    pub(crate) connection: String,
    /// A SAML response or assertion, as XML or base64. Nothing about it is verified.
    pub(crate) assertion: String,
}

/// What signing in with the example would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Preview {
    outcome: Outcome,
    /// Why the person would be refused.
    refusal: Option<Refusal>,
    /// What would be there after it; null if the person would be refused.
    result: Option<PreviewResult>,
    assertion: ReadAssertion,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Created,
    Linked,
    Known,
    Refused,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Refusal {
    code: String,
    detail: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewResult {
    /// The end user that it would be, if there is one already.
    end_user: Option<String>,
    display_name: String,
    email: Option<String>,
    groups: Vec<String>,
    auth_method: AuthMethod,
    policy: Option<Policy>,
}

/// What was read out of the example.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadAssertion {
    issuer: String,
    name_id: String,
    attributes: BTreeMap<String, Vec<String>>,
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self {
            code: rejection.code().to_owned(),
            detail: rejection.to_string(),
        }
    }
}

impl From<portal::Preview> for Preview {
    fn from(preview: portal::Preview) -> Self {
        let assertion = ReadAssertion {
            issuer: preview.assertion.issuer,
            name_id: preview.assertion.name_id,
            attributes: preview.assertion.attributes,
        };
        match preview.outcome {
            portal::PreviewOutcome::Refused(rejection) => Self {
                outcome: Outcome::Refused,
                refusal: Some(rejection.into()),
                result: None,
                assertion,
            },
            portal::PreviewOutcome::Accepted {
                outcome,
                end_user,
                display_name,
                email,
                groups,
                method,
                policy,
            } => Self {
                outcome: match outcome {
                    SignInOutcome::Created => Outcome::Created,
                    SignInOutcome::Linked => Outcome::Linked,
                    SignInOutcome::Known => Outcome::Known,
                },
                refusal: None,
                result: Some(PreviewResult {
                    end_user: end_user.map(|id| id.to_string()),
                    display_name: display_name.to_string(),
                    email: email.map(|email| email.to_string()),
                    groups: groups.iter().map(ToString::to_string).collect(),
                    auth_method: method.into(),
                    policy: policy.map(Into::into),
                }),
                assertion,
            },
        }
    }
}
