//! Labels in running text: `SKU: AB-12`, `"first_name": "Anna"`, `order_number=1001`.
//!
//! Prompts hold half a document as often as a whole one; a name before a colon or an equals sign says
//! as much there as a JSON key. It must not know the vocabulary: it tells where a name and the
//! possible values stand, in the text it was given.

use memchr::memchr2;

use crate::span::Span;

/// Longest name that is looked at, in bytes.
const NAME_BYTES_MAX: usize = 48;
/// Longest value of a label, in bytes.
const VALUE_BYTES_MAX: usize = 256;

/// A name in running text and how far its value may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The name, without quotes.
    pub(crate) name: Span,
    /// The value up to the next space or bracket; the whole value when it is quoted.
    pub(crate) word: Span,
    /// The value up to the end of its line or clause.
    pub(crate) line: Span,
    /// The value stands in quotes.
    pub(crate) quoted: bool,
}

/// The labels of a text, in order.
pub(crate) fn labels(text: &[u8]) -> impl Iterator<Item = Label> + '_ {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let sign = at.checked_add(memchr2(b':', b'=', text.get(at..)?)?)?;
            at = sign.checked_add(1)?;
            if let Some(label) = label_at(text, sign) {
                return Some(label);
            }
        }
    })
}

fn label_at(text: &[u8], sign: usize) -> Option<Label> {
    // `::`, `==`, `=>` and `://` are code and addresses; `:=` and `=:` too.
    if matches!(text.get(sign.checked_add(1)?), Some(b':' | b'=' | b'>' | b'/')) {
        return None;
    }
    let name = name_before(text, sign)?;
    let (start, quote) = value_start(text, sign.checked_add(1)?);
    let tail = text.get(start..)?;
    let tail = tail.get(..tail.len().min(VALUE_BYTES_MAX))?;
    if let Some(quote) = quote {
        let length = tail.iter().position(|b| *b == quote || *b == b'\n')?;
        // Escaped quotes end with a backslash that belongs to the quote.
        let length =
            if tail.get(length.wrapping_sub(1)) == Some(&b'\\') { length.saturating_sub(1) } else { length };
        let value = Span::of(start, start.saturating_add(length));
        return (length > 0).then_some(Label { name, word: value, line: value, quoted: true });
    }
    let line = tail.iter().position(|b| is_clause_end(*b)).unwrap_or(tail.len());
    let word = tail.iter().position(|b| b.is_ascii_whitespace() || is_word_end(*b)).unwrap_or(tail.len());
    let line = trimmed(tail.get(..line)?);
    let word = trimmed(tail.get(..word.min(line.max(word)))?);
    (word > 0).then_some(Label {
        name,
        word: Span::of(start, start.saturating_add(word)),
        line: Span::of(start, start.saturating_add(line.max(word))),
        quoted: false,
    })
}

fn is_clause_end(byte: u8) -> bool {
    matches!(
        byte,
        0 | b'\n' | b'\r' | b';' | b'|' | b'<' | b'>' | b'{' | b'}' | b'[' | b']' | b'"' | b'&' | b'\t'
    )
}

fn is_word_end(byte: u8) -> bool {
    is_clause_end(byte) || matches!(byte, b',' | b'(' | b')' | b'\'' | b'`')
}

/// Length without trailing spaces and sentence ends.
fn trimmed(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .rposition(|b| !b.is_ascii_whitespace() && !matches!(b, b'.' | b',' | b'!' | b'?' | b':' | b'\\'))
        .map_or(0, |last| last.saturating_add(1))
}

/// The name that ends before `sign`: in quotes, or the last words of its clause.
fn name_before(text: &[u8], sign: usize) -> Option<Span> {
    let head = text.get(sign.saturating_sub(NAME_BYTES_MAX)..sign)?;
    let head_start = sign.saturating_sub(head.len());
    // `**SKU**:` is a label too.
    let spaced = head.iter().rposition(|b| !matches!(b, b' ' | b'\t' | b'*'))?;
    if matches!(head.get(spaced), Some(b'"' | b'\'')) {
        let quote = *head.get(spaced)?;
        let inside = head.get(..spaced)?;
        let inside = inside.strip_suffix(b"\\").unwrap_or(inside);
        let open = inside.iter().rposition(|b| *b == quote)?;
        return name(head_start, open.checked_add(1)?, inside.len());
    }
    let inside = head.get(..spaced.checked_add(1)?)?;
    let open = inside
        .iter()
        .rposition(|b| {
            !(b.is_ascii_alphanumeric()
                || *b >= 0x80
                || matches!(b, b'_' | b'-' | b' ' | b'.' | b'#' | b'/' | b'[' | b']'))
        })
        .map_or(0, |at| at.saturating_add(1));
    let start = inside.get(open..)?.iter().position(|b| !matches!(b, b' ' | b'-'))?;
    name(head_start, open.saturating_add(start), inside.len())
}

fn name(base: usize, start: usize, end: usize) -> Option<Span> {
    (start < end).then(|| Span::of(base.saturating_add(start), base.saturating_add(end)))
}

/// Skips spaces and Markdown emphasis; tells an opening quote.
fn value_start(text: &[u8], at: usize) -> (usize, Option<u8>) {
    let tail = text.get(at..).unwrap_or_default();
    let blank = tail.iter().take(8).take_while(|b| matches!(b, b' ' | b'\t' | b'*')).count();
    let at = at.saturating_add(blank);
    let at = if text.get(at) == Some(&b'\\') && text.get(at.saturating_add(1)) == Some(&b'"') {
        at.saturating_add(1)
    } else {
        at
    };
    match text.get(at) {
        Some(&quote @ (b'"' | b'\'')) => (at.saturating_add(1), Some(quote)),
        _ => (at, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let bytes = text.as_bytes();
        let text = |span: Span| String::from_utf8_lossy(span.of_bytes(bytes)).into_owned();
        let got: Vec<_> = labels(bytes).map(|l| (text(l.name), text(l.word), text(l.line))).collect();
        let got: Vec<(&str, &str, &str)> =
            got.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn prose_labels() {
        check("SKU: AB-12.", &[("SKU", "AB-12", "AB-12")]);
        check(
            "- Name: Anna Larsen, Oslo\nE-Mail: a@b.de",
            &[("Name", "Anna", "Anna Larsen, Oslo"), ("E-Mail", "a@b.de", "a@b.de")],
        );
        check("Order number = 1001 (paid)", &[("Order number", "1001", "1001 (paid)")]);
    }

    #[test]
    fn quoted_names_and_values() {
        check(
            r#"{"first_name": "Anna \"A\" L", "n": 5}"#,
            &[("first_name", "Anna ", "Anna "), ("n", "5", "5")],
        );
        check(r#"{\"sku\":\"AB 12\"}"#, &[("sku", "AB 12", "AB 12")]);
    }

    #[test]
    fn code_and_addresses_are_no_labels() {
        check("https://example.com std::vec a == b x => y", &[]);
        check("empty:", &[]);
    }
}
