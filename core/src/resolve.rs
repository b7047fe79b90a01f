//! Candidates become findings: in order, apart, each with the strictest operator that claimed it.
//!
//! It must not know how an operator writes. Overlapping candidates widen into one finding, so that no
//! byte of any of them stays; tokens of ours are cut out, so that a conversation sent again stays as
//! it is; protocol is never touched.

use crate::candidate::Candidate;
use crate::compile::Compiled;
use crate::confidence::Confidence;
use crate::document::{Value, ValueKind, View};
use crate::entity::Entity;
use crate::error::RedactErrorKind;
use crate::limits::FINDINGS_MAX;
use crate::policy::{Operator, OperatorKind};
use crate::span::{Span, index};

/// A candidate with what will be done to it.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) candidate: Candidate,
    pub(crate) operator: Operator,
}

/// Resolves `candidates` into `out`, ascending and apart. `protected` is ascending; `allowed` values are
/// no findings.
pub(crate) fn resolve(
    view: &View,
    compiled: &Compiled,
    allowed: impl Fn(&[u8]) -> bool,
    candidates: &mut Vec<Candidate>,
    protected: &[Span],
    out: &mut Vec<Resolved>,
) -> Result<(), RedactErrorKind> {
    cut_out(view, candidates, protected);
    candidates.sort_by_key(|candidate| (candidate.span.start, std::cmp::Reverse(candidate.span.end)));
    for candidate in candidates.drain(..) {
        let value = view.values.get(index(candidate.value)).ok_or(RedactErrorKind::Internal)?;
        if value.unread || allowed(candidate.span.of_bytes(&view.text)) {
            continue;
        }
        if value.envelope {
            // Protocol cannot be altered, so a sure secret, card or account there cannot be sent.
            let grave =
                candidate.entity.is_secret() || matches!(candidate.entity, Entity::CreditCard | Entity::Iban);
            if candidate.confidence == Confidence::High && grave {
                return Err(RedactErrorKind::Envelope);
            }
            continue;
        }
        let operator = effective(compiled.operator(candidate.entity), value);
        if operator.kind == OperatorKind::Keep {
            continue;
        }
        let candidate = whole_characters(view, whole_number(candidate, value), value);
        let next = Resolved { candidate, operator };
        match out.last_mut().filter(|last| last.candidate.span.overlaps(next.candidate.span)) {
            Some(last) => *last = union(last, next),
            None => out.push(next),
        }
        if out.len() > index(FINDINGS_MAX) {
            return Err(RedactErrorKind::TooManyFindings);
        }
    }
    Ok(())
}

/// JSON keys always become tokens: two masked keys could become one.
fn effective(operator: Operator, value: &Value) -> Operator {
    let masks = matches!(operator.kind, OperatorKind::Mask | OperatorKind::Replace | OperatorKind::Drop);
    if value.kind == ValueKind::JsonKey && masks { Operator::new(OperatorKind::Token) } else { operator }
}

/// Part of a number cannot be replaced.
fn whole_number(mut candidate: Candidate, value: &Value) -> Candidate {
    if value.kind == ValueKind::JsonNumber {
        candidate.span = value.view;
    }
    candidate
}

/// A pattern over bytes may end within a character; what is left of it would be no text.
fn whole_characters(view: &View, mut candidate: Candidate, value: &Value) -> Candidate {
    let within = |at: u32| view.text.get(index(at)).is_some_and(|byte| (byte & 0xC0) == 0x80);
    for _ in 0..3 {
        if candidate.span.start > value.view.start && within(candidate.span.start) {
            candidate.span.start = candidate.span.start.saturating_sub(1);
        }
        if candidate.span.end < value.view.end && within(candidate.span.end) {
            candidate.span.end = candidate.span.end.saturating_add(1);
        }
    }
    candidate
}

/// Both ranges in one, with the stricter claim: operator, then confidence, then length.
fn union(last: &Resolved, next: Resolved) -> Resolved {
    let (a, b) = (last.candidate.span, next.candidate.span);
    let span = Span::new(a.start.min(b.start), a.end.max(b.end));
    let rank = |r: &Resolved| (r.operator.kind, r.candidate.confidence, r.candidate.span.len());
    let mut winner = if rank(&next) > rank(last) { next } else { last.clone() };
    winner.candidate.span = span;
    winner
}

/// Takes protected ranges out of the candidates; what is left on either side stays a candidate.
fn cut_out(view: &View, candidates: &mut Vec<Candidate>, protected: &[Span]) {
    if protected.is_empty() {
        return;
    }
    let mut pieces = Vec::new();
    candidates.retain_mut(|candidate| {
        let first = protected.partition_point(|token| token.end <= candidate.span.start);
        let mut rest = candidate.span;
        let mut cut = false;
        for token in protected.iter().skip(first).take_while(|token| token.start < candidate.span.end) {
            cut = true;
            let before = Span::new(rest.start, token.start.min(rest.end));
            if token.start > rest.start && has_text(view, before) {
                pieces.push(Candidate { span: before, ..candidate.clone() });
            }
            rest = Span::new(token.end.max(rest.start), rest.end);
        }
        candidate.span = rest;
        !cut || has_text(view, rest)
    });
    candidates.append(&mut pieces);
}

/// Something is left to hide: a letter or a digit.
fn has_text(view: &View, span: Span) -> bool {
    span.of_bytes(&view.text).iter().any(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
}
