//! A mock of each port, for the faults that a store in memory does not have.

pub use jit_domain::ports::{
    MockAccessRequestRepository, MockApiClientRepository, MockAssertionVerifier,
    MockAuditRepository, MockClock, MockCollectionRepository, MockConnectionRepository,
    MockConsoleRepository, MockEndUserRepository, MockGatewayRepository, MockGrantRepository,
    MockGroupRepository, MockIdpMetadataSource, MockPasswordHasher, MockPolicyRepository,
    MockRandom, MockSessionRepository, MockSettingsRepository, MockWorkspaceRepository,
};
