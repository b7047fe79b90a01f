//! Telephone numbers.
//!
//! Source: ITU-T E.164 (11/2010), 6 (at most 15 digits) and the list of assigned country codes (ITU
//! Operational Bulletin 1114); the North American Numbering Plan's form of area and exchange codes.

use super::digits::Digits;
use super::gtin;

const DIGITS_MAX: usize = 15;

/// Assigned country codes by their number of digits: first and last of each range.
const CODES_1: &[(u32, u32)] = &[(1, 1), (7, 7)];
const CODES_2: &[(u32, u32)] = &[
    (20, 20),
    (27, 27),
    (30, 34),
    (36, 36),
    (39, 41),
    (43, 49),
    (51, 58),
    (60, 66),
    (81, 82),
    (84, 84),
    (86, 86),
    (90, 95),
    (98, 98),
];
const CODES_3: &[(u32, u32)] = &[
    (211, 213),
    (216, 216),
    (218, 218),
    (220, 258),
    (260, 269),
    (290, 291),
    (297, 299),
    (350, 359),
    (370, 383),
    (385, 387),
    (389, 389),
    (420, 421),
    (423, 423),
    (500, 509),
    (590, 599),
    (670, 670),
    (672, 683),
    (685, 692),
    (800, 800),
    (808, 808),
    (850, 850),
    (852, 853),
    (855, 856),
    (870, 870),
    (878, 878),
    (880, 883),
    (886, 886),
    (888, 888),
    (960, 968),
    (970, 977),
    (979, 979),
    (992, 996),
    (998, 998),
];

/// Whether `value` is a number in international form: `+` or `00`, an assigned country code, and no more
/// digits than E.164 allows; `(0)` and an extension may be in it.
///
/// Source: ITU-T E.164, 6.
pub(crate) fn is_international(value: &[u8]) -> bool {
    let value = without_extension(value);
    let Some(all) = Digits::of(value) else { return false };
    let trunk = usize::from(value.windows(3).any(|w| w == b"(0)"));
    let plus = value.iter().take(2).any(|&b| b == b'+');
    let skip = if plus {
        0
    } else if all.prefix(2) == Some(0) {
        // Zeros before an article's number say nothing of a country.
        if all.groups == 1 && gtin::is_valid(value) {
            return false;
        }
        2
    } else {
        return false;
    };
    let Some(digits) = all.as_slice().get(skip..) else { return false };
    let mut code = 0_u32;
    let mut known = 0_usize;
    for (i, &digit) in digits.iter().take(3).enumerate() {
        code = code.wrapping_mul(10).wrapping_add(u32::from(digit));
        let table = match i {
            0 => CODES_1,
            1 => CODES_2,
            _ => CODES_3,
        };
        if table.iter().any(|&(first, last)| (first..=last).contains(&code)) {
            known = i.saturating_add(1);
            break;
        }
    }
    let Some(national) = digits.get(known..).filter(|_| known > 0) else { return false };
    let significant = national.len().saturating_sub(trunk);
    if code == 1 {
        return is_american(national);
    }
    (6..=DIGITS_MAX.saturating_sub(known)).contains(&significant) && !is_same(national)
}

/// Whether `value` can be a number where the words around it say that it is one: 6 to 15 digits, more than
/// one of them different.
///
/// Source: ITU-T E.164, 6; E.123 (how numbers are written).
pub(crate) fn is_national(value: &[u8]) -> bool {
    let value = without_extension(value);
    Digits::of(value).is_some_and(|d| (6..=DIGITS_MAX).contains(&d.len()) && !is_same(d.as_slice()))
        && !is_date(value)
}

/// Whether `value` is ten digits of the North American Numbering Plan, an extension aside.
///
/// Source: NANPA, "About the North American Numbering Plan" (NXX-NXX-XXXX).
pub(crate) fn is_north_american(value: &[u8]) -> bool {
    Digits::of(without_extension(value)).is_some_and(|d| is_american(d.as_slice()))
}

/// Area code and exchange open with 2 to 9; neither is a service code (`N11`).
fn is_american(digits: &[u8]) -> bool {
    let &[a, b, c, d, ..] = digits else { return false };
    digits.len() == 10 && a >= 2 && d >= 2 && !(b == 1 && c == 1) && b != 9
}

fn is_same(digits: &[u8]) -> bool {
    let first = digits.first();
    digits.iter().all(|d| Some(d) == first)
}

/// `2026-03-14`, `14.03.2026`.
fn is_date(value: &[u8]) -> bool {
    let part = |b: &u8| matches!(b, b'-' | b'.' | b'/');
    let mut groups = value.split(part).map(<[u8]>::len);
    value.iter().all(|b| b.is_ascii_digit() || part(b))
        && matches!(
            (groups.next(), groups.next(), groups.next(), groups.next()),
            (Some(4), Some(1 | 2), Some(1 | 2), None) | (Some(1 | 2), Some(1 | 2), Some(4), None)
        )
}

/// `value` up to its first letter, where the extension starts.
fn without_extension(value: &[u8]) -> &[u8] {
    let end = value.iter().position(|b| b.is_ascii_alphabetic() || *b == b'#').unwrap_or(value.len());
    value.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{is_international, is_national, is_north_american};

    fn check(of: fn(&[u8]) -> bool, value: &str, expected: bool) {
        assert_eq!(of(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn international() {
        check(is_international, "+49 30 123456", true);
        check(is_international, "+49 (0) 30 123456", true);
        check(is_international, "0049 30 123456", true);
        check(is_international, "+1 (201) 555-0123", true);
        check(is_international, "+1 201 555 0123 ext. 45", true);
        check(is_international, "+372 5123 4567", true);
        check(is_international, "+210 123 4567", false);
        check(is_international, "+49 123", false);
        check(is_international, "+1 111 555 0123", false);
        check(is_international, "+4930123456789012", false);
        check(is_international, "49 30 123456", false);
        check(is_international, "0000000000000", false);
        check(is_international, "00614141000012", false);
    }

    #[test]
    fn national() {
        check(is_national, "030 123456", true);
        check(is_national, "01 23 45 67 89", true);
        check(is_national, "2026-03-14", false);
        check(is_national, "14.03.2026", false);
        check(is_national, "12345", false);
        check(is_national, "1234567890123456", false);
    }

    #[test]
    fn north_american() {
        check(is_north_american, "(201) 555-0123", true);
        check(is_north_american, "201-555-0123 x7", true);
        check(is_north_american, "123-555-0123", false);
        check(is_north_american, "911-555-0123", false);
        check(is_north_american, "201-555-012", false);
    }
}
