//! Where the literals stand that rules begin with: one pass for all rules, by an index that takes microseconds
//! to build.
//!
//! The literals are short: the hash of their first three bytes tells nearly all other places apart. It must not
//! know rules or patterns.

use super::bytes::is_word;
use crate::span::{index, offset};

/// Bytes of a literal that are looked at; more would multiply the literals of `(?i)`.
pub(super) const LITERAL_BYTES_MAX: usize = 4;
/// Shortest literal that is worth a look.
const LITERAL_BYTES_MIN: usize = 2;

/// Two to four bytes in lower case, compared without case, and whether they begin a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Literal {
    bytes: [u8; LITERAL_BYTES_MAX],
    length: u8,
    /// Stands only where a word begins.
    pub(super) at_word: bool,
}

impl Literal {
    /// A literal of these bytes; none if they are too few or too many.
    pub(crate) fn of(bytes: &[u8], at_word: bool) -> Option<Self> {
        let length = u8::try_from(bytes.len()).ok()?;
        let fits = (LITERAL_BYTES_MIN..=LITERAL_BYTES_MAX).contains(&bytes.len());
        fits.then(|| Self { bytes: four(bytes), length, at_word })
    }

    /// Its bytes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The hash of its bytes; of one of two bytes with each third.
    fn hashes(self) -> impl Iterator<Item = u32> {
        let folded = fold(u32::from_le_bytes(self.bytes));
        let thirds = if self.length > 2 { 0..1 } else { 0..256_u32 };
        thirds.map(move |third| match self.length {
            4.. => hash_four(folded),
            3 => hash_three(folded),
            _ => hash_three(folded & 0xffff | fold(third << 16)),
        })
    }

    /// Whether these bytes, of which `left` are there, begin with it.
    #[inline]
    fn begins(self, bytes: u32, left: usize) -> bool {
        let length = u32::from(self.length);
        let unread = 32_u32.wrapping_sub(length.wrapping_mul(8));
        (bytes ^ u32::from_le_bytes(self.bytes)).wrapping_shl(unread) == 0 && index(length) <= left
    }
}

/// The first four bytes in lower case, zeros for those that are not there.
fn four(bytes: &[u8]) -> [u8; LITERAL_BYTES_MAX] {
    let mut four = [0; LITERAL_BYTES_MAX];
    four.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = byte.to_ascii_lowercase());
    four
}

/// Bits of a hash: some ten times as many as there are literals.
const HASH_BITS: u32 = 13;

/// Four bytes with their letters in lower case. What it does to other bytes only makes more of them alike.
#[inline]
const fn fold(four: u32) -> u32 {
    four | 0x2020_2020
}

/// The hash of four folded bytes.
#[inline]
const fn hash_four(folded: u32) -> u32 {
    folded.wrapping_mul(0x9e37_79b1).wrapping_shr(32 - HASH_BITS)
}

/// The hash of the first three of four folded bytes.
#[inline]
const fn hash_three(folded: u32) -> u32 {
    folded.wrapping_shl(8).wrapping_mul(0x85eb_ca6b).wrapping_shr(32 - HASH_BITS)
}

/// Some literal of a hash begins anywhere.
const EVERYWHERE: u8 = 1;
/// Some literal of a hash begins where a word does.
const AT_WORDS: u8 = 2;

/// The literals of all detectors.
#[derive(Debug)]
pub(super) struct Literals {
    /// For each hash, where its literals may begin, and where they are among the owners. Nowhere for most.
    by_hash: Vec<(u8, u32)>,
    /// Each literal with a detector that begins with it, by hash.
    owners: Vec<(u32, Literal, u16)>,
}

impl Literals {
    pub(super) fn new(literals: &[(Literal, u16)]) -> Self {
        let hashed =
            literals.iter().flat_map(|(literal, owner)| literal.hashes().map(|h| (h, *literal, *owner)));
        let mut owners: Vec<(u32, Literal, u16)> = hashed.collect();
        owners.sort_unstable();
        owners.dedup();
        let mut by_hash = vec![(0, 0); 1 << HASH_BITS];
        // From the last on, so that the first one of a hash stands.
        for (at, (hash, literal, _)) in owners.iter().enumerate().rev() {
            if let Some((places, first)) = by_hash.get_mut(index(*hash)) {
                *places |= if literal.at_word { AT_WORDS } else { EVERYWHERE };
                *first = offset(at);
            }
        }
        Self { by_hash, owners }
    }

