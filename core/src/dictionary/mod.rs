//! The store's own values: what is private, and what any visitor may see.
//!
//! Holds keyed hashes only, no value. Spellings meet: case and everything between words is ignored, so
//! that `AB-12`, `ab 12` and `AB12` are one SKU. It must not know `WordPress`, nor where entries come
//! from.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

use crate::budget::Budget;
use crate::candidate::Candidate;
use crate::confidence::Confidence;
use crate::document::{ValueKind, View};
use crate::entity::{Entity, Name};
use crate::error::{PolicyError, PolicyErrorKind, RedactErrorKind};
use crate::keyring::Keyring;
use crate::limits::{DICTIONARY_BYTES_MAX, DICTIONARY_ENTRIES_MAX, DICTIONARY_WORDS_MAX};
use crate::span::{Span, index};
use crate::word::words;

/// Shortest private value that is looked for without a field's name, in bytes.
const TELLING_BYTES_MIN: usize = 5;

/// Which half of the store's values an entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DictionarySet {
    /// Must not leave: found wherever it stands.
    Private,
    /// Any visitor can see it: never a finding.
    Published,
}

/// The store's own values as keyed hashes. Built once, shared, immutable.
pub struct Dictionary {
    key: [u8; 16],
    /// Ascending by hash.
    private: Vec<(u64, Entity)>,
    published: Vec<u64>,
    /// Hashes of private entries' first words, ascending: most words of a text go no further.
    first_words: Vec<u64>,
}

impl Dictionary {
    /// Builds a dictionary from entries in any order; repeated ones count once.
    ///
    /// # Errors
    /// [`PolicyErrorKind::TooMany`] past
    /// [`DICTIONARY_ENTRIES_MAX`] entries, and
    /// [`PolicyErrorKind::Value`] for one that is empty, longer than
    /// [`DICTIONARY_BYTES_MAX`] bytes or
    /// [`DICTIONARY_WORDS_MAX`] words. The path tells the entry's index.
    pub fn build<'e>(
        keyring: &Keyring,
        entries: impl IntoIterator<Item = (DictionarySet, Entity, &'e [u8])>,
    ) -> Result<Self, PolicyError> {
        let mut key = [0_u8; 16];
        for (to, from) in key.iter_mut().zip(keyring.current().dictionary.iter()) {
            *to = *from;
        }
        let mut built = Self { key, private: Vec::new(), published: Vec::new(), first_words: Vec::new() };
        for (at, (set, entity, value)) in entries.into_iter().enumerate() {
            if at >= DICTIONARY_ENTRIES_MAX {
                return Err(PolicyError::new(PolicyErrorKind::TooMany, "dictionary"));
            }
            let mut spans = words(value);
            let first = spans.next();
            let fits = value.len() <= DICTIONARY_BYTES_MAX && spans.count() < DICTIONARY_WORDS_MAX;
            let Some(first) = first.filter(|_| fits) else {
                return Err(PolicyError::new(PolicyErrorKind::Value, format!("dictionary[{at}]")));
            };
            match set {
                DictionarySet::Published => built.published.push(built.hash(value)),
                DictionarySet::Private => {
                    built.private.push((built.hash(value), entity));
                    built.first_words.push(built.hash(first.of_bytes(value)));
                }
            }
        }
        built.private.sort_unstable();
        built.private.dedup_by_key(|(hash, _)| *hash);
        built.published.sort_unstable();
        built.published.dedup();
        built.first_words.sort_unstable();
        built.first_words.dedup();
        Ok(built)
    }

    /// True for values that any visitor can see.
    pub(crate) fn is_published(&self, value: &[u8]) -> bool {
        !self.published.is_empty() && self.published.binary_search(&self.hash(value)).is_ok()
    }

    /// Appends a candidate for every private value in the view's prose and fields, longest first.
    pub(crate) fn find(
        &self,
        view: &View,
        budget: &mut Budget,
        out: &mut Vec<Candidate>,
    ) -> Result<(), RedactErrorKind> {
        if self.private.is_empty() {
            return Ok(());
        }
        for (at, value) in (0_u32..).zip(&view.values) {
            if value.kind.is_name() || value.kind == ValueKind::JsonNumber || value.envelope || value.unread {
                continue;
            }
            let text = value.view.of_bytes(&view.text);
            budget.spend(text.len())?;
            let mut rest = words(text);
            let mut done = 0_u32;
            while let Some(first) = rest.next() {
                if first.start < done || !self.opens(first.of_bytes(text)) {
                    continue;
                }
                if let Some((span, entity)) = self.longest(text, first, rest.clone(), budget)? {
                    done = span.end;
                    let start = value.view.start;
                    out.push(Candidate {
                        span: Span::new(start.saturating_add(span.start), start.saturating_add(span.end)),
                        value: at,
                        rule: Name::from_static("dictionary.private"),
                        entity,
                        confidence: Confidence::Medium,
                    });
                }
            }
        }
        Ok(())
    }

