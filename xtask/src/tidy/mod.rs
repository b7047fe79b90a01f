//! `cargo xtask tidy`: the repository's rules, as checks that say what to do.
//!
//! A rule is a pure function from the files to violations, so that its test is a few lines of text. Rules
//! that a compiler or formatter knows already are not repeated here.

mod dependencies;
mod presence;
mod repository;
mod rust;
mod text;

use std::fmt;

use lexopt::prelude::*;
use repository::Repository;

use crate::{Failure, Outcome};

const HELP: &str = "\
Checks the repository's rules: who may know whom, where `unsafe` may be, file lengths, module headers,
licences, no paths of a machine, no notes to oneself. Prints `path:line: rule: what to do`.

Usage: cargo xtask tidy
";

/// One broken rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: String,
    line: usize,
    rule: &'static str,
    what_to_do: String,
}

impl Violation {
    fn new(path: &str, line: usize, rule: &'static str, what_to_do: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule, what_to_do: what_to_do.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.what_to_do)
    }
}

/// The rules. Adding one is adding it here.
const RULES: &[fn(&Repository) -> Vec<Violation>] = &[
    dependencies::crates_know_only_whom_they_may,
    dependencies::every_crate_has_a_licence,
    rust::shells_use_only_the_root_of_the_core,
    rust::unsafe_is_only_where_it_may_be,
    rust::modules_say_why_they_exist,
    text::sources_are_short,
    text::no_paths_of_a_machine,
    text::no_notes_to_oneself,
    presence::licences_are_there,
    presence::the_core_has_its_stages,
    presence::the_map_is_short,
];

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    match arguments.next()? {
        None => {}
        Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    let repository = Repository::load()?;
    let mut violations: Vec<Violation> = RULES.iter().flat_map(|rule| rule(&repository)).collect();
    violations.sort();
    for violation in &violations {
        println!("{violation}");
    }
    if violations.is_empty() {
        println!("tidy: {} files, {} rules, nothing to do", repository.len(), RULES.len());
        return Ok(());
    }
    eprintln!("tidy: {} to do", violations.len());
    Err(Failure::Told)
}
