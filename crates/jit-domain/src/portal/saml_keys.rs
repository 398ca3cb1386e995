//! Our own key towards identity providers.

use crate::{
    audit::{Actor, Event},
    change::Change,
    connections::SigningCertificate,
    console::{Origin, Workspace},
    error::{Error, Source},
    ids::SamlKeyId,
    saml_keys::{PrivateKey, SamlKey},
    values::{Slug, Version},
};

use super::{Acting, Decided, Portal};

impl Portal {
    /// The keys of a workspace, newest first, the first of which signs. If there is none, one is made with
    /// `generate`; replicas that start at the same time make one between them.
    pub async fn open_saml_keys(
        &self,
        workspace: &Slug,
        generate: impl Fn() -> Result<(PrivateKey, SigningCertificate), Source> + Send + Sync,
    ) -> Result<Vec<SamlKey>, Error> {
        let generate = &generate;
        self.deciding(|| async move {
            let workspace = self.open_workspace(workspace).await?;
            let id = workspace.id;
            let keys = self.ports.store.list_saml_keys(id).await?;
            if !keys.is_empty() {
                return Ok(keys);
            }
            let (private, certificate) = generate().map_err(Error::Unavailable)?;
            let now = self.now();
            let key = SamlKey {
                id: self.id(SamlKeyId::new, now),
                workspace: id,
                version: Version::FIRST,
                private,
                certificate,
                created_at: now,
            };
            let event =
                Event::made("saml_key.created", key.id).with("sha256", &key.certificate.sha256);
            let decided = Decided {
                // The workspace is written as well, so that only one of several replicas succeeds.
                changes: vec![
                    Change::put(Workspace {
                        version: workspace.version.next(),
                        ..workspace
                    }),
                    Change::put(key.clone()),
                ],
                result: vec![key],
                events: vec![event],
            };
            let origin = Origin::default();
            let acting = Acting {
                workspace: id,
                actor: Actor::System,
                origin: &origin,
                now,
            };
            self.commit(&acting, decided).await
        })
        .await
    }
}
