//! How large and how twisted a document may be before anything looks at its meaning.

/// The bounds of one kind of document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Octets after decoding.
    pub(crate) octets: usize,
    /// Open elements at once.
    pub(crate) depth: usize,
    /// Attributes in one tag, namespace declarations included.
    pub(crate) attributes: usize,
    /// Namespace declarations in scope at once; parsers copy them for each element.
    pub(crate) namespaces: usize,
    /// Nodes of the tree.
    pub(crate) nodes: u32,
    /// What to do with comments.
    pub(crate) comments: Comments,
}

/// What a document may hold between its elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comments {
    /// Messages that somebody signs have no use for them, and attackers do.
    Forbidden,
    /// Metadata is written by people.
    Allowed,
}

impl Limits {
    /// A response: real ones have 5 to 20 KiB, and up to about 100 KiB with many groups.
    pub(crate) const RESPONSE: Self = Self {
        octets: 256 * 1024,
        depth: 64,
        attributes: 48,
        namespaces: 32,
        nodes: 20_000,
        comments: Comments::Forbidden,
    };

    /// A logout message: a name, some session indexes and perhaps a signature with its certificate.
    pub(crate) const LOGOUT: Self = Self {
        octets: 32 * 1024,
        nodes: 2_000,
        ..Self::RESPONSE
    };

    /// Metadata of one provider: Entra ID sends about 60 KiB.
    pub(crate) const METADATA: Self = Self {
        octets: 1024 * 1024,
        nodes: 50_000,
        comments: Comments::Allowed,
        ..Self::RESPONSE
    };
}
