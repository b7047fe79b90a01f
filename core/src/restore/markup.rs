//! Whether the text is inside an HTML tag, a comment, a script or a style sheet.
//!
//! Inside tags it follows HTML's tokenizer exactly (Source: WHATWG HTML, section 13.2.5). Where HTML,
//! XML and sanitisers differ (comments, raw text), every difference needs another `<`: one there
//! closes the rest of the text. It must not know tokens or values.

/// Follows a text byte by byte.
#[derive(Clone, Copy, Default)]
pub(super) struct Markup {
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// Behind a `<`.
    Open,
    /// Behind `</`.
    EndOpen,
    /// Behind `<!` and this many dashes.
    Declaration(u8),
    /// Up to the next `>`.
    Bogus,
    /// In a comment, behind this many dashes, two at most.
    Comment(u8),
    Tag {
        part: Part,
        name: Name,
        is_end: bool,
    },
    Raw(Raw, Close),
    /// Readers would disagree from here on.
    Lost,
}

/// Where in a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    BeforeAttribute,
    Attribute,
    AfterAttribute,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

/// The start of a tag's name, in lower case.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Name {
    bytes: [u8; 8],
    length: u8,
}

/// Elements that hold no text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    Script,
    Style,
}

/// How much of the closing tag was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    None,
    Open,
    Name(u8),
}

impl Markup {
    /// True where no value may stand.
    pub(super) fn is_closed(&self) -> bool {
        self.state != State::Text
    }

    /// Reads a byte; true when it ends a tag.
    pub(super) fn step(&mut self, byte: u8) -> bool {
        let was_tag = matches!(self.state, State::Tag { .. });
        self.state = match self.state {
            State::Lost => State::Lost,
            State::Text if byte == b'<' => State::Open,
            State::Text => State::Text,
            State::Open => open(byte),
            // Another `<` in here: readers disagree whether it opens a tag.
            State::EndOpen | State::Declaration(_) | State::Bogus | State::Comment(_) | State::Tag { .. }
                if byte == b'<' =>
            {
                State::Lost
            }
            State::EndOpen if byte.is_ascii_alphabetic() => begin_tag(byte, true),
            State::EndOpen | State::Bogus | State::Declaration(_) | State::Comment(2) if byte == b'>' => {
                State::Text
            }
            State::Declaration(0) if byte == b'-' => State::Declaration(1),
            State::Declaration(1) if byte == b'-' => State::Comment(0),
            State::EndOpen | State::Bogus | State::Declaration(_) => State::Bogus,
            State::Comment(dashes) if byte == b'-' => State::Comment(dashes.saturating_add(1).min(2)),
            State::Comment(_) => State::Comment(0),
            State::Tag { part, name, is_end } => tag(byte, part, name, is_end),
            State::Raw(raw, close) => raw_text(byte, raw, close),
        };
        was_tag && !matches!(self.state, State::Tag { .. } | State::Lost)
    }
}

/// True when the text holds something that HTML takes for a tag.
pub(super) fn has_tag(text: &[u8]) -> bool {
    memchr::memchr_iter(b'<', text).any(|at| {
        text.get(at.saturating_add(1))
            .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
    })
}

fn open(byte: u8) -> State {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => begin_tag(byte, false),
        b'/' => State::EndOpen,
        b'!' => State::Declaration(0),
        b'?' => State::Bogus,
        b'<' => State::Open,
        _ => State::Text,
    }
}

fn begin_tag(byte: u8, is_end: bool) -> State {
    State::Tag { part: Part::Name, name: Name::default().with(byte), is_end }
}

fn tag(byte: u8, part: Part, name: Name, is_end: bool) -> State {
    let is_space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    let part = match (part, byte) {
        (Part::Quoted(quote), _) if byte != quote => part,
        (Part::Quoted(_), _) => Part::BeforeAttribute,
        (_, b'>') => return after_tag(name, is_end),
        (Part::BeforeValue, b'"' | b'\'') => Part::Quoted(byte),
        (Part::BeforeValue, _) if is_space => part,
        (Part::Unquoted, _) if is_space => Part::BeforeAttribute,
        (Part::BeforeValue | Part::Unquoted, _) => Part::Unquoted,
        (_, b'/') => Part::BeforeAttribute,
        (Part::Name | Part::BeforeAttribute, _) if is_space => Part::BeforeAttribute,
        (Part::Name, _) => return State::Tag { part, name: name.with(byte), is_end },
        (Part::Attribute | Part::AfterAttribute, _) if is_space => Part::AfterAttribute,
        // Before an attribute `=` begins its name: only behind a name does it lead to a value.
        (Part::Attribute | Part::AfterAttribute, b'=') => Part::BeforeValue,
        (Part::BeforeAttribute | Part::Attribute | Part::AfterAttribute, _) => Part::Attribute,
    };
    State::Tag { part, name, is_end }
}

