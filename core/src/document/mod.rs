//! Where values begin and end in a body, what names them, and how to write a replacement there.
//!
//! A reader turns a body into a [`View`]: the decoded text of every value in one buffer, values apart
//! by a NUL, with a map back to the raw bytes. All later stages work on the view, so that an escaped
//! value costs nobody else a thought. Readers are lenient: what does not parse is read as text, so
//! that a body that lies about its type is scanned all the same. They must not know any rule.

mod escape;
mod form;
mod json;
pub(crate) mod label;
pub(crate) mod shape;

pub(crate) use escape::{Container as EscapeFor, write_escaped};
pub(crate) use json::looks_like_json;

use crate::error::RedactErrorKind;
use crate::limits::VALUES_MAX;
use crate::span::{Span, index, offset};

/// No such value or container.
pub(crate) const NONE: u32 = u32::MAX;

/// What a body is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Form,
    Text,
}

/// What a value is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    JsonKey,
    JsonString,
    JsonNumber,
    FormName,
    FormValue,
    Text,
}

impl ValueKind {
    /// True for what names another value.
    pub(crate) const fn is_name(self) -> bool {
        matches!(self, Self::JsonKey | Self::FormName)
    }
}

/// One value: where it stands in the view and in the body, and what names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    pub(crate) kind: ValueKind,
    /// In the view.
    pub(crate) view: Span,
    /// In the body, without quotes.
    pub(crate) raw: Span,
    /// The value that names this one, or [`NONE`].
    pub(crate) name: u32,
    /// The container around it, or [`NONE`].
    pub(crate) parent: u32,
    /// Protocol, not content: never altered.
    pub(crate) envelope: bool,
    /// Encoded media, not text: counted and passed.
    pub(crate) unread: bool,
}

/// A JSON object or array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container {
    pub(crate) parent: u32,
    /// The key that names it, or [`NONE`].
    pub(crate) name: u32,
    /// In objects of the form `{"key": "...", "value": ...}`, the value that stands as the name.
    pub(crate) label: u32,
    pub(crate) is_array: bool,
}

/// A stretch of the view that comes from one stretch of the body.
#[derive(Clone, Copy, Debug)]
struct Segment {
    view: u32,
    raw: Span,
    /// Byte for byte the same; else one escape that only counts as a whole.
    verbatim: bool,
}

/// The decoded text of a body's values and the way back to its bytes.
#[derive(Default)]
pub(crate) struct View {
    pub(crate) text: Vec<u8>,
    pub(crate) values: Vec<Value>,
    pub(crate) containers: Vec<Container>,
    segments: Vec<Segment>,
    stack: Vec<u32>,
}

impl View {
    /// Reads `body` as `format`.
    pub(crate) fn read(&mut self, body: &[u8], format: Format) -> Result<(), RedactErrorKind> {
        self.text.clear();
        self.values.clear();
        self.containers.clear();
        self.segments.clear();
        self.stack.clear();
        match format {
            Format::Json => json::read(self, body),
            Format::Form => form::read(self, body),
            Format::Text => self.push_verbatim(ValueKind::Text, body, Span::of(0, body.len()), NONE, NONE),
        }
    }

    /// The decoded bytes of a value.
    pub(crate) fn bytes(&self, value: u32) -> &[u8] {
        self.values.get(index(value)).map_or(&[], |v| v.view.of_bytes(&self.text))
    }

    /// The value whose view holds `at`.
    pub(crate) fn value_at(&self, at: u32) -> Option<u32> {
        let after = self.values.partition_point(|v| v.view.start <= at);
        let found = after.checked_sub(1)?;
        self.values.get(found).filter(|v| at < v.view.end).map(|_| offset(found))
    }

    /// The body's range behind a range of the view that lies within one value. Widens to whole escapes.
    pub(crate) fn to_raw(&self, span: Span) -> Span {
        let start = self.segment(span.start).map_or(0, |s| {
            if s.verbatim {
                s.raw.start.saturating_add(span.start.saturating_sub(s.view))
            } else {
                s.raw.start
            }
        });
        let last = span.end.saturating_sub(1);
        let end = self.segment(last).map_or(start, |s| {
            if s.verbatim {
                s.raw.start.saturating_add(span.end.saturating_sub(s.view)).min(s.raw.end)
            } else {
                s.raw.end
            }
        });
        Span::new(start, end)
    }

    fn segment(&self, at: u32) -> Option<Segment> {
        let after = self.segments.partition_point(|s| s.view <= at);
        after.checked_sub(1).and_then(|i| self.segments.get(i)).copied()
    }

    /// Adds a value whose decoded text is its raw bytes.
    fn push_verbatim(
        &mut self,
        kind: ValueKind,
        body: &[u8],
        raw: Span,
        name: u32,
        parent: u32,
    ) -> Result<(), RedactErrorKind> {
        let at = self.open();
        self.copy(body, raw);
        self.close(kind, at, raw, name, parent)
    }

    /// Begins a value: where its text starts in the view.
    fn open(&self) -> u32 {
        offset(self.text.len())
    }

    /// Adds raw bytes as they are to the open value.
    fn copy(&mut self, body: &[u8], raw: Span) {
        if !raw.is_empty() {
            self.segments.push(Segment { view: offset(self.text.len()), raw, verbatim: true });
            self.text.extend_from_slice(raw.of_bytes(body));
        }
    }

    /// Adds what one escape stands for to the open value.
    fn decoded(&mut self, bytes: &[u8], raw: Span) {
        self.segments.push(Segment { view: offset(self.text.len()), raw, verbatim: false });
        self.text.extend_from_slice(bytes);
    }

    /// Ends the value opened at `at`.
    fn close(
        &mut self,
        kind: ValueKind,
        at: u32,
        raw: Span,
        name: u32,
        parent: u32,
    ) -> Result<(), RedactErrorKind> {
        if offset(self.values.len()) >= VALUES_MAX {
            return Err(RedactErrorKind::TooManyValues);
        }
        let view = Span::new(at, offset(self.text.len()));
        self.text.push(0);
        self.values.push(Value { kind, view, raw, name, parent, envelope: false, unread: false });
        Ok(())
    }

    /// Index of the value closed last.
    fn last(&self) -> u32 {
        offset(self.values.len()).checked_sub(1).unwrap_or(NONE)
    }
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View")
            .field("bytes", &self.text.len())
            .field("values", &self.values.len())
            .finish_non_exhaustive()
    }
}

/// What to read a body as: what it is, not what it says it is. WordPress labels JSON as a form.
pub(crate) fn sniff(body: &[u8], media_type: &str) -> Format {
    if looks_like_json(body) {
        return Format::Json;
    }
    if media_type == "application/x-www-form-urlencoded" && form::looks_like_form(body) {
        return Format::Form;
    }
    Format::Text
}
