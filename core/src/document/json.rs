//! Reads JSON, and what begins as JSON: several documents in a row, cut off ones, broken ones.
//!
//! What follows the first syntax error is one text value. Depth is a counted stack, not recursion; JSON in
//! strings is read again from inside, three strings deep at most.

use memchr::{memchr, memchr2};

use super::{Container, NONE, ValueKind, View};
use crate::error::RedactErrorKind;
use crate::limits::DEPTH_MAX;
use crate::span::{Span, index, offset};

/// Words that name the other half of a `{"key": ..., "value": ...}` pair.
const LABEL_KEYS: &[&[u8]] = &[b"key", b"meta_key", b"name", b"label", b"field", b"attribute"];

/// True when the first byte that counts opens an object or array that has an element or an end.
pub(crate) fn looks_like_json(body: &[u8]) -> bool {
    let at = skip_space(body, bom(body));
    let Some(&open) = body.get(at) else { return false };
    let next = body.get(skip_space(body, at.saturating_add(1))).copied();
    match open {
        b'{' => matches!(next, Some(b'"' | b'}')),
        b'[' => matches!(next, Some(b'"' | b'{' | b'[' | b']' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n')),
        // One string is a document; a name and a value without braces are not.
        b'"' => {
            let rest = body.get(at.saturating_add(1)..).unwrap_or_default().trim_ascii_end();
            memchr(b'"', rest).is_some_and(|end| end.saturating_add(1) == rest.len())
        }
        _ => false,
    }
}

/// What the reader expects next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    CommaOrEnd,
    Document,
}

pub(super) fn read(view: &mut View, body: &[u8]) -> Result<(), RedactErrorKind> {
    let whole = Walk { body, at: bom(body), outer: NONE, floor: 0, one: false };
    let end = whole.run(view, NONE)?;
    if end < body.len() { rest(view, body, end) } else { Ok(()) }
}

/// Reads the JSON that opens at `at` in a text; returns the index after it, or of what fits nothing.
pub(super) fn read_embedded(
    view: &mut View,
    text: &[u8],
    at: usize,
    name: u32,
    parent: u32,
) -> Result<usize, RedactErrorKind> {
    let floor = view.stack.len();
    let walk = Walk { body: text, at, outer: parent, floor, one: true };
    let end = walk.run(view, name);
    view.stack.truncate(floor);
    end
}

/// Where the next JSON opens in a text at or after `from`: an object with a key, or a list of such.
pub(super) fn embedded(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at.checked_add(memchr2(b'{', b'[', text.get(at..)?)?)?;
        let inner = skip_space(text, open.checked_add(1)?);
        let object = match (text.get(open), text.get(inner)) {
            (Some(b'{'), _) => opens_with_key(text, inner),
            (Some(b'['), Some(b'{')) => opens_with_key(text, skip_space(text, inner.checked_add(1)?)),
            _ => false,
        };
        if object {
            return Some(open);
        }
        at = open.checked_add(1)?;
    }
}

/// Longest key that tells embedded JSON from prose, in bytes.
const KEY_BYTES_MAX: usize = 128;

fn opens_with_key(text: &[u8], at: usize) -> bool {
    let tail = text.get(at..).unwrap_or_default();
    let Some((b'"', tail)) = tail.split_first().map(|(first, tail)| (*first, tail)) else { return false };
    let key = tail.get(..tail.len().min(KEY_BYTES_MAX)).unwrap_or_default();
    memchr2(b'"', b'\n', key).is_some_and(|end| {
        let after = at.saturating_add(end).saturating_add(2);
        text.get(skip_space(text, after)) == Some(&b':')
    })
}

/// One walk through JSON text.
struct Walk<'b> {
    body: &'b [u8],
    at: usize,
    /// The container around the text.
    outer: u32,
    /// Open containers that are not this walk's.
    floor: usize,
    /// Whether it ends with the first value.
    one: bool,
}

