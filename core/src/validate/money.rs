//! Amounts of money and shares of it.
//!
//! Source: Unicode CLDR 44, number patterns (grouping and decimal signs by locale).

use super::digits::Digits;

/// Whether `value` is an amount: a digit other than zero, and no more than 15 of them.
pub(crate) fn is_amount(value: &[u8]) -> bool {
    Digits::of(value).is_some_and(|d| d.len() <= 15 && d.as_slice().iter().any(|&d| d > 0))
}

/// Whether `value` is an amount before its currency; `1$` is a place in a pattern more often.
pub(crate) fn is_amount_before(value: &[u8]) -> bool {
    is_amount(value) && !matches!(value, [b'0'..=b'9', b'$'])
}

/// Whether a field's `value` is an amount: digits, separators, a sign, a currency, a percent sign; no
/// measure such as `10px`.
pub(crate) fn is_field_amount(value: &[u8]) -> bool {
    let words = value.split(|b| !b.is_ascii_alphabetic()).filter(|w| !w.is_empty());
    let mut currencies = words.map(is_currency);
    value.len() <= 40
        && is_amount(value)
        && currencies.next().unwrap_or(true)
        && currencies.next().is_none()
        && !value.iter().any(|b| matches!(b, b'<' | b'{' | b'/' | b':' | b'#' | b'_' | b';' | b'='))
}

fn is_currency(word: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "dollar", "dollars", "euro", "euros", "francs", "franken", "ft", "k", "kr", "lei", "pounds", "r",
        "rs", "yen", "z",
    ];
    (word.len() == 3 && word.iter().all(u8::is_ascii_uppercase))
        || word == b"US"
        || NAMES.iter().any(|n| n.as_bytes().eq_ignore_ascii_case(word))
        || matches!(word, b"eur" | b"usd" | b"gbp" | b"chf")
}

#[cfg(test)]
mod tests {
    use super::{is_amount, is_field_amount};

    fn check(value: &str, expected: bool) {
        assert_eq!(is_field_amount(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn amounts() {
        assert!(is_amount("1.299,00 €".as_bytes()));
        assert!(!is_amount(b"0.00"));
        check("19.90", true);
        check("1 299,00 €", true);
        check("EUR 12", true);
        check("12 zł", true);
        check("48.7", true);
        check("48 %", true);
        check("-3.50", true);
    }

    #[test]
    fn look_alikes() {
        check("10px", false);
        check("1em 2em", false);
        check("0.00", false);
        check("auto", false);
        check("2 pieces", false);
        check("", false);
        check("{{price_1}}", false);
    }
}
