#![no_main]

use fuzz::targets::Script;

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("response_crafted"),
    |script: Script<'_>| fuzz::targets::response_crafted(&script)
);
