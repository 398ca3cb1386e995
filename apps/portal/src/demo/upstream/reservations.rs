//! Pieces that are kept for a basket.

use std::collections::VecDeque;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::{
    body::{Checks, Part},
    caller::Caller,
    now,
    params::number_in,
    problem::Problem,
    products::{Article, REGIONS},
};

#[derive(Debug, Clone, Serialize)]
pub(super) struct Reservation {
    pub(super) id: String,
    sku: &'static str,
    region: &'static str,
    quantity: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    created_by: Option<String>,
    created_at: DateTime<Utc>,
    #[serde(skip)]
    pub(super) number: u64,
}

/// What somebody wants to have kept.
pub(super) struct NewReservation {
    article: &'static Article,
    region: &'static str,
    quantity: u32,
    reference: Option<String>,
}

/// Every reservation, oldest first. The demo forgets the oldest when there are too many.
pub(super) struct Reservations {
    kept: VecDeque<Reservation>,
    next: u64,
}

impl NewReservation {
    pub(super) fn read(body: &Value) -> Result<Self, Problem> {
        let (mut checks, body) = (Checks::default(), Part::whole(body));
        let sku = checks.text(&body.field("sku"), 40);
        let article = Article::find(&sku);
        if article.is_none() && !sku.is_empty() {
            checks.refuse(&body.field("sku"), "an article of the catalog");
        }
        let region = checks.one_of(&body.field("region"), &REGIONS);
        let quantity = checks.number(&body.field("quantity"), 1..=100);
        let reference = checks.optional_text(&body.field("reference"), 100);
        let Some(article) = article else {
            checks.finish()?;
            return Err(not_found(&sku));
        };
        checks.finish()?;
        Ok(Self {
            article,
            region,
            quantity,
            reference,
        })
    }
}

impl Default for Reservations {
    /// One reservation of the shop itself.
    fn default() -> Self {
        let example = Reservation {
            id: "rsv_501".to_owned(),
            sku: "KET-200",
            region: "eu",
            quantity: 2,
            reference: Some("shop window".to_owned()),
            created_by: None,
            created_at: now(),
            number: 501,
        };
        Self {
            kept: [example].into(),
            next: 502,
        }
    }
}

impl Reservations {
    const MOST: usize = 1000;

    /// Those that this caller holds, oldest first.
    pub(super) fn held_by(&self, caller: &Caller) -> impl Iterator<Item = &Reservation> {
        self.kept.iter().filter(|kept| kept.created_by == caller.0)
    }

    pub(super) fn find(&self, id: &str, caller: &Caller) -> Result<&Reservation, Problem> {
        let number = number_in(id, "rsv_");
        let found = self
            .held_by(caller)
            .find(|kept| Some(kept.number) == number);
        found.ok_or_else(|| not_found(id))
    }

    pub(super) fn reserved(&self, sku: &str, region: &str) -> u32 {
        let same = |kept: &&Reservation| kept.sku == sku && kept.region == region;
        self.kept
            .iter()
            .filter(same)
            .map(|kept| kept.quantity)
            .sum()
    }

    pub(super) fn available(&self, article: &Article, region: &str) -> u32 {
        let reserved = self.reserved(article.sku, region);
        article.stock(region).saturating_sub(reserved)
    }

    pub(super) fn add(
        &mut self,
        new: NewReservation,
        caller: Caller,
    ) -> Result<Reservation, Problem> {
        let (sku, available) = (new.article.sku, self.available(new.article, new.region));
        if new.quantity > available {
            let detail = format!(
                "{available} pieces of {sku} are available in {}",
                new.region
            );
            let status = StatusCode::CONFLICT;
            return Err(Problem::new(status, "not_enough_stock", detail));
        }
        let reservation = Reservation {
            id: format!("rsv_{}", self.next),
            sku,
            region: new.region,
            quantity: new.quantity,
            reference: new.reference,
            created_by: caller.0,
            created_at: now(),
            number: self.next,
        };
        self.next += 1;
        if self.kept.len() >= Self::MOST {
            self.kept.pop_front();
        }
        self.kept.push_back(reservation.clone());
        Ok(reservation)
    }

    pub(super) fn release(&mut self, id: &str, caller: &Caller) -> Result<(), Problem> {
        let number = self.find(id, caller)?.number;
        self.kept.retain(|kept| kept.number != number);
        Ok(())
    }
}

fn not_found(id: &str) -> Problem {
    let id: String = id.chars().take(60).collect();
    let detail = format!("there is no reservation {id}");
    Problem::new(StatusCode::NOT_FOUND, "reservation_not_found", detail)
}
