#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("response_xml"),
    |octets: &[u8]| fuzz::targets::response_xml(octets)
);
