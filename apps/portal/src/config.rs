//! What an operator may set: by flag, by environment, or in a file, in this order of weight.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use jit_domain::{clients::IpNetwork, values::Slug};
use serde::Deserialize;

mod database;

pub use database::{Database, PostgresAddress};

/// What was given on the command line, in the environment or in the file.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// A file in TOML with any of these settings, named as the flags are.
    #[arg(long, global = true, env = "PORTAL_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// The address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, global = true, env = "PORTAL_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,

    #[expect(rustdoc::bare_urls, reason = "this is the text of --help")]
    /// The address that browsers and identity providers use, such as https://developers.example.com
    /// [default: http:// and the address listened on].
    #[arg(long, global = true, env = "PORTAL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// The folder for the embedded database [default: data].
    #[arg(long, global = true, env = "PORTAL_DATA", value_name = "FOLDER")]
    pub data: Option<PathBuf>,

    /// The database, such as sqlite:/var/lib/portal/portal.db or postgres://portal:secret@db.example/portal
    /// [default: portal.db in the data folder].
    #[arg(long, global = true, env = "PORTAL_DATABASE_URL", value_name = "URL")]
    pub database_url: Option<String>,

    /// The name in the top bar and in page titles [default: Developer portal].
    #[arg(long, global = true, env = "PORTAL_BRAND", value_name = "NAME")]
    pub brand: Option<String>,

    /// The workspace to serve [default: default].
    #[arg(long, global = true, env = "PORTAL_WORKSPACE", value_name = "NAME")]
    pub workspace: Option<String>,

    /// Networks of proxies whose X-Forwarded-* headers are believed, such as 10.0.0.0/8.
    #[arg(
        long,
        global = true,
        env = "PORTAL_TRUSTED_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    #[serde(default)]
    pub trusted_proxies: Vec<String>,

    /// What to log: a level, or targets with levels such as info,jit_gateway=debug [default: info].
    #[arg(long, global = true, env = "PORTAL_LOG", value_name = "FILTER")]
    pub log: Option<String>,

    /// How log lines look [default: text].
    #[arg(long, global = true, env = "PORTAL_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The public address without a slash at its end; absent until the port is known.
    pub public_url: Option<String>,
    /// Where the database is.
    pub database: Database,
    /// The name in the top bar.
    pub brand: Option<String>,
    /// The workspace to serve.
    pub workspace: Slug,
    /// Whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<IpNetwork>,
    /// What to log.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
}

impl Options {
    /// Adds what the file says, and checks everything.
    pub fn resolve(self) -> anyhow::Result<Config> {
        let file = match &self.config {
            Some(path) => read_file(path)?,
            None => Self::default(),
        };
        let merged = self.over(file);
        let trusted_proxies = merged
            .trusted_proxies
            .iter()
            .map(|text| IpNetwork::parse("trusted-proxies", text));
        Ok(Config {
            listen: merged
                .listen
                .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url: merged
                .public_url
                .as_deref()
                .map(check_public_url)
                .transpose()?,
            database: match merged.database_url.as_deref() {
                Some(url) => database::parse(url)?,
                None => Database::Sqlite(merged.data.unwrap_or("data".into()).join("portal.db")),
            },
            brand: merged.brand,
            workspace: Slug::parse(
                "workspace",
                merged.workspace.as_deref().unwrap_or("default"),
            )?,
            trusted_proxies: trusted_proxies.collect::<Result<_, _>>()?,
            log: merged.log.unwrap_or_else(|| "info".to_owned()),
            log_format: merged.log_format.unwrap_or(LogFormat::Text),
        })
    }

    /// Whether a database was chosen, by folder or by address.
    pub fn names_a_database(&self) -> bool {
        self.data.is_some() || self.database_url.is_some()
    }

    fn over(self, file: Self) -> Self {
        Self {
            config: self.config,
            listen: self.listen.or(file.listen),
            public_url: self.public_url.or(file.public_url),
            data: self.data.or(file.data),
            database_url: self.database_url.or(file.database_url),
            brand: self.brand.or(file.brand),
            workspace: self.workspace.or(file.workspace),
            trusted_proxies: if self.trusted_proxies.is_empty() {
                file.trusted_proxies
            } else {
                self.trusted_proxies
            },
            log: self.log.or(file.log),
            log_format: self.log_format.or(file.log_format),
        }
    }
}

fn read_file(path: &Path) -> anyhow::Result<Options> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the configuration file {} cannot be read", path.display()))?;
    toml::from_str(&text)
        .with_context(|| format!("the configuration file {} is not right", path.display()))
}

fn check_public_url(url: &str) -> anyhow::Result<String> {
    let trimmed = url.trim_end_matches('/');
    let parsed: http::Uri = trimmed
        .parse()
        .with_context(|| format!("public-url: {url} is no address"))?;
    let scheme = parsed.scheme_str().unwrap_or_default();
    anyhow::ensure!(
        matches!(scheme, "http" | "https")
            && parsed
                .authority()
                .is_some_and(|a| !a.as_str().contains('@')),
        "public-url: expected an address such as https://developers.example.com, found {url}"
    );
    anyhow::ensure!(
        parsed.path() == "/" && parsed.query().is_none(),
        "public-url: expected scheme, host and port only, found {url}; the portal lives at the root of its host"
    );
    Ok(trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_weighs_more_than_the_file_and_the_file_more_than_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.toml");
        std::fs::write(
            &path,
            "listen = \"127.0.0.1:9000\"\nbrand = \"Acme\"\nlog-format = \"json\"",
        )
        .unwrap();
        let options = Options {
            config: Some(path),
            brand: Some("Flag".to_owned()),
            ..Options::default()
        };
        let config = options.resolve().unwrap();
        assert_eq!(config.listen.port(), 9000);
        assert_eq!(config.brand.as_deref(), Some("Flag"));
        assert_eq!(config.log_format, LogFormat::Json);
        assert_eq!(config.database, Database::Sqlite("data/portal.db".into()));
    }

    #[test]
    fn a_setting_that_makes_no_sense_is_named() {
        let wrong = |options: Options| format!("{:#}", options.resolve().unwrap_err());
        let url = |text: &str| Options {
            public_url: Some(text.to_owned()),
            ..Options::default()
        };
        for bad in [
            "developers.example.com",
            "ftp://x",
            "https://x/portal",
            "https://u:p@x",
        ] {
            assert!(wrong(url(bad)).contains("public-url"), "{bad}");
        }
        let database = |text: &str| Options {
            database_url: Some(text.to_owned()),
            ..Options::default()
        };
        let told = wrong(database("mysql://root:hunter2@db/portal"));
        assert!(
            told.contains("database-url") && !told.contains("hunter2"),
            "{told}"
        );
        let networks = Options {
            trusted_proxies: vec!["10.0.0.0/33".to_owned()],
            ..Options::default()
        };
        assert!(wrong(networks).contains("trusted-proxies"));
    }

    #[test]
    fn an_unknown_setting_in_the_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.toml");
        std::fs::write(&path, "lisen = \"127.0.0.1:9000\"").unwrap();
        let options = Options {
            config: Some(path),
            ..Options::default()
        };
        let told = format!("{:#}", options.resolve().unwrap_err());
        assert!(told.contains("lisen"), "{told}");
    }
}
