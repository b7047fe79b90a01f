//! Where a pattern can begin: what the compiler derives from it, so that a rule more is no pass more.
//!
//! What it derives of the built-in rules is written down beside them; a test holds that to what it says here.
//! Three kinds, from cheap to dear: literals that every match begins with, found for all rules in one
//! pass; bytes that every match begins with; bytes that every match holds, and how far around them it
//! can reach.

use regex_automata::util::syntax;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Look, Repetition};

use super::literal::{LITERAL_BYTES_MAX, Literal};
use crate::rule::Begin;
use crate::span::offset;

/// Most literals of one pattern; more say too little.
const LITERALS_MAX: usize = 1024;
/// More literals than these are a class spelled out, which stands in every other word.
const FEW_LITERALS: usize = 64;
/// How much of an ordinary text the bytes may be that are looked for one by one: digits, not letters.
const AROUND_WEIGHT_MAX: u32 = 150;

/// Where a pattern's matches can begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// At one of these literals, in lower case and compared without case.
    Literals(Vec<Literal>),
    /// At one of these bytes; with `boundary`, where a word begins.
    First { bytes: ByteSet, boundary: bool },
    /// Around one of these bytes: no more than `before` ahead of it, done no more than `after` past where it is.
    Around { bytes: ByteSet, before: u32, after: u32 },
    /// Anywhere.
    Anywhere,
}

impl Anchor {
    /// The anchor that is written down of a pattern.
    pub(super) fn recorded(begin: Begin) -> Option<Self> {
        Some(match begin {
            Begin::Literals(literals) => {
                Self::Literals(literals.iter().map(|literal| Literal::of(literal)).collect::<Option<_>>()?)
            }
            Begin::First { bytes, boundary } => Self::First { bytes: bytes.iter().collect(), boundary },
            Begin::Around { bytes, before, after } => {
                Self::Around { bytes: bytes.iter().collect(), before, after }
            }
            Begin::Anywhere => Self::Anywhere,
        })
    }

    /// The cheapest anchor of a pattern.
    pub(crate) fn of(hir: &Hir) -> Self {
        let literals = prefixes(hir).or_else(|| prefixes(&folded(hir)));
        if let Some(few) = literals.as_ref().filter(|literals| literals.len() <= FEW_LITERALS) {
            return Self::Literals(few.clone());
        }
        let (first, _) = first_bytes(hir);
        if first.weight() <= AROUND_WEIGHT_MAX && !first.has_letters() {
            return Self::First { bytes: first, boundary: begins_at_boundary(hir) };
        }
        let rarest = required(hir).into_iter().min_by_key(|place| place.bytes.weight());
        match rarest.filter(|place| place.bytes.weight() <= AROUND_WEIGHT_MAX) {
            Some(Place { bytes, before, after }) => {
                Self::Around { bytes, before: offset(before), after: offset(after) }
            }
            None => literals.map_or(Self::Anywhere, Self::Literals),
        }
    }
}

/// The literals that every match begins with, in lower case, if they tell enough.
fn prefixes(hir: &Hir) -> Option<Vec<Literal>> {
    let found = Extractor::new()
        .kind(ExtractKind::Prefix)
        .limit_literal_len(LITERAL_BYTES_MAX)
        .limit_class(16)
        .limit_repeat(LITERAL_BYTES_MAX)
        .limit_total(LITERALS_MAX)
        .extract(hir);
    let literals = found.literals()?.iter().map(|literal| Literal::of(literal.as_bytes()));
    let mut literals = literals.collect::<Option<Vec<Literal>>>()?;
    literals.sort_unstable();
    literals.dedup();
    let short = literals.iter().filter(|literal| literal.bytes().len() < LITERAL_BYTES_MAX).count();
    (!literals.is_empty() && short <= FEW_LITERALS).then_some(literals)
}

