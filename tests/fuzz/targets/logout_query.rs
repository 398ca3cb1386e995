#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("logout_query"),
    |octets: &[u8]| fuzz::targets::logout_query(octets)
);
