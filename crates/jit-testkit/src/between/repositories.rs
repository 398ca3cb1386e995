use async_trait::async_trait;
use jit_domain::{
    for_each_read,
    ids::WorkspaceId,
    ports,
    views::{Page, PageRequest},
};

use super::{Between, Question, Read, Watch};

macro_rules! stand_between {
    (() $($repository:ident {
        $($read:ident($($arg:ident: $of:ty),*) -> $answer:ty;)*
        $([$list:ident($($filter:ident: $by:ty),*) -> $row:ty;])?
    })*) => {
        $(#[async_trait]
        impl<W: Watch> ports::$repository for Between<W> {
            $(async fn $read(&self, workspace: WorkspaceId, $($arg: $of),*) -> Read<$answer> {
                let behind = self.0.behind();
                let question = Question { read: stringify!($read), workspace };
                self.0
                    .read(question, &move |workspace| behind.$read(workspace, $($arg),*))
                    .await
            })*

            $(async fn $list(
                &self,
                workspace: WorkspaceId,
                $($filter: $by,)*
                page: &PageRequest,
            ) -> Read<Page<$row>> {
                let behind = self.0.behind();
                let question = Question { read: stringify!($list), workspace };
                self.0
                    .page(question, page, &move |workspace, page| {
                        Box::pin(async move {
                            behind.$list(workspace, $($filter,)* &page).await
                        })
                    })
                    .await
            })?
        })*

        /// The reads of a store that belong to a workspace, by name.
        pub const READS: &[&str] = &[
            $($(stringify!($read),)* $(stringify!($list),)?)*
        ];
    };
}

for_each_read! { [stand_between] () }
