//! Whatever comes, it is refused and nothing breaks.

use jit_idp::Received;
use proptest::prelude::*;

use crate::world::{RSA_SHA256, THEIRS, query, read, request, signed};

proptest! {
    #[test]
    fn arbitrary_queries_are_refused(query in "((SAMLRequest|SAMLResponse|RelayState|SigAlg|Signature)(=[%a-zA-Z0-9+/]{0,20})?&?){0,6}") {
        prop_assert!(read(Received::Query(&query)).is_err());
    }

    #[test]
    fn arbitrary_fields_are_refused(field in "[a-zA-Z0-9+/=]{0,200}") {
        prop_assert!(read(Received::PostedRequest(&field)).is_err());
        prop_assert!(read(Received::PostedResponse(&field)).is_err());
    }

    /// No octet of a signed query can be changed, short of how its signature is escaped.
    #[test]
    fn a_changed_query_is_refused(at in any::<prop::sample::Index>(), to in "[a-zA-Z0-9]") {
        let good = signed(&query("SAMLRequest", &request()), RSA_SHA256, &THEIRS);
        let at = at.index(good.find("&Signature=").unwrap());
        let changed = format!("{}{to}{}", &good[..at], &good[at + 1..]);
        prop_assume!(changed != good);
        prop_assert!(read(Received::Query(&changed)).is_err());
    }
}
