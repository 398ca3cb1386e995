//! The parts of the portal program that its tests use as well.

pub mod assets;
pub mod pages;
pub mod random;
