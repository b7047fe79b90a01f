//! Runs every vector through the PHP extension, from the same files as the core's runner.
//!
//! Needs the built extension, so plain `cargo test` leaves it out; `script/test --only vectors` builds the
//! extension and runs it.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tamis_tests::vectors::{self, KEY};

const HOW: &str = "TAMIS_EXTENSION is not set: build the extension (cargo build --release -p tamis-php) \
                   and set it to the path of libtamis.so, or run script/test";

#[test]
#[ignore = "needs the PHP extension: script/test builds it"]
fn php_makes_the_same_of_every_vector() {
    let extension = env::var("TAMIS_EXTENSION").expect(HOW);
    let all = vectors::all().expect("the vectors are read");
    let lines = vectors::lines(&all).expect("their errors are known");
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
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("PHP ends");
    writer.join().expect("the writer ends").expect("PHP reads all vectors");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert_eq!(said.lines().last(), Some(format!("{} passed, 0 failed", all.len()).as_str()));
    assert!(output.status.success(), "{}", output.status);
}
