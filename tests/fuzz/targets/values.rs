#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("values"),
    |octets: &[u8]| fuzz::targets::values(octets)
);
