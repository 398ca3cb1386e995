use jit_domain::{
    settings::{AuthMethod, JitSettingsDraft},
    views::PolicyRow,
};

use crate::{
    desk::{administrator, policy},
    world::World,
};

async fn stored(world: &World) -> Vec<PolicyRow> {
    world.app.portal.list_policies(&world.admin).await.unwrap()
}

#[tokio::test]
async fn a_policy_is_made_changed_and_deleted() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/policies")
        .await
        .is(200)
        .shows("There are no policies yet");
    desk.get("/admin/policies/new")
        .await
        .is(200)
        .shows("<option value=\"minute\" selected>");
    let form = [
        ("version", "0"),
        ("name", "Standard"),
        ("rate_count", "60"),
        ("rate_per", "minute"),
        ("quota_count", "50,000"),
        ("quota_per", "month"),
        ("allow", "10.0.0.0/8\r\n192.0.2.1\r\n"),
        ("deny", ""),
    ];
    let location = desk
        .post("/admin/policies/new", &form)
        .await
        .location()
        .to_owned();
    desk.get(&location)
        .await
        .shows("Saved.")
        .shows("60 a minute")
        .shows("50,000 a month")
        .shows("2 allowed");
    let id = stored(&world).await[0].policy.id;
    let page = format!("/admin/policies/{id}");
    desk.get(&page)
        .await
        .shows("value=\"60\"")
        .shows("10.0.0.0/8\n192.0.2.1/32");
    desk.post(
        &page,
        &[
            ("version", "1"),
            ("name", "Unlimited"),
            ("rate_per", "hour"),
        ],
    )
    .await
    .location();
    let changed = &stored(&world).await[0].policy;
    assert_eq!(
        (changed.name.as_str(), changed.rate, changed.quota),
        ("Unlimited", None, None)
    );
    desk.post(&format!("{page}/delete"), &[]).await.location();
    assert!(stored(&world).await.is_empty());
}

#[tokio::test]
async fn mistakes_are_named_and_nothing_is_stored() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let standard = policy(&world, "Standard").await;
    for (field, value, words) in [
        (
            "name",
            "",
            "<a href=\"#name\">Name: expected 1 to 100 characters",
        ),
        (
            "rate_count",
            "many",
            "<a href=\"#rate_count\">Rate limit: expected a whole number of calls, found many.",
        ),
        (
            "rate_count",
            "0",
            "Rate limit: expected 1 to 1000000 calls, found 0.",
        ),
        (
            "quota_count",
            "-5",
            "Usage quota: expected a whole number of calls, found -5.",
        ),
        (
            "rate_per",
            "year",
            "Rate limit: expected a period of the list, found year.",
        ),
        (
            "allow",
            "everywhere",
            "Allowed addresses: expected an address or network such as",
        ),
        (
            "deny",
            "10.0.0.0/99",
            "Refused addresses: expected an address or network such as",
        ),
    ] {
        let mut form = vec![
            ("version", "1"),
            ("rate_count", "5"),
            ("rate_per", "minute"),
            ("quota_count", "7"),
            ("quota_per", "day"),
        ];
        form.push(("name", "Kept & safe"));
        form.retain(|(name, _)| *name != field);
        form.push((field, value));
        for path in ["new".to_owned(), standard.to_string()] {
            let page = desk.post(&format!("/admin/policies/{path}"), &form).await;
            page.is(422).shows(words).shows("<title>Error: ");
            if field != "name" {
                page.shows("value=\"Kept &#38; safe\"");
            }
        }
        let found = stored(&world).await;
        assert_eq!((found.len(), found[0].policy.version.0), (1, 1), "{field}");
    }
}

#[tokio::test]
async fn a_name_that_is_taken_is_refused() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    policy(&world, "Standard").await;
    desk.post("/admin/policies/new", &[("name", "STANDARD")])
        .await
        .is(409)
        .shows("<a href=\"#name\">The name STANDARD is taken by another policy.");
}

#[tokio::test]
async fn an_older_form_does_not_replace_what_somebody_else_saved() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let page = format!("/admin/policies/{}", policy(&world, "Standard").await);
    desk.post(&page, &[("version", "1"), ("name", "Theirs")])
        .await
        .location();
    desk.post(&page, &[("version", "1"), ("name", "Mine")])
        .await
        .is(409)
        .shows("Somebody else saved this in the meantime.")
        .shows("value=\"Mine\"")
        .shows("name=\"version\" value=\"2\"");
    assert_eq!(stored(&world).await[0].policy.name.as_str(), "Theirs");
    desk.post(&page, &[("version", "2"), ("name", "Mine")])
        .await
        .location();
}

/// R8: the refusal names what refers to it.
#[tokio::test]
async fn a_policy_in_use_is_not_deleted() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let id = policy(&world, "Standard").await;
    let method = Some(AuthMethod::AuthToken);
    world
        .save(JitSettingsDraft {
            method,
            policy: Some(id),
            ..JitSettingsDraft::default()
        })
        .await;
    world.sign_in("dana").await;
    world.sign_in("tomas").await;
    let page = format!("/admin/policies/{id}");
    desk.get(&page)
        .await
        .shows("It cannot be deleted while it is used by:")
        .hides("Deleting…");
    desk.post(&format!("{page}/delete"), &[])
        .await
        .is(409)
        .shows("<a href=\"#delete\">It is in use by JIT user settings, API clients (2).");
    assert_eq!(stored(&world).await.len(), 1);
}
