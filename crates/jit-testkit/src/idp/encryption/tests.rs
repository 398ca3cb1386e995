use aws_lc_rs::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    cipher::{AES_128, AES_256, PaddedBlockDecryptingKey, UnboundCipherKey},
    rsa::{
        OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey,
        Pkcs1PrivateDecryptingKey, PrivateDecryptingKey, PublicEncryptingKey,
    },
};
use roxmltree::{Document, Node};

use super::*;

const PLAIN: &str = "<saml:Assertion>of a length that is no multiple</saml:Assertion>";

/// Opens an encrypted assertion as its holder would.
fn opened(xml: &str, key: &PrivateDecryptingKey) -> String {
    let document = Document::parse(xml).unwrap();
    let find = |parent: Node<'_, '_>, name: &str| {
        let mut all = parent.descendants();
        all.find(|node| node.has_tag_name((XENC, name)))
            .unwrap()
            .id()
    };
    let node = |id| document.get_node(id).unwrap();
    let encrypted_key = node(find(document.root(), "EncryptedKey"));
    let data = node(find(document.root(), "EncryptedData"));
    // The last value in the data is its own, the one in the key is that of the key.
    let value = |parent: Node<'_, '_>| {
        let mut values = parent
            .descendants()
            .filter(|n| n.has_tag_name((XENC, "CipherValue")));
        STANDARD
            .decode(values.next_back().unwrap().text().unwrap())
            .unwrap()
    };
    let method = |parent: Node<'_, '_>| {
        let method = node(find(parent, "EncryptionMethod"));
        method.attribute("Algorithm").unwrap().to_owned()
    };
    let (wrapped, mut out) = (value(encrypted_key), vec![0; 256]);
    let oaep = || OaepPrivateDecryptingKey::new(key.clone()).unwrap();
    let secret = match method(encrypted_key).rsplit('#').next().unwrap() {
        "rsa-oaep-mgf1p" => oaep().decrypt(&OAEP_SHA1_MGF1SHA1, &wrapped, &mut out, None),
        "rsa-oaep" => oaep().decrypt(&OAEP_SHA256_MGF1SHA256, &wrapped, &mut out, None),
        _ => Pkcs1PrivateDecryptingKey::new(key.clone())
            .unwrap()
            .decrypt(&wrapped, &mut out),
    };
    let secret = secret.unwrap().to_vec();
    let mut octets = value(data);
    let method = method(data);
    let plain = if method.contains("gcm") {
        let algorithm = if secret.len() == 16 {
            &AES_128_GCM
        } else {
            &AES_256_GCM
        };
        let (nonce, sealed) = octets.split_at_mut(12);
        let nonce = Nonce::try_assume_unique_for_key(nonce).unwrap();
        let key = LessSafeKey::new(UnboundKey::new(algorithm, &secret).unwrap());
        key.open_in_place(nonce, Aad::empty(), sealed)
            .unwrap()
            .to_vec()
    } else {
        let algorithm = if secret.len() == 16 {
            &AES_128
        } else {
            &AES_256
        };
        let (vector, blocks) = octets.split_at_mut(16);
        let vector: [u8; 16] = (&*vector).try_into().unwrap();
        let key = UnboundCipherKey::new(algorithm, &secret).unwrap();
        let key = PaddedBlockDecryptingKey::cbc_iso10126(key).unwrap();
        let context = aws_lc_rs::cipher::DecryptionContext::Iv128(vector.into());
        key.decrypt(blocks, context).unwrap().to_vec()
    };
    assert_eq!(
        secret.len() * 8,
        if method.contains("256") { 256 } else { 128 }
    );
    String::from_utf8(plain).unwrap()
}

fn holder() -> (PrivateDecryptingKey, Vec<u8>) {
    use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
    let key = PrivateDecryptingKey::generate(aws_lc_rs::rsa::KeySize::Rsa2048).unwrap();
    let public: PublicEncryptingKey = key.public_key();
    let der: PublicKeyX509Der<'_> = public.as_der().unwrap();
    let der = der.as_ref().to_vec();
    (key, der)
}

#[test]
fn the_holder_of_the_key_opens_every_combination() {
    let (key, public) = holder();
    for cipher in [
        ContentCipher::Aes128Gcm,
        ContentCipher::Aes256Gcm,
        ContentCipher::Aes128Cbc,
        ContentCipher::Aes256Cbc,
    ] {
        for transport in [
            KeyTransport::OaepSha1,
            KeyTransport::OaepSha256,
            KeyTransport::Pkcs1V15,
        ] {
            for place in [KeyPlace::Inside, KeyPlace::Beside] {
                let encryption = Encryption::to(&public)
                    .cipher(cipher)
                    .transport(transport)
                    .key_place(place);
                let style = Style::of(Dialect::Neutral);
                let xml = encryption.encrypted(PLAIN, Dialect::Neutral, style);
                assert_eq!(opened(&xml, &key), PLAIN, "{encryption:?}");
                assert!(xml.contains(cipher.uri()) && xml.contains(transport.uri()));
            }
        }
    }
}

#[test]
fn every_dialect_encrypts_in_its_own_way() {
    let (key, public) = holder();
    for dialect in Dialect::ALL {
        let encryption = Encryption::from(public.as_slice());
        let xml = encryption.encrypted(PLAIN, dialect, Style::of(dialect));
        assert_eq!(opened(&xml, &key), PLAIN);
        assert_eq!(xml.contains("RetrievalMethod"), dialect == Dialect::Okta);
        assert_eq!(xml.contains("aes256-gcm"), dialect == Dialect::Neutral);
    }
}

/// Signatures of the response are made over this text as it is.
#[test]
fn the_text_is_canonical() {
    let (_, public) = holder();
    for dialect in Dialect::ALL {
        for transport in [KeyTransport::OaepSha1, KeyTransport::OaepSha256] {
            for place in [KeyPlace::Inside, KeyPlace::Beside] {
                let encryption = Encryption::to(&public)
                    .transport(transport)
                    .key_place(place);
                let xml = encryption.encrypted(PLAIN, dialect, Style::of(dialect));
                let document = Document::parse(&xml).unwrap();
                let canonical = crate::idp::c14n::canonical(document.root_element(), None);
                assert_eq!(xml, canonical);
            }
        }
    }
}
