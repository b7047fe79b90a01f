//! From a file on disk to the first redacted body, step by step.
//!
//! Each sample is a process of its own, as a service starts once: what a process does for the first time is
//! part of it. The files are in the page cache. New hosts in a process that has had one are told beside it.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use serde_json::{Value, json};
use tamis_benches::{POLICY_DEFAULT, SECRET};
use tamis_host::{Config, Host, Input};

use crate::module::{FILES, Modules};
use crate::node::V8;
use crate::record::{Section, median, table};
use crate::{Case, Failure, JSON, SCOPE};

/// Most that a service may wait until its default policy is ready, in milliseconds.
const READY_MS_MAX: f64 = 5.0;
/// First argument of a process that is a sample.
pub(crate) const CHILD: &str = "start-once";
const STEPS: [&str; 5] =
    ["read the module", "host from `.cwasm`", "instance", "default policy", "first body, 1 KiB dirty"];
/// How many of the steps it takes until the policy is ready.
const READY: usize = 4;
const SAMPLES: usize = 21;
/// V8 compiles anew each time, which takes longer.
const V8_SAMPLES: usize = 7;
const COMPILED: usize = 3;
/// The body that is redacted first.
const BODY: usize = 1;

/// By sample, then by step.
struct Samples(Vec<Vec<f64>>);

impl Samples {
    /// Milliseconds of some steps together, in each sample.
    fn of(&self, steps: Range<usize>) -> impl Iterator<Item = f64> {
        self.0
            .iter()
            .map(move |sample| sample.get(steps.clone()).map_or(f64::NAN, |times| times.iter().sum()))
    }

    fn median(&self, steps: Range<usize>) -> f64 {
        median(self.of(steps))
    }

    fn lowest(&self, steps: Range<usize>) -> f64 {
        self.of(steps).fold(f64::INFINITY, f64::min)
    }

    /// The median of each step.
    fn medians(&self) -> Vec<f64> {
        (0..STEPS.len()).map(|step| self.median(step..step + 1)).collect()
    }
}

pub(crate) struct Start {
    /// Milliseconds of each sample, by step: in a new process, in one that has had a host, and in V8.
    process: Samples,
    again: Samples,
    v8: Samples,
    compile: f64,
    cwasm_bytes: u64,
}

pub(crate) fn measure(modules: &Modules, cases: &[Case], folder: &Path) -> Result<Start, Failure> {
    let cache = folder.join("start");
    let config = Config::new();
    let mut compile = Vec::new();
    for _ in 0..COMPILED {
        let from = Instant::now();
        Host::new(modules.bytes(true), &config)?;
        compile.push(milliseconds(from));
    }
    let file = modules.path(FILES[0]);
    let body = folder.join("first-body");
    fs::write(&body, &cases[BODY].bytes)?;
    // The first one compiles.
    Host::new(modules.bytes(true), &config.cache(&cache))?;
    let cwasm_bytes =
        fs::read_dir(&cache)?.try_fold(0, |sum, entry| Ok::<_, Failure>(sum + entry?.metadata()?.len()))?;
    let own = std::env::current_exe()?;
    let mut processes = Vec::new();
    let mut again = Vec::new();
    for _ in 0..SAMPLES {
        let output = Command::new(&own).arg(CHILD).args([&file, &cache, &body]).output()?;
        let told: Result<Vec<f64>, _> = serde_json::from_slice(&output.stdout);
        processes.push(told.map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?);
        again.push(once(&file, &cache, &body)?);
    }
    let v8: Vec<Vec<f64>> = (0..V8_SAMPLES)
        .map(|_| Ok::<_, Failure>(V8::start(modules, cases, folder)?.start.clone()))
        .collect::<Result<_, _>>()?;
    Ok(Start {
        process: Samples(processes),
        again: Samples(again),
        v8: Samples(v8),
        compile: median(compile),
        cwasm_bytes,
    })
}

fn milliseconds(from: Instant) -> f64 {
    from.elapsed().as_secs_f64() * 1e3
}

/// One sample: milliseconds of each step.
fn once(module: &Path, cache: &Path, body: &Path) -> Result<Vec<f64>, Failure> {
    let body = fs::read(body)?;
    let mut steps = Vec::with_capacity(STEPS.len());
    let mut from = Instant::now();
    let mut lap = || {
        steps.push(milliseconds(from));
        from = Instant::now();
    };
    let wasm = fs::read(module)?;
    lap();
    let host = Host::new(&wasm, &Config::new().cache(cache))?;
    lap();
    let mut instance = host.instance()?;
    lap();
    let keyring = instance.keyring(SECRET)?;
    let redactor = instance.redactor(POLICY_DEFAULT.as_bytes(), &keyring)?;
    lap();
    let mut session = instance.session()?;
    let input = Input::new(&body).content_type(JSON).scope(SCOPE.as_bytes());
    let sent = instance.redact(&redactor, input, &mut session)?.into_body();
    lap();
    if !host.is_from_cache() || sent.is_none() {
        return Err("a start that was measured was another than its name says".into());
    }
    Ok(steps)
}

/// The process that is a sample.
pub(crate) fn child(arguments: impl Iterator<Item = String>) -> ExitCode {
    let files: Vec<String> = arguments.collect();
    let [module, cache, body] = files.as_slice() else { return ExitCode::FAILURE };
    match once(module.as_ref(), cache.as_ref(), body.as_ref()) {
        Ok(steps) => {
            println!("{}", json!(steps));
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

impl Section for Start {
    fn name(&self) -> &'static str {
        "start"
    }

    fn markdown(&self) -> String {
        let row = |name: &str, steps: Range<usize>| -> Vec<String> {
            let times = [
                self.process.median(steps.clone()),
                self.process.lowest(steps.clone()),
                self.again.median(steps.clone()),
                self.v8.median(steps),
            ];
            std::iter::once(name.to_owned()).chain(times.map(|time| format!("{time:.2}"))).collect()
        };
        let mut rows: Vec<Vec<String>> =
            STEPS.iter().enumerate().map(|(step, name)| row(name, step..step + 1)).collect();
        rows.insert(READY, row("**policy ready**", 0..READY));
        format!(
            "## Start\n\nMilliseconds, medians of {SAMPLES} new processes, of as many new hosts in a process that has \
             had one, and of {V8_SAMPLES} processes of Node, where V8 compiles in the second step. Bound: {READY_MS_MAX} \
             ms until the policy is ready in a new process.\n\n{}\nWithout a kept `.cwasm` ({} bytes) the host \
             takes {:.0} ms: wasmtime compiles the module on all processors.\n",
            table(&["", "wasmtime, new process", "lowest", "wasmtime, new host", "V8, new process"], &rows),
            self.cwasm_bytes,
            self.compile,
        )
    }

    fn json(&self) -> Value {
        json!({
            "steps": STEPS,
            "process_ms": self.process.medians(),
            "again_ms": self.again.medians(),
            "v8_ms": self.v8.medians(),
            "ready_ms": self.process.median(0..READY),
            "ready_lowest_ms": self.process.lowest(0..READY),
            "compile_ms": self.compile,
            "cwasm_bytes": self.cwasm_bytes,
        })
    }

    fn broken(&self) -> Vec<String> {
        let ready = self.process.median(0..READY);
        let late = ready > READY_MS_MAX;
        late.then(|| format!("the default policy is ready after {ready:.1} ms, more than {READY_MS_MAX}"))
            .into_iter()
            .collect()
    }
}
