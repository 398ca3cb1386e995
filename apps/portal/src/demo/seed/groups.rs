use anyhow::Context;
use jit_domain::{Portal, console::ConsoleCaller, ids::EndUserGroupId, portal::GroupDraft};

const GROUPS: [(&str, &str); 8] = [
    (
        "Engineering",
        "Everybody who builds what Acme sells online.",
    ),
    (
        "Finance systems",
        "Accounting, reporting and reconciliation.",
    ),
    ("Mobile apps", "The teams behind the Acme apps."),
    (
        "Operations",
        "Warehouses, customer service and everything on call.",
    ),
    (
        "Partners – Europe",
        "Companies that sell for Acme in Europe.",
    ),
    (
        "Partners – United States",
        "Companies that sell for Acme in the United States.",
    ),
    ("Quality assurance", "People who test before customers do."),
    ("Sandbox users", "Trying things out; nothing here is real."),
];

/// Makes the groups that are missing.
pub(super) async fn make(portal: &Portal, caller: &ConsoleCaller) -> anyhow::Result<()> {
    let present = portal.list_groups(caller).await?;
    for (name, description) in GROUPS {
        if present.iter().all(|row| row.group.name.as_str() != name) {
            let draft = GroupDraft {
                name: name.to_owned(),
                description: description.to_owned(),
            };
            portal.create_group(caller, &draft).await.context(name)?;
        }
    }
    Ok(())
}

/// The group of that name.
pub(super) async fn find(
    portal: &Portal,
    caller: &ConsoleCaller,
    name: &str,
) -> anyhow::Result<EndUserGroupId> {
    let groups = portal.list_groups(caller).await?;
    let found = groups.iter().find(|row| row.group.name.as_str() == name);
    let found = found.with_context(|| format!("there is no group {name}"))?;
    Ok(found.group.id)
}
