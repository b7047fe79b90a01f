//! Reads `application/x-www-form-urlencoded` bodies and query strings.

use memchr::{memchr, memchr2};

use super::{NONE, ValueKind, View};
use crate::error::RedactErrorKind;
use crate::span::Span;

/// True when the body has a `=` before any byte that a form would have escaped.
pub(super) fn looks_like_form(body: &[u8]) -> bool {
    let end = memchr(b'=', body);
    end.is_some_and(|end| {
        body.get(..end)
            .is_some_and(|name| !name.iter().any(|b| matches!(b, b' ' | b'\n' | b'"' | b'{' | b'<')))
    })
}

pub(super) fn read(view: &mut View, body: &[u8]) -> Result<(), RedactErrorKind> {
    let mut at = 0_usize;
    while at < body.len() {
        let tail = body.get(at..).unwrap_or_default();
        let end = at.saturating_add(memchr(b'&', tail).unwrap_or(tail.len()));
        let pair = body.get(at..end).unwrap_or_default();
        match memchr(b'=', pair) {
            Some(equals) => {
                let equals = at.saturating_add(equals);
                part(view, body, Span::of(at, equals), ValueKind::FormName, NONE)?;
                let name = view.last();
                part(view, body, Span::of(equals.saturating_add(1), end), ValueKind::FormValue, name)?;
            }
            None => part(view, body, Span::of(at, end), ValueKind::FormValue, NONE)?,
        }
        at = end.saturating_add(1);
    }
    Ok(())
}

/// Decodes one name or value: `%XX` and `+`.
fn part(view: &mut View, body: &[u8], raw: Span, kind: ValueKind, name: u32) -> Result<(), RedactErrorKind> {
    let open = view.open();
    let (mut from, end) = (crate::span::index(raw.start), crate::span::index(raw.end));
    while from < end {
        let tail = body.get(from..end).unwrap_or_default();
        let Some(found) = memchr2(b'%', b'+', tail) else { break };
        let stop = from.saturating_add(found);
        view.copy(body, Span::of(from, stop));
        let next = stop.saturating_add(1);
        from = if body.get(stop) == Some(&b'+') {
            view.decoded(b" ", Span::of(stop, next));
            next
        } else if let Some(byte) = hex2(body.get(next..stop.saturating_add(3).min(end))) {
            let after = stop.saturating_add(3);
            view.decoded(&[byte], Span::of(stop, after));
            after
        } else {
            view.copy(body, Span::of(stop, next));
            next
        };
    }
    view.copy(body, Span::of(from.min(end), end));
    view.close(kind, open, raw, name, NONE)
}

fn hex2(digits: Option<&[u8]>) -> Option<u8> {
    let &[high, low] = digits? else { return None };
    let high = char::from(high).to_digit(16)?;
    let low = char::from(low).to_digit(16)?;
    u8::try_from(high.wrapping_shl(4) | low).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::Format;
    use super::*;

    fn check(body: &[u8], expected: &[&str]) {
        let mut view = View::default();
        view.read(body, Format::Form).unwrap();
        let got: Vec<String> = (0_u32..)
            .take(view.values.len())
            .map(|i| String::from_utf8_lossy(view.bytes(i)).into_owned())
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn names_and_values_are_decoded() {
        check(
            b"billing%5Bfirst_name%5D=Anna+Maria&a=%C3%A9%4&flag&=x",
            &["billing[first_name]", "Anna Maria", "a", "\u{e9}%4", "flag", "", "x"],
        );
    }

    #[test]
    fn prose_with_an_equals_sign_is_no_form() {
        assert!(looks_like_form(b"a=1&b=2"));
        assert!(!looks_like_form(b"we know that a=1"));
        assert!(!looks_like_form(b"plain"));
    }
}
