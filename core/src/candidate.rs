//! What a stage found before it is decided: a range of the view, a rule, an entity.
//!
//! A leaf between the finding stages and `resolve`.

use crate::confidence::Confidence;
use crate::entity::{Entity, Name};
use crate::span::Span;

/// A validated match, not yet resolved against the others. Its span lies within one value.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) span: Span,
    /// Index of the value it lies in.
    pub(crate) value: u32,
    pub(crate) rule: Name,
    pub(crate) entity: Entity,
    pub(crate) confidence: Confidence,
}
