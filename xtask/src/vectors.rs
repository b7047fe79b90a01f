//! `cargo xtask vectors`: the vectors in the form that runners outside Rust read.

use std::fs;

use lexopt::prelude::*;
use tamis_tests::vectors;
use tamis_tests::wordpress::target_folder;

use crate::{Failure, Outcome};

const HELP: &str = "\
Writes the vectors of tests/vectors as JSON lines into vectors.jsonl in the target folder, for the runners
in Node and the browser; prints its path.

Usage: cargo xtask vectors
";

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    match arguments.next()? {
        None => {}
        Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    let file = target_folder()?.join("vectors.jsonl");
    let all = vectors::all().map_err(Failure::Failed)?;
    fs::write(&file, vectors::lines(&all).map_err(Failure::Failed)?)?;
    println!("{}", file.display());
    Ok(())
}
