//! Bodies that are not UTF-8: recognised, decoded within limits, and written back as they came.
//!
//! What cannot be read is an error, never a pass. It must not know documents or rules.

use crate::error::RedactErrorKind;
use crate::span::{Span, offset};

/// A character set that Tamis reads and writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// And everything that is ASCII where it matters; invalid bytes stay as they are.
    Utf8,
    Utf16Le,
    Utf16Be,
    /// ISO 8859-1 as the web means it.
    Windows1252,
}

/// What a body turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    Text(Charset),
    /// An image, a recording, a document file: not read.
    Media,
}

/// First bytes of media files.
const MEDIA_MAGIC: &[&[u8]] = &[
    b"\x89PNG\r\n\x1a\n",
    b"\xFF\xD8\xFF",
    b"GIF87a",
    b"GIF89a",
    b"RIFF",
    b"ID3",
    b"\xFF\xFB",
    b"OggS",
    b"fLaC",
    b"%PDF-",
    b"\x1A\x45\xDF\xA3",
];
/// First bytes of compressed data: gzip, zip, zstd, xz, bzip2.
const PACKED_MAGIC: &[&[u8]] = &[b"\x1F\x8B", b"PK\x03\x04", b"\x28\xB5\x2F\xFD", b"\xFD7zXZ\0", b"BZh"];

/// Tells what a body is from its declared character set and its bytes.
pub(crate) fn nature(body: &[u8], charset: &str) -> Result<Nature, RedactErrorKind> {
    let declared = match charset {
        "" => None,
        name => Some(by_name(name).ok_or(RedactErrorKind::Charset)?),
    };
    if let Some(found) = utf16_by_bytes(body) {
        return Ok(Nature::Text(found));
    }
    if let Some(wide @ (Charset::Utf16Le | Charset::Utf16Be)) = declared {
        return Ok(Nature::Text(wide));
    }
    if starts_with_any(body, PACKED_MAGIC) {
        return Err(RedactErrorKind::Unreadable);
    }
    if memchr::memchr(0, body).is_some() || starts_with_any(body, MEDIA_MAGIC) {
        let mp4 = body.get(4..8) == Some(b"ftyp");
        // A picture that is nothing but text is text.
        let text = std::str::from_utf8(body).is_ok_and(|text| !text.contains('\0'));
        return match (starts_with_any(body, MEDIA_MAGIC) || mp4, text) {
            (_, true) => Ok(Nature::Text(declared.unwrap_or(Charset::Utf8))),
            (true, false) => Ok(Nature::Media),
            (false, false) => Err(RedactErrorKind::Unreadable),
        };
    }
    Ok(Nature::Text(declared.unwrap_or(Charset::Utf8)))
}

fn starts_with_any(body: &[u8], prefixes: &[&[u8]]) -> bool {
    prefixes.iter().any(|prefix| body.starts_with(prefix))
}

/// Names as they are registered, letters and digits only. Without a mark, UTF-16 is big-endian
/// (RFC 2781, section 4.3).
const NAMES: &[(&str, Charset)] = &[
    ("utf8", Charset::Utf8),
    ("usascii", Charset::Utf8),
    ("ascii", Charset::Utf8),
    ("utf16", Charset::Utf16Be),
    ("utf16be", Charset::Utf16Be),
    ("utf16le", Charset::Utf16Le),
    ("iso88591", Charset::Windows1252),
    ("latin1", Charset::Windows1252),
    ("windows1252", Charset::Windows1252),
    ("cp1252", Charset::Windows1252),
];

fn by_name(name: &str) -> Option<Charset> {
    let plain = || name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    NAMES.iter().find(|(known, _)| plain().eq(known.bytes())).map(|(_, charset)| *charset)
}

/// UTF-16 by its mark, or by the zero beside a first ASCII character (RFC 4627, section 3).
fn utf16_by_bytes(body: &[u8]) -> Option<Charset> {
    match body {
        [0xFF, 0xFE, rest @ ..] if !rest.starts_with(b"\0\0") => Some(Charset::Utf16Le),
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, 0, 1..=0x7F, ..] => Some(Charset::Utf16Be),
        [1..=0x7F, 0, 1..=0x7F, 0, ..] => Some(Charset::Utf16Le),
        _ => None,
    }
}

/// The characters of windows-1252 from 0x80 to 0x9F; 0 where there is none.
/// Source: the WHATWG encoding standard, index windows-1252.
const WINDOWS_1252: [u16; 32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
];

impl Charset {
    /// Appends the UTF-8 text of `body` to `out`.
    pub(crate) fn decode(self, body: &[u8], out: &mut Vec<u8>) -> Result<(), RedactErrorKind> {
        let mut utf8 = [0_u8; 4];
        let mut push = |c: char| out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
        match self {
            Self::Utf8 => out.extend_from_slice(body),
            Self::Windows1252 => body.iter().for_each(|&byte| push(windows_1252(byte))),
            Self::Utf16Le | Self::Utf16Be => {
                let (pairs, odd) = body.as_chunks::<2>();
                if !odd.is_empty() {
                    return Err(RedactErrorKind::Charset);
                }
                for unit in char::decode_utf16(pairs.iter().map(|pair| self.unit(*pair))) {
                    push(unit.map_err(|_| RedactErrorKind::Charset)?);
                }
            }
        }
        Ok(())
    }

