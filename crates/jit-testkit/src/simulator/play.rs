use chrono::Duration;
use jit_domain::{
    Portal,
    clients::ApiClient,
    error::Error,
    ids::{ApiClientId, EndUserId},
};

use super::{
    history::{Action, Colleague, person},
    world::{Doors, World},
};

mod console;
mod people;

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Played {
    Done,
    /// There is nothing that the act could be about.
    Idle,
    Refused(&'static str),
    Failed(&'static str),
}

/// Why an act ended early.
enum Halt {
    Idle,
    Error(Error),
}

impl<E: Into<Error>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

type Acted = Result<(), Halt>;

/// Somebody who acts, with what they can reach.
struct Actor<'a> {
    world: &'a World,
    portal: &'a Portal,
    doors: &'a Doors,
}

pub(super) async fn play(world: &World, doors: &Doors, action: Action) -> Played {
    let portal = &doors.portal;
    let actor = Actor {
        world,
        portal,
        doors,
    };
    match actor.act(action).await {
        Ok(()) => Played::Done,
        Err(Halt::Idle) => Played::Idle,
        Err(Halt::Error(Error::Rejected(rejection))) => Played::Refused(rejection.code()),
        Err(Halt::Error(Error::Contended)) => Played::Failed("contended"),
        Err(Halt::Error(Error::Unavailable(_))) => Played::Failed("unavailable"),
    }
}

/// The nth of what there is, counted round.
fn nth<T>(mut all: Vec<T>, n: u8) -> Result<T, Halt> {
    match usize::from(n).checked_rem(all.len()) {
        Some(at) => Ok(all.swap_remove(at)),
        None => Err(Halt::Idle),
    }
}

impl Actor<'_> {
    async fn act(&self, action: Action) -> Acted {
        match action {
            Action::Wait { minutes } => {
                self.world.clock.advance(Duration::minutes(minutes.into()));
                Ok(())
            }
            Action::OtherReleaseSaves => self.save_as_another_release().await,
            Action::Save { policy, groups } => self.save(policy, groups).await,
            Action::Apply => self.apply().await,
            Action::SwitchJit { on } => self.switch_jit(on).await,
            Action::Login {
                person,
                email,
                groups,
            } => self.sign_in(person, email, groups).await,
            Action::Replay { login } => self.replay(login).await,
            Action::SignOut { session } => self.sign_out(session).await,
            Action::Ask { person, collection } => self.ask(person, collection).await,
            Action::Withdraw { request } => self.withdraw(request).await,
            Action::Approve { request, by, hours } => self.approve(request, by, hours).await,
            Action::Reject { request, by } => self.reject(request, by).await,
            Action::Revoke { grant, by } => self.revoke(grant, by).await,
            Action::OpenHold { person, source } => self.open_hold(person, source).await,
            Action::ClearHold { person, source } => self.clear_hold(person, source).await,
            Action::MakeCollection { restricted } => self.make_collection(restricted).await,
            Action::Publish {
                collection,
                publication,
            } => self.publish(collection, publication).await,
            Action::MakeCredential { person, hours } => self.make_credential(person, hours).await,
            Action::Rotate { credential, hours } => self.rotate(credential, hours).await,
            Action::RevokeCredential { credential } => self.revoke_credential(credential).await,
            Action::DeletePolicy { policy } => self.delete_policy(policy).await,
            Action::DeleteGroup { group } => self.delete_group(group).await,
        }
    }

    fn user(&self, number: u8) -> Result<EndUserId, Halt> {
        let name = person(number);
        let ledger = self.world.ledger();
        let known = ledger.users().into_iter();
        let mut found = known.filter(|it| it.subjects.iter().any(|it| it.name_id == name));
        found.next().map(|it| it.id).ok_or(Halt::Idle)
    }

    fn client(&self, owner: EndUserId) -> Result<ApiClientId, Halt> {
        let ledger = self.world.ledger();
        let mut theirs = ledger
            .clients()
            .into_iter()
            .filter(|it| it.owner() == owner);
        theirs.next().map(ApiClient::id).ok_or(Halt::Idle)
    }

    fn administrator(&self) -> jit_domain::console::ConsoleCaller {
        self.world.caller(Colleague::Administrator)
    }
}
