//! Reads a request's body from standard input and writes what may be sent:
//! `echo 'Write to anna@example.com' | cargo run --release -p tamis-host --example embed wasm/js/tamis.wasm`
use std::io::{Read, Write, stdin, stdout};

use tamis_host::{Config, Host, Input};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wasm = std::fs::read(std::env::args().nth(1).ok_or("where is tamis.wasm?")?)?;
    let host = Host::new(&wasm, &Config::new().cache(std::env::temp_dir().join("tamis")))?;
    let mut tamis = host.instance()?;
    let keyring = tamis.keyring(b"at least sixteen bytes of secret")?;
    let redactor = tamis.redactor(br#"{"version":1}"#, &keyring)?;
    let mut session = tamis.session()?;
    let mut body = Vec::new();
    stdin().read_to_end(&mut body)?;
    let outcome = tamis.redact(&redactor, Input::new(&body), &mut session)?;
    Ok(stdout().write_all(outcome.body(&body).ok_or("blocked")?)?)
}
