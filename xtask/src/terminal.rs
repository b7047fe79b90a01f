//! Colours and columns, when there is a terminal that wants them.

use std::env;
use std::io::{self, IsTerminal};

/// How to speak to whoever reads.
#[derive(Clone, Copy)]
pub(crate) struct Terminal {
    colour: bool,
    width: usize,
}

/// What a piece of text means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Title,
    Dim,
    /// Must not leave.
    Secret,
    /// Stands for something that did not leave.
    Token,
    Good,
}

impl Terminal {
    /// Colours on a terminal, unless `NO_COLOR` is set.
    pub(crate) fn detect() -> Self {
        let wanted = env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let able = io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb");
        let columns = env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(100usize);
        Self { colour: wanted && able, width: columns.clamp(60, 140) }
    }

    #[cfg(test)]
    pub(crate) fn plain(width: usize) -> Self {
        Self { colour: false, width }
    }

    pub(crate) fn paint(self, style: Style, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match style {
            Style::Title => "1",
            Style::Dim => "2",
            Style::Secret => "31",
            Style::Token => "1;32",
            Style::Good => "32",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// The text behind a margin, its lines broken to fit, each occurrence of a mark painted.
    pub(crate) fn block(self, text: &str, marks: &[(String, Style)]) -> String {
        let margin = self.paint(Style::Dim, "  │ ");
        let mut out = String::new();
        for line in text.lines() {
            for piece in wrap(line, self.width - 4) {
                out.push_str(&margin);
                out.push_str(&self.mark(piece, marks));
                out.push('\n');
            }
        }
        out
    }

    fn mark(self, line: &str, marks: &[(String, Style)]) -> String {
        let mut out = String::new();
        let mut rest = line;
        while !rest.is_empty() {
            // The earliest mark, the longest of those that begin there.
            let next = marks
                .iter()
                .filter(|(text, _)| !text.is_empty())
                .filter_map(|(text, style)| rest.find(text.as_str()).map(|at| (at, text, *style)))
                .min_by_key(|(at, text, _)| (*at, usize::MAX - text.len()));
            let Some((at, text, style)) = next else { break };
            out.push_str(&rest[..at]);
            out.push_str(&self.paint(style, text));
            rest = &rest[at + text.len()..];
        }
        out.push_str(rest);
        out
    }
}

/// Breaks after a blank or a comma where there is one, else wherever the width ends.
fn wrap(line: &str, width: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        let Some((limit, _)) = rest.char_indices().nth(width) else {
            pieces.push(rest);
            return pieces;
        };
        let head = &rest[..limit];
        let at = head.rfind([' ', ',']).map_or(limit, |at| at + 1);
        pieces.push(rest[..at].trim_end());
        rest = &rest[at..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_lose_nothing() {
        assert_eq!(wrap("aaa bbb ccc", 8), ["aaa bbb", "ccc"]);
        assert_eq!(wrap("äöüäöü", 4), ["äöüä", "öü"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn without_colour_nothing_is_added() {
        let marks = [("b".to_owned(), Style::Secret)];
        assert_eq!(Terminal::plain(80).block("abc", &marks), "  │ abc\n");
    }

    #[test]
    fn the_longest_mark_wins() {
        let terminal = Terminal { colour: true, width: 80 };
        let marks = [("ab".to_owned(), Style::Secret), ("abc".to_owned(), Style::Token)];
        assert_eq!(terminal.mark("xabcx", &marks), "x\x1b[1;32mabc\x1b[0mx");
    }
}
