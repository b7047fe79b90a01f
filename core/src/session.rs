//! The tokens handed out in one exchange: their grammar, how they are made, verified and looked up.
//!
//! It must not know transport, rules or documents. Values live only here, and are wiped on drop.

use std::collections::BTreeMap;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::entity::Entity;
use crate::error::RedactErrorKind;
use crate::keyring::{Keyring, Subkeys};
use crate::limits::SESSION_TOKENS_MAX;
use crate::span::offset;
use crate::validate::luhn::is_valid as luhn;

/// Digits behind the underscore: a nine, eleven of the value, three that are checked.
pub(crate) const TOKEN_DIGITS: usize = 15;
/// Longest word before the underscore.
pub(crate) const KIND_BYTES_MAX: usize = 24;

/// The digits of a token as ASCII.
pub(crate) type Digits = [u8; TOKEN_DIGITS];

/// What one exchange has replaced with tokens, and the way back.
///
/// One a request and its reply: every part of the request (body, query, headers) shares it.
#[derive(Default)]
pub struct Session {
    issued: BTreeMap<Digits, Issued>,
}

struct Issued {
    kind: String,
    entity: Entity,
    canonical: Zeroizing<Vec<u8>>,
    surface: Zeroizing<Vec<u8>>,
}

/// The outcome of asking for a token.
pub(crate) enum Grant {
    Token(Digits),
    /// Another value of this exchange has that token: this one goes one-way.
    Collision,
}

impl Session {
    /// An empty session.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many tokens it knows.
    pub fn len(&self) -> usize {
        self.issued.len()
    }

    /// True when it knows no token.
    pub fn is_empty(&self) -> bool {
        self.issued.is_empty()
    }

    /// The token of a value. `surface` is what a reply gets back.
    pub(crate) fn grant(
        &mut self,
        keys: &Subkeys,
        scope: &[u8],
        wanted: Wanted<'_>,
    ) -> Result<Grant, RedactErrorKind> {
        let digits = digits(keys, scope, wanted.kind, wanted.canonical);
        if let Some(known) = self.issued.get(&digits) {
            let same = known.kind == wanted.kind && *known.canonical == wanted.canonical;
            return Ok(if same { Grant::Token(digits) } else { Grant::Collision });
        }
        if offset(self.issued.len()) >= SESSION_TOKENS_MAX {
            return Err(RedactErrorKind::SessionFull);
        }
        let issued = Issued {
            kind: wanted.kind.to_owned(),
            entity: wanted.entity,
            canonical: Zeroizing::new(wanted.canonical.to_vec()),
            surface: Zeroizing::new(wanted.surface.to_vec()),
        };
        self.issued.insert(digits, issued);
        Ok(Grant::Token(digits))
    }

    /// The value behind a token of this exchange, if a reply may have it. The word's case is ignored.
    pub(crate) fn value(&self, kind: &[u8], digits: &Digits) -> Option<&[u8]> {
        let issued = self.issued.get(digits)?;
        let same = issued.kind.as_bytes().eq_ignore_ascii_case(kind);
        (same && !issued.entity.is_one_way()).then_some(issued.surface.as_slice())
    }

    /// The value behind a number that stands in for one.
    pub(crate) fn number(&self, digits: &Digits) -> Option<&[u8]> {
        let issued = self.issued.get(digits)?;
        (!issued.entity.is_one_way()).then_some(issued.surface.as_slice())
    }
}

/// A reply after its tokens were looked up.
#[derive(Default)]
pub struct Restored {
    /// The new reply; `None` when nothing changed.
    pub body: Option<Vec<u8>>,
    /// Tokens whose values were put back.
    pub restored: u32,
    /// Tokens that were seen and left: unknown here, or standing where no value may.
    pub unresolved: u32,
}

impl std::fmt::Debug for Restored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Restored")
            .field("restored", &self.restored)
            .field("unresolved", &self.unresolved)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("tokens", &self.issued.len()).finish_non_exhaustive()
    }
}

