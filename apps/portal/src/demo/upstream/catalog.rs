//! What the document *Product catalog* says.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use serde_json::{Value, json};

use super::{
    body::JsonBody,
    caller::Caller,
    no_such_method, no_such_path,
    params::{Page, Params},
    problem::Problem,
    products::{ARTICLES, Article, CATEGORIES, Product, REGIONS},
    reservations::{NewReservation, Reservation, Reservations},
};

#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Reservations>>);

impl Shelf {
    fn open(&self) -> MutexGuard<'_, Reservations> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn router() -> Router {
    let one = get(find_reservation).delete(release);
    Router::new()
        .route("/products", get(search))
        .route("/products/{sku}", get(find_product))
        .route("/products/{sku}/stock", get(stock))
        .route("/categories", get(categories))
        .route("/reservations", get(list_reservations).post(reserve))
        .route("/reservations/{id}", one)
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .with_state(Shelf::default())
}

async fn search(
    State(shelf): State<Shelf>,
    mut params: Params,
) -> Result<Json<Page<Product>>, Problem> {
    let region = params.one_of("region", &REGIONS);
    let (in_stock, limit) = (params.flag("in_stock"), params.limit());
    let given = |name| params.text(name).unwrap_or_default().to_owned();
    let (words, category, after) = (given("q"), given("category"), given("after"));
    params.finish()?;
    let shelf = shelf.open();
    let is_there = |article: &Article| {
        let mut regions = REGIONS
            .iter()
            .filter(|name| region.is_none_or(|r| r == **name));
        regions.any(|name| shelf.available(article, name) > 0)
    };
    let found = ARTICLES.iter().filter(|article| {
        article.sku > after.as_str()
            && article.matches(&words)
            && (category.is_empty() || article.category == category)
            && region.is_none_or(|region| article.price(region).is_some())
            && (!in_stock || is_there(article))
    });
    let page = Page::cut(found, limit, |article| article.sku.to_owned());
    Ok(Json(page.map(Article::product)))
}

async fn find_product(Path(sku): Path<String>) -> Result<Json<Product>, Problem> {
    Ok(Json(find(&sku)?.product()))
}

async fn stock(
    State(shelf): State<Shelf>,
    Path(sku): Path<String>,
) -> Result<Json<Value>, Problem> {
    let article = find(&sku)?;
    let shelf = shelf.open();
    let sold = REGIONS.iter().filter(|name| article.price(name).is_some());
    let regions: Vec<_> = sold
        .map(|name| {
            let available = shelf.available(article, name);
            let reserved = shelf.reserved(article.sku, name);
            json!({"region": name, "available": available, "reserved": reserved})
        })
        .collect();
    Ok(Json(json!({"sku": article.sku, "regions": regions})))
}

async fn categories() -> Json<Value> {
    let items = CATEGORIES.map(|(slug, name)| {
        let products = ARTICLES.iter().filter(|a| a.category == slug).count();
        json!({"slug": slug, "name": name, "products": products})
    });
    Json(json!({"items": items}))
}

async fn list_reservations(
    State(shelf): State<Shelf>,
    caller: Caller,
    mut params: Params,
) -> Result<Json<Page<Reservation>>, Problem> {
    let (limit, after) = (params.limit(), params.after("rsv_"));
    params.finish()?;
    let shelf = shelf.open();
    let held = shelf.held_by(&caller);
    let rest = held.filter(|kept| after.is_none_or(|after| kept.number > after));
    Ok(Json(Page::cut(rest.cloned(), limit, |kept| {
        kept.id.clone()
    })))
}

async fn find_reservation(
    State(shelf): State<Shelf>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Reservation>, Problem> {
    Ok(Json(shelf.open().find(&id, &caller)?.clone()))
}

async fn reserve(
    State(shelf): State<Shelf>,
    caller: Caller,
    JsonBody(body): JsonBody,
) -> Result<impl IntoResponse, Problem> {
    let new = NewReservation::read(&body)?;
    let made = shelf.open().add(new, caller)?;
    let location = format!("/reservations/{}", made.id);
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Json(made),
    ))
}

async fn release(
    State(shelf): State<Shelf>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    shelf.open().release(&id, &caller)?;
    Ok(StatusCode::NO_CONTENT)
}

fn find(sku: &str) -> Result<&'static Article, Problem> {
    Article::find(sku).ok_or_else(|| {
        let sku: String = sku.chars().take(60).collect();
        let detail = format!("there is no product {sku}");
        Problem::new(StatusCode::NOT_FOUND, "product_not_found", detail)
    })
}