impl Walk<'_> {
    /// Walks to the end, or to the first byte that fits nothing; returns where that is.
    fn run(mut self, view: &mut View, name: u32) -> Result<usize, RedactErrorKind> {
        let body = self.body;
        let mut expect = Expect::Value;
        let mut key = name;
        loop {
            if self.one && expect == Expect::Document {
                return Ok(self.at);
            }
            self.at = skip_space(body, self.at);
            let Some(&byte) = body.get(self.at) else { return Ok(self.at) };
            let parent = self.parent(view);
            match (expect, byte) {
                (Expect::Key | Expect::KeyOrEnd, b'"') => {
                    self.at = string(view, body, self.at, ValueKind::JsonKey, NONE, parent)?;
                    key = view.last();
                    let colon = skip_space(body, self.at);
                    if body.get(colon) != Some(&b':') {
                        return Ok(self.at);
                    }
                    self.at = colon.saturating_add(1);
                    expect = Expect::Value;
                }
                (Expect::Value | Expect::ValueOrEnd | Expect::Document, b'{' | b'[') => {
                    if offset(view.stack.len()) >= DEPTH_MAX {
                        return Err(RedactErrorKind::TooDeep);
                    }
                    let is_array = byte == b'[';
                    view.stack.push(offset(view.containers.len()));
                    view.containers.push(Container { parent, name: key, label: NONE, is_array });
                    key = NONE;
                    self.at = self.at.saturating_add(1);
                    expect = if is_array { Expect::ValueOrEnd } else { Expect::KeyOrEnd };
                }
                (Expect::Value | Expect::ValueOrEnd | Expect::Document, b'"') => {
                    self.at = string(view, body, self.at, ValueKind::JsonString, key, parent)?;
                    note_label(view, key, parent);
                    (key, expect) = (NONE, self.after_value(view));
                }
                (Expect::Value | Expect::ValueOrEnd | Expect::Document, b'-' | b'0'..=b'9') => {
                    let end = number_end(body, self.at);
                    number(view, body, Span::of(self.at, end), key, parent)?;
                    self.at = end;
                    (key, expect) = (NONE, self.after_value(view));
                }
                (Expect::Value | Expect::ValueOrEnd, b't' | b'f' | b'n') => {
                    let Some(end) = literal_end(body, self.at) else { return Ok(self.at) };
                    self.at = end;
                    (key, expect) = (NONE, self.after_value(view));
                }
                (Expect::ValueOrEnd, b']') | (Expect::KeyOrEnd, b'}') => expect = self.end(view),
                (Expect::CommaOrEnd, b',') => {
                    self.at = self.at.saturating_add(1);
                    expect = if in_array(view, parent) { Expect::Value } else { Expect::Key };
                }
                (Expect::CommaOrEnd, b']' | b'}') if in_array(view, parent) == (byte == b']') => {
                    expect = self.end(view);
                }
                _ => return Ok(self.at),
            }
        }
    }

    fn parent(&self, view: &View) -> u32 {
        let own = view.stack.get(self.floor..).unwrap_or_default();
        own.last().copied().unwrap_or(self.outer)
    }

    /// Ends the innermost container.
    fn end(&mut self, view: &mut View) -> Expect {
        view.stack.pop();
        self.at = self.at.saturating_add(1);
        self.after_value(view)
    }

    fn after_value(&self, view: &View) -> Expect {
        if view.stack.len() <= self.floor { Expect::Document } else { Expect::CommaOrEnd }
    }
}

fn in_array(view: &View, container: u32) -> bool {
    view.containers.get(index(container)).is_some_and(|c| c.is_array)
}

/// The rest of a body that is no JSON, from the first byte that fits nothing.
fn rest(view: &mut View, body: &[u8], at: usize) -> Result<(), RedactErrorKind> {
    view.push_verbatim(ValueKind::Text, body, Span::of(at, body.len()), NONE, NONE)
}

/// Notes a string under `key`, `name`, … as the name of the `value` beside it.
fn note_label(view: &mut View, key: u32, parent: u32) {
    if key == NONE || !LABEL_KEYS.contains(&view.bytes(key)) {
        return;
    }
    let value = view.last();
    if let Some(container) = view.containers.get_mut(index(parent)).filter(|c| c.label == NONE) {
        container.label = value;
    }
}

/// Reads a string whose quote stands at `at`; returns the index after its closing quote.
fn string(
    view: &mut View,
    body: &[u8],
    at: usize,
    kind: ValueKind,
    name: u32,
    parent: u32,
) -> Result<usize, RedactErrorKind> {
    let start = at.saturating_add(1);
    let open = view.open();
    let mut from = start;
    loop {
        let tail = body.get(from..).unwrap_or_default();
        let Some(found) = memchr2(b'"', b'\\', tail) else {
            view.copy(body, Span::of(from, body.len()));
            view.close(kind, open, Span::of(start, body.len()), name, parent)?;
            return Ok(body.len());
        };
        let stop = from.saturating_add(found);
        view.copy(body, Span::of(from, stop));
        if body.get(stop) == Some(&b'"') {
            view.close(kind, open, Span::of(start, stop), name, parent)?;
            return Ok(stop.saturating_add(1));
        }
        from = escape(view, body, stop);
    }
}

