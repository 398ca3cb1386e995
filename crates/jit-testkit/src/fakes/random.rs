use std::sync::atomic::{AtomicU32, Ordering};

use jit_domain::{ports::Random, values::Timestamp};
use uuid::{Builder, Uuid};

/// Numbers that a seed decides. Two runs with one seed make the same ids and secrets.
#[derive(Debug)]
pub struct SeededRandom {
    seed: u64,
    made: AtomicU32,
}

impl SeededRandom {
    /// Different seeds never make the same id.
    pub fn new(seed: u64) -> Self {
        let made = AtomicU32::new(0);
        Self { seed, made }
    }

    fn next(&self) -> u32 {
        self.made.fetch_add(1, Ordering::SeqCst)
    }
}

impl Default for SeededRandom {
    fn default() -> Self {
        Self::new(1)
    }
}

impl Random for SeededRandom {
    /// Ids of one moment sort in the order in which they were made.
    fn id(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let made = u64::from(self.next());
        let mut tail = [0; 10];
        // Six bits of these ten bytes belong to the version and the variant: 4 of the first
        // byte and 2 of the third. The count keeps clear of both.
        tail[1] = made.to_be_bytes()[4];
        tail[3..6].copy_from_slice(&made.to_be_bytes()[5..]);
        tail[6..].copy_from_slice(&self.seed.to_be_bytes()[4..]);
        Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    fn secret(&self) -> [u8; 20] {
        let mut state = self.seed ^ (u64::from(self.next()) << 32);
        let words = [(); 3].map(|()| scrambled(&mut state).to_be_bytes());
        let bytes = words.concat();
        std::array::from_fn(|i| bytes[i])
    }
}

/// SplitMix64.
pub(crate) fn scrambled(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use jit_domain::ports::Clock;

    use super::*;
    use crate::fakes::FixedClock;

    #[test]
    fn ids_sort_in_the_order_of_their_making() {
        let (random, now) = (SeededRandom::new(7), FixedClock::default().now());
        let made: Vec<Uuid> = (0..70_000).map(|_| random.id(now)).collect();
        assert!(made.is_sorted() && made.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(made[0].get_version_num(), 7);
    }

    #[test]
    fn the_seed_decides_everything() {
        let now = FixedClock::default().now();
        let drawn = |seed| {
            let random = SeededRandom::new(seed);
            (random.id(now), random.secret(), random.secret())
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7).0, drawn(8).0);
        assert_ne!(drawn(7).1, drawn(8).1);
        assert_ne!(drawn(7).1, drawn(7).2);
    }
}
