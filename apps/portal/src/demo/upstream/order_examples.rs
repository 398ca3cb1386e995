//! The orders that are there when the demo starts.

use chrono::Duration;

use super::{
    now,
    order::{Address, Cancellation, Customer, Line, NewOrder, Order, OrderEvent, Status, region},
};

#[rustfmt::skip]
const CUSTOMERS: [(&str, &str, &str, &str, &str, &str); 6] = [
    ("Noor de Vries", "noor", "Keizersgracht 204", "1016 DX", "Amsterdam", "NL"),
    ("Lena Vogt", "lena.vogt", "Speersort 1", "20095", "Hamburg", "DE"),
    ("Tom Ashworth", "tom", "18 Brunswick Square", "BS2 8PE", "Bristol", "GB"),
    ("Inés Marín", "ines", "Calle de Atocha 45", "28012", "Madrid", "ES"),
    ("Grace Mbeki", "grace", "210 Pine Street", "04101", "Portland", "US"),
    ("Søren Holm", "soren", "Vestergade 33", "8000", "Aarhus", "DK"),
];
const BASKETS: [&[(&str, u32)]; 5] = [
    &[("MUG-014", 4), ("PLT-026", 4)],
    &[("PAN-240", 1)],
    &[("GRN-300", 1), ("MUG-014", 2)],
    &[("SEC-008", 1), ("GLO-007", 2), ("CAN-045", 1)],
    &[("TWL-050", 3)],
];
const EXAMPLES: u64 = 42;
const FIRST: u64 = 1001;

/// What the shop sold in the last week, oldest first.
pub(super) fn all() -> impl Iterator<Item = Order> {
    (0..EXAMPLES).map(example)
}

fn example(index: u64) -> Order {
    let place = usize::try_from(index).unwrap_or_default();
    let (name, mailbox, street, postal_code, city, country) = CUSTOMERS[place % CUSTOMERS.len()];
    let region = region(country);
    let basket = BASKETS[place % BASKETS.len()].iter();
    let lines = basket.filter_map(|(sku, quantity)| Line::of(sku, *quantity, region));
    let ordered = NewOrder {
        customer: Customer {
            name: name.to_owned(),
            email: format!("{mailbox}@customer.example"),
        },
        lines: lines.collect(),
        delivery: Address {
            street: street.to_owned(),
            postal_code: postal_code.to_owned(),
            city: city.to_owned(),
            country: country.to_owned(),
        },
        note: None,
    };
    let steps: &[Status] = match index {
        _ if index % 9 == 4 => &[Status::Open, Status::Cancelled],
        0..16 => &[
            Status::Open,
            Status::Paid,
            Status::Shipped,
            Status::Delivered,
        ],
        16..28 => &[Status::Open, Status::Paid, Status::Shipped],
        28..37 => &[Status::Open, Status::Paid],
        _ => &[Status::Open],
    };
    let mut at = now() - Duration::hours(i64::try_from((EXAMPLES - index) * 4).unwrap_or(1));
    let created_at = at;
    let history: Vec<_> = steps
        .iter()
        .map(|&status| {
            let event = OrderEvent {
                status,
                at,
                by: None,
            };
            at += Duration::minutes(65);
            event
        })
        .collect();
    let last = history.last().map_or(created_at, |event| event.at);
    let status = steps.last().copied().unwrap_or(Status::Open);
    let cancellation = (status == Status::Cancelled).then_some(Cancellation {
        reason: "customer_request",
        note: None,
        at: last,
    });
    Order {
        id: format!("ord_{}", FIRST + index),
        status,
        total: ordered.total(),
        ordered,
        cancellation,
        created_by: None,
        created_at,
        updated_at: last,
        number: FIRST + index,
        history,
        made_by: None,
    }
}
