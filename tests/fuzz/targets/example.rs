#![no_main]

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("example"),
    |octets: &[u8]| fuzz::targets::example(octets)
);
