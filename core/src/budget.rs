//! The one work budget that every stage of a redaction draws on.
//!
//! Counts, never time: the same body is blocked on every target.

use crate::error::RedactErrorKind;
use crate::limits::{WORK_BASE, WORK_PER_BYTE};

/// Work units that are left; a unit is about one byte looked at once.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    /// The budget of an input of `bytes`.
    pub(crate) fn of(bytes: usize) -> Self {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        Self { left: bytes.saturating_mul(WORK_PER_BYTE).saturating_add(WORK_BASE) }
    }

    /// Takes units out.
    pub(crate) fn spend(&mut self, units: usize) -> Result<(), RedactErrorKind> {
        let units = u64::try_from(units).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(units).ok_or(RedactErrorKind::WorkBudget)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_at_the_limit_and_not_one_past_it() {
        let mut budget = Budget::of(0);
        let all = usize::try_from(WORK_BASE).unwrap_or(0);
        assert_eq!(budget.spend(all), Ok(()));
        assert_eq!(budget.spend(1), Err(RedactErrorKind::WorkBudget));
    }
}