/// A set of bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    const NONE: Self = Self([0; 4]);
    const ALL: Self = Self([u64::MAX; 4]);

    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        let word = self.0.get(usize::from(byte.wrapping_shr(6))).copied().unwrap_or(0);
        word.wrapping_shr(u32::from(byte & 63)) & 1 == 1
    }

    fn of(byte: u8) -> Self {
        let mut set = Self::NONE;
        set.add(byte);
        set
    }

    fn add(&mut self, byte: u8) {
        if let Some(word) = self.0.get_mut(usize::from(byte.wrapping_shr(6))) {
            *word |= 1_u64.wrapping_shl(u32::from(byte & 63));
        }
    }

    fn union(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
        self
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..=u8::MAX).filter(move |byte| self.has(*byte))
    }

    /// True when it holds letters, or bytes of other scripts: they are everywhere.
    fn has_letters(&self) -> bool {
        self.iter().any(|byte| byte.is_ascii_alphabetic() || byte >= 0x80)
    }

    /// How much of an ordinary text these bytes are.
    fn weight(self) -> u32 {
        let one = |byte: u8| match byte {
            b' ' => 200,
            b'a'..=b'z' | b'.' | b',' => 20,
            b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => 5,
            _ => 1_u32,
        };
        self.iter().map(one).fold(0, u32::saturating_add)
    }
}

impl<'a> FromIterator<&'a u8> for ByteSet {
    fn from_iter<T: IntoIterator<Item = &'a u8>>(bytes: T) -> Self {
        bytes.into_iter().fold(Self::NONE, |set, byte| set.union(Self::of(*byte)))
    }
}

impl std::fmt::Debug for ByteSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The bytes that a match can begin with, and whether it can be empty. Depth is bounded by the parser.
fn first_bytes(hir: &Hir) -> (ByteSet, bool) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (ByteSet::NONE, true),
        HirKind::Literal(literal) => {
            (literal.0.first().map_or(ByteSet::NONE, |byte| ByteSet::of(*byte)), literal.0.is_empty())
        }
        HirKind::Class(class) => (class_bytes(class), false),
        HirKind::Repetition(repeat) => {
            let (set, empty) = first_bytes(&repeat.sub);
            (set, empty || repeat.min == 0)
        }
        HirKind::Capture(capture) => first_bytes(&capture.sub),
        HirKind::Concat(subs) => {
            let mut set = ByteSet::NONE;
            for sub in subs {
                let (more, empty) = first_bytes(sub);
                set = set.union(more);
                if !empty {
                    return (set, false);
                }
            }
            (set, true)
        }
        HirKind::Alternation(subs) => subs
            .iter()
            .map(first_bytes)
            .fold((ByteSet::NONE, false), |all, one| (all.0.union(one.0), all.1 || one.1)),
    }
}

/// Bytes of which every match holds one, and how much of the match can be before that one and from it on.
#[derive(Clone, Copy)]
struct Place {
    bytes: ByteSet,
    before: usize,
    after: usize,
}

impl Place {
    /// The same amid more of a match.
    fn amid(self, before: usize, after: usize) -> Self {
        let (before, after) = (self.before.saturating_add(before), self.after.saturating_add(after));
        Self { before, after, ..self }
    }

    /// Of this or the other.
    fn or(self, other: Self) -> Self {
        let (before, after) = (self.before.max(other.before), self.after.max(other.after));
        Self { bytes: self.bytes.union(other.bytes), before, after }
    }
}

/// The longest match. Every repeat is bounded.
fn longest(hir: &Hir) -> usize {
    hir.properties().maximum_len().unwrap_or(usize::MAX)
}

