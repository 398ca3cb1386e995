//! What the demo shows: a fictional company, Acme, with people, APIs and an upstream that answers.

mod documents;
pub mod people;
pub mod seed;
pub mod upstream;
