//! Patterns made safe: every repeat bounded, no match across a value's end, no empty match.

use regex_automata::util::syntax;
use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition,
};

use crate::limits::MATCH_BYTES_MAX;
use crate::span::index;

/// What an unbounded repeat is cut to.
const REPEAT_MAX: u32 = 256;
/// Deepest nesting of a pattern, which bounds the walk through it.
const NEST_MAX: u32 = 32;

/// Why a pattern cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatternError {
    Syntax,
    TooLarge,
}

/// The pattern over bytes with bounded repeats and without the NUL that parts values.
pub(crate) fn bounded(pattern: &str) -> Result<Hir, PatternError> {
    let config = super::anchor::syntax_config().nest_limit(NEST_MAX);
    let hir = syntax::parse_with(pattern, &config).map_err(|_| PatternError::Syntax)?;
    let hir = within_limits(hir);
    let properties = hir.properties();
    if properties.minimum_len().unwrap_or(0) == 0 {
        return Err(PatternError::Syntax);
    }
    if properties.maximum_len().is_none_or(|length| length > index(MATCH_BYTES_MAX)) {
        return Err(PatternError::TooLarge);
    }
    Ok(hir)
}

/// Depth of the walk is bounded by [`NEST_MAX`].
fn within_limits(hir: Hir) -> Hir {
    match hir.into_kind() {
        HirKind::Repetition(repeat) => {
            let most = repeat.max.unwrap_or_else(|| repeat.min.saturating_add(REPEAT_MAX));
            let sub = Box::new(within_limits(*repeat.sub));
            Hir::repetition(Repetition { max: Some(most), sub, ..repeat })
        }
        HirKind::Capture(mut capture) => {
            capture.sub = Box::new(within_limits(*capture.sub));
            Hir::capture(capture)
        }
        HirKind::Concat(subs) => Hir::concat(subs.into_iter().map(within_limits).collect()),
        HirKind::Alternation(subs) => Hir::alternation(subs.into_iter().map(within_limits).collect()),
        HirKind::Class(Class::Bytes(mut class)) => {
            class.difference(&ClassBytes::new([ClassBytesRange::new(0, 0)]));
            Hir::class(Class::Bytes(class))
        }
        HirKind::Class(Class::Unicode(mut class)) => {
            class.difference(&ClassUnicode::new([ClassUnicodeRange::new('\0', '\0')]));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Look(look) => Hir::look(look),
    }
}

/// Whether a pattern spells out the NUL between values: its matches would run from one into another.
/// Depth is bounded as above.
pub(super) fn names_nul(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.contains(&0),
        HirKind::Repetition(repeat) => names_nul(&repeat.sub),
        HirKind::Capture(capture) => names_nul(&capture.sub),
        HirKind::Concat(subs) | HirKind::Alternation(subs) => subs.iter().any(names_nul),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_cut() {
        let longest = |pattern| bounded(pattern).unwrap().properties().maximum_len();
        assert_eq!(longest("a+"), Some(257));
        assert_eq!(longest("a{2,3}b*"), Some(259));
    }

    #[test]
    fn unusable_patterns_are_refused() {
        assert_eq!(bounded("(a").unwrap_err(), PatternError::Syntax);
        assert_eq!(bounded("a*").unwrap_err(), PatternError::Syntax);
        assert_eq!(bounded("(?:a{100}){100}").unwrap_err(), PatternError::TooLarge);
    }
}
