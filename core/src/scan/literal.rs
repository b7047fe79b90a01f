//! Where the literals stand that rules begin with: one pass for all rules, by an index that takes microseconds
//! to build.
//!
//! The literals are short: their first two bytes pick a handful, and a third tells most of those apart. It
//! must not know rules or patterns.

use crate::span::{index, offset};

/// Bytes of a literal that are looked at; more would multiply the literals of `(?i)`.
pub(super) const LITERAL_BYTES_MAX: usize = 4;
/// Shortest literal that is worth a look.
const LITERAL_BYTES_MIN: usize = 2;

/// Two to four bytes in lower case, compared without case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Literal {
    bytes: [u8; LITERAL_BYTES_MAX],
    length: u8,
}

impl Literal {
    /// A literal of these bytes; none if they are too few or too many.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let length = u8::try_from(bytes.len()).ok()?;
        let fits = (LITERAL_BYTES_MIN..=LITERAL_BYTES_MAX).contains(&bytes.len());
        fits.then(|| Self { bytes: four(bytes), length })
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    fn first_two(self) -> [u8; 2] {
        let [first, second, ..] = self.bytes;
        [first, second]
    }

    /// The bits of the bytes that may follow its first two.
    fn thirds(self) -> u32 {
        let [_, _, third, _] = self.bytes;
        if self.length > 2 { third_bit(third) } else { u32::MAX }
    }

    /// Whether these bytes, of which `left` are there, begin with it.
    #[inline]
    fn begins(self, bytes: u32, left: usize) -> bool {
        let length = u32::from(self.length);
        let unread = 32_u32.wrapping_sub(length.wrapping_mul(8));
        (bytes ^ u32::from_be_bytes(self.bytes)).wrapping_shr(unread) == 0 && index(length) <= left
    }
}

/// The first four bytes in lower case, zeros for those that are not there.
#[inline]
fn four(bytes: &[u8]) -> [u8; LITERAL_BYTES_MAX] {
    let mut four = [0; LITERAL_BYTES_MAX];
    four.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = byte.to_ascii_lowercase());
    four
}

/// One of 32 bits for a byte: its own for each letter, the same in either case.
#[inline]
fn third_bit(byte: u8) -> u32 {
    1_u32.wrapping_shl(u32::from(byte & 31))
}

/// The literals of all detectors.
#[derive(Debug)]
pub(super) struct Literals {
    /// For each byte its class among the first two bytes of literals, the same in either case. Class 0 is of
    /// bytes that are in none.
    classes: [u8; 256],
    /// How many classes there are.
    width: usize,
    /// For each pair of classes, the run that begins with it, counted from one. None for most pairs.
    pairs: Vec<u16>,
    runs: Vec<Run>,
    /// Each literal with a detector that begins with it, by literal.
    owners: Vec<(Literal, u16)>,
}

/// The literals with the same first two bytes.
#[derive(Debug)]
struct Run {
    /// The bits of their third bytes.
    thirds: u32,
    /// Where they are among the owners.
    start: u32,
    end: u32,
}

impl Literals {
    pub(super) fn new(mut owners: Vec<(Literal, u16)>) -> Self {
        owners.sort_unstable();
        let mut known: Vec<u8> = owners.iter().flat_map(|(literal, _)| literal.first_two()).collect();
        known.sort_unstable();
        known.dedup();
        let mut classes = [0; 256];
        // Counted from one. Only lower case is known, so classes are fewer than bytes.
        for (class, byte) in classes.iter_mut().zip(0..=u8::MAX) {
            let at = known.binary_search(&byte.to_ascii_lowercase()).ok();
            *class = at.and_then(|at| u8::try_from(at.saturating_add(1)).ok()).unwrap_or(0);
        }
        let width = known.len().saturating_add(1);
        let pairs = vec![0; width.saturating_mul(width)];
        let mut literals = Self { classes, width, pairs, runs: Vec::new(), owners: Vec::new() };
        let mut end = 0_u32;
        for run in owners.chunk_by(|(one, _), (other, _)| one.first_two() == other.first_two()) {
            let start = end;
            end = start.saturating_add(offset(run.len()));
            let thirds = run.iter().fold(0, |bits, (literal, _)| bits | literal.thirds());
            literals.runs.push(Run { thirds, start, end });
            let number = u16::try_from(literals.runs.len()).unwrap_or(0);
            let [first, second] = run.first().map_or([0; 2], |(literal, _)| literal.first_two());
            let pair = literals.pair(literals.class(first), second);
            literals.pairs.get_mut(pair).into_iter().for_each(|slot| *slot = number);
        }
        literals.owners = owners;
        literals
    }

    /// Calls `found` with a detector and a place for each literal of it in `text`, in ascending order of
    /// places.
    #[inline]
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(u16, usize)) {
        let mut before = 0;
        for (second, byte) in text.iter().enumerate() {
            let run = self.pairs.get(self.pair(before, *byte)).copied().unwrap_or(0);
            before = self.class(*byte);
            if run != 0 {
                self.run(run, text, second, &mut found);
            }
        }
    }

    /// The literals of one run at the place before `second`.
    #[inline]
    fn run(&self, run: u16, text: &[u8], second: usize, found: &mut impl FnMut(u16, usize)) {
        let start = second.saturating_sub(1);
        let rest = text.get(start..).unwrap_or_default();
        let third = rest.get(2).copied().unwrap_or(0);
        let Some(run) = self.runs.get(usize::from(run).wrapping_sub(1)) else { return };
        if run.thirds & third_bit(third) == 0 {
            return;
        }
        let bytes = u32::from_be_bytes(four(rest));
        let owners = self.owners.get(index(run.start)..index(run.end)).unwrap_or_default();
        for (_, owner) in owners.iter().filter(|(literal, _)| literal.begins(bytes, rest.len())) {
            found(*owner, start);
        }
    }

    #[inline]
    fn class(&self, byte: u8) -> u8 {
        self.classes.get(usize::from(byte)).copied().unwrap_or(0)
    }

    #[inline]
    fn pair(&self, first: u8, second: u8) -> usize {
        usize::from(first).wrapping_mul(self.width).wrapping_add(usize::from(self.class(second)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(literals: &[&str], text: &str, expected: &[(u16, usize)]) {
        let literals = (0_u16..).zip(literals).filter_map(|(at, l)| Some((Literal::of(l.as_bytes())?, at)));
        let mut found = Vec::new();
        Literals::new(literals.collect()).each(text.as_bytes(), |owner, at| found.push((owner, at)));
        found.sort_unstable();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn literals_are_found_in_either_case() {
        check(&["sk_l", "pat-", "mr"], "SK_live pAT-pat, Mr", &[(0, 0), (1, 8), (2, 17)]);
    }

    #[test]
    fn literals_of_one_another_are_all_found() {
        check(&["co", "cod", "code", "cons", "ode"], "code", &[(0, 0), (1, 0), (2, 0), (4, 1)]);
        check(&["aa", "aaaa"], "aaaaa", &[(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]);
    }

    #[test]
    fn one_literal_can_have_several_owners() {
        check(&["auth", "auth"], "auth", &[(0, 0), (1, 0)]);
    }

    #[test]
    fn nothing_is_found_past_the_end() {
        check(&["ab", "ab\0", "ab\0\0"], "ab", &[(0, 0)]);
        check(&["ab"], "a", &[]);
        check(&[], "ab", &[]);
    }

    #[test]
    fn only_short_literals_are_literals() {
        assert!(Literal::of(b"a").is_none() && Literal::of(b"abcde").is_none());
        assert!(Literal::of(b"ab").is_some() && Literal::of(b"abcd").is_some());
    }
}
