//! What was found and done, without a byte of it.
//!
//! It must not know the body: names, ranges, counts and the verdict are all that a report holds.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::confidence::Confidence;
use crate::entity::{Entity, Name};
use crate::error::RedactError;
use crate::policy::OperatorKind;
use crate::span::Span;

/// What became of one body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing had to change: send the input.
    Clean,
    /// Send the outcome's body.
    Redacted,
    /// Send nothing; the error says why.
    Blocked(RedactError),
}

impl Verdict {
    /// `clean`, `redacted` or `blocked`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Redacted => "redacted",
            Self::Blocked(_) => "blocked",
        }
    }
}

/// One value that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub(crate) rule: Name,
    pub(crate) entity: Entity,
    pub(crate) entity_name: Name,
    pub(crate) operator: OperatorKind,
    pub(crate) confidence: Confidence,
    pub(crate) range: Span,
}

impl Finding {
    /// The rule's id, such as `contact.email` or `field.sku`.
    pub fn rule(&self) -> &str {
        self.rule.as_str()
    }

    /// What it is.
    pub const fn entity(&self) -> Entity {
        self.entity
    }

    /// The entity's name; `custom:<name>` for a policy's own.
    pub fn entity_name(&self) -> &str {
        self.entity_name.as_str()
    }

    /// What was done with it.
    pub const fn operator(&self) -> OperatorKind {
        self.operator
    }

    /// How sure the rule is.
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// One to eight ranges of the input, in order and apart. The first takes the replacement.
    pub fn ranges(&self) -> &[Span] {
        std::slice::from_ref(&self.range)
    }

    fn to_json(&self) -> Value {
        let ranges: Vec<[u32; 2]> = self.ranges().iter().map(|span| [span.start, span.end]).collect();
        json!({
            "rule": self.rule(), "entity": self.entity_name(), "operator": self.operator.name(),
            "confidence": self.confidence.name(), "ranges": ranges,
        })
    }
}

/// Verdict and findings of one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(crate) verdict: Verdict,
    pub(crate) findings: Vec<Finding>,
    pub(crate) one_way: u32,
    pub(crate) unread: u32,
}

impl Report {
    pub(crate) const fn new(verdict: Verdict) -> Self {
        Self { verdict, findings: Vec::new(), one_way: 0, unread: 0 }
    }

    /// What became of the body.
    pub const fn verdict(&self) -> Verdict {
        self.verdict
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
    pub fn counts(&self) -> Vec<(&str, u32)> {
        let mut names: Vec<&str> = self.findings.iter().map(Finding::entity_name).collect();
        names.sort_unstable();
        let mut counts: Vec<(&str, u32)> = Vec::new();
        for name in names {
            match counts.last_mut() {
                Some((last, n)) if *last == name => *n = n.saturating_add(1),
                _ => counts.push((name, 1)),
            }
        }
        counts
    }

    /// The report as one line of JSON, the same bytes in every language.
    ///
    /// `{"code":0,"counts":{"email":1},"findings":[{"confidence":"high","entity":"email","operator":"token",
    /// "ranges":[[11,27]],"rule":"contact.email"}],"one_way":0,"unread":0,"verdict":"redacted"}`; `code` is why
    /// the body was blocked.
    pub fn to_json(&self) -> String {
        let code = match self.verdict {
            Verdict::Clean | Verdict::Redacted => 0,
            Verdict::Blocked(error) => error.code(),
        };
        let counts: BTreeMap<&str, u32> = self.counts().into_iter().collect();
        let findings: Vec<Value> = self.findings.iter().map(Finding::to_json).collect();
        json!({
            "verdict": self.verdict.name(), "code": code, "counts": counts, "findings": findings,
            "one_way": self.one_way, "unread": self.unread,
        })
        .to_string()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::{Input, Keyring, Policy, Redactor, Scratch, Session};

    #[test]
    fn json_tells_all_but_values() {
        let redactor = Redactor::new(&Policy::default(), Keyring::new(&[7; 16]).unwrap()).unwrap();
        let redact = |body: &[u8]| {
            redactor.redact(Input::new(body), &mut Scratch::new(), &mut Session::new()).report().to_json()
        };
        assert_eq!(
            redact(b"to anna@example.com"),
            r#"{"code":0,"counts":{"email":1},"findings":[{"confidence":"high","entity":"email","operator":"token","ranges":[[3,19]],"rule":"contact.email"}],"one_way":0,"unread":0,"verdict":"redacted"}"#
        );
        assert_eq!(
            redact(b"\x1f\x8b\x08\0\0"),
            r#"{"code":207,"counts":{},"findings":[],"one_way":0,"unread":0,"verdict":"blocked"}"#
        );
    }
}
