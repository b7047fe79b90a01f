//! JSON web tokens: three parts (five when encrypted), the first a JSON header that names its algorithm.
//!
//! Source: RFC 7519, 3 and 5; RFC 7515, 4.1.1 ("alg"); RFC 4648, 5 (base64url).

/// Bytes of the header that are read: `alg` stands early.
const HEADER_MAX: usize = 512;

/// Whether `value` opens with a base64url JSON object that has an `alg` member, and has a payload.
///
/// Source: RFC 7515, 4.1.1; RFC 7519, 5.
pub(crate) fn is_valid(value: &[u8]) -> bool {
    let mut parts = value.split(|&b| b == b'.');
    let (Some(header), Some(payload)) = (parts.next(), parts.next()) else { return false };
    let mut json = [0_u8; HEADER_MAX];
    let Some(json) = decode(header, &mut json) else { return false };
    !payload.is_empty()
        && json.first() == Some(&b'{')
        && json.windows(5).any(|w| w == b"\"alg\"" || w == b"\"enc\"")
}

/// Whether `value` is base64 of `user:password` in readable characters.
///
/// Source: RFC 7617, 2.
pub(crate) fn is_basic(value: &[u8]) -> bool {
    let mut plain = [0_u8; HEADER_MAX];
    decode(value, &mut plain).is_some_and(|plain| {
        plain.len() >= 3
            && plain.contains(&b':')
            && plain.iter().all(|&b| (b' '..0x7f).contains(&b) || b >= 0x80)
    })
}

/// Decodes either base64 alphabet until `=` or until `out` is full; `None` at any other byte.
fn decode<'a>(encoded: &[u8], out: &'a mut [u8]) -> Option<&'a [u8]> {
    let mut bits = 0_u32;
    let mut held = 0_u32;
    let mut len = 0_usize;
    for &byte in encoded {
        if byte == b'=' {
            break;
        }
        let six = u32::from(match byte {
            b'A'..=b'Z' => byte.wrapping_sub(b'A'),
            b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
            b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        });
        bits = (bits << 6) | six;
        held = held.wrapping_add(6);
        if held >= 8 {
            held = held.wrapping_sub(8);
            let [.., low] = (bits >> held).to_be_bytes();
            let Some(place) = out.get_mut(len) else { break };
            *place = low;
            len = len.saturating_add(1);
        }
    }
    out.get(..len)
}

#[cfg(test)]
mod tests {
    fn check(value: &str, expected: bool) {
        assert_eq!(super::is_valid(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn tokens() {
        check("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", true);
        check("eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", true);
        check("eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiIxIn0.c2ln", false);
        check("eyJhbGciOiJIUzI1NiJ9..", false);
        check("eyJhbGci%iJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", false);
        check("eyJhbGciOiJIUzI1NiJ9", false);
        check("", false);
    }

    #[test]
    fn basic() {
        assert!(super::is_basic(b"YW5uYTpzZWNyZXQ="));
        assert!(!super::is_basic(b"training"));
        assert!(!super::is_basic(b""));
    }
}
