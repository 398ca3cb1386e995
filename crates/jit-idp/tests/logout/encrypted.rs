//! Names that the provider encrypted.

use jit_domain::saml_keys::SamlKey;
use jit_idp::{Received, ReceivedLogout, read_logout, saml::Refusal};

use crate::{
    encryption::{Content, Encryption, Transport, key_info, wrapped},
    world::{OURS, THEIRS, assert_dana, assert_refused, connection, now, posted, request, service},
};

const NAME: &str = "<saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" Format=\"urn:f\">dana@example.com</saml:NameID>";

fn encrypted(content: Content, plaintext: &str) -> String {
    let encryption = Encryption {
        content,
        transport: Transport::Oaep256,
        to: &OURS.certificate,
    };
    let (data, key) = encryption.parts(plaintext.as_bytes());
    wrapped("EncryptedID", &data, &key_info(&key), "")
}

fn read_with(name: &str, keys: &[SamlKey]) -> Result<ReceivedLogout, Refusal> {
    let message = request().replace(NAME, name);
    assert_ne!(message, request());
    let field = posted(&message, &THEIRS);
    let received = Received::PostedRequest(&field);
    read_logout(received, &connection(), &service(), keys, now())
}

fn read(name: &str) -> Result<ReceivedLogout, Refusal> {
    read_with(name, std::slice::from_ref(&*OURS))
}

#[test]
fn the_name_may_be_encrypted_by_every_cipher() {
    for content in Content::ALL {
        assert_dana(read(&encrypted(content, NAME)));
    }
}

#[test]
fn it_must_be_one_name_and_nothing_else() {
    let assertion = NAME.replace("NameID", "Assertion");
    for plaintext in ["", "dana", &NAME.repeat(2), &assertion] {
        let name = encrypted(Content::Aes256Gcm, plaintext);
        assert_refused(read(&name), "decryption_failed");
    }
    let both = encrypted(Content::Aes256Gcm, NAME) + NAME;
    assert_refused(read(&both), "element_repeated");
}

#[test]
fn without_a_key_it_cannot_be_read() {
    let name = encrypted(Content::Aes256Gcm, NAME);
    assert_refused(read_with(&name, &[]), "no_decryption_key");
}
