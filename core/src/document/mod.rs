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

pub(crate) use escape::{EscapeFor, write_escaped};
pub(crate) use json::looks_like_json;

use crate::error::RedactErrorKind;
use crate::limits::{NESTED_JSON_MAX, VALUES_MAX};
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
    /// How many strings with JSON in them the value stands in.
    pub(crate) depth: u8,
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
    format: Option<Format>,
    /// Whether JSON inside of strings is read too.
    deep: bool,
    /// For each string around the reader, how its decoded text leads back to the body.
    levels: Vec<Vec<Segment>>,
    spare: Vec<(Vec<u8>, Vec<Segment>)>,
}

impl View {
    /// Reads `body` as `format`, and JSON that stands in its strings too: a prompt holds half a document
    /// as often as a whole one. Such a string becomes several values: the prose around, and the JSON's.
    pub(crate) fn read_deep(&mut self, body: &[u8], format: Format) -> Result<(), RedactErrorKind> {
        self.deep = true;
        self.read_as(body, format)
    }

    /// Reads `body` as `format`; every string is one value.
    pub(crate) fn read(&mut self, body: &[u8], format: Format) -> Result<(), RedactErrorKind> {
        self.deep = false;
        self.read_as(body, format)
    }

    fn read_as(&mut self, body: &[u8], format: Format) -> Result<(), RedactErrorKind> {
        self.format = Some(format);
        while let Some(level) = self.levels.pop() {
            self.spare.push((Vec::new(), level));
        }
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
        to_raw(&self.segments, span)
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

    /// Adds bytes as they are to the open value.
    fn copy(&mut self, body: &[u8], span: Span) {
        if span.is_empty() {
            return;
        }
        let Self { levels, segments, text, .. } = self;
        let at = offset(text.len());
        text.extend_from_slice(span.of_bytes(body));
        let Some(base) = levels.last() else {
            segments.push(Segment { view: at, raw: span, verbatim: true });
            return;
        };
        // The bytes are a string's decoded text: lead back through that string's own segments.
        let first = base.partition_point(|s| s.view <= span.start).saturating_sub(1);
        for (n, below) in base.iter().enumerate().skip(first).take_while(|(_, s)| s.view < span.end) {
            let next = base.get(n.saturating_add(1)).map_or(span.end, |s| s.view);
            let (start, end) = (below.view.max(span.start), next.min(span.end));
            let within = |at: u32| below.raw.start.saturating_add(at.saturating_sub(below.view));
            let raw = if below.verbatim { Span::new(within(start), within(end)) } else { below.raw };
            let view = at.saturating_add(start.saturating_sub(span.start));
            segments.push(Segment { view, raw, verbatim: below.verbatim });
        }
    }

    /// Adds what one escape stands for to the open value.
    fn decoded(&mut self, bytes: &[u8], span: Span) {
        let raw = self.levels.last().map_or(span, |base| to_raw(base, span));
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
        let prose = matches!(kind, ValueKind::JsonString | ValueKind::FormValue | ValueKind::Text);
        if self.deep && prose && self.levels.len() < index(NESTED_JSON_MAX) {
            let text = self.text.get(index(at)..).unwrap_or_default();
            if json::embedded(text, 0).is_some() {
                return self.split(kind, at, name, parent);
            }
        }
        self.push(kind, at, raw, name, parent, self.levels.len())
    }

    fn push(
        &mut self,
        kind: ValueKind,
        at: u32,
        raw: Span,
        name: u32,
        parent: u32,
        depth: usize,
    ) -> Result<(), RedactErrorKind> {
        if offset(self.values.len()) >= VALUES_MAX {
            return Err(RedactErrorKind::TooManyValues);
        }
        let view = Span::new(at, offset(self.text.len()));
        let depth = u8::try_from(depth).unwrap_or(u8::MAX);
        self.text.push(0);
        self.values.push(Value { kind, view, raw, name, parent, envelope: false, unread: false, depth });
        Ok(())
    }

    /// Reads the open value's text again, as prose with JSON in it. As deep as [`NESTED_JSON_MAX`].
    fn split(&mut self, kind: ValueKind, at: u32, name: u32, parent: u32) -> Result<(), RedactErrorKind> {
        let (mut text, mut level) = self.spare.pop().unwrap_or_default();
        text.clear();
        level.clear();
        text.extend_from_slice(self.text.get(index(at)..).unwrap_or_default());
        self.text.truncate(index(at));
        let first = self.segments.partition_point(|s| s.view < at);
        let moved = self.segments.drain(first..);
        level.extend(moved.map(|s| Segment { view: s.view.saturating_sub(at), ..s }));
        self.levels.push(level);
        let result = self.pieces(&text, kind, name, parent);
        if let Some(level) = self.levels.pop() {
            self.spare.push((text, level));
        }
        result
    }

    fn pieces(
        &mut self,
        text: &[u8],
        kind: ValueKind,
        name: u32,
        parent: u32,
    ) -> Result<(), RedactErrorKind> {
        let mut at = 0_usize;
        while let Some(open) = json::embedded(text, at) {
            self.prose(text, Span::of(at, open), kind, name, parent)?;
            let end = json::read_embedded(self, text, open, name, parent)?;
            at = end.max(open.saturating_add(1));
        }
        self.prose(text, Span::of(at, text.len()), kind, name, parent)
    }

    fn prose(
        &mut self,
        text: &[u8],
        span: Span,
        kind: ValueKind,
        name: u32,
        parent: u32,
    ) -> Result<(), RedactErrorKind> {
        if span.is_empty() {
            return Ok(());
        }
        let (open, outer) = (self.open(), self.levels.len().saturating_sub(1));
        self.copy(text, span);
        self.push(kind, open, span, name, parent, outer)
    }

    /// What a value's text is escaped for, from the inside out.
    pub(crate) fn escapes(&self, value: &Value) -> impl Iterator<Item = EscapeFor> + use<> {
        let number = value.kind == ValueKind::JsonNumber;
        let root = match self.format {
            Some(Format::Json) => EscapeFor::Json,
            Some(Format::Form) => EscapeFor::Form,
            Some(Format::Text) | None => EscapeFor::Plain,
        };
        // A JSON document that broke off ends in plain text.
        let root = if value.kind == ValueKind::Text { EscapeFor::Plain } else { root };
        let steps = usize::from(value.depth).saturating_add(1).saturating_sub(usize::from(number));
        let inner = steps.saturating_sub(usize::from(steps > 0));
        std::iter::repeat_n(EscapeFor::Json, inner).chain((steps > 0).then_some(root))
    }

    /// Index of the value closed last.
    fn last(&self) -> u32 {
        offset(self.values.len()).checked_sub(1).unwrap_or(NONE)
    }
}

fn to_raw(segments: &[Segment], span: Span) -> Span {
    let at =
        |at: u32| segments.partition_point(|s| s.view <= at).checked_sub(1).and_then(|n| segments.get(n));
    let start = at(span.start).map_or(0, |s| {
        if s.verbatim { s.raw.start.saturating_add(span.start.saturating_sub(s.view)) } else { s.raw.start }
    });
    let end = at(span.end.saturating_sub(1)).map_or(start, |s| {
        let within = s.raw.start.saturating_add(span.end.saturating_sub(s.view));
        if s.verbatim { within.min(s.raw.end) } else { s.raw.end }
    });
    Span::new(start, end)
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
    if media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") && form::looks_like_form(body) {
        return Format::Form;
    }
    Format::Text
}
