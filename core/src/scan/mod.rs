//! One pass over the view tells which rules can match at all; only those are then looked for.
//!
//! The pass is one lazy multi-pattern automaton, so that a rule more is no pass more. It must not know
//! what an entity is, nor documents: it finds where patterns and their checks hold, rule by rule.

mod pattern;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use regex_automata::hybrid::dfa::{Cache as SetCache, Config as SetConfig, DFA};
use regex_automata::meta::{Cache as RuleCache, Config as RuleConfig, Regex};
use regex_automata::nfa::thompson::{Compiler, Config as NfaConfig, WhichCaptures};
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Input, MatchKind, PatternSet};
use regex_syntax::hir::Hir;

pub(crate) use pattern::{PatternError, bounded};

use crate::budget::Budget;
use crate::error::RedactErrorKind;
use crate::limits::PATTERN_COMPILED_BYTES_MAX;
use crate::span::{Span, index};
use crate::validate::Validator;

/// Memory for the states of the shared automaton.
const SET_CACHE_BYTES: usize = 4 << 20;
/// Memory for the states of one rule's automaton.
const RULE_CACHE_BYTES: usize = 256 << 10;
/// How often the shared automaton may start over before every rule is looked for on its own.
const SET_CLEARS_MAX: usize = 4;

/// What to look for: a pattern and the check of what it matches.
///
/// Its own automaton is built when the shared one first says that it can match: most rules of a
/// policy never meet a body that has anything for them.
#[derive(Debug)]
pub(crate) struct Detector {
    pattern: Cow<'static, str>,
    regex: OnceLock<Option<Regex>>,
    grouped: bool,
    max_length: u32,
    check: Validator,
    shrink: bool,
}

impl Detector {
    /// A detector of a pattern that is known to compile, which a test holds every built-in one to.
    pub(crate) fn new(
        pattern: &'static str,
        max_length: u32,
        check: Validator,
        shrink: bool,
    ) -> Result<Self, PatternError> {
        let grouped = bounded(pattern)?.properties().explicit_captures_len() > 0;
        let (pattern, regex) = (Cow::Borrowed(pattern), OnceLock::new());
        Ok(Self { pattern, regex, grouped, max_length, check, shrink })
    }

    /// A detector of a pattern from a policy. Unbounded repeats are cut, and no match crosses a value.
    pub(crate) fn custom(pattern: &str, max_length: u32) -> Result<Self, PatternError> {
        let hir = bounded(pattern)?;
        let grouped = hir.properties().explicit_captures_len() > 0;
        let regex = OnceLock::from(Some(build(&hir)?));
        let pattern = Cow::Owned(pattern.to_owned());
        Ok(Self { pattern, regex, grouped, max_length, check: crate::validate::any, shrink: false })
    }

    fn regex(&self) -> Result<&Regex, RedactErrorKind> {
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

/// A place where a detector's pattern and check hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Index of the detector.
    pub(crate) detector: u32,
    pub(crate) span: Span,
}

/// All detectors of a policy. Immutable; what a search writes is in [`ScanCache`].
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    set: Arc<DFA>,
    detectors: Vec<Arc<Detector>>,
}

/// What searches write. Belongs to one scanner.
#[derive(Debug)]
pub(crate) struct ScanCache {
    set: SetCache,
    hits: PatternSet,
    rules: Vec<Option<RuleCache>>,
    slots: Vec<Option<NonMaxUsize>>,
}

impl Scanner {
    pub(crate) fn new(detectors: Vec<Arc<Detector>>) -> Result<Self, PatternError> {
        let hirs = detectors.iter().map(|d| bounded(&d.pattern)).collect::<Result<Vec<_>, _>>()?;
        let nfa = Compiler::new()
            .configure(NfaConfig::new().utf8(false).which_captures(WhichCaptures::None))
            .build_many_from_hir(&hirs)
            .map_err(|_| PatternError::TooLarge)?;
        let config = SetConfig::new()
            .match_kind(MatchKind::All)
            .cache_capacity(SET_CACHE_BYTES)
            .skip_cache_capacity_check(true)
            .minimum_cache_clear_count(Some(SET_CLEARS_MAX));
        let set = DFA::builder().configure(config).build_from_nfa(nfa).map_err(|_| PatternError::TooLarge)?;
        Ok(Self { set: Arc::new(set), detectors })
    }

    /// The same with more detectors at the end.
    pub(crate) fn with(&self, more: Vec<Arc<Detector>>) -> Result<Self, PatternError> {
        if more.is_empty() {
            return Ok(self.clone());
        }
        Self::new(self.detectors.iter().cloned().chain(more).collect())
    }

    pub(crate) fn cache(&self) -> ScanCache {
        ScanCache {
            set: self.set.create_cache(),
            hits: PatternSet::new(self.set.pattern_len()),
            rules: self.detectors.iter().map(|_| None).collect(),
            slots: Vec::new(),
        }
    }

    /// Appends every match in `text`, detector by detector, each in ascending order.
    pub(crate) fn scan(
        &self,
        text: &[u8],
        cache: &mut ScanCache,
        budget: &mut Budget,
        out: &mut Vec<Match>,
    ) -> Result<(), RedactErrorKind> {
        if self.detectors.is_empty() || text.is_empty() {
            return Ok(());
        }
        budget.spend(text.len())?;
        cache.hits.clear();
        let whole = Input::new(text);
        let gave_up =
            self.set.try_which_overlapping_matches(&mut cache.set, &whole, &mut cache.hits).is_err();
        for (at, detector) in (0_u32..).zip(&self.detectors) {
            let hit = regex_automata::PatternID::new(index(at)).is_ok_and(|id| cache.hits.contains(id));
            if !hit && !gave_up {
                continue;
            }
            let Some(slot) = cache.rules.get_mut(index(at)) else { continue };
            let regex = detector.regex()?;
            let rule_cache = slot.get_or_insert_with(|| regex.create_cache());
            cache.slots.clear();
            cache.slots.resize(if detector.grouped { 4 } else { 2 }, None);
            let mut search = Search { detector, regex, text, cache: rule_cache, slots: &mut cache.slots };
            search.run(at, budget, out)?;
        }
        Ok(())
    }
}

