#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("response_field"),
    |octets: &[u8]| fuzz::targets::response_field(octets)
);
