#![no_main]

use fuzz::targets::Script;

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("logout_crafted"),
    |script: Script<'_>| fuzz::targets::logout_crafted(&script)
);
