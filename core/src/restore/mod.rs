//! Puts an exchange's real values back into a reply, where they may stand.
//!
//! A reply is hostile text: whoever wrote what the AI read may have told it to carry a token out in
//! an image's address. So a value goes only where nothing sends it on, escaped for each container it
//! lies in; every other byte stays as it is. Nothing that was put in is read again.
//! It must not know rules, policies or transport.

mod address;
mod level;
mod link;
mod markup;
mod place;
mod tool;
mod write;

use std::collections::BTreeSet;

use self::level::{Level, Spans};
use self::markup::has_tag;
use self::place::Place;
use self::write::{Writer, escaped, is_json_number};
use crate::document::{
    EscapeFor, Format, Value, ValueKind, View, looks_like_json, shape, sniff, write_escaped,
};
use crate::limits::{BODY_BYTES_MAX, RESTORE_DEPTH_MAX};
use crate::session::{Digits, Restored, Session, Spelling, TOKEN_DIGITS, TokenAt, next_token};
use crate::span::{Span, index, offset};

/// The reply with the session's values in place of its tokens, where they may stand. `tools` are the
/// names of the tools whose arguments may hold values.
///
/// A reply that cannot be read (too deep, too many values, an event stream) is left as it is.
pub(crate) fn restore(reply: &[u8], content_type: &str, session: &Session, tools: &[String]) -> Restored {
    if !may_hold_token(reply, session) {
        return Restored::default();
    }
    let declared = Declared::read(content_type);
    if declared.is_stream || reply.len() > index(BODY_BYTES_MAX) || starts_a_stream(reply) {
        return left_alone(reply);
    }
    let Some(view) = read(reply, declared.media_type) else { return left_alone(reply) };
    let tools = tools.iter().map(String::as_bytes).collect();
    let mut walk = Walk {
        session,
        declared,
        levels: vec![Level::new(view, 0, &tools)],
        tools,
        out: Writer { reply, new: Vec::new(), copied: 0, inserted: 0, is_full: false },
        restored: 0,
        unresolved: 0,
    };
    walk.run();
    walk.finish()
}

fn left_alone(reply: &[u8]) -> Restored {
    Restored { body: None, restored: 0, unresolved: tokens(reply) }
}

/// How many token-shaped stretches a text holds.
fn tokens(text: &[u8]) -> u32 {
    let next = |after: &TokenAt| next_token(text, after.end, Spelling::Tolerant);
    offset(std::iter::successors(next_token(text, 0, Spelling::Tolerant), next).count())
}

/// True unless the bytes surely hold neither a token nor a number of the session. Costs no allocation.
fn may_hold_token(bytes: &[u8], session: &Session) -> bool {
    let is_mark = |at: usize| {
        let Some(digits) = bytes.get(at..).and_then(|tail| tail.first_chunk::<TOKEN_DIGITS>()) else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        digits.iter().all(u8::is_ascii_digit)
            // The `f` ends an escaped underscore.
            && (matches!(before, Some(b'_' | b'f' | b'F')) || session.number(digits).is_some())
    };
    // A digit may be escaped.
    let is_escape = |at: usize| {
        bytes.get(at..at.saturating_add(6)).is_some_and(|escape| {
            escape.starts_with(b"\\u003") && escape.last().is_some_and(u8::is_ascii_digit)
        })
    };
    memchr::memchr_iter(b'9', bytes).any(is_mark)
        || memchr::memmem::find_iter(bytes, b"\\u003").any(is_escape)
}

/// What the transport says about a reply. Only what makes a restore more careful is believed.
#[derive(Clone, Copy)]
struct Declared {
    media_type: &'static str,
    is_stream: bool,
    is_markup: bool,
    /// In a character set where other bytes would mean something else.
    is_ascii: bool,
}

impl Declared {
    fn read(content_type: &str) -> Self {
        let mut parts = content_type.split(';').map(str::trim);
        let media_type = parts.next().unwrap_or_default();
        let is = |name: &str| media_type.eq_ignore_ascii_case(name);
        let ends = |end: &str| {
            media_type
                .get(media_type.len().saturating_sub(end.len())..)
                .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
        };
        let form = "application/x-www-form-urlencoded";
        let charset = parts
            .filter_map(|p| p.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        Self {
            media_type: if is(form) { form } else { "" },
            is_stream: is("text/event-stream"),
            is_markup: is("text/html") || ends("/xml") || ends("+xml"),
            is_ascii: charset.is_some_and(|(_, name)| {
                !matches!(name.trim().trim_matches('"').to_ascii_lowercase().as_str(), "utf-8" | "utf8")
            }),
        }
    }
}

/// True for an event stream: whole values would break the JSON of its lines, and a token may lie over
/// several of them.
fn starts_a_stream(reply: &[u8]) -> bool {
    reply.starts_with(b"data:") || reply.starts_with(b"event:")
}

/// Reads a reply. What begins as JSON but holds no more than numbers before it breaks is text: `[1] See …`.
fn read(reply: &[u8], media_type: &str) -> Option<View> {
    let mut view = View::default();
    let format = sniff(reply, media_type);
    view.read(reply, format).ok()?;
    if format == Format::Json {
        let in_quotes = reply.trim_ascii_start().first() == Some(&b'"');
        let has_string =
            view.values.iter().any(|v| matches!(v.kind, ValueKind::JsonKey | ValueKind::JsonString));
        if is_broken(&view) && (in_quotes || !has_string) {
            view.read(reply, Format::Text).ok()?;
        } else {
            shape::mark(&mut view);
        }
    }
    Some(view)
}

fn is_broken(view: &View) -> bool {
    view.values.last().is_some_and(|v| v.kind == ValueKind::Text)
}

struct Walk<'a> {
    session: &'a Session,
    tools: BTreeSet<&'a [u8]>,
    declared: Declared,
    /// The reply first, the document that is being read last.
    levels: Vec<Level>,
    out: Writer<'a>,
    restored: u32,
    unresolved: u32,
}

