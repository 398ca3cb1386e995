#![doc = include_str!("../README.md")]

pub mod credential;
pub mod follow;
pub mod limits;
pub mod proxy;
pub mod snapshot;
pub mod store;

pub use follow::Follower;
pub use limits::MemoryLimits;
pub use proxy::{Config, Gateway, RequestId};
pub use snapshot::Snapshot;
pub use store::FollowedStore;