/// Decodes the escape whose backslash stands at `at`; returns the index after it.
fn escape(view: &mut View, body: &[u8], at: usize) -> usize {
    let two = at.saturating_add(2);
    let simple = match body.get(at.saturating_add(1)) {
        Some(b'n') => b'\n',
        Some(b't') => b'\t',
        Some(b'r') => b'\r',
        Some(b'b') => 8,
        Some(b'f') => 12,
        Some(b'u') => return unicode_escape(view, body, at),
        Some(&other) => other,
        None => {
            view.copy(body, Span::of(at, body.len()));
            return body.len();
        }
    };
    view.decoded(&[simple], Span::of(at, two));
    two
}

fn unicode_escape(view: &mut View, body: &[u8], at: usize) -> usize {
    let Some(unit) = hex4(body, at.saturating_add(2)) else {
        // No escape: its bytes stay what they are, so that it ends a word.
        let two = at.saturating_add(2);
        view.copy(body, Span::of(at, two));
        return two;
    };
    let mut end = at.saturating_add(6);
    let mut code = u32::from(unit);
    if (0xD800..0xDC00).contains(&unit)
        && body.get(end..end.saturating_add(2)) == Some(b"\\u")
        && let Some(low) = hex4(body, end.saturating_add(2)).filter(|l| (0xDC00..0xE000).contains(l))
    {
        let high = u32::from(unit).wrapping_sub(0xD800).wrapping_shl(10);
        code = high.wrapping_add(u32::from(low).wrapping_sub(0xDC00)).wrapping_add(0x1_0000);
        end = end.saturating_add(6);
    }
    let decoded = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    let mut utf8 = [0_u8; 4];
    let text = decoded.encode_utf8(&mut utf8);
    view.decoded(text.as_bytes(), Span::of(at, end));
    end
}

fn hex4(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at.saturating_add(4))?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    std::str::from_utf8(digits).ok().and_then(|hex| u16::from_str_radix(hex, 16).ok())
}

/// Adds a number. One with an exponent is spelled out, since `4.1e15` may be a card.
fn number(view: &mut View, body: &[u8], raw: Span, name: u32, parent: u32) -> Result<(), RedactErrorKind> {
    let literal = raw.of_bytes(body);
    let open = view.open();
    let mut digits = [0_u8; 40];
    match spelled_out(literal, &mut digits) {
        Some(length) => view.decoded(digits.get(..length).unwrap_or_default(), raw),
        None => view.copy(body, raw),
    }
    view.close(ValueKind::JsonNumber, open, raw, name, parent)
}

/// The digits of a whole number written with an exponent, if they are at most 32.
fn spelled_out(literal: &[u8], out: &mut [u8; 40]) -> Option<usize> {
    let e = literal.iter().position(|b| matches!(b, b'e' | b'E'))?;
    let exponent = std::str::from_utf8(literal.get(e.saturating_add(1)..)?).ok()?;
    let exponent = exponent.trim_start_matches('+').parse::<usize>().ok()?;
    let mantissa = literal.get(..e)?;
    let point = mantissa.iter().position(|&b| b == b'.').unwrap_or(mantissa.len());
    let decimals = mantissa.len().saturating_sub(point.saturating_add(1));
    let zeros = exponent.checked_sub(decimals)?;
    let mut length = 0_usize;
    let mantissa_digits = mantissa.iter().copied().filter(u8::is_ascii_digit);
    for digit in mantissa_digits.chain(std::iter::repeat_n(b'0', zeros)) {
        if length >= 32 {
            return None;
        }
        *out.get_mut(length)? = digit;
        length = length.saturating_add(1);
    }
    Some(length)
}

