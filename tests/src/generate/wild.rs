//! What no shop means to send: odd JSON, broken encodings, repeats, and bodies that were cut or mixed up.

use std::fmt::Write as _;

use super::value::{number, private, word};
use super::{Made, Rng};

/// What an attacker repeats, or what costs some stage the most.
const HOSTILE: &[&str] = &[
    "-eyJ",
    "1 ",
    "1",
    "@",
    "a@",
    "a@a.",
    "\"",
    "[",
    "{\"a\":",
    "\\u0031",
    "_9",
    "A_9",
    "key=",
    "key: ",
    "a=",
    "%31",
    "-----BEGIN PRIVATE KEY-----",
    "+49 3",
    "1.1.",
    "a:",
    "DE89 ",
    "sk-",
    "://a:",
    "eyJhbGciOiJIUzI1NiJ9.",
    "\u{e9}",
    "Anna ",
    "order 1",
    "password: a1",
    "EMAIL_9",
    "[email",
    "4111 1111 ",
    "\\",
    "name: Anna B\n",
    "EUR ",
    "\\\"",
    "\\\\",
    "{\"a\":\"{",
    "\u{200b}",
    "%",
    "&",
    "=",
    ":",
    "<",
    "2001:db8::",
    "0.0.0.0 ",
    "[[\"",
    "ghp_",
];

/// Text of any kind, with tokens in it.
pub(super) fn text(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..rng.below(12) {
        match rng.below(4) {
            0 => text.push_str(rng.pick(HOSTILE)),
            1 => text.push_str(&private(rng, tokens)),
            2 => text.push_str(&word(rng)),
            _ => text.push(u32::try_from(rng.below(0x3000)).ok().and_then(char::from_u32).unwrap_or('?')),
        }
        text.push_str(rng.pick(&["", " ", "\n", ",", "_"]));
    }
    text
}

/// JSON of any shape: escapes that need not be, spaces, keys twice, JSON within strings.
pub(super) fn json(rng: &mut Rng, depth: usize, tokens: &[String]) -> String {
    let before = space(rng);
    let value = match rng.below(if depth > 4 { 6 } else { 10 }) {
        0..=2 => {
            let text = text(rng, tokens);
            string(rng, &text)
        }
        3 => number(rng),
        4 => {
            rng.pick(&["true", "false", "null", "\"\"", "-", "nul", "01", "1e999", "\"\\ud800\""]).to_owned()
        }
        5 => {
            let held = private(rng, tokens);
            string(rng, &held)
        }
        6 => {
            // A document in a string.
            let inner = json(rng, depth + 1, tokens);
            string(rng, &inner)
        }
        7 => {
            let items: Vec<String> = (0..rng.below(4)).map(|_| json(rng, depth + 1, tokens)).collect();
            format!("[{}]", items.join(","))
        }
        _ => {
            let members: Vec<String> = (0..rng.below(5))
                .map(|_| {
                    let key = match rng.below(6) {
                        0 => private(rng, tokens),
                        1 => word(rng),
                        _ => rng
                            .pick(&["email", "name", "sku", "note", "key", "a", "größe", "content", "id"])
                            .into(),
                    };
                    format!("{}{}:{}", string(rng, &key), space(rng), json(rng, depth + 1, tokens))
                })
                .collect();
            format!("{{{}}}", members.join(","))
        }
    };
    format!("{before}{value}{}", space(rng))
}

fn space(rng: &mut Rng) -> &'static str {
    rng.pick(&["", "", "", "", " ", "\n", "\t ", "\r\n"])
}

/// The same again and again, alone or within a document.
pub(super) fn repeated(rng: &mut Rng, tokens: &[String]) -> String {
    let mut once = rng.pick(HOSTILE).to_owned();
    if rng.once_in(3) {
        once.push_str(rng.pick(HOSTILE));
    }
    if rng.once_in(4) {
        once.push_str(&private(rng, tokens));
    }
    let bytes = match rng.below(40) {
        0 => 64 << 10,
        1..=3 => 8 << 10,
        _ => rng.below(1024),
    };
    let (before, after) = [("", ""), ("{\"a\":\"", "\"}"), ("a=", ""), ("[", "]"), ("\"", "")][rng.below(5)];
    format!("{before}{}{after}", once.repeat(bytes / once.len()))
}

