#![doc = include_str!("../README.md")]

pub mod architecture;
pub mod browser;
pub mod caller;
pub mod licences;
pub mod metadata;
pub mod paths;
pub mod peers;
pub mod portal;
pub mod replicas;
pub mod scene;
pub mod tidy;
pub mod tree;

mod process;
