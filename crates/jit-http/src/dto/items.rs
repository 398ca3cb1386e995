use axum::{
    Json,
    response::{IntoResponse, Response},
};
use jit_domain::views::Page;
use serde::Serialize;
use utoipa::ToSchema;

/// A list, or a part of one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Items<T> {
    items: Vec<T>,
    /// Send it as `after` to get the next part; null at the end.
    next: Option<String>,
}

impl<T> Items<T> {
    /// A list that has one part.
    pub(crate) fn all<F>(rows: impl IntoIterator<Item = F>) -> Self
    where
        T: From<F>,
    {
        let items = rows.into_iter().map(T::from).collect();
        Self { items, next: None }
    }

    pub(crate) fn page<F>(page: Page<F>) -> Self
    where
        T: From<F>,
    {
        let next = page.next.map(|cursor| cursor.to_string());
        Self {
            next,
            ..Self::all(page.items)
        }
    }
}

impl<T: Serialize> IntoResponse for Items<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}
