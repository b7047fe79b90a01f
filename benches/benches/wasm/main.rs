//! The core as WebAssembly beside the core itself: the same bodies, policy and key in one run, as ratios.
//!
//! Usage: `cargo bench -p tamis-benches --features wasm --bench wasm -- [--check] [--json] [--record REASON]`
//! or, for the gate alone: `… -- --fuel [--record REASON]`
//!
//! Native code, wasmtime and V8 take turns many times over, so that a machine that slows down slows all of
//! them; criterion measures one after the other, and its ratios would tell the weather. Each result is
//! compared with the native one before anything is timed. `--check` fails when a bound is broken; without it
//! the tables inform. Times inform: the gate is fuel, which wasmtime counts the same on every machine. `--fuel`
//! compares it with `benches/record/fuel.toml` and fails when it grew by more than 3 %.
//!
//! `--record` writes `benches/record/wasm.md`, `wasm.json` and `fuel.toml`, the last with the reason.
//!
//! Builds the modules with `cargo xtask wasm`, unless `TAMIS_WASM` names a folder with both. V8 is the one of
//! the Node that `NODE` names, or of `node`.

mod contender;
mod fuel;
mod module;
mod node;
mod record;
mod size;
mod speed;
mod start;

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::ExitCode;

use record::Section;
use tamis_benches::{CHAT_BYTES, MESSAGE_BYTES, chat, message, order, text};

/// Whatever kept something from being measured.
type Failure = Box<dyn std::error::Error>;

/// What tokens are bound to in every run.
const SCOPE: &str = "shop.example>api.openai.com";
/// Processes of Node that share V8's turns. Not a divisor of the number of bodies, so that each times every body.
const V8_PROCESSES: usize = 3;
const JSON: &str = "application/json";

/// A body under the name that it has in the tables.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    media_type: &'static str,
    verdict: &'static str,
}

/// The bodies that are timed. The first two are the message of the bound on a round trip, the last one costs
/// the core next to nothing, so that what it takes is the host's share.
fn cases() -> Vec<Case> {
    let case = |name, bytes: Vec<u8>, media_type, verdict| Case { name, bytes, media_type, verdict };
    const { assert!(MESSAGE_BYTES == 1 << 10 && CHAT_BYTES == 4 << 10, "the names below say so") };
    vec![
        case("1 KiB message, clean", message(false).bytes, JSON, "clean"),
        case("1 KiB message, dirty", message(true).bytes, JSON, "redacted"),
        case("4 KiB chat, clean", chat(false).bytes, JSON, "clean"),
        case("4 KiB chat, dirty", chat(true).bytes, JSON, "redacted"),
        case("order, 248 keys", order().bytes, JSON, "redacted"),
        case("64 KiB text, clean", text(64 << 10, false).bytes, "text/plain", "clean"),
        case("1 KiB image", image(), "image/png", "clean"),
    ]
}

/// A kibibyte that the core knows for an image by its first bytes, and passes unread.
fn image() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(MESSAGE_BYTES, 0);
    bytes
}

/// What is asked of this run.
#[derive(Default)]
struct Arguments {
    fuel_only: bool,
    check: bool,
    json: bool,
    /// Why a new record is right.
    record: Option<String>,
}

impl Arguments {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut read = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--fuel" => read.fuel_only = true,
                "--check" => read.check = true,
                "--json" => read.json = true,
                "--record" => {
                    let reason = arguments.next().filter(|reason| !reason.starts_with("--"));
                    read.record =
                        Some(reason.ok_or("--record takes a reason: why the new figures are right")?);
                }
                // Cargo says so to every bench.
                "--bench" => {}
                other => return Err(format!("unknown argument: {other}").into()),
            }
        }
        Ok(read)
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == start::CHILD).is_some() {
        return start::child(arguments);
    }
    let done = Arguments::read(arguments).and_then(|arguments| run(&arguments));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("wasm: not measured: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Measures; false when something that was to be checked does not hold.
fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let modules = module::Modules::find()?;
    if arguments.record.is_some() && modules.compiler.is_none() {
        return Err("a record is of modules that this run has built: unset TAMIS_WASM".into());
    }
    let fuel = fuel::measure(&modules)?;
    if arguments.fuel_only {
        return fuel::gate(&fuel, arguments.record.as_deref());
    }
    let scratch = Folder::new()?;
    let cases = cases();
    let v8: Vec<node::V8> =
        (0..V8_PROCESSES).map(|_| node::V8::start(&modules, &cases, &scratch.0)).collect::<Result<_, _>>()?;
    let v8 = RefCell::new(v8);
    let sections: Vec<Box<dyn Section>> = vec![
        Box::new(speed::measure(&modules, &cases, &scratch.0, &v8)?),
        Box::new(start::measure(&modules, &cases, &scratch.0)?),
        Box::new(size::measure(&modules, &v8.borrow()[0])?),
        Box::new(fuel),
    ];
    let record = record::Record::new(&modules, &v8.borrow()[0], &sections)?;
    if arguments.json {
        println!("{:#}", record.json());
    } else {
        println!("{}", record.markdown());
    }
    let broken: Vec<String> = sections.iter().flat_map(|section| section.broken()).collect();
    for bound in &broken {
        eprintln!("over the bound: {bound}");
    }
    if let Some(reason) = &arguments.record {
        record.keep(reason)?;
    }
    Ok(broken.is_empty() || !arguments.check)
}

/// A folder for this run, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("tamis-bench-wasm-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
