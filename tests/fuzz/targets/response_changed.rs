#![no_main]

use fuzz::targets::Script;

libfuzzer_sys::fuzz_target!(
    init: fuzz::seeds::write("response_changed"),
    |script: Script<'_>| fuzz::targets::response_changed(&script)
);
