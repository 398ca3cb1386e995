//! What providers get wrong and what attackers make of their messages, in one line each.

use std::sync::LazyLock;

use chrono::Duration;

use super::{
    super::{
        IdpKey,
        xml::{new_id, text},
    },
    ResponseBuilder, Sign, Wrapping,
};

/// The key of a provider that has changed it without telling anybody.
static ROLLED: LazyLock<IdpKey> = LazyLock::new(IdpKey::rsa);

const ELSEWHERE: &str = "https://elsewhere.example/saml";

/// What is wrong with a message, apart from edits of its text.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent faults")]
pub(super) struct Faults {
    pub(super) audience: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) destination: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) failed: Option<String>,
    pub(super) unsolicited: bool,
    pub(super) unsigned: bool,
    pub(super) sha1: bool,
    pub(super) wrapped: Option<(Wrapping, String)>,
    second_assertion: Option<String>,
    comment_behind: Option<String>,
    doctype: bool,
}

/// One way to misbehave, with its name; see [`ResponseBuilder::MISBEHAVIOURS`].
#[derive(Debug, Clone, Copy)]
pub struct Misbehaviour {
    /// The name of the method.
    pub name: &'static str,
    /// Makes a response misbehave.
    pub apply: for<'a> fn(ResponseBuilder<'a>) -> ResponseBuilder<'a>,
}

macro_rules! misbehaviours {
    ($($name:literal = $apply:expr,)*) => {
        &[$(Misbehaviour { name: $name, apply: $apply },)*]
    };
}

