#![doc = include_str!("../README.md")]

pub mod cost;
pub mod edits;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod large;
pub mod seeds;
pub mod targets;
pub mod world;
