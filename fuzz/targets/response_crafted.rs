#![no_main]

libfuzzer_sys::fuzz_target!(|script: fuzz::targets::Script<'_>| fuzz::targets::response_crafted(&script));
