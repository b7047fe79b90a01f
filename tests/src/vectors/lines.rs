//! The vectors as JSON lines, for runners in other languages: bodies in base64, errors as their codes.
//!
//! It must not know who reads them. Of the core it knows the table of codes, nothing else.

use serde_json::{Value, json};
use tamis::{PolicyErrorKind, RedactErrorKind};

use super::{Body, Case, KEY, Vector};
use crate::base64::encode;

/// A line for each vector, with all that a runner needs, the key included. A policy that must be refused
/// is a line with a `path`.
///
/// # Errors
/// Names the vector whose error the core does not have.
pub fn lines(vectors: &[Vector]) -> Result<String, String> {
    let mut text = String::new();
    for vector in vectors {
        let line = line(vector).map_err(|error| format!("{}: {error}", vector.id))?;
        text.push_str(&line.to_string());
        text.push('\n');
    }
    Ok(text)
}

fn line(vector: &Vector) -> Result<Value, String> {
    match &vector.case {
        Case::Policy { error, path } => Ok(json!({
            "name": vector.id, "key": KEY, "policy": vector.policy, "haystack": "", "verdict": "blocked",
            "error": policy_code(error)?, "path": path, "output": null, "findings": [], "restore": [],
        })),
        Case::Body(body) => body_line(vector, body),
    }
}

fn body_line(vector: &Vector, body: &Body) -> Result<Value, String> {
    let findings: Vec<Value> = body
        .findings
        .iter()
        .map(|finding| {
            let [start, end] = finding.span;
            let mut object = json!({ "entity": finding.entity, "start": start, "end": end });
            for (key, value) in [("rule", &finding.rule), ("operator", &finding.operator)] {
                if let Some(value) = value {
                    object[key] = json!(value);
                }
            }
            object
        })
        .collect();
    let restore: Vec<Value> = body
        .restore
        .iter()
        .map(|reply| {
            json!({
                "reply": reply.reply, "content_type": reply.content_type,
                "output": reply.output.as_ref().unwrap_or(&reply.reply),
                "restored": reply.restored, "unresolved": reply.unresolved,
            })
        })
        .collect();
    Ok(json!({
        "name": vector.id,
        "key": KEY,
        "policy": vector.policy,
        "content_type": body.content_type,
        "charset": body.charset,
        "scope": body.scope,
        "haystack": encode(&body.haystack),
        "verdict": body.verdict,
        "output": body.output.as_deref().map(encode),
        "error": body.error.as_deref().map(redact_code).transpose()?,
        "findings": findings,
        "restore": restore,
        "fixpoint": body.fixpoint,
    }))
}

fn policy_code(slug: &str) -> Result<u16, String> {
    let kind = PolicyErrorKind::ALL.iter().find(|kind| kind.slug() == slug);
    kind.map(|kind| kind.code()).ok_or_else(|| format!("no policy error is called {slug}"))
}

fn redact_code(slug: &str) -> Result<u16, String> {
    let kind = RedactErrorKind::ALL.iter().find(|kind| kind.slug() == slug);
    kind.map(|kind| kind.code()).ok_or_else(|| format!("no error is called {slug}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors;

    #[test]
    fn every_vector_is_a_line() {
        let vectors = vectors::all().expect("the vectors are read");
        let lines = lines(&vectors).expect("the errors are known");
        assert_eq!(lines.lines().count(), vectors.len());
        for (line, vector) in lines.lines().zip(&vectors) {
            let line: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(line["name"], vector.id.as_str());
        }
    }

    #[test]
    fn an_unknown_error_is_named() {
        let case = Case::Policy { error: "none_such".into(), path: "$".into() };
        let vector = Vector { id: "a::b".into(), policy: "{}".into(), case };
        assert_eq!(lines(&[vector]), Err("a::b: no policy error is called none_such".into()));
    }
}
