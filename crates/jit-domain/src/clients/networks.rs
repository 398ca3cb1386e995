//! Where calls may come from.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::error::InvalidField;

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

    /// R26: where nobody may be denied, an address that nobody knows may not pass either.
    #[test]
    fn an_unknown_address_passes_only_where_there_is_no_rule_at_all() {
        let one = || vec![network("10.0.0.0/8")];
        for (allow, deny) in [(one(), vec![]), (vec![], one()), (one(), one())] {
            assert!(!IpRules { allow, deny }.allows(None));
        }
    }

    proptest::proptest! {
        /// R26: the bits of the prefix count, and no others; told here the slow way.
        #[test]
        fn a_network_has_the_addresses_whose_first_bits_are_its_own(
            net: [u8; 16], flipped in 0..128u8, prefix in 0..=128u8, v4: bool,
        ) {
            let (longest, prefix, flipped) = if v4 {
                (32, prefix % 33, flipped % 32)
            } else {
                (128, prefix, flipped)
            };
            let bits = u128::from_be_bytes(net) >> (128 - u32::from(longest));
            let other = bits ^ (1 << (longest - 1 - flipped));
            let address = |bits: u128| -> IpAddr {
                if v4 {
                    std::net::Ipv4Addr::from_bits(u32::try_from(bits).unwrap()).into()
                } else {
                    std::net::Ipv6Addr::from_bits(bits).into()
                }
            };
            let network = network(&format!("{}/{prefix}", address(bits)));
            // An IPv6 address that is an IPv4 one in disguise is compared as that.
            proptest::prop_assume!(v4 || address(bits).to_canonical().is_ipv6());
            proptest::prop_assume!(v4 || address(other).to_canonical().is_ipv6());
            proptest::prop_assert!(network.contains(address(bits)));
            proptest::prop_assert_eq!(network.contains(address(other)), flipped >= prefix);
            proptest::prop_assert_eq!(IpNetwork::try_from(String::from(network)), Ok(network));
        }
    }
}
