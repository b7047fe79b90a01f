//! Byte-mask primitives: where bytes of certain classes stand in a haystack.
//!
//! This crate is the only home of SIMD and its `unsafe`. Each instruction set has its path, a module of its
//! own with the same functions; `scalar` is the one that every machine has, and so far the only one. For
//! WebAssembly the path is chosen by `cfg(target_feature = "simd128")` when the crate is compiled, because a
//! module cannot ask what its host has: there are two builds of it instead. The tests drive every path that
//! the machine can run against the definition, [`Marks::of`] byte by byte.
//!
//! It must not know what a rule, a document or an entity is.
#![forbid(unsafe_code)]

mod scalar;

/// Marks of places by their byte and its neighbours: a bit is set where the byte, the one before it and the one
/// after it all have it. Before the first byte and after the last one stands a NUL.
#[derive(Clone)]
pub struct Marks {
    before: [u64; 256],
    at: [u64; 256],
    after: [u64; 256],
}

impl Marks {
    /// Marks by the bits that a byte has before a place, at it and after it.
    pub fn new(bits: impl Fn(u8) -> [u64; 3]) -> Self {
        let mut marks = Self { before: [0; 256], at: [0; 256], after: [0; 256] };
        let slots = marks.before.iter_mut().zip(&mut marks.at).zip(&mut marks.after);
        for (((before, at), after), byte) in slots.zip(0..=u8::MAX) {
            [*before, *at, *after] = bits(byte);
        }
        marks
    }

    /// The mark of a byte between two others.
    #[inline]
    pub fn of(&self, before: u8, at: u8, after: u8) -> u64 {
        let of = |table: &[u64; 256], byte: u8| table.get(usize::from(byte)).copied().unwrap_or(0);
        of(&self.before, before) & of(&self.at, at) & of(&self.after, after)
    }

    /// Calls `found` with the index and the mark of every byte of `haystack` that has one, ascending.
    #[inline]
    pub fn each(&self, haystack: &[u8], found: impl FnMut(usize, u64)) {
        scalar::each(self, haystack, found);
    }
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let marked = self.at.iter().filter(|mark| **mark != 0).count();
        f.debug_struct("Marks").field("marked", &marked).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Each = fn(&Marks, &[u8], &mut dyn FnMut(usize, u64));

    /// Every path that this machine can run.
    const PATHS: &[(&str, Each)] =
        &[("scalar", |marks, haystack, found| scalar::each(marks, haystack, found))];
    /// Longer than two blocks of the widest path, so that whole blocks and what is left over both occur.
    const LONGEST: usize = 2 * 64 + 3;

    fn check(marks: &Marks, haystack: &[u8]) {
        let byte = |at: Option<usize>| at.and_then(|at| haystack.get(at)).copied().unwrap_or(0);
        let mark = |at: usize| marks.of(byte(at.checked_sub(1)), byte(Some(at)), byte(Some(at + 1)));
        let expected: Vec<_> =
            (0..haystack.len()).map(|at| (at, mark(at))).filter(|(_, m)| *m != 0).collect();
        for (path, each) in PATHS {
            let mut found = Vec::new();
            each(marks, haystack, &mut |at, mark| found.push((at, mark)));
            assert_eq!(found, expected, "{path}: {haystack:?}");
        }
    }

    /// A bit of its own for a byte, between any others.
    fn alone(bit: u64, has: bool) -> [u64; 3] {
        [bit, if has { bit } else { 0 }, bit]
    }

    /// Digits by themselves; an at sign between two letters; a digit after the end of something.
    fn several() -> Marks {
        Marks::new(|byte| {
            let letter = u64::from(byte.is_ascii_alphabetic()) << 1;
            let [before, at, after] = alone(1, byte.is_ascii_digit());
            let ends = u64::from(byte == 0 || byte == b' ') << 63;
            let digit = u64::from(byte.is_ascii_digit()) << 63;
            [before | letter | ends, at | u64::from(byte == b'@') << 1 | digit, after | letter | 1 << 63]
        })
    }

    #[test]
    fn every_path_finds_each_byte_where_it_stands() {
        for byte in 0..=u8::MAX {
            let marks = Marks::new(|other| alone(1 << 63 | u64::from(byte), other == byte));
            let others: Vec<u8> = (0..=u8::MAX).collect();
            check(&marks, &others);
            check(&marks, &[byte; LONGEST]);
        }
    }

    #[test]
    fn every_path_finds_it_at_every_length_and_alignment() {
        let text: Vec<u8> = b"a1@\xff9 \xb1z@b 7a@b".iter().copied().cycle().take(2 * LONGEST).collect();
        for start in 0..16 {
            for length in 0..=LONGEST {
                check(&several(), &text[start..start + length]);
            }
        }
    }

    #[test]
    fn neighbours_decide() {
        let found = |haystack: &[u8]| {
            let mut found = Vec::new();
            several().each(haystack, |at, mark| found.push((at, mark)));
            found
        };
        assert_eq!(found(b"a@b @c d@"), [(1, 2)]);
        assert_eq!(found(b"7 8a9"), [(0, 1 | 1 << 63), (2, 1 | 1 << 63), (4, 1)]);
        assert_eq!(found(b"@"), []);
        assert_eq!(found(b""), []);
    }
}
