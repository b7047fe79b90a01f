//! Modules that are not ours: none is loaded, none makes a wrong result of a call.

use std::fmt::Write as _;
use std::time::Duration;

use tamis_host::{Config, Host, Input};

use crate::{SECRET, check, wasm};

/// A report that stands in every fake's memory.
const REPORT: &str = r#"{"verdict":"clean","code":0,"counts":{},"one_way":0,"unread":0,"findings":[]}"#;
const REPORT_AT: u32 = 4096;

/// A module with our interface, whose functions do `bodies` instead of nothing.
fn fake(bodies: &[(&str, &str)]) -> Vec<u8> {
    let functions = [
        ("tamis_abi", 0, "i32.const 0x10000"),
        ("tamis_results", 0, "i32.const 16"),
        ("tamis_error", 1, "i32.const 0"),
        ("tamis_policy_path", 0, "i32.const 0"),
        (
            "tamis_buffer_new",
            1,
            "(i32.store (i32.const 16) (i32.const 7)) (i32.store (i32.const 20) (i32.const 1024)) (i32.store (i32.const 24) (local.get 0)) i32.const 0",
        ),
        ("tamis_free", 1, "i32.const 0"),
        ("tamis_keyring_new", 2, "i32.const 0"),
        ("tamis_keyring_previous", 3, "i32.const 0"),
        ("tamis_redactor_new", 4, "i32.const 0"),
        ("tamis_session_new", 0, "i32.const 0"),
        ("tamis_redact", 8, "i32.const 0"),
        ("tamis_outcome_report", 1, "i32.const 0"),
        ("tamis_restore", 5, "i32.const 0"),
    ];
    let report = REPORT.replace('"', "\\\"");
    let mut text =
        format!("(module (memory (export \"memory\") 2) (data (i32.const {REPORT_AT}) \"{report}\")\n");
    for (name, parameters, body) in functions {
        let body = bodies.iter().find(|(other, _)| *other == name).map_or(body, |(_, body)| *body);
        if body == "absent" {
            continue;
        }
        let parameters = "i32 ".repeat(parameters);
        let _ = writeln!(text, "(func (export \"{name}\") (param {parameters}) (result i32) {body})");
    }
    text.push(')');
    wat::parse_str(text).expect("a module")
}

fn load(wasm: &[u8]) -> Result<Host, tamis_host::Error> {
    Host::new(wasm, &Config::new().instances(2).deadline(Duration::from_millis(50)))
}

/// Stores a result word.
fn word(at: u32, value: u32) -> String {
    format!("(i32.store (i32.const {}) (i32.const {value}))", 16 + 4 * at)
}

#[test]
fn what_is_no_module_is_refused() {
    let whole = wasm("tamis.wasm");
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    for byte in &mut flipped[middle..middle + 64] {
        *byte ^= 0xff;
    }
    for bytes in
        [b"".as_slice(), b"\0asm", b"\x7fELF and so on", &whole[..whole.len() / 2], &whole[..8], &flipped]
    {
        let result = load(bytes);
        let code = result.as_ref().err().map(tamis_host::Error::code);
        // Eight bytes are a module, but an empty one.
        assert_eq!(code, Some(if bytes.len() == 8 { 307 } else { 310 }));
        check(result, if bytes.len() == 8 { 307 } else { 310 });
    }
}

