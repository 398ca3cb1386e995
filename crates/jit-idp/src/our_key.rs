//! A key pair of our own, and a certificate around its public half.

use chrono::{DateTime, Datelike, Duration};
use jit_domain::{
    connections::SigningCertificate, error::Source, saml_keys::PrivateKey, values::Timestamp,
};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, RsaKeySize, date_time_ymd};

use crate::saml::X509;

/// Ten years: providers pin the certificate, and replacing it takes an administrator on each side.
const VALID: Duration = Duration::days(3652);

/// Makes a key pair for [`SamlKey`](jit_domain::saml_keys::SamlKey): RSA with 2048 bits, as the keys of providers.
///
/// 3072 bits would make each signature and each decryption six times as slow (7.3 ms instead of 1.2 ms), also
/// for strangers who send us things to decrypt, and a login would still be as strong as the provider's key.
///
/// The certificate is signed by the key itself and names nobody. It takes about a tenth of a second, now and
/// then half of one.
pub fn generate_saml_key(now: Timestamp) -> Result<(PrivateKey, SigningCertificate), Source> {
    let pair = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
    let midnight = |day: Timestamp| {
        let [month, date] = [day.month(), day.day()].map(|it| u8::try_from(it).unwrap_or(1));
        date_time_ymd(day.year(), month, date)
    };
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "SAML service provider");
    // From the day before, for clocks that are behind; but years before 1970 are hard to write.
    let start = (now - Duration::days(1)).max(DateTime::UNIX_EPOCH);
    params.not_before = midnight(start);
    params.not_after = midnight(now + VALID);
    let certificate = params.self_signed(&pair)?;
    let certificate = X509::from_der(certificate.der().to_vec())?;
    Ok((
        PrivateKey(pair.serialize_der()),
        certificate.to_signing_certificate(),
    ))
}
