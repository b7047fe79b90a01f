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

kinds! {
    /// Why a call from another language was refused, or an instance of the core stopped.
    ///
    /// The core itself never says so: its shells do, in every language with the same code.
    HostErrorKind {
        Handle 302 "handle" "this handle is not known, was freed, or is of another kind",
        Range 303 "range" "a length or number lies outside its range",
        Memory 304 "memory" "there is not enough memory",
        Deadline 305 "deadline" "the deadline passed",
        Trap 306 "trap" "this instance stopped and must be discarded",
        Abi 307 "abi" "the module speaks another version of the interface",
        Unsupported 308 "unsupported" "this build cannot do that",
        TooManyHandles 309 "too_many_handles" "there are more handles than the limit",
        Module 310 "module" "there is no module, or it cannot be loaded",
    }
}

/// Name and sentence of a code, whichever kind has it; `None` when none does.
pub fn describe(code: u16) -> Option<(&'static str, &'static str)> {
    let policy = PolicyErrorKind::ALL.iter().map(|kind| (kind.code(), kind.slug(), kind.text()));
    let redact = RedactErrorKind::ALL.iter().map(|kind| (kind.code(), kind.slug(), kind.text()));
    let host = HostErrorKind::ALL.iter().map(|kind| (kind.code(), kind.slug(), kind.text()));
    let (_, slug, text) = policy.chain(redact).chain(host).find(|(known, ..)| *known == code)?;
    Some((slug, text))
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
        let known: Vec<(u16, &str)> =
            (0..=u16::MAX).filter_map(|code| Some((code, describe(code)?.0))).collect();
        let slugs: BTreeSet<&str> = known.iter().map(|(_, slug)| *slug).collect();
        let all = [PolicyErrorKind::ALL.len(), RedactErrorKind::ALL.len(), HostErrorKind::ALL.len()];
        assert_eq!(known.len(), all.into_iter().sum::<usize>());
        assert_eq!(slugs.len(), known.len());
    }

    #[test]
    fn a_code_tells_what_it_means() {
        assert_eq!(describe(107), Some(("policy_pattern", "this pattern does not compile")));
        assert_eq!(describe(302).map(|(slug, _)| slug), Some("handle"));
        assert_eq!(describe(0), None);
    }
}
