//! A value that was found by its name is looked for in the rest of the body.
//!
//! Bounded: so many values, so long, whole words, never in names or protocol fields. A customer
//! called `user` must not rewrite `"role": "user"`. It must not know operators.

use crate::budget::Budget;
use crate::candidate::Candidate;
use crate::confidence::Confidence;
use crate::document::{NONE, ValueKind, View};
use crate::entity::{Entity, Name};
use crate::error::RedactErrorKind;
use crate::limits::{
    PROPAGATED_BYTES_MAX, PROPAGATED_CHARS_MIN, PROPAGATED_DIGITS_MIN, PROPAGATED_VALUES_MAX,
};
use crate::rule::field::is_common_word;
use crate::span::{Span, index, offset};
use crate::word::{is_word, words};

/// Fields whose values are words of a protocol or a list, not prose.
const ENUM_FIELDS: &[&[u8]] = &[
    b"model",
    b"role",
    b"type",
    b"id",
    b"status",
    b"currency",
    b"locale",
    b"lang",
    b"language",
    b"country",
    b"state",
    b"format",
    b"object",
    b"event",
    b"action",
    b"kind",
    b"category",
    b"slug",
    b"key",
    b"meta_key",
];

/// A value to look for: where it stands in the view and what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    hash: u32,
    span: Span,
    entity: Entity,
}

/// Appends a candidate for every other place where a value found by name stands.
pub(crate) fn find(
    view: &View,
    known: &mut Vec<Known>,
    budget: &mut Budget,
    found: &mut Vec<Candidate>,
) -> Result<(), RedactErrorKind> {
    known.clear();
    for candidate in found.iter() {
        collect(view, candidate, known);
    }
    if known.is_empty() {
        return Ok(());
    }
    known.sort_by_key(|value| (value.hash, value.span));
    budget.spend(view.text.len())?;
    for (at, value) in (0_u32..).zip(&view.values) {
        let prose = !value.kind.is_name() && !value.envelope && !value.unread;
        if !prose || value.kind == ValueKind::JsonNumber || is_enum_field(view, value.name) {
            continue;
        }
        search(view, at, value.view, known, budget, found)?;
    }
    Ok(())
}

fn is_enum_field(view: &View, name: u32) -> bool {
    name != NONE && ENUM_FIELDS.contains(&view.bytes(name))
}

/// Notes a candidate's value, and for people each part of the name.
fn collect(view: &View, candidate: &Candidate, known: &mut Vec<Known>) {
    let wanted = matches!(
        candidate.entity,
        Entity::Person
            | Entity::Address
            | Entity::Email
            | Entity::Phone
            | Entity::Sku
            | Entity::Gtin
            | Entity::Coupon
            | Entity::OrderNumber
            | Entity::CustomerId
            | Entity::Supplier
            | Entity::Password
            | Entity::ProductName
            | Entity::Custom(_)
    );
    if !wanted {
        return;
    }
    add(view, candidate.span, candidate.entity, known);
    if candidate.entity == Entity::Person {
        let bytes = candidate.span.of_bytes(&view.text);
        for word in words(bytes) {
            if word.len() != candidate.span.len()
                && bytes.get(index(word.start)).is_some_and(|b| !b.is_ascii_lowercase())
            {
                let start = candidate.span.start;
                let part = Span::new(start.saturating_add(word.start), start.saturating_add(word.end));
                add(view, part, candidate.entity, known);
            }
        }
    }
}

fn add(view: &View, span: Span, entity: Entity, known: &mut Vec<Known>) {
    if offset(known.len()) >= PROPAGATED_VALUES_MAX {
        return;
    }
    let bytes = span.of_bytes(&view.text);
    // Looked for from its first word to its last.
    let Some(first) = words(bytes).next() else { return };
    let last = bytes.iter().rposition(|b| is_word(*b)).map_or(0, |at| offset(at.saturating_add(1)));
    let start = span.start;
    let span = Span::new(start.saturating_add(first.start), start.saturating_add(last));
    let bytes = span.of_bytes(&view.text);
    if span.len() > PROPAGATED_BYTES_MAX || !is_telling(bytes) {
        return;
    }
    let head = bytes.get(..index(first.len())).unwrap_or_default();
    let value = Known { hash: hash(head), span, entity };
    let same = |other: &Known| {
        other.hash == value.hash && other.span.of_bytes(&view.text).eq_ignore_ascii_case(bytes)
    };
    if !known.iter().any(same) {
        known.push(value);
    }
}

/// Long and rare enough that its other places mean the same thing.
fn is_telling(bytes: &[u8]) -> bool {
    let chars = offset(bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count());
    let digits = offset(bytes.iter().filter(|b| b.is_ascii_digit()).count());
    let letters = bytes.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    if !letters {
        return digits >= PROPAGATED_DIGITS_MIN;
    }
    if chars < PROPAGATED_CHARS_MIN {
        return false;
    }
    words(bytes).nth(1).is_some() || !is_common_word(&bytes.to_ascii_lowercase())
}

fn search(
    view: &View,
    at: u32,
    value: Span,
    known: &[Known],
    budget: &mut Budget,
    found: &mut Vec<Candidate>,
) -> Result<(), RedactErrorKind> {
    let text = value.of_bytes(&view.text);
    let mut skip = 0_u32;
    for word in words(text) {
        if word.start < skip {
            continue;
        }
        let hash = hash(word.of_bytes(text));
        let first = known.partition_point(|value| value.hash < hash);
        for candidate in known.iter().skip(first).take_while(|value| value.hash == hash) {
            let wanted = candidate.span.of_bytes(&view.text);
            budget.spend(wanted.len())?;
            let end = word.start.saturating_add(candidate.span.len());
            let here = Span::new(word.start, end);
            let whole = !text.get(index(end)).copied().is_some_and(is_word);
            if whole && end <= offset(text.len()) && here.of_bytes(text).eq_ignore_ascii_case(wanted) {
                let start = value.start.saturating_add(word.start);
                found.push(Candidate {
                    span: Span::new(start, start.saturating_add(candidate.span.len())),
                    value: at,
                    rule: Name::from_static("propagated"),
                    entity: candidate.entity,
                    confidence: Confidence::Medium,
                });
                skip = skip.max(end);
            }
        }
    }
    Ok(())
}

/// FNV-1a without case. Values are at most 256 and every comparison is paid for, so that chosen
/// collisions gain nothing.
fn hash(word: &[u8]) -> u32 {
    word.iter().fold(0x811C_9DC5, |hash: u32, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    })
}
