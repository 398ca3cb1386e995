//! Something is encrypted and cannot be opened (SAML core 6).

use super::Cause;

pub(super) const CAUSES: &[Cause] = &[
    Cause::new(
        "no_decryption_key",
        "The response is encrypted, and this portal has no key that could open it.",
        "Switch encryption off for the application at the provider, or give it the certificate of this portal.",
    ),
    Cause::new(
        "encryption_malformed",
        "What is encrypted does not have the form that SAML asks for, or is encrypted for too many.",
        "Let the provider encrypt the assertion for this application alone, with the key in or beside the encrypted data.",
    ),
    Cause::new(
        "key_transport_refused",
        "The key is encrypted by a method that gives it away, such as RSA 1.5.",
        "At the provider, choose RSA-OAEP for the encryption of the key.",
    ),
    Cause::new(
        "cipher_refused",
        "The assertion is encrypted by another method than AES, such as Triple DES.",
        "At the provider, choose AES-256 for the encryption of the assertion, with GCM if it is offered.",
    ),
    Cause::new(
        "cbc_unsigned",
        "The assertion is encrypted with AES in CBC mode, which is safe only in a signed response.",
        "At the provider, choose to sign the response too, or AES in GCM mode.",
    ),
    Cause::new(
        "decryption_failed",
        "The encrypted assertion cannot be opened with the keys of this portal, or something else than an assertion of this provider is in it.",
        "Give the provider the present certificate of this portal, from the page of the connection, and take older ones out.",
    ),
];
