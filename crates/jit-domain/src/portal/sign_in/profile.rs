use chrono::Duration;

use crate::{
    assertion::Assertion,
    connections::{GroupRule, GroupSync, IdpConnection},
    error::Rejection,
    ids::{EndUserGroupId, EndUserId},
    people::{EndUser, MembershipSource, Subject},
    settings::JitSettings,
    values::{EmailAddress, Name, Timestamp, Version},
};

/// What an assertion says of a person, in our terms.
pub(in crate::portal) struct Profile {
    pub(in crate::portal) subject: Subject,
    pub(in crate::portal) display_name: Name,
    pub(in crate::portal) email: Option<EmailAddress>,
    /// `None` if the groups attribute is absent or is not followed (R14).
    groups: Option<Vec<EndUserGroupId>>,
}

impl Profile {
    pub(in crate::portal) fn of(
        who: &Assertion,
        connection: &IdpConnection,
    ) -> Result<Self, Rejection> {
        let email = who
            .first_value(&connection.attributes.email)
            .and_then(|text| EmailAddress::parse("email", text).ok());
        let display_name = who
            .first_joined(&connection.attributes.display_name)
            .or_else(|| email.as_ref().map(ToString::to_string))
            .unwrap_or_else(|| who.name_id.clone());
        let groups = match &connection.group_sync {
            GroupSync::Off => None,
            GroupSync::On(rules) => who.groups(&connection.attributes).map(|values| {
                let meant = |rule: &&GroupRule| values.contains(&rule.value);
                rules.iter().filter(meant).map(|rule| rule.group).collect()
            }),
        };
        Ok(Self {
            subject: subject(who, connection)?,
            display_name: Name::clipped(&display_name),
            email,
            groups,
        })
    }

    pub(super) fn new_end_user(
        &self,
        id: EndUserId,
        connection: &IdpConnection,
        settings: &JitSettings,
        now: Timestamp,
    ) -> EndUser {
        let mut user = EndUser {
            id,
            workspace: connection.workspace,
            version: Version::FIRST,
            subjects: [self.subject.clone()].into(),
            connection: connection.id,
            display_name: self.display_name.clone(),
            email: self.email.clone(),
            memberships: [].into(),
            holds: vec![],
            sessions_valid_from: now,
            created_at: now,
            last_signed_in_at: now,
        };
        user.set_memberships(MembershipSource::Jit, settings.groups.iter().copied());
        user.set_memberships(MembershipSource::Idp, self.groups.iter().flatten().copied());
        user
    }

    /// The same person with what this login says (R14); equal to before if it says nothing new.
    pub(super) fn refreshed(
        &self,
        before: &EndUser,
        connection: &IdpConnection,
        now: Timestamp,
    ) -> EndUser {
        let mut user = before.clone();
        user.subjects.insert(self.subject.clone());
        user.connection = connection.id;
        user.display_name = self.display_name.clone();
        user.email.clone_from(&self.email);
        if let Some(groups) = &self.groups {
            user.set_memberships(MembershipSource::Idp, groups.iter().copied());
        }
        // Written at most once an hour, so that many logins of one person do not fight over the row.
        if now - before.last_signed_in_at >= Duration::hours(1) {
            user.last_signed_in_at = now;
        }
        if user != *before
            || user.email.as_ref().map(EmailAddress::as_str)
                != before.email.as_ref().map(EmailAddress::as_str)
        {
            user.version = before.version.next();
        }
        user
    }
}

/// Whom the assertion is about: the `NameID`, or the attribute that the connection is told to use.
fn subject(who: &Assertion, connection: &IdpConnection) -> Result<Subject, Rejection> {
    let name_id = match &connection.saml.subject {
        None => who.name_id.as_str(),
        Some(attribute) => who
            .first_value(std::slice::from_ref(attribute))
            .ok_or_else(|| Rejection::SubjectMissing {
                attribute: attribute.clone(),
            })?,
    };
    let limit = Subject::LONGEST_NAME;
    if name_id.len() > limit {
        return Err(Rejection::SubjectTooLong { limit });
    }
    Ok(Subject {
        idp_entity_id: who.issuer.clone(),
        name_id: name_id.to_owned(),
    })
}
