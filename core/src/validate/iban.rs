//! International bank account numbers: country, its length, check digits.
//!
//! Source: ISO 13616-1:2020 (structure, MOD 97-10 of ISO/IEC 7064) and SWIFT's IBAN Registry, release 99
//! (lengths), with the partial list that the registry does not hold.

/// Country codes and lengths, in the codes' order.
const LENGTHS: &[([u8; 2], usize)] = &[
    (*b"AD", 24),
    (*b"AE", 23),
    (*b"AL", 28),
    (*b"AO", 25),
    (*b"AT", 20),
    (*b"AZ", 28),
    (*b"BA", 20),
    (*b"BE", 16),
    (*b"BF", 28),
    (*b"BG", 22),
    (*b"BH", 22),
    (*b"BI", 27),
    (*b"BJ", 28),
    (*b"BR", 29),
    (*b"BY", 28),
    (*b"CF", 27),
    (*b"CG", 27),
    (*b"CH", 21),
    (*b"CI", 28),
    (*b"CM", 27),
    (*b"CR", 22),
    (*b"CV", 25),
    (*b"CY", 28),
    (*b"CZ", 24),
    (*b"DE", 22),
    (*b"DJ", 27),
    (*b"DK", 18),
    (*b"DO", 28),
    (*b"DZ", 26),
    (*b"EE", 20),
    (*b"EG", 29),
    (*b"ES", 24),
    (*b"FI", 18),
    (*b"FK", 18),
    (*b"FO", 18),
    (*b"FR", 27),
    (*b"GA", 27),
    (*b"GB", 22),
    (*b"GE", 22),
    (*b"GI", 23),
    (*b"GL", 18),
    (*b"GQ", 27),
    (*b"GR", 27),
    (*b"GT", 28),
    (*b"GW", 25),
    (*b"HN", 28),
    (*b"HR", 21),
    (*b"HU", 28),
    (*b"IE", 22),
    (*b"IL", 23),
    (*b"IQ", 23),
    (*b"IR", 26),
    (*b"IS", 26),
    (*b"IT", 27),
    (*b"JO", 30),
    (*b"KM", 27),
    (*b"KW", 30),
    (*b"KZ", 20),
    (*b"LB", 28),
    (*b"LC", 32),
    (*b"LI", 21),
    (*b"LT", 20),
    (*b"LU", 20),
    (*b"LV", 21),
    (*b"LY", 25),
    (*b"MA", 28),
    (*b"MC", 27),
    (*b"MD", 24),
    (*b"ME", 22),
    (*b"MG", 27),
    (*b"MK", 19),
    (*b"ML", 28),
    (*b"MN", 20),
    (*b"MR", 27),
    (*b"MT", 31),
    (*b"MU", 30),
    (*b"MZ", 25),
    (*b"NE", 28),
    (*b"NI", 28),
    (*b"NL", 18),
    (*b"NO", 15),
    (*b"OM", 23),
    (*b"PK", 24),
    (*b"PL", 28),
    (*b"PS", 29),
    (*b"PT", 25),
    (*b"QA", 29),
    (*b"RO", 24),
    (*b"RS", 22),
    (*b"RU", 33),
    (*b"SA", 24),
    (*b"SC", 31),
    (*b"SD", 18),
    (*b"SE", 24),
    (*b"SI", 19),
    (*b"SK", 24),
    (*b"SM", 27),
    (*b"SN", 28),
    (*b"SO", 23),
    (*b"ST", 25),
    (*b"SV", 28),
    (*b"TD", 27),
    (*b"TG", 28),
    (*b"TL", 23),
    (*b"TN", 24),
    (*b"TR", 26),
    (*b"UA", 29),
    (*b"VA", 22),
    (*b"VG", 24),
    (*b"XK", 20),
    (*b"YE", 30),
];

/// Longest number of any country.
const LENGTH_MAX: usize = 34;

/// Whether `value` is an IBAN; spaces, dashes and other separators between its letters and digits are
/// ignored, letters may be of either case.
///
/// Source: ISO 13616-1:2020, 5 and Annex A; ISO/IEC 7064, MOD 97-10.
pub(crate) fn is_valid(value: &[u8]) -> bool {
    let mut number = [0_u8; LENGTH_MAX];
    let mut len = 0_usize;
    for byte in value.iter().filter(|b| b.is_ascii_alphanumeric()) {
        let Some(place) = number.get_mut(len) else { return false };
        *place = byte.to_ascii_uppercase();
        len = len.saturating_add(1);
    }
    let Some((&[a, b, c, d], account)) = number.get(..len).and_then(|n| n.split_first_chunk::<4>()) else {
        return false;
    };
    let Ok(found) = LENGTHS.binary_search_by_key(&[a, b], |&(code, _)| code) else { return false };
    if LENGTHS.get(found).is_none_or(|&(_, length)| length != len)
        || !c.is_ascii_digit()
        || !d.is_ascii_digit()
    {
        return false;
    }
    let remainder = account.iter().chain(&[a, b, c, d]).fold(0_u32, |rest, &byte| {
        let (digits, value) = if byte.is_ascii_digit() {
            (10, u32::from(byte.wrapping_sub(b'0')))
        } else {
            (100, u32::from(byte.wrapping_sub(b'A')).saturating_add(10))
        };
        rest.saturating_mul(digits).saturating_add(value) % 97
    });
    remainder == 1
}

#[cfg(test)]
mod tests {
    fn check(value: &str, expected: bool) {
        assert_eq!(super::is_valid(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn countries() {
        check("GB82 WEST 1234 5698 7654 32", true);
        check("gb82west12345698765432", true);
        check("DE89370400440532013000", true);
        check("DE89-3704-0044-0532-0130-00", true);
        check("FR14 2004 1010 0505 0001 3M02 606", true);
        check("NO93 8601 1117 947", true);
        check("MT84MALT011000012345MTLCAST001S", true);
    }

    #[test]
    fn refuses() {
        check("GB82 WEST 1234 5698 7654 33", false);
        check("DE8937040044053201300", false);
        check("XX82WEST12345698765432", false);
        check("DEAB370400440532013000", false);
        check("", false);
    }

    #[test]
    fn table_is_sorted() {
        assert!(super::LENGTHS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(super::LENGTHS.iter().all(|&(_, n)| n <= super::LENGTH_MAX));
    }
}
