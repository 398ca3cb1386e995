use std::collections::BTreeMap;

use chrono::Duration;
use jit_domain::{
    assertion::Assertion,
    console::Origin,
    ids::{ApiClientId, CredentialId, EndUserId},
    portal::{Caller, CredentialDraft, EndUserCaller, LoginTarget, NewCredential, Overlap},
    ports::Clock,
    values::Slug,
};

use super::{Acted, Actor, Halt, nth};
use crate::simulator::history::person;

impl Actor<'_> {
    pub(super) async fn sign_in(&self, number: u8, email: u8, groups: Option<u8>) -> Acted {
        let who = self.assertion(number, email, groups);
        self.world.known.borrow_mut().assertions.push(who.clone());
        self.answer_with(who).await
    }

    /// An assertion that was seen before answers a login of now.
    pub(super) async fn replay(&self, login: u8) -> Acted {
        let who = nth(self.world.known.borrow().assertions.clone(), login)?;
        self.answer_with(who).await
    }

    async fn answer_with(&self, mut who: Assertion) -> Acted {
        let (workspace, origin) = (self.world.workspace, Origin::default());
        let slug = Slug::restore("okta".to_owned());
        let begun = self
            .portal
            .begin_sign_in(workspace, &slug, LoginTarget::Portal, None)
            .await?;
        who.in_response_to = Some(begun.request.id.to_string());
        let signed_in = self
            .portal
            .sign_in(workspace, &slug, &who, None, &origin)
            .await?;
        let (cookie, browser) = (signed_in.1, begun.browser);
        self.portal
            .finish_sign_in(
                workspace,
                cookie.reveal(),
                Some(browser.reveal()),
                None,
                &origin,
            )
            .await?;
        let mut known = self.world.known.borrow_mut();
        known.sessions.push(cookie);
        known.tally.logins += 1;
        Ok(())
    }

    fn assertion(&self, number: u8, email: u8, groups: Option<u8>) -> Assertion {
        let name = person(number);
        // The last one is an approver as well, known by this address.
        let address = match email {
            1 if number % 4 != 3 => format!("{name}@new.example"),
            2 if number % 4 != 3 => "shared@acme.example".to_owned(),
            _ => format!("{name}@acme.example"),
        };
        let mut attributes = BTreeMap::from([("email".to_owned(), vec![address])]);
        let member = |bits: u8| (0..2).filter(move |n| bits >> n & 1 == 1);
        if let Some(bits) = groups {
            let values = member(bits).map(|n| format!("g{n}")).collect();
            attributes.insert("groups".to_owned(), values);
        }
        let made = self.world.known.borrow().assertions.len();
        Assertion {
            assertion_id: format!("_a{made}"),
            issuer: "https://idp.example/okta".to_owned(),
            name_id: name.to_owned(),
            name_id_format: None,
            session_index: None,
            in_response_to: None,
            session_not_on_or_after: None,
            valid_until: self.world.clock.now() + Duration::minutes(5),
            attributes,
        }
    }

    pub(super) async fn sign_out(&self, session: u8) -> Acted {
        let cookie = nth(self.world.known.borrow().sessions.clone(), session)?;
        let (workspace, origin) = (self.world.workspace, Origin::default());
        self.portal
            .sign_out(workspace, cookie.reveal(), &origin)
            .await?;
        Ok(())
    }

    pub(super) async fn ask(&self, number: u8, collection: u8) -> Acted {
        let caller = self.caller(self.user(number)?);
        let id = nth(self.collections(), collection)?;
        let reason = "I need it.";
        self.portal.request_access(&caller, id, reason).await?;
        Ok(())
    }

    pub(super) async fn withdraw(&self, request: u8) -> Acted {
        let id = nth(self.requests(), request)?;
        let found = self.world.ledger().request(id).map(|it| it.requester);
        let caller = self.caller(found.ok_or(Halt::Idle)?);
        self.portal.withdraw_request(&caller, id).await?;
        Ok(())
    }

    pub(super) async fn make_credential(&self, number: u8, hours: Option<u8>) -> Acted {
        let owner = self.user(number)?;
        let client = self.client(owner)?;
        let draft = CredentialDraft {
            name: "laptop".to_owned(),
            expires_at: self.in_hours(hours),
            ..CredentialDraft::default()
        };
        let caller = Caller::EndUser(self.caller(owner));
        let made = self.portal.create_credential(&caller, client, &draft);
        self.remember(made.await?);
        Ok(())
    }

    pub(super) async fn rotate(&self, credential: u8, hours: u8) -> Acted {
        let (client, id) = self.credential(credential)?;
        let caller = Caller::Console(self.administrator());
        let overlap = Overlap::parse(i64::from(hours) * 3_600)?;
        let made = self.portal.rotate_credential(&caller, client, id, overlap);
        self.remember(made.await?);
        Ok(())
    }

    pub(super) async fn revoke_credential(&self, credential: u8) -> Acted {
        let (client, id) = self.credential(credential)?;
        let caller = Caller::Console(self.administrator());
        self.portal.revoke_credential(&caller, client, id).await?;
        Ok(())
    }

    pub(super) fn in_hours(&self, hours: Option<u8>) -> Option<jit_domain::values::Timestamp> {
        hours.map(|hours| self.world.clock.now() + Duration::hours(hours.into()))
    }

    fn remember(&self, made: NewCredential) {
        let mut known = self.world.known.borrow_mut();
        known.credentials.push((made.credential.id, made.secret));
    }

    fn credential(&self, number: u8) -> Result<(ApiClientId, CredentialId), Halt> {
        let known = self.world.known.borrow();
        let id = nth(
            known.credentials.iter().map(|(id, _)| *id).collect(),
            number,
        )?;
        let ledger = self.world.ledger();
        let mut clients = ledger.clients().into_iter();
        let client = clients.find(|it| it.find_credential(id).is_some());
        Ok((client.ok_or(Halt::Idle)?.id(), id))
    }

    fn caller(&self, end_user: EndUserId) -> EndUserCaller {
        EndUserCaller {
            workspace: self.world.workspace,
            end_user,
            origin: Origin::default(),
        }
    }
}
