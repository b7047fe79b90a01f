//! The `tamis` command: flags and files around the core, and nothing else.
//!
//! Exit codes: 0 done, 1 input or output failed, 2 usage or policy, 3 blocked.

mod args;
mod policy;
mod rules;
mod scan;
mod scrub;

use std::process::ExitCode;

/// Why a command ended early. Holds no byte of any body.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Reading or writing failed.
    Io(String),
    /// The command line or the policy is wrong.
    Usage(String),
    /// The body must not be sent.
    Blocked(tamis::RedactError),
}

impl Failure {
    fn report(&self) -> ExitCode {
        match self {
            Self::Io(text) => {
                eprintln!("tamis: {text}");
                ExitCode::from(1)
            }
            Self::Usage(text) => {
                eprintln!("tamis: {text}\nSee `tamis --help`.");
                ExitCode::from(2)
            }
            Self::Blocked(error) => {
                eprintln!("tamis: blocked: {error}, code {}. Nothing was written.", error.code());
                ExitCode::from(3)
            }
        }
    }
}

const HELP: &str = "\
Tamis: the sieve between a shop and what it talks to.

Usage: tamis <command> [options]

Commands:
  scrub    Redact one body from standard input to standard output
  scan     Redact many texts: a JSON line in, a JSON line out
  rules    List the rules of a policy
  policy   Check a policy file
  help     Show this, or the help of a command

Exit codes: 0 done, 1 input or output failed, 2 usage or policy, 3 blocked";

fn main() -> ExitCode {
    let mut words = lexopt::Parser::from_env();
    match dispatch(&mut words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn dispatch(words: &mut lexopt::Parser) -> Result<(), Failure> {
    use lexopt::prelude::{Long, Short, Value};
    match words.next().map_err(args::usage)? {
        Some(Value(command)) => run(&command.to_string_lossy(), words),
        Some(Long("version") | Short('V')) => args::say(concat!("tamis ", env!("CARGO_PKG_VERSION"))),
        Some(Long("help") | Short('h')) => args::say(HELP),
        Some(other) => Err(args::usage(other.unexpected())),
        None => Err(Failure::Usage("no command given".into())),
    }
}

fn run(command: &str, words: &mut lexopt::Parser) -> Result<(), Failure> {
    match command {
        "scrub" => scrub::run(words),
        "scan" => scan::run(words),
        "rules" => rules::run(words),
        "policy" => policy::run(words),
        "help" => {
            let topic = words.value().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
            args::say(match topic.as_str() {
                "scrub" => scrub::HELP,
                "scan" => scan::HELP,
                "rules" => rules::HELP,
                "policy" => policy::HELP,
                _ => HELP,
            })
        }
        other => Err(Failure::Usage(format!("no command `{}`", other.escape_default()))),
    }
}
