#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("certificate"),
    |octets: &[u8]| fuzz::targets::certificate(octets)
);
