//! API clients and their credentials.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::{
    error::{InvalidField, Rejection},
    ids::{ApiClientId, CredentialId, EndUserId, PolicyId, WorkspaceId},
    settings::AuthMethod,
    tokens::SecretHash,
    values::{Name, Timestamp, Version},
};

/// What calls APIs; belongs to one end user.
///
/// There is no way to change the authentication method of one that exists (R4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiClient {
    id: ApiClientId,
    workspace: WorkspaceId,
    owner: EndUserId,
    method: AuthMethod,
    origin: ClientOrigin,
    created_at: Timestamp,
    /// How often it was written.
    pub version: Version,
    /// What people call it.
    pub name: Name,
    /// At most one policy governs it.
    pub policy: Option<PolicyId>,
    /// Whether it may call at all.
    pub state: ClientState,
    credentials: Vec<Credential>,
}

/// How a client came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientOrigin {
    /// By the first login of its owner.
    Jit,
}

/// Whether a client may call at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientState {
    /// It may.
    Active,
    /// A `jwt` client whose owner has not uploaded a public key yet (R9).
    AwaitingKey,
    /// An administrator switched it off.
    Disabled,
}

impl ApiClient {
    /// The most credentials that a client has at one time.
    pub const MAX_CREDENTIALS: usize = 20;

    /// The client that a first login makes.
    pub fn new_jit(
        id: ApiClientId,
        workspace: WorkspaceId,
        owner: EndUserId,
        name: Name,
        method: AuthMethod,
        policy: Option<PolicyId>,
        created_at: Timestamp,
    ) -> Self {
        let state = match method {
            AuthMethod::Jwt => ClientState::AwaitingKey,
            _ => ClientState::Active,
        };
        let origin = ClientOrigin::Jit;
        let version = Version::FIRST;
        let credentials = Vec::new();
        Self {
            id,
            workspace,
            owner,
            method,
            origin,
            created_at,
            version,
            name,
            policy,
            state,
            credentials,
        }
    }

    /// Rebuilds a client that a store kept; for adapters.
    #[expect(clippy::too_many_arguments, reason = "a row has that many columns")]
    pub fn restore(
        id: ApiClientId,
        workspace: WorkspaceId,
        owner: EndUserId,
        method: AuthMethod,
        origin: ClientOrigin,
        created_at: Timestamp,
        version: Version,
        name: Name,
        policy: Option<PolicyId>,
        state: ClientState,
        credentials: Vec<Credential>,
    ) -> Self {
        Self {
            id,
            workspace,
            owner,
            method,
            origin,
            created_at,
            version,
            name,
            policy,
            state,
            credentials,
        }
    }

    /// Its id.
    pub fn id(&self) -> ApiClientId {
        self.id
    }

    /// The tenant that it belongs to.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Whose it is.
    pub fn owner(&self) -> EndUserId {
        self.owner
    }

    /// How it authenticates, for life (R4).
    pub fn method(&self) -> AuthMethod {
        self.method
    }

    /// How it came to be.
    pub fn origin(&self) -> ClientOrigin {
        self.origin
    }

    /// When it was made.
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// Its credentials, oldest first.
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// One of its credentials.
    pub fn find_credential(&self, id: CredentialId) -> Option<&Credential> {
        self.credentials
            .iter()
            .find(|credential| credential.id == id)
    }

    /// Adds a credential, and forgets those that have been unusable for the longest if there is no room.
    pub(crate) fn add_credential(
        &mut self,
        new: Credential,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        if self.credentials.len() >= Self::MAX_CREDENTIALS {
            let Some(spent) = self.credentials.iter().position(|c| !c.is_usable(now)) else {
                return Err(Rejection::TooManyCredentials {
                    limit: Self::MAX_CREDENTIALS,
                });
            };
            self.credentials.remove(spent);
        }
        self.credentials.push(new);
        Ok(())
    }

    pub(crate) fn credential_mut(&mut self, id: CredentialId) -> Option<&mut Credential> {
        self.credentials
            .iter_mut()
            .find(|credential| credential.id == id)
    }
}

/// A named key of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its id.
    pub id: CredentialId,
    /// What its owner calls it.
    pub name: Name,
    /// What the store keeps of the secret.
    pub hash: SecretHash,
    /// What people recognise the secret by.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it does not authenticate: a chosen end, or the end of the overlap of a rotation.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Where it may be used from.
    pub ip_rules: IpRules,
}

impl Credential {
    /// Whether it authenticates at that moment.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

/// Where calls may come from. Deny wins over allow; an empty allow list allows everywhere (R26).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IpRules {
    /// Only from these networks, if there are any.
    pub allow: Vec<IpNetwork>,
    /// Never from these.
    pub deny: Vec<IpNetwork>,
}

