//! Identity providers that others wrote, a real browser, and the portal between them.

mod meeting;
mod refused;
mod signs_in;

/// Every story, once for a provider.
macro_rules! stories {
    ($software:ident, $name:ident) => {
        mod $name {
            use anyhow::Result;
            use workspace_tests::peers::$software as SOFTWARE;

            use crate::{refused, signs_in};

            /// R13, R14, R16: the first login makes an end user of what the provider says, the second finds it.
            #[tokio::test(flavor = "multi_thread")]
            async fn a_person_signs_in_twice_and_is_one_end_user() -> Result<()> {
                signs_in::twice(&SOFTWARE).await
            }

            /// R11: what is signed may be the assertion, the response, or both, but not nothing.
            #[tokio::test(flavor = "multi_thread")]
            async fn the_assertion_the_response_or_both_may_be_signed() -> Result<()> {
                signs_in::whatever_is_signed(&SOFTWARE).await
            }

            /// R11: whoever another provider vouches for is not let in.
            #[tokio::test(flavor = "multi_thread")]
            async fn a_person_of_another_provider_is_refused() -> Result<()> {
                refused::another_provider(&SOFTWARE).await
            }

            /// R11: so far an answer must be to a request of ours, and readable.
            #[tokio::test(flavor = "multi_thread")]
            async fn what_is_not_supported_is_refused_by_name() -> Result<()> {
                refused::not_supported(&SOFTWARE).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn a_provider_can_insist_on_signed_requests_or_on_post() -> Result<()> {
                refused::requests(&SOFTWARE).await
            }
        }
    };
}

stories!(SIMPLESAMLPHP, simplesamlphp);
stories!(SAMLP, samlp);
