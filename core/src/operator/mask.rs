//! `mask`: every character but the last few becomes an asterisk. Graphemes are never cut.

use unicode_segmentation::UnicodeSegmentation;

/// Appends `value` with all but its last `keep_last` characters hidden.
///
/// A value of at most twice that many characters keeps none: half of a short value is too much.
pub(crate) fn mask(value: &[u8], keep_last: u8, out: &mut Vec<u8>) {
    let Ok(text) = std::str::from_utf8(value) else {
        out.extend(std::iter::repeat_n(b'*', value.len()));
        return;
    };
    let total = text.graphemes(true).count();
    let keep = usize::from(keep_last);
    let shown = if total > keep.saturating_mul(2) { keep } else { 0 };
    for (at, grapheme) in text.graphemes(true).enumerate() {
        let hidden = at < total.saturating_sub(shown);
        // Separators stay, so that a masked card still reads as one.
        if hidden && !matches!(grapheme, " " | "-") {
            out.push(b'*');
        } else {
            out.extend_from_slice(grapheme.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, keep: u8, expected: &str) {
        let mut out = Vec::new();
        mask(value.as_bytes(), keep, &mut out);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn the_last_characters_stay() {
        check("4111111111111111", 4, "************1111");
        check("4111 1111 1111 1111", 4, "**** **** **** 1111");
        check("12345678", 4, "********");
        check("123456789", 4, "*****6789");
        check("e\u{301}e\u{301}e\u{301}", 1, "**e\u{301}");
        check("secret", 0, "******");
    }
}
