//! Three plain pages. They work without JavaScript, and ask nothing of any other host.

use super::{
    AuthnRequest, BadRequest, IdentityProvider, Person,
    xml::{attribute, random_hex, text},
};

/// A page and what it may do.
pub(super) struct Page {
    pub(super) html: String,
    /// `Content-Security-Policy`.
    pub(super) policy: String,
}

/// Who do you want to be?
pub(super) fn choose(
    idp: &IdentityProvider,
    request: &AuthnRequest,
    parameter: &str,
    relay_state: &str,
) -> Page {
    let people: String = idp.people().iter().map(person).collect();
    let main = format!(
        "<h1>Choose who signs in</h1>\
         <p>This identity provider is for trying things out. It asks for no password.</p>\
         <p>You are signing in to <strong>{service}</strong>.</p>\
         <form method=\"post\" action=\"{action}\">{request}{relay_state}<ul>{people}</ul></form>",
        service = text(&request.issuer),
        action = attribute(&idp.sso_url()),
        request = hidden("SAMLRequest", parameter),
        relay_state = hidden("RelayState", relay_state),
    );
    page(idp, "Choose who signs in", &main, "", "form-action 'self'")
}

fn person(person: &Person) -> String {
    let groups = match person.groups.as_deref() {
        None | Some([]) => "no groups".to_owned(),
        Some(groups) => groups.join(", "),
    };
    format!(
        "<li><button type=\"submit\" name=\"person\" value=\"{id}\">\
         <span class=\"name\">{name}</span> <span>{email}</span> <span>{groups}</span></button></li>",
        id = attribute(&person.name_id),
        name = text(&person.display_name),
        email = text(&person.email),
        groups = text(&groups),
    )
}

/// The POST binding: a form that sends itself to the service provider (SAML bindings 3.5.4).
pub(super) fn answer(
    idp: &IdentityProvider,
    request: &AuthnRequest,
    response: &str,
    relay_state: &str,
) -> Page {
    let nonce = random_hex();
    let main = format!(
        "<h1>Signing you in</h1>\
         <p>If nothing happens, continue by hand.</p>\
         <form method=\"post\" action=\"{action}\">{response}{relay_state}\
         <button type=\"submit\" id=\"continue\">Continue</button></form>",
        action = attribute(&request.acs_url),
        response = hidden("SAMLResponse", response),
        relay_state = hidden("RelayState", relay_state),
    );
    let script = format!(
        "<script nonce=\"{nonce}\">document.getElementById(\"continue\").form.submit()</script>"
    );
    let policy = format!(
        "script-src 'nonce-{nonce}'; form-action {}",
        request.acs_origin
    );
    page(idp, "Signing you in", &main, &script, &policy)
}

/// The request cannot be answered.
pub(super) fn refuse(idp: &IdentityProvider, why: &BadRequest) -> Page {
    let main = format!(
        "<h1>This sign-in cannot go on</h1><p>{}.</p><p>Go back, and start again.</p>",
        text(&why.0)
    );
    page(
        idp,
        "This sign-in cannot go on",
        &main,
        "",
        "form-action 'none'",
    )
}

fn hidden(name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
        attribute(value)
    )
}

fn page(idp: &IdentityProvider, title: &str, main: &str, script: &str, policy: &str) -> Page {
    Page {
        html: format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} - demo identity provider</title>\
             <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"{base}/style.css\"></head>\
             <body><main>{main}</main>{script}</body></html>\n",
            base = attribute(&idp.base_url),
        ),
        policy: format!(
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
             frame-ancestors 'none'; {policy}"
        ),
    }
}
