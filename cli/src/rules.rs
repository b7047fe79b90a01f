//! `tamis rules`: what a policy looks for.

use crate::Failure;
use crate::args::{Shared, say, usage};

pub(crate) const HELP: &str = "\
List the rules of a policy: id, entity, confidence.

Usage: tamis rules [--policy F] [--format table|json]

Field names, labels and propagation are not listed: they are part of every policy.";

pub(crate) fn run(words: &mut lexopt::Parser) -> Result<(), Failure> {
    use lexopt::prelude::{Long, Short};
    let mut shared = Shared::default();
    let mut json = false;
    while let Some(word) = words.next().map_err(usage)? {
        match word {
            Long("policy") => shared.set_policy(words.value().map_err(usage)?),
            Long("format") => match words.value().map_err(usage)?.to_str() {
                Some("json") => json = true,
                Some("table") => json = false,
                _ => return Err(Failure::Usage("`--format` takes table or json".into())),
            },
            Long("help") | Short('h') => {
                return say(HELP);
            }
            other => return Err(usage(other.unexpected())),
        }
    }
    let redactor = shared.redactor()?;
    if json {
        let rules: Vec<_> = redactor
            .rules()
            .map(|(id, entity, confidence)| {
                serde_json::json!({ "id": id, "entity": entity, "confidence": confidence.name() })
            })
            .collect();
        return say(&format!("{:#}", serde_json::Value::from(rules)));
    }
    let widest = redactor.rules().map(|(id, ..)| id.len()).max().unwrap_or(0);
    let line = |(id, entity, confidence): (&str, &str, tamis::Confidence)| {
        format!("{id:widest$}  {entity:16}  {}", confidence.name())
    };
    say(&redactor.rules().map(line).collect::<Vec<_>>().join("\n"))
}
