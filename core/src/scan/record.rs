//! Holds what is written down of the built-in rules' patterns (`rule/anchors.rs`) to what the patterns say, and
//! writes it.
//!
//! A test and no tool, because only the core can derive it. `cargo xtask anchors` runs it to write.

use super::anchor::Anchor;
use super::detector::Derived;
use super::pattern::bounded;
use super::place::Place;
use crate::rule::anchors::FACTS;
use crate::rule::{Rule, built_in};

/// Set to `write` by `cargo xtask anchors`.
const SWITCH: &str = "TAMIS_ANCHORS";
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rule/anchors.rs");
const COLUMNS_MAX: usize = 110;

const HEAD: &str = "\
//! What the built-in rules' patterns say of their matches, by id of the rule.
//!
//! Written by `cargo xtask anchors` from the patterns; a test fails when it is not what they say.

use super::Begin::{Literals, Place};
use super::Facts;

#[rustfmt::skip]
pub(crate) const FACTS: &[Facts] = &[
";

#[test]
fn what_is_written_down_is_what_the_patterns_say() {
    let mut rules: Vec<&Rule> = built_in().collect();
    rules.sort_by_key(|rule| rule.id);
    if std::env::var(SWITCH).is_ok_and(|value| value == "write") {
        let rows: String = rules.iter().map(|rule| row(rule.id, &derived(rule))).collect();
        std::fs::write(FILE, format!("{HEAD}{rows}];\n")).unwrap();
        return;
    }
    for rule in &rules {
        let id = rule.id;
        let is_current = Derived::recorded(rule).is_some_and(|recorded| recorded == derived(rule));
        assert!(is_current, "core/src/rule/anchors.rs is not what {id} says: run `cargo xtask anchors`");
    }
    assert_eq!(FACTS.len(), rules.len(), "core/src/rule/anchors.rs has others: run `cargo xtask anchors`");
}

fn derived(rule: &Rule) -> Derived {
    Derived::of(&bounded(rule.pattern).unwrap_or_else(|error| panic!("{}: {error:?}", rule.id)))
}

fn row(id: &str, derived: &Derived) -> String {
    let Derived { anchor, grouped, longest } = derived;
    let begin = match anchor {
        Anchor::Literals(literals) => {
            let [at_words, everywhere] = [true, false].map(|at_word| {
                let chosen = literals.iter().filter(|literal| literal.at_word == at_word);
                chosen.map(|l| spelled(l.bytes().iter().copied())).collect::<Vec<_>>().join(", ")
            });
            format!("Literals {{ at_words: &[{at_words}], everywhere: &[{everywhere}] }}")
        }
        Anchor::Place(Place { before, at, after, head, tail }) => {
            let [before, at, after] = [before, at, after].map(|set| spelled(set.runs().into_iter()));
            format!("Place {{ before: {before}, at: {at}, after: {after}, head: {head:?}, tail: {tail} }}")
        }
        Anchor::Anywhere => "super::Begin::Anywhere".to_owned(),
    };
    let head = format!("    Facts {{ id: \"{id}\", grouped: {grouped}, longest: {longest},");
    let begin = format!("begin: {begin} }},");
    if head.len() + 1 + begin.len() <= COLUMNS_MAX {
        return format!("{head} {begin}\n");
    }
    format!("{head}{}\n", wrapped(&begin))
}

fn spelled(bytes: impl Iterator<Item = u8>) -> String {
    format!("b\"{}\"", bytes.flat_map(std::ascii::escape_default).map(char::from).collect::<String>())
}

/// Lines of their own, broken where something follows a comma.
fn wrapped(begin: &str) -> String {
    let (mut lines, mut columns) = (String::new(), COLUMNS_MAX);
    for part in begin.split_inclusive(", ").map(str::trim_end) {
        if columns + 1 + part.len() > COLUMNS_MAX {
            lines += "\n       ";
            columns = "       ".len();
        }
        lines += " ";
        lines += part;
        columns += 1 + part.len();
    }
    lines
}
