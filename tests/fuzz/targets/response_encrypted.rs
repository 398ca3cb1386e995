#![no_main]

use fuzz::targets::Script;

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("response_encrypted"),
    |script: Script<'_>| fuzz::targets::response_encrypted(&script)
);
