//! Places that every match of a pattern has: a byte of some set, between bytes of others.
//!
//! Derived from the pattern alone. What stands before the first byte of a text and after its last one
//! counts as the NUL that parts values. It must not know how places are searched for, nor which is cheap.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::bytes::{ByteSet, is_word};
use crate::span::offset;

/// Places of one node that are looked at further; the rarest first.
const PLACES_MAX: usize = 6;

/// A byte that every match has, what can stand beside it, and how far the match reaches from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) before: ByteSet,
    pub(crate) at: ByteSet,
    pub(crate) after: ByteSet,
    /// Fewest and most bytes of the match before this one.
    pub(crate) head: (u32, u32),
    /// Most bytes of the match after this one.
    pub(crate) tail: u32,
}

impl Place {
    /// How many of a thousand million bytes are such places, roughly.
    pub(crate) fn weight(&self) -> u64 {
        self.before.weight().saturating_mul(self.at.weight()).saturating_mul(self.after.weight())
    }

    fn union(self, other: Self) -> Self {
        Self {
            before: self.before.union(other.before),
            at: self.at.union(other.at),
            after: self.after.union(other.after),
            head: (self.head.0.min(other.head.0), self.head.1.max(other.head.1)),
            tail: self.tail.max(other.tail),
        }
    }
}

/// The places of a pattern. Depth is bounded by the parser.
pub(crate) fn places(hir: &Hir) -> Vec<Place> {
    of(hir, Around { before: ByteSet::ALL, after: ByteSet::ALL, head: (0, 0), tail: 0 })
}

/// What surrounds a node within its pattern.
#[derive(Clone, Copy)]
struct Around {
    before: ByteSet,
    after: ByteSet,
    head: (u32, u32),
    tail: u32,
}

impl Around {
    fn place(self, at: ByteSet) -> Place {
        Place { before: self.before, at, after: self.after, head: self.head, tail: self.tail }
    }
}

fn of(hir: &Hir, around: Around) -> Vec<Place> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Class(class) => vec![around.place(class_bytes(class))],
        HirKind::Literal(literal) => of_literal(&literal.0, around),
        HirKind::Repetition(repeat) if repeat.min == 0 => Vec::new(),
        HirKind::Repetition(repeat) => {
            // The first round, which every match has.
            let more = repeat.max.unwrap_or(u32::MAX).saturating_sub(1);
            let (first, empty) = first_bytes(&repeat.sub);
            let mut after = if more > 0 || empty { first } else { ByteSet::NONE };
            if repeat.min < 2 || empty {
                after = after.union(around.after);
            }
            let tail = around.tail.saturating_add(longest(&repeat.sub).saturating_mul(more));
            of(&repeat.sub, Around { after, tail, ..around })
        }
        HirKind::Capture(capture) => of(&capture.sub, around),
        HirKind::Concat(subs) => of_concat(subs, around),
        HirKind::Alternation(subs) => of_alternation(subs, around),
    }
}

fn of_literal(bytes: &[u8], around: Around) -> Vec<Place> {
    let last = bytes.len().saturating_sub(1);
    let one = |at: usize| bytes.get(at).map(|byte| ByteSet::of(*byte));
    let place = |(at, byte): (usize, &u8)| Place {
        before: at.checked_sub(1).and_then(one).unwrap_or(around.before),
        at: ByteSet::of(*byte),
        after: one(at.saturating_add(1)).unwrap_or(around.after),
        head: (around.head.0.saturating_add(offset(at)), around.head.1.saturating_add(offset(at))),
        tail: around.tail.saturating_add(offset(last.saturating_sub(at))),
    };
    rarest(bytes.iter().enumerate().map(place).collect())
}

fn of_concat(subs: &[Hir], around: Around) -> Vec<Place> {
    let mut all = Vec::new();
    let mut head = around.head;
    let tails = subs.iter().map(longest).fold(0, u32::saturating_add);
    let mut tail = around.tail.saturating_add(tails);
    for (at, sub) in subs.iter().enumerate() {
        tail = tail.saturating_sub(longest(sub));
        let (before, after) = subs.split_at(at);
        let after = after.get(1..).unwrap_or_default();
        let inner = Around {
            before: ends(before, around.before, sub),
            after: begins(after, around.after),
            head,
            tail,
        };
        all.extend(of(sub, inner));
        let shortest = sub.properties().minimum_len().map_or(0, offset);
        head = (head.0.saturating_add(shortest), head.1.saturating_add(longest(sub)));
    }
    rarest(all)
}

