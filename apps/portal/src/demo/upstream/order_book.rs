//! All orders of the shop.

use std::collections::VecDeque;

use axum::http::StatusCode;

use super::{
    caller::Caller,
    now,
    order::{Address, Cancellation, NewOrder, Order, OrderEvent, Status},
    order_examples,
    params::number_in,
    problem::Problem,
};

/// Oldest first. The demo forgets the oldest when there are too many.
pub(super) struct OrderBook {
    orders: VecDeque<Order>,
    next: u64,
}

/// What became of a new order.
pub(super) enum Added {
    Now(Order),
    Before(Order),
}

impl OrderBook {
    const MOST: usize = 1000;

    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter().rev()
    }

    pub(super) fn find(&self, id: &str) -> Result<&Order, Problem> {
        let number = number_in(id, "ord_");
        let found = self.orders.iter().find(|o| Some(o.number) == number);
        found.ok_or_else(|| not_found(id))
    }

    fn find_mut(&mut self, id: &str) -> Result<&mut Order, Problem> {
        let number = number_in(id, "ord_");
        let found = self.orders.iter_mut().find(|o| Some(o.number) == number);
        found.ok_or_else(|| not_found(id))
    }

    /// Adds an order once for each key of a client.
    pub(super) fn add(
        &mut self,
        new: NewOrder,
        caller: Caller,
        key: Option<String>,
    ) -> Result<Added, Problem> {
        if let Some(key) = &key {
            let same_key = |o: &&Order| {
                o.created_by == caller.0 && o.made_by.as_ref().is_some_and(|(k, _)| k == key)
            };
            if let Some(before) = self.orders.iter().find(same_key) {
                let same_body = before
                    .made_by
                    .as_ref()
                    .is_some_and(|(_, body)| *body == new);
                return if same_body {
                    Ok(Added::Before(before.clone()))
                } else {
                    Err(Problem::new(
                        StatusCode::CONFLICT,
                        "idempotency_key_reused",
                        "this Idempotency-Key belongs to another body",
                    ))
                };
            }
        }
        let (number, at) = (self.next, now());
        let order = Order {
            id: format!("ord_{number}"),
            status: Status::Open,
            total: new.total(),
            cancellation: None,
            created_by: caller.0.clone(),
            created_at: at,
            updated_at: at,
            number,
            history: vec![OrderEvent {
                status: Status::Open,
                at,
                by: caller.0,
            }],
            made_by: key.map(|key| (key, new.clone())),
            ordered: new,
        };
        self.next += 1;
        if self.orders.len() >= Self::MOST {
            self.orders.pop_front();
        }
        self.orders.push_back(order.clone());
        Ok(Added::Now(order))
    }

    pub(super) fn change_delivery(&mut self, id: &str, to: Address) -> Result<Order, Problem> {
        let order = self.find_mut(id)?;
        order.require_changeable()?;
        order.ordered.delivery = to;
        order.updated_at = now();
        Ok(order.clone())
    }

    pub(super) fn cancel(
        &mut self,
        id: &str,
        reason: &'static str,
        note: Option<String>,
        caller: Caller,
    ) -> Result<Order, Problem> {
        let order = self.find_mut(id)?;
        order.require_changeable()?;
        let at = now();
        order.status = Status::Cancelled;
        order.cancellation = Some(Cancellation { reason, note, at });
        order.updated_at = at;
        order.history.push(OrderEvent {
            status: Status::Cancelled,
            at,
            by: caller.0,
        });
        Ok(order.clone())
    }
}

impl Default for OrderBook {
    fn default() -> Self {
        let orders: VecDeque<_> = order_examples::all().collect();
        let next = orders.back().map_or(1, |last| last.number + 1);
        Self { orders, next }
    }
}

fn not_found(id: &str) -> Problem {
    let id: String = id.chars().take(60).collect();
    let detail = format!("there is no order {id}");
    Problem::new(StatusCode::NOT_FOUND, "order_not_found", detail)
}
