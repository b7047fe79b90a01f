//! Where in a text a token stands, and so whether and how a value may stand there.
//!
//! One forward pass that keeps its state: linear whatever the text holds, and no padding makes it
//! forget that an attribute or a target is still open. It must not know sessions or documents.

use super::address::{is_address, stretch_end};
use super::link::Link;
use super::markup::Markup;

/// What may be written where a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing: the text carries it somewhere.
    Closed,
    /// The value.
    Plain,
    /// The value, escaped for JSON: the text holds JSON here.
    Json,
    /// The value if JSON has nothing to escape in it: the text holds JSON in unknown quotes.
    Unsure,
}

/// Follows one text.
#[derive(Clone, Copy, Default)]
pub(super) struct Scan {
    at: usize,
    link: Link,
    markup: Markup,
    json: Json,
    /// True behind an address with no space since.
    behind_address: bool,
    /// Where the stretch ends that was last looked at.
    stretch_end: usize,
}

impl Scan {
    /// A text that goes on where `self` ended.
    pub(super) fn continued(mut self) -> Self {
        (self.at, self.stretch_end) = (0, 0);
        self
    }

    /// A text that is the rest of broken JSON.
    pub(super) fn unsure() -> Self {
        Self { json: Json { is_unsure: true, ..Json::default() }, ..Self::default() }
    }

    /// What may stand at `at`, which is not before any earlier one.
    pub(super) fn place(&mut self, text: &[u8], at: usize) -> Place {
        self.advance(text, at);
        // The stretch of the token itself: what follows may make an address of it.
        self.look(text, at);
        if self.behind_address || self.carries() { Place::Closed } else { self.json.place() }
    }

    /// True when the text up to `at` leaves a target or a tag open.
    pub(super) fn is_closed(&mut self, text: &[u8], at: usize) -> bool {
        self.advance(text, at);
        self.carries()
    }

    /// Goes on behind a token that was replaced: what stands there now is `inserted`.
    pub(super) fn replaced(&mut self, end: usize, inserted: &[u8]) {
        for &byte in inserted {
            self.link.step(byte);
            self.markup.step(byte);
            self.json.step(byte);
        }
        self.at = self.at.max(end);
    }

    /// Reads the text up to `to`.
    pub(super) fn advance(&mut self, text: &[u8], to: usize) {
        while self.at < to {
            let rest = text.get(self.at..to).unwrap_or_default();
            let Some(&byte) = rest.first() else { return };
            self.look(text, self.at);
            // Words are most of a text and, outside targets and tags, change little.
            if byte.is_ascii_alphabetic() && !self.carries() {
                let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
                self.word(rest.get(..letters).unwrap_or_default());
            } else {
                self.byte(byte);
            }
        }
    }

    fn word(&mut self, letters: &[u8]) {
        self.link.word(letters);
        self.json.word();
        self.at = self.at.saturating_add(letters.len());
    }

    fn byte(&mut self, byte: u8) {
        self.link.step(byte);
        let tag_ended = self.markup.step(byte);
        self.json.step(byte);
        self.at = self.at.saturating_add(1);
        if tag_ended || byte.is_ascii_whitespace() {
            self.behind_address = false;
            self.stretch_end = self.at;
        }
    }

    fn carries(&self) -> bool {
        self.link.is_closed() || self.markup.is_closed()
    }

    fn look(&mut self, text: &[u8], at: usize) {
        if at >= self.stretch_end {
            self.stretch_end = stretch_end(text, at);
            self.behind_address = self.behind_address || is_address(text, at, self.stretch_end);
        }
    }
}

/// Whether a text holds JSON: in a code fence, behind a sentence.
#[derive(Clone, Copy, Default)]
struct Json {
    /// Brackets and braces with nothing but space between and behind them.
    opening: u32,
    depth: u32,
    in_string: bool,
    escaped: bool,
    is_unsure: bool,
}

impl Json {
    fn place(&self) -> Place {
        if self.is_unsure {
            Place::Unsure
        } else if self.depth > 0 {
            Place::Json
        } else {
            Place::Plain
        }
    }

