use jit_domain::{
    ids::ApiClientId,
    portal::{Caller, CredentialDraft},
};

use crate::{
    desk::administrator,
    world::{Person, World},
};

async fn client_of(world: &World, person: &Person) -> ApiClientId {
    let detail = world
        .app
        .portal
        .find_end_user(&world.admin, person.id)
        .await
        .unwrap();
    detail.client.unwrap().id()
}

#[tokio::test]
async fn each_client_is_listed_with_its_owner() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    desk.get("/admin/clients")
        .await
        .is(200)
        .shows("There are no API clients yet");
    let dana = world.sign_in("dana").await;
    desk.get("/admin/clients")
        .await
        .shows(&format!(
            "<a href=\"/admin/users/{}\">dana of Acme</a>",
            dana.id
        ))
        .shows("<td>Auth token</td>")
        .shows("1 API client,");
}

/// R4: a client's method is for life, so there is nothing to change it with.
#[tokio::test]
async fn a_client_shows_its_facts_and_no_way_to_change_its_method() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let dana = world.sign_in("dana").await;
    let id = client_of(&world, &dana).await;
    desk.get(&format!("/admin/clients/{id}"))
        .await
        .is(200)
        .shows("For life")
        .shows("The owner has not created a secret yet")
        .hides("name=\"method\"")
        .hides("name=\"policy\"");
    desk.post(&format!("/admin/clients/{id}/policy"), &[("policy", "")])
        .await
        .is_refusal(404);
}

/// R29: revoked at once, and shown by its hint alone.
#[tokio::test]
async fn a_credential_is_revoked_once() {
    let world = World::ready().await;
    let desk = administrator(&world).await;
    let dana = world.sign_in("dana").await;
    let id = client_of(&world, &dana).await;
    let draft = CredentialDraft {
        name: "laptop".to_owned(),
        ..CredentialDraft::default()
    };
    let caller = Caller::EndUser(dana.caller.clone());
    let made = world
        .app
        .portal
        .create_credential(&caller, id, &draft)
        .await
        .unwrap();
    let page = format!("/admin/clients/{id}");
    desk.get(&page)
        .await
        .shows("laptop")
        .shows(&made.credential.hint)
        .hides(made.secret.reveal());
    let revoke = format!("{page}/credentials/{}/revoke", made.credential.id);
    let location = desk.post(&revoke, &[]).await.location().to_owned();
    desk.get(&location)
        .await
        .shows("<strong>Revoked.</strong>")
        .hides("Revoke now");
    desk.post(&revoke, &[])
        .await
        .is(409)
        .shows("This credential has ended already.");
    desk.post(&format!("{page}/credentials/nonsense/revoke"), &[])
        .await
        .is_refusal(404);
}
