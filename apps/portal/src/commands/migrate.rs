use crate::{config::Config, wiring};

/// Brings the database to the form that this release needs.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    wiring::open_store(config).await?;
    println!(
        "The database {} has the form that this release needs.",
        config.database
    );
    Ok(())
}
