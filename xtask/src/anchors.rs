//! Writes down anew what the built-in rules' patterns say of their matches: for whoever adds or changes a rule.
//! It must not know patterns: a test of the core derives and writes.

use std::process::Command;

use lexopt::prelude::*;
use tamis_tests::wordpress::repository;

use crate::{Failure, Outcome};

const HELP: &str = "\
Usage: cargo xtask anchors

Derives from the built-in rules' patterns where each can begin, writes it to core/src/rule/anchors.rs, and
checks what it wrote. Needed when a rule is new or its pattern changed. Commit the file with the rule.
";
const TEST: &str = "what_is_written_down_is_what_the_patterns_say";

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    match arguments.next()? {
        Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
        None => {}
    }
    for value in ["write", "check"] {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["test", "--quiet", "--package", "tamis", "--lib", TEST]).current_dir(repository());
        if !cargo.env("TAMIS_ANCHORS", value).status()?.success() {
            return Err(Failure::Told);
        }
    }
    println!("core/src/rule/anchors.rs says what the patterns say");
    Ok(())
}
