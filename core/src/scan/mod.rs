//! Finds where rules' patterns and checks hold: one pass for all their anchors, then each rule where it
//! can begin.
//!
//! It must not know what an entity is, nor documents. The anchors are derived (`anchor.rs`), so that they
//! can only save work: searching each rule on its own gives the same matches, and a test says so.

mod anchor;
mod automaton;
mod bytes;
mod detector;
mod literal;
mod pattern;
mod place;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod record;
mod search;

use std::collections::BTreeMap;
use std::sync::Arc;

use tamis_simd::Marks;

use anchor::Anchor;
use bytes::ByteSet;
pub(crate) use detector::Detector;
use literal::Literals;
pub(crate) use pattern::PatternError;
use search::Search;

use crate::budget::Budget;
use crate::error::RedactErrorKind;
use crate::span::{Span, index, offset};

/// A place where a detector's pattern and check hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Index of the detector.
    pub(crate) detector: u32,
    pub(crate) span: Span,
}

/// All detectors of a policy, and where each can begin. Immutable; what a search writes is in [`ScanCache`].
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    detectors: Vec<Arc<Detector>>,
    literals: Arc<Literals>,
    anchors: Arc<Anchors>,
    /// Detectors without an anchor.
    anywhere: Arc<[u16]>,
}

/// What places of a text can be anchors.
#[derive(Debug)]
struct Anchors {
    /// A bit for each group.
    marks: Marks,
    groups: Vec<Group>,
}

/// Detectors whose matches have a place with the same bytes.
#[derive(Debug, Default)]
struct Group {
    /// Detectors that begin within a few bytes before the place: fewest and most.
    near: Vec<(u16, u32, u32)>,
    /// Detectors that are searched around the place.
    around: Vec<u16>,
}

/// Most groups; detectors of further ones search everywhere.
const GROUPS_MAX: usize = 64;
/// Most starts before a place that are tried one by one.
const STARTS_MAX: u32 = 4;

/// What searches write. Belongs to one scanner.
#[derive(Debug)]
pub(crate) struct ScanCache {
    rules: Vec<automaton::Cache>,
    /// Places where a detector may begin.
    starts: Vec<(u16, u32)>,
    /// For each group, the places of its bytes.
    places: Vec<Vec<u32>>,
}

impl Scanner {
    pub(crate) fn new(detectors: Vec<Arc<Detector>>) -> Self {
        let mut literals = Vec::new();
        let mut groups: BTreeMap<[ByteSet; 3], Group> = BTreeMap::new();
        let mut anywhere = Vec::new();
        for (at, detector) in (0_u16..).zip(&detectors) {
            match &detector.anchor {
                Anchor::Literals(own) => literals.extend(own.iter().map(|literal| (*literal, at))),
                Anchor::Place(place) => {
                    let group = groups.entry([place.before, place.at, place.after]).or_default();
                    let (fewest, most) = place.head;
                    if most.saturating_sub(fewest) < STARTS_MAX {
                        group.near.push((at, fewest, most));
                    } else {
                        group.around.push(at);
                    }
                }
                Anchor::Anywhere => anywhere.push(at),
            }
        }
        let mut groups: Vec<([ByteSet; 3], Group)> = groups.into_iter().collect();
        for (_, others) in groups.drain(groups.len().min(GROUPS_MAX)..) {
            anywhere.extend(others.around);
            anywhere.extend(others.near.into_iter().map(|(detector, ..)| detector));
        }
        let marks = Marks::new(|byte| {
            let mut marks = [0; 3];
            for (bit, (sets, _)) in (0_u32..).zip(&groups) {
                for (mark, _) in marks.iter_mut().zip(sets).filter(|(_, set)| set.has(byte)) {
                    *mark |= 1_u64.wrapping_shl(bit);
                }
            }
            marks
        });
        let groups = groups.into_iter().map(|(_, group)| group).collect();
        let literals = Arc::new(Literals::new(&literals));
        let anchors = Arc::new(Anchors { marks, groups });
        Self { detectors, literals, anchors, anywhere: anywhere.into() }
    }

    /// The same with more detectors at the end.
    pub(crate) fn with(&self, more: Vec<Arc<Detector>>) -> Self {
        if more.is_empty() {
            return self.clone();
        }
        Self::new(self.detectors.iter().cloned().chain(more).collect())
    }