/// One detector's search through one text.
struct Search<'a> {
    detector: &'a Detector,
    regex: &'a Regex,
    text: &'a [u8],
    cache: &'a mut RuleCache,
    slots: &'a mut Vec<Option<NonMaxUsize>>,
}

impl Search<'_> {
    fn run(&mut self, at: u32, budget: &mut Budget, out: &mut Vec<Match>) -> Result<(), RedactErrorKind> {
        let mut from = 0_usize;
        loop {
            let Some((whole, value)) = self.next(from) else {
                return budget.spend(self.text.len().saturating_sub(from));
            };
            budget.spend(index(whole.end).saturating_sub(from).saturating_add(16))?;
            match self.accept(value, budget)? {
                Some(span) => {
                    out.push(Match { detector: at, span });
                    from = index(span.end).max(from.saturating_add(1));
                }
                None => from = index(value.start).max(from).saturating_add(1),
            }
        }
    }

    /// The leftmost match at or after `from`: the whole and the value in it.
    fn next(&mut self, from: usize) -> Option<(Span, Span)> {
        if from >= self.text.len() {
            return None;
        }
        let input = Input::new(self.text).span(from..self.text.len());
        self.slots.fill(None);
        self.regex.search_slots_with(self.cache, &input, self.slots)?;
        let span = |slot: usize| {
            let start = self.slots.get(slot).copied().flatten()?.get();
            let end = self.slots.get(slot.saturating_add(1)).copied().flatten()?.get();
            Some(Span::of(start, end))
        };
        let whole = span(0)?;
        let value = if self.detector.grouped { span(2).unwrap_or(whole) } else { whole };
        let cut = Span::new(value.start, value.end.min(value.start.saturating_add(self.detector.max_length)));
        Some((whole, cut))
    }

    /// The value, or the longest shorter one that the check accepts.
    fn accept(&self, value: Span, budget: &mut Budget) -> Result<Option<Span>, RedactErrorKind> {
        let bytes = value.of_bytes(self.text);
        if bytes.is_empty() {
            return Ok(None);
        }
        if (self.detector.check)(bytes) {
            return Ok(Some(value));
        }
        if !self.detector.shrink {
            return Ok(None);
        }
        let mut end = bytes.len();
        while let Some(shorter) = last_boundary(bytes.get(..end).unwrap_or_default()) {
            budget.spend(shorter)?;
            if bytes.get(..shorter).is_some_and(self.detector.check) {
                let length = crate::span::offset(shorter);
                return Ok(Some(Span::new(value.start, value.start.saturating_add(length))));
            }
            end = shorter;
        }
        Ok(None)
    }
}

/// The end of the word before the last one, if there is any.
fn last_boundary(bytes: &[u8]) -> Option<usize> {
    let last_gap = bytes.iter().rposition(|b| !b.is_ascii_alphanumeric())?;
    let end = bytes.get(..last_gap)?.iter().rposition(u8::is_ascii_alphanumeric)?;
    end.checked_add(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::validate::any;

    fn even(bytes: &[u8]) -> bool {
        bytes.iter().filter(|b| b.is_ascii_digit()).count() % 2 == 0
    }

    fn check(pattern: &'static str, validator: Validator, shrink: bool, text: &str, expected: &[&str]) {
        let scanner =
            Scanner::new(vec![Arc::new(Detector::new(pattern, 64, validator, shrink).unwrap())]).unwrap();
        let mut out = Vec::new();
        let mut budget = Budget::of(text.len());
        scanner.scan(text.as_bytes(), &mut scanner.cache(), &mut budget, &mut out).unwrap();
        let got: Vec<_> =
            out.iter().map(|m| String::from_utf8_lossy(m.span.of_bytes(text.as_bytes()))).collect();
        assert_eq!(got, expected, "{pattern} in {text}");
    }

    #[test]
    fn matches_values_and_groups() {
        check("abc", any, false, "abc xabcabc", &["abc", "abc", "abc"]);
        check(r"id[:=] ?([0-9]{2,4})", any, false, "id: 1234 id=7 id=99", &["1234", "99"]);
    }

    #[test]
    fn a_failed_check_hides_no_later_match() {
        check("[0-9]{3}", even, false, "123 45", &[]);
        check(r"\b[0-9]+(?: [0-9]+)?\b", even, false, "123 4567", &["4567"]);
        check(r"\b[0-9]+(?: [0-9]+)?\b", even, true, "12 345", &["12"]);
    }

    #[test]
    fn no_match_crosses_a_value() {
        check(r"a[^x]*b", any, false, "a1b\0a2\0b", &["a1b"]);
    }

    #[test]
    fn work_is_bounded() {
        let scanner =
            Scanner::new(vec![Arc::new(Detector::custom("(?:a.{0,900}b|a)", 1024).unwrap())]).unwrap();
        let text = vec![b'a'; 4096];
        let mut budget = Budget::of(16);
        let result = scanner.scan(&text, &mut scanner.cache(), &mut budget, &mut Vec::new());
        assert!(result.is_ok() || result == Err(RedactErrorKind::WorkBudget));
    }
}
