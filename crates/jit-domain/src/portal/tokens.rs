use crate::{
    access::Decider,
    audit::{Actor, Event},
    change::Change,
    console::{ApiToken, ConsoleCaller, ConsoleRole, Origin},
    error::{Error, Rejection},
    ids::{ApiTokenId, WorkspaceId},
    tokens::{Secret, SecretKind},
    values::{Name, Timestamp, Version},
};

use super::{Acting, Decided, Portal};

/// A token that was just made. The secret is shown once and kept nowhere (R29).
#[derive(Debug)]
pub struct NewApiToken {
    /// The token.
    pub token: ApiToken,
    /// What to send as `Authorization: Bearer`.
    pub secret: Secret,
}

impl Portal {
    /// Makes a token for scripts, from the command line of the machine that runs the portal.
    pub async fn create_api_token(
        &self,
        workspace: WorkspaceId,
        name: &str,
        role: ConsoleRole,
        expires_at: Option<Timestamp>,
    ) -> Result<NewApiToken, Error> {
        let (now, origin) = (self.now(), Origin::default());
        let secret = self.secret(SecretKind::ApiToken);
        let token = ApiToken {
            id: self.id(ApiTokenId::new, now),
            workspace,
            version: Version::FIRST,
            name: Name::parse("name", name)?,
            role,
            hash: secret.hash(),
            hint: secret.hint(),
            created_at: now,
            expires_at,
            revoked_at: None,
        };
        let event = Event::made("api_token.created", token.id);
        let changes = vec![Change::put(token.clone())];
        let acting = Acting {
            workspace,
            actor: Actor::System,
            origin: &origin,
            now,
        };
        self.commit(
            &acting,
            Decided {
                result: (),
                changes,
                events: vec![event],
            },
        )
        .await?;
        Ok(NewApiToken { token, secret })
    }

    /// Who is behind that token, if it still counts.
    pub async fn find_token_caller(
        &self,
        workspace: WorkspaceId,
        token: &str,
        origin: Origin,
    ) -> Result<Option<ConsoleCaller>, Error> {
        let Some(secret) = Secret::parse(SecretKind::ApiToken, token) else {
            return Ok(None);
        };
        let now = self.now();
        let found = self
            .ports
            .store
            .find_api_token_by_hash(workspace, &secret.hash())
            .await?;
        let usable = |token: &ApiToken| {
            token.revoked_at.is_none() && token.expires_at.is_none_or(|end| now < end)
        };
        Ok(found.filter(usable).map(|token| ConsoleCaller {
            workspace,
            identity: Decider::ApiToken(token.id),
            role: token.role,
            email: None,
            end_user: None,
            origin,
        }))
    }

    /// Every token.
    pub async fn list_api_tokens(&self, caller: &ConsoleCaller) -> Result<Vec<ApiToken>, Error> {
        caller.require_reader()?;
        Ok(self.ports.store.list_api_tokens(caller.workspace).await?)
    }

    /// Revokes a token.
    pub async fn revoke_api_token(
        &self,
        caller: &ConsoleCaller,
        id: ApiTokenId,
    ) -> Result<(), Error> {
        caller.require_administrator()?;
        self.deciding(|| async {
            let found = self
                .ports
                .store
                .find_api_token(caller.workspace, id)
                .await?;
            let token = found.ok_or(Rejection::NotFound { what: "API token" })?;
            if token.revoked_at.is_some() {
                return Err(Rejection::AlreadyEnded { what: "API token" }.into());
            }
            let now = self.now();
            let event = Event::changed("api_token.revoked", id, token.version);
            let version = token.version.next();
            let changes = vec![Change::put(ApiToken {
                revoked_at: Some(now),
                version,
                ..token
            })];
            self.commit(
                &caller.acting(now),
                Decided {
                    result: (),
                    changes,
                    events: vec![event],
                },
            )
            .await
        })
        .await
    }
}
