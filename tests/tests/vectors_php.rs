//! Runs every vector through the PHP extension, from the same files as the core's runner.
//!
//! Needs the built extension, so plain `cargo test` leaves it out; `script/test --only vectors` builds the
//! extension and runs it.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tamis::{PolicyErrorKind, RedactErrorKind};
use tamis_tests::base64::encode;
use tamis_tests::vectors::{self, Body, Case, KEY, Vector};

const HOW: &str = "TAMIS_EXTENSION is not set: build the extension (cargo build --release -p tamis-php) \
                   and set it to the path of libtamis.so, or run script/test";

#[test]
#[ignore = "needs the PHP extension: script/test builds it"]
fn php_makes_the_same_of_every_vector() {
    let extension = env::var("TAMIS_EXTENSION").expect(HOW);
    let all = vectors::all().expect("the vectors are read");
    let lines: Vec<u8> = all.iter().flat_map(|vector| format!("{}\n", line(vector)).into_bytes()).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository's root");
    let php = env::var("PHP").unwrap_or_else(|_| "php".into());
    let mut child = Command::new(&php)
        .args(["-n", "-d", "memory_limit=1G", "-d", &format!("extension={extension}")])
        .arg(root.join("php-ext/tests/vectors.php"))
        .env("TAMIS_VECTORS_KEY", KEY)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{php}: {error}"));
    let mut input = child.stdin.take().expect("piped");
    // In a thread of its own: PHP answers while it reads.
    let writer = std::thread::spawn(move || input.write_all(&lines));
    let output = child.wait_with_output().expect("PHP ends");
    writer.join().expect("the writer ends").expect("PHP reads all vectors");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert_eq!(said.lines().last(), Some(format!("{} passed, 0 failed", all.len()).as_str()));
    assert!(output.status.success(), "{}", output.status);
}

fn line(vector: &Vector) -> Value {
    match &vector.case {
        Case::Policy { error, path } => json!({
            "name": vector.id, "policy": vector.policy, "haystack": "", "verdict": "blocked",
            "error": policy_code(error), "path": path, "output": null, "findings": [], "restore": [],
        }),
        Case::Body(body) => body_line(vector, body),
    }
}

fn body_line(vector: &Vector, body: &Body) -> Value {
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
    json!({
        "name": vector.id,
        "policy": vector.policy,
        "content_type": body.content_type,
        "charset": body.charset,
        "scope": body.scope,
        "haystack": encode(&body.haystack),
        "verdict": body.verdict,
        "output": body.output.as_deref().map(encode),
        "error": body.error.as_deref().map(redact_code),
        "findings": findings,
        "restore": restore,
    })
}

fn policy_code(slug: &str) -> u16 {
    let kind = PolicyErrorKind::ALL.iter().find(|kind| kind.slug() == slug);
    kind.unwrap_or_else(|| panic!("no policy error is called {slug}")).code()
}

fn redact_code(slug: &str) -> u16 {
    let kind = RedactErrorKind::ALL.iter().find(|kind| kind.slug() == slug);
    kind.unwrap_or_else(|| panic!("no error is called {slug}")).code()
}
