//! The path that every machine has: a look-up a byte. The others must equal it.

use crate::Marks;

/// Calls `found` with the index and the mark of every byte that has one, ascending.
#[inline]
pub(crate) fn each(marks: &Marks, haystack: &[u8], mut found: impl FnMut(usize, u32)) {
    for (at, byte) in haystack.iter().enumerate() {
        let mark = marks.of(*byte);
        if mark != 0 {
            found(at, mark);
        }
    }
}