/// A value that wants a token.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) kind: &'a str,
    pub(crate) entity: Entity,
    /// Equal for spellings of the same value.
    pub(crate) canonical: &'a [u8],
    /// As it stands in the body.
    pub(crate) surface: &'a [u8],
}

/// True when these are digits that this keyring made for this scope, whatever the word before them.
pub(crate) fn verify(keyring: &Keyring, scope: &[u8], digits: &Digits) -> bool {
    keyring.all().any(|keys| with_check(keys, scope, *digits).ct_eq(digits).into())
}

fn digits(keys: &Subkeys, scope: &[u8], kind: &str, canonical: &[u8]) -> Digits {
    let tag = mac(&keys.token, &[scope, kind.as_bytes(), canonical]);
    let mut digits = [b'9'; TOKEN_DIGITS];
    write_decimal(digits.get_mut(1..12).unwrap_or_default(), number(&tag));
    with_check(keys, scope, digits)
}

/// The same digits with their check. The whole is never a valid card number (Luhn).
fn with_check(keys: &Subkeys, scope: &[u8], mut digits: Digits) -> Digits {
    let tag = mac(&keys.check, &[scope, digits.get(..12).unwrap_or_default()]);
    let check = number(&tag).checked_rem(1000).unwrap_or(0);
    write_decimal(digits.get_mut(12..).unwrap_or_default(), check);
    if luhn(&digits.map(|digit| digit.wrapping_sub(b'0'))) {
        let next = check.wrapping_add(1).checked_rem(1000).unwrap_or(0);
        write_decimal(digits.get_mut(12..).unwrap_or_default(), next);
    }
    digits
}

/// HMAC-SHA-256 over parts, each preceded by its length so that they cannot run together.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length; the fallback cannot be reached.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&offset(part.len()).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn number(tag: &[u8; 32]) -> u64 {
    tag.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Writes the last digits of `number`, as many as there is room for.
fn write_decimal(out: &mut [u8], mut number: u64) {
    for place in out.iter_mut().rev() {
        let digit = u8::try_from(number.checked_rem(10).unwrap_or(0)).unwrap_or(0);
        *place = b'0'.wrapping_add(digit);
        number = number.checked_div(10).unwrap_or(0);
    }
}

/// A token-shaped stretch of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenAt {
    /// Where the word starts.
    pub(crate) start: usize,
    /// Where the underscore, or the backslash before it, stands.
    pub(crate) kind_end: usize,
    /// One past the last digit.
    pub(crate) end: usize,
    pub(crate) digits: Digits,
}

/// How much spelling drift is taken for a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As Tamis writes it.
    Exact,
    /// Any letter case, and Markdown's `\_`: what models make of it.
    Tolerant,
}

/// The next token-shaped stretch at or after `from`.
pub(crate) fn next_token(text: &[u8], from: usize, spelling: Spelling) -> Option<TokenAt> {
    let mut at = from;
    loop {
        let underscore = at.checked_add(memchr::memchr(b'_', text.get(at..)?)?)?;
        if let Some(token) = token_at(text, from, underscore, spelling) {
            return Some(token);
        }
        at = underscore.checked_add(1)?;
    }
}

fn token_at(text: &[u8], from: usize, underscore: usize, spelling: Spelling) -> Option<TokenAt> {
    let first = underscore.checked_add(1)?;
    let end = first.checked_add(TOKEN_DIGITS)?;
    let digits: Digits = text.get(first..end)?.try_into().ok()?;
    if digits.first() != Some(&b'9') || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    if text.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let mut kind_end = underscore;
    if spelling == Spelling::Tolerant
        && underscore > from
        && text.get(underscore.checked_sub(1)?) == Some(&b'\\')
    {
        kind_end = underscore.checked_sub(1)?;
    }
    let is_kind = |b: &&u8| match spelling {
        Spelling::Exact => b.is_ascii_uppercase() || b.is_ascii_digit(),
        Spelling::Tolerant => b.is_ascii_alphanumeric(),
    };
    let before = text.get(from..kind_end)?;
    let length = before.iter().rev().take(KIND_BYTES_MAX.saturating_add(1)).take_while(is_kind).count();
    let start = kind_end.checked_sub(length)?;
    let begins_well = text.get(start).is_some_and(u8::is_ascii_alphabetic);
    let joined = start > from
        && text.get(start.checked_sub(1)?).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    ((2..=KIND_BYTES_MAX).contains(&length) && begins_well && !joined).then_some(TokenAt {
        start,
        kind_end,
        end,
        digits,
    })
}