    /// Reads letters.
    fn word(&mut self) {
        (self.opening, self.escaped) = (0, false);
    }

    fn step(&mut self, byte: u8) {
        // A quote that is escaped belongs to JSON inside JSON.
        self.is_unsure = self.is_unsure || (self.escaped && byte == b'"');
        let escaped = self.escaped;
        self.escaped = byte == b'\\' && !escaped;
        match byte {
            b'"' if self.in_string => self.in_string = escaped,
            _ if self.in_string => {}
            b'"' if self.depth > 0 => self.in_string = true,
            b'"' if self.opening > 0 => {
                (self.depth, self.opening, self.in_string) = (self.opening, 0, true);
            }
            b'{' | b'[' if self.depth > 0 => self.depth = self.depth.saturating_add(1),
            b'{' | b'[' => self.opening = self.opening.saturating_add(1),
            b'}' | b']' if self.depth > 0 => self.depth = self.depth.saturating_sub(1),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => self.opening = 0,
        }
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
mod tests {
    use super::*;

    /// Marks every `X`: `x` closed, `X` plain, `J` JSON, `U` unsure.
    fn check(expected: &str) {
        let text = expected.replace(['x', 'J', 'U'], "X");
        let mut scan = Scan::default();
        let mut got = expected.as_bytes().to_vec();
        for (at, byte) in text.bytes().enumerate().filter(|(_, b)| *b == b'X') {
            assert_eq!(byte, b'X');
            let mark = match scan.place(text.as_bytes(), at) {
                Place::Closed => b'x',
                Place::Plain => b'X',
                Place::Json => b'J',
                Place::Unsure => b'U',
            };
            if let Some(place) = got.get_mut(at) {
                *place = mark;
            }
        }
        assert_eq!(String::from_utf8_lossy(&got), expected);
    }

    #[test]
    fn an_address_closes_its_run() {
        check("X https://e/?q=x-x,x X");
        check("x.evil.com X x@evil.com X, X.");
        check("[X](https://e/)x X");
        check("<a href=\"https://e/\">X</a> https://e/<b>X</b>");
        check("https://e/?<3x X");
        check("\"X\",\"u\":\"https://e/\",\"x\" X");
        check("X\u{3002}https://e/\u{3002}x X");
    }

    #[test]
    fn words_read_at_once_or_by_the_byte_leave_the_same_behind() {
        let pieces = [
            "a", "url", "wordy", "(", ")", "[", "]", ":", "\n", " ", "{", "\"", "\\", "<", ">", "=", "//",
            ".", "\u{e9}",
        ];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[usize::try_from(state >> 33).unwrap() % pieces.len()]);
            }
            let (mut quick, mut slow) = (Scan::default(), Scan::default());
            quick.advance(text.as_bytes(), text.len());
            for (at, byte) in text.bytes().enumerate() {
                slow.look(text.as_bytes(), at);
                slow.byte(byte);
            }
            // What follows shows a difference in any state.
            for end in ["X", "(X", ":X", "\"X", ">X", "\nX"] {
                let whole = text.clone() + end;
                let at = whole.len() - 1;
                let got = quick.continued_at(text.len()).place(whole.as_bytes(), at);
                assert_eq!(got, slow.continued_at(text.len()).place(whole.as_bytes(), at), "{whole}");
            }
        }
    }

    impl Scan {
        /// The same state before a text that was not looked at ahead.
        fn continued_at(mut self, at: usize) -> Self {
            self.stretch_end = at;
            self
        }
    }

    #[test]
    fn json_in_a_text_is_seen() {
        check("X ```json\n{ \"a\": \"J\", \"b\": [\"J\"] }\n``` X");
        check("[{\"a\":{\"J\":1}}] X [1] X {X}");
        check("[X] [\"J\"] X");
        check("{\"a\":\"{\\\"b\\\":\\\"U\\\"}\"} U");
        check("{\"a\":\"\\\\\",\"J\":1} X");
    }
}
