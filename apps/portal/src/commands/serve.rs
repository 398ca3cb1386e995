use anyhow::Context;

use crate::{
    config::Config,
    server::Server,
    wiring::{self, Wired},
};

/// Serves until told to stop.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let server = Server::bind(&config).await?;
    let wired = wiring::wire(&config, &server.public_url).await?;
    let routes = wiring::routes(&config, &wired);
    print_setup_link(&config, &wired, &server.public_url).await?;
    server.run(routes, wired).await
}

/// On an empty database: the link that makes the first administrator.
async fn print_setup_link(config: &Config, wired: &Wired, public_url: &str) -> anyhow::Result<()> {
    let code = wired
        .app
        .portal
        .invite_first_administrator(&config.workspace)
        .await
        .context("the setup link cannot be made")?;
    if let Some(code) = code {
        println!(
            "There is no administrator yet. This link makes the first one, once, within 24 hours:"
        );
        println!("  {public_url}/setup?code={}", code.reveal());
    }
    Ok(())
}
