//! Where a pattern can begin: what the compiler derives from it, so that a rule more is no pass more.
//!
//! What it derives of the built-in rules is written down beside them; a test holds that to what it says here.
//! Two kinds: literals that every match begins with, and else the rarest place that every match has.

use regex_automata::util::syntax;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Look, Repetition};

use super::bytes::{ByteSet, is_word};
use super::literal::{LITERAL_BYTES_MAX, Literal};
use super::place::{Place, class_bytes, places};
use crate::rule::Begin;

/// Most literals of one pattern; more say too little.
const LITERALS_MAX: usize = 1024;
/// More literals than these are a class spelled out, which stands in every other word.
const FEW_LITERALS: usize = 64;
/// How many of a thousand million bytes of ordinary text may be the place that is looked around.
const PLACE_WEIGHT_MAX: u64 = 150_000_000;

/// Where a pattern's matches can begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// At one of these literals, in lower case and compared without case.
    Literals(Vec<Literal>),
    /// Around a place that each has.
    Place(Place),
    /// Anywhere.
    Anywhere,
}

impl Anchor {
    /// The anchor that is written down of a pattern.
    pub(super) fn recorded(begin: Begin) -> Option<Self> {
        Some(match begin {
            Begin::Literals { at_words, everywhere } => {
                let at_words = at_words.iter().map(|literal| Literal::of(literal, true));
                let everywhere = everywhere.iter().map(|literal| Literal::of(literal, false));
                Self::Literals(at_words.chain(everywhere).collect::<Option<_>>()?)
            }
            Begin::Place { before, at, after, head, tail } => {
                let [before, at, after] = [before, at, after].map(ByteSet::of_runs);
                Self::Place(Place { before, at, after, head, tail })
            }
            Begin::Anywhere => Self::Anywhere,
        })
    }

    /// The cheapest anchor of a pattern.
    pub(crate) fn of(hir: &Hir) -> Self {
        let literals = literals(hir);
        if let Some(few) = literals.as_ref().filter(|literals| literals.len() <= FEW_LITERALS) {
            return Self::Literals(few.clone());
        }
        let rarest = places(hir).into_iter().min_by_key(|place| (place.weight(), *place));
        match rarest.filter(|place| place.weight() <= PLACE_WEIGHT_MAX) {
            Some(place) => Self::Place(place),
            None => literals.map_or(Self::Anywhere, Self::Literals),
        }
    }
}

/// The literals that every match begins with, if they tell enough; first those that only begin words.
fn literals(hir: &Hir) -> Option<Vec<Literal>> {
    let mut all = Vec::new();
    for at_word in [true, false] {
        let Some(branches) = branches(hir, at_word) else { continue };
        let spelled = prefixes(&branches).or_else(|| prefixes(&folded(&branches)))?;
        // A `\b` before a byte that is no word's stands after one.
        let begins_word = |bytes: &[u8]| at_word && bytes.first().is_some_and(|byte| is_word(*byte));
        for bytes in &spelled {
            all.push(Literal::of(bytes, begins_word(bytes))?);
        }
    }
    all.sort_unstable_by_key(|literal| (!literal.at_word, *literal));
    all.dedup();
    (!all.is_empty()).then_some(all)
}

/// The branches of a pattern that begin with `\b`, without it, or the other branches. Depth is bounded by the
/// parser.
fn branches(hir: &Hir, at_word: bool) -> Option<Hir> {
    match hir.kind() {
        HirKind::Alternation(subs) => {
            let subs: Vec<Hir> = subs.iter().filter_map(|sub| branches(sub, at_word)).collect();
            (!subs.is_empty()).then(|| Hir::alternation(subs))
        }
        HirKind::Capture(capture) => branches(&capture.sub, at_word),
        HirKind::Concat(subs) => {
            let (first, rest) = subs.split_first()?;
            if matches!(first.kind(), HirKind::Look(Look::WordAscii)) {
                return at_word.then(|| Hir::concat(rest.to_vec()));
            }
            let first = branches(first, at_word)?;
            Some(Hir::concat(std::iter::once(first).chain(rest.iter().cloned()).collect()))
        }
        HirKind::Empty
        | HirKind::Look(_)
        | HirKind::Literal(_)
        | HirKind::Class(_)
        | HirKind::Repetition(_) => (!at_word).then(|| hir.clone()),
    }
}

