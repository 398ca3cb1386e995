use chrono::Duration;

use crate::{
    assertion::AssertionRefusal,
    audit::{Actor, Event},
    change::Change,
    connections::{
        ConnectionState, IdpConnection, IdpDescription, MetadataSource, RefreshProblem,
        SigningCertificate,
    },
    console::Origin,
    error::{Error, InvalidField},
    ids::{IdpConnectionId, WorkspaceId},
    ports::IdpMetadataSource,
    values::Timestamp,
};

use crate::portal::{Acting, Decided, Portal};

/// So many days before the end of a certificate it is announced (and once more when it is over).
const ANNOUNCED: [u16; 4] = [0, 1, 7, 30];

/// A certificate that ends soon, and has no successor in its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending<'a> {
    /// The certificate.
    pub certificate: &'a SigningCertificate,
    /// Whole days until its end; 0 on the last day and after it.
    pub days: u16,
}

impl IdpConnection {
    /// The certificate that ends last, if that is within 30 days.
    ///
    /// The others do not matter: the provider has told the next one already. An end stops nobody from signing
    /// in, for the key is pinned; it says when the provider is about to change its key.
    pub fn ending(&self, now: Timestamp) -> Option<Ending<'_>> {
        let last = |idp: &'_ IdpDescription| {
            let ends = idp.certificates.iter().enumerate();
            ends.max_by_key(|(_, it)| it.not_after).map(|(at, _)| at)
        };
        let idp = self.idp.as_ref()?;
        let certificate = &idp.certificates[last(idp)?];
        let left = (certificate.not_after - now).max(Duration::zero());
        let days = u16::try_from(left.num_days()).unwrap_or(u16::MAX);
        (days <= 30).then_some(Ending { certificate, days })
    }
}

impl IdpConnection {
    /// Whether its metadata, read anew, could make a refused response count: nobody whom the connection knows
    /// has signed it, and the provider may have a new key.
    pub fn may_have_new_key(&self, refusal: &AssertionRefusal) -> bool {
        refusal.code == AssertionRefusal::UNKNOWN_KEY
            && matches!(self.metadata, MetadataSource::Url { .. })
    }
}

/// Announces the end of a certificate, once each 30, 7 and 1 days before, and when it is over.
pub fn decide_certificate_notices(
    connection: &IdpConnection,
    now: Timestamp,
) -> Option<Decided<()>> {
    let ending = connection
        .ending(now)
        .filter(|_| connection.state == ConnectionState::Active)?;
    let sha256 = &ending.certificate.sha256;
    let step = ANNOUNCED.into_iter().find(|step| ending.days <= *step)?;
    let announced = connection.certificate_notices.get(sha256);
    if announced.is_some_and(|announced| *announced <= step) {
        return None;
    }
    let event = Event::changed(
        "idp_connection.certificate_ending",
        connection.id,
        connection.version,
    )
    .with("sha256", sha256)
    .with("not_after", ending.certificate.not_after.to_rfc3339());
    let changed = IdpConnection {
        version: connection.version.next(),
        certificate_notices: [(sha256.clone(), step)].into(),
        ..connection.clone()
    };
    Some(Decided {
        result: (),
        changes: vec![Change::put(changed)],
        events: vec![event],
    })
}

/// Takes what a provider says of itself now. Its name must stay; addresses and certificates may change.
///
/// Nothing is written if nothing is new, so that nobody who edits the connection is disturbed.
pub fn decide_refresh(
    connection: &IdpConnection,
    fetched: Result<IdpDescription, InvalidField>,
    now: Timestamp,
) -> Option<Decided<bool>> {
    let MetadataSource::Url { url, problem } = &connection.metadata else {
        return None;
    };
    let fetched = fetched.and_then(|idp| match &connection.idp {
        Some(before) if before.entity_id != idp.entity_id => {
            let expected = format!("the entity ID {}", before.entity_id);
            Err(InvalidField::new("metadata_url", expected, idp.entity_id))
        }
        _ => Ok(idp),
    });
    let (idp, problem_now) = match fetched {
        Ok(idp) => (Some(idp), None),
        Err(cause) => {
            let since = problem.as_ref().map_or(now, |before| before.since);
            let cause = cause.to_string();
            let failed = RefreshProblem { since, cause };
            (connection.idp.clone(), Some(failed))
        }
    };
    let is_new = idp != connection.idp;
    if !is_new && *problem == problem_now {
        return None;
    }
    let (id, version) = (connection.id, connection.version);
    let event = if let Some(problem) = &problem_now {
        Event::changed("idp_connection.metadata_refresh_failed", id, version)
            .with("cause", &problem.cause)
    } else {
        let known = idp.iter().flat_map(|idp| &idp.certificates);
        let all: Vec<_> = known.map(|it| it.sha256.as_str()).collect();
        Event::changed("idp_connection.metadata_refreshed", id, version)
            .with("certificates", all.join(" "))
    };
    let changed = IdpConnection {
        version: version.next(),
        metadata: MetadataSource::Url {
            url: url.clone(),
            problem: problem_now,
        },
        idp,
        ..connection.clone()
    };
    Some(Decided {
        result: is_new,
        changes: vec![Change::put(changed)],
        events: vec![event],
    })
}

impl Portal {
    /// Reads the metadata of every connection that has an address for it, and announces ends of certificates.
    /// To be called now and then; several replicas may do so at once.
    pub async fn keep_connections_up(
        &self,
        workspace: WorkspaceId,
        source: &dyn IdpMetadataSource,
    ) -> Result<(), Error> {
        for connection in self.ports.store.list_connections(workspace).await? {
            self.refresh_metadata(workspace, connection.id, source)
                .await?;
            self.system_decides(workspace, connection.id, decide_certificate_notices)
                .await?;
        }
        Ok(())
    }

    /// Reads the metadata of one connection anew, and tells whether anything was new.
    pub async fn refresh_metadata(
        &self,
        workspace: WorkspaceId,
        id: IdpConnectionId,
        source: &dyn IdpMetadataSource,
    ) -> Result<bool, Error> {
        let found = self.ports.store.find_connection(workspace, id).await?;
        let Some(MetadataSource::Url { url, .. }) = found.map(|it| it.metadata) else {
            return Ok(false);
        };
        let fetched = source.fetch(&url).await;
        let refresh = |connection: &IdpConnection, now| {
            // The address may have been changed while this one was read.
            matches!(&connection.metadata, MetadataSource::Url { url: now, .. } if *now == url)
                .then(|| decide_refresh(connection, fetched.clone(), now))
                .flatten()
        };
        let done = self.system_decides(workspace, id, refresh).await?;
        Ok(done.unwrap_or(false))
    }

    async fn system_decides<T: Send>(
        &self,
        workspace: WorkspaceId,
        id: IdpConnectionId,
        decide: impl Fn(&IdpConnection, Timestamp) -> Option<Decided<T>> + Send + Sync,
    ) -> Result<Option<T>, Error> {
        let (origin, decide) = (&Origin::default(), &decide);
        self.deciding(|| async move {
            let now = self.now();
            let found = self.ports.store.find_connection(workspace, id).await?;
            let Some(decided) = found.and_then(|connection| decide(&connection, now)) else {
                return Ok(None);
            };
            let acting = Acting {
                workspace,
                actor: Actor::System,
                origin,
                now,
            };
            Ok(Some(self.commit(&acting, decided).await?))
        })
        .await
    }
}
