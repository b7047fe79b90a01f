//! One detector's search through one text: everywhere, around certain bytes, or at certain places.

use regex_automata::Anchored;

use super::Match;
use super::anchor::Anchor;
use super::automaton::{Cache, Found};
use super::detector::Detector;
use super::place::Place;
use crate::budget::Budget;
use crate::error::RedactErrorKind;
use crate::span::{Span, index, offset};

/// One detector's search through one text.
pub(super) struct Search<'a> {
    pub(super) index: u32,
    pub(super) detector: &'a Detector,
    pub(super) text: &'a [u8],
    pub(super) cache: &'a mut Cache,
}

impl Search<'_> {
    /// Searches one stretch of the text, not before `from`; returns where the search stands.
    pub(super) fn window(
        &mut self,
        from: usize,
        window: Span,
        budget: &mut Budget,
        out: &mut Vec<Match>,
    ) -> Result<usize, RedactErrorKind> {
        let mut from = from.max(index(window.start));
        let end = index(window.end);
        while let Some(found) = self.find(from, end, Anchored::No)? {
            budget.spend(index(found.whole.end).saturating_sub(from))?;
            from = self.take(found, from, budget, out)?;
        }
        budget.spend(end.saturating_sub(from))?;
        Ok(from)
    }

    /// Searches around places, those that are near together at once.
    pub(super) fn around(
        &mut self,
        places: &[u32],
        budget: &mut Budget,
        out: &mut Vec<Match>,
    ) -> Result<(), RedactErrorKind> {
        let Anchor::Place(Place { head, tail, .. }) = self.detector.anchor else { return Ok(()) };
        let length = offset(self.text.len());
        let start = |place: u32| place.saturating_sub(head.1);
        let end = |place: u32| place.saturating_add(tail).saturating_add(1);
        let mut places = places.iter().copied().peekable();
        let mut from = 0_usize;
        while let Some(first) = places.next() {
            let mut last = first;
            while let Some(near) = places.next_if(|next| start(*next) <= end(last)) {
                last = near;
            }
            from = self.window(from, Span::new(start(first), end(last).min(length)), budget, out)?;
        }
        Ok(())
    }

    /// Tries the places where a match can begin.
    pub(super) fn at_starts(
        &mut self,
        starts: &[(u16, u32)],
        budget: &mut Budget,
        out: &mut Vec<Match>,
    ) -> Result<(), RedactErrorKind> {
        let mut from = 0_usize;
        for (_, start) in starts {
            let start = index(*start);
            if start < from {
                continue;
            }
            budget.spend(self.detector.try_units)?;
            if let Some(found) = self.find(start, self.text.len(), Anchored::Yes)? {
                budget.spend(index(found.whole.len()))?;
                from = self.take(found, start, budget, out)?;
            }
        }
        Ok(())
    }

    /// Notes a match if its value passes the check; returns where the search goes on.
    fn take(
        &self,
        found: Found,
        from: usize,
        budget: &mut Budget,
        out: &mut Vec<Match>,
    ) -> Result<usize, RedactErrorKind> {
        match self.accept(found.value, budget)? {
            Some(span) => {
                out.push(Match { detector: self.index, span });
                Ok(index(span.end).max(from.saturating_add(1)))
            }
            None => Ok(index(found.value.start).max(from).saturating_add(1)),
        }
    }

    /// The leftmost match from `from` to `end`; exactly at `from` when anchored. The value in it is as long as
    /// the rule lets it be.
    fn find(
        &mut self,
        from: usize,
        end: usize,
        anchored: Anchored,
    ) -> Result<Option<Found>, RedactErrorKind> {
        if from >= end {
            return Ok(None);
        }
        let found = self.detector.automaton.find(self.cache, self.text, from, end, anchored)?;
        Ok(found.map(|Found { whole, value }| {
            let more = (self.detector.extend)(self.text.get(index(value.end)..).unwrap_or_default());
            let end = value.end.saturating_add(offset(more));
            let end = end.min(value.start.saturating_add(self.detector.max_length));
            Found { whole, value: Span::new(value.start, end) }
        }))
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
                let length = offset(shorter);
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
