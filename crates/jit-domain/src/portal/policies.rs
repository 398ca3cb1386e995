use crate::{
    audit::Event,
    catalogue::{Policy, Quota, RateLimit},
    change::{Change, Ref},
    clients::{IpNetwork, IpRules},
    console::ConsoleCaller,
    error::{Error, InvalidField, Problems, Reference, Rejection},
    ids::PolicyId,
    values::{Name, Timestamp, Version},
    views::PolicyRow,
};

use super::{Decided, Expected, Portal};

/// What an administrator wants a policy to be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyDraft {
    /// Unique without letter case.
    pub name: String,
    /// How fast; 1 to 1,000,000 calls.
    pub rate: Option<RateLimit>,
    /// How much; 1 to 1,000,000,000,000 calls.
    pub quota: Option<Quota>,
    /// Networks to allow, one text each.
    pub allow: Vec<String>,
    /// Networks to deny, one text each.
    pub deny: Vec<String>,
}

const HIGHEST_RATE: u32 = 1_000_000;
const HIGHEST_QUOTA: u64 = 1_000_000_000_000;

/// Reads both lists of networks; also used for credentials.
pub(super) fn parse_ip_rules(
    problems: &mut Problems,
    allow: &[String],
    deny: &[String],
) -> IpRules {
    let mut read = |field, list: &[String]| -> Vec<IpNetwork> {
        if list.len() > IpRules::MAX_NETWORKS {
            let expected = format!("at most {} networks", IpRules::MAX_NETWORKS);
            problems.add(InvalidField::new(field, expected, list.len().to_string()));
            return vec![];
        }
        list.iter()
            .filter_map(|text| problems.check(IpNetwork::parse(field, text)))
            .collect()
    };
    IpRules {
        allow: read("allow", allow),
        deny: read("deny", deny),
    }
}

fn decide_policy(
    before: Option<&Policy>,
    others: &[PolicyRow],
    draft: &PolicyDraft,
    caller: &ConsoleCaller,
    new: PolicyId,
    now: Timestamp,
) -> Result<Decided<Policy>, Rejection> {
    let mut problems = Problems::default();
    let name = problems.check(Name::parse("name", &draft.name));
    if let Some(rate) = draft
        .rate
        .filter(|rate| !(1..=HIGHEST_RATE).contains(&rate.count))
    {
        let expected = format!("1 to {HIGHEST_RATE} calls");
        problems.add(InvalidField::new("rate", expected, rate.count.to_string()));
    }
    if let Some(quota) = draft
        .quota
        .filter(|quota| !(1..=HIGHEST_QUOTA).contains(&quota.count))
    {
        let expected = format!("1 to {HIGHEST_QUOTA} calls");
        problems.add(InvalidField::new(
            "quota",
            expected,
            quota.count.to_string(),
        ));
    }
    let ip_rules = parse_ip_rules(&mut problems, &draft.allow, &draft.deny);
    problems.finish()?;
    let name = name.ok_or(Rejection::NotFound { what: "policy" })?;
    let same_name = |row: &&PolicyRow| {
        before.is_none_or(|before| before.id != row.policy.id)
            && row.policy.name.as_str().to_lowercase() == name.as_str().to_lowercase()
    };
    if others.iter().any(|row| same_name(&row)) {
        return Err(Rejection::AlreadyExists {
            what: "policy",
            name: name.to_string(),
        });
    }
    let policy = Policy {
        id: before.map_or(new, |before| before.id),
        workspace: caller.workspace,
        version: before.map_or(Version::FIRST, |before| before.version.next()),
        name,
        rate: draft.rate,
        quota: draft.quota,
        ip_rules,
        created_at: before.map_or(now, |before| before.created_at),
    };
    let event = match before {
        None => Event::made("policy.created", policy.id),
        Some(before) => Event::changed("policy.changed", before.id, before.version),
    };
    Ok(Decided {
        changes: vec![Change::put(policy.clone())],
        events: vec![event],
        result: policy,
    })
}

/// R8: what the settings or a client refer to stays.
fn decide_policy_deletion(
    policy: &Policy,
    references: Vec<Reference>,
) -> Result<Decided<()>, Rejection> {
    if !references.is_empty() {
        return Err(Rejection::InUse { by: references });
    }
    let event =
        Event::removed("policy.deleted", policy.id, policy.version).with("name", &policy.name);
    let changes = vec![Change::Remove(Ref::Policy(policy.id), policy.version)];
    Ok(Decided {
        result: (),
        changes,
        events: vec![event],
    })
}

impl Portal {
    /// Every policy with the number of clients that it governs.
    pub async fn list_policies(&self, caller: &ConsoleCaller) -> Result<Vec<PolicyRow>, Error> {
        caller.require_reader()?;
        Ok(self.ports.store.list_policies(caller.workspace).await?)
    }

    /// Makes a policy.
    pub async fn create_policy(
        &self,
        caller: &ConsoleCaller,
        draft: &PolicyDraft,
    ) -> Result<Policy, Error> {
        self.save_policy(caller, None, Expected::Any, draft).await
    }

    /// Changes a policy; the gateway follows for every client that it governs.
    pub async fn change_policy(
        &self,
        caller: &ConsoleCaller,
        id: PolicyId,
        expected: Expected,
        draft: &PolicyDraft,
    ) -> Result<Policy, Error> {
        self.save_policy(caller, Some(id), expected, draft).await
    }

    async fn save_policy(
        &self,
        caller: &ConsoleCaller,
        id: Option<PolicyId>,
        expected: Expected,
        draft: &PolicyDraft,
    ) -> Result<Policy, Error> {
        caller.require_administrator()?;
        self.deciding(|| async {
            let policies = self.ports.store.list_policies(caller.workspace).await?;
            let before = match id {
                None => None,
                Some(id) => {
                    let found = policies.iter().find(|row| row.policy.id == id);
                    let found = &found.ok_or(Rejection::NotFound { what: "policy" })?.policy;
                    expected.check(found.version)?;
                    Some(found)
                }
            };
            let now = self.now();
            let decided = decide_policy(
                before,
                &policies,
                draft,
                caller,
                self.id(PolicyId::new, now),
                now,
            )?;
            self.commit(&caller.acting(now), decided).await
        })
        .await
    }

    /// Deletes a policy that nothing refers to (R8).
    pub async fn delete_policy(&self, caller: &ConsoleCaller, id: PolicyId) -> Result<(), Error> {
        caller.require_administrator()?;
        let store = &self.ports.store;
        self.deciding(|| async {
            let policy = store.find_policy(caller.workspace, id).await?;
            let policy = policy.ok_or(Rejection::NotFound { what: "policy" })?;
            let references = store
                .list_references_to_policy(caller.workspace, id)
                .await?;
            let decided = decide_policy_deletion(&policy, references)?;
            self.commit(&caller.acting(self.now()), decided).await
        })
        .await
    }
}
