//! Half-open byte ranges and the conversions between offsets and indices.
//!
//! A leaf: it must not know what the bytes mean. Offsets are `u32` because every body is held below
//! [`crate::limits::BODY_BYTES_MAX`]; the one narrowing place is [`offset`].

use std::ops::Range;

/// A half-open range of bytes, `start..end`, of the input unless a function says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from two offsets; an end before the start gives an empty span.
    #[inline]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// A span from two indices.
    #[inline]
    pub(crate) fn of(start: usize, end: usize) -> Self {
        Self::new(offset(start), offset(end))
    }

    /// The range for `slice::get`.
    #[inline]
    pub fn range(self) -> Range<usize> {
        index(self.start)..index(self.end)
    }

    /// Length in bytes.
    #[inline]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// True when the span holds no byte.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True when both share at least one byte.
    #[inline]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when every byte of `other` lies in this span.
    #[inline]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes of `haystack` in this span; empty when it lies outside.
    #[inline]
    pub(crate) fn of_bytes(self, haystack: &[u8]) -> &[u8] {
        haystack.get(self.range()).unwrap_or_default()
    }
}

/// An index as an offset. Saturates, which the body limit makes unreachable.
#[inline]
pub(crate) fn offset(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// An offset as an index.
#[inline]
pub(crate) fn index(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
