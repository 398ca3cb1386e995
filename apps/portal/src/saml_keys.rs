//! Our own keys towards identity providers, made when they are needed first.

use std::sync::Arc;

use jit_domain::{error::Error, saml_keys::SamlKey};
use tokio::sync::OnceCell;

use crate::wiring::App;

/// Read from the store once. Making a key takes a second, so the start of the program does not wait for it.
#[derive(Default)]
pub struct SamlKeys(OnceCell<Arc<[SamlKey]>>);

impl SamlKeys {
    /// The keys, newest first, the first of which signs.
    pub async fn get(&self, app: &App) -> Result<Arc<[SamlKey]>, Error> {
        self.0.get_or_try_init(|| open(app)).await.cloned()
    }

    /// The key that signs, if it is known yet: it is, a second after the very first start.
    pub fn newest(&self) -> Option<&SamlKey> {
        self.0.get()?.first()
    }
}

async fn open(app: &App) -> Result<Arc<[SamlKey]>, Error> {
    let portal = &app.portal;
    let known = portal.store().list_saml_keys(app.workspace).await?;
    if !known.is_empty() {
        return Ok(known.into());
    }
    let now = portal.now();
    let made = tokio::task::spawn_blocking(move || jit_idp::generate_saml_key(now));
    let made = made
        .await
        .map_err(|error| Error::Unavailable(error.into()))?;
    let (private, certificate) = made.map_err(Error::Unavailable)?;
    let generated = || Ok((private.clone(), certificate.clone()));
    let keys = portal
        .open_saml_keys(&app.workspace_slug, generated)
        .await?;
    Ok(keys.into())
}
