use std::fmt;

use jit_domain::{catalogue::Publication, people::HoldSource};

/// What happens, as data: it can be made by a seed, run, shortened and read.
///
/// Numbers mean the first, the second, … of what there is at that moment, counted round: so what
/// is left of a history after some steps were taken out still means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History(pub Vec<Step>);

/// Some acts at the same time, interleaved at their calls of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The acts.
    pub acts: Vec<Act>,
    /// The seed of the order in which they take turns.
    pub turns: u64,
}

/// Somebody does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub action: Action,
    /// What goes wrong meanwhile, and at which call of the store.
    pub trouble: Option<(Trouble, u8)>,
}

/// What goes wrong at a call of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Trouble {
    Unavailable,
    AnswerLost,
    Conflict,
    CrashBefore,
    CrashAfter,
}

/// Somebody of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colleague {
    /// Rules everything.
    Administrator,
    /// Decides all requests.
    Approver,
    /// Decides requests for the first collection.
    ApproverOfOne,
    /// Decides all requests, and is the last of the people.
    Requester,
    /// Decides nothing.
    Auditor,
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the names say it, and `Display` says it in words"
)]
pub enum Action {
    Wait {
        minutes: u16,
    },
    OtherReleaseSaves,
    Save {
        policy: Option<u8>,
        groups: u8,
    },
    Apply,
    SwitchJit {
        on: bool,
    },
    Login {
        person: u8,
        email: u8,
        groups: Option<u8>,
    },
    Replay {
        login: u8,
    },
    SignOut {
        session: u8,
    },
    Ask {
        person: u8,
        collection: u8,
    },
    Withdraw {
        request: u8,
    },
    Approve {
        request: u8,
        by: Colleague,
        hours: Option<u8>,
    },
    Reject {
        request: u8,
        by: Colleague,
    },
    Revoke {
        grant: u8,
        by: Colleague,
    },
    OpenHold {
        person: u8,
        source: HoldSource,
    },
    ClearHold {
        person: u8,
        source: HoldSource,
    },
    MakeCollection {
        restricted: bool,
    },
    Publish {
        collection: u8,
        publication: Publication,
    },
    MakeCredential {
        person: u8,
        hours: Option<u8>,
    },
    Rotate {
        credential: u8,
        hours: u8,
    },
    RevokeCredential {
        credential: u8,
    },
    DeletePolicy {
        policy: u8,
    },
    DeleteGroup {
        group: u8,
    },
}

/// The people, by name.
pub(super) const PEOPLE: [&str; 4] = ["dana", "emil", "fay", "gus"];

pub(super) fn person(number: u8) -> &'static str {
    PEOPLE[usize::from(number) % PEOPLE.len()]
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in (1..).zip(&self.0) {
            match &step.acts[..] {
                [one] => writeln!(f, "{n:3}. {one}")?,
                acts => {
                    writeln!(f, "{n:3}. at the same time, in turns {}:", step.turns)?;
                    for act in acts {
                        writeln!(f, "       {act}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.action)?;
        match self.trouble {
            Some((trouble, call)) => write!(f, "; {trouble:?} at call {call}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let until = |hours: &Option<u8>| match hours {
            Some(hours) => format!(" for {hours} h"),
            None => String::new(),
        };
        match self {
            Self::Wait { minutes } => write!(f, "{minutes} minutes pass"),
            Self::OtherReleaseSaves => write!(f, "another release saves the method oauth2"),
            Self::Save { policy, groups } => {
                write!(
                    f,
                    "settings are saved: policy {policy:?}, groups {groups:#b}"
                )
            }
            Self::Apply => write!(f, "the settings are applied to existing clients"),
            Self::SwitchJit { on } => {
                write!(f, "JIT is switched {}", if *on { "on" } else { "off" })
            }
            Self::Login {
                person: who,
                email,
                groups,
            } => {
                let who = person(*who);
                write!(
                    f,
                    "{who} signs in with address {email} and groups {groups:?}"
                )
            }
            Self::Replay { login } => write!(f, "the assertion of login {login} comes again"),
            Self::SignOut { session } => write!(f, "session {session} signs out"),
            Self::Ask {
                person: who,
                collection,
            } => {
                write!(f, "{} asks for collection {collection}", person(*who))
            }
            Self::Withdraw { request } => write!(f, "request {request} is withdrawn"),
            Self::Approve { request, by, hours } => {
                write!(f, "{by:?} approves request {request}{}", until(hours))
            }
            Self::Reject { request, by } => write!(f, "{by:?} rejects request {request}"),
            Self::Revoke { grant, by } => write!(f, "{by:?} revokes grant {grant}"),
            Self::OpenHold {
                person: who,
                source,
            } => {
                write!(f, "{} opens a hold on {}", source.code(), person(*who))
            }
            Self::ClearHold {
                person: who,
                source,
            } => {
                write!(f, "{} clears its hold on {}", source.code(), person(*who))
            }
            Self::MakeCollection { restricted } => {
                let whom = if *restricted { "a group" } else { "everyone" };
                write!(f, "a collection for {whom} is made")
            }
            Self::Publish {
                collection,
                publication,
            } => {
                write!(f, "collection {collection} becomes {publication:?}")
            }
            Self::MakeCredential { person: who, hours } => {
                write!(f, "{} makes a credential{}", person(*who), until(hours))
            }
            Self::Rotate { credential, hours } => {
                write!(
                    f,
                    "credential {credential} is rotated with {hours} h of overlap"
                )
            }
            Self::RevokeCredential { credential } => {
                write!(f, "credential {credential} is revoked")
            }
            Self::DeletePolicy { policy } => write!(f, "policy {policy} is deleted"),
            Self::DeleteGroup { group } => write!(f, "group {group} is deleted"),
        }
    }
}
