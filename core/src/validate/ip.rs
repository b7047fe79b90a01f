//! Internet addresses as text.
//!
//! Source: RFC 4291, 2.2 (IPv6 text forms), RFC 6943, 3.1.1 (strict dotted quads).

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether `value` is a dotted quad without leading zeros that names a machine: neither loopback,
/// unspecified, broadcast nor a netmask.
///
/// Source: RFC 6943, 3.1.1; RFC 6890 (special addresses).
pub(crate) fn is_v4(value: &[u8]) -> bool {
    let Some(address) = std::str::from_utf8(value).ok().and_then(|v| v.parse::<Ipv4Addr>().ok()) else {
        return false;
    };
    let [first, ..] = address.octets();
    first != 0 && first != 255 && !address.is_loopback()
}

/// Whether `value` is an IPv6 address (a zone may follow), with enough of one to tell it from a time or a
/// class name: a mapped IPv4 address, or two groups and a digit.
///
/// Source: RFC 4291, 2.2.
pub(crate) fn is_v6(value: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(value) else { return false };
    let text = text.split_once('%').map_or(text, |(address, _)| address);
    let Ok(address) = text.parse::<Ipv6Addr>() else { return false };
    if address.is_loopback() || address.is_unspecified() {
        return false;
    }
    if let Some(mapped) = address.to_ipv4_mapped() {
        return !mapped.is_loopback() && !mapped.is_unspecified();
    }
    let groups = text.split(':').filter(|group| !group.is_empty());
    let (count, longest) =
        groups.fold((0_usize, 0_usize), |(n, long), group| (n.saturating_add(1), long.max(group.len())));
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    digit && count >= 2 && (longest >= 3 || count >= 5)
}

/// Whether `value` is an address of either kind.
pub(crate) fn is_address(value: &[u8]) -> bool {
    is_v4(value) || is_v6(value)
}

#[cfg(test)]
mod tests {
    fn check(value: &str, expected: bool) {
        assert_eq!(super::is_address(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn addresses() {
        check("1.2.3.4", true);
        check("203.0.113.77", true);
        check("2001:db8::1", true);
        check("fe80::1ff:fe23:4567:890a%eth0", true);
        check("::ffff:203.0.113.7", true);
        check("2001:0db8:0000:0000:0000:0000:0000:0001", true);
    }

    #[test]
    fn look_alikes() {
        check("9.13.55", false);
        check("1.2.3.256", false);
        check("01.2.3.4", false);
        check("127.0.0.1", false);
        check("0.0.0.0", false);
        check("255.255.255.0", false);
        check("::", false);
        check("::1", false);
        check("12::30", false);
        check("Dad::Bed", false);
        check("10:00:00", false);
        check("5d:2b:f1:9c:49:34", false);
    }
}
