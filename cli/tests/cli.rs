//! The contract of the `tamis` command, held against the real binary. All data is made up.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A value that must never be told on standard error.
const CANARY: &str = "canary.anna@example.com";
const CARD: &str = "4111111111111111";
const POLICY: &str = r#"{"version":1,"entities":{"email":"replace","phone":"drop","credit_card":"block"},
    "rules":[{"id":"custom.ref","entity":"custom:ref","pattern":"REF-[0-9]{6}"}]}"#;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn tamis(args: &[&str], input: impl AsRef<[u8]>) -> Ran {
    let Output { status, stdout, stderr } = run(args, input.as_ref());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let ran = Ran { code: status.code().expect("no signal"), out: text(stdout), err: text(stderr) };
    assert!(!ran.err.contains(CANARY) && !ran.err.contains(CARD), "standard error holds a value");
    ran
}

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tamis"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // A command that ends early closes its side: that is its right.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the command ends");
    let _ = writer.join().expect("the writer ends");
    output
}

/// A file of this test run, by a name that no other test uses.
fn file(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("{}-{name}", std::process::id()));
    fs::write(&path, text).expect("written");
    path.into_os_string().into_string().expect("UTF-8")
}

fn key(name: &str) -> String {
    file(name, "tamis cli key 0123456789abcdef\n")
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn scrub_replaces_and_ends_with_0() {
    let ran = tamis(&["scrub"], format!("mail {CANARY} now"));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("mail EMAIL_9") && ran.out.ends_with(" now"), "{}", ran.out);
}

#[test]
fn scrub_passes_clean_bodies_byte_for_byte() {
    for body in [&b""[..], b"nothing here", b"{\"a\": [1.50, \"\\u00e9\"]}\r\n", b"\xC3( \xFF"] {
        let output = run(&["scrub"], body);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(output.stdout, body);
    }
}

#[test]
fn scrub_takes_content_type_policy_and_key() {
    let (policy, key) = (file("scrub.json", POLICY), key("scrub.key"));
    let args = ["scrub", "--policy", &policy, "--key-file", &key];
    let form = [&args[..], &["--content-type", "application/x-www-form-urlencoded"]].concat();
    assert_eq!(tamis(&form, "to=anna%40example.com&x=1").out, "to=%5Bemail%5D&x=1");
    // A key makes tokens that another run knows.
    let token = |key: &str| tamis(&["scrub", "--key-file", key], CANARY).out;
    assert_eq!(token(&key), token(&key));
    assert_eq!(token(&key), tamis(&["scrub", "--key-file", &key], token(&key)).out);
    let (first, second) = (tamis(&["scrub"], CANARY).out, tamis(&["scrub"], CANARY).out);
    assert_ne!(first, second, "without a key file each run has its own");
}

#[test]
fn a_blocked_body_writes_nothing_and_ends_with_3() {
    let policy = file("block.json", POLICY);
    let ran = tamis(&["scrub", "--policy", &policy], format!("{CANARY} pays {CARD}"));
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("blocked_by_policy") && ran.err.contains("208"), "{}", ran.err);
    let ran = run(&["scrub"], b"a\0anna@example.com");
    assert_eq!((ran.status.code(), ran.stdout.len()), (Some(3), 0));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("207"));
}

#[test]
fn the_report_tells_kinds_and_places_only() {
    let (policy, report) = (file("report.json", POLICY), file("report.out", ""));
    let args = ["scrub", "--policy", &policy, "--report", &report];
    let body = format!("see REF-123456, mail {CANARY}");
    assert_eq!(tamis(&args, &body).code, 0);
    let text = fs::read_to_string(&report).expect("the report");
    assert!(!text.contains(CANARY) && !text.contains("REF-123456"), "the report holds a value");
    let read: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(read["verdict"], "redacted");
    assert_eq!(read["code"], 0);
    assert_eq!(read["counts"], serde_json::json!({ "custom:ref": 1, "email": 1 }));
    assert_eq!(read["findings"][0]["rule"], "custom.ref");
    assert_eq!((&read["findings"][1]["start"], &read["findings"][1]["end"]), (&21.into(), &44.into()));
    // A blocked body has a report too.
    assert_eq!(tamis(&args, CARD).code, 3);
    let read: Value = serde_json::from_str(&fs::read_to_string(&report).expect("it")).expect("JSON");
    assert_eq!((&read["verdict"], &read["code"]), (&"blocked".into(), &208.into()));
}

#[test]
fn wrong_usage_ends_with_2() {
    let short = file("short.key", "too short");
    for args in [
        &["scrub", "--nope"][..],
        &["scrub", "extra"],
        &["scrub", "--policy"],
        &["scrub", "--key-file", &short],
        &["nope"],
        &[],
        &["scan"],
        &["rules", "--format", "xml"],
        &["policy"],
        &["policy", "check"],
        &["policy", "burn", &short],
    ] {
        let ran = tamis(args, CANARY);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.starts_with("tamis: "), "{args:?}: {}", ran.err);
    }
}