/// Bytes of no meaning, at times with a name that says what they are.
pub(super) fn bytes(rng: &mut Rng) -> Vec<u8> {
    let starts: &[&[u8]] = &[
        b"",
        b"",
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
    ];
    let mut body = rng.pick(starts).to_vec();
    let printable = rng.once_in(2);
    for _ in 0..rng.below(200) {
        let byte = rng.next().to_le_bytes()[0];
        body.push(if printable { b' ' + byte % 95 } else { byte });
    }
    body
}

/// Cuts, doubles, flips, or mixes with another body.
pub(super) fn mutate(rng: &mut Rng, body: &mut Vec<u8>, seen: &[Vec<u8>]) {
    for _ in 0..=rng.below(3) {
        let at = rng.below(body.len() + 1);
        let to = (at + rng.below(40)).min(body.len());
        match rng.below(8) {
            0 => body.truncate(at),
            1 => drop(body.drain(..at)),
            2 => drop(body.drain(at..to)),
            3 => {
                let again = body[at..to].to_vec();
                body.splice(at..at, again);
            }
            4 if at < body.len() => body[at] ^= 1 << rng.below(8),
            5 => {
                let stray = rng.pick::<[u8]>(&[
                    b"\"",
                    b"}",
                    b"]",
                    b"{",
                    b",",
                    b"\\",
                    b"\0",
                    b"&",
                    b"%",
                    b"\xef\xbb\xbf",
                    b"\xff",
                    b"\xc3",
                    b"\xed\xa0\x80",
                    b"\n",
                ]);
                body.splice(at..at, stray.iter().copied());
            }
            6 if !seen.is_empty() => {
                let other = &seen[rng.below(seen.len())];
                let from = rng.below(other.len() + 1);
                body.splice(at..to, other[from..].iter().copied().take(400));
            }
            _ => {
                let hostile = rng.pick(HOSTILE).bytes();
                body.splice(at..at, hostile);
            }
        }
    }
}

/// Puts the body in another character set, and says so or not.
pub(super) fn transcode(rng: &mut Rng, made: &mut Made) {
    let text = String::from_utf8_lossy(&made.body).into_owned();
    let mark = rng.once_in(2);
    let (body, name): (Vec<u8>, &str) = match rng.below(4) {
        0 => {
            let mark = mark.then_some(0xfeff);
            (mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(), "utf-16le")
        }
        1 => {
            let mark = mark.then_some(0xfeff);
            (mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(), "UTF-16BE")
        }
        // Latin letters only.
        2 => (text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(), "windows-1252"),
        _ => (made.body.clone(), rng.pick(&["utf-8", "UTF8", "latin1", "utf-7", "shift_jis", "us-ascii"])),
    };
    made.body = body;
    match rng.below(3) {
        0 => made.charset = name.into(),
        1 => made.content_type = format!("text/plain; charset={name}"),
        _ => {}
    }
}

/// A JSON string, some of whose characters are escaped though they need not be.
pub(super) fn string(rng: &mut Rng, text: &str) -> String {
    let often = rng.once_in(3);
    let mut out = String::from("\"");
    for c in text.chars() {
        let must = matches!(c, '"' | '\\') || u32::from(c) < 0x20;
        if c == '/' && rng.once_in(2) {
            out.push_str("\\/");
        } else if c == '\n' && rng.once_in(2) {
            out.push_str("\\n");
        } else if must || (often && rng.once_in(4)) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ =
                    if rng.once_in(2) { write!(out, "\\u{unit:04x}") } else { write!(out, "\\u{unit:04X}") };
            }
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}

/// A form's value, some of whose characters are escaped though they need not be.
pub(super) fn percent(rng: &mut Rng, text: &str) -> String {
    let often = rng.once_in(3);
    let mut out = String::new();
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if byte == b' ' && rng.once_in(2) {
            out.push('+');
        } else if plain && !(often && rng.once_in(4)) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
