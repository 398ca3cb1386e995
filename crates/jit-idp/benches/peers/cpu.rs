//! CPU time as the kernel counts it.

use std::{fs, path::Path};

/// What this thread has used, in seconds.
pub(crate) fn of_this_thread() -> f64 {
    of_task(Path::new("/proc/thread-self"))
}

/// What all living threads of a process have used, in seconds.
pub(crate) fn of_process(id: u32) -> f64 {
    let tasks = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    tasks.map(|task| of_task(&task.unwrap().path())).sum()
}

/// The first figure of `schedstat` is the time on a CPU, in nanoseconds.
fn of_task(folder: &Path) -> f64 {
    let text = fs::read_to_string(folder.join("schedstat")).unwrap();
    let nanoseconds: f64 = text.split(' ').next().unwrap().parse().unwrap();
    nanoseconds / 1e9
}
