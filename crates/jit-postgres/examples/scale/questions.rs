//! What the pages of the console ask.

use std::{collections::BTreeSet, future::Future, pin::Pin};

use jit_domain::{
    access::RequestStatus,
    ids::{ApiClientId, ApiCollectionId, WorkspaceId},
    ports::{
        AccessRequestRepository, ApiClientRepository, AuditRepository, EndUserRepository,
        GatewayRepository, GrantRepository,
    },
    values::EmailAddress,
    views::{AccessRequestFilter, AuditFilter, Cursor, EndUserFilter, GrantFilter, PageRequest},
};
use jit_postgres::PostgresStore;
use uuid::Uuid;

use super::Done;

/// A question that is asked again and again, each time about something else.
pub(super) struct Question {
    pub(super) what: &'static str,
    pub(super) ask: Ask,
}

type Ask = Box<dyn for<'s> Fn(&'s PostgresStore, u64) -> Answered<'s>>;
type Answered<'s> = Pin<Box<dyn Future<Output = Done> + 's>>;

macro_rules! questions {
    ($($what:literal: |$store:ident, $round:ident| $ask:expr;)*) => {
        vec![$(Question {
            what: $what,
            ask: Box::new(move |$store, $round| Box::pin(async move {
                let _ = $round;
                $ask.await?;
                Ok(())
            })),
        }),*]
    };
}

/// As `scale_id` in the database.
fn id(kind: char, n: u64) -> Uuid {
    let kind = kind.to_digit(16).unwrap_or_default();
    Uuid::from_u128(u128::from(n) << 80 | 0x7000_8000 << 48 | u128::from(kind))
}

fn client(n: u64) -> ApiClientId {
    ApiClientId::new(id('c', n))
}

fn collection(n: u64) -> ApiCollectionId {
    ApiCollectionId::new(id('b', n % 1000))
}

fn three(n: u64) -> BTreeSet<ApiCollectionId> {
    [n, n + 1, n + 2].map(collection).into()
}

fn first() -> PageRequest {
    PageRequest::FIRST
}

/// Half-way down a list of everything.
fn deep(kind: char, n: u64) -> PageRequest {
    PageRequest {
        after: Some(Cursor(id(kind, n))),
        ..PageRequest::FIRST
    }
}

fn people_with(text: &str) -> EndUserFilter {
    EndUserFilter {
        text: Some(text.to_owned()),
        usable: None,
    }
}

/// Two letters, as the second names of the people begin.
fn letters(n: u64) -> String {
    let letter = |n: u64| char::from(b'a' + u8::try_from(n % 16).unwrap_or_default());
    [letter(n), letter(n / 16)].iter().collect()
}

fn requests(status: RequestStatus) -> AccessRequestFilter {
    AccessRequestFilter {
        status: Some(status),
        ..AccessRequestFilter::default()
    }
}

pub(super) fn all(w: WorkspaceId, people: u32) -> Vec<Question> {
    let people = u64::from(people);
    let half = people / 2;
    let every = move |round: u64| 1 + round * 7919 % people;
    questions! {
        "end users, first page": |s, n| s.list_end_users(w, &EndUserFilter::default(), &first());
        "end users, half-way": |s, n| s.list_end_users(w, &EndUserFilter::default(), &deep('a', half - n));
        "end users whose name has a part that one has": |s, n|
            s.list_end_users(w, &people_with(&format!("person{}@", every(n))), &first());
        "end users whose name has a part that one in 26 has": |s, n| s.list_end_users(w, &people_with("xenia"), &first());
        "end users whose name has a part that some have": |s, n|
            s.list_end_users(w, &people_with(&format!("a {}", letters(n))), &first());
        "end users whose name has a part that all have": |s, n| s.list_end_users(w, &people_with("@acme"), &first());
        "end users whose name has a part that nobody has": |s, n| s.list_end_users(w, &people_with("zzyzx"), &first());
        "end users whose name begins with a letter": |s, n| s.list_end_users(w, &people_with("x"), &first());
        "end users whose name begins with two letters that none has": |s, n| s.list_end_users(w, &people_with("zq"), &first());
        "end users who are suspended": |s, n|
            s.list_end_users(w, &EndUserFilter { text: None, usable: Some(false) }, &first());
        "end users with an e-mail address": |s, n|
            s.list_end_users_by_email(w, &EmailAddress::restore(format!("person{}@acme.example", every(n))));
        "clients, first page": |s, n| s.list_clients(w, &first());
        "clients, half-way": |s, n| s.list_clients(w, &deep('c', half - n));
        "one client for the gateway": |s, n| s.find_calling_client(w, client(every(n)));
        "pending requests": |s, n| s.list_access_requests(w, &requests(RequestStatus::Pending), &first());
        "approved requests": |s, n| s.list_access_requests(w, &requests(RequestStatus::Approved), &first());
        "rejected requests": |s, n| s.list_access_requests(w, &requests(RequestStatus::Rejected), &first());
        "withdrawn requests, of which there are none": |s, n|
            s.list_access_requests(w, &requests(RequestStatus::Withdrawn), &first());
        "all requests, half-way": |s, n|
            s.list_access_requests(w, &AccessRequestFilter::default(), &deep('e', (half - n) * 16));
        "requests for a collection": |s, n| s.list_access_requests(w, &AccessRequestFilter {
            collection: Some(collection(n)), ..AccessRequestFilter::default() }, &first());
        "pending requests for a collection": |s, n| s.list_access_requests(w, &AccessRequestFilter {
            collection: Some(collection(n)), ..requests(RequestStatus::Pending) }, &first());
        "pending requests for three collections": |s, n| s.list_access_requests(w, &AccessRequestFilter {
            collections: Some(three(n)), ..requests(RequestStatus::Pending) }, &first());
        "requests for three collections": |s, n| s.list_access_requests(w, &AccessRequestFilter {
            collections: Some(three(n)), ..AccessRequestFilter::default() }, &first());
        "requests of a client": |s, n| s.list_requests_of_client(w, client(every(n)));
        "how many requests are pending": |s, n| s.count_access_requests(w, &requests(RequestStatus::Pending));
        "how many requests are approved, up to 1,000": |s, n| s.count_access_requests(w, &requests(RequestStatus::Approved));
        "how many requests are rejected, up to 1,000": |s, n| s.count_access_requests(w, &requests(RequestStatus::Rejected));
        "grants, half-way": |s, n| s.list_grants(w, &GrantFilter::default(), &deep('f', (half - n) * 16));
        "grants on a collection": |s, n| s.list_grants(w, &GrantFilter {
            collection: Some(collection(n)), ..GrantFilter::default() }, &first());
        "grants on three collections": |s, n| s.list_grants(w, &GrantFilter {
            collections: Some(three(n)), ..GrantFilter::default() }, &first());
        "grants of a client": |s, n| s.list_grants_of_client(w, client(every(n)));
        "audit log, half-way": |s, n| s.list_audit_events(w, &AuditFilter::default(), &deep('d', half * 2 - n));
        "audit log of an action that is rare": |s, n| s.list_audit_events(w, &AuditFilter {
            action: Some("policy.".to_owned()), target: None }, &first());
        "audit log of an action that is frequent": |s, n| s.list_audit_events(w, &AuditFilter {
            action: Some("end_user.".to_owned()), target: None }, &first());
        "audit log of a person": |s, n| s.list_audit_events(w, &AuditFilter {
            action: None, target: Some(format!("usr_{}", id('a', every(n)).simple())) }, &first());
    }
}
