use std::{collections::BTreeMap, sync::Mutex};

use jit_domain::{
    assertion::{Assertion, AssertionRefusal, Examination, ExampleAssertion},
    connections::{IdpConnection, ServiceProvider},
    ports::AssertionVerifier,
    saml_keys::SamlKey,
    values::Timestamp,
};

/// Knows in advance what each response says, and checks nothing.
#[derive(Debug, Default)]
pub struct ScriptedVerifier {
    script: Mutex<BTreeMap<String, Result<Assertion, AssertionRefusal>>>,
}

impl ScriptedVerifier {
    /// From now on that text means that assertion.
    pub fn accept(&self, text: &str, assertion: Assertion) {
        self.write(text, Ok(assertion));
    }

    /// From now on that text is refused.
    pub fn refuse(&self, text: &str, refusal: AssertionRefusal) {
        self.write(text, Err(refusal));
    }

    fn write(&self, text: &str, answer: Result<Assertion, AssertionRefusal>) {
        if let Ok(mut script) = self.script.lock() {
            script.insert(text.to_owned(), answer);
        }
    }

    fn read(&self, text: &str) -> Result<Assertion, AssertionRefusal> {
        let known = self.script.lock().ok().and_then(|s| s.get(text).cloned());
        known.unwrap_or_else(|| {
            Err(AssertionRefusal {
                code: "not_in_the_script",
                expected: "a text that the test has written into the script".to_owned(),
                found: text.chars().take(40).collect(),
            })
        })
    }
}

impl AssertionVerifier for ScriptedVerifier {
    fn examine(
        &self,
        _connection: &IdpConnection,
        _service: &ServiceProvider,
        _keys: &[SamlKey],
        saml_response: &str,
        _now: Timestamp,
    ) -> Examination {
        Examination::of(self.read(saml_response))
    }

    fn read_example(&self, text: &str) -> Result<ExampleAssertion, AssertionRefusal> {
        self.read(text).map(ExampleAssertion)
    }
}
