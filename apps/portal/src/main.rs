//! The developer portal.

fn main() {}