    fn opens(&self, word: &[u8]) -> bool {
        self.first_words.binary_search(&self.hash(word)).is_ok()
    }

    /// The longest private value that begins with `first`.
    fn longest(
        &self,
        text: &[u8],
        first: Span,
        rest: impl Iterator<Item = Span>,
        budget: &mut Budget,
    ) -> Result<Option<(Span, Entity)>, RedactErrorKind> {
        let mut found = None;
        let words = std::iter::once(first).chain(rest).take(DICTIONARY_WORDS_MAX);
        for last in words {
            let span = Span::new(first.start, last.end);
            if index(span.len()) > DICTIONARY_BYTES_MAX {
                break;
            }
            let bytes = span.of_bytes(text);
            budget.spend(bytes.len())?;
            let hash = self.hash(bytes);
            if let Ok(at) = self.private.binary_search_by_key(&hash, |(hash, _)| *hash)
                && is_telling(bytes)
            {
                found = self.private.get(at).map(|(_, entity)| (span, *entity));
            }
        }
        Ok(found)
    }

    /// The keyed hash of a value's words, lower case, with nothing between them.
    fn hash(&self, value: &[u8]) -> u64 {
        let mut hasher = SipHasher24::new_with_key(&self.key);
        for word in words(value) {
            for byte in word.of_bytes(value) {
                hasher.write_u8(byte.to_ascii_lowercase());
            }
        }
        hasher.finish()
    }
}

/// Short and purely numeric values need a field's name beside them.
fn is_telling(bytes: &[u8]) -> bool {
    bytes.len() >= TELLING_BYTES_MIN && bytes.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80)
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary")
            .field("private", &self.private.len())
            .field("published", &self.published.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::{Input, Policy, Redactor, Scratch, Session};

    fn check(entries: &[(DictionarySet, Entity, &str)], body: &str, expected: &[&str]) {
        let keyring = Keyring::new(&[3; 32]).unwrap();
        let entries = entries.iter().map(|(set, entity, value)| (*set, *entity, value.as_bytes()));
        let dictionary = Dictionary::build(&keyring, entries).unwrap();
        let redactor = Redactor::new(&Policy::default(), keyring).unwrap().with_dictionary(dictionary);
        let outcome = redactor.redact(Input::new(body.as_bytes()), &mut Scratch::new(), &mut Session::new());
        let report = outcome.report();
        let found: Vec<&str> =
            report.findings().iter().filter_map(|f| body.get(f.ranges().first()?.range())).collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn private_values_are_found_in_any_spelling() {
        let entries = [
            (DictionarySet::Private, Entity::Sku, "WOO-CAP-NVY-XL"),
            (DictionarySet::Private, Entity::ProductName, "Britide Max Rain Jacket"),
        ];
        check(
            &entries,
            "the woo cap nvy xl and the BRITIDE MAX RAIN JACKET!",
            &["woo cap nvy xl", "BRITIDE MAX RAIN JACKET"],
        );
        check(&entries, "the woo cap and a rain jacket", &[]);
    }

    #[test]
    fn published_values_are_no_findings() {
        let body = r#"{"sku":"AB-1234","contact":"shop@example.com"}"#;
        check(&[], body, &["AB-1234", "shop@example.com"]);
        let entries = [
            (DictionarySet::Published, Entity::Sku, "ab 1234"),
            (DictionarySet::Published, Entity::Email, "shop@example.com"),
        ];
        check(&entries, body, &[]);
    }

    #[test]
    fn short_and_numeric_values_need_a_name() {
        check(&[(DictionarySet::Private, Entity::Sku, "1042")], "we sold 1042 of them", &[]);
        check(&[(DictionarySet::Private, Entity::Sku, "AB1")], "see AB1", &[]);
    }

    #[test]
    fn entries_are_bounded() {
        let keyring = Keyring::new(&[3; 32]).unwrap();
        let build =
            |value: &[u8]| Dictionary::build(&keyring, [(DictionarySet::Private, Entity::Sku, value)]);
        assert!(build(&b"a ".repeat(DICTIONARY_WORDS_MAX)).is_ok());
        assert!(build(&b"a ".repeat(DICTIONARY_WORDS_MAX + 1)).is_err());
        assert!(build(&[b'a'; DICTIONARY_BYTES_MAX]).is_ok());
        assert!(build(&[b'a'; DICTIONARY_BYTES_MAX + 1]).is_err());
        assert!(build(b"--").is_err());
    }
}
