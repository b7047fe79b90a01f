//! Sets of bytes, and how much of ordinary text they are.
//!
//! A leaf: it must not know patterns.

/// A set of bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByteSet(pub(super) [u64; 4]);

impl ByteSet {
    pub(super) const NONE: Self = Self([0; 4]);
    pub(super) const ALL: Self = Self([u64::MAX; 4]);

    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        let word = self.0.get(usize::from(byte.wrapping_shr(6))).copied().unwrap_or(0);
        word.wrapping_shr(u32::from(byte & 63)) & 1 == 1
    }

    pub(super) fn of(byte: u8) -> Self {
        let mut set = Self::NONE;
        set.add(byte);
        set
    }

    pub(super) fn that(accepts: impl Fn(u8) -> bool) -> Self {
        let mut set = Self::NONE;
        (0..=u8::MAX).filter(|byte| accepts(*byte)).for_each(|byte| set.add(byte));
        set
    }

    /// The set of the bytes from one to the next, pair by pair.
    pub(super) fn of_runs(runs: &[u8]) -> Self {
        let (pairs, _) = runs.as_chunks::<2>();
        Self::that(|byte| pairs.iter().any(|[first, last]| (*first..=*last).contains(&byte)))
    }

    /// The first and last byte of each of its runs.
    #[cfg(test)]
    pub(super) fn runs(self) -> Vec<u8> {
        let mut runs: Vec<u8> = Vec::new();
        for byte in self.iter() {
            match runs.last_mut() {
                Some(last) if last.checked_add(1) == Some(byte) => *last = byte,
                _ => runs.extend([byte, byte]),
            }
        }
        runs
    }

    pub(super) fn add(&mut self, byte: u8) {
        if let Some(word) = self.0.get_mut(usize::from(byte.wrapping_shr(6))) {
            *word |= 1_u64.wrapping_shl(u32::from(byte & 63));
        }
    }

    pub(super) fn union(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
        self
    }

    pub(super) fn both(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine &= theirs;
        }
        self
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..=u8::MAX).filter(move |byte| self.has(*byte))
    }

    /// How many bytes of a thousand of ordinary text are of this set, roughly; at most a thousand.
    pub(super) fn weight(self) -> u64 {
        let one = |byte: u8| match byte {
            b' ' => 150,
            b'a'..=b'z' => 25,
            b'.' | b',' | b'"' => 15,
            b'A'..=b'Z' => 3,
            b'0'..=b'9' | 0x80.. | b'-' | b':' | b'\n' | 0 => 4,
            _ => 1_u64,
        };
        self.iter().map(one).fold(0_u64, u64::saturating_add).min(1000)
    }
}

impl std::fmt::Debug for ByteSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// True for the bytes of `\w`.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
