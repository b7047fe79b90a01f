//! Global trade item numbers: GTIN-8 (EAN-8), GTIN-12 (UPC), GTIN-13 (EAN, ISBN-13), GTIN-14.
//!
//! Source: GS1 General Specifications, 7.9 ("Standard check digit calculations for GS1 data structures").

use super::digits::Digits;

/// Whether `value` is 8, 12, 13 or 14 digits, spaces and dashes aside, of which the last is the check digit.
///
/// Source: GS1 General Specifications, 7.9.
pub(crate) fn is_valid(value: &[u8]) -> bool {
    let Some(digits) = Digits::of(value) else { return false };
    if !matches!(digits.len(), 8 | 12 | 13 | 14) || digits.is_uniform() {
        return false;
    }
    let sum = digits.as_slice().iter().rev().enumerate().fold(0_u32, |sum, (i, &digit)| {
        let weight = if i % 2 == 0 { 1 } else { 3 };
        sum.saturating_add(u32::from(digit).saturating_mul(weight))
    });
    sum % 10 == 0
}

#[cfg(test)]
mod tests {
    fn check(value: &str, expected: bool) {
        assert_eq!(super::is_valid(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn lengths() {
        check("96385074", true);
        check("036000291452", true);
        check("4006381333931", true);
        check("978-0-306-40615-7", true);
        check("10614141000415", true);
    }

    #[test]
    fn refuses() {
        check("4006381333932", false);
        check("40063813339", false);
        check("00000000", false);
        check("", false);
    }
}
