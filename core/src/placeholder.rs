//! What Tamis itself wrote: verified tokens, stand-in numbers, words in brackets.
//!
//! Recognised before every rule, so that a conversation sent again is a fixpoint. Text that only
//! looks like a token is a finding of its own.

use crate::candidate::Candidate;
use crate::compile::Compiled;
use crate::confidence::Confidence;
use crate::document::{ValueKind, View};
use crate::entity::{Entity, Name};
use crate::session::{Digits, Spelling, next_token};
use crate::span::{Span, offset};

/// Fills `protected` with what is ours, ascending, and appends what only looks like it.
pub(crate) fn find(
    view: &View,
    compiled: &Compiled,
    verified: impl Fn(&Digits) -> bool,
    protected: &mut Vec<Span>,
    out: &mut Vec<Candidate>,
) {
    let text = view.text.as_slice();
    let mut at = 0_usize;
    while let Some(token) = next_token(text, at, Spelling::Exact) {
        at = token.end;
        let span = Span::of(token.start, token.end);
        if verified(&token.digits) {
            protected.push(span);
        } else if let Some(value) = view.value_at(span.start) {
            out.push(Candidate {
                span,
                value,
                rule: Name::from_static("token.forged"),
                entity: Entity::ForgedToken,
                confidence: Confidence::High,
            });
        }
    }
    brackets(text, compiled, protected);
    let numbers =
        view.values.iter().filter(|value| value.kind == ValueKind::JsonNumber && value.view.len() == 15);
    for value in numbers {
        let digits: Option<Digits> = value.view.of_bytes(text).try_into().ok();
        if digits
            .is_some_and(|d| d.first() == Some(&b'9') && d.iter().all(u8::is_ascii_digit) && verified(&d))
        {
            protected.push(value.view);
        }
    }
    protected.sort_unstable();
}

/// `[email]` and its like.
fn brackets(text: &[u8], compiled: &Compiled, protected: &mut Vec<Span>) {
    for open in memchr::memchr_iter(b'[', text) {
        let Some(tail) = text.get(open..) else { break };
        let word = tail.get(1..).map_or(0, |rest| {
            rest.iter()
                .take(72)
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
                .count()
        });
        let end = word.saturating_add(2);
        let Some(whole) = tail.get(..end).filter(|whole| whole.last() == Some(&b']')) else { continue };
        if word > 1 && compiled.all_entities().any(|facts| facts.placeholder == whole) {
            protected.push(Span::new(offset(open), offset(open.saturating_add(end))));
        }
    }
}
