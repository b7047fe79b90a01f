//! The example, as it is printed: short, and doing what it says.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::folder;

fn run(module: &Path, body: &[u8]) -> (bool, Vec<u8>) {
    // Cargo builds examples along with the tests, one folder up.
    let program: PathBuf = std::env::current_exe().expect("a path");
    let program = program.ancestors().nth(2).expect("a folder").join("examples/embed");
    let mut child = Command::new(&program)
        .arg(module)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}: run without --test", program.display()));
    // One that stops before it reads closes its end.
    let _ = child.stdin.take().expect("a pipe").write_all(body);
    let output = child.wait_with_output().expect("it ends");
    (output.status.success(), output.stdout)
}

#[test]
fn the_example_writes_what_may_be_sent() {
    let (ok, sent) = run(&folder().join("tamis.wasm"), b"Write to anna@example.com today");
    let sent = String::from_utf8_lossy(&sent);
    assert!(ok && sent.starts_with("Write to EMAIL_9") && sent.ends_with(" today"), "{sent}");
}

#[test]
fn the_example_writes_nothing_that_may_not() {
    let (ok, sent) = run(&folder().join("tamis.wasm"), b"anna@example.com\0");
    assert!(!ok && sent.is_empty());
    let (ok, sent) = run(Path::new("/dev/null"), b"anna@example.com");
    assert!(!ok && sent.is_empty());
}

#[test]
fn the_example_is_twenty_lines() {
    let text = include_str!("../../examples/embed.rs");
    assert!(text.lines().count() <= 20);
    let code = &text[text.find("use ").expect("code")..];
    assert!(include_str!("../../README.md").contains(code), "the README shows another example");
}
