//! Built-in rules as data, one file a family, and the vocabulary of field names.
//!
//! A rule says what a value looks like; it must not know how haystacks are scanned, where values
//! stand in a document, or what becomes of a finding. After a rule is new or its pattern changed, run
//! `cargo xtask anchors`.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::validate::Validator;

pub(crate) mod anchors;
pub(crate) mod contact;
pub(crate) mod field;
pub(crate) mod finance;
pub(crate) mod secret;
pub(crate) mod trade;

/// One way to recognise an entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// Stable id: `<family>.<name>`.
    pub(crate) id: &'static str,
    /// What it finds.
    pub(crate) entity: Entity,
    /// How sure a match is.
    pub(crate) confidence: Confidence,
    /// Bytes-oriented regular expression (Unicode classes off, `(?i)` where wanted). If it has a
    /// capturing group, group 1 is the value, else the whole match is. No repeat is unbounded.
    pub(crate) pattern: &'static str,
    /// Longest match in bytes.
    pub(crate) max_length: u32,
    /// What the value must satisfy besides.
    pub(crate) validator: Validator,
    /// On a failed check, try shorter ends at word boundaries: touching numbers hide each other.
    pub(crate) shrink: bool,
    /// How many of the bytes after a match belong to its value: for blocks too long for a pattern.
    pub(crate) extend: Extend,
}

/// A rule whose match is its whole value.
pub(crate) const fn rule(
    id: &'static str,
    entity: Entity,
    confidence: Confidence,
    pattern: &'static str,
    max_length: u32,
    validator: Validator,
) -> Rule {
    Rule { id, entity, confidence, pattern, max_length, validator, shrink: false, extend: no_more }
}

/// What a rule's pattern says of its matches. Derived from it, and written down in `anchors.rs`: to derive it
/// for all rules takes milliseconds, which each process would pay before its first body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// Id of the rule.
    pub(crate) id: &'static str,
    /// Whether it has a group.
    pub(crate) grouped: bool,
    /// Its longest match in bytes.
    pub(crate) longest: u32,
    /// Where its matches can begin.
    pub(crate) begin: Begin,
}

/// Where a pattern's matches can begin.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Begin {
    /// At one of these, compared without case: where a word begins, or everywhere.
    Literals { at_words: &'static [&'static [u8]], everywhere: &'static [&'static [u8]] },
    /// Around a byte of a set, between bytes of two others. Of each set the first and last byte of every run.
    Place {
        before: &'static [u8],
        at: &'static [u8],
        after: &'static [u8],
        /// Fewest and most bytes of the match before that byte.
        head: (u32, u32),
        /// Most bytes of the match after it.
        tail: u32,
    },
    /// Anywhere.
    #[allow(dead_code, reason = "no built-in rule is without an anchor today")]
    Anywhere,
}

/// What is written down of a rule; nothing of one that is new.
pub(crate) fn facts(id: &str) -> Option<&'static Facts> {
    let at = anchors::FACTS.binary_search_by(|facts| facts.id.cmp(id)).ok()?;
    anchors::FACTS.get(at)
}

/// Tells how many of the bytes after a match belong to its value.
pub(crate) type Extend = fn(&[u8]) -> usize;

/// Most matches are the whole value.
pub(crate) fn no_more(_: &[u8]) -> usize {
    0
}

/// Every built-in rule, family by family.
pub(crate) fn built_in() -> impl Iterator<Item = &'static Rule> {
    contact::RULES.iter().chain(finance::RULES).chain(secret::RULES).chain(trade::RULES)
}
