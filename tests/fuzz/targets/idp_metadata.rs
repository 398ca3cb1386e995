#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("idp_metadata"),
    |octets: &[u8]| fuzz::targets::idp_metadata(octets)
);
