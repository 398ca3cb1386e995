use axum::http::StatusCode;
use serde_json::json;

use super::{get, write, write_as};
use crate::demo::upstream::{products::ARTICLES, router};

fn skus(answer: &super::Answer) -> Vec<&str> {
    let items = answer.body["items"].as_array().unwrap().iter();
    items.filter_map(|item| item["sku"].as_str()).collect()
}

#[test]
fn articles_are_in_the_order_of_their_names() {
    assert!(ARTICLES.is_sorted_by_key(|article| article.sku));
}

#[tokio::test]
async fn products_are_found_by_word_category_region_and_stock() {
    let router = router();
    for (query, expected) in [
        ("q=KETTLE", vec!["KET-200"]),
        ("q=hand+stoneware", vec!["PLT-026"]),
        ("category=light", vec!["LMP-110", "LNT-120"]),
        ("category=light&region=uk&in_stock=true", vec![]),
        (
            "category=light&region=us&in_stock=true",
            vec!["LMP-110", "LNT-120"],
        ),
        (
            "category=kitchen&region=us",
            vec!["BRD-030", "GRN-300", "PAN-240"],
        ),
        ("category=none", vec![]),
    ] {
        let found = get(&router, &format!("/catalog/products?{query}")).await;
        assert_eq!(skus(&found), expected, "{query}");
    }
    let wrong = get(&router, "/catalog/products?region=mars&in_stock=1").await;
    assert_eq!(wrong.fields(), ["region", "in_stock"]);
}

#[tokio::test]
async fn pages_give_every_product_once() {
    let router = router();
    let first = get(&router, "/catalog/products?limit=10").await;
    let next = first.body["next"].as_str().unwrap();
    let second = get(&router, &format!("/catalog/products?limit=10&after={next}")).await;
    let all: Vec<_> = skus(&first).into_iter().chain(skus(&second)).collect();
    assert_eq!(all, ARTICLES.map(|article| article.sku));
    assert!(second.body["next"].is_null());
}

#[tokio::test]
async fn a_reservation_takes_pieces_and_gives_them_back() {
    let router = router();
    let path = "/catalog/reservations";
    let body = json!({"sku": "KET-200", "region": "uk", "quantity": 5});
    let made = write(&router, "POST", path, &body).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert_eq!(made.body["created_by"], "cli_a");
    let stock = get(&router, "/catalog/products/KET-200/stock").await;
    let uk = json!({"region": "uk", "available": 2, "reserved": 5});
    assert!(stock.body["regions"].as_array().unwrap().contains(&uk));
    let too_many = write(&router, "POST", path, &body).await;
    assert_eq!(too_many.status, StatusCode::CONFLICT);
    assert_eq!(
        too_many.body["detail"],
        "2 pieces of KET-200 are available in uk"
    );

    let location = format!("/catalog{}", made.headers["location"].to_str().unwrap());
    let nothing = json!({});
    let stranger = write_as(&router, "cli_b", "DELETE", &location, &nothing).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let released = write(&router, "DELETE", &location, &nothing).await;
    assert_eq!(released.status, StatusCode::NO_CONTENT);
    let again = write(&router, "POST", path, &body).await;
    assert_eq!(again.status, StatusCode::CREATED);
}

#[tokio::test]
async fn everything_wrong_with_a_reservation_is_named_at_once() {
    let router = router();
    let path = "/catalog/reservations";
    let body = json!({"sku": "NONE-1", "region": "mars", "quantity": 1.5, "reference": []});
    let refused = write(&router, "POST", path, &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.fields(), ["sku", "region", "quantity", "reference"]);
    let empty = write(&router, "POST", path, &json!([])).await;
    assert_eq!(empty.fields(), ["sku", "region", "quantity"]);
}