impl ResponseBuilder<'_> {
    /// Everything that a careful service provider refuses when it waits for the answer to a request.
    ///
    /// ```
    /// # use jit_testkit::idp::{IdentityProvider, IdpKey, Person, ResponseBuilder, Sign};
    /// # let now = chrono::DateTime::UNIX_EPOCH;
    /// # let my_service_accepts = |_field: &str| false;
    /// # let dana = Person::new("Dana Reyes", "dana@example.com");
    /// # let idp = IdentityProvider::with_key("http://127.0.0.1/idp", vec![], IdpKey::ecdsa());
    /// for misbehaviour in ResponseBuilder::MISBEHAVIOURS {
    ///     let honest = idp.response(&dana, now).in_response_to("_request");
    ///     let field = (misbehaviour.apply)(honest).sign(Sign::Usual);
    ///     assert!(!my_service_accepts(&field), "{}", misbehaviour.name);
    /// }
    /// ```
    pub const MISBEHAVIOURS: &'static [Misbehaviour] = misbehaviours![
        "clock_ahead" = |response| response.clock_ahead(Duration::hours(1)),
        "clock_behind" = |response| response.clock_behind(Duration::hours(1)),
        "expired" = |response| response.expired(),
        "wrong_audience" = |response| response.wrong_audience(),
        "wrong_recipient" = |response| response.wrong_recipient(),
        "wrong_destination" = |response| response.wrong_destination(),
        "wrong_issuer" = |response| response.wrong_issuer(),
        "unsolicited" = |response| response.unsolicited(),
        "failed" = |response| response.failed("AuthnFailed"),
        "rolled_certificate" = |response| response.rolled_certificate(),
        "sha1" = |response| response.sha1(),
        "unsigned" = |response| response.unsigned(),
        "several_assertions" = |response| response.several_assertions(),
        "comment_in_name_id" = |response| {
            let name = &response.person.name_id;
            let half = name
                .chars()
                .take(name.chars().count() / 2)
                .collect::<String>();
            response.comment_in_name_id(half)
        },
        "doctype" = |response| response.doctype(),
        "wrapped xsw1" = |response| response.wrapped(Wrapping::Xsw1, "root@example.com"),
        "wrapped xsw2" = |response| response.wrapped(Wrapping::Xsw2, "root@example.com"),
        "wrapped xsw3" = |response| response.wrapped(Wrapping::Xsw3, "root@example.com"),
        "wrapped xsw4" = |response| response.wrapped(Wrapping::Xsw4, "root@example.com"),
        "wrapped xsw5" = |response| response.wrapped(Wrapping::Xsw5, "root@example.com"),
        "wrapped xsw6" = |response| response.wrapped(Wrapping::Xsw6, "root@example.com"),
        "wrapped xsw7" = |response| response.wrapped(Wrapping::Xsw7, "root@example.com"),
        "wrapped xsw8" = |response| response.wrapped(Wrapping::Xsw8, "root@example.com"),
    ];

    /// The clock of the provider is ahead: all times that were not chosen are later.
    #[must_use]
    pub fn clock_ahead(mut self, by: Duration) -> Self {
        self.now += by;
        self
    }

    /// The clock of the provider is behind: all times that were not chosen are earlier.
    #[must_use]
    pub fn clock_behind(mut self, by: Duration) -> Self {
        self.now -= by;
        self
    }

    /// Its validity ended ten minutes ago, and yet it was issued now.
    #[must_use]
    pub fn expired(self) -> Self {
        let now = self.now;
        self.not_before(now - Duration::minutes(20))
            .not_on_or_after(now - Duration::minutes(10))
    }

    /// The same message twice. The second one is a replay.
    pub fn twice(&self, what: Sign) -> [String; 2] {
        let once = self.sign(what);
        [once.clone(), once]
    }

    /// The audience is another service provider.
    #[must_use]
    pub fn wrong_audience(mut self) -> Self {
        self.faults.audience = Some(ELSEWHERE.to_owned());
        self
    }

    /// The confirmation is for another address.
    #[must_use]
    pub fn wrong_recipient(mut self) -> Self {
        self.faults.recipient = Some(ELSEWHERE.to_owned());
        self
    }

    /// The response is for another address.
    #[must_use]
    pub fn wrong_destination(mut self) -> Self {
        self.faults.destination = Some(ELSEWHERE.to_owned());
        self
    }

    /// Another provider says that it has issued this.
    #[must_use]
    pub fn wrong_issuer(mut self) -> Self {
        self.faults.issuer = Some(ELSEWHERE.to_owned());
        self
    }

    /// Answers no request, even if one was named.
    #[must_use]
    pub fn unsolicited(mut self) -> Self {
        self.faults.unsolicited = true;
        self
    }

    /// The login failed; no assertion. `why` is the end of a second-level status, such as `AuthnFailed`,
    /// `RequestDenied` or `NoPassive` (SAML core 3.2.2.2).
    #[must_use]
    pub fn failed(mut self, why: impl Into<String>) -> Self {
        self.faults.failed = Some(why.into());
        self
    }

    /// Signs with a new key that is in nobody's copy of the metadata.
    ///
    /// The same for all providers; use [`key`](Self::key) to go on with a key of your own.
    #[must_use]
    pub fn rolled_certificate(mut self) -> Self {
        self.key = &ROLLED;
        self
    }

    /// Digest and signature with SHA-1. The signature is a real one if the key is RSA.
    #[must_use]
    pub fn sha1(mut self) -> Self {
        self.faults.sha1 = true;
        self
    }

    /// Leaves all signatures out, whatever is to be signed.
    #[must_use]
    pub fn unsigned(mut self) -> Self {
        self.faults.unsigned = true;
        self
    }

    /// A second assertion beside the first, as well signed.
    #[must_use]
    pub fn several_assertions(mut self) -> Self {
        self.faults.second_assertion = Some(new_id());
        self
    }

    /// A comment in the name behind this beginning, inserted after signing.
    ///
    /// Canonicalization leaves comments out, so the signature stays valid. Whoever reads the first piece of text
    /// only takes `dana@example.com.evil.example` for `dana@example.com`.
    ///
    /// # Panics
    ///
    /// If the name does not begin like that.
    #[must_use]
    pub fn comment_in_name_id(mut self, behind: impl Into<String>) -> Self {
        let behind = behind.into();
        let name = &self.person.name_id;
        assert!(name.starts_with(&behind), "{name} begins with {behind}");
        self.faults.comment_behind = Some(behind);
        self
    }

    /// A document type with an entity before the signed message.
    #[must_use]
    pub fn doctype(mut self) -> Self {
        self.faults.doctype = true;
        self
    }

    /// Keeps the signed element for the verifier, and puts a forged one about `name_id` where readers look.
    ///
    /// The form says what is signed; what [`sign`](Self::sign) is told does not count.
    #[must_use]
    pub fn wrapped(mut self, form: Wrapping, name_id: impl Into<String>) -> Self {
        self.faults.wrapped = Some((form, name_id.into()));
        self
    }

    pub(super) fn assertion_ids(&self) -> Vec<&str> {
        let second = self.faults.second_assertion.as_deref();
        [Some(self.assertion_id.as_str()), second]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Does to the signed message what an attacker on the way would do.
    pub(super) fn spoil(&self, mut message: String) -> String {
        if let Some((form, name_id)) = &self.faults.wrapped {
            let names = [&self.person.name_id, name_id].map(|name| text(name));
            message = form.apply(&message, self.style, names);
        }
        if let Some(behind) = &self.faults.comment_behind {
            let name = format!(
                "{}</{}NameID>",
                text(&self.person.name_id),
                self.style.assertion
            );
            let split = name.replacen(&text(behind), &format!("{}<!-- -->", text(behind)), 1);
            message = message.replace(&name, &split);
        }
        if self.faults.doctype {
            let root = format!("{}Response", self.style.protocol);
            message = format!("<!DOCTYPE {root} [<!ENTITY e \"e\">]>{message}");
        }
        message
    }
}
