//! `tamis scrub`: one body from standard input to standard output.

use std::fs;
use std::io::{Read, Write, stdin, stdout};
use std::path::PathBuf;

use tamis::{Input, Scratch, Session, Verdict};

use crate::Failure;
use crate::args::{Shared, io, say, usage};
use crate::scan::finding;

pub(crate) const HELP: &str = "\
Redact one body from standard input to standard output.

Usage: tamis scrub [options] < body > scrubbed

Options:
  --policy F         Policy file; the default policy has every entity on
  --content-type T   Media type as it would be sent, such as application/json
  --key-file F       Secret of at least 16 bytes that tokens are made with;
                     without one, tokens of this run match no other run's
  --report F         Write verdict, findings and counts there, as JSON
  -h, --help         Show this

A blocked body writes nothing and exits with 3.";

pub(crate) fn run(words: &mut lexopt::Parser) -> Result<(), Failure> {
    use lexopt::prelude::{Long, Short};
    let mut shared = Shared::default();
    let mut content_type = String::new();
    let mut report: Option<PathBuf> = None;
    while let Some(word) = words.next().map_err(usage)? {
        match word {
            Long("policy") => shared.set_policy(words.value().map_err(usage)?),
            Long("key-file") => shared.set_key(words.value().map_err(usage)?),
            Long("content-type") => {
                content_type = words.value().map_err(usage)?.to_string_lossy().into_owned();
            }
            Long("report") => report = Some(words.value().map_err(usage)?.into()),
            Long("help") | Short('h') => {
                return say(HELP);
            }
            other => return Err(usage(other.unexpected())),
        }
    }
    let redactor = shared.redactor()?;
    let mut body = Vec::new();
    stdin().lock().read_to_end(&mut body).map_err(io)?;
    let input = Input::new(&body).content_type(&content_type);
    let outcome = redactor.redact(input, &mut Scratch::new(), &mut Session::new());
    if let Some(path) = report {
        let findings: Vec<_> = outcome.report().findings().iter().flat_map(finding).collect();
        let counts: serde_json::Map<_, _> =
            outcome.report().counts().into_iter().map(|(name, n)| (name.to_owned(), n.into())).collect();
        let code = match outcome.verdict() {
            Verdict::Blocked(error) => error.code(),
            Verdict::Clean | Verdict::Redacted => 0,
        };
        let json = serde_json::json!({
            "verdict": outcome.verdict().name(), "code": code, "counts": counts, "findings": findings,
        });
        fs::write(&path, format!("{json:#}\n"))
            .map_err(|error| Failure::Io(format!("cannot write {}: {error}", path.display())))?;
    }
    if let Verdict::Blocked(error) = outcome.verdict() {
        return Err(Failure::Blocked(error));
    }
    let mut out = stdout().lock();
    out.write_all(outcome.body(&body).unwrap_or_default()).and_then(|()| out.flush()).map_err(io)
}
