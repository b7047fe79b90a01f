//! The digits of a value that may be written in groups.
//!
//! It must not know what the digits mean.

/// Most digits that any scheme here has.
const DIGITS_MAX: usize = 24;

/// Up to [`DIGITS_MAX`] digits, as numbers from 0 to 9, and how they were grouped.
#[derive(Clone, Copy)]
pub(crate) struct Digits {
    values: [u8; DIGITS_MAX],
    len: usize,
    /// Length of the shortest group but the last, and of the longest.
    pub(crate) shortest: usize,
    pub(crate) longest: usize,
    /// Number of groups.
    pub(crate) groups: usize,
}

impl Digits {
    /// The digits of `value`, whatever stands between them; `None` past [`DIGITS_MAX`] or without any.
    pub(crate) fn of(value: &[u8]) -> Option<Self> {
        let mut all = Self { values: [0; DIGITS_MAX], len: 0, shortest: usize::MAX, longest: 0, groups: 0 };
        let mut run = 0_usize;
        for &byte in value {
            if byte.is_ascii_digit() {
                if run == 0 {
                    all.groups = all.groups.saturating_add(1);
                }
                run = run.saturating_add(1);
                all.longest = all.longest.max(run);
                *all.values.get_mut(all.len)? = byte.wrapping_sub(b'0');
                all.len = all.len.saturating_add(1);
            } else {
                if run > 0 {
                    all.shortest = all.shortest.min(run);
                }
                run = 0;
            }
        }
        all.shortest = all.shortest.min(all.longest);
        (all.len > 0).then_some(all)
    }

    /// The digits in order.
    pub(crate) fn as_slice(&self) -> &[u8] {
        self.values.get(..self.len).unwrap_or_default()
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The first `n` digits as a number; `None` where there are fewer.
    pub(crate) fn prefix(&self, n: usize) -> Option<u32> {
        let first = self.as_slice().get(..n)?;
        Some(first.iter().fold(0_u32, |sum, &d| sum.wrapping_mul(10).wrapping_add(u32::from(d))))
    }

    /// Whether one digit is all there is.
    pub(crate) fn is_uniform(&self) -> bool {
        let first = self.as_slice().first();
        self.as_slice().iter().all(|d| Some(d) == first)
    }
}

#[cfg(test)]
mod tests {
    use super::Digits;

    fn check(value: &str, expected: Option<(usize, usize, usize)>) {
        let got = Digits::of(value.as_bytes()).map(|d| (d.len(), d.groups, d.longest));
        assert_eq!(got, expected, "{value}");
    }

    #[test]
    fn counts_groups() {
        check("1234-56 7", Some((7, 3, 4)));
        check("none", None);
        check("123456789012345678901234", Some((24, 1, 24)));
        check("1234567890123456789012345", None);
    }
}