#[test]
fn files_that_cannot_be_read_or_written_end_with_1() {
    for args in [
        &["scrub", "--policy", "no/such/file"][..],
        &["scrub", "--key-file", "no/such/file"],
        &["scrub", "--report", "no/such/folder/report"],
        &["scan", "--jsonl", "--policy", "no/such/file"],
        &["policy", "check", "no/such/file"],
    ] {
        let ran = tamis(args, CANARY);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("no/such"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn help_and_version_are_told_on_standard_output() {
    for args in
        [&["--help"][..], &["-h"], &["help"], &["scrub", "--help"], &["help", "scan"], &["rules", "-h"]]
    {
        let ran = tamis(args, "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        assert!(ran.out.contains("Usage: tamis"), "{args:?}");
    }
    assert_eq!(tamis(&["--version"], "").out, format!("tamis {}\n", env!("CARGO_PKG_VERSION")));
}

/// Texts of a shop, each kind of body and place once.
const TEXTS: &[(&str, &str)] = &[
    ("Write to canary.anna@example.com, please.", ""),
    ("card 4111 1111 1111 1111 or 5555555555554444; IBAN DE89 3704 0044 0532 0130 00", ""),
    (
        "{\"to\":\"zo\\u00eb@example.com\",\"n\":4111111111111111,\"bea@example.com\":true}",
        "application/json",
    ),
    ("a=1&to=anna%40example.com&bea%40example.com=x", "application/x-www-form-urlencoded"),
    ("{\"a\":1} {\"to\":\"anna@example.com\"", "application/json"),
    ("nothing to see: 2026-03-14, v1.2.3, #fff", "text/plain"),
    ("\u{1F600} é anna@example.com 日本語 +49 30 123456\nZeile 203.0.113.77", ""),
    ("EMAIL_938201746512093 and [email] and key AKIAIOSFODNN7EXAMPLE", ""),
    ("", ""),
    ("mysql://shop:rain4Tree@db.example.com/shop", ""),
];

#[test]
fn scan_answers_each_line_and_redacts_exactly_the_spans() {
    let records = TEXTS.iter().enumerate().map(|(id, (text, content_type))| {
        serde_json::json!({ "id": id, "text": text, "content_type": content_type }).to_string()
    });
    let input = records.collect::<Vec<_>>().join("\n");
    let ran = tamis(&["scan", "--jsonl", "--key-file", &key("scan.key")], &input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let answers = lines(&ran.out);
    assert_eq!(answers.len(), TEXTS.len());
    let mut found = 0;
    for (id, (answer, (text, _))) in answers.iter().zip(TEXTS).enumerate() {
        assert_eq!(answer["id"], id);
        found += only_spans_replaced(text, answer);
    }
    assert_eq!(found, 16, "{}", ran.out);
}

/// Holds an answer to its text: offsets are bytes of it, ascending and apart, and what stands between them
/// stands in `redacted` too, in its order.
fn only_spans_replaced(text: &str, answer: &Value) -> usize {
    let redacted = answer["redacted"].as_str().expect("redacted");
    let spans = answer["spans"].as_array().expect("spans");
    let (mut at, mut out) = (0_usize, 0_usize);
    for span in spans {
        let offset = |key: &str| usize::try_from(span[key].as_u64().expect("an offset")).expect("small");
        let (start, end) = (offset("start"), offset("end"));
        assert!(at <= start && start < end, "{span}");
        assert!(!span["entity"].as_str().expect("entity").is_empty());
        assert!(span["rule"].as_str().is_some() && span["confidence"].as_str().is_some());
        let between = text.get(at..start).expect("offsets are of characters");
        let found = redacted[out..].find(between).expect("the text between spans stays");
        assert!(at > 0 || found == 0, "the text before the first span stays where it is");
        let value = &text[start..end];
        assert!(value.len() < 5 || !redacted.contains(value), "a value is left: {span}");
        out += found + between.len();
        at = end;
    }
    let last = &text[at..];
    assert!(redacted[out..].ends_with(last), "the text behind the last span stays");
    if spans.is_empty() {
        assert_eq!(redacted, text);
    }
    spans.len()
}

#[test]
fn scan_tells_errors_line_by_line_and_goes_on() {
    let policy = file("scan.json", POLICY);
    let input = format!(
        "{{\"id\":\"a\",\"text\":\"{CANARY}\"}}\nno json {CANARY}\n{{\"id\":\"b\",\"text\":\"pay {CARD}\"}}\n\n\
         {{\"id\":7}}\n{{\"id\":\"c\",\"text\":\"fine\"}}"
    );
    let ran = tamis(&["scan", "--jsonl", "--policy", &policy], input);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(!ran.out.contains(CANARY) && !ran.out.contains(CARD));
    let answers = lines(&ran.out);
    assert_eq!(answers.len(), 5, "an empty line is no text");
    assert_eq!(answers[0]["redacted"], "[email]");
    assert_eq!(answers[1]["error"], "line_not_understood");
    assert_eq!((&answers[2]["id"], &answers[2]["error"]), (&"b".into(), &"blocked_by_policy".into()));
    assert!(answers[2].get("redacted").is_none() && answers[2].get("spans").is_none());
    assert!(answers[3].get("error").is_some());
    assert_eq!((&answers[4]["id"], &answers[4]["redacted"]), (&"c".into(), &"fine".into()));
}

#[test]
fn rules_are_listed_for_people_and_for_programs() {
    let policy = file("rules.json", POLICY);
    let json = tamis(&["rules", "--policy", &policy, "--format", "json"], "");
    let rules: Vec<Value> = serde_json::from_str(&json.out).expect("a list");
    assert!(rules.len() > 30, "{} rules", rules.len());
    let custom = rules.iter().find(|rule| rule["id"] == "custom.ref").expect("the policy's own rule");
    assert_eq!((&custom["entity"], &custom["confidence"]), (&"custom:ref".into(), &"high".into()));
    let table = tamis(&["rules"], "");
    assert_eq!(table.code, 0);
    assert!(table.out.lines().any(|line| line.starts_with("contact.email ") && line.contains(" email ")));
}

#[test]
fn what_a_policy_keeps_is_not_looked_for() {
    let kept = file("kept.json", r#"{"version":1,"entities":{"email":"keep"}}"#);
    assert!(!tamis(&["rules", "--policy", &kept], "").out.contains("contact.email "));
}

/// `tamis rules | head` closes the pipe early, a full disk refuses: that is no crash.
#[test]
#[cfg(target_os = "linux")]
fn an_output_that_cannot_be_written_ends_with_1() {
    let good = file("full.json", POLICY);
    for args in [
        &["scrub"][..],
        &["scan", "--jsonl"],
        &["rules"],
        &["rules", "--format", "json"],
        &["policy", "check", &good],
        &["--version"],
        &["help"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device that is full");
        let mut child = Command::new(env!("CARGO_BIN_EXE_tamis"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut stdin = child.stdin.take().expect("piped");
        // What reads nothing may be gone already.
        let _ = stdin.write_all(br#"{"id":1,"text":"hello"}"#);
        drop(stdin);
        let output = child.wait_with_output().expect("the command ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.starts_with("tamis: "), "{args:?}: {said}");
    }
}

#[test]
fn policy_check_names_the_place() {
    let good = file("good.json", POLICY);
    let ran = tamis(&["policy", "check", &good], "");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "ok\n", ""));
    for (name, json, path, slug) in [
        (
            "bad1",
            r#"{"version":1,"entities":{"emial":"token"}}"#,
            "$.entities.emial",
            "policy_unknown_entity",
        ),
        (
            "bad2",
            r#"{"version":1,"rules":[{"id":"a","entity":"sku","pattern":"("}]}"#,
            "$.rules[0].pattern",
            "policy_pattern",
        ),
        ("bad3", r#"{"version":9}"#, "$.version", "policy_version"),
        ("bad4", "{\n\n\"version\": 1", "$", "policy_json"),
    ] {
        let path_of = file(name, json);
        let ran = tamis(&["policy", "check", &path_of], "");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{name}");
        assert!(ran.err.contains(&format!("{path}: ")) && ran.err.contains(slug), "{name}: {}", ran.err);
        assert!(ran.err.contains(Path::new(&path_of).file_name().expect("a name").to_str().expect("UTF-8")));
        // A policy that is refused scrubs nothing.
        assert_eq!(tamis(&["scrub", "--policy", &path_of], CANARY).code, 2);
    }
}

#[test]
fn policy_check_compares_with_a_parent() {
    let parent = file("parent.json", r#"{"version":1,"entities":{"email":"drop"}}"#);
    let stricter = file("stricter.json", r#"{"version":1,"entities":{"email":"block"}}"#);
    let looser = file("looser.json", r#"{"version":1,"entities":{"email":"token"}}"#);
    assert_eq!(tamis(&["policy", "check", &stricter, "--tightens", &parent], "").code, 0);
    let ran = tamis(&["policy", "check", &looser, "--tightens", &parent], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("$.entities.email") && ran.err.contains("policy_loosens"), "{}", ran.err);
}
