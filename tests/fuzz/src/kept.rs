//! Every input that was kept passes every check, without instrumentation and by the limits themselves.
//!
//! `cargo test --release --lib`: limits of time say nothing about a debug build.

use std::{fs, path::Path};

use crate::{large, seeds, targets};

/// One test, because what is measured is the memory of the whole process.
#[test]
fn what_was_kept_passes() -> std::io::Result<()> {
    for (target, name, octets) in seeds::all() {
        println!("{target}, seed {name}");
        run(target, &octets);
    }
    large::run();
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (target, _) in targets::ALL {
        for kept in ["corpus", "artifacts"] {
            // Nothing has been found yet on a fresh machine.
            let Ok(folder) = fs::read_dir(top.join(kept).join(target)) else {
                continue;
            };
            for file in folder {
                let path = file?.path();
                println!("{}", path.display());
                run(target, &fs::read(path)?);
            }
        }
    }
    Ok(())
}

fn run(name: &str, octets: &[u8]) {
    let found = targets::ALL.iter().find(|(target, _)| *target == name);
    found.expect("a target of that name").1(octets);
}
