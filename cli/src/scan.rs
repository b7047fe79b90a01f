//! `tamis scan --jsonl`: a JSON line in, a JSON line out.

use std::io::{BufRead, Write, stdin, stdout};

use serde::{Deserialize, Serialize};
use tamis::{Finding, Input, Redactor, Scratch, Session, Verdict};

use crate::Failure;
use crate::args::{Shared, io, say, usage};

pub(crate) const HELP: &str = "\
Redact many texts: a JSON line in, a JSON line out.

Usage: tamis scan --jsonl [options] < texts.jsonl > answers.jsonl

In:   {\"id\", \"text\", \"content_type\"}
Out:  {\"id\", \"spans\": [{\"start\", \"end\", \"entity\", \"rule\", \"confidence\"}], \"redacted\"}
      or {\"id\", \"error\"} for a text that was blocked or a line that is no such JSON.
Offsets are bytes of the UTF-8 text; `redacted` is the text with exactly `spans` replaced.

Options:
  --policy F    Policy file; the default policy has every entity on
  --key-file F  Secret of at least 16 bytes that tokens are made with
  -h, --help    Show this";

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    #[serde(default)]
    content_type: String,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    spans: Vec<SpanOut<'a>>,
    redacted: &'a str,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: &'a serde_json::Value,
    error: &'a str,
}

/// A finding's range as commands print it.
#[derive(Serialize)]
pub(crate) struct SpanOut<'a> {
    start: u32,
    end: u32,
    entity: &'a str,
    rule: &'a str,
    operator: &'a str,
    confidence: &'a str,
    /// Ranges of one value that is split share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<u32>,
}

/// The ranges of a finding.
pub(crate) fn finding(finding: &Finding) -> Vec<SpanOut<'_>> {
    let ranges = finding.ranges();
    let group = ranges.first().filter(|_| ranges.len() > 1).map(|first| first.start);
    ranges
        .iter()
        .map(|range| SpanOut {
            start: range.start,
            end: range.end,
            entity: finding.entity_name(),
            rule: finding.rule(),
            operator: finding.operator().name(),
            confidence: finding.confidence().name(),
            group,
        })
        .collect()
}

pub(crate) fn run(words: &mut lexopt::Parser) -> Result<(), Failure> {
    use lexopt::prelude::{Long, Short};
    let mut shared = Shared::default();
    let mut jsonl = false;
    while let Some(word) = words.next().map_err(usage)? {
        match word {
            Long("jsonl") => jsonl = true,
            Long("policy") => shared.set_policy(words.value().map_err(usage)?),
            Long("key-file") => shared.set_key(words.value().map_err(usage)?),
            Long("help") | Short('h') => {
                return say(HELP);
            }
            other => return Err(usage(other.unexpected())),
        }
    }
    if !jsonl {
        return Err(Failure::Usage("`tamis scan` needs `--jsonl`, its only format".into()));
    }
    let redactor = shared.redactor()?;
    let mut scratch = Scratch::new();
    let mut out = std::io::BufWriter::new(stdout().lock());
    let mut line = Vec::new();
    let mut input = stdin().lock();
    while input.read_until(b'\n', &mut line).map_err(io)? > 0 {
        if !line.trim_ascii().is_empty() {
            answer(&redactor, &mut scratch, &line, &mut out).map_err(io)?;
        }
        line.clear();
    }
    out.flush().map_err(io)
}

fn answer(
    redactor: &Redactor,
    scratch: &mut Scratch,
    line: &[u8],
    out: &mut impl Write,
) -> std::io::Result<()> {
    let Ok(record) = serde_json::from_slice::<Record>(line) else {
        let id = &serde_json::Value::Null;
        return write_line(out, &Refusal { id, error: "line_not_understood" });
    };
    let input = Input::new(record.text.as_bytes()).content_type(&record.content_type);
    let outcome = redactor.redact(input, scratch, &mut Session::new());
    if let Verdict::Blocked(error) = outcome.verdict() {
        return write_line(out, &Refusal { id: &record.id, error: error.kind().slug() });
    }
    let body = outcome.body(record.text.as_bytes()).unwrap_or_default();
    let redacted = String::from_utf8_lossy(body);
    let spans = outcome.report().findings().iter().flat_map(finding).collect();
    write_line(out, &Answer { id: &record.id, spans, redacted: &redacted })
}

fn write_line(out: &mut impl Write, line: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
