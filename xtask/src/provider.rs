//! `cargo xtask provider`: the pretend AI provider of the tests, for trying things by hand.

use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;
use tamis_tests::provider::Provider;

use crate::Outcome;

const HELP: &str = "\
Runs the pretend AI provider until Ctrl-C; prints a line per request.

Usage: cargo xtask provider [--port P] [--out FILE]

  --port P     the port on 127.0.0.1 (8099); 0 takes a free one
  --out FILE   write each request as a JSON line: method, path, headers, body in base64

It answers POST /v1/chat/completions with the words it was given, /echo, /redirect?to=URL&status=307,
/slow?ms=2000, /status?code=500.
";

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    let (mut port, mut out) = (8099u16, None::<PathBuf>);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => port = arguments.value()?.parse()?,
            Long("out") => out = Some(arguments.value()?.into()),
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let provider = Provider::start(("127.0.0.1", port))?;
    if let Some(path) = out {
        provider.record_to(&path)?;
    }
    println!("pretend AI provider on {}", provider.url("/v1/chat/completions"));
    let mut seen = 0;
    loop {
        for request in provider.wait_for(seen + 1, Duration::from_secs(1)).into_iter().skip(seen) {
            seen += 1;
            println!("{:4} {} {} ({} bytes)", seen, request.method, request.path, request.body.len());
        }
    }
}