impl IpRules {
    /// The most networks in one list.
    pub const MAX_NETWORKS: usize = 100;

    /// Whether a call from there may pass. An unknown address passes only where there is no rule.
    pub fn allows(&self, ip: Option<IpAddr>) -> bool {
        let Some(ip) = ip else {
            return self.allow.is_empty() && self.deny.is_empty();
        };
        let within = |networks: &[IpNetwork]| networks.iter().any(|network| network.contains(ip));
        !within(&self.deny) && (self.allow.is_empty() || within(&self.allow))
    }
}

/// A range of addresses in CIDR notation (RFC 4632), such as `10.1.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IpNetwork {
    address: IpAddr,
    prefix: u8,
}

impl IpNetwork {
    /// Reads `address` or `address/prefix`.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, InvalidField> {
        Self::read(text.trim()).ok_or_else(|| {
            InvalidField::new(
                field,
                "an address or network such as 10.1.0.0/16 or 2001:db8::/32",
                text,
            )
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix: u8 = prefix.map_or(Some(longest), |p| p.parse().ok())?;
        if prefix > longest {
            return None;
        }
        // Callers are compared in their IPv4 form, so a rule in the mapped form would match nobody.
        Some(match address.to_canonical() {
            IpAddr::V4(mapped) if address.is_ipv6() => Self {
                address: mapped.into(),
                prefix: prefix.checked_sub(96)?,
            },
            _ => Self { address, prefix },
        })
    }

    fn contains(self, ip: IpAddr) -> bool {
        match (self.address, ip.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(ip)) => {
                same_prefix(net.octets(), ip.octets(), self.prefix)
            }
            (IpAddr::V6(net), IpAddr::V6(ip)) => {
                same_prefix(net.octets(), ip.octets(), self.prefix)
            }
            _ => false,
        }
    }
}

fn same_prefix<const N: usize>(a: [u8; N], b: [u8; N], bits: u8) -> bool {
    let (whole, rest) = (usize::from(bits / 8), bits % 8);
    a[..whole] == b[..whole] && (rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0)
}

impl std::fmt::Display for IpNetwork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl TryFrom<String> for IpNetwork {
    type Error = InvalidField;

    fn try_from(text: String) -> Result<Self, InvalidField> {
        Self::parse("network", &text)
    }
}

impl From<IpNetwork> for String {
    fn from(network: IpNetwork) -> Self {
        network.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> IpNetwork {
        IpNetwork::parse("allow", text).unwrap()
    }

    /// R26: deny wins over allow.
    #[test]
    fn deny_wins_over_allow() {
        let rules = IpRules {
            allow: vec![network("10.0.0.0/8")],
            deny: vec![network("10.1.0.0/16")],
        };
        assert!(rules.allows("10.2.3.4".parse().ok()));
        assert!(!rules.allows("10.1.3.4".parse().ok()));
        assert!(!rules.allows("192.0.2.1".parse().ok()));
        assert!(
            !rules.allows(None),
            "an address that nobody knows cannot be on a list"
        );
        assert!(IpRules::default().allows(None));
    }

    /// R26: an IPv4 caller on an IPv6 socket is still the IPv4 caller.
    #[test]
    fn a_mapped_address_counts_as_its_ipv4_self() {
        let rules = IpRules {
            allow: vec![network("192.0.2.0/24")],
            deny: vec![],
        };
        assert!(rules.allows("::ffff:192.0.2.9".parse().ok()));
    }

    /// R26: a rule against a mapped address is a rule against its IPv4 self, or it would deny nobody.
    #[test]
    fn a_network_of_mapped_addresses_counts_as_its_ipv4_self() {
        assert_eq!(network("::ffff:192.0.2.0/120").to_string(), "192.0.2.0/24");
        let rules = IpRules {
            allow: vec![],
            deny: vec![network("::ffff:192.0.2.9")],
        };
        assert!(!rules.allows("192.0.2.9".parse().ok()));
        assert!(!rules.allows("::ffff:192.0.2.9".parse().ok()));
        assert!(IpNetwork::parse("deny", "::ffff:0:0/95").is_err());
    }

    #[test]
    fn a_network_that_makes_no_sense_is_refused() {
        for text in [
            "10.0.0.0/33",
            "10.0.0/8",
            "::/129",
            "",
            "example.com",
            "10.0.0.0/",
        ] {
            assert!(IpNetwork::parse("allow", text).is_err(), "{text}");
        }
        assert_eq!(network("2001:db8::/33").to_string(), "2001:db8::/33");
    }
}
