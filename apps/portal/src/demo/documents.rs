//! The six collections that Acme offers.

/// A collection of the demo. What is not here is read from its document.
#[derive(Debug, Clone, Copy)]
pub(super) struct DemoCollection {
    /// Its place in addresses, at the gateway and at the upstream.
    pub(super) slug: &'static str,
    /// Its OpenAPI document.
    pub(super) document: &'static str,
    /// Who answers for it.
    pub(super) owner: &'static str,
    /// Words to filter by.
    pub(super) tags: &'static [&'static str],
    /// The group whose members alone may see it; everyone if absent.
    pub(super) audience: Option<&'static str>,
}

/// The collections, in the order in which they are made.
pub(super) const COLLECTIONS: [DemoCollection; 6] = [
    DemoCollection {
        slug: "orders",
        document: include_str!("documents/orders.json"),
        owner: "Checkout team",
        tags: &["Commerce"],
        audience: None,
    },
    DemoCollection {
        slug: "payments",
        document: include_str!("documents/payments.json"),
        owner: "Payments team",
        tags: &["Commerce", "PCI"],
        audience: None,
    },
    DemoCollection {
        slug: "catalog",
        document: include_str!("documents/catalog.json"),
        owner: "Catalog team",
        tags: &["Commerce"],
        audience: None,
    },
    DemoCollection {
        slug: "shipping",
        document: include_str!("documents/shipping.json"),
        owner: "Logistics",
        tags: &["Logistics"],
        audience: None,
    },
    DemoCollection {
        slug: "identity",
        document: include_str!("documents/identity.json"),
        owner: "Identity",
        tags: &["Customer", "Personal data"],
        audience: None,
    },
    DemoCollection {
        slug: "reports",
        document: include_str!("documents/reports.json"),
        owner: "Data platform",
        tags: &["Data"],
        audience: Some("Finance systems"),
    },
];

#[cfg(test)]
mod tests {
    use jit_domain::api_document::ApiDocument;

    use super::*;

    #[test]
    fn every_document_is_read_with_its_name_version_and_endpoints() {
        let read = COLLECTIONS.map(|collection| {
            let document = ApiDocument::parse(collection.document).unwrap();
            (document.title, document.version, document.operations.len())
        });
        let expected = [
            ("Orders", "2.4.0", 6),
            ("Payments", "3.1.2", 9),
            ("Product catalog", "1.9.0", 8),
            ("Shipping rates", "1.2.5", 8),
            ("Customer identity", "0.9.1", 7),
            ("Sales reports", "4.0.0", 5),
        ];
        for ((title, version, operations), expected) in read.iter().zip(expected) {
            assert_eq!((title.as_str(), version.as_str(), *operations), expected);
        }
    }

    #[test]
    fn every_endpoint_says_what_it_does() {
        for collection in COLLECTIONS {
            let document = ApiDocument::parse(collection.document).unwrap();
            assert!(!document.summary.is_empty() && !document.tags.is_empty());
            for operation in document.operations {
                assert!(!operation.summary.is_empty(), "{operation:?}");
            }
        }
    }
}
