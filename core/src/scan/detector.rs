//! One rule made ready to run: its pattern's automata, its anchor, its check.

use std::borrow::Cow;

use regex_syntax::hir::Hir;

use super::anchor::Anchor;
use super::automaton::Automaton;
use super::pattern::{PatternError, bounded, names_nul};
use crate::rule::{Extend, Facts, Rule, facts, no_more};
use crate::span::{index, offset};
use crate::validate::Validator;

/// Work units of a try that fails, and the share of its longest match: most fail within a few bytes.
const TRY_UNITS: usize = 16;

/// What to look for: a pattern and the check of what it matches.
#[derive(Debug)]
pub(crate) struct Detector {
    pub(super) automaton: Automaton,
    pub(super) anchor: Anchor,
    pub(super) max_length: u32,
    pub(super) check: Validator,
    pub(super) shrink: bool,
    pub(super) extend: Extend,
    /// Work units of a try that fails: the longer a match can be, the further it may look.
    pub(super) try_units: usize,
}

/// What a pattern says of its matches.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Derived {
    pub(super) anchor: Anchor,
    pub(super) grouped: bool,
    /// The longest match in bytes.
    pub(super) longest: u32,
}

impl Derived {
    pub(super) fn of(hir: &Hir) -> Self {
        Self {
            anchor: Anchor::of(hir),
            grouped: hir.properties().explicit_captures_len() > 0,
            longest: offset(hir.properties().maximum_len().unwrap_or(0)),
        }
    }

    /// What is written down of a built-in rule.
    pub(super) fn recorded(rule: &Rule) -> Option<Self> {
        let Facts { grouped, longest, begin, .. } = *facts(rule.id)?;
        Some(Self { anchor: Anchor::recorded(begin)?, grouped, longest })
    }
}

impl Detector {
    /// A detector of a built-in rule, whose pattern a test holds to compile.
    pub(crate) fn new(rule: &Rule) -> Result<Self, PatternError> {
        let derived = match Derived::recorded(rule) {
            Some(derived) => derived,
            None => Derived::of(&bounded(rule.pattern)?),
        };
        Ok(Self {
            shrink: rule.shrink,
            extend: rule.extend,
            ..Self::of(derived, Cow::Borrowed(rule.pattern), rule.max_length, rule.validator)
        })
    }

    /// A detector of a pattern from a policy. Unbounded repeats are cut, and no match crosses a value.
    pub(crate) fn custom(pattern: &str, max_length: u32) -> Result<Self, PatternError> {
        let hir = bounded(pattern)?;
        if names_nul(&hir) {
            return Err(PatternError::Syntax);
        }
        let (derived, pattern) = (Derived::of(&hir), Cow::Owned(pattern.to_owned()));
        let detector = Self::of(derived, pattern, max_length, crate::validate::any);
        detector.automaton.build(&hir)?;
        Ok(detector)
    }

    fn of(derived: Derived, pattern: Cow<'static, str>, max_length: u32, check: Validator) -> Self {
        let Derived { anchor, grouped, longest } = derived;
        Self {
            automaton: Automaton::new(pattern, grouped),
            anchor,
            max_length,
            check,
            shrink: false,
            extend: no_more,
            try_units: index(longest).checked_div(TRY_UNITS).unwrap_or(0).saturating_add(TRY_UNITS),
        }
    }
}
