//! A profile as a page for the administrator who has that provider's console open.

use std::fmt::Write;

use super::{
    Carried, Claim, Feature, Label, OurField, OurValue, Profile, Setting, TheirField, TheirValue,
};

/// Writes the guide of one provider, in Markdown, with example addresses in place of ours.
///
/// The files `idp-*.md` of the documentation are exactly this.
pub fn guide(profile: &Profile) -> String {
    let mut page = Page::default();
    let (name, console) = (profile.name, profile.console);
    let slug = profile.slug.replace('-', "_");
    page.line(format!(
        "<!-- Made of profiles/{slug}.rs in jit-idp. Change that, and run: UPDATE_GUIDES=1 cargo test -p jit-idp --test guides -->"
    ));
    page.line(format!("# Single sign-on with {name}"));
    page.paragraph(&[
        &format!(
            "You need the {console} and the console of this portal, as an administrator of both."
        ),
        "The addresses below are examples: copy yours from the page of the connection.",
        "[Single sign-on](sso.md) says how it all works.",
    ]);
    begin_here(&mut page);
    make_the_application(&mut page, profile);
    say_who_people_are(&mut page, profile);
    check_signatures(&mut page, profile);
    tell_the_portal(&mut page, profile);
    page.heading(2, "6. Choose who may use it");
    page.list(profile.assignment);
    test_and_switch_on(&mut page, profile);
    page.heading(2, "Replace the certificate");
    if profile.has_metadata_url() {
        page.paragraph(&[
            "If the connection has the metadata URL, there is nothing to add here and to take out: the portal reads the metadata again when a signature comes from a key that it does not know.",
            "Otherwise nobody is refused in between if you do it in this order.",
        ]);
    }
    page.steps(profile.rotation);
    page.feature(
        &format!("Logins that begin at {name}"),
        &profile.idp_initiated,
    );
    page.feature("Single logout", &profile.logout);
    page.feature("Encrypted assertions", &profile.encryption);
    page.heading(2, "What to look out for");
    page.list(profile.quirks);
    page.text
}

fn begin_here(page: &mut Page) {
    page.heading(2, "1. Begin the connection here");
    page.steps(&[
        "In the console of this portal, open **SSO connections** and press **New connection**.",
        "Choose the provider; then type a name, which people see on the sign-in button, and a short name, which stays in the addresses for ever.",
        "Keep the page open: it shows the values that go there, and takes those that come from there.",
    ]);
}

fn make_the_application(page: &mut Page, profile: &Profile) {
    page.heading(
        2,
        &format!("2. Make the application in the {}", profile.console),
    );
    page.steps(profile.steps);
    page.table(["there", "where", "paste", "note"], profile.ours, our_row);
}

fn our_row(field: &OurField) -> [String; 4] {
    [
        label(field.label),
        field.at.to_owned(),
        example_of(field.value).to_owned(),
        field.note.to_owned(),
    ]
}

/// The values of the connection `acme` of a portal at `developers.example.com`.
fn example_of(value: OurValue) -> &'static str {
    match value {
        OurValue::AcsUrl => "`https://developers.example.com/sso/saml/acme/acs`",
        OurValue::AcsUrlPattern => r"`^https://developers\.example\.com/sso/saml/acme/acs$`",
        OurValue::EntityId | OurValue::MetadataUrl => {
            "`https://developers.example.com/sso/saml/acme/metadata`"
        }
        OurValue::StartUrl => "`https://developers.example.com/sso/saml/acme/login`",
        OurValue::LogoutUrl => "`https://developers.example.com/sso/saml/acme/slo`",
        OurValue::Certificate => "the certificate of this portal",
    }
}

fn say_who_people_are(page: &mut Page, profile: &Profile) {
    let name_id = &profile.name_id;
    page.heading(2, "3. Say who people are");
    let settings = [name_id.format, name_id.source];
    page.table(["setting", "where", "choose"], &settings, setting_row);
    page.list(name_id.advice);
    page.paragraph(&[
        "Decide before the first person signs in: after a change, everybody is somebody new.",
    ]);
    page.table(
        ["for", "name of the attribute", "choose"],
        profile.claims,
        claim_row,
    );
    page.paragraph(&[
        "Names are compared letter by letter; the page of the connection can take other names.",
        "Groups mean something only with group rules there.",
    ]);
}

fn setting_row(setting: &Setting) -> [String; 3] {
    [
        label(setting.label),
        setting.at.to_owned(),
        setting.choose.to_owned(),
    ]
}

