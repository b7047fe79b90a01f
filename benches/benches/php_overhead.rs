//! What `scrub()` and `redact()` cost over the core's own time, for a body that does not change.
//!
//! Usage: `cargo bench -p tamis-benches --bench php_overhead -- [--check] [--no-callgrind]`
//!
//! PHP's loop without a call and the core's time of the same body are taken off the time of the calls; all are
//! the best of several rounds. For a 4 KiB request that is a small difference of two large numbers, so the bounds
//! are held where the core does next to nothing: for a body of one byte, and for 4 KiB of an image, which it
//! passes unread. Equal figures of both say that the extension's share does not grow with the body, instructions
//! under callgrind say so without noise, and PHP's allocator tells whether anything was copied. `--check` fails
//! when a bound is broken; without it the table informs.
//!
//! Builds the extension for the PHP that `PHP` and `PHP_CONFIG` name, unless `TAMIS_SO` names a built one.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use serde_json::Value;
use tamis::{Input, Scratch, Session};
use tamis_benches::{POLICY_DEFAULT, chat, redactor};

/// Bounds over the core, in nanoseconds.
const BOUNDS: [(&str, f64); 2] = [("scrub", 60.0), ("redact", 200.0)];
const ROUNDS: u32 = 15;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, file, calls] = arguments.as_slice()
        && mode == "core-loop"
    {
        core_loop(&std::fs::read(file).unwrap_or_default(), calls.parse().unwrap_or(0));
        return ExitCode::SUCCESS;
    }
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    match run(!has("--no-callgrind")) {
        Ok(broken) if broken.is_empty() => ExitCode::SUCCESS,
        Ok(broken) => {
            println!("\nover the bound: {}", broken.join(", "));
            ExitCode::from(u8::from(has("--check")))
        }
        Err(reason) => {
            println!("php_overhead: not measured: {reason}");
            ExitCode::from(u8::from(has("--check")))
        }
    }
}

/// The core as the extension calls it.
fn core_loop(body: &[u8], calls: u32) {
    let redactor = redactor(POLICY_DEFAULT);
    let mut scratch = Scratch::new();
    for _ in 0..calls {
        let input = Input::new(black_box(body))
            .content_type("application/json")
            .scope(b"shop.example>api.openai.com");
        black_box(redactor.redact(input, &mut scratch, &mut Session::new()).verdict());
    }
}

/// Nanoseconds of one call of the core, the best of all rounds.
fn core_time(body: &[u8], calls: u32) -> f64 {
    let redactor = redactor(POLICY_DEFAULT);
    let mut scratch = Scratch::new();
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let from = Instant::now();
        for _ in 0..calls {
            let input = Input::new(black_box(body))
                .content_type("application/json")
                .scope(b"shop.example>api.openai.com");
            black_box(redactor.redact(input, &mut scratch, &mut Session::new()).verdict());
        }
        best = best.min(from.elapsed().as_secs_f64() * 1e9 / f64::from(calls));
    }
    best
}

/// 4 KiB that the core knows for an image by its first bytes.
fn image() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(4096, 0);
    bytes
}

struct Php {
    interpreter: PathBuf,
    extension: PathBuf,
    script: PathBuf,
}

impl Php {
    fn arguments(&self) -> Vec<String> {
        vec![
            "-n".into(),
            "-d".into(),
            format!("extension={}", self.extension.display()),
            self.script.display().to_string(),
        ]
    }

    fn time(&self, file: &Path, calls: u32) -> Result<Value, String> {
        let output = Command::new(&self.interpreter)
            .args(self.arguments())
            .args(["time".into(), file.display().to_string(), calls.to_string(), ROUNDS.to_string()])
            .output()
            .map_err(|e| format!("{}: {e}", self.interpreter.display()))?;
        serde_json::from_slice(&output.stdout).map_err(|_| {
            format!(
                "PHP said {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            )
        })
    }
}

/// Instructions of one call: those of many calls minus those of few, so that starting up cancels out.
fn instructions(program: &Path, arguments: &dyn Fn(u32) -> Vec<String>) -> Result<f64, String> {
    const FEW: u32 = 200;
    const MANY: u32 = 2200;
    let count = |calls: u32| -> Result<f64, String> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args(arguments(calls))
            .env("ZEND_DONT_UNLOAD_MODULES", "1")
            .output()
            .map_err(|e| format!("valgrind: {e}"))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        text.lines()
            .find_map(|line| line.split_once("Collected :").and_then(|(_, n)| n.trim().parse().ok()))
            .ok_or_else(|| format!("callgrind said {text}"))
    };
    Ok((count(MANY)? - count(FEW)?) / f64::from(MANY - FEW))
}

