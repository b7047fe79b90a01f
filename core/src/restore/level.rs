//! The documents that lie in one another, from the reply to the one that is being read.
//!
//! It must not know sessions or values.

use std::collections::BTreeSet;

use super::place::Scan;
use super::tool::Tools;
use crate::document::{EscapeFor, NONE, Value, ValueKind, View};
use crate::limits::RESTORE_DEPTH_MAX;
use crate::span::{Span, index};

/// A document on the way from the reply to a text: the reply, or JSON in one of its strings.
pub(super) struct Level {
    pub(super) view: View,
    /// Where it begins in the view of the level around it.
    pub(super) base: u32,
    pub(super) tools: Tools,
    next: usize,
    pub(super) current: Option<Value>,
    /// Follows the current value's text.
    pub(super) scan: Scan,
    /// Where the last `text` value ended: readers join blocks of text.
    block: Scan,
}

impl Level {
    pub(super) fn new(view: View, base: u32, allowed: &BTreeSet<&[u8]>) -> Self {
        let tools = Tools::of(&view, allowed);
        let (scan, block) = (Scan::default(), Scan::default());
        Self { view, base, tools, next: 0, current: None, scan, block }
    }

    /// Moves to the next value.
    pub(super) fn step(&mut self) -> Option<Value> {
        if let Some(value) = self.current.filter(|v| self.is_block(v)) {
            let text = value.view.of_bytes(&self.view.text);
            self.scan.advance(text, text.len());
            self.block = self.scan;
        }
        self.current = self.view.values.get(self.next).copied();
        self.next = self.next.saturating_add(1);
        let value = self.current?;
        self.scan = if self.is_block(&value) {
            self.block.continued()
        } else if value.kind == ValueKind::Text && self.view.values.len() > 1 {
            Scan::unsure()
        } else {
            Scan::default()
        };
        Some(value)
    }

    fn is_block(&self, value: &Value) -> bool {
        value.kind == ValueKind::JsonString && value.name != NONE && self.view.bytes(value.name) == b"text"
    }

    pub(super) fn text(&self) -> &[u8] {
        self.current.map_or(&[], |v| v.view.of_bytes(&self.view.text))
    }

    /// The current value's kind tells how text is written into it.
    pub(super) fn escape(&self) -> EscapeFor {
        match self.current.map(|v| v.kind) {
            Some(ValueKind::JsonKey | ValueKind::JsonString) => EscapeFor::Json,
            Some(ValueKind::FormName | ValueKind::FormValue) => EscapeFor::Form,
            Some(ValueKind::JsonNumber | ValueKind::Text) | None => EscapeFor::Plain,
        }
    }

    /// A range of the current value's text.
    pub(super) fn relative(&self, span: Span) -> (usize, usize) {
        let start = self.current.map_or(0, |v| v.view.start);
        (index(span.start.saturating_sub(start)), index(span.end.saturating_sub(start)))
    }
}

/// One place in every level, the reply's view first, and in the reply itself.
#[derive(Default)]
pub(super) struct Spans {
    pub(super) levels: [Span; LEVELS_MAX],
    pub(super) reply: Span,
}

/// The reply and the levels of JSON in it.
const LEVELS_MAX: usize = 5;
const _: () = assert!(RESTORE_DEPTH_MAX < 5, "every level needs a place");
