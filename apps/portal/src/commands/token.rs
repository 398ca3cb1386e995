use chrono::Duration;
use clap::{Args, Subcommand, ValueEnum};
use jit_domain::console::{ApproverScope, ConsoleRole};

use crate::{config::Config, wiring};

/// Tokens for scripts that use the API.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Makes a token and prints it; it cannot be shown again.
    Create(CreateToken),
}

/// What the token is for.
#[derive(Debug, Args)]
pub struct CreateToken {
    /// What the token may do.
    #[arg(long, value_enum)]
    role: Role,
    /// What it is for, to recognise it later.
    #[arg(long, default_value = "command line")]
    name: String,
    /// After how many days it ends; never if absent.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
    expires_in_days: Option<u16>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Role {
    /// Everything.
    Administrator,
    /// Decide access requests.
    Approver,
    /// Read everything.
    Auditor,
}

/// Makes a token.
pub async fn run(config: &Config, command: TokenCommand) -> anyhow::Result<()> {
    let TokenCommand::Create(wanted) = command;
    let portal = wiring::portal_alone(config).await?;
    let workspace = portal.open_workspace(&config.workspace).await?.id;
    let role = match wanted.role {
        Role::Administrator => ConsoleRole::Administrator,
        Role::Approver => ConsoleRole::Approver(ApproverScope::All),
        Role::Auditor => ConsoleRole::Auditor,
    };
    let expires_at = wanted
        .expires_in_days
        .map(|days| portal.now() + Duration::days(days.into()));
    let made = portal
        .create_api_token(workspace, &wanted.name, role, expires_at)
        .await?;
    // Only the secret on standard output, so that `TOKEN=$(portal token create ...)` works.
    println!("{}", made.secret.reveal());
    eprintln!(
        "It is for the workspace {} in {}.",
        config.workspace, config.database
    );
    eprintln!("Send it as `Authorization: Bearer`. It is not kept and cannot be shown again.");
    Ok(())
}
