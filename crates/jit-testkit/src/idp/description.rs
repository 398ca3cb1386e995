//! What the model of the portal keeps of this provider, and what the provider takes from it.

use jit_domain::connections::{
    Binding, IdpDescription, LogoutEndpoint, ServiceProvider, SigningCertificate,
};

use super::{IdentityProvider, ResponseBuilder, Service};

impl IdentityProvider {
    /// What a connection keeps of it, as if read from its metadata.
    pub fn description(&self) -> IdpDescription {
        IdpDescription {
            entity_id: self.entity_id(),
            sso_url: self.sso_url(),
            sso_binding: Binding::Redirect,
            slo: self.slo_url().map(|url| LogoutEndpoint {
                url,
                response_url: None,
                binding: Binding::Redirect,
            }),
            wants_signed_requests: self.request_certificate.is_some(),
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
        Self::new(&service.entity_id, &service.acs_url).with_logout_at(&service.slo_url)
    }
}
