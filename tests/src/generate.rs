//! Bodies that nobody wrote down, made from a number: the same number, the same body, on every machine.
//!
//! Made for comparing one build of Tamis with another, so they need not be valid, only as varied as what
//! arrives: what shops send, what attackers send, and what breaks off. All data is made up. It must not know
//! how Tamis finds or replaces anything.

mod shop;
mod value;
mod wild;

/// `SplitMix64`: small, seeded, the same everywhere.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), figure 18.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator that starts at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let next = self.next();
        u64::try_from(n).ok().and_then(|n| usize::try_from(next.checked_rem(n)?).ok()).unwrap_or(0)
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// So many characters of an alphabet.
    pub fn text(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    /// From `least` to fewer than `most` characters of an alphabet.
    pub fn text_of(&mut self, alphabet: &str, least: usize, most: usize) -> String {
        let length = least + self.below(most - least);
        self.text(alphabet, length)
    }
}

/// A body and how it is declared.
#[derive(Clone, Debug)]
pub struct Made {
    /// The body.
    pub body: Vec<u8>,
    /// Its media type.
    pub content_type: String,
    /// Its character set as declared apart.
    pub charset: String,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "text/plain";

/// Media types, well written and not.
const TYPES: &[&str] = &[
    JSON,
    "application/json; charset=utf-8",
    "APPLICATION/JSON;charset=\"UTF-8\"",
    "application/vnd.api+json",
    "application/x-ndjson",
    FORM,
    "application/x-www-form-urlencoded; charset=ISO-8859-1",
    TEXT,
    "text/plain; charset=windows-1252",
    "text/plain; charset=utf-16",
    "text/plain; charset=koi8-r",
    "text/html; charset=utf-8",
    "text/csv",
    "application/xml",
    "multipart/form-data; boundary=x",
    "text/event-stream",
    "image/png",
    "application/octet-stream",
    ";;;",
    "",
];

/// A body. `seen` are bodies that somebody did write down; `tokens` are words that may be tokens.
pub fn body(rng: &mut Rng, seen: &[Vec<u8>], tokens: &[String]) -> Made {
    let (mut body, kind) = match rng.below(24) {
        0..=4 => (shop::chat(rng, tokens).into_bytes(), JSON),
        5..=7 => (shop::order(rng, tokens).into_bytes(), JSON),
        8..=10 => (shop::form(rng, tokens).into_bytes(), FORM),
        11..=13 => (shop::letter(rng, tokens).into_bytes(), TEXT),
        14 => {
            (shop::markup(rng, tokens).into_bytes(), rng.pick(&["text/html", "application/xml", "text/csv"]))
        }
        15 => (shop::multipart(rng, tokens).into_bytes(), "multipart/form-data; boundary=x"),
        16..=18 => (wild::json(rng, 0, tokens).into_bytes(), JSON),
        19 => (wild::repeated(rng, tokens).into_bytes(), rng.pick(&[JSON, FORM, TEXT, ""])),
        20 => (wild::bytes(rng), rng.pick(&["", TEXT, JSON, "application/octet-stream"])),
        _ if seen.is_empty() => (wild::text(rng, tokens).into_bytes(), TEXT),
        _ => (seen[rng.below(seen.len())].clone(), rng.pick(&[JSON, FORM, TEXT, ""])),
    };
    if rng.once_in(4) {
        wild::mutate(rng, &mut body, seen);
    }
    let content_type = if rng.once_in(6) { rng.pick(TYPES) } else { kind };
    let mut made = Made { body, content_type: content_type.into(), charset: String::new() };
    if rng.once_in(16) {
        wild::transcode(rng, &mut made);
    }
    made
}

/// A reply to what was sent. `tokens` are those that stood in it.
pub fn reply(rng: &mut Rng, sent: &[u8], tokens: &[String]) -> Made {
    let (mut body, content_type) = match rng.below(8) {
        0 => (sent.to_vec(), rng.pick(&[JSON, TEXT, ""])),
        1..=3 => (shop::answer(rng, tokens).into_bytes(), JSON),
        4 => (shop::markup(rng, tokens).into_bytes(), "text/html"),
        5 => (wild::json(rng, 0, tokens).into_bytes(), JSON),
        6 => (shop::form(rng, tokens).into_bytes(), FORM),
        _ => (wild::text(rng, tokens).into_bytes(), rng.pick(&[TEXT, "text/markdown", ""])),
    };
    if rng.once_in(6) {
        wild::mutate(rng, &mut body, &[]);
    }
    let content_type = if rng.once_in(6) { rng.pick(TYPES) } else { content_type };
    Made { body, content_type: content_type.into(), charset: String::new() }
}

/// What stands in `sent` and may be a token or a number in a token's place: fifteen digits that begin with a
/// nine, with the word before them.
pub fn tokens(sent: &[u8]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(digits) = sent.get(at..at + 15) {
        if digits[0] != b'9' || !digits.iter().all(u8::is_ascii_digit) {
            at += 1;
            continue;
        }
        let is_word = |b: &&u8| b.is_ascii_uppercase() || b.is_ascii_digit() || **b == b'_';
        let word = sent[..at].iter().rev().take_while(is_word).count();
        let token = String::from_utf8_lossy(&sent[at - word..at + 15]).into_owned();
        if !found.contains(&token) {
            found.push(token);
        }
        at += 15;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_number_makes_the_same_body_again() {
        let seen = [b"{\"a\":\"b\"}".to_vec()];
        let made = |seed| body(&mut Rng::new(seed), &seen, &[]);
        for seed in 0..500 {
            let (one, other) = (made(seed), made(seed));
            assert_eq!(
                (one.body, one.content_type, one.charset),
                (other.body, other.content_type, other.charset)
            );
        }
    }

    #[test]
    fn bodies_differ() {
        let bodies: BTreeSet<Vec<u8>> =
            (0..2000).map(|seed| body(&mut Rng::new(seed), &[], &[]).body).collect();
        assert!(bodies.len() > 1800, "{} of 2000", bodies.len());
        assert!(bodies.iter().any(Vec::is_empty), "none is empty");
        assert!(bodies.iter().any(|body| body.len() > 8 << 10), "none is large");
        assert!(bodies.iter().any(|body| std::str::from_utf8(body).is_err()), "all are UTF-8");
        let valid =
            bodies.iter().filter(|body| serde_json::from_slice::<serde_json::Value>(body).is_ok()).count();
        assert!(valid > 400, "{valid} are JSON");
    }

    #[test]
    fn tokens_are_found_with_their_words() {
        let sent = b"to EMAIL_938201746512093, 938201746512094 and URL_CARD_938201746512095";
        let found = ["EMAIL_938201746512093", "938201746512094", "URL_CARD_938201746512095"];
        assert_eq!(tokens(sent), found);
        assert!(tokens(b"838201746512093 93820174651209").is_empty());
    }
}
