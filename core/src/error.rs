//! Why a policy was refused or a body blocked.
//!
//! One table of codes serves Rust, PHP, WebAssembly, JavaScript and the vectors. An error tells
//! kinds, limits, offsets and JSON paths of the policy; it must not know a byte of any body.

use std::fmt;

macro_rules! kinds {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $code:literal $slug:literal $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name { $(#[doc = $text] $variant),+ }

        impl $name {
            /// Every kind, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The number shared by every language.
            pub const fn code(self) -> u16 { match self { $(Self::$variant => $code),+ } }
            /// The name shared by every language.
            pub const fn slug(self) -> &'static str { match self { $(Self::$variant => $slug),+ } }
            /// One sentence without a value.
            pub const fn text(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
        }
    };
}

kinds! {
    /// Why a policy cannot be used.
    PolicyErrorKind {
        Json 101 "policy_json" "the policy is not JSON",
        TooLarge 102 "policy_too_large" "the policy is larger than the limit",
        UnknownKey 103 "policy_unknown_key" "this key is not known",
        UnknownEntity 104 "policy_unknown_entity" "this entity is not known",
        UnknownOperator 105 "policy_unknown_operator" "this operator is not known",
        Value 106 "policy_value" "this value does not fit here",
        Pattern 107 "policy_pattern" "this pattern does not compile",
        PatternTooLarge 108 "policy_pattern_too_large" "this pattern is too large",
        TooMany 109 "policy_too_many" "there are more items than the limit",
        Version 110 "policy_version" "this policy version is not known",
        Engine 111 "policy_engine" "the policy asks for a newer engine",
        Loosens 112 "policy_loosens" "this loosens the parent policy",
        Duplicate 113 "policy_duplicate" "this name is taken",
        Key 120 "key" "the key is too short, unreadable, or there are too many",
    }
}

kinds! {
    /// Why a body was blocked.
    RedactErrorKind {
        BodyTooLarge 201 "body_too_large" "the body is larger than the policy's limit",
        TooDeep 202 "too_deep" "the document is nested deeper than the limit",
        TooManyValues 203 "too_many_values" "the document holds more values than the limit",
        TooManyFindings 204 "too_many_findings" "the body holds more findings than the limit",
        WorkBudget 205 "work_budget" "the body costs more work than its size allows",
        Charset 206 "charset" "the character set cannot be read",
        Unreadable 207 "unreadable" "the body is binary or compressed and cannot be read",
        Policy 208 "blocked_by_policy" "the policy blocks this entity",
        Number 209 "blocked_number" "the policy blocks sensitive numbers",
        Envelope 210 "envelope" "a secret stands in a protocol field that may not be altered",
        SessionFull 211 "session_full" "the exchange holds more tokens than the limit",
        Internal 301 "internal" "a fault of Tamis",
    }
}

/// A policy that cannot be used: what is wrong, and where.
#[derive(Clone, PartialEq, Eq)]
pub struct PolicyError {
    kind: PolicyErrorKind,
    path: String,
    line: u32,
}

impl PolicyError {
    pub(crate) fn new(kind: PolicyErrorKind, path: impl Into<String>) -> Self {
        Self { kind, path: path.into(), line: 0 }
    }

    pub(crate) fn at_line(line: usize) -> Self {
        Self { kind: PolicyErrorKind::Json, path: "$".into(), line: crate::span::offset(line) }
    }

    /// What is wrong.
    pub const fn kind(&self) -> PolicyErrorKind {
        self.kind
    }

    /// JSON path of the policy where it is wrong, such as `$.rules[2].pattern`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The number shared by every language.
    pub const fn code(&self) -> u16 {
        self.kind.code()
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.kind.text(), self.kind.slug())?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        Ok(())
    }
}

impl fmt::Debug for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for PolicyError {}

/// A body that must not be sent. Holds no byte of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RedactError {
    kind: RedactErrorKind,
}

impl RedactError {
    pub(crate) const fn new(kind: RedactErrorKind) -> Self {
        Self { kind }
    }

    /// Why.
    pub const fn kind(self) -> RedactErrorKind {
        self.kind
    }

    /// The number shared by every language.
    pub const fn code(self) -> u16 {
        self.kind.code()
    }
}

impl From<RedactErrorKind> for RedactError {
    fn from(kind: RedactErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for RedactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind.text(), self.kind.slug())
    }
}

impl fmt::Debug for RedactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for RedactError {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_slugs_are_unique() {
        let codes: BTreeSet<u16> = PolicyErrorKind::ALL
            .iter()
            .map(|k| k.code())
            .chain(RedactErrorKind::ALL.iter().map(|k| k.code()))
            .collect();
        let slugs: BTreeSet<&str> = PolicyErrorKind::ALL
            .iter()
            .map(|k| k.slug())
            .chain(RedactErrorKind::ALL.iter().map(|k| k.slug()))
            .collect();
        let all = PolicyErrorKind::ALL.len().saturating_add(RedactErrorKind::ALL.len());
        assert_eq!(codes.len(), all);
        assert_eq!(slugs.len(), all);
    }
}
