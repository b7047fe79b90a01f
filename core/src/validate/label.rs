//! Values that only a label tells from a word: codes, numbers of orders, passwords, names, addresses.
//!
//! A translated interface is full of labels without values (`Order number: %s`): these checks tell the two
//! apart.

use super::entropy;
use super::words;

/// Whether `value` is an article's code: a digit in it, or capitals and a dash.
pub(crate) fn is_sku(value: &[u8]) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    let dashed = value.contains(&b'-') && is_capitals(value);
    (2..=64).contains(&value.len()) && (digit || dashed) && !is_placeholder(value)
}

/// Whether `value` is a coupon's code: a digit, capitals, or a dash in it, and no word of a sentence.
pub(crate) fn is_coupon(value: &[u8]) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    let letter = value.iter().any(u8::is_ascii_alphabetic);
    let dashes = value.split(|&b| b == b'-').skip(1).count();
    let capitals = is_capitals(value) && value.len() >= 4;
    let word = words::is_common(lower(value, &mut [0; 32]));
    (3..=40).contains(&value.len())
        && letter
        && (digit || dashes >= 2 || capitals)
        && !word
        && !is_placeholder(value)
}

/// Whether `value` is an order's number: digits (at least one, two where no `#` opens it), no date.
pub(crate) fn is_order_number(value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let least = if value.first() == Some(&b'#') { 1 } else { 2 };
    value.len() <= 40 && digits >= least && !is_date(value) && !is_placeholder(value)
}

/// Whether `value` is a password and no word beside one: a digit, or a sign within, or capitals within a
/// word.
pub(crate) fn is_password(value: &[u8]) -> bool {
    let inner = value.get(1..value.len().saturating_sub(1)).unwrap_or_default();
    let digit = value.iter().any(u8::is_ascii_digit);
    let letter = value.iter().any(u8::is_ascii_alphabetic);
    let sign =
        inner.iter().any(|b| b.is_ascii_punctuation() && !matches!(b, b'-' | b'_' | b'.' | b'/' | b'\''));
    let capital = inner.iter().any(u8::is_ascii_uppercase) && value.iter().any(u8::is_ascii_lowercase);
    (4..=128).contains(&value.len())
        && (digit || (letter && (sign || capital)))
        && !entropy::is_placeholder(value)
        && !is_placeholder(value)
        && !is_code(value)
}

