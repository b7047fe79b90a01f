//! Words as propagation and dictionaries see them: runs of letters, digits and all beyond ASCII.
//!
//! A leaf. It must not know what a word means.

use crate::span::Span;

/// True for bytes that words are made of.
pub(crate) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The words of a text, in order.
pub(crate) fn words(text: &[u8]) -> impl Iterator<Item = Span> + Clone + '_ {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let start = at.checked_add(text.get(at..)?.iter().position(|b| is_word(*b))?)?;
        let tail = text.get(start..)?;
        let length = tail.iter().position(|b| !is_word(*b)).unwrap_or(tail.len());
        at = start.checked_add(length)?;
        Some(Span::of(start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs() {
        let text = "a-B7 \u{e9}t\u{e9}, x".as_bytes();
        let got: Vec<&[u8]> = words(text).map(|span| span.of_bytes(text)).collect();
        assert_eq!(got, ["a".as_bytes(), b"B7", "\u{e9}t\u{e9}".as_bytes(), b"x"]);
    }
}
