//! What the program does, a file a command.

pub mod check;
pub mod demo;
pub mod migrate;
pub mod serve;
pub mod token;
