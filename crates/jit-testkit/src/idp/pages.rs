//! A few plain pages. They work without JavaScript, and ask nothing of any other host.

use super::{
    BadRequest, IdentityProvider, Person,
    request::{bad, origin},
    xml::{attribute, random_hex, text},
};

/// A page and what it may do.
pub(super) struct Page {
    pub(super) html: String,
    /// `Content-Security-Policy`.
    pub(super) policy: String,
}

/// Who do you want to be? The form carries on what the login needs.
pub(super) fn choose(
    idp: &IdentityProvider,
    service: &str,
    path: &str,
    carried: &[(&str, &str)],
) -> Page {
    let people: String = idp.people().iter().map(person).collect();
    let carried: String = carried
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    let main = format!(
        "<h1>Choose who signs in</h1>\
         <p>This identity provider is for trying things out. It asks for no password.</p>\
         <p>You are signing in to <strong>{service}</strong>.</p>\
         <form method=\"post\" action=\"{base}{path}\">{carried}<ul>{people}</ul></form>",
        service = text(service),
        base = attribute(&idp.base_url),
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
pub(super) fn post(
    idp: &IdentityProvider,
    title: &str,
    url: &str,
    fields: &[(&str, &str)],
) -> Result<Page, BadRequest> {
    let Some(origin) = origin(url) else {
        return bad("the service provider has no address with http or https");
    };
    let nonce = random_hex();
    let fields: String = fields
        .iter()
        .map(|(name, value)| hidden(name, value))
        .collect();
    let main = format!(
        "<h1>{title}</h1>\
         <p>If nothing happens, continue by hand.</p>\
         <form method=\"post\" action=\"{action}\">{fields}\
         <button type=\"submit\" id=\"continue\">Continue</button></form>",
        action = attribute(url),
    );
    let script = format!(
        "<script nonce=\"{nonce}\">document.getElementById(\"continue\").form.submit()</script>"
    );
    let policy = format!("script-src 'nonce-{nonce}'; form-action {origin}");
    Ok(page(idp, title, &main, &script, &policy))
}

/// The end of a logout that has nobody else to tell.
pub(super) fn signed_out(idp: &IdentityProvider, how: &str) -> Page {
    let main = format!("<h1>Signed out</h1><p>{}.</p>", text(how));
    page(idp, "Signed out", &main, "", "form-action 'none'")
}

/// The request cannot be answered.
pub(super) fn refuse(idp: &IdentityProvider, why: &BadRequest) -> Page {
    let title = "This cannot go on";
    let main = format!(
        "<h1>{title}</h1><p>{}.</p><p>Go back, and start again.</p>",
        text(&why.0)
    );
    page(idp, title, &main, "", "form-action 'none'")
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
