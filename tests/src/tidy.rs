//! Rules about how the repository looks. Each takes the tree and gives its violations.

use crate::tree::Tree;

mod citations;
mod layout;
mod links;
mod words;

pub use citations::{kept_rules, uncited_rules};
pub use layout::{long_files, missing_readmes, mod_files, stray_at_the_top, typical_length};
pub use links::dead_links;
pub use words::{other_worlds, unchecked_sql, unfinished};

/// A rule.
pub type Rule = fn(&Tree) -> Vec<String>;

/// All rules that a tree must pass at any time.
pub const RULES: [Rule; 9] = [
    long_files,
    typical_length,
    mod_files,
    missing_readmes,
    stray_at_the_top,
    dead_links,
    unfinished,
    other_worlds,
    unchecked_sql,
];
