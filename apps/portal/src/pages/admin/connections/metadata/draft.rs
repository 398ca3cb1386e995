use jit_domain::{
    connections::{IdpConnection, IdpDescription, LogoutEndpoint, SigningCertificate},
    error::{InvalidField, Problems, Rejection},
    portal::ConnectionDraft,
    ports::IdpMetadataSource,
    values::http_address,
};

use super::form::binding;
use crate::pages::admin::form::Fields;

/// What the form asks for.
pub(in super::super) async fn read(
    fields: &Fields,
    kept: &IdpConnection,
    before: ConnectionDraft,
    source: &dyn IdpMetadataSource,
) -> Result<ConnectionDraft, Rejection> {
    let mut metadata_url = None;
    let idp = match fields.text("source") {
        "url" => {
            let url = fields.text("metadata_url").trim();
            metadata_url = Some(url.to_owned());
            source
                .fetch(url)
                .await
                .map_err(|it| at("metadata_url", it))?
        }
        "document" => {
            let read = source.read(fields.text("metadata"));
            read.map_err(|it| at("metadata", it))?
        }
        "values" => by_hand(fields, kept.idp.as_ref(), source)?,
        _ => return Err(InvalidField::new("source", "one of the ways below", "").into()),
    };
    Ok(ConnectionDraft {
        idp: Some(idp),
        metadata_url,
        ..before
    })
}

/// Whatever is wrong with metadata belongs to where it came from.
fn at(field: &'static str, mistake: InvalidField) -> InvalidField {
    InvalidField { field, ..mistake }
}

fn by_hand(
    fields: &Fields,
    before: Option<&IdpDescription>,
    source: &dyn IdpMetadataSource,
) -> Result<IdpDescription, Rejection> {
    let mut problems = Problems::default();
    let entity_id = fields.some("entity_id");
    if entity_id.is_none() {
        let expected = "the name that the provider states";
        problems.add(InvalidField::new("entity_id", expected, ""));
    }
    // The domain asks again; asked here, all mistakes of the form are told at once.
    let mut address = |field, url: &str| {
        problems.check(http_address(field, url, IdpDescription::EXAMPLE_ADDRESS))
    };
    let sso_url = address("sso_url", fields.text("sso_url"));
    let slo_url = fields
        .some("slo_url")
        .and_then(|url| address("slo_url", &url));
    let certificates = certificates(fields, before, source, &mut problems);
    problems.finish()?;
    Ok(IdpDescription {
        entity_id: entity_id.unwrap_or_default(),
        sso_url: sso_url.unwrap_or_default(),
        sso_binding: binding(fields),
        slo: slo_url.map(|url| logout(url, before)),
        wants_signed_requests: before.is_some_and(|before| before.wants_signed_requests),
        certificates,
    })
}

/// The form does not ask for what only metadata says of the same address.
fn logout(url: String, before: Option<&IdpDescription>) -> LogoutEndpoint {
    let known = before.and_then(|before| before.slo.as_ref());
    match known {
        Some(known) if known.url == url => known.clone(),
        _ => LogoutEndpoint {
            url,
            response_url: None,
            binding: jit_domain::connections::Binding::Redirect,
        },
    }
}

/// Those that stay, then the new ones, each once.
fn certificates(
    fields: &Fields,
    before: Option<&IdpDescription>,
    source: &dyn IdpMetadataSource,
    problems: &mut Problems,
) -> Vec<SigningCertificate> {
    let stored = before.map_or(&[][..], |before| &before.certificates);
    let stays = |it: &&SigningCertificate| fields.all("keep").any(|sha256| sha256 == it.sha256);
    let mut all: Vec<_> = stored.iter().filter(stays).cloned().collect();
    for text in certificate_texts(fields.text("certificate")) {
        let read = source.read_certificate(&text);
        let new = problems.check(read.map_err(|it| at("certificate", it)));
        all.extend(new.filter(|new| all.iter().all(|known| known.sha256 != new.sha256)));
    }
    if all.is_empty() && fields.some("certificate").is_none() {
        let expected = "at least one signing certificate";
        problems.add(InvalidField::new("certificate", expected, ""));
    }
    all
}

/// Several PEM blocks may follow each other; without any, the text is one in base64.
fn certificate_texts(text: &str) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    let blocks = text.split_inclusive(END).map(str::trim);
    let written = blocks.filter(|block| !block.is_empty());
    written.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_certificates_may_follow_each_other() {
        let one = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
        assert_eq!(certificate_texts(&format!("{one}\n\n{one}\n")), [one, one]);
        assert_eq!(certificate_texts(" MIIB "), ["MIIB"]);
        assert!(certificate_texts(" \n").is_empty());
    }
}