/// Whether `value` is a password that nothing but a word before it tells: long, of mixed classes.
pub(crate) fn is_bare_password(value: &[u8]) -> bool {
    let digit = value.iter().any(u8::is_ascii_digit);
    let upper = value.iter().any(u8::is_ascii_uppercase);
    let lower = value.iter().any(u8::is_ascii_lowercase);
    let sign = value.iter().any(|b| b.is_ascii_punctuation() && !matches!(b, b'-' | b'.' | b'/'));
    let classes = [digit, upper, lower, sign].iter().filter(|&&is| is).count();
    // Letters alone: their case must change where words keep it.
    let changes =
        value.windows(2).filter(|w| matches!(w, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    let scrambled = value.len() >= 10 && changes.count() >= 2;
    value.len() >= 6 && (classes >= 3 || scrambled) && is_password(value)
}

/// Whether `value` is a person's name: no form's word in it, no digit.
pub(crate) fn is_name(value: &[u8]) -> bool {
    let mut count = 0_usize;
    for word in value.split(|&b| matches!(b, b' ' | b'.')).filter(|w| !w.is_empty()) {
        count = count.saturating_add(1);
        let joint = word.first().is_some_and(u8::is_ascii_lowercase);
        if !joint && words::is_form_word(lower(word, &mut [0; 32])) {
            return false;
        }
    }
    count > 0 && !value.iter().any(|b| b.is_ascii_digit() || matches!(b, b'%' | b'{' | b'<' | b'_'))
}

/// Whether `value` is a bank's code and no word in capitals.
///
/// Source: ISO 9362:2022, 5 (eight or eleven characters; the pattern holds it to that).
pub(crate) fn is_bic(value: &[u8]) -> bool {
    matches!(value.len(), 8 | 11) && !words::is_common(lower(value, &mut [0; 32]))
}

/// Whether `value` is a name of two words or more.
pub(crate) fn is_full_name(value: &[u8]) -> bool {
    value.contains(&b' ') && is_name(value)
}

/// Whether `value` is an address: letters, a number or postcode, more than one word.
pub(crate) fn is_address(value: &[u8]) -> bool {
    let wide = value.windows(3).any(|w| matches!(w, [0xef, 0xbc, 0x90..=0x99]));
    let digit = wide || value.iter().any(u8::is_ascii_digit);
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
    let parts = value.iter().any(|b| matches!(b, b' ' | b',' | b'\n') || *b >= 0x80);
    digit
        && letters >= 3
        && parts
        && !is_placeholder(value)
        && !value.contains(&b'@')
        && !value.windows(3).any(|w| w == b"://")
}

/// Whether `value` is an address that no label announces: more than one part, three digits or more.
pub(crate) fn is_full_address(value: &[u8]) -> bool {
    let parts = value.iter().any(|b| matches!(b, b',' | b'\n'));
    parts && value.iter().filter(|b| b.is_ascii_digit()).count() >= 3 && is_address(value)
}

/// Letters and signs, no lower case.
fn is_capitals(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_uppercase) && !value.iter().any(u8::is_ascii_lowercase)
}

/// `2026-03-14`, `14.03.2026`, `14/03/2026`.
fn is_date(value: &[u8]) -> bool {
    let part = |b: &u8| matches!(b, b'-' | b'.' | b'/');
    let mut groups = value.split(part).map(<[u8]>::len);
    value.iter().all(|b| b.is_ascii_digit() || part(b))
        && matches!(
            (groups.next(), groups.next(), groups.next(), groups.next()),
            (Some(4), Some(1 | 2), Some(1 | 2), None) | (Some(1 | 2), Some(1 | 2), Some(2 | 4), None)
        )
}

/// `%s`, `{code}`, `%(number)d`, `<code>`, `[code]`: a place for a value.
fn is_placeholder(value: &[u8]) -> bool {
    value.first().is_some_and(|b| matches!(b, b'{' | b'<' | b'[' | b'%'))
        && value.iter().any(u8::is_ascii_alphabetic)
        && (value.first() != Some(&b'%') || value.get(1).is_some_and(|b| b"sd(1234567890@".contains(b)))
        || (!value.is_empty()
            && value.iter().all(|b| matches!(b, b'*' | b'.' | b'x' | b'X' | b'-' | b'_' | b'?')))
        || value.windows(2).any(|w| w == b"{{" || w == b"${" || w == b"<?")
}

/// A piece of source text: `process.env.X`, `$_POST['x']`, `get_option(`, `this->x`.
fn is_code(value: &[u8]) -> bool {
    let calls = value.windows(2).any(|w| matches!(w, [b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_', b'(']))
        && value.iter().any(|&b| b == b')' || b == b';');
    calls
        || value.starts_with(b"$_")
        || value.windows(2).any(|w| matches!(w, b"->" | b"::" | b"()" | b"['" | b"[\"" | b"</" | b"=>"))
}

/// Asks `is` about `word` in ASCII lower case.
pub(crate) fn with_lower(word: &[u8], is: fn(&[u8]) -> bool) -> bool {
    is(lower(word, &mut [0; 32]))
}

/// `word` in ASCII lower case; past the buffer, nothing.
fn lower<'a>(word: &[u8], buffer: &'a mut [u8; 32]) -> &'a [u8] {
    for (place, byte) in buffer.iter_mut().zip(word) {
        *place = byte.to_ascii_lowercase();
    }
    if word.len() > 32 { &[] } else { buffer.get(..word.len()).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::{
        is_address, is_bare_password, is_coupon, is_full_name, is_name, is_order_number, is_password, is_sku,
    };

    fn check(of: fn(&[u8]) -> bool, value: &str, expected: bool) {
        assert_eq!(of(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn codes() {
        check(is_sku, "TS-100-RED", true);
        check(is_sku, "CAP-BLK", true);
        check(is_sku, "available", false);
        check(is_sku, "{sku1}", false);
        check(is_coupon, "WELCOME10", true);
        check(is_coupon, "FREESHIP", true);
        check(is_coupon, "free-ship-abc", true);
        check(is_coupon, "was", false);
        check(is_coupon, "REQUIRED", false);
        check(is_coupon, "applied", false);
        check(is_coupon, "{code}", false);
    }

    #[test]
    fn orders() {
        check(is_order_number, "#7", true);
        check(is_order_number, "WC-2026-0042", true);
        check(is_order_number, "7", false);
        check(is_order_number, "2026-03-14", false);
        check(is_order_number, "%1$s", false);
    }

    #[test]
    fn passwords() {
        check(is_password, "rain4Tree!", true);
        check(is_password, "abcd EFGH 1234 ijkl MNOP 5678", true);
        check(is_password, "$Rain#tree", true);
        check(is_password, "required", false);
        check(is_password, "Required", false);
        check(is_password, "********", false);
        check(is_password, "%s", false);
        check(is_password, "process.env.PASS1", false);
        check(is_password, "$_POST['pw1']", false);
        check(is_password, "get_option('pw2')", false);
        check(is_bare_password, "rain4Tree", true);
        check(is_bare_password, "MqsbREUDyCnFhsTw", true);
        check(is_bare_password, "reset", false);
        check(is_bare_password, "WooCommerce", false);
        check(is_bare_password, "123456", false);
    }

    #[test]
    fn names() {
        check(is_name, "Anna", true);
        check(is_full_name, "Anna Larsen", true);
        check(is_full_name, "Anna van der Berg", true);
        check(is_full_name, "Anna", false);
        check(is_name, "Customer Details", false);
        check(is_name, "Team", false);
    }

    #[test]
    fn addresses() {
        check(is_address, "12 Baker Street", true);
        check(is_address, "somewhere", false);
        check(is_address, "12", false);
        check(is_address, "anna1@example.com", false);
    }
}