    /// Writes UTF-8 text in this character set. `text` came from [`Self::decode`], plus ASCII.
    pub(crate) fn encode(self, text: &[u8]) -> Result<Vec<u8>, RedactErrorKind> {
        if self == Self::Utf8 {
            return Ok(text.to_vec());
        }
        let text = std::str::from_utf8(text).map_err(|_| RedactErrorKind::Charset)?;
        let mut out = Vec::with_capacity(text.len().saturating_mul(2));
        for c in text.chars() {
            match self {
                Self::Windows1252 => out.push(to_windows_1252(c).ok_or(RedactErrorKind::Charset)?),
                Self::Utf16Le | Self::Utf16Be | Self::Utf8 => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        out.extend_from_slice(&if self == Self::Utf16Le {
                            unit.to_le_bytes()
                        } else {
                            unit.to_be_bytes()
                        });
                    }
                }
            }
        }
        Ok(out)
    }

    const fn unit(self, pair: [u8; 2]) -> u16 {
        match self {
            Self::Utf16Le => u16::from_le_bytes(pair),
            Self::Utf16Be | Self::Utf8 | Self::Windows1252 => u16::from_be_bytes(pair),
        }
    }

    /// Turns ascending ranges of the decoded text into ranges of the body.
    pub(crate) fn to_body<'r>(self, text: &[u8], ranges: impl Iterator<Item = &'r mut Span>) {
        if self == Self::Utf8 {
            return;
        }
        let Ok(text) = std::str::from_utf8(text) else { return };
        let mut chars = text.char_indices().peekable();
        let mut at = 0_usize;
        let mut advance = |until: u32| {
            while let Some((_, c)) = chars.next_if(|(i, _)| offset(*i) < until) {
                let width = match self {
                    Self::Windows1252 => 1,
                    Self::Utf16Le | Self::Utf16Be | Self::Utf8 => c.len_utf16().saturating_mul(2),
                };
                at = at.saturating_add(width);
            }
            offset(at)
        };
        for range in ranges {
            let start = advance(range.start);
            *range = Span::new(start, advance(range.end));
        }
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => {
            let code = WINDOWS_1252.get(usize::from(byte.wrapping_sub(0x80))).copied().unwrap_or(0);
            char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from(byte),
    }
}

fn to_windows_1252(c: char) -> Option<u8> {
    let code = u32::from(c);
    if code < 0x80 || (0xA0..=0xFF).contains(&code) {
        return u8::try_from(code).ok();
    }
    let at = WINDOWS_1252.iter().position(|known| u32::from(*known) == code)?;
    u8::try_from(at).ok().map(|at| at.wrapping_add(0x80))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn round_trip(charset: Charset, body: &[u8], text: &str) {
        let mut out = Vec::new();
        charset.decode(body, &mut out).unwrap();
        assert_eq!(out, text.as_bytes());
        assert_eq!(charset.encode(&out).unwrap(), body);
    }

    #[test]
    fn bodies_come_back_as_they_were() {
        round_trip(Charset::Utf16Le, b"\xFF\xFEa\0\xE9\0", "\u{feff}a\u{e9}");
        round_trip(Charset::Utf16Be, b"\0a\xD8\x3D\xDE\x00", "a\u{1F600}");
        let all: Vec<u8> = (0..=255).collect();
        let mut text = Vec::new();
        Charset::Windows1252.decode(&all, &mut text).unwrap();
        assert_eq!(Charset::Windows1252.encode(&text).unwrap(), all);
    }

    #[test]
    fn nature_is_told_from_bytes() {
        assert_eq!(nature(b"{\0\"\0a\0", ""), Ok(Nature::Text(Charset::Utf16Le)));
        assert_eq!(nature(b"hello", "latin1"), Ok(Nature::Text(Charset::Windows1252)));
        assert_eq!(nature(b"hello", "x-klingon"), Err(RedactErrorKind::Charset));
        assert_eq!(nature(b"\x89PNG\r\n\x1a\n\0\0", ""), Ok(Nature::Media));
        assert_eq!(nature(b"\x1F\x8B\x08\0", ""), Err(RedactErrorKind::Unreadable));
        assert_eq!(nature(b"ab\0cd\0\0ef", ""), Err(RedactErrorKind::Unreadable));
        assert_eq!(nature(b"GIF89a is an old format", ""), Ok(Nature::Text(Charset::Utf8)));
    }

    #[test]
    fn broken_utf16_is_refused() {
        assert_eq!(Charset::Utf16Le.decode(b"a\0b", &mut Vec::new()), Err(RedactErrorKind::Charset));
        assert_eq!(Charset::Utf16Be.decode(b"\xD8\x00\0a", &mut Vec::new()), Err(RedactErrorKind::Charset));
    }

    #[test]
    fn ranges_are_of_the_body() {
        let mut spans = [Span::new(2, 3), Span::new(3, 5)];
        // "aéb" and an emoji's neighbour: é is two bytes of text and one or two of the body.
        Charset::Utf16Be.to_body("a\u{e9}b\u{e9}".as_bytes(), [Span::new(0, 0)].iter_mut());
        Charset::Windows1252.to_body("\u{e9}ab\u{e9}".as_bytes(), spans.iter_mut());
        assert_eq!(spans, [Span::new(1, 2), Span::new(2, 4)]);
    }
}
