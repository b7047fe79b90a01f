//! One pattern's automata, each built when it is first needed: most patterns meet no body that has anything
//! for them, and most tries fail in the first one.
//!
//! Three questions, three engines over the same pattern: where does the match end (a lazy automaton), where
//! does it begin (the same backwards), which part of it is the value (a backtracker, only over the match).
//! It must not know rules, anchors or budgets.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex_automata::hybrid::dfa;
use regex_automata::nfa::thompson::backtrack::{self, BoundedBacktracker};
use regex_automata::nfa::thompson::pikevm::{self, PikeVM};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input, MatchKind};
use regex_syntax::hir::Hir;

use super::pattern::{PatternError, bounded};
use crate::error::RedactErrorKind;
use crate::limits::PATTERN_COMPILED_BYTES_MAX;
use crate::span::Span;

/// Memory for the states of one lazy automaton.
const CACHE_BYTES: usize = 256 << 10;
/// How often that memory may be cleared before a search asks for new states to be worth their while.
const CLEARS_MIN: usize = 3;
/// Bytes that a state must be good for by then; past that the search goes on without states.
const BYTES_PER_STATE_MIN: usize = 10;

/// A pattern ready to run. Immutable; what a search writes is in [`Cache`].
#[derive(Debug)]
pub(super) struct Automaton {
    pattern: Cow<'static, str>,
    /// Whether group 1 is the value, not the whole match.
    grouped: bool,
    forward: OnceLock<Option<Box<Forward>>>,
    backward: OnceLock<Option<Box<dfa::DFA>>>,
}

/// What every search needs.
#[derive(Debug)]
struct Forward {
    ends: dfa::DFA,
    groups: BoundedBacktracker,
    /// For what the others do not fit.
    any: PikeVM,
}

/// What searches with one automaton write.
#[derive(Debug, Default)]
pub(super) struct Cache {
    forward: Option<Box<dfa::Cache>>,
    backward: Option<Box<dfa::Cache>>,
    groups: Option<Box<backtrack::Cache>>,
    any: Option<Box<pikevm::Cache>>,
}

/// A match and the value in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) whole: Span,
    pub(super) value: Span,
}

impl Automaton {
    pub(super) fn new(pattern: Cow<'static, str>, grouped: bool) -> Self {
        Self { pattern, grouped, forward: OnceLock::new(), backward: OnceLock::new() }
    }

    /// Builds all of it now: a pattern from a policy is refused when the policy is read, not in a search.
    pub(super) fn build(&self, hir: &Hir) -> Result<(), PatternError> {
        let forward = Box::new(Forward::new(hir, self.grouped)?);
        let backward = Box::new(backward(hir)?);
        // Set before only if it was built before, from the same pattern.
        let _ = (self.forward.set(Some(forward)), self.backward.set(Some(backward)));
        Ok(())
    }

    fn forward(&self) -> Result<&Forward, RedactErrorKind> {
        let build = || Forward::new(&bounded(&self.pattern).ok()?, self.grouped).ok().map(Box::new);
        self.forward.get_or_init(build).as_deref().ok_or(RedactErrorKind::Internal)
    }

    fn backward(&self) -> Result<&dfa::DFA, RedactErrorKind> {
        let build = || backward(&bounded(&self.pattern).ok()?).ok().map(Box::new);
        self.backward.get_or_init(build).as_deref().ok_or(RedactErrorKind::Internal)
    }

    /// The leftmost match from `from` to `end`, by leftmost-first; exactly at `from` when anchored.
    pub(super) fn find(
        &self,
        cache: &mut Cache,
        text: &[u8],
        from: usize,
        end: usize,
        anchored: Anchored,
    ) -> Result<Option<Found>, RedactErrorKind> {
        let forward = self.forward()?;
        let input = Input::new(text).span(from..end).anchored(anchored);
        let states = cache.forward.get_or_insert_with(|| Box::new(forward.ends.create_cache()));
        let end = match forward.ends.try_search_fwd(states, &input) {
            Ok(Some(half)) => half.offset(),
            Ok(None) => return Ok(None),
            Err(_) => return Ok(forward.groups(cache, &input, self.grouped)),
        };
        let mut input = input.span(from..end).anchored(Anchored::Yes);
        if !anchored.is_anchored() {
            let backward = self.backward()?;
            let states = cache.backward.get_or_insert_with(|| Box::new(backward.create_cache()));
            match backward.try_search_rev(states, &input) {
                Ok(Some(half)) => input.set_start(half.offset()),
                Ok(None) => return Err(RedactErrorKind::Internal),
                Err(_) => return Ok(forward.groups(cache, &input.anchored(Anchored::No), self.grouped)),
            }
        }
        if self.grouped {
            return Ok(forward.groups(cache, &input, true));
        }
        let whole = Span::of(input.start(), end);
        Ok(Some(Found { whole, value: whole }))
    }
}