/// Measures, prints the table and names the bounds that do not hold.
fn run(callgrind: bool) -> Result<Vec<String>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let php = Php {
        interpreter: std::env::var_os("PHP").map_or_else(|| "php".into(), PathBuf::from),
        extension: extension(root)?,
        script: root.join("benches/php/overhead.php"),
    };
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let directory = std::env::temp_dir().join(format!("tamis-overhead-{}", std::process::id()));
    std::fs::create_dir_all(&directory).map_err(|e| e.to_string())?;

    println!(
        "| call | body | PHP, ns | core, ns | over the core, ns | bound, ns | instructions over the core |"
    );
    println!("|---|---|---:|---:|---:|---:|---:|");
    let mut broken = Vec::new();
    let mut memory = String::new();
    for (name, body, calls, bounded) in [
        ("one digit", b"1".to_vec(), 200_000, true),
        ("4 KiB image", image(), 200_000, true),
        ("4 KiB chat", chat(false).bytes, 5_000, false),
    ] {
        let file = directory.join(name.replace(' ', "-"));
        std::fs::write(&file, &body).map_err(|e| e.to_string())?;
        let timed = php.time(&file, calls)?;
        // Around PHP's rounds, so that a machine that slows down slows both.
        let core = core_time(&body, calls).min(core_time(&body, calls));
        let each = |name: &str| timed[name].as_f64().unwrap_or(f64::NAN) / f64::from(calls);
        let core_count = if callgrind {
            Some(instructions(&own, &|n| {
                vec!["core-loop".into(), file.display().to_string(), n.to_string()]
            })?)
        } else {
            None
        };
        let php_count = |method: &str| {
            instructions(&php.interpreter, &|n| {
                let mut all = php.arguments();
                all.extend(["loop".into(), method.into(), file.display().to_string(), n.to_string()]);
                all
            })
        };
        let loop_count = if callgrind { php_count("loop")? } else { 0.0 };
        for (call, bound) in BOUNDS {
            let total = each(call) - each("loop");
            let over = total - core;
            let count = match core_count {
                Some(core_count) => format!("{:.0}", php_count(call)? - loop_count - core_count),
                None => "-".into(),
            };
            println!("| `{call}()` | {name} | {total:.1} | {core:.1} | {over:.1} | {bound:.0} | {count} |");
            if bounded && over > bound {
                broken.push(format!(
                    "{call}() of {name} takes {over:.0} ns over the core, more than {bound:.0}"
                ));
            }
        }
        println!("| `new Input` | {name} | {:.1} | | | | |", each("input") - each("loop"));
        memory = format!(
            "{} bytes: scrub(), redact(), body() and restore() together keep {} bytes of PHP's memory, {} at their peak; same strings: {}",
            body.len(),
            timed["alive"],
            timed["peak"],
            timed["same"],
        );
        // Every result above is alive at once, and one copy of the body would show.
        let copied = timed["peak"].as_u64().is_none_or(|peak| peak >= 4096);
        if body.len() >= 4096 && copied {
            broken.push("something was copied".into());
        }
        if timed["same"] != Value::Bool(true) {
            broken.push("another string came back".into());
        }
    }
    println!("\n{memory}");
    let _ = std::fs::remove_dir_all(&directory);
    Ok(broken)
}

/// The extension that `TAMIS_SO` names, or a fresh build beside this benchmark's own.
fn extension(root: &Path) -> Result<PathBuf, String> {
    if let Some(given) = std::env::var_os("TAMIS_SO") {
        return Ok(given.into());
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--release", "--package", "tamis-php"])
        .current_dir(root)
        .status()
        .map_err(|e| format!("cargo: {e}"))?;
    if !built.success() {
        return Err("the extension does not build; php-ext/README.md says what it needs".into());
    }
    // target/release/deps/php_overhead-… -> target/release
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let release = own.parent().and_then(Path::parent).ok_or("no target directory")?;
    Ok(release.join("libtamis.so"))
}
