//! The Luhn check digit.
//!
//! Source: ISO/IEC 7812-1:2017, Annex B ("Luhn formula for computing modulus 10 double-add-double check
//! digits").

/// Whether the last of `digits` (numbers from 0 to 9) is the Luhn check digit of those before it.
///
/// Source: ISO/IEC 7812-1:2017, Annex B.
pub(crate) fn is_valid(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().fold(0_u32, |sum, (i, &digit)| {
        let digit = u32::from(digit);
        let part = if i % 2 == 0 { digit } else { digit.saturating_mul(2) };
        sum.saturating_add(part / 10).saturating_add(part % 10)
    });
    digits.len() > 1 && sum % 10 == 0
}

#[cfg(test)]
mod tests {
    fn check(digits: &str, expected: bool) {
        let digits: Vec<u8> = digits.bytes().map(|b| b.wrapping_sub(b'0')).collect();
        assert_eq!(super::is_valid(&digits), expected);
    }

    #[test]
    fn check_digit() {
        check("4111111111111111", true);
        check("4111111111111112", false);
        check("79927398713", true);
        check("79927398731", false);
        check("0", false);
        check("", false);
    }
}