impl Forward {
    fn new(hir: &Hir, grouped: bool) -> Result<Self, PatternError> {
        let captures = if grouped { WhichCaptures::All } else { WhichCaptures::Implicit };
        let nfa = nfa(hir, thompson::Config::new().which_captures(captures))?;
        let ends = lazy(nfa.clone(), dfa::Config::new().match_kind(MatchKind::LeftmostFirst))?;
        let groups = BoundedBacktracker::new_from_nfa(nfa.clone()).map_err(|_| PatternError::Syntax)?;
        let any = PikeVM::new_from_nfa(nfa).map_err(|_| PatternError::Syntax)?;
        Ok(Self { ends, groups, any })
    }

    /// Match and value by the engines that know groups. They always answer, and slowly.
    fn groups(&self, cache: &mut Cache, input: &Input<'_>, grouped: bool) -> Option<Found> {
        let mut slots = [None; 4];
        let slots = slots.get_mut(..if grouped { 4 } else { 2 })?;
        if input.get_span().len() <= self.groups.max_haystack_len() {
            let memory = cache.groups.get_or_insert_with(|| Box::new(self.groups.create_cache()));
            self.groups.try_search_slots(memory, input, slots).ok()??;
        } else {
            let memory = cache.any.get_or_insert_with(|| Box::new(self.any.create_cache()));
            self.any.search_slots(memory, input, slots)?;
        }
        let mut spans = slots.chunks_exact(2).map(span_of);
        let whole = spans.next().flatten()?;
        Some(Found { whole, value: spans.next().flatten().unwrap_or(whole) })
    }
}

fn span_of(slots: &[Option<NonMaxUsize>]) -> Option<Span> {
    let [Some(start), Some(end)] = slots else { return None };
    Some(Span::of(start.get(), end.get()))
}

/// Finds where a match begins whose end is known.
fn backward(hir: &Hir) -> Result<dfa::DFA, PatternError> {
    let config = thompson::Config::new().reverse(true).which_captures(WhichCaptures::None);
    lazy(nfa(hir, config)?, dfa::Config::new().match_kind(MatchKind::All))
}

fn nfa(hir: &Hir, config: thompson::Config) -> Result<NFA, PatternError> {
    let config = config.utf8(false).nfa_size_limit(Some(PATTERN_COMPILED_BYTES_MAX));
    thompson::Compiler::new().configure(config).build_from_hir(hir).map_err(|error| {
        if error.size_limit().is_some() { PatternError::TooLarge } else { PatternError::Syntax }
    })
}

fn lazy(nfa: NFA, config: dfa::Config) -> Result<dfa::DFA, PatternError> {
    let config = config
        .cache_capacity(CACHE_BYTES)
        // A pattern whose smallest set of states needs more gets that much: its size is limited itself.
        .skip_cache_capacity_check(true)
        .minimum_cache_clear_count(Some(CLEARS_MIN))
        .minimum_bytes_per_state(Some(BYTES_PER_STATE_MIN));
    // Fails for Unicode's word boundary, which a lazy automaton does not know.
    dfa::Builder::new().configure(config).build_from_nfa(nfa).map_err(|_| PatternError::Syntax)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(pattern: &str) -> Result<(), PatternError> {
        Automaton::new(Cow::Owned(pattern.to_owned()), false).build(&bounded(pattern)?)
    }

    #[test]
    fn patterns_that_cannot_run_are_refused_when_they_are_built() {
        assert_eq!(build(r"\bab"), Ok(()));
        assert_eq!(build(r"(?u)\bab"), Err(PatternError::Syntax));
        let many = |times: u32| format!("(?:(?:a|b1|c2|d3|e4|f5|g6)h?){{{times}}}");
        assert_eq!(build(&many(100)), Ok(()));
        assert!(bounded(&many(2700)).is_ok());
        assert_eq!(build(&many(2700)), Err(PatternError::TooLarge));
    }
}