fn number_end(body: &[u8], at: usize) -> usize {
    let tail = body.get(at..).unwrap_or_default();
    let length = tail
        .iter()
        .position(|b| !matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
        .unwrap_or(tail.len());
    at.saturating_add(length)
}

fn literal_end(body: &[u8], at: usize) -> Option<usize> {
    let tail = body.get(at..)?;
    [b"true".as_slice(), b"false", b"null"]
        .iter()
        .find(|word| tail.starts_with(word))
        .map(|word| at.saturating_add(word.len()))
}

fn bom(body: &[u8]) -> usize {
    if body.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

fn skip_space(body: &[u8], at: usize) -> usize {
    let tail = body.get(at..).unwrap_or_default();
    let length = tail.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r')).unwrap_or(tail.len());
    at.saturating_add(length)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::super::Format;
    use super::*;

    fn values(body: &[u8]) -> Vec<(ValueKind, String)> {
        let mut view = View::default();
        view.read(body, Format::Json).unwrap();
        (0..view.values.len())
            .map(|i| {
                let text = String::from_utf8_lossy(view.bytes(offset(i))).into_owned();
                (view.values[i].kind, text)
            })
            .collect()
    }

    #[test]
    fn escapes_are_decoded_and_mapped_back() {
        let body = br#"{"a\u0062":"x\u00e9y\/z\n\ud83d\ude00"}"#;
        assert_eq!(
            values(body),
            vec![(ValueKind::JsonKey, "ab".into()), (ValueKind::JsonString, "x\u{e9}y/z\n\u{1F600}".into())]
        );
        let mut view = View::default();
        view.read(body, Format::Json).unwrap();
        let value = view.values[1].view;
        // "é" is two bytes of the view and one escape of the body.
        let raw = view.to_raw(Span::new(value.start + 2, value.start + 3));
        assert_eq!(&body[raw.range()], br"\u00e9");
    }

    #[test]
    fn broken_and_cut_off_documents_keep_what_was_read() {
        assert_eq!(
            values(br#"{"a":"b","c":"dd"#),
            vec![
                (ValueKind::JsonKey, "a".into()),
                (ValueKind::JsonString, "b".into()),
                (ValueKind::JsonKey, "c".into()),
                (ValueKind::JsonString, "dd".into())
            ]
        );
        assert_eq!(values(br#"{"a":1} tail"#).last(), Some(&(ValueKind::Text, "tail".into())));
        assert_eq!(values(b"{\"a\":1}\n{\"b\":2}\n").len(), 4);
    }

    #[test]
    fn json_in_strings_is_read_and_mapped_back() {
        let body = br#"{"p":"Order: {\"n\": \"Aur\\u00e9lie\", \"t\": 5}, ok {x}","q":"[{\"a\":\"b\"}]"}"#;
        let mut view = View::default();
        view.read_deep(body, Format::Json).unwrap();
        let got: Vec<(String, &str, u8)> = view
            .values
            .iter()
            .map(|v| {
                let raw = view.to_raw(v.view);
                let text = String::from_utf8_lossy(v.view.of_bytes(&view.text)).into_owned();
                (text, std::str::from_utf8(&body[raw.range()]).unwrap(), v.depth)
            })
            .collect();
        let expected = [
            ("p", "p", 0),
            ("Order: ", "Order: ", 0),
            ("n", "n", 1),
            ("Aur\u{e9}lie", r"Aur\\u00e9lie", 1),
            ("t", "t", 1),
            ("5", "5", 1),
            (", ok {x}", ", ok {x}", 0),
            ("q", "q", 0),
            ("a", "a", 1),
            ("b", "b", 1),
        ];
        assert_eq!(got, expected.map(|(text, raw, depth)| (text.to_owned(), raw, depth)));
    }

    #[test]
    fn a_number_with_an_exponent_is_spelled_out() {
        assert_eq!(values(b"[4.111111111111111e15]")[0].1, "4111111111111111");
        assert_eq!(values(b"[1.5e-3]")[0].1, "1.5e-3");
    }

    #[test]
    fn a_member_without_its_braces_is_text() {
        assert!(looks_like_json(b"\"just a string\"\n"));
        assert!(!looks_like_json(br#""encryption_key": "value""#));
        assert!(!looks_like_json(br#""Quoted," she said, "is prose.""#));
    }

    #[test]
    fn depth_is_bounded_at_the_limit() {
        let limit = usize::try_from(DEPTH_MAX).unwrap();
        let mut view = View::default();
        assert!(view.read("[".repeat(limit).as_bytes(), Format::Json).is_ok());
        assert_eq!(view.read("[".repeat(limit + 1).as_bytes(), Format::Json), Err(RedactErrorKind::TooDeep));
    }
}
