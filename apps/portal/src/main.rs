//! The developer portal with just-in-time provisioning.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use portal::{
    commands::{check, demo, migrate, serve, token},
    config::Options,
    telemetry,
};

/// A developer portal whose first SAML sign-in makes the end user and the API client.
#[derive(Parser)]
#[command(name = "portal", version)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal; this is what happens without a command.
    Serve,
    /// Serves a portal to try out: people, collections and an identity provider are there already.
    Demo(demo::DemoOptions),
    /// Tokens for scripts that use the API.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Brings the database to the form that this release needs.
    Migrate,
    /// Says in words whether the settings and the database are in order.
    Check,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Runtime::new();
    let done = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(cli)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portal: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let names_a_database = cli.options.names_a_database();
    let config = cli.options.resolve()?;
    telemetry::start(&config)?;
    match cli.command {
        None | Some(Command::Serve) => serve::run(config).await,
        Some(Command::Demo(options)) => demo::run(config, &options, names_a_database).await,
        Some(Command::Token(command)) => token::run(&config, command).await,
        Some(Command::Migrate) => migrate::run(&config).await,
        Some(Command::Check) => check::run(&config).await,
    }
}
