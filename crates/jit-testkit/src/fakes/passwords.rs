use async_trait::async_trait;
use jit_domain::{console::Password, error::Source, ports::PasswordHasher};

/// Keeps passwords in clear, so that tests are fast. Never for anything but tests.
#[derive(Debug, Default)]
pub struct PlainPasswords;

const PREFIX: &str = "$plain-text-for-tests$";

#[async_trait]
impl PasswordHasher for PlainPasswords {
    async fn hash(&self, password: Password) -> Result<String, Source> {
        Ok(format!("{PREFIX}{}", password.reveal()))
    }

    async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Source> {
        Ok(hash.is_some_and(|hash| hash == format!("{PREFIX}{password}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_password_belongs_to_a_hash() {
        let text = "correct horse battery".to_owned();
        let password = Password::parse(text.clone()).unwrap();
        let hash = PlainPasswords.hash(password).await.unwrap();
        let fits = async |text: &str, hash| PlainPasswords.verify(text.to_owned(), hash).await;
        assert!(fits(&text, Some(hash.clone())).await.unwrap());
        assert!(!fits("wrong", Some(hash)).await.unwrap());
        assert!(!fits(&text, None).await.unwrap());
    }
}
