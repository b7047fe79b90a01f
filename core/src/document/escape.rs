//! Writes text into a container so that the container stays valid.

/// What a text is written into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EscapeFor {
    /// Between the quotes of a JSON string.
    Json,
    /// A form's name or value.
    Form,
    /// HTML text.
    Html,
    /// Nothing to escape.
    Plain,
}

/// Appends `text` to `out`, escaped for `container`.
pub(crate) fn write_escaped(out: &mut Vec<u8>, text: &[u8], container: EscapeFor) {
    match container {
        EscapeFor::Plain => out.extend_from_slice(text),
        EscapeFor::Json => text.iter().for_each(|&byte| json(out, byte)),
        EscapeFor::Form => text.iter().for_each(|&byte| form(out, byte)),
        EscapeFor::Html => text.iter().for_each(|&byte| html(out, byte)),
    }
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

fn hex(nibble: u8) -> u8 {
    HEX.get(usize::from(nibble & 15)).copied().unwrap_or(b'0')
}

fn json(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0..=0x1f => out.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte.wrapping_shr(4)), hex(byte)]),
        _ => out.push(byte),
    }
}

fn form(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte),
        b' ' => out.push(b'+'),
        _ => out.extend_from_slice(&[b'%', hex(byte.wrapping_shr(4)), hex(byte)]),
    }
}

fn html(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'<' => out.extend_from_slice(b"&lt;"),
        b'>' => out.extend_from_slice(b"&gt;"),
        b'&' => out.extend_from_slice(b"&amp;"),
        b'"' => out.extend_from_slice(b"&quot;"),
        b'\'' => out.extend_from_slice(b"&#039;"),
        _ => out.push(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(container: EscapeFor, text: &str, expected: &str) {
        let mut out = Vec::new();
        write_escaped(&mut out, text.as_bytes(), container);
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn each_container_gets_its_escapes() {
        check(EscapeFor::Plain, "a\"<&", "a\"<&");
        check(EscapeFor::Json, "a\"\\\n\u{1}\u{e9}", "a\\\"\\\\\\n\\u0001\u{e9}");
        check(EscapeFor::Form, "a b&[\u{e9}]", "a+b%26%5B%C3%A9%5D");
        check(EscapeFor::Html, "<b a='\"'>&", "&lt;b a=&#039;&quot;&#039;&gt;&amp;");
    }
}