    pub(crate) fn cache(&self) -> ScanCache {
        ScanCache {
            rules: self.detectors.iter().map(|_| automaton::Cache::default()).collect(),
            starts: Vec::new(),
            places: self.anchors.groups.iter().map(|_| Vec::new()).collect(),
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
        budget.spend(text.len())?;
        self.find_anchors(text, cache);
        budget.spend(cache.starts.len())?;
        let starts = std::mem::take(&mut cache.starts);
        let mut rest = starts.as_slice();
        while let Some((detector, _)) = rest.first() {
            let (own, others) = rest.split_at(rest.partition_point(|(other, _)| other == detector));
            rest = others;
            self.search(*detector, text, cache, |search| search.at_starts(own, budget, out))?;
        }
        cache.starts = starts;
        let all_places = std::mem::take(&mut cache.places);
        for (group, places) in self.anchors.groups.iter().zip(&all_places) {
            for detector in group.around.iter().filter(|_| !places.is_empty()) {
                self.search(*detector, text, cache, |search| search.around(places, budget, out))?;
            }
        }
        cache.places = all_places;
        for detector in &*self.anywhere {
            self.search(*detector, text, cache, |search| {
                search.window(0, Span::of(0, text.len()), budget, out).map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Every match by every detector's own search: what [`Self::scan`] must equal.
    #[cfg(test)]
    pub(crate) fn scan_each(&self, text: &[u8], out: &mut Vec<Match>) -> Result<(), RedactErrorKind> {
        let mut cache = self.cache();
        for (at, _) in (0_u16..).zip(&self.detectors) {
            let whole = Span::of(0, text.len());
            self.search(at, text, &mut cache, |search| {
                search.window(0, whole, &mut Budget::of(1 << 30), out).map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Fills the places where detectors may begin, by detector, and those that others are searched around.
    fn find_anchors(&self, text: &[u8], cache: &mut ScanCache) {
        cache.starts.clear();
        cache.places.iter_mut().for_each(Vec::clear);
        let ScanCache { starts, places, .. } = cache;
        self.literals.each(text, |owner, at| starts.push((owner, offset(at))));
        self.anchors.marks.each(text, |at, mut mark| {
            let at = offset(at);
            while mark != 0 {
                let bit = index(mark.trailing_zeros());
                mark &= mark.wrapping_sub(1);
                let Some((group, places)) = self.anchors.groups.get(bit).zip(places.get_mut(bit)) else {
                    break;
                };
                for (owner, fewest, most) in &group.near {
                    let before = (*fewest..=*most).filter_map(|head| at.checked_sub(head));
                    starts.extend(before.map(|start| (*owner, start)));
                }
                if !group.around.is_empty() {
                    places.push(at);
                }
            }
        });
        starts.sort_unstable();
        starts.dedup();
    }

    fn search(
        &self,
        at: u16,
        text: &[u8],
        cache: &mut ScanCache,
        run: impl FnOnce(&mut Search<'_>) -> Result<(), RedactErrorKind>,
    ) -> Result<(), RedactErrorKind> {
        let found = self.detectors.get(usize::from(at)).zip(cache.rules.get_mut(usize::from(at)));
        let Some((detector, cache)) = found else { return Ok(()) };
        run(&mut Search { index: u32::from(at), detector, text, cache })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::rule::{Rule, no_more};
    use crate::validate::{Validator, any};

    fn even(bytes: &[u8]) -> bool {
        bytes.iter().filter(|b| b.is_ascii_digit()).count() % 2 == 0
    }

    fn rule(pattern: &'static str, validator: Validator, shrink: bool) -> Rule {
        let (entity, confidence) = (crate::Entity::Sku, crate::Confidence::High);
        Rule { id: "test", entity, confidence, pattern, max_length: 64, validator, shrink, extend: no_more }
    }

    fn check(pattern: &'static str, validator: Validator, shrink: bool, text: &str, expected: &[&str]) {
        let scanner = Scanner::new(vec![Arc::new(Detector::new(&rule(pattern, validator, shrink)).unwrap())]);
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

    /// Pieces that rules begin with, hold, or break off at.
    const PIECES: &[&str] = &[
        "anna@example.com",
        "@",
        "a@",
        "+49 30 1234567",
        "+",
        "00",
        "4111 1111 1111 1111",
        "1 ",
        "12",
        " ",
        ", ",
        "DE89370400440532013000",
        "192.0.2.7",
        "2001:db8::1",
        ":",
        "sk_live_",
        "sk-proj-",
        "AKIA",
        "eyJ",
        ".",
        "-",
        "abcdefghijklmnop0123456789",
        "ghp_",
        "Bearer ",
        "password: ",
        "hunter2!",
        "SKU ",
        "order #",
        "1001",
        "price 19.90 ",
        "\u{20ac}",
        "EUR",
        "Dear Anna Larsen, ",
        "Mr ",
        "12 Baker Street",
        "\n",
        "\0",
        "\"",
        "tel ",
        "(201) 555-3711",
        "https://user:pw@host/",
        "coupon code ",
        "X9",
        "\u{e9}",
        "EAN ",
        "4006381333931",
    ];

    #[test]
    fn anchors_lose_no_match() {
        let detectors = crate::rule::built_in().map(|r| Arc::new(Detector::new(r).unwrap()));
        let scanner = Scanner::new(detectors.collect());
        let mut cache = scanner.cache();
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let mut total = 0;
        for _ in 0..1500 {
            let text: String =
                (0..=random(12)).filter_map(|_| PIECES.get(random(PIECES.len())).copied()).collect();
            let (mut fast, mut slow) = (Vec::new(), Vec::new());
            scanner.scan(text.as_bytes(), &mut cache, &mut Budget::of(1 << 20), &mut fast).unwrap();
            scanner.scan_each(text.as_bytes(), &mut slow).unwrap();
            fast.sort_by_key(|m| (m.detector, m.span));
            slow.sort_by_key(|m| (m.detector, m.span));
            assert_eq!(fast, slow, "{text:?}");
            total += fast.len();
        }
        assert!(total > 1000, "the pieces make {total} matches");
    }

    #[test]
    fn automata_find_what_a_stock_engine_finds() {
        use regex_automata::{Anchored, Input, meta, util::captures::Captures};
        let text = PIECES.concat();
        let text = text.as_bytes();
        let mut total = 0;
        for rule in crate::rule::built_in() {
            let hir = pattern::bounded(rule.pattern).unwrap();
            let stock = meta::Builder::new()
                .configure(meta::Config::new().utf8_empty(false))
                .build_from_hir(&hir)
                .unwrap();
            let mut captures: Captures = stock.create_captures();
            let mut cache = automaton::Cache::default();
            let detector = Detector::new(rule).unwrap();
            for from in 0..text.len() {
                for anchored in [Anchored::Yes, Anchored::No] {
                    let end = text.len().min(from + 400);
                    stock
                        .search_captures(&Input::new(text).span(from..end).anchored(anchored), &mut captures);
                    let span = |group: Option<regex_automata::Span>| group.map(|s| Span::of(s.start, s.end));
                    let whole = span(captures.get_group(0));
                    let value = span(captures.get_group(1)).or(whole);
                    let found = detector.automaton.find(&mut cache, text, from, end, anchored).unwrap();
                    assert_eq!(found.map(|f| f.whole), whole, "{} from {from}", rule.id);
                    assert_eq!(found.map(|f| f.value), value, "{} from {from}", rule.id);
                    total += usize::from(found.is_some());
                }
            }
        }
        assert!(total > 1000, "the pieces make {total} matches");
    }

    #[test]
    fn no_match_crosses_a_value() {
        check(r"a[^x]*b", any, false, "a1b\0a2\0b", &["a1b"]);
        check(r"(?u:a[^x]*b)", any, false, "a1b\0a2\0b", &["a1b"]);
    }

    #[test]
    fn work_is_bounded() {
        let scanner = Scanner::new(vec![Arc::new(Detector::custom("(?:a.{0,900}b|a)", 1024).unwrap())]);
        let text = vec![b'a'; 4096];
        let mut budget = Budget::of(16);
        let result = scanner.scan(&text, &mut scanner.cache(), &mut budget, &mut Vec::new());
        assert!(result.is_ok() || result == Err(RedactErrorKind::WorkBudget));
    }
}
