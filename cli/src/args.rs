//! What commands share: options that name files, policies and keys.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tamis::{Keyring, Policy, Redactor};

use crate::Failure;

/// Options that several commands take.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    policy: Option<PathBuf>,
    key: Option<PathBuf>,
}

impl Shared {
    pub(crate) fn set_policy(&mut self, path: OsString) {
        self.policy = Some(path.into());
    }

    pub(crate) fn set_key(&mut self, path: OsString) {
        self.key = Some(path.into());
    }

    /// The policy of `--policy`, or the default one.
    pub(crate) fn policy(&self) -> Result<Policy, Failure> {
        let Some(path) = &self.policy else { return Ok(Policy::default()) };
        Policy::from_json(&read(path)?)
            .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
    }

    /// A redactor of the policy and the key of `--key-file`; without one, a key for this run only.
    pub(crate) fn redactor(&self) -> Result<Redactor, Failure> {
        let secret = match &self.key {
            Some(path) => key_file(path)?,
            None => one_run_secret()?,
        };
        let source = self.key.as_deref().unwrap_or(Path::new("the key of this run"));
        let keyring = Keyring::new(&secret)
            .map_err(|error| Failure::Usage(format!("{}: {error}", source.display())))?;
        Redactor::new(&self.policy()?, keyring).map_err(|error| Failure::Usage(error.to_string()))
    }
}

fn one_run_secret() -> Result<Vec<u8>, Failure> {
    let mut secret = vec![0_u8; 32];
    getrandom::fill(&mut secret).map_err(|_| Failure::Io("no randomness for a key".into()))?;
    Ok(secret)
}

/// A key file's secret: all of it but one line end, as in every language.
fn key_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut secret = read(path)?;
    if secret.last() == Some(&b'\n') {
        secret.pop();
        if secret.last() == Some(&b'\r') {
            secret.pop();
        }
    }
    Ok(secret)
}

/// Reads a file, with its name in the error.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::Io(format!("cannot read {}: {error}", path.display())))
}

/// Writes a line to standard output.
pub(crate) fn say(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(io)
}

/// The error of a command line that does not fit.
#[expect(clippy::needless_pass_by_value, reason = "it is used as a function for `map_err`")]
pub(crate) fn usage(error: lexopt::Error) -> Failure {
    Failure::Usage(error.to_string())
}

/// A failed read of standard input or write of standard output.
#[expect(clippy::needless_pass_by_value, reason = "it is used as a function for `map_err`")]
pub(crate) fn io(error: std::io::Error) -> Failure {
    Failure::Io(error.to_string())
}
