//! Tamis' development commands, so that a task is the same one line for everybody and for CI.
//!
//! It must not hold logic of the product: it builds, boots, drives and checks. `cargo xtask` lists the
//! commands.

mod anchors;
mod build;
mod demo;
mod provider;
mod terminal;
mod tidy;
mod vectors;
mod wasm;
mod wordpress;

use std::io;
use std::process::{Command, ExitCode};

use lexopt::prelude::*;

const HELP: &str = "\
Usage: cargo xtask <command> [arguments]

  demo        a real WordPress sends an order to a pretend AI provider; see what it got
  wordpress   boot and stop real WordPress sites; run WP-CLI in them
  provider    run the pretend AI provider alone
  wasm        build the WebAssembly module and check it
  vectors     write the vectors for runners in other languages
  anchors     write down where the built-in rules can begin: after a rule is new or changed
  tidy        check the repository's rules
  test        everything that must pass before a change lands (script/test)

Every command has --help.
";

/// Why a command ended badly.
pub(crate) enum Failure {
    /// The arguments make no sense: exit 2.
    Usage(String),
    /// It was tried and went wrong: exit 1.
    Failed(String),
    /// The command has said itself what is wrong: exit 1.
    Told,
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

pub(crate) type Outcome = Result<(), Failure>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => {
            eprintln!("error: {message} (--help tells more)");
            ExitCode::from(2)
        }
        Err(Failure::Failed(message)) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
        Err(Failure::Told) => ExitCode::FAILURE,
    }
}

fn run() -> Outcome {
    let mut arguments = lexopt::Parser::from_env();
    match arguments.next()? {
        None | Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            Ok(())
        }
        Some(Value(command)) => match command.string()?.as_str() {
            "demo" => demo::run(arguments),
            "wordpress" => wordpress::run(arguments),
            "provider" => provider::run(arguments),
            "anchors" => anchors::run(arguments),
            "tidy" => tidy::run(arguments),
            "vectors" => vectors::run(arguments),
            "wasm" => wasm::run(arguments),
            "test" => test(arguments),
            other => Err(Failure::Usage(format!("there is no command `{other}`"))),
        },
        Some(other) => Err(other.unexpected().into()),
    }
}

fn test(mut arguments: lexopt::Parser) -> Outcome {
    let script = tamis_tests::wordpress::repository().join("script/test");
    let status = Command::new(script).args(arguments.raw_args()?).status()?;
    if status.success() { Ok(()) } else { Err(Failure::Told) }
}