fn after_tag(name: Name, is_end: bool) -> State {
    if is_end {
        return State::Text;
    }
    for raw in [Raw::Script, Raw::Style] {
        if name.is(raw.name()) {
            return State::Raw(raw, Close::None);
        }
    }
    State::Text
}

fn raw_text(byte: u8, raw: Raw, close: Close) -> State {
    let name = raw.name();
    match close {
        Close::None if byte == b'<' => State::Raw(raw, Close::Open),
        Close::None => State::Raw(raw, Close::None),
        Close::Open if byte == b'/' => State::Raw(raw, Close::Name(0)),
        Close::Open => State::Lost,
        Close::Name(read) => match name.get(usize::from(read)) {
            Some(expected) if byte.eq_ignore_ascii_case(expected) => {
                State::Raw(raw, Close::Name(read.saturating_add(1)))
            }
            None if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>') => {
                tag(byte, Part::Name, Name::default(), true)
            }
            _ => State::Lost,
        },
    }
}

impl Raw {
    const fn name(self) -> &'static [u8] {
        match self {
            Self::Script => b"script",
            Self::Style => b"style",
        }
    }
}

impl Name {
    fn with(mut self, byte: u8) -> Self {
        if let Some(place) = self.bytes.get_mut(usize::from(self.length)) {
            *place = byte.to_ascii_lowercase();
            self.length = self.length.saturating_add(1);
        }
        self
    }

    fn is(&self, name: &[u8]) -> bool {
        self.bytes.get(..usize::from(self.length)) == Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks every `X` of the text: `x` where no value may stand, `X` where one may.
    fn check(expected: &str) {
        let mut markup = Markup::default();
        let mut got = String::new();
        for c in expected.chars() {
            let is_mark = matches!(c, 'X' | 'x');
            got.push(if is_mark { if markup.is_closed() { 'x' } else { 'X' } } else { c });
            let mut utf8 = [0; 4];
            for b in c.encode_utf8(&mut utf8).bytes() {
                markup.step(b);
            }
        }
        assert_eq!(got, expected);
    }

    #[test]
    fn text_is_open_and_tags_are_closed() {
        check("X<p class=x>X</p>X<br/>X");
        check("<img alt='x > x' src=\"x > x\" x>X");
        check("<a b = \"x>\"c=x/>X");
        check("a < b X <3 X << X");
        check("</ x>X</1 x>X<?php x ?>X<!doctype x>X<!>X");
        check("<x");
    }

    #[test]
    fn comments_scripts_and_styles_are_closed() {
        check("<!-- x > x -> x -->X");
        check("<!-- wp:paragraph x -->X<!-- x - x -- x --->X");
        check("<script>x > x </Script >X<style>p > b {x}</style>X");
        check("<styled>X<script/>x</script>X</script>X");
    }

    #[test]
    fn an_equals_sign_before_a_name_opens_no_value() {
        check("<a =\">X<img src=\"><p>x\">x");
        check("<a b=\"c\"=\">X");
    }

    #[test]
    fn what_readers_take_differently_stays_closed() {
        check("<textarea><a b=\"></textarea><img src=\"><p>x\">x");
        check("<svg><style><image href=\"https://e/?</style><p>x\">x");
        check("<!--><img src=\"--><p>x\">x");
        check("<script>if (a < b) x</script>x");
        check("<a <b>x");
    }

    #[test]
    fn a_tag_is_recognised() {
        for html in ["<p>", "a</b", "<!--", "<?x"] {
            assert!(has_tag(html.as_bytes()), "{html}");
        }
        for text in ["a < b", "<3", "x <", "->"] {
            assert!(!has_tag(text.as_bytes()), "{text}");
        }
    }
}
