//! What a decision costs beside the work that no gateway can avoid, and a proxied call beside a bare one.
//!
//! Rounds alternate, so that whatever else the machine does hits all of them; figures are medians.

#![expect(clippy::unwrap_used, reason = "a measurement may fail")]

mod call;
mod decision;
mod population;

#[tokio::main]
async fn main() {
    decision::compare();
    call::compare().await;
}

/// The middle one.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
