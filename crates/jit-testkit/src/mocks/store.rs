#![expect(unreachable_pub, reason = "generated")]

use async_trait::async_trait;
use jit_domain::{
    change::Commit,
    console::Workspace,
    error::StoreError,
    for_each_read,
    ids::WorkspaceId,
    ports,
    values::{Slug, Timestamp},
    views::{Page, PageRequest},
};

macro_rules! mock_store {
    (() $($repository:ident {
        $($read:ident($($args:tt)*) -> $answer:ty;)*
        $([$list:ident($($filter:ident: &$($by:ident)::+),*) -> $row:ty;])?
    })*) => {
        mockall::mock! {
            /// The whole store.
            pub Store {}

            #[async_trait]
            impl ports::WorkspaceRepository for Store {
                async fn find_workspace(&self, slug: &Slug) -> Result<Option<Workspace>, StoreError>;
            }

            $(#[async_trait]
            impl ports::$repository for Store {
                $(async fn $read(
                    &self,
                    workspace: WorkspaceId,
                    $($args)*
                ) -> Result<$answer, StoreError>;)*
                $(async fn $list(
                    &self,
                    workspace: WorkspaceId,
                    $($filter: &$($by)::+,)*
                    page: &PageRequest
                ) -> Result<Page<$row>, StoreError>;)?
            })*

            #[async_trait]
            impl ports::Store for Store {
                async fn commit(&self, commit: &Commit) -> Result<(), StoreError>;
                async fn forget_expired(&self, before: Timestamp) -> Result<u64, StoreError>;
                async fn ping(&self) -> Result<(), StoreError>;
            }
        }
    };
}

for_each_read! { [mock_store] () }
