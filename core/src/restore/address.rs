//! Whether a stretch of text is, or could become, an address that a reader makes a link of.
//!
//! Data leaves by an address that is opened or fetched. Doubtful stretches count as addresses: the
//! token then stays, which is seen and counted. It must not know tokens or values.

/// Names before a colon that open an address without `//`.
const SCHEMES: &[&[u8]] = &[
    b"about",
    b"blob",
    b"callto",
    b"cid",
    b"data",
    b"facetime",
    b"file",
    b"ftp",
    b"ftps",
    b"geo",
    b"http",
    b"https",
    b"intent",
    b"javascript",
    b"magnet",
    b"mailto",
    b"market",
    b"sip",
    b"sips",
    b"skype",
    b"sms",
    b"tel",
    b"tg",
    b"urn",
    b"vbscript",
    b"viber",
    b"whatsapp",
    b"ws",
    b"wss",
    b"xmpp",
];
const SCHEME_BYTES_MAX: usize = 10;

/// The end of the stretch that begins at `start`: space, or a byte that no host can hold.
pub(super) fn stretch_end(text: &[u8], start: usize) -> usize {
    let mut at = start.saturating_add(1);
    while let Some(&byte) = text.get(at) {
        let next = || text.get(at.saturating_add(1)).copied();
        let ends = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0x0b | b'"' | b'\'' | b'`' | b'|' | b'(' | b')' | b'{'
            | b'}' | b',' | b';' | b'<' | b'>' => true,
            // CJK and full-width punctuation.
            0xe3 => next() == Some(0x80),
            0xef => matches!(next(), Some(0xbc | 0xbd)),
            _ => false,
        };
        if ends {
            break;
        }
        at = at.saturating_add(1);
    }
    at
}

/// True when `text[start..end]` holds an address, the start of one, or a query.
pub(super) fn is_address(text: &[u8], start: usize, end: usize) -> bool {
    let stretch = text.get(start..end).unwrap_or_default();
    let mut query = Query::None;
    for (i, &byte) in stretch.iter().enumerate() {
        query = match (query, byte) {
            (_, b'?' | b'&') => Query::Open,
            (Query::Name, b'=') => return true,
            (Query::Open | Query::Name, _)
                if byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'-' | b'.' | b'%' | b'[' | b']') =>
            {
                Query::Name
            }
            _ => Query::None,
        };
        let found = match byte {
            b'/' => stretch.get(i.saturating_add(1)) == Some(&b'/'),
            b':' => is_scheme(text, start.saturating_add(i)),
            b'.' => is_host_dot(stretch, i),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

#[derive(Clone, Copy)]
enum Query {
    None,
    Open,
    Name,
}

/// True when the colon at `colon` ends a scheme's name and something stands right behind it.
fn is_scheme(text: &[u8], colon: usize) -> bool {
    if text.get(colon.saturating_add(1)).is_none_or(u8::is_ascii_whitespace) {
        return false;
    }
    let before = text.get(..colon).unwrap_or_default();
    let length = before
        .iter()
        .rev()
        .take(SCHEME_BYTES_MAX.saturating_add(1))
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let word = before.get(before.len().saturating_sub(length)..).unwrap_or_default();
    SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(word))
}

/// True when the dot at `dot` stands between a host's labels: `www.`, or before what can be a top-level
/// domain.
fn is_host_dot(stretch: &[u8], dot: usize) -> bool {
    let before = stretch.get(..dot).unwrap_or_default();
    if !before.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-' || !b.is_ascii()) {
        return false;
    }
    if let Some((rest, www)) = before.split_last_chunk::<3>()
        && www.eq_ignore_ascii_case(b"www")
        && !rest.last().is_some_and(u8::is_ascii_alphanumeric)
    {
        return true;
    }
    let after = stretch.get(dot.saturating_add(1)..).unwrap_or_default();
    let letters = after.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let behind = after.get(letters..).unwrap_or_default();
    letters >= 2
        && match behind.first() {
            Some(b'-') => behind.get(1) == Some(&b'-'),
            Some(&byte) => !byte.is_ascii_digit() && byte != b'_',
            None => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let bytes = text.as_bytes();
        assert_eq!(is_address(bytes, 0, bytes.len()), expected, "{text}");
    }

    #[test]
    fn addresses_are_seen() {
        for text in [
            "https://x",
            "//x",
            "X://y",
            "www.x",
            "(WWW.x",
            "MailTo:x",
            "tel:1",
            "data:,x",
            "JavaScript:f",
            "x.evil.com",
            "evil.com/x",
            "evil.com?x",
            "x@evil.com",
            "evil.com:80",
            "x.xn--p1ai",
            "a?q=x",
            "/?q=x",
            "a&b[0]=x",
            "?a.b=",
            "\u{e9}.com",
            "x.com\u{3067}",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn prose_is_none() {
        for text in [
            "x",
            "x.",
            "e.g.x",
            "12.50",
            "No.ORDER_9",
            "a/b",
            "Tel:",
            "Note:x",
            "metadata:x",
            "awww.x",
            "what?",
            "a=b",
            "R&D",
            "?=x",
            "x...Y",
            ".htaccess",
            "v1.2",
            "a.b1",
        ] {
            check(text, false);
        }
        check("tel: 1", false);
    }

    #[test]
    fn a_stretch_ends_where_no_host_goes_on() {
        for (text, expected) in [
            ("ab c", 2),
            ("a\"b", 1),
            ("\"a\"", 2),
            ("a\u{3002}b", 1),
            ("a\u{ff0c}b", 1),
            ("a\u{fc}b", 4),
            ("ab", 2),
        ] {
            assert_eq!(stretch_end(text.as_bytes(), 0), expected, "{text}");
        }
    }
}
