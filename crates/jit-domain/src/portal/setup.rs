use chrono::Duration;

use crate::{
    audit::{Actor, Event},
    change::Change,
    console::{Administrator, ConsoleRole, ConsoleSignIn, Origin, Password, Setup, Workspace},
    error::{Error, Problems, Rejection},
    ids::{AdministratorId, WorkspaceId},
    tokens::{Secret, SecretKind},
    values::{EmailAddress, Name, Slug, Timestamp, Version},
};

use super::{Acting, Decided, Portal};

/// What the first administrator fills in.
pub struct AdministratorDraft {
    /// What the person will sign in with.
    pub email: String,
    /// What to call the person.
    pub name: String,
    /// At least 12 characters.
    pub password: String,
}

fn decide_invitation(workspace: Workspace, code: &Secret, now: Timestamp) -> Option<Decided<()>> {
    if workspace.setup == Setup::Done {
        return None;
    }
    let event = Event::changed(
        "workspace.administrator_invited",
        workspace.id,
        workspace.version,
    );
    let setup = Setup::Invited {
        code_sha256: code.hash().hex(),
        expires_at: now + Duration::hours(24),
    };
    let version = workspace.version.next();
    let changes = vec![Change::put(Workspace {
        version,
        setup,
        ..workspace
    })];
    Some(Decided {
        result: (),
        changes,
        events: vec![event],
    })
}

fn decide_first_administrator(
    workspace: Workspace,
    code: &Secret,
    administrator: Administrator,
    now: Timestamp,
) -> Result<Decided<AdministratorId>, Rejection> {
    check_invitation(&workspace, code, now)?;
    let id = administrator.id;
    let version = workspace.version.next();
    let changes = vec![
        Change::put(Workspace {
            setup: Setup::Done,
            version,
            ..workspace
        }),
        Change::put(administrator),
    ];
    let events = vec![Event::made("administrator.created", id).with("role", "administrator")];
    Ok(Decided {
        result: id,
        changes,
        events,
    })
}

fn check_invitation(workspace: &Workspace, code: &Secret, now: Timestamp) -> Result<(), Rejection> {
    match &workspace.setup {
        Setup::Invited {
            code_sha256,
            expires_at,
        } if *code_sha256 == code.hash().hex() && now < *expires_at => Ok(()),
        _ => Err(Rejection::SetupClosed),
    }
}

impl Portal {
    /// The workspace of that name, made if it is not there.
    pub async fn open_workspace(&self, slug: &Slug) -> Result<Workspace, Error> {
        self.deciding(|| async {
            if let Some(workspace) = self.ports.store.find_workspace(slug).await? {
                return Ok(workspace);
            }
            let now = self.now();
            let id = self.id(WorkspaceId::new, now);
            let workspace = Workspace {
                id,
                version: Version::FIRST,
                slug: slug.clone(),
                setup: Setup::Waiting,
            };
            let decided = Decided {
                changes: vec![Change::put(workspace.clone())],
                events: vec![Event::made("workspace.created", id)],
                result: workspace,
            };
            let origin = Origin::default();
            self.commit(
                &Acting {
                    workspace: id,
                    actor: Actor::System,
                    origin: &origin,
                    now,
                },
                decided,
            )
            .await
        })
        .await
    }

    /// A one-time code that makes the first administrator, or `None` if there is one already.
    /// A code that was given out before is void.
    pub async fn invite_first_administrator(
        &self,
        workspace: &Slug,
    ) -> Result<Option<Secret>, Error> {
        let code = self.secret(SecretKind::Setup);
        self.deciding(|| async {
            let workspace = self.open_workspace(workspace).await?;
            let (id, now, origin) = (workspace.id, self.now(), Origin::default());
            let Some(decided) = decide_invitation(workspace, &code, now) else {
                return Ok(None);
            };
            let acting = Acting {
                workspace: id,
                actor: Actor::System,
                origin: &origin,
                now,
            };
            self.commit(&acting, decided).await?;
            Ok(Some(code.clone()))
        })
        .await
    }

    /// Whether that code would make the first administrator.
    pub async fn check_setup_code(&self, workspace: &Slug, code: &str) -> Result<(), Error> {
        let code = Secret::parse(SecretKind::Setup, code).ok_or(Rejection::SetupClosed)?;
        let workspace = self.open_workspace(workspace).await?;
        Ok(check_invitation(&workspace, &code, self.now())?)
    }

    /// Makes the first administrator.
    pub async fn create_first_administrator(
        &self,
        workspace: &Slug,
        code: &str,
        draft: AdministratorDraft,
        origin: &Origin,
    ) -> Result<AdministratorId, Error> {
        self.check_setup_code(workspace, code).await?;
        let code = Secret::parse(SecretKind::Setup, code).ok_or(Rejection::SetupClosed)?;
        let mut problems = Problems::default();
        let email = problems.check(EmailAddress::parse("email", &draft.email));
        let name = problems.check(Name::parse("name", &draft.name));
        let password = problems.check(Password::parse(draft.password));
        problems.finish()?;
        let (Some(email), Some(name), Some(password)) = (email, name, password) else {
            return Err(Rejection::SetupClosed.into());
        };
        let hash = self
            .ports
            .passwords
            .hash(password)
            .await
            .map_err(Error::Unavailable)?;
        self.deciding(|| async {
            let workspace = self.open_workspace(workspace).await?;
            let now = self.now();
            let administrator = Administrator {
                id: self.id(AdministratorId::new, now),
                workspace: workspace.id,
                version: Version::FIRST,
                email: email.clone(),
                name: name.clone(),
                role: ConsoleRole::Administrator,
                sign_in: ConsoleSignIn::Password { hash: hash.clone() },
                end_user: None,
                created_at: now,
            };
            let id = workspace.id;
            let decided = decide_first_administrator(workspace, &code, administrator, now)?;
            self.commit(
                &Acting {
                    workspace: id,
                    actor: Actor::System,
                    origin,
                    now,
                },
                decided,
            )
            .await
        })
        .await
    }
}
