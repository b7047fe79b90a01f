//! Writes the new reply.
//!
//! It must not know where a value may stand.

use crate::document::{EscapeFor, write_escaped};
use crate::limits::BODY_BYTES_MAX;
use crate::span::{Span, index};

pub(super) fn escaped(text: &[u8], container: EscapeFor) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    write_escaped(&mut out, text, container);
    out
}

/// Copies the reply, and other bytes in some places.
pub(super) struct Writer<'a> {
    pub(super) reply: &'a [u8],
    pub(super) new: Vec<u8>,
    /// How much of the reply was copied or replaced.
    pub(super) copied: usize,
    pub(super) inserted: usize,
    /// A reply that repeats tokens of long values cannot grow without end: past the limit tokens stay.
    pub(super) is_full: bool,
}

impl Writer<'_> {
    pub(super) fn write(&mut self, span: Span, new: &[u8]) -> bool {
        let inserted = self.inserted.saturating_add(new.len());
        if self.is_full || inserted > index(BODY_BYTES_MAX) {
            self.is_full = true;
            return false;
        }
        self.inserted = inserted;
        let range = span.range();
        self.new.extend_from_slice(self.reply.get(self.copied..range.start).unwrap_or_default());
        self.new.extend_from_slice(new);
        self.copied = range.end;
        true
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.new.extend_from_slice(self.reply.get(self.copied..).unwrap_or_default());
        self.new
    }
}

/// True when these bytes are a number in JSON's grammar.
pub(super) fn is_json_number(bytes: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut rest = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.first() == Some(&b'0')) {
        return false;
    }
    rest = rest.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = fraction.get(length..).unwrap_or_default();
    }
    if let Some((b'e' | b'E', exponent)) = rest.split_first() {
        let exponent =
            exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+")).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}
