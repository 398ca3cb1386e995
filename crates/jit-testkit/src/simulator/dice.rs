use crate::fakes::scrambled;

/// Numbers that a seed decides.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn number(&mut self) -> u64 {
        scrambled(&mut self.0)
    }

    /// Less than the bound, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let number = self.number() % bound.max(1) as u64;
        usize::try_from(number).unwrap_or_default()
    }

    /// A small number, for whatever counts people or rows.
    pub(super) fn small(&mut self, bound: u8) -> u8 {
        u8::try_from(self.below(usize::from(bound))).unwrap_or_default()
    }

    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        choices.get(self.below(choices.len())).copied()
    }

    /// A choice by weight.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(usize, T)]) -> Option<T> {
        let all = choices.iter().map(|(weight, _)| weight).sum();
        let mut at = self.below(all);
        for (weight, choice) in choices {
            if at < *weight {
                return Some(*choice);
            }
            at -= weight;
        }
        None
    }
}
