use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};

use super::{get, send, write, write_as};
use crate::demo::upstream::router;

fn order() -> Value {
    json!({
        "customer": {"name": "Noor de Vries", "email": "noor@customer.example"},
        "lines": [{"sku": "MUG-014", "quantity": 3}],
        "delivery": {"street": "Keizersgracht 204", "postal_code": "1016 DX", "city": "Amsterdam", "country": "NL"}
    })
}

#[tokio::test]
async fn a_new_order_has_prices_and_its_client() {
    let router = router();
    let made = write(&router, "POST", "/orders/orders", &order()).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!(
        made.body["total"],
        json!({"amount": 4350, "currency": "EUR"})
    );
    assert_eq!(made.body["created_by"], "cli_a");
    let location = made.headers["location"].to_str().unwrap();
    let read = get(&router, &format!("/orders{location}")).await;
    assert_eq!(read.body, made.body);
}

#[tokio::test]
async fn everything_wrong_with_an_order_is_named_at_once() {
    let router = router();
    let mut body = order();
    body["customer"]["email"] = json!("nobody");
    body["lines"] = json!([{"sku": "NONE-1", "quantity": 0}, 7]);
    body["delivery"]["country"] = json!("nl");
    body["note"] = json!(5);
    let refused = write(&router, "POST", "/orders/orders", &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let expected = [
        "customer.email",
        "delivery.country",
        "lines[0].quantity",
        "lines[0].sku",
        "lines[1]",
        "note",
    ];
    assert_eq!(refused.fields(), expected);
    let empty = write(&router, "POST", "/orders/orders", &json!({})).await;
    assert_eq!(empty.fields(), ["customer", "delivery", "lines"]);
}

#[tokio::test]
async fn what_is_not_sold_in_a_country_is_named() {
    let (router, mut body) = (router(), order());
    body["lines"][0]["sku"] = json!("BWL-011");
    body["delivery"]["country"] = json!("US");
    let refused = write(&router, "POST", "/orders/orders", &body).await;
    assert_eq!(refused.fields(), ["lines[0].sku"]);
    assert_eq!(
        refused.body["errors"][0]["message"],
        "an article that is sold in us"
    );
}

#[tokio::test]
async fn a_key_makes_one_order() {
    let router = router();
    let post = |key: &str, body: &Value| {
        Request::post("/orders/orders")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(Body::from(body.to_string()))
            .unwrap()
    };
    let first = send(&router, post("k1", &order())).await;
    let second = send(&router, post("k1", &order())).await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::CREATED, StatusCode::OK)
    );
    assert_eq!(first.body, second.body);
    let mut other = order();
    other["lines"][0]["quantity"] = json!(4);
    let reused = send(&router, post("k1", &other)).await;
    assert_eq!(reused.status, StatusCode::CONFLICT);
    assert_eq!(reused.body["code"], "idempotency_key_reused");
    let long = send(&router, post(&"k".repeat(101), &order())).await;
    assert_eq!(long.fields(), ["Idempotency-Key"]);
}

#[tokio::test]
async fn an_order_is_cancelled_once_and_remembers_why() {
    let router = router();
    let path = "/orders/orders/ord_1042/cancel";
    let refused = write(&router, "POST", path, &json!({"reason": "boredom"})).await;
    assert_eq!(refused.fields(), ["reason"]);
    let reason = json!({"reason": "out_of_stock"});
    let cancelled = write(&router, "POST", path, &reason).await;
    assert_eq!(cancelled.body["status"], "cancelled");
    assert_eq!(cancelled.body["cancellation"]["reason"], "out_of_stock");
    let again = write(&router, "POST", path, &reason).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let history = get(&router, "/orders/orders/ord_1042/events").await;
    let last = history.body["items"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["status"], &last["by"]),
        (&json!("cancelled"), &json!("cli_a"))
    );
}

#[tokio::test]
async fn the_address_changes_until_the_order_has_left() {
    let (router, mut address) = (router(), order()["delivery"].clone());
    address["city"] = json!("Utrecht");
    let path = "/orders/orders/ord_1042/delivery";
    let changed = write(&router, "PUT", path, &address).await;
    assert_eq!(changed.body["delivery"]["city"], "Utrecht");
    let delivered = "/orders/orders/ord_1001/delivery";
    let late = write(&router, "PUT", delivered, &address).await;
    assert_eq!(late.body["code"], "order_not_changeable");
    let refused = write(&router, "PUT", path, &json!({"city": ""})).await;
    assert_eq!(
        refused.fields(),
        ["country", "street", "postal_code", "city"]
    );
}

#[tokio::test]
async fn pages_give_every_order_once_newest_first() {
    let router = router();
    let (mut seen, mut path) = (Vec::new(), "/orders/orders?limit=20".to_owned());
    loop {
        let page = get(&router, &path).await;
        seen.extend(page.ids().into_iter().map(str::to_owned));
        let Some(next) = page.body["next"].as_str() else {
            break;
        };
        path = format!("/orders/orders?limit=20&after={next}");
    }
    let expected: Vec<_> = (1001..=1042).rev().map(|n| format!("ord_{n}")).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn filters_narrow_the_list_down() {
    let router = router();
    write_as(&router, "cli_b", "POST", "/orders/orders", &order()).await;
    let open = get(
        &router,
        "/orders/orders?status=open&customer=NOOR@customer.example",
    )
    .await;
    assert!(!open.ids().is_empty());
    for item in open.body["items"].as_array().unwrap() {
        assert_eq!(item["status"], "open");
        assert_eq!(item["customer"]["email"], "noor@customer.example");
    }
    let mine = Request::get("/orders/orders?mine=true").header("x-client-id", "cli_b");
    let mine = send(&router, mine.body(Body::empty()).unwrap()).await;
    assert_eq!(mine.ids(), ["ord_1043"]);
    let wrong = get(
        &router,
        "/orders/orders?status=lost&mine=maybe&limit=x&after=7",
    )
    .await;
    assert_eq!(wrong.fields(), ["status", "mine", "limit", "after"]);
}

#[tokio::test]
async fn no_more_than_a_thousand_orders_are_kept() {
    let router = router();
    for _ in 0..1000 {
        write(&router, "POST", "/orders/orders", &order()).await;
    }
    assert_eq!(
        get(&router, "/orders/orders/ord_1042").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        get(&router, "/orders/orders/ord_1043").await.status,
        StatusCode::OK
    );
}
