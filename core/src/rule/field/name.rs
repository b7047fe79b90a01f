//! The words of a name: parted, folded, joined.
//!
//! It must not know what any of them means.

/// Most words of a name that are looked at: its last ones.
const WORDS_MAX: usize = 8;
/// Longest ending that is looked up, in bytes.
pub(super) const JOINED_MAX: usize = 96;

/// The words of a name, folded and joined, with where each starts.
pub(super) struct Joined {
    bytes: [u8; JOINED_MAX],
    len: usize,
    starts: [usize; JOINED_MAX],
    count: usize,
    /// What the last character was: words part where it changes.
    last: Last,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Gap,
    Lower,
    Upper,
}

impl Joined {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; JOINED_MAX], len: 0, starts: [0; JOINED_MAX], count: 0, last: Last::Gap }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Appends the words of `name`: parted at case changes, digits, spaces and signs. Of a long name the
    /// end is read.
    pub(super) fn push(&mut self, name: &[u8]) {
        let room = (JOINED_MAX / 2).min(JOINED_MAX.saturating_sub(self.len));
        let name = name.get(name.len().saturating_sub(room)..).unwrap_or_default();
        self.last = Last::Gap;
        for chunk in name.utf8_chunks() {
            let mut chars = chunk.valid().chars().peekable();
            while let Some(c) = chars.next() {
                let next = chars.peek().is_some_and(char::is_ascii_lowercase);
                self.char(c, next);
            }
        }
    }

    fn char(&mut self, c: char, next_is_lower: bool) {
        let state = if c.is_ascii_uppercase() { Last::Upper } else { Last::Lower };
        if is_gap(c) {
            self.last = Last::Gap;
            return;
        }
        let opens = match (self.last, state) {
            (Last::Gap, _) | (Last::Lower, Last::Upper) => true,
            (Last::Upper, Last::Upper) => next_is_lower,
            (_, Last::Lower | Last::Gap) => false,
        };
        if opens && let Some(start) = self.starts.get_mut(self.count) {
            *start = self.len;
            self.count = self.count.saturating_add(1);
        }
        self.last = state;
        let mut utf8 = [0; 4];
        let folded = fold(c);
        let text =
            if folded.is_empty() { lower(c).encode_utf8(&mut utf8).as_bytes() } else { folded.as_bytes() };
        for &byte in text {
            if let Some(place) = self.bytes.get_mut(self.len) {
                *place = byte;
                self.len = self.len.saturating_add(1);
            }
        }
    }

    /// Where the word `n` from the last starts.
    fn start(&self, n: usize) -> Option<usize> {
        let at = self.count.checked_sub(n)?;
        self.starts.get(at).copied().filter(|_| n > 0)
    }

    /// Endings of up to [`WORDS_MAX`] words, longest first, and how many words each has.
    pub(super) fn endings(&self) -> impl Iterator<Item = (&[u8], usize)> {
        (1..=WORDS_MAX.min(self.count)).rev().filter_map(|n| {
            let start = self.start(n)?;
            Some((self.bytes.get(start..self.len)?, n))
        })
    }

    /// The words from the last to the first.
    pub(super) fn words(&self) -> impl Iterator<Item = &[u8]> {
        (1..=self.count).filter_map(|n| {
            let end = self.start(n.saturating_sub(1)).unwrap_or(self.len);
            self.bytes.get(self.start(n)?..end)
        })
    }
}

/// Neither a letter nor what stands for one in another script.
const fn is_gap(c: char) -> bool {
    matches!(c,
        '\0'..='@' | '['..='`' | '{'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff00}'..='\u{ff20}')
}

/// A Latin letter without accent and case; empty for other scripts.
///
/// Source: Unicode 15.1, Latin-1 Supplement and Latin Extended-A, canonical decompositions.
const fn fold(c: char) -> &'static str {
    match c {
        'A' | 'a' | 'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'B' | 'b' => "b",
        'C' | 'c' | 'Ç' | 'ç' | 'Ć'..='č' => "c",
        'D' | 'd' | 'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'E' | 'e' | 'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'F' | 'f' => "f",
        'G' | 'g' | 'Ĝ'..='ģ' => "g",
        'H' | 'h' | 'Ĥ'..='ħ' => "h",
        'I' | 'i' | 'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'J' | 'j' | 'Ĵ' | 'ĵ' => "j",
        'K' | 'k' | 'Ķ' | 'ķ' => "k",
        'L' | 'l' | 'Ĺ'..='ł' => "l",
        'M' | 'm' => "m",
        'N' | 'n' | 'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'O' | 'o' | 'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'P' | 'p' => "p",
        'Q' | 'q' => "q",
        'R' | 'r' | 'Ŕ'..='ř' => "r",
        'S' | 's' | 'Ś'..='š' => "s",
        'T' | 't' | 'Ţ'..='ŧ' => "t",
        'U' | 'u' | 'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'V' | 'v' => "v",
        'W' | 'w' | 'Ŵ' | 'ŵ' => "w",
        'X' | 'x' => "x",
        'Y' | 'y' | 'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Z' | 'z' | 'Ź'..='ž' => "z",
        'ß' => "ss",
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        _ => "",
    }
}

/// A Cyrillic capital's small letter; other characters as they are.
fn lower(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(u32::from(c).saturating_add(0x20)).unwrap_or(c),
        _ => c,
    }
}
