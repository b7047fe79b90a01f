//! The path that every machine has: three look-ups a byte. The others must equal it.

use crate::Marks;

/// Calls `found` with the index and the mark of every byte that has one, ascending.
#[inline]
pub(crate) fn each(marks: &Marks, haystack: &[u8], mut found: impl FnMut(usize, u64)) {
    let mut one = |index: usize, [before, at, after]: [u8; 3]| {
        let mark = marks.of(before, at, after);
        if mark != 0 {
            found(index, mark);
        }
    };
    let (&[first, ..], &[.., last]) = (haystack, haystack) else { return };
    let second = haystack.get(1).copied().unwrap_or(0);
    one(0, [0, first, second]);
    for (index, around) in haystack.array_windows::<3>().enumerate() {
        one(index + 1, *around);
    }
    if let [.., before, _] = haystack {
        one(haystack.len() - 1, [*before, last, 0]);
    }
}