impl Walk<'_> {
    fn run(&mut self) {
        while let Some(level) = self.levels.last_mut() {
            let Some(value) = level.step() else {
                self.levels.pop();
                continue;
            };
            if value.kind == ValueKind::JsonNumber {
                self.number(&value);
            } else {
                self.text(&value);
            }
        }
    }

    fn finish(self) -> Restored {
        let body = (self.restored > 0).then(|| self.out.finish());
        Restored { body, restored: self.restored, unresolved: self.unresolved }
    }

    fn leave(&mut self, tokens: u32) {
        self.unresolved = self.unresolved.saturating_add(tokens);
    }

    /// Protocol, and arguments of tools that the policy does not name.
    fn is_closed(&self, value: &Value) -> bool {
        value.envelope || self.levels.last().is_some_and(|level| level.tools.is_closed(&level.view, value))
    }

    fn number(&mut self, value: &Value) {
        let Some(level) = self.levels.last() else { return };
        // A number with an exponent is longer in the body than its digits.
        let Ok(digits) = Digits::try_from(level.text()) else { return };
        let Some(real) = self.session.number(&digits).filter(|_| value.raw.len() == value.view.len()) else {
            return;
        };
        let mut spans = Spans::default();
        if self.is_closed(value) || !is_json_number(real) || !self.locate(value.view, &mut spans) {
            return self.leave(1);
        }
        self.put(real.to_vec(), &spans);
    }

    fn text(&mut self, value: &Value) {
        let Some(level) = self.levels.last() else { return };
        let text = level.text();
        if !may_hold_token(text, self.session) {
            return;
        }
        if self.is_closed(value) {
            let left = tokens(text);
            return self.leave(left);
        }
        if value.kind != ValueKind::Text && looks_like_json(text) {
            let mut view = View::default();
            let readable = view.read(text, Format::Json).is_ok();
            if !readable || self.levels.len() > index(RESTORE_DEPTH_MAX) {
                let left = tokens(text);
                return self.leave(left);
            }
            if !is_broken(&view) {
                self.levels.push(Level::new(view, value.view.start, &self.tools));
                return;
            }
        }
        self.leaf(value);
    }

    /// A value that is text and no document.
    fn leaf(&mut self, value: &Value) {
        let Some(level) = self.levels.last() else { return };
        let is_html = has_tag(level.text()) || (self.declared.is_markup && value.kind == ValueKind::Text);
        let mut from = 0_usize;
        while let Some(token) =
            self.levels.last().and_then(|l| next_token(l.text(), from, Spelling::Tolerant))
        {
            from = token.end;
            if !self.token(value, &token, is_html) {
                self.leave(1);
            }
        }
    }

    /// Replaces a token; false when it has to stay.
    fn token(&mut self, value: &Value, token: &TokenAt, is_html: bool) -> bool {
        let Some(level) = self.levels.last_mut() else { return false };
        let text = value.view.of_bytes(&level.view.text);
        let place = level.scan.place(text, token.start);
        let kind = text.get(token.start..token.kind_end).unwrap_or_default();
        let Some(real) = self.session.value(kind, &token.digits) else { return false };
        // Half a character would make the whole reply unreadable, a stand-in for it would be kept as true.
        let is_writable = std::str::from_utf8(real).is_ok() && (real.is_ascii() || !self.declared.is_ascii);
        if place == Place::Closed || !is_writable || self.out.is_full {
            return false;
        }
        let start = index(value.view.start);
        let span = Span::of(start.saturating_add(token.start), start.saturating_add(token.end));
        let mut spans = Spans::default();
        if !self.locate(span, &mut spans) {
            return false;
        }
        let mut new = Vec::with_capacity(real.len());
        write_escaped(&mut new, real, if is_html { EscapeFor::Html } else { EscapeFor::Plain });
        match place {
            Place::Json => new = escaped(&new, EscapeFor::Json),
            Place::Unsure if escaped(&new, EscapeFor::Json) != new => return false,
            Place::Unsure | Place::Plain | Place::Closed => {}
        }
        self.put(new, &spans);
        true
    }

    /// Finds a range of the innermost view in every level around it; false when one of them, read as
    /// text, would carry it somewhere.
    fn locate(&mut self, span: Span, spans: &mut Spans) -> bool {
        let innermost = self.levels.len().saturating_sub(1);
        let mut span = span;
        for (i, level) in self.levels.iter_mut().enumerate().rev() {
            if i < innermost {
                let (start, _) = level.relative(span);
                let text = level.current.map_or(&[][..], |v| v.view.of_bytes(&level.view.text));
                if level.scan.is_closed(text, start) {
                    return false;
                }
            }
            if let Some(place) = spans.levels.get_mut(i) {
                *place = span;
            }
            let raw = level.view.to_raw(span);
            span = Span::new(raw.start.saturating_add(level.base), raw.end.saturating_add(level.base));
        }
        spans.reply = span;
        true
    }

    /// Writes a value, escaping it for each container from the inside out.
    fn put(&mut self, new: Vec<u8>, spans: &Spans) {
        let mut new = new;
        for (level, span) in self.levels.iter_mut().zip(spans.levels).rev() {
            let (_, end) = level.relative(span);
            level.scan.replaced(end, &new);
            if level.escape() != EscapeFor::Plain {
                new = escaped(&new, level.escape());
            }
        }
        if self.out.write(spans.reply, &new) {
            self.restored = self.restored.saturating_add(1);
        } else {
            self.leave(1);
        }
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
mod tests;
