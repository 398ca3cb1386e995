use crate::{
    config::{Config, Database},
    wiring,
};

/// Brings the database to the form that this release needs.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let Database::Sqlite(path) = &config.database;
    wiring::open_store(config).await?;
    println!(
        "The database {} has the form that this release needs.",
        path.display()
    );
    Ok(())
}
