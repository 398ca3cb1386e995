//! What one input may cost.

use std::time::Duration;

use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;

/// Counts what Rust code allocates; C code (the cryptography) is not counted.
#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// What an input of so many octets may cost. A longer one may cost more, in proportion.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Octets of input.
    pub octets: usize,
    /// CPU time.
    pub time: Duration,
    /// Octets of memory beyond what was held before.
    pub memory: usize,
}

/// What anybody may send us.
pub const MESSAGE: Limits = Limits {
    octets: 256 * 1024,
    time: Duration::from_millis(10),
    memory: 10 * 1024 * 1024,
};

/// What an administrator may upload: a tree in which each node may be one octet long takes more memory, and
/// reading YAML takes more time.
pub const DOCUMENT: Limits = Limits {
    time: Duration::from_millis(200),
    memory: 64 * 1024 * 1024,
    ..MESSAGE
};

/// How many times slower code may be that is instrumented or checks itself. `cargo test --release --lib` measures
/// without either, by the limits themselves.
const SLOWER: u32 = if cfg!(any(fuzzing, debug_assertions)) {
    4
} else {
    1
};

/// An input that takes too long is run again this many times, and its best time counts: on a busy machine one
/// time says little.
const MORE_RUNS: usize = 4;

/// Runs `work` on an input of that many octets.
///
/// # Panics
///
/// If it costs more than the limits allow.
pub fn within<T>(limits: &Limits, octets: usize, mut work: impl FnMut() -> T) -> T {
    let parts = u32::try_from(octets.div_ceil(limits.octets).max(1)).unwrap_or(u32::MAX);
    let (result, time, memory) = measured(&mut work);
    let most = limits.memory * parts as usize;
    assert!(
        memory <= most,
        "{octets} octets of input took {memory} octets of memory instead of at most {most}"
    );
    let most = limits.time * parts * SLOWER;
    if time > most {
        let again = (0..MORE_RUNS).map(|_| measured(&mut work).1);
        let best = again.fold(time, Duration::min);
        assert!(
            best <= most,
            "{octets} octets of input took {best:?} instead of at most {most:?}"
        );
    }
    result
}

fn measured<T>(work: &mut impl FnMut() -> T) -> (T, Duration, usize) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let start = ThreadTime::now();
    let result = work();
    let time = start.elapsed();
    (result, time, ALLOCATOR.peak_usage().saturating_sub(before))
}
