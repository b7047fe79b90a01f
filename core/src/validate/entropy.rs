//! How random a value looks, in whole numbers only: floats differ between targets.
//!
//! Source: C. E. Shannon, "A Mathematical Theory of Communication" (1948), 6, as a fixed-point estimate.

/// Sixteenths of a bit: the estimate's unit.
const UNIT: u32 = 16;

/// Words that stand where a secret will be put in: `YOUR_API_KEY`.
const PLACEHOLDERS: &[&[u8]] = &[
    b"your",
    b"example",
    b"placeholder",
    b"changeme",
    b"change_me",
    b"change-me",
    b"insert",
    b"replace",
    b"xxxx",
    b"****",
    b"....",
    b"todo",
    b"dummy",
    b"redacted",
    b"<",
    b"${",
    b"{{",
    b"%s",
    b"process.env",
];

/// Shannon's estimate for the whole of `value`, in sixteenths of a bit: sum over its bytes of
/// `log2(length / count)`. Bytes past 255 are not looked at.
///
/// Source: Shannon 1948, 6.
pub(crate) fn sixteenths(value: &[u8]) -> u32 {
    let mut counts = [0_u8; 256];
    let mut len = 0_u32;
    for &byte in value.iter().take(255) {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count = count.saturating_add(1);
        }
        len = len.saturating_add(1);
    }
    let whole = log2(len);
    counts.iter().filter(|&&c| c > 0).fold(0_u32, |sum, &c| {
        let count = u32::from(c);
        sum.saturating_add(count.saturating_mul(whole.saturating_sub(log2(count))))
    })
}

/// `log2(n)` in sixteenths, the fraction read off linearly.
fn log2(n: u32) -> u32 {
    let Some(whole) = n.checked_ilog2() else { return 0 };
    let power = 1_u32.checked_shl(whole).unwrap_or(1);
    let rest = n.saturating_sub(power).saturating_mul(UNIT);
    whole.saturating_mul(UNIT).saturating_add(rest.checked_div(power).unwrap_or(0))
}

/// Whether `value` looks like a machine's secret: 12 bytes or more, letters and digits mixed the way
/// words, versions and constants are not, at least two and a half bits a byte, no placeholder.
pub(crate) fn is_secret(value: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| value.iter().filter(|b| is(b)).count();
    let digits = count(u8::is_ascii_digit);
    let upper = count(u8::is_ascii_uppercase);
    let lower = count(u8::is_ascii_lowercase);
    if value.len() < 12 || digits == 0 || upper.saturating_add(lower) == 0 || is_placeholder(value) {
        return false;
    }
    let bits = sixteenths(value);
    let read = u32::try_from(value.len().min(255)).unwrap_or(255);
    let dense = bits >= read.saturating_mul(5 * UNIT / 2) || value.len() > 255;
    // Words and numbers alternate seldom (`gpt-4o-2024`, `theme_v2`), a secret's classes often.
    let changes = value.windows(2).filter(|pair| matches!(pair, [a, b] if class(*a) != class(*b))).count();
    // Names of models and versions are short words between dashes.
    let longest = value.split(|b| !b.is_ascii_alphanumeric()).map(<[u8]>::len).max().unwrap_or(0);
    dense
        && longest >= 8
        && changes.saturating_mul(5) >= value.len()
        && digits.saturating_mul(20) >= value.len()
}

/// Whether `value` has a credential's shape where its context is strong: 8 bytes or more, a digit, no
/// placeholder.
pub(crate) fn is_credential(value: &[u8]) -> bool {
    value.len() >= 8
        && value.iter().any(u8::is_ascii_digit)
        && value.iter().any(u8::is_ascii_alphabetic)
        && !is_placeholder(value)
        && sixteenths(value) >= u32::try_from(value.len().min(255)).unwrap_or(255).saturating_mul(2 * UNIT)
}

/// Whether `value` stands for a secret instead of being one.
pub(crate) fn is_placeholder(value: &[u8]) -> bool {
    PLACEHOLDERS.iter().any(|p| value.windows(p.len()).any(|w| w.eq_ignore_ascii_case(p)))
}

const fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_credential, is_secret, log2, sixteenths};

    fn check(value: &str, expected: bool) {
        assert_eq!(is_secret(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn estimates() {
        assert_eq!(log2(0), 0);
        assert_eq!(log2(1), 0);
        assert_eq!(log2(8), 48);
        assert_eq!(sixteenths(b"aaaa"), 0);
        assert_eq!(sixteenths(b"abcd"), 4 * 2 * 16);
    }

    #[test]
    fn secrets() {
        check("59cfb8798f35452b61210504c6391f36ec18ef8a", true);
        check("Qz7LrV0nT3xKp9Wd2HsB", true);
        check("s92kD0dLs8Tn4Gm1", true);
        check("2f6d979d97737ed9", true);
    }

    #[test]
    fn look_alikes() {
        check("woocommerce_single_product_2", false);
        check("gpt-4o-2024-01-02", false);
        check("123456789012345678", false);
        check("get_option_value", false);
        check("YOUR_API_KEY_1234567", false);
        check("xxxxxxxxxxxx1234abcd", false);
        check("short1", false);
    }

    #[test]
    fn credentials() {
        assert!(is_credential(b"abc12345"));
        assert!(!is_credential(b"password"));
        assert!(!is_credential(b"aaaaaaa1"));
    }
}
