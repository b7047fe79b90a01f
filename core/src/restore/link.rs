//! Whether the text is inside a link's or an image's target.
//!
//! Markdown's `](…)` and `[x]: …`, and CSS `url(…)`. A state is only left where every reader would
//! leave it; what readers could take differently (a target inside a target) closes the rest of the
//! text. It must not know tokens or values.

/// Follows a text byte by byte.
#[derive(Clone, Copy, Default)]
pub(super) struct Link {
    state: State,
    /// The last three bytes, the latest last.
    recent: [u8; 3],
    /// True once the line holds more than what may stand before a definition.
    inside_line: bool,
    /// True in brackets that opened at a line's start: a `:` behind them makes a definition.
    labelled: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    Target {
        part: Part,
        /// Open parentheses.
        depth: u32,
        escaped: bool,
        /// A definition goes on behind it.
        in_definition: bool,
    },
    Definition(Line),
    /// Readers would disagree from here on.
    Lost,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Start,
    Bare,
    /// Behind a space, where a title may begin.
    Spaced,
    Angle,
    Title(u8),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Nothing but space so far; the target may stand on the next line.
    Empty,
    Filled,
    /// The line after a filled one: a title may stand there.
    Next,
}

impl Link {
    /// True where no value may stand.
    pub(super) fn is_closed(&self) -> bool {
        // Behind a definition's line only a title belongs to it, and no title begins with a token.
        !matches!(self.state, State::Text | State::Definition(Line::Next))
    }

    pub(super) fn step(&mut self, byte: u8) {
        let [_, _, last] = self.recent;
        match self.state {
            State::Lost => return,
            State::Text => self.text(byte, last),
            State::Target { .. } if byte == b'(' && last == b']' => self.state = State::Lost,
            State::Target { part, depth, escaped, in_definition } => {
                self.state = target(byte, part, depth, escaped, in_definition);
            }
            State::Definition(line) => self.definition(byte, last, line),
        }
        self.inside_line = byte != b'\n' && (self.inside_line || !may_precede_label(byte));
        let [_, b, c] = self.recent;
        self.recent = [b, c, byte];
    }

    /// Reads letters where the text is open.
    pub(super) fn word(&mut self, letters: &[u8]) {
        // The first may end a definition or a label; the others only become the last bytes.
        let (first, others) = letters.split_at_checked(1).unwrap_or_default();
        for &letter in first {
            self.step(letter);
        }
        for &letter in others.get(others.len().saturating_sub(3)..).unwrap_or_default() {
            let [_, b, c] = self.recent;
            self.recent = [b, c, letter];
        }
    }

    fn text(&mut self, byte: u8, last: u8) {
        if byte == b'(' && (last == b']' || self.recent.eq_ignore_ascii_case(b"url")) {
            self.open(false);
        } else if byte == b':' && last == b']' && self.labelled {
            self.state = State::Definition(Line::Empty);
        } else if byte == b'[' {
            self.labelled = !self.inside_line;
        } else if last == b']' {
            self.labelled = false;
        }
    }

    fn definition(&mut self, byte: u8, last: u8, line: Line) {
        if byte == b'(' && last == b']' {
            return self.open(true);
        }
        let next = match (line, byte) {
            (Line::Filled, b'\n') => Line::Next,
            // A blank line ends it.
            (Line::Next, b'\n') => return self.leave(byte, last),
            (_, b' ' | b'\t' | b'\r' | b'\n') => line,
            (Line::Next, b'"' | b'\'' | b'(') | (Line::Empty | Line::Filled, _) => Line::Filled,
            (Line::Next, _) => return self.leave(byte, last),
        };
        self.state = State::Definition(next);
    }

    fn leave(&mut self, byte: u8, last: u8) {
        self.state = State::Text;
        self.text(byte, last);
    }

    fn open(&mut self, in_definition: bool) {
        self.state = State::Target { part: Part::Start, depth: 0, escaped: false, in_definition };
    }
}

/// The state after one byte of a target.
fn target(byte: u8, part: Part, depth: u32, escaped: bool, in_definition: bool) -> State {
    let stay = |part, depth, escaped| State::Target { part, depth, escaped, in_definition };
    if escaped {
        return stay(if part == Part::Start { Part::Bare } else { part }, depth, false);
    }
    match (part, byte) {
        (_, b'\\') => stay(if part == Part::Start { Part::Bare } else { part }, depth, true),
        (Part::Start, b' ' | b'\t' | b'\r' | b'\n') => stay(Part::Start, depth, false),
        (Part::Start, b'<') => stay(Part::Angle, depth, false),
        (Part::Start | Part::Spaced, b'"' | b'\'') => stay(Part::Title(byte), depth, false),
        (Part::Angle, b'>') => stay(Part::Bare, depth, false),
        (Part::Title(quote), _) if byte == quote => stay(Part::Bare, depth, false),
        (Part::Angle | Part::Title(_), _) => stay(part, depth, false),
        (_, b'(') => stay(Part::Bare, depth.saturating_add(1), false),
        (_, b')') => match depth.checked_sub(1) {
            Some(depth) => stay(Part::Bare, depth, false),
            None if in_definition => State::Definition(Line::Filled),
            None => State::Text,
        },
        (_, b' ' | b'\t' | b'\r' | b'\n') => stay(Part::Spaced, depth, false),
        _ => stay(Part::Bare, depth, false),
    }
}

/// Indentation, quotes and list marks.
fn may_precede_label(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'>' | b'*' | b'-' | b'+' | b'.' | b')' | b'0'..=b'9')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks every `X` of the text: `x` where no value may stand, `X` where one may.
    fn check(expected: &str) {
        let mut link = Link::default();
        let mut got = String::new();
        for c in expected.chars() {
            let is_mark = matches!(c, 'X' | 'x');
            got.push(if is_mark { if link.is_closed() { 'x' } else { 'X' } } else { c });
            let mut utf8 = [0; 4];
            c.encode_utf8(&mut utf8).bytes().for_each(|b| link.step(b));
        }
        assert_eq!(got, expected);
    }

    #[test]
    fn targets_are_closed_and_their_text_is_open() {
        check("X [X](x) X ![X](x) X");
        check("[a](< ) x > x) X");
        check("[a](\n x\n x) X");
        check("[a](b \"t ) x\" x) X");
        check("[a](b 't ) x' x) X");
        check("[a]( \"t ) x\" x) X");
        check("[a](b(x)x) X");
        check(r"[a](b\)x) X");
        check(r"[a](<b\> ) x>x) X");
        check("[![X](x)](x) X");
        check("[a] (X)");
        check("f(X) g[0] X");
    }

    #[test]
    fn css_addresses_are_closed() {
        check("a{background:url(x) X}");
        check("URL( \"a)x\" x) X");
        check("curl(x) X");
    }

    #[test]
    fn definitions_are_closed_to_their_end() {
        check("[X]: x x\nX");
        check("  > [X]: x\n\"x\" x\n  (x)\nX");
        check("- [a\nb]:\n  x\n\nX");
        check("[a]: x\n\n\"X\" X");
        check("1. [a]: x\n[b]: x\nX");
        check("[a]: [b](x) x\nX");
        check("say a[0]: X");
        check("[a] X: [b] ]: X");
        check("\n[^1]: x");
    }

    #[test]
    fn what_readers_take_differently_stays_closed() {
        check("a](x \"![c](<https://e/?\") b x>) x");
        check("[a](b [c](d) x) x\n\nx");
        check("[a](x\n\nx");
    }
}
