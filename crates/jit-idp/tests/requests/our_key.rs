use chrono::{DateTime, Datelike, Duration};
use jit_idp::{
    generate_saml_key,
    saml::{VerifyingKey, X509},
};

use crate::world::{OURS, now};

#[test]
fn our_key_lasts_ten_years_and_can_be_read_as_any_other() {
    let ours = &OURS[0].certificate;
    let certificate = X509::parse(&ours.base64_der).unwrap();
    assert!(VerifyingKey::from_certificate(&certificate).is_ok());
    assert_eq!(&certificate.to_signing_certificate(), ours);
    let lasts = ours.not_after - now();
    assert!(
        lasts > Duration::days(3650) && lasts < Duration::days(3653),
        "{lasts}"
    );
}

#[test]
fn a_clock_that_was_never_set_is_no_obstacle() {
    let (_, certificate) = generate_saml_key(DateTime::UNIX_EPOCH).unwrap();
    assert_eq!(certificate.not_after.year(), 1980);
}

#[test]
fn the_private_half_is_never_shown() {
    let shown = format!("{:?}", OURS[0]);
    assert!(shown.contains("PrivateKey(…)"), "{shown}");
}