/// With each place of the first branch, those of the others that add least.
fn of_alternation(subs: &[Hir], around: Around) -> Vec<Place> {
    let mut branches = subs.iter().map(|sub| of(sub, around));
    let Some(first) = branches.next() else { return Vec::new() };
    let others: Vec<Vec<Place>> = branches.collect();
    let join = |place: Place| {
        others.iter().try_fold(place, |all, choices| {
            choices.iter().map(|one| all.union(*one)).min_by_key(|joined| (joined.weight(), *joined))
        })
    };
    rarest(first.into_iter().filter_map(join).collect())
}

fn rarest(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|place| (place.weight(), *place));
    places.truncate(PLACES_MAX);
    places
}

fn longest(hir: &Hir) -> u32 {
    hir.properties().maximum_len().map_or(u32::MAX, offset)
}

/// What can stand directly before `next`, which follows `subs`.
fn ends(subs: &[Hir], before: ByteSet, next: &Hir) -> ByteSet {
    let mut set = ByteSet::NONE;
    let mut boundary = false;
    for sub in subs.iter().rev() {
        boundary |= matches!(sub.kind(), HirKind::Look(Look::WordAscii));
        let (more, empty) = last_bytes(sub);
        set = set.union(more);
        if !empty {
            return within_boundary(set, boundary, next);
        }
    }
    within_boundary(set.union(before), boundary, next)
}

/// A `\b` before a word byte is after another one.
fn within_boundary(set: ByteSet, boundary: bool, next: &Hir) -> ByteSet {
    let (first, empty) = first_bytes(next);
    if boundary && !empty && first.iter().all(is_word) {
        return set.both(ByteSet::that(|byte| !is_word(byte)));
    }
    set
}

/// What can stand directly after a node that `subs` follow.
fn begins(subs: &[Hir], after: ByteSet) -> ByteSet {
    let mut set = ByteSet::NONE;
    for sub in subs {
        let (more, empty) = first_bytes(sub);
        set = set.union(more);
        if !empty {
            return set;
        }
    }
    set.union(after)
}

/// The bytes that a node can begin with, and whether it can be empty.
pub(super) fn first_bytes(hir: &Hir) -> (ByteSet, bool) {
    edge(hir, Side::First)
}

/// The bytes that a node can end with, and whether it can be empty.
fn last_bytes(hir: &Hir) -> (ByteSet, bool) {
    edge(hir, Side::Last)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Last,
}

/// Depth is bounded by the parser.
fn edge(hir: &Hir, side: Side) -> (ByteSet, bool) {
    match hir.kind() {
        // Nothing stands beyond a text's edge: as little as between two values.
        HirKind::Look(Look::Start) if side == Side::Last => (ByteSet::of(0), false),
        HirKind::Look(Look::End) if side == Side::First => (ByteSet::of(0), false),
        HirKind::Empty | HirKind::Look(_) => (ByteSet::NONE, true),
        HirKind::Literal(literal) => {
            let byte = if side == Side::First { literal.0.first() } else { literal.0.last() };
            (byte.map_or(ByteSet::NONE, |byte| ByteSet::of(*byte)), byte.is_none())
        }
        HirKind::Class(class) => (class_bytes(class), false),
        HirKind::Repetition(repeat) => {
            let (set, empty) = edge(&repeat.sub, side);
            (set, empty || repeat.min == 0)
        }
        HirKind::Capture(capture) => edge(&capture.sub, side),
        HirKind::Concat(subs) => {
            let mut set = ByteSet::NONE;
            for at in 0..subs.len() {
                let at =
                    if side == Side::First { at } else { subs.len().saturating_sub(at).saturating_sub(1) };
                let (more, empty) = subs.get(at).map_or((ByteSet::NONE, true), |sub| edge(sub, side));
                set = set.union(more);
                if !empty {
                    return (set, false);
                }
            }
            (set, true)
        }
        HirKind::Alternation(subs) => subs
            .iter()
            .map(|sub| edge(sub, side))
            .fold((ByteSet::NONE, false), |all, one| (all.0.union(one.0), all.1 || one.1)),
    }
}

/// The bytes of a class.
pub(super) fn class_bytes(class: &Class) -> ByteSet {
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
