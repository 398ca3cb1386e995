use crate::{
    config::{Config, Database},
    wiring,
};

/// Says in words whether the settings and the database are in order.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    println!("The settings can be read.");
    println!("  listens on: {}", config.listen);
    match &config.public_url {
        Some(url) => println!("  public address: {url}"),
        None => println!(
            "  public address: not set; http://{} is used",
            config.listen
        ),
    }
    if let Some(url) = &config.public_url
        && url.starts_with("http://")
        && !config.listen.ip().is_loopback()
    {
        println!(
            "  warning: the public address has no https, so passwords and sessions travel in clear"
        );
    }
    if let Database::Sqlite(path) = &config.database {
        anyhow::ensure!(
            path.exists(),
            "there is no database at {} yet; `portal serve` or `portal migrate` makes it",
            path.display()
        );
    }
    let portal = wiring::portal_alone(config).await?;
    portal.store().ping().await?;
    println!("The database {} answers.", config.database);
    let workspace = portal.open_workspace(&config.workspace).await?;
    let options = portal.list_sign_in_options(workspace.id).await?;
    println!("Workspace {}:", config.workspace);
    let administrators = portal
        .store()
        .list_administrators(workspace.id)
        .await?
        .len();
    let hint = if administrators == 0 {
        "; `portal serve` prints a link that makes the first one"
    } else {
        ""
    };
    println!("  administrators: {administrators}{hint}");
    println!(
        "  identity providers switched on: {}",
        options.connections.len()
    );
    println!(
        "  JIT user settings: {}",
        if options.is_ready {
            "saved"
        } else {
            "not saved, so nobody can sign in"
        }
    );
    Ok(())
}
