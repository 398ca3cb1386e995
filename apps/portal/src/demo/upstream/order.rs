//! One order.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::{
    body::{Checks, Part},
    problem::Problem,
    products::Article,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Open,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) status: Status,
    #[serde(flatten)]
    pub(super) ordered: NewOrder,
    pub(super) total: Money,
    pub(super) cancellation: Option<Cancellation>,
    pub(super) created_by: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) number: u64,
    #[serde(skip)]
    pub(super) history: Vec<OrderEvent>,
    /// The key and the body of the request that made it.
    #[serde(skip)]
    pub(super) made_by: Option<(String, NewOrder)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct NewOrder {
    pub(super) customer: Customer,
    pub(super) lines: Vec<Line>,
    pub(super) delivery: Address,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Customer {
    pub(super) name: String,
    pub(super) email: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    sku: &'static str,
    name: &'static str,
    quantity: u32,
    unit_price: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Money {
    amount: u64,
    currency: &'static str,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Address {
    pub(super) street: String,
    pub(super) postal_code: String,
    pub(super) city: String,
    pub(super) country: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct OrderEvent {
    pub(super) status: Status,
    pub(super) at: DateTime<Utc>,
    pub(super) by: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Cancellation {
    pub(super) reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    pub(super) at: DateTime<Utc>,
}

impl Status {
    pub(super) const WORDS: [&str; 5] = ["open", "paid", "shipped", "delivered", "cancelled"];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

impl Order {
    /// Refuses orders that have left, or never will.
    pub(super) fn require_changeable(&self) -> Result<(), Problem> {
        match self.status {
            Status::Open | Status::Paid => Ok(()),
            status => Err(Problem::new(
                StatusCode::CONFLICT,
                "order_not_changeable",
                format!(
                    "the order is {}; only open and paid orders can be changed",
                    status.word()
                ),
            )),
        }
    }
}

impl NewOrder {
    const MOST_LINES: usize = 50;

    pub(super) fn read(body: &Value) -> Result<Self, Problem> {
        let (mut checks, body) = (Checks::default(), Part::whole(body));
        let customer = Customer::read(&mut checks, &body.field("customer"));
        let delivery = Address::read(&mut checks, &body.field("delivery"));
        let lines = body.field("lines");
        let given = lines.items();
        if !(1..=Self::MOST_LINES).contains(&given.len()) {
            checks.refuse(&lines, format!("1 to {} lines", Self::MOST_LINES));
        }
        let region = region(&delivery.country);
        let given = given.iter().take(Self::MOST_LINES);
        let lines = given
            .filter_map(|line| Line::read(&mut checks, line, region))
            .collect();
        let note = checks.optional_text(&body.field("note"), 500);
        checks.finish()?;
        Ok(Self {
            customer,
            lines,
            delivery,
            note,
        })
    }

    pub(super) fn total(&self) -> Money {
        let amounts = self.lines.iter();
        Money {
            amount: amounts
                .map(|line| line.unit_price.amount * u64::from(line.quantity))
                .sum(),
            currency: self.lines.first().map_or("EUR", |l| l.unit_price.currency),
        }
    }
}

impl Customer {
    fn read(checks: &mut Checks, part: &Part<'_>) -> Self {
        let (mut name, mut email) = (String::new(), String::new());
        if checks.is_object(part) {
            name = checks.text(&part.field("name"), 100);
            email = checks.text(&part.field("email"), 254);
            let halves = email.split_once('@');
            let fine =
                halves.is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
            if !fine && !email.is_empty() {
                checks.refuse(&part.field("email"), "an e-mail address");
            }
        }
        Self { name, email }
    }
}

impl Line {
    fn read(checks: &mut Checks, part: &Part<'_>, region: &str) -> Option<Self> {
        if !checks.is_object(part) {
            return None;
        }
        let (sku, quantity) = (part.field("sku"), part.field("quantity"));
        let (text, quantity) = (checks.text(&sku, 40), checks.number(&quantity, 1..=999));
        let line = Self::of(&text, quantity, region);
        if line.is_none() && !text.is_empty() {
            checks.refuse(&sku, format!("an article that is sold in {region}"));
        }
        line
    }

    pub(super) fn of(sku: &str, quantity: u32, region: &str) -> Option<Self> {
        let article = Article::find(sku)?;
        let price = article.price(region)?;
        Some(Self {
            sku: article.sku,
            name: article.name,
            quantity,
            unit_price: Money {
                amount: u64::from(price.amount),
                currency: price.currency,
            },
        })
    }
}

impl Address {
    pub(super) fn read(checks: &mut Checks, part: &Part<'_>) -> Self {
        if !checks.is_object(part) {
            return Self::default();
        }
        let country = part.field("country");
        let code = checks.text(&country, 2);
        let fine = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !fine && !code.is_empty() {
            checks.refuse(&country, "two capital letters, as in ISO 3166-1");
        }
        Self {
            street: checks.text(&part.field("street"), 200),
            postal_code: checks.text(&part.field("postal_code"), 20),
            city: checks.text(&part.field("city"), 100),
            country: code,
        }
    }
}

/// Whose prices hold for a country.
pub(super) fn region(country: &str) -> &'static str {
    match country {
        "GB" => "uk",
        "US" => "us",
        _ => "eu",
    }
}