    /// Calls `found` with a detector and a place for each literal of it in `text`, in ascending order of
    /// places.
    #[inline]
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(u16, usize)) {
        let mut one = |place: usize, around: [u8; 5]| {
            let [before, a, b, c, d] = around;
            let folded = fold(u32::from_le_bytes([a, b, c, d]));
            let hashes = [hash_four(folded), hash_three(folded)];
            let [(four, _), (three, _)] = hashes.map(|hash| self.places(hash));
            if four | three != 0 && ((four | three) & EVERYWHERE != 0 || !is_word(before)) {
                self.at(place, hashes, around, text.len().saturating_sub(place), &mut found);
            }
        };
        // Nothing stands before and after the text.
        let byte = |at: usize| text.get(at).copied().unwrap_or(0);
        one(0, [0, byte(0), byte(1), byte(2), byte(3)]);
        for (before, around) in text.array_windows::<5>().enumerate() {
            one(before.saturating_add(1), *around);
        }
        for place in text.len().saturating_sub(3).max(1)..text.len() {
            one(place, [0_usize, 1, 2, 3, 4].map(|more| byte(place.saturating_sub(1).saturating_add(more))));
        }
    }

    /// Where literals of a hash may begin, and the first of them.
    #[inline]
    fn places(&self, hash: u32) -> (u8, u32) {
        self.by_hash.get(index(hash)).copied().unwrap_or((0, 0))
    }

    /// The literals that stand at one place.
    #[cold]
    fn at(
        &self,
        place: usize,
        hashes: [u32; 2],
        around: [u8; 5],
        left: usize,
        found: &mut impl FnMut(u16, usize),
    ) {
        let [before, four @ ..] = around;
        let bytes = u32::from_le_bytes(four.map(|byte| byte.to_ascii_lowercase()));
        for (hash, is_long) in hashes.into_iter().zip([true, false]) {
            let (places, first) = self.places(hash);
            let owners = if places == 0 { None } else { self.owners.get(index(first)..) };
            for (_, literal, owner) in
                owners.unwrap_or_default().iter().take_while(|(known, ..)| *known == hash)
            {
                let is_asked = (literal.length > 3) == is_long && !(literal.at_word && is_word(before));
                if is_asked && literal.begins(bytes, left) {
                    found(*owner, place);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(literals: &[&str], text: &str, expected: &[(u16, usize)]) {
        let literals = (0_u16..).zip(literals).filter_map(|(at, l)| {
            let (at_word, bytes) = l.strip_prefix('^').map_or((false, *l), |rest| (true, rest));
            Some((Literal::of(bytes.as_bytes(), at_word)?, at))
        });
        let mut found = Vec::new();
        Literals::new(&literals.collect::<Vec<_>>())
            .each(text.as_bytes(), |owner, at| found.push((owner, at)));
        found.sort_unstable();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn literals_are_found_in_either_case() {
        check(&["sk_l", "pat-", "mr"], "SK_live pAT-pat, Mr", &[(0, 0), (1, 8), (2, 17)]);
    }

    #[test]
    fn literals_of_one_another_are_all_found() {
        check(&["co", "cod", "code", "cons", "ode"], "code", &[(0, 0), (1, 0), (2, 0), (4, 1)]);
        check(&["aa", "aaaa"], "aaaaa", &[(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]);
    }

    #[test]
    fn some_stand_only_where_a_word_begins() {
        check(&["^the", "he"], "the bathe, the", &[(0, 0), (0, 11), (1, 1), (1, 7), (1, 12)]);
        check(&["^th"], "th_th-th", &[(0, 0), (0, 6)]);
    }

    #[test]
    fn one_literal_can_have_several_owners() {
        check(&["auth", "auth"], "auth", &[(0, 0), (1, 0)]);
    }

    #[test]
    fn nothing_is_found_past_the_end() {
        check(&["ab", "ab\0", "ab\0\0"], "ab", &[(0, 0)]);
        check(&["ab"], "a", &[]);
        check(&[], "ab", &[]);
    }

    #[test]
    fn only_short_literals_are_literals() {
        assert!(Literal::of(b"a", false).is_none() && Literal::of(b"abcde", false).is_none());
        assert!(Literal::of(b"ab", false).is_some() && Literal::of(b"abcd", true).is_some());
    }
}
