use chrono::Duration;

use crate::{
    audit::Event,
    change::Change,
    clients::{ApiClient, Credential},
    error::{Error, InvalidField, Problems, Rejection},
    ids::{ApiClientId, CredentialId},
    settings::AuthMethod,
    tokens::{Secret, SecretKind},
    values::{Name, Timestamp},
};

use super::{Caller, Decided, Portal, policies::parse_ip_rules};

/// What somebody wants a credential to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CredentialDraft {
    /// What to call it.
    pub name: String,
    /// Until when it authenticates; for ever if absent.
    pub expires_at: Option<Timestamp>,
    /// Networks that it may be used from, one text each; everywhere if empty.
    pub allow: Vec<String>,
    /// Networks that it may not be used from.
    pub deny: Vec<String>,
}

/// A credential that was just made. The secret is shown once and kept nowhere (R29).
#[derive(Debug, Clone)]
pub struct NewCredential {
    /// The credential.
    pub credential: Credential,
    /// What to send with calls.
    pub secret: Secret,
}

/// How long an old secret lives beside its successor: 0 to 30 days (R29).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap(Duration);

impl Overlap {
    /// 24 hours.
    pub const DEFAULT: Self = Self(Duration::hours(24));
    /// None: the old secret ends at once.
    pub const NONE: Self = Self(Duration::zero());

    /// Checks a number of seconds.
    pub fn parse(seconds: i64) -> Result<Self, InvalidField> {
        let longest = Duration::days(30).num_seconds();
        if (0..=longest).contains(&seconds) {
            Ok(Self(Duration::seconds(seconds)))
        } else {
            let expected = format!("0 to {longest} seconds (30 days)");
            Err(InvalidField::new(
                "overlap_seconds",
                expected,
                seconds.to_string(),
            ))
        }
    }
}

/// The client with that credential added.
fn decide_credential(
    mut client: ApiClient,
    credential: Credential,
    now: Timestamp,
) -> Result<Decided<()>, Rejection> {
    if client.method() != AuthMethod::AuthToken {
        return Err(Rejection::MethodHasNoSecret {
            method: client.method(),
        });
    }
    let event = Event::made("credential.created", credential.id)
        .with("client", client.id())
        .with_some(
            "expires_at",
            credential.expires_at.map(|end| end.to_rfc3339()),
        );
    client.add_credential(credential, now)?;
    client.version = client.version.next();
    Ok(Decided {
        result: (),
        changes: vec![Change::put(client)],
        events: vec![event],
    })
}

/// The client with a successor for a credential, which itself ends after the overlap (R29).
fn decide_rotation(
    mut client: ApiClient,
    old: CredentialId,
    overlap: Overlap,
    successor: impl FnOnce(&Credential) -> Credential,
    now: Timestamp,
) -> Result<Decided<Credential>, Rejection> {
    let found = client
        .credential_mut(old)
        .ok_or(Rejection::NotFound { what: "credential" })?;
    if !found.is_usable(now) {
        return Err(Rejection::CredentialSpent);
    }
    let successor = successor(found);
    let end = now + overlap.0;
    found.expires_at = Some(found.expires_at.map_or(end, |own_end| own_end.min(end)));
    let event = Event::made("credential.rotated", successor.id)
        .with("client", client.id())
        .with("replaces", old)
        .with("old_ends_at", end.to_rfc3339());
    client.add_credential(successor.clone(), now)?;
    client.version = client.version.next();
    Ok(Decided {
        result: successor,
        changes: vec![Change::put(client)],
        events: vec![event],
    })
}

fn decide_credential_revocation(
    mut client: ApiClient,
    id: CredentialId,
    now: Timestamp,
) -> Result<Decided<()>, Rejection> {
    let found = client
        .credential_mut(id)
        .ok_or(Rejection::NotFound { what: "credential" })?;
    if found.revoked_at.is_some() {
        return Err(Rejection::AlreadyEnded { what: "credential" });
    }
    found.revoked_at = Some(now);
    let event = Event {
        before: None,
        after: None,
        ..Event::made("credential.revoked", id)
    }
    .with("client", client.id());
    client.version = client.version.next();
    Ok(Decided {
        result: (),
        changes: vec![Change::put(client)],
        events: vec![event],
    })
}

impl Portal {
    /// Makes a credential; its secret is in the answer and nowhere else (R29).
    pub async fn create_credential(
        &self,
        caller: &Caller,
        client: ApiClientId,
        draft: &CredentialDraft,
    ) -> Result<NewCredential, Error> {
        let now = self.now();
        let mut problems = Problems::default();
        let name = problems.check(Name::parse("name", &draft.name));
        let ip_rules = parse_ip_rules(&mut problems, &draft.allow, &draft.deny);
        if let Some(end) = draft.expires_at.filter(|end| *end <= now) {
            problems.add(InvalidField::new(
                "expires_at",
                "a moment in the future",
                end.to_rfc3339(),
            ));
        }
        problems.finish()?;
        let name = name.ok_or(Rejection::NotFound { what: "credential" })?;
        let secret = self.secret(SecretKind::AuthToken);
        let credential = Credential {
            id: self.id(CredentialId::new, now),
            name,
            hash: secret.hash(),
            hint: secret.hint(),
            created_at: now,
            expires_at: draft.expires_at,
            revoked_at: None,
            ip_rules,
        };
        self.deciding(|| async {
            let client = self.find_client_to_change(caller, client).await?;
            let decided = decide_credential(client, credential.clone(), now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await?;
        Ok(NewCredential { credential, secret })
    }

    /// Makes a successor for a credential; the old secret lives on for the overlap (R29).
    pub async fn rotate_credential(
        &self,
        caller: &Caller,
        client: ApiClientId,
        old: CredentialId,
        overlap: Overlap,
    ) -> Result<NewCredential, Error> {
        let secret = self.secret(SecretKind::AuthToken);
        let credential = self
            .deciding(|| async {
                let client = self.find_client_to_change(caller, client).await?;
                let now = self.now();
                let id = self.id(CredentialId::new, now);
                let successor = |old: &Credential| Credential {
                    id,
                    name: old.name.clone(),
                    hash: secret.hash(),
                    hint: secret.hint(),
                    created_at: now,
                    expires_at: old.expires_at,
                    revoked_at: None,
                    ip_rules: old.ip_rules.clone(),
                };
                let decided = decide_rotation(client, old, overlap, successor, now)?;
                self.commit(&caller.acting(now), decided).await
            })
            .await?;
        Ok(NewCredential { credential, secret })
    }

    /// Ends a credential at once (R29).
    pub async fn revoke_credential(
        &self,
        caller: &Caller,
        client: ApiClientId,
        id: CredentialId,
    ) -> Result<(), Error> {
        self.deciding(|| async {
            let client = self.find_client_to_change(caller, client).await?;
            let now = self.now();
            let decided = decide_credential_revocation(client, id, now)?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    /// The client, if the caller is its owner or an administrator; for others it does not exist.
    async fn find_client_to_change(
        &self,
        caller: &Caller,
        id: ApiClientId,
    ) -> Result<ApiClient, Error> {
        match caller {
            Caller::Console(caller) => {
                caller.require_administrator()?;
                let found = self.ports.store.find_client(caller.workspace, id).await?;
                Ok(found.ok_or(Rejection::NotFound { what: "API client" })?)
            }
            Caller::EndUser(caller) => {
                let own = self.standing(caller).await?.client;
                if own.id() == id {
                    Ok(own)
                } else {
                    Err(Rejection::NotFound { what: "API client" }.into())
                }
            }
        }
    }
}