/// Appends a token's text.
pub(crate) fn write_token(out: &mut Vec<u8>, kind: &str, digits: &Digits) {
    out.extend_from_slice(kind.as_bytes());
    out.push(b'_');
    out.extend_from_slice(digits);
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]
mod tests {
    use super::*;

    fn keyring() -> Keyring {
        Keyring::new(b"a key for tests only, 32 bytes..").unwrap()
    }

    fn token(session: &mut Session, scope: &[u8], value: &[u8]) -> Digits {
        let wanted = Wanted { kind: "EMAIL", entity: Entity::Email, canonical: value, surface: value };
        match session.grant(keyring().current(), scope, wanted) {
            Ok(Grant::Token(digits)) => digits,
            _ => panic!("no token"),
        }
    }

    #[test]
    fn tokens_are_stable_bound_to_scope_and_verified() {
        let mut session = Session::new();
        let a = token(&mut session, b"site>openai", b"anna@example.com");
        assert_eq!(a, token(&mut session, b"site>openai", b"anna@example.com"));
        assert_ne!(a, token(&mut session, b"site>other", b"anna@example.com"));
        assert!(verify(&keyring(), b"site>openai", &a));
        assert!(!verify(&keyring(), b"site>other", &a));
        let mut forged = a;
        forged[14] = if forged[14] == b'0' { b'1' } else { b'0' };
        assert!(!verify(&keyring(), b"site>openai", &forged));
        assert_eq!(session.value(b"email", &a), Some(b"anna@example.com".as_slice()));
        assert_eq!(session.value(b"PHONE", &a), None);
    }

    #[test]
    fn earlier_keys_still_verify() {
        let mut session = Session::new();
        let old = token(&mut session, b"s", b"x@example.com");
        let rotated = Keyring::new(&[5; 32])
            .and_then(|ring| ring.with_previous(b"a key for tests only, 32 bytes.."))
            .unwrap();
        assert!(verify(&rotated, b"s", &old));
        assert!(!verify(&Keyring::new(&[5; 32]).unwrap(), b"s", &old));
    }

    #[test]
    fn no_token_is_a_card_number() {
        let mut session = Session::new();
        for n in 0..2000_u32 {
            let digits = token(&mut session, b"s", &n.to_be_bytes()).map(|digit| digit - b'0');
            assert!(!luhn(&digits));
        }
    }

    #[test]
    fn the_grammar_is_strict_on_the_way_out_and_tolerant_on_the_way_back() {
        let find = |text: &str, spelling| {
            next_token(text.as_bytes(), 0, spelling).map(|t| text[t.start..t.end].to_owned())
        };
        let exact = |text: &str| find(text, Spelling::Exact);
        assert_eq!(exact("to EMAIL_938201746512093."), Some("EMAIL_938201746512093".into()));
        assert_eq!(exact("email_938201746512093"), None);
        assert_eq!(exact("EMAIL_9382017465120931"), None);
        assert_eq!(exact("EMAIL_838201746512093"), None);
        assert_eq!(exact("X_EMAIL_938201746512093"), None);
        assert_eq!(exact("E_938201746512093"), None);
        assert_eq!(
            find("see email\\_938201746512093!", Spelling::Tolerant),
            Some("email\\_938201746512093".into())
        );
    }

    #[test]
    fn one_way_entities_never_come_back() {
        let mut session = Session::new();
        let wanted = Wanted { kind: "COST", entity: Entity::Cost, canonical: b"12.40", surface: b"12.40" };
        let Ok(Grant::Token(digits)) = session.grant(keyring().current(), b"s", wanted) else {
            panic!("no token")
        };
        assert_eq!(session.value(b"COST", &digits), None);
    }
}