fn claim_row(claim: &Claim) -> [String; 3] {
    let purpose = match claim.carries {
        Carried::DisplayName => "name",
        Carried::Email => "e-mail address",
        Carried::Groups => "groups",
        Carried::Subject => "who the person is",
    };
    [
        purpose.to_owned(),
        format!("`{}`", claim.name),
        claim.choose.to_owned(),
    ]
}

fn check_signatures(page: &mut Page, profile: &Profile) {
    let signatures = &profile.signatures;
    page.heading(2, "4. Check the signatures");
    let sha256 = match signatures.sha256 {
        Some(setting) => format!("{} SHA-1 is refused.", chosen(&setting)),
        None => "There is no choice of SHA-256 and no need for one.".to_owned(),
    };
    page.list(&[signatures.by_default, signatures.choose, &sha256]);
}

fn tell_the_portal(page: &mut Page, profile: &Profile) {
    page.heading(2, "5. Tell this portal about the provider");
    let way = if profile.has_metadata_url() {
        "Give the connection the metadata URL: it has everything else in it, and new certificates arrive with it."
    } else {
        "Give the connection the metadata document: it has everything else in it."
    };
    page.paragraph(&[way, "Single values are the other way."]);
    page.table(
        ["for", "there", "where", "looks like"],
        profile.theirs,
        their_row,
    );
}

fn their_row(field: &TheirField) -> [String; 4] {
    let purpose = match field.value {
        TheirValue::MetadataUrl => "metadata URL",
        TheirValue::MetadataDocument => "metadata document",
        TheirValue::EntityId => "entity ID of the provider",
        TheirValue::SsoUrl => "sign-on URL",
        TheirValue::LogoutUrl => "logout URL",
        TheirValue::Certificate => "signing certificate",
    };
    let example = match field.example {
        "" => String::new(),
        example => format!("`{example}`"),
    };
    [
        purpose.to_owned(),
        label(field.label),
        field.at.to_owned(),
        example,
    ]
}

fn test_and_switch_on(page: &mut Page, profile: &Profile) {
    page.heading(2, "7. Test, then switch on");
    page.steps(&[
        "Give the application to yourself, and test the sign-in from the page of the connection. A test makes nobody.",
        "If it is refused, look its code up in [When a sign-in fails](sso.md#when-a-sign-in-fails).",
        "See whether name, address and groups arrived, and under which names.",
        "Switch the connection on: the sign-in page gets its button.",
    ]);
    page.list(profile.test);
}

fn label(label: Label) -> String {
    match label {
        Label::Is(text) => format!("**{text}**"),
        Label::Usually(text) => format!("usually **{text}**"),
    }
}

/// A setting as a sentence.
fn chosen(setting: &Setting) -> String {
    let (at, choose) = (setting.at, setting.choose);
    match setting.label {
        Label::Is(text) => format!("**{text}** (in {at}): choose {choose}."),
        Label::Usually(text) => {
            format!("What is usually called **{text}** (in {at}): choose {choose}.")
        }
    }
}

/// Markdown with one sentence a line and an empty line between blocks.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref());
        self.text.push('\n');
    }

    fn block(&mut self, lines: impl IntoIterator<Item = String>) {
        self.line("");
        for line in lines {
            self.line(line);
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.block([format!("{} {text}", "#".repeat(level))]);
    }

    fn paragraph(&mut self, sentences: &[&str]) {
        self.block(sentences.iter().map(|&sentence| sentence.to_owned()));
    }

    fn list(&mut self, items: &[&str]) {
        self.block(items.iter().map(|item| format!("- {item}")));
    }

    fn steps(&mut self, items: &[&str]) {
        let numbered = items.iter().zip(1..);
        self.block(numbered.map(|(item, number)| format!("{number}. {item}")));
    }

    fn table<T, const N: usize>(
        &mut self,
        head: [&str; N],
        rows: &[T],
        row: fn(&T) -> [String; N],
    ) {
        let line = |cells: &[String]| {
            let mut line = String::from("|");
            for cell in cells {
                // Writing to a string cannot fail.
                let _ = write!(line, " {cell} |");
            }
            line
        };
        let head = head.map(str::to_owned);
        let rule = format!("|{}", "---|".repeat(N));
        let body = rows.iter().map(|it| line(&row(it)));
        self.block([line(&head), rule].into_iter().chain(body));
    }

    fn feature(&mut self, title: &str, feature: &Feature) {
        self.heading(2, title);
        match feature {
            Feature::Offered { setting, advice } => {
                let setting = chosen(setting);
                let all: Vec<&str> = [setting.as_str()]
                    .into_iter()
                    .chain(advice.iter().copied())
                    .collect();
                self.list(&all);
            }
            Feature::NotOffered { instead } => self.paragraph(instead),
        }
    }
}