/// What every match begins with, in lower case, if that tells enough.
fn prefixes(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let found = Extractor::new()
        .kind(ExtractKind::Prefix)
        .limit_literal_len(LITERAL_BYTES_MAX)
        .limit_class(16)
        .limit_repeat(LITERAL_BYTES_MAX)
        .limit_total(LITERALS_MAX)
        .extract(hir);
    let literals = found.literals()?.iter().map(|literal| literal.as_bytes().to_ascii_lowercase());
    let mut literals: Vec<Vec<u8>> = literals.collect();
    literals.sort_unstable();
    literals.dedup();
    let short = literals.iter().filter(|literal| literal.len() < LITERAL_BYTES_MAX).count();
    (!literals.is_empty() && short <= FEW_LITERALS).then_some(literals)
}

/// The pattern in lower case: its literals are compared without case, so one spelling is enough.
fn folded(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Look(look) => Hir::look(*look),
        HirKind::Literal(literal) => Hir::literal(literal.0.to_ascii_lowercase()),
        HirKind::Class(class) => {
            let bytes = class_bytes(class).iter().map(|byte| byte.to_ascii_lowercase());
            Hir::class(Class::Bytes(ClassBytes::new(bytes.map(|byte| ClassBytesRange::new(byte, byte)))))
        }
        HirKind::Repetition(repeat) => {
            Hir::repetition(Repetition { sub: Box::new(folded(&repeat.sub)), ..repeat.clone() })
        }
        HirKind::Capture(capture) => folded(&capture.sub),
        HirKind::Concat(subs) => Hir::concat(subs.iter().map(folded).collect()),
        HirKind::Alternation(subs) => Hir::alternation(subs.iter().map(folded).collect()),
    }
}

/// The configuration that every pattern is parsed with.
pub(crate) fn syntax_config() -> syntax::Config {
    syntax::Config::new().unicode(false).utf8(false).line_terminator(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::pattern::bounded;
    use super::*;

    fn check(pattern: &str, expected: &str) {
        let spelled = |set: ByteSet| match set {
            ByteSet::ALL => "any".into(),
            set => set.iter().map(|byte| if byte == 0 { '0' } else { char::from(byte) }).collect::<String>(),
        };
        let anchor = match Anchor::of(&bounded(pattern).unwrap()) {
            Anchor::Literals(literals) => {
                let words = literals.iter().map(|l| {
                    let sign = if l.at_word { "^" } else { "" };
                    format!(" {sign}{}", String::from_utf8_lossy(l.bytes()))
                });
                format!("literals{}", words.collect::<String>())
            }
            Anchor::Place(Place { before, at, after, head, tail }) => {
                let [before, at, after] = [before, at, after].map(spelled);
                format!("{before} <{at}> {after} by {head:?} and {tail}")
            }
            Anchor::Anywhere => "anywhere".into(),
        };
        assert_eq!(anchor, expected, "{pattern}");
    }

    #[test]
    fn literals_are_derived() {
        check(r"\bsk_live_[a-z]{20}", "literals ^sk_l");
        check(r"(?i)\b(?:sku|art)[:=]", "literals ^art: ^art= ^sku: ^sku=");
        check(r"(?:\b(?:the|a) |use)x", "literals ^a x ^the  usex");
        check(r"\b(?:-x|ab)", "literals ^ab -x");
    }

    #[test]
    fn places_are_derived() {
        check(r"\b[4-6]{4} [0-9]{4}\b", "456 < > 0123456789 by (4, 4) and 4");
        check(r"\+(?:[1-9]{1,3})?[0-9]{4,}", "any <+> 0123456789 by (0, 0) and 263");
        check(r"[a-c.]{1,64}@[a-c]{1,99}", ".abc <@> abc by (1, 64) and 99");
        check(r"\b[A-C]{2}[0-2]{2}", "ABC <012> 012 by (2, 2) and 1");
        check(r"(?:^|[+])[0-8]{9}", "0+ <012345678> 012345678 by (0, 1) and 8");
        check(r"[a-z]{3}(?:@x|(?:[a-c]{2}@){1,3})", "abcdefghijklmnopqrstuvwxyz <@> any by (3, 5) and 6");
        check(r"[a-z]{2,4}", "anywhere");
    }
}
