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

/// A mark for each byte: which classes it is of, one bit a class. Zero for bytes of no class.
#[derive(Clone)]
pub struct Marks([u32; 256]);

impl Marks {
    /// Marks by a function of the byte.
    pub fn new(mark: impl Fn(u8) -> u32) -> Self {
        let mut marks = [0; 256];
        for (slot, byte) in marks.iter_mut().zip(0..=u8::MAX) {
            *slot = mark(byte);
        }
        Self(marks)
    }

    /// The mark of a byte.
    #[inline]
    pub fn of(&self, byte: u8) -> u32 {
        self.0.get(usize::from(byte)).copied().unwrap_or(0)
    }

    /// Calls `found` with the index and the mark of every byte of `haystack` that has one, ascending.
    #[inline]
    pub fn each(&self, haystack: &[u8], found: impl FnMut(usize, u32)) {
        scalar::each(self, haystack, found);
    }
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let marked = self.0.iter().filter(|mark| **mark != 0).count();
        f.debug_struct("Marks").field("marked", &marked).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Each = fn(&Marks, &[u8], &mut dyn FnMut(usize, u32));

    /// Every path that this machine can run.
    const PATHS: &[(&str, Each)] =
        &[("scalar", |marks, haystack, found| scalar::each(marks, haystack, found))];
    /// Longer than two blocks of the widest path, so that whole blocks and what is left over both occur.
    const LONGEST: usize = 2 * 64 + 3;

    fn check(marks: &Marks, haystack: &[u8]) {
        let marked = |(at, byte): (usize, &u8)| Some((at, marks.of(*byte))).filter(|(_, mark)| *mark != 0);
        let expected: Vec<_> = haystack.iter().enumerate().filter_map(marked).collect();
        for (path, each) in PATHS {
            let mut found = Vec::new();
            each(marks, haystack, &mut |at, mark| found.push((at, mark)));
            assert_eq!(found, expected, "{path}: {haystack:?}");
        }
    }

    #[test]
    fn every_path_finds_each_byte_where_it_stands() {
        for byte in 0..=u8::MAX {
            let marks = Marks::new(|other| if other == byte { 1 << 31 | u32::from(byte) } else { 0 });
            let others: Vec<u8> = (0..=u8::MAX).collect();
            check(&marks, &others);
            check(&marks, &[byte; LONGEST]);
        }
    }

    #[test]
    fn every_path_finds_it_at_every_length_and_alignment() {
        let marks = Marks::new(|byte| u32::from(byte.is_ascii_digit()) | u32::from(byte == b'@') << 1);
        let text: Vec<u8> = b"a1@\xff9 \xb1z".iter().copied().cycle().take(2 * LONGEST).collect();
        for start in 0..16 {
            for length in 0..=LONGEST {
                check(&marks, &text[start..start + length]);
            }
        }
    }

    #[test]
    fn every_marked_byte_is_found_once() {
        let marks = Marks::new(|byte| u32::from(byte.is_ascii_digit()) | u32::from(byte == b'@') << 1);
        let mut found = Vec::new();
        marks.each(b"a1@\xff9", |at, mark| found.push((at, mark)));
        assert_eq!(found, [(1, 1), (2, 2), (4, 1)]);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        Marks::new(|_| 1).each(b"", |_, _| unreachable!("there is no byte"));
    }
}
