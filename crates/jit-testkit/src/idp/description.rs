//! What the model of the portal keeps of this provider, and what the provider takes from it.

use jit_domain::connections::{IdpDescription, ServiceProvider, SigningCertificate};

use super::{IdentityProvider, ResponseBuilder, Service};

impl IdentityProvider {
    /// What a connection keeps of it, as if read from its metadata.
    pub fn description(&self) -> IdpDescription {
        IdpDescription {
            entity_id: self.entity_id(),
            sso_url: self.sso_url(),
            slo_url: self.slo_url(),
            certificates: vec![SigningCertificate {
                base64_der: self.key().certificate_base64(),
                sha256: self.key().certificate_sha256(),
                not_after: self.key().not_after(),
            }],
        }
    }
}

impl ResponseBuilder<'_> {
    /// Sends it to a service provider: its address, and itself as the audience.
    #[must_use]
    pub fn to(self, service: &ServiceProvider) -> Self {
        self.acs(&service.acs_url).audience(&service.entity_id)
    }
}

impl From<&ServiceProvider> for Service {
    fn from(service: &ServiceProvider) -> Self {
        Self::new(&service.entity_id, &service.acs_url)
    }
}