#[test]
fn what_is_a_module_and_not_ours_is_refused() {
    assert!(load(&fake(&[])).is_ok(), "the fake is no fake");
    for (name, body, code) in [
        ("tamis_abi", "i32.const 0x20000", 307),
        ("tamis_abi", "i32.const 1", 307),
        ("tamis_abi", "i32.const 0", 307),
        ("tamis_abi", "unreachable", 307),
        ("tamis_abi", "(loop (br 0)) i32.const 0", 307),
        ("tamis_redact", "absent", 307),
        ("tamis_free", "absent", 307),
    ] {
        check(load(&fake(&[(name, body)])), code);
    }
    // A later minor version is the same interface.
    assert!(load(&fake(&[("tamis_abi", "i32.const 0x10009")])).is_ok());
    let text = |text: &str| wat::parse_str(text).expect("a module");
    check(load(&text("(module)")), 307);
    check(load(&text(r#"(module (import "env" "open" (func)))"#)), 307);
    check(
        load(&text(
            r#"(module (memory (export "memory") 1) (func (export "tamis_abi") (result i64) i64.const 1))"#,
        )),
        307,
    );
    // One that never begins is stopped.
    check(load(&text("(module (func $f (loop (br 0))) (start $f))")), 307);
}

/// A call into a module whose function does `body`.
fn calls(bodies: &[(&str, &str)], code: u16, usable: bool) {
    let host = load(&fake(bodies)).expect("a host");
    let mut tamis = host.instance().expect("an instance");
    let run = |tamis: &mut tamis_host::Instance| {
        let keyring = tamis.keyring(SECRET)?;
        let redactor = tamis.redactor(b"{}", &keyring)?;
        let mut session = tamis.session()?;
        let mut outcome = tamis.redact(&redactor, Input::new(b"a body"), &mut session)?;
        outcome.report()?;
        tamis.restore(&redactor, b"a reply", "", &session).map(drop)
    };
    check(run(&mut tamis), code);
    assert_eq!(tamis.is_usable(), usable, "{bodies:?}");
}

#[test]
fn a_status_is_passed_on() {
    for code in [301, 302, 303, 304] {
        calls(&[("tamis_keyring_new", &format!("i32.const {code}"))], code, true);
    }
    // What the module says of itself counts.
    calls(&[("tamis_keyring_new", "i32.const 306")], 306, false);
    // A status that the module itself cannot explain is none.
    calls(&[("tamis_keyring_new", "i32.const 999"), ("tamis_error", "i32.const 303")], 307, false);
    calls(&[("tamis_keyring_new", "i32.const 0x10065")], 307, false);
    // Nor are words that are none: no byte of memory gets into an error.
    let told = |slug: u32, text: u32| {
        let (from, to) = (REPORT_AT + 2, REPORT_AT + 3);
        format!("{}{}{}{} i32.const 0", word(0, from), word(1, slug), word(2, to), word(3, text))
    };
    for told in [told(0, 3), told(9, 3), told(41, 3), told(4, 201), told(4, 0x2_0000)] {
        calls(&[("tamis_keyring_new", "i32.const 309"), ("tamis_error", &told)], 307, false);
    }
    calls(&[("tamis_keyring_new", "i32.const -1")], 307, false);
}

#[test]
fn a_trap_ends_the_instance_and_says_why() {
    let with = |trap: u32, body: &str| format!("{} {body}", word(7, trap));
    calls(&[("tamis_keyring_new", &with(0, "unreachable"))], 301, false);
    calls(&[("tamis_keyring_new", &with(301, "unreachable"))], 301, false);
    calls(&[("tamis_keyring_new", &with(304, "unreachable"))], 304, false);
    calls(&[("tamis_keyring_new", &with(77, "unreachable"))], 301, false);
    calls(&[("tamis_keyring_new", "(loop (br 0)) i32.const 0")], 305, false);
    calls(&[("tamis_keyring_new", "(i32.load (i32.const -4))")], 301, false);
    calls(&[("tamis_buffer_new", "(i32.div_u (i32.const 1) (i32.const 0))")], 301, false);
    calls(&[("tamis_error", "unreachable"), ("tamis_keyring_new", "i32.const 120")], 307, false);
}

#[test]
fn results_that_do_not_fit_the_interface_end_the_instance() {
    // No handle.
    calls(&[], 307, false);
    // Words that are not in memory.
    calls(&[("tamis_results", "i32.const -8")], 307, false);
    calls(&[("tamis_results", "i32.const 131071")], 307, false);
    // Buffers that are not.
    let buffer = |address: u32, length: u32| {
        format!("{}{}{} i32.const 0", word(0, 7), word(1, address), word(2, length))
    };
    calls(&[("tamis_buffer_new", &buffer(131_072, 4096))], 307, false);
    calls(&[("tamis_buffer_new", &buffer(u32::MAX, 4096))], 307, false);
    calls(&[("tamis_buffer_new", &buffer(1024, 4095))], 307, false);
    let handle = format!("{} i32.const 0", word(0, 8));
    let made = [
        ("tamis_keyring_new", handle.as_str()),
        ("tamis_redactor_new", handle.as_str()),
        ("tamis_session_new", handle.as_str()),
    ];
    let with = |more: &[(&'static str, &str)], code: u16| {
        let all: Vec<(&str, &str)> = made.iter().chain(more).copied().collect();
        calls(&all, code, false);
    };
    let words = |words: [u32; 6]| {
        let stores: String = (0..).zip(words).map(|(at, value)| word(at, value)).collect();
        format!("{stores} i32.const 0")
    };
    for wrong in [
        // No handle; clean with a code; clean, but not the body; a verdict that there is not.
        [0, 0, 0, 1024, 6, 0],
        [9, 0, 201, 1024, 6, 0],
        [9, 0, 0, 1024, 5, 0],
        [9, 0, 0, 1025, 6, 0],
        [9, 3, 0, 1024, 6, 0],
        // Redacted, out of memory; redacted with a code; blocked without one.
        [9, 1, 0, 131_070, 6, 0],
        [9, 1, 0, u32::MAX, u32::MAX, 0],
        [9, 1, 201, 1024, 6, 0],
        [9, 2, 0, 0, 0, 0],
    ] {
        with(&[("tamis_redact", &words(wrong))], 307);
    }
    let clean = words([9, 0, 0, 1024, 6, 0]);
    // A report that is none.
    with(&[("tamis_redact", &clean), ("tamis_outcome_report", &words([1024, 6, 0, 0, 0, 0]))], 307);
    let report = words([REPORT_AT, u32::try_from(REPORT.len()).expect("short"), 0, 0, 0, 0]);
    let read = [("tamis_redact", clean.as_str()), ("tamis_outcome_report", report.as_str())];
    with(&[("tamis_redact", &clean), ("tamis_outcome_report", &words([131_072, 6, 0, 0, 0, 0]))], 307);
    // A reply that stands and is another; a new one that is not in memory.
    for wrong in [[0, 1024, 6, 0, 0, 0], [0, 0, 0, 0, 0, 0], [9, 131_072, 1, 0, 0, 0]] {
        let restore = words(wrong);
        with(&[read[0], read[1], ("tamis_restore", &restore)], 307);
    }
}
