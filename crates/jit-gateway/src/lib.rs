#![doc = include_str!("../README.md")]

mod credential;
mod follow;
mod limits;
mod proxy;
mod snapshot;
mod store;

pub use follow::Follower;
pub use limits::MemoryLimits;
pub use proxy::{Config, Gateway, RequestId};
pub use snapshot::Snapshot;
pub use store::FollowedStore;
