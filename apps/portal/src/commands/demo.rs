use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use jit_domain::{console::ConsoleRole, ports::Clock};
use jit_testkit::idp::IdentityProvider;
use tokio::net::TcpListener;

use crate::{
    config::{Config, Database},
    demo::{self, seed::AdminLogin},
    random,
    server::Server,
    system::SystemClock,
    wiring,
};

/// What belongs to the demo only.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// Also print a token for the API.
    #[arg(long)]
    print_token: bool,
}

/// The administrator of a demo that only this machine can reach.
const PASSWORD_ON_LOOPBACK: &str = "demo-administrator";

/// Serves a portal with people, collections and an identity provider.
pub async fn run(
    mut config: Config,
    options: &DemoOptions,
    keeps_data: bool,
) -> anyhow::Result<()> {
    // Gone with the process, unless a folder or a database was named.
    let folder = tempfile::tempdir().context("no temporary folder can be made")?;
    if !keeps_data {
        config.database = Database::Sqlite(folder.path().join("portal.db"));
    }
    config.brand.get_or_insert_with(|| "Acme".to_owned());
    let server = Server::bind(&config).await?;
    let wired = wiring::wire(&config, &server.public_url).await?;

    let idp = IdentityProvider::new(
        format!("{}/demo-idp", server.public_url),
        demo::people::people(),
    );
    let service = demo::seed::service(&server.public_url);
    let idp = Arc::new(idp.with_service(&service));
    let upstream = start_upstream().await?;
    let login = AdminLogin {
        email: "admin@acme.example".to_owned(),
        password: if config.listen.ip().is_loopback() {
            PASSWORD_ON_LOOPBACK.to_owned()
        } else {
            random::text()
        },
    };
    let portal = &wired.app.portal;
    let seeded = demo::seed::seed(portal, &config.workspace, &idp, &upstream, &login).await?;
    if options.print_token {
        let made = portal
            .create_api_token(
                wired.app.workspace,
                "demo",
                ConsoleRole::Administrator,
                None,
            )
            .await?;
        println!("token: {}", made.secret.reveal());
    }
    // A random password was told at the first start, and is not kept.
    let password = if seeded.is_first_start || login.password == PASSWORD_ON_LOOPBACK {
        login.password.as_str()
    } else {
        "that the first start has printed"
    };
    print_script(&server.public_url, &idp, &login.email, password);
    let routes =
        wiring::routes(&config, &wired).nest("/demo-idp", idp.router(|| SystemClock.now()));
    server.run(routes, wired).await
}

/// A real API on a port of its own, which only this machine reaches.
async fn start_upstream() -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .context("no port is free for the demo's API")?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, demo::upstream::router()).await });
    Ok(format!("http://{address}"))
}

fn print_script(public_url: &str, idp: &IdentityProvider, email: &str, password: &str) {
    println!(
        "A demo of the developer portal. Its people, who sign in through the demo's identity provider:"
    );
    for person in idp.people() {
        let groups = person.groups.as_deref().unwrap_or_default().join(", ");
        println!(
            "  {:<16} {:<26} {groups}",
            person.display_name, person.email
        );
    }
    println!("The administrator: {email} with the password {password}");
    println!("What to try:");
    println!("  1. {public_url}/admin        save the JIT user settings, or nobody can sign in");
    println!(
        "  2. {public_url}/login        sign in as one of the people, and request Orders or Product catalog"
    );
    println!(
        "  3. {public_url}/admin        approve the request; then create a secret under API client, and call the API"
    );
}
