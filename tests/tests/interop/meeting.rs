//! A portal and a provider that know each other, and a person's browser.

use anyhow::{Context, Result, ensure};
use jit_testkit::idp::Person;
use reqwest::Method;
use serde_json::{Value, json};
use thirtyfour::{By, WebDriver, prelude::ElementQueryable};
use workspace_tests::{
    browser::{self, Browser},
    peers::{Provider, Software},
    portal::Portal,
    scene::Scene,
};

/// The place of the provider's connection in the portal's addresses.
pub(crate) const SLUG: &str = "peer";
/// A value of the groups attribute that means a group of the portal.
pub(crate) const GROUP: &str = "warehouse";

/// A portal and a provider.
pub(crate) struct Pair {
    pub(crate) scene: Scene,
    pub(crate) provider: Provider,
    /// Somebody whom the provider knows.
    pub(crate) person: Person,
    /// The connection, as the API shows it.
    pub(crate) connection: Value,
    /// The id of the portal's group.
    pub(crate) group: String,
}

/// The same and a browser.
pub(crate) struct Meeting {
    pub(crate) pair: Pair,
    browser: Browser,
}

impl Pair {
    /// What an administrator does: each side gets the metadata of the other.
    pub(crate) async fn arranged(software: &'static Software) -> Result<Self> {
        let person = Person::new("Zoë Ångström & Søn", "zoe@acme.example")
            .with_groups([GROUP, "chess & <go>"]);
        let people = [person.clone()];
        let (scene, provider) = tokio::try_join!(portal(), Provider::start(software, &people))?;
        let group = scene.post("/groups", &json!({"name": "Warehouse"})).await?;
        let group = text(&group, "/id")?;
        let connection = json!({
            "name": software.name, "slug": SLUG,
            "metadata_xml": provider.metadata_xml().await?,
            "group_sync": {"state": "on", "rules": [{"value": GROUP, "group": group}]},
        });
        let connection = scene.post("/idp-connections", &connection).await?;
        provider.trust(SLUG, &metadata_of(&connection).await?)?;
        Ok(Self {
            scene,
            provider,
            person,
            connection,
            group,
        })
    }

    /// Changes a connection.
    pub(crate) async fn change(&self, connection: &Value, body: &Value) -> Result<()> {
        let path = format!("/idp-connections/{}", text(connection, "/id")?);
        let changed = self.scene.api(Method::PATCH, &path).json(body);
        changed.send().await?.error_for_status()?;
        Ok(())
    }

    /// Changes one of the connection's options about messages, and shows the provider our metadata anew.
    pub(crate) async fn switch_on(&self, option: &str) -> Result<()> {
        let mut saml = self.connection["saml"].clone();
        saml[option] = json!("on");
        self.change(&self.connection, &json!({"saml": saml}))
            .await?;
        let metadata = metadata_of(&self.connection).await?;
        self.provider.trust(SLUG, &metadata)
    }
}

impl Meeting {
    /// With scripts, as people have it: the provider's last page sends itself.
    pub(crate) async fn with_scripts(software: &'static Software) -> Result<Self> {
        Self::with(software, Browser::options()).await
    }

    /// Without scripts the provider's last page waits, and can be looked at.
    pub(crate) async fn without_scripts(software: &'static Software) -> Result<Self> {
        Self::with(software, Browser::options().without_scripts()).await
    }

    async fn with(software: &'static Software, browser: browser::Options) -> Result<Self> {
        let (pair, browser) = tokio::try_join!(Pair::arranged(software), browser.start())?;
        Ok(Self { pair, browser })
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// The person chooses a connection on the portal's page, in a browser that the portal does not know.
    pub(crate) async fn choose(&self, slug: &str) -> Result<()> {
        let login = self.pair.scene.portal.url("/login");
        self.driver().goto(&login).await?;
        self.driver().delete_all_cookies().await?;
        self.driver().goto(&login).await?;
        let link = format!("main a[href^='/sso/saml/{slug}/login']");
        let link = self.driver().query(By::Css(&link)).first().await?;
        Ok(link.click().await?)
    }

    /// Waits until the portal shows its pages, and gives the path of the one it shows.
    pub(crate) async fn landed(&self) -> Result<String> {
        let navigation = By::Css("nav[aria-label=Portal]");
        let arrived = self.driver().query(navigation).first().await;
        if let Err(error) = arrived {
            let log = self.pair.scene.portal.stderr();
            let theirs = self.pair.provider.log();
            return Err(error).with_context(|| format!("not signed in: {log:#?} {theirs:#?}"));
        }
        Ok(self.driver().current_url().await?.path().to_owned())
    }

    /// Waits until the portal says no, and requires that this was why and that it left nobody behind.
    pub(crate) async fn refused_with(&self, code: &str) -> Result<()> {
        let heading = By::XPath("//h1[contains(., 'Sign-in failed')]");
        self.driver().query(heading).first().await?;
        self.pair
            .scene
            .portal
            .logged(&format!("code=\"{code}\""))
            .await?;
        let counts = self.pair.scene.counts().await?;
        ensure!(counts == (0, 0), "refused, and yet there are {counts:?}");
        Ok(())
    }

    pub(crate) async fn end(self) -> Result<()> {
        self.browser.close().await
    }
}

/// A portal that is ready for people, with a log that can be read.
async fn portal() -> Result<Scene> {
    let portal = Portal::options().env("NO_COLOR", "1").start().await?;
    let scene = Scene::with(portal).await?;
    scene
        .save_settings("auth_token")
        .await?
        .error_for_status()?;
    Ok(scene)
}

/// The portal's own metadata for a connection.
pub(crate) async fn metadata_of(connection: &Value) -> Result<String> {
    let url = text(connection, "/sp/metadata_url")?;
    Ok(reqwest::get(url).await?.error_for_status()?.text().await?)
}

/// The text at that place of an answer.
pub(crate) fn text(value: &Value, place: &str) -> Result<String> {
    let text = value.pointer(place).and_then(Value::as_str);
    let text = text.with_context(|| format!("no text at {place} of {value}"))?;
    Ok(text.to_owned())
}
