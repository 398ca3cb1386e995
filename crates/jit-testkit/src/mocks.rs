//! A mock of each port, for the faults that a store in memory does not have.
//!
//! [`MockStore`] is the whole store: a test says what the calls that matter to it give, and any
//! other call fails the test.
//!
//! ```
//! use jit_domain::{error::StoreError, ids::WorkspaceId, ports::Store};
//! use jit_testkit::{Fixtures, mocks::MockStore};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let make = Fixtures::default();
//! let mut store = MockStore::new();
//! store.expect_commit().return_once(|_| Err(StoreError::Conflict));
//! assert!(store.commit(&make.put_all([make.workspace().into()])).await.is_err());
//! # }
//! ```

pub use jit_domain::ports::{
    MockAccessRequestRepository, MockApiClientRepository, MockAssertionVerifier,
    MockAuditRepository, MockClock, MockCollectionRepository, MockConnectionRepository,
    MockConsoleRepository, MockEndUserRepository, MockGatewayRepository, MockGrantRepository,
    MockGroupRepository, MockIdpMetadataSource, MockPasswordHasher, MockPolicyRepository,
    MockRandom, MockSessionRepository, MockSettingsRepository, MockSignInLogRepository,
    MockWorkspaceRepository,
};

mod store;

pub use store::MockStore;
