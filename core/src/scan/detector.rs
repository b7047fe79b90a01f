//! One rule made ready to run: its pattern's automaton, its anchor, its check.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex_automata::MatchKind;
use regex_automata::meta::{Config as RuleConfig, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_syntax::hir::Hir;

use super::anchor::Anchor;
use super::pattern::{PatternError, bounded, names_nul};
use crate::error::RedactErrorKind;
use crate::limits::PATTERN_COMPILED_BYTES_MAX;
use crate::rule::{Extend, Rule, no_more};
use crate::validate::Validator;

/// Memory for the states of one rule's automaton.
const RULE_CACHE_BYTES: usize = 256 << 10;
/// Work units of a try that fails, and the share of its longest match: most fail within a few bytes.
const TRY_UNITS: usize = 16;

/// What to look for: a pattern and the check of what it matches.
///
/// Its automaton is built when it is first met: most rules of a policy never meet a body that has
/// anything for them.
#[derive(Debug)]
pub(crate) struct Detector {
    pattern: Cow<'static, str>,
    pub(super) anchor: Anchor,
    regex: OnceLock<Option<Regex>>,
    pub(super) grouped: bool,
    pub(super) max_length: u32,
    pub(super) check: Validator,
    pub(super) shrink: bool,
    pub(super) extend: Extend,
    /// Work units of a try that fails: the longer a match can be, the further it may look.
    pub(super) try_units: usize,
}

impl Detector {
    /// A detector of a built-in rule, whose pattern a test holds to compile.
    pub(crate) fn new(rule: &Rule) -> Result<Self, PatternError> {
        let hir = bounded(rule.pattern)?;
        Ok(Self {
            shrink: rule.shrink,
            extend: rule.extend,
            ..Self::of(&hir, Cow::Borrowed(rule.pattern), rule.max_length, rule.validator)
        })
    }

    /// A detector of a pattern from a policy. Unbounded repeats are cut, and no match crosses a value.
    pub(crate) fn custom(pattern: &str, max_length: u32) -> Result<Self, PatternError> {
        let hir = bounded(pattern)?;
        if names_nul(&hir) {
            return Err(PatternError::Syntax);
        }
        let regex = OnceLock::from(Some(build(&hir)?));
        let any = crate::validate::any;
        Ok(Self { regex, ..Self::of(&hir, Cow::Owned(pattern.to_owned()), max_length, any) })
    }

    fn of(hir: &Hir, pattern: Cow<'static, str>, max_length: u32, check: Validator) -> Self {
        let longest = hir.properties().maximum_len().unwrap_or(0);
        Self {
            pattern,
            anchor: Anchor::of(hir),
            regex: OnceLock::new(),
            grouped: hir.properties().explicit_captures_len() > 0,
            max_length,
            check,
            shrink: false,
            extend: no_more,
            try_units: longest.checked_div(TRY_UNITS).unwrap_or(0).saturating_add(TRY_UNITS),
        }
    }

    pub(super) fn regex(&self) -> Result<&Regex, RedactErrorKind> {
        self.regex
            .get_or_init(|| bounded(&self.pattern).and_then(|hir| build(&hir)).ok())
            .as_ref()
            .ok_or(RedactErrorKind::Internal)
    }
}

fn build(hir: &Hir) -> Result<Regex, PatternError> {
    let grouped = hir.properties().explicit_captures_len() > 0;
    let config = RuleConfig::new()
        .match_kind(MatchKind::LeftmostFirst)
        .utf8_empty(false)
        .which_captures(if grouped { WhichCaptures::All } else { WhichCaptures::Implicit })
        .nfa_size_limit(Some(PATTERN_COMPILED_BYTES_MAX))
        .hybrid_cache_capacity(RULE_CACHE_BYTES);
    Regex::builder().configure(config).build_from_hir(hir).map_err(|error| {
        if error.size_limit().is_some() { PatternError::TooLarge } else { PatternError::Syntax }
    })
}
