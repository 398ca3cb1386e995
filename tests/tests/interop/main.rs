//! Identity providers that others wrote, a real browser, and the portal between them.

mod begun_there;
mod hidden;
mod logout;
mod meeting;
mod refused;
mod requests;
mod signs_in;

/// Every story, once for a provider.
macro_rules! stories {
    ($software:ident, $name:ident) => {
        mod $name {
            use anyhow::Result;
            use workspace_tests::peers::$software as SOFTWARE;

            use crate::{begun_there, hidden, logout, refused, requests, signs_in};

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

            /// R11, R16: what was not asked for is refused, unless the connection allows it.
            #[tokio::test(flavor = "multi_thread")]
            async fn a_login_may_begin_at_the_provider_if_that_is_allowed() -> Result<()> {
                begun_there::refused_until_allowed(&SOFTWARE).await
            }

            /// R11
            #[tokio::test(flavor = "multi_thread")]
            async fn an_encrypted_assertion_is_opened() -> Result<()> {
                hidden::opened(&SOFTWARE).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn a_provider_that_insists_on_signed_requests_gets_them() -> Result<()> {
                requests::signed(&SOFTWARE).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn a_provider_that_takes_posted_requests_only_gets_them() -> Result<()> {
                requests::posted(&SOFTWARE).await
            }

            /// R17
            #[tokio::test(flavor = "multi_thread")]
            async fn a_sign_out_of_the_portal_ends_the_session_at_the_provider() -> Result<()> {
                logout::from_the_portal(&SOFTWARE).await
            }

            /// R17
            #[tokio::test(flavor = "multi_thread")]
            async fn a_sign_out_of_the_provider_ends_the_session_of_the_portal() -> Result<()> {
                logout::from_the_provider(&SOFTWARE).await
            }
        }
    };
}

stories!(SIMPLESAMLPHP, simplesamlphp);
stories!(SAMLP, samlp);
