//! What the document *Orders* says.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde_json::{Value, json};

use super::{
    body::{Checks, JsonBody, Part},
    caller::Caller,
    no_such_method, no_such_path,
    order::{Address, NewOrder, Order, Status},
    order_book::{Added, OrderBook},
    params::{Page, Params},
    problem::{FieldError, Problem},
};

const REASONS: [&str; 4] = [
    "customer_request",
    "out_of_stock",
    "payment_failed",
    "suspected_fraud",
];

#[derive(Clone, Default)]
struct Desk(Arc<Mutex<OrderBook>>);

impl Desk {
    fn open(&self) -> MutexGuard<'_, OrderBook> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn router() -> Router {
    Router::new()
        .route("/orders", get(list).post(create))
        .route("/orders/{id}", get(find))
        .route("/orders/{id}/delivery", put(change_delivery))
        .route("/orders/{id}/cancel", post(cancel))
        .route("/orders/{id}/events", get(events))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .with_state(Desk::default())
}

async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    mut params: Params,
) -> Result<Json<Page<Order>>, Problem> {
    let status = params.one_of("status", &Status::WORDS);
    let (mine, limit, after) = (params.flag("mine"), params.limit(), params.after("ord_"));
    let customer = params.text("customer").map(str::to_lowercase);
    params.finish()?;
    let desk = desk.open();
    let found = desk.newest_first().filter(|order| {
        after.is_none_or(|after| order.number < after)
            && status.is_none_or(|status| order.status.word() == status)
            && (!mine || order.created_by == caller.0)
            && customer
                .as_ref()
                .is_none_or(|email| order.ordered.customer.email.to_lowercase() == *email)
    });
    let page = Page::cut(found.cloned(), limit, |order| order.id.clone());
    Ok(Json(page))
}

async fn create(
    State(desk): State<Desk>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let key = idempotency_key(&headers)?;
    let new = NewOrder::read(&body)?;
    let added = desk.open().add(new, caller, key)?;
    Ok(match added {
        Added::Before(order) => Json(order).into_response(),
        Added::Now(order) => {
            let location = [(header::LOCATION, format!("/orders/{}", order.id))];
            (StatusCode::CREATED, location, Json(order)).into_response()
        }
    })
}

async fn find(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Order>, Problem> {
    Ok(Json(desk.open().find(&id)?.clone()))
}

async fn change_delivery(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Result<Json<Order>, Problem> {
    let mut checks = Checks::default();
    let address = Address::read(&mut checks, &Part::whole(&body));
    checks.finish()?;
    Ok(Json(desk.open().change_delivery(&id, address)?))
}

async fn cancel(
    State(desk): State<Desk>,
    caller: Caller,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> Result<Json<Order>, Problem> {
    let (mut checks, body) = (Checks::default(), Part::whole(&body));
    let reason = checks.one_of(&body.field("reason"), &REASONS);
    let note = checks.optional_text(&body.field("note"), 500);
    checks.finish()?;
    Ok(Json(desk.open().cancel(&id, reason, note, caller)?))
}

async fn events(State(desk): State<Desk>, Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    let desk = desk.open();
    Ok(Json(json!({"items": desk.find(&id)?.history})))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().unwrap_or_default();
    if (1..=100).contains(&key.len()) {
        return Ok(Some(key.to_owned()));
    }
    let error = FieldError {
        field: "Idempotency-Key".to_owned(),
        message: "1 to 100 printable characters".to_owned(),
    };
    let status = StatusCode::BAD_REQUEST;
    Err(Problem::of_fields(status, "invalid_parameter", vec![error]))
}
