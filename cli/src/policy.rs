//! `tamis policy check`: whether a policy file can be used.

use tamis::{Keyring, Policy, Redactor};

use crate::Failure;
use crate::args::{read, say, usage};

pub(crate) const HELP: &str = "\
Check a policy file.

Usage: tamis policy check FILE [--tightens PARENT]

Says nothing but `ok` when the policy loads and every pattern compiles. Otherwise names the JSON
path of the first thing that is wrong, and exits with 2. With --tightens, also checks that FILE is
at least as strict as PARENT.";

pub(crate) fn run(words: &mut lexopt::Parser) -> Result<(), Failure> {
    use lexopt::prelude::{Long, Short, Value};
    let mut parent = None;
    let mut operands = Vec::new();
    while let Some(word) = words.next().map_err(usage)? {
        match word {
            Long("tightens") => parent = Some(words.value().map_err(usage)?),
            Long("help") | Short('h') => {
                return say(HELP);
            }
            Value(operand) => operands.push(operand),
            other => return Err(usage(other.unexpected())),
        }
    }
    let [verb, file] = operands.as_slice() else {
        return Err(Failure::Usage("usage: tamis policy check FILE".into()));
    };
    if verb != "check" {
        return Err(Failure::Usage("`tamis policy` knows only `check`".into()));
    }
    let policy = load(file)?;
    if let Some(parent) = parent {
        policy.tightens(&load(&parent)?).map_err(|error| Failure::Usage(error.to_string()))?;
    }
    say("ok")
}

fn load(file: &std::ffi::OsStr) -> Result<Policy, Failure> {
    let path = std::path::Path::new(file);
    let wrong = |error: tamis::PolicyError| Failure::Usage(format!("{}: {error}", path.display()));
    let policy = Policy::from_json(&read(path)?).map_err(wrong)?;
    let keyring = Keyring::new(&[0; 32]).map_err(wrong)?;
    Redactor::new(&policy, keyring).map_err(wrong)?;
    Ok(policy)
}
