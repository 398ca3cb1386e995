#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("api_document"),
    |octets: &[u8]| fuzz::targets::api_document(octets)
);
