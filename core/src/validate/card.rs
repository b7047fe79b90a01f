//! Payment card numbers: issuer prefix, length, check digit.
//!
//! Source: ISO/IEC 7812-1:2017 (structure, Luhn); prefixes and lengths as the networks publish them
//! (Visa, Mastercard, American Express, Discover/Diners Club/UnionPay/JCB interchange, Mir, `RuPay`, Troy,
//! Verve, Elo, Hipercard, `NAPAS`, Uzcard, Humo).

use super::digits::Digits;
use super::{gtin, luhn};

/// A range of prefixes of `digits` digits, and the lengths its numbers have.
struct Network {
    digits: usize,
    first: u32,
    last: u32,
    shortest: usize,
    longest: usize,
}

const fn network(digits: usize, first: u32, last: u32, shortest: usize, longest: usize) -> Network {
    Network { digits, first, last, shortest, longest }
}

const NETWORKS: &[Network] = &[
    // Visa.
    network(1, 4, 4, 13, 13),
    network(1, 4, 4, 16, 16),
    network(1, 4, 4, 19, 19),
    // Mastercard, with the 2-series.
    network(2, 51, 55, 16, 16),
    network(4, 2221, 2720, 16, 16),
    // American Express.
    network(2, 34, 34, 15, 15),
    network(2, 37, 37, 15, 15),
    // Diners Club.
    network(3, 300, 305, 14, 19),
    network(4, 3095, 3095, 14, 19),
    network(2, 36, 36, 14, 19),
    network(2, 38, 39, 14, 19),
    // Discover.
    network(4, 6011, 6011, 16, 19),
    network(3, 644, 649, 16, 19),
    network(2, 65, 65, 16, 19),
    // UnionPay.
    network(2, 62, 62, 16, 19),
    network(2, 81, 81, 16, 19),
    // JCB.
    network(4, 3528, 3589, 16, 19),
    // Maestro, with what was Switch and Solo.
    network(4, 5018, 5018, 12, 19),
    network(4, 5020, 5020, 12, 19),
    network(4, 5038, 5038, 12, 19),
    network(4, 5893, 5893, 12, 19),
    network(4, 6304, 6304, 12, 19),
    network(4, 6759, 6759, 12, 19),
    network(4, 6761, 6763, 12, 19),
    network(4, 6767, 6767, 16, 19),
    network(2, 56, 58, 16, 19),
    network(3, 502, 503, 16, 19),
    network(3, 636, 639, 16, 19),
    // Dankort.
    network(4, 5019, 5019, 16, 16),
    // Mir.
    network(4, 2200, 2204, 16, 19),
    // RuPay, Elo, Hipercard, Verve.
    network(3, 508, 508, 16, 16),
    network(2, 60, 60, 16, 19),
    network(2, 82, 82, 16, 16),
    network(4, 5041, 5041, 16, 16),
    network(4, 5066, 5067, 16, 16),
    network(4, 5090, 5099, 16, 16),
    network(6, 506_099, 506_198, 16, 19),
    network(6, 507_865, 507_964, 16, 19),
    network(6, 627_780, 627_780, 16, 16),
    // Troy, NAPAS, Uzcard, Humo.
    network(4, 9792, 9792, 16, 16),
    network(4, 9704, 9704, 16, 19),
    network(4, 8600, 8600, 16, 16),
    network(4, 9860, 9860, 16, 16),
];

/// Whether `value` is a card number: known prefix and length, Luhn digit, written as cards are (in one
/// piece, in groups, or digit by digit), not one digit over and over.
///
/// Source: ISO/IEC 7812-1:2017, and the networks' published ranges above.
pub(crate) fn is_valid(value: &[u8]) -> bool {
    let Some(digits) = Digits::of(value) else { return false };
    let grouped = digits.groups == 1
        || digits.longest == 1
        || (digits.shortest >= 3 && digits.longest <= 8 && digits.groups <= 6);
    grouped
        && !digits.is_uniform()
        && NETWORKS.iter().any(|n| {
            (n.shortest..=n.longest).contains(&digits.len())
                && digits.prefix(n.digits).is_some_and(|p| (n.first..=n.last).contains(&p))
        })
        && luhn::is_valid(digits.as_slice())
        // Cards of 12 and 13 digits are all but extinct, articles' numbers are what shops send.
        && !(digits.len() < 14 && gtin::is_valid(value))
}

#[cfg(test)]
mod tests {
    fn check(value: &str, expected: bool) {
        assert_eq!(super::is_valid(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn networks() {
        check("4111111111111111", true);
        check("4111 1111 1111 1111", true);
        check("4111-1111-1111-1111", true);
        check("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", true);
        check("4222222222222", true);
        check("5555555555554444", true);
        check("2223003122003222", true);
        check("378282246310005", true);
        check("3782 822463 10005", true);
        check("6011111111111117", true);
        check("30569309025904", true);
        check("3530111333300000", true);
        check("6304000000000000", true);
        check("2200000000000004", true);
    }

    #[test]
    fn refuses() {
        check("4111111111111112", false);
        check("411111111111111", false);
        check("1111111111111117", false);
        check("0000000000000000", false);
        check("41 11 11 11 11 11 11 11", false);
        check("", false);
    }
}
