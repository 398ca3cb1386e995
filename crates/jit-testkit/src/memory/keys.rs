use jit_domain::{
    access::{AccessRequest, RequestState},
    change::Aggregate,
    clients::{ApiClient, ClientOrigin, Credential},
    connections::IdpConnection,
    console::{Administrator, ConsoleSignIn},
    values::Name,
};

use super::{
    state::State,
    table::{Row, Table},
};

impl State {
    /// Whether no other row has a key that only one may have.
    pub(super) fn keys_are_free(&self, aggregate: &Aggregate) -> bool {
        match aggregate {
            Aggregate::Workspace(it) => {
                let taken = |other: &_| is_other(&**it, other) && other.slug == it.slug;
                !self.workspaces.of_all().any(taken)
            }
            Aggregate::IdpConnection(it) => free(&self.connections, &**it, |other| {
                other.slug == it.slug || both_describe_one(it, other)
            }),
            Aggregate::EndUser(it) => free(&self.end_users, &**it, |other| {
                !other.subjects.is_disjoint(&it.subjects)
            }),
            Aggregate::EndUserGroup(it) => free(&self.groups, &**it, |other| {
                same_name(&other.name, &it.name)
            }),
            Aggregate::Policy(it) => free(&self.policies, &**it, |other| {
                same_name(&other.name, &it.name)
            }),
            Aggregate::ApiCollection(it) => {
                free(&self.collections, &**it, |other| other.slug == it.slug)
            }
            Aggregate::ApiClient(it) => {
                free(&self.clients, &**it, |other| is_twin(it, other)) && own_hashes_differ(it)
            }
            Aggregate::AccessRequest(it) => {
                free(&self.requests, &**it, |other| both_pending(it, other))
            }
            Aggregate::Administrator(it) => {
                free(&self.administrators, &**it, |other| signs_in_as(it, other))
            }
            Aggregate::ApiToken(it) => free(&self.api_tokens, &**it, |other| other.hash == it.hash),
            Aggregate::Session(it) => free(&self.sessions, &**it, |other| other.hash == it.hash),
            Aggregate::SetupLink(it) => {
                free(&self.setup_links, &**it, |other| other.hash == it.hash)
            }
            Aggregate::JitSettings(_)
            | Aggregate::Grant(_)
            | Aggregate::AuthnRequest(_)
            | Aggregate::SamlKey(_)
            | Aggregate::SignInAttempt(_) => true,
        }
    }
}

/// Whether no other row of the workspace is taken to be the same.
fn free<T: Row>(table: &Table<T>, row: &T, taken: impl Fn(&T) -> bool) -> bool {
    let mut others = table
        .of(row.workspace())
        .filter(|other| is_other(row, other));
    !others.any(taken)
}

fn is_other<T: Row>(row: &T, other: &T) -> bool {
    row.id() != other.id()
}

fn same_name(a: &Name, b: &Name) -> bool {
    a.as_str().to_lowercase() == b.as_str().to_lowercase()
}

/// One connection a provider; those that are not described yet are not in each other's way.
fn both_describe_one(connection: &IdpConnection, other: &IdpConnection) -> bool {
    match (&connection.idp, &other.idp) {
        (Some(idp), Some(others)) => idp.entity_id == others.entity_id,
        _ => false,
    }
}

/// One address among those with a password, and one administrator a subject.
fn signs_in_as(administrator: &Administrator, other: &Administrator) -> bool {
    use ConsoleSignIn::{Password, Sso};
    match (&administrator.sign_in, &other.sign_in) {
        (Password { .. }, Password { .. }) => administrator.email.key() == other.email.key(),
        (
            Sso { subject, .. },
            Sso {
                subject: others, ..
            },
        ) => subject == others,
        (Password { .. }, Sso { .. }) | (Sso { .. }, Password { .. }) => false,
    }
}

/// One JIT client a person, and one client a secret.
fn is_twin(client: &ApiClient, other: &ApiClient) -> bool {
    let jit = |client: &ApiClient| client.origin() == ClientOrigin::Jit;
    let same_owner = jit(client) && jit(other) && client.owner() == other.owner();
    let knows = |hash| {
        other
            .credentials()
            .iter()
            .any(|c: &Credential| c.hash == hash)
    };
    same_owner || client.credentials().iter().any(|c| knows(c.hash))
}

fn own_hashes_differ(client: &ApiClient) -> bool {
    let mut hashes: Vec<_> = client.credentials().iter().map(|c| c.hash).collect();
    hashes.sort_unstable();
    hashes.windows(2).all(|pair| pair[0] != pair[1])
}

/// One pending request for a client and a collection (R20).
fn both_pending(request: &AccessRequest, other: &AccessRequest) -> bool {
    let pending = |r: &AccessRequest| r.state == RequestState::Pending;
    pending(request)
        && pending(other)
        && (request.client, request.collection) == (other.client, other.collection)
}