/// The places that every match has.
fn required(hir: &Hir) -> Vec<Place> {
    let one = |bytes: ByteSet| Place { bytes, before: 0, after: 1 };
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => {
            let length = literal.0.len();
            let places = literal.0.iter().enumerate();
            places
                .map(|(at, byte)| {
                    one(ByteSet::of(*byte)).amid(at, length.saturating_sub(at).saturating_sub(1))
                })
                .collect()
        }
        HirKind::Class(class) => vec![one(class_bytes(class))],
        HirKind::Repetition(repeat) if repeat.min == 0 => Vec::new(),
        HirKind::Repetition(repeat) => {
            // That of the first round.
            let more = longest(hir).saturating_sub(longest(&repeat.sub));
            required(&repeat.sub).into_iter().map(|place| place.amid(0, more)).collect()
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Concat(subs) => {
            let mut places = Vec::new();
            let mut before = 0_usize;
            let mut after = subs.iter().map(longest).fold(0, usize::saturating_add);
            for sub in subs {
                after = after.saturating_sub(longest(sub));
                places.extend(required(sub).into_iter().map(|place| place.amid(before, after)));
                before = before.saturating_add(longest(sub));
            }
            places
        }
        HirKind::Alternation(subs) => {
            let Some((first, others)) = subs.split_first() else { return Vec::new() };
            let others: Vec<Vec<Place>> = others.iter().map(required).collect();
            // With each choice for the first branch, those for the others that add least.
            let join = |place: Place| {
                others.iter().try_fold(place, |all, choices| {
                    choices.iter().map(|one| all.or(*one)).min_by_key(|joined| joined.bytes.weight())
                })
            };
            required(first).into_iter().filter_map(join).collect()
        }
    }
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

fn class_bytes(class: &Class) -> ByteSet {
    let mut set = ByteSet::NONE;
    match class {
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .for_each(|range| (range.start()..=range.end()).for_each(|byte| set.add(byte))),
        // Patterns are over bytes; a class of characters would begin with anything.
        Class::Unicode(_) => set = ByteSet::ALL,
    }
    set
}

fn begins_at_boundary(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => *look == Look::WordAscii,
        HirKind::Concat(subs) => subs.first().is_some_and(begins_at_boundary),
        HirKind::Capture(capture) => begins_at_boundary(&capture.sub),
        HirKind::Alternation(subs) => subs.iter().all(begins_at_boundary),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Repetition(_) => false,
    }
}

/// True when a word begins at `at`.
pub(crate) fn word_begins(text: &[u8], at: usize) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|byte| !is_word(*byte))
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
        let anchor = match Anchor::of(&bounded(pattern).unwrap()) {
            Anchor::Literals(literals) => {
                let words: Vec<_> =
                    literals.iter().map(|l| String::from_utf8_lossy(l.bytes()).into_owned()).collect();
                format!("literals {}", words.join(" "))
            }
            Anchor::First { bytes, boundary } => {
                let bytes: String = bytes.iter().map(char::from).collect();
                format!("first {bytes}{}", if boundary { " at a word" } else { "" })
            }
            Anchor::Around { bytes, before, after } => {
                let bytes: String = bytes.iter().map(char::from).collect();
                format!("around {bytes} by {before} and {after}")
            }
            Anchor::Anywhere => "anywhere".into(),
        };
        assert_eq!(anchor, expected, "{pattern}");
    }

    #[test]
    fn anchors_are_derived() {
        check(r"\bsk_live_[a-z]{20}", "literals sk_l");
        check(r"(?i)\b(?:sku|art)[:=]", "literals art: art= sku: sku=");
        check(r"\b[0-9]{4} [0-9]{4}\b", "first 0123456789 at a word");
        check(r"\+(?:[1-9]{1,3})?[0-9]{4,}", "first +");
        check(r"[a-z.]{1,64}@[a-z.]{1,99}", "around @ by 64 and 100");
        check(r"\b[A-Z]{2}[0-9]{2}", "around 0123456789 by 2 and 2");
        check(r"[a-z]{3}(?:@x|(?:[a-z]{2}@){1,3})", "around @ by 5 and 7");
        check(r"[a-z]{2,4}", "anywhere");
    }
}
