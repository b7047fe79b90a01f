//! Byte-mask primitives: where bytes of certain classes stand in a haystack.
//!
//! This crate is the only home of SIMD and its `unsafe`; every path has a scalar twin, and so far the
//! scalar one is all there is. It must not know what a rule, a document or an entity is.
#![forbid(unsafe_code)]

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
    pub fn each(&self, haystack: &[u8], mut found: impl FnMut(usize, u32)) {
        for (at, byte) in haystack.iter().enumerate() {
            let mark = self.of(*byte);
            if mark != 0 {
                found(at, mark);
            }
        }
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
