//! What was found and done, read from the module's JSON.
//!
//! Names stay text: a later module may have more of them. It must not know the body.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

/// Verdict and findings of one body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Report {
    verdict: String,
    code: u16,
    counts: BTreeMap<String, u32>,
    one_way: u32,
    unread: u32,
    findings: Vec<Finding>,
}

impl Report {
    /// `clean`, `redacted` or `blocked`.
    pub fn verdict(&self) -> &str {
        &self.verdict
    }

    /// Code of why the body was blocked, else 0.
    pub const fn code(&self) -> u16 {
        self.code
    }

    /// Findings by their first byte.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Values that were replaced one-way because their token was already another value's.
    pub const fn one_way(&self) -> u32 {
        self.one_way
    }

    /// Parts that were passed without being read, such as images.
    pub const fn unread(&self) -> u32 {
        self.unread
    }

    /// Findings by entity name, in the names' order.
    pub fn counts(&self) -> impl Iterator<Item = (&str, u32)> {
        self.counts.iter().map(|(name, count)| (name.as_str(), *count))
    }
}

/// One value that was found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Finding {
    rule: String,
    entity: String,
    operator: String,
    confidence: String,
    ranges: Vec<Span>,
}

impl Finding {
    /// The rule's id, such as `contact.email` or `field.sku`.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// What it is; `custom:<name>` for a policy's own.
    pub fn entity_name(&self) -> &str {
        &self.entity
    }

    /// What was done with it, such as `token`.
    pub fn operator(&self) -> &str {
        &self.operator
    }

    /// How sure the rule is: `low`, `medium` or `high`.
    pub fn confidence(&self) -> &str {
        &self.confidence
    }

    /// One to eight ranges of the input, in order and apart. The first takes the replacement.
    pub fn ranges(&self) -> &[Span] {
        &self.ranges
    }
}

/// A half-open range of bytes, `start..end`, of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "(u32, u32)")]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

impl Span {
    /// The range for `slice::get`.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}
