//! Service providers that the provider knows beforehand.

/// A service provider, as an administrator of the identity provider would register it.
///
/// A login that a service provider asks for needs no registration. What starts here does,
/// and so does the answer to a logout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its `entityID`.
    pub entity_id: String,
    /// Its assertion consumer service, by the POST binding.
    pub acs_url: String,
    /// Where it takes answers to its logouts, if it has that.
    pub slo_url: Option<String>,
}

impl Service {
    /// A service provider without single logout.
    pub fn new(entity_id: impl Into<String>, acs_url: impl Into<String>) -> Self {
        Self {
            entity_id: entity_id.into(),
            acs_url: acs_url.into(),
            slo_url: None,
        }
    }

    /// Takes logout messages at that address.
    #[must_use]
    pub fn with_logout_at(mut self, url: impl Into<String>) -> Self {
        self.slo_url = Some(url.into());
        self
    }
}
