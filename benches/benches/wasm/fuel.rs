//! The gate: what fixed bodies cost in wasmtime's fuel.
//!
//! Fuel counts instructions of the module, so that it is the same on every machine and in every run, and it
//! grows when the code does more. It is not time: a slow instruction counts like a fast one. The count is that
//! of one build: another compiler makes other instructions, so that the record is only compared with a module
//! of the compiler that it names, and with wasmtime's version that it names.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};
use tamis_benches::{POLICY_DEFAULT, SECRET, repeated, text};
use tamis_host::{Config, Host, Input};

use crate::module::{FILES, Modules, record_file, wasmtime_version};
use crate::record::{Section, table};
use crate::{Case, Failure, SCOPE, cases};

/// How this bench is run.
pub(crate) const COMMAND: &str = "cargo bench -p tamis-benches --features wasm --bench wasm";
const FILE: &str = "fuel.toml";
/// Growth that passes, in per cent of the recorded count.
const GROWTH_MAX: f64 = 3.0;
/// Sizes in KiB of the bodies that show how the work grows.
const SIZES: [usize; 5] = [1, 4, 16, 64, 256];

/// A kind of body, made in any size.
struct Kind {
    name: &'static str,
    body: fn(usize) -> Vec<u8>,
}

/// Prose, and what is known to make scanners slow.
const KINDS: [Kind; 4] = [
    Kind { name: "text, clean", body: |bytes| text(bytes, false).bytes },
    Kind { name: "text, a value a KiB", body: |bytes| text(bytes, true).bytes },
    Kind { name: "`-eyJ` repeated", body: |bytes| repeated("-eyJ", bytes) },
    Kind { name: "`1 ` repeated", body: |bytes| repeated("1 ", bytes) },
];

/// Counts by what was counted.
type Counts = BTreeMap<String, u64>;

pub(crate) struct Fuel {
    compiler: Option<String>,
    wasmtime: String,
    /// By module.
    counts: BTreeMap<String, Counts>,
    /// Counts of the growing bodies once they are warm, by kind and size.
    growth: Vec<[u64; SIZES.len()]>,
}

/// Counts everything, each body in an instance of its own, so that no count depends on another.
pub(crate) fn measure(modules: &Modules) -> Result<Fuel, Failure> {
    let mut counts = BTreeMap::new();
    let mut growth = Vec::new();
    for (name, bytes) in modules.each() {
        // Never used up.
        let host = Host::new(bytes, &Config::new().instances(2).no_deadline().fuel(u64::MAX))?;
        let mut of_module = Counts::new();
        for Case { name, bytes, media_type, .. } in cases() {
            let count = count(&host, &bytes, media_type)?;
            of_module.insert("default policy".to_owned(), count.policy);
            of_module.insert(format!("{name}, first"), count.first);
            of_module.insert(format!("{name}, again"), count.again);
        }
        if name == FILES[0] {
            for kind in &KINDS {
                let mut row = [0; SIZES.len()];
                for (cell, size) in row.iter_mut().zip(SIZES) {
                    *cell = count(&host, &(kind.body)(size << 10), "text/plain")?.again;
                    of_module.insert(format!("{size} KiB of {}, again", kind.name), *cell);
                }
                growth.push(row);
            }
        }
        counts.insert(name.to_owned(), of_module);
    }
    Ok(Fuel { compiler: modules.compiler.clone(), wasmtime: wasmtime_version()?, counts, growth })
}

/// What a fresh instance takes to compile the policy, for a body the first time, and for the same body again.
struct Count {
    policy: u64,
    first: u64,
    again: u64,
}

fn count(host: &Host, body: &[u8], media_type: &str) -> Result<Count, Failure> {
    const OFF: &str = "the host counts no fuel";
    let mut instance = host.instance()?;
    let keyring = instance.keyring(SECRET)?;
    let redactor = instance.redactor(POLICY_DEFAULT.as_bytes(), &keyring)?;
    let policy = instance.fuel_used().ok_or(OFF)?;
    let mut redact = || {
        let mut session = instance.session()?;
        let input = Input::new(body).content_type(media_type).scope(SCOPE.as_bytes());
        instance.redact(&redactor, input, &mut session)?;
        Ok::<_, Failure>(instance.fuel_used().ok_or(OFF)?)
    };
    Ok(Count { policy, first: redact()?, again: redact()? })
}

/// Compares with the record, or makes a new one. False when something grew too much.
pub(crate) fn gate(fuel: &Fuel, reason: Option<&str>) -> Result<bool, Failure> {
    let file = record_file(FILE);
    if let Some(reason) = reason {
        fs::create_dir_all(record_file(""))?;
        fs::write(&file, fuel.record(reason))?;
        println!("fuel: {} counts recorded in {}", fuel.all().count(), file.display());
        return Ok(true);
    }
    let recorded: toml::Table =
        fs::read_to_string(&file).map_err(|error| format!("{FILE}: {error}"))?.parse()?;
    let comparison = fuel.compare(&recorded);
    print!("{}", comparison.text);
    println!("fuel: {} of {} counts are what was recorded, to the unit", comparison.same, fuel.all().count());
    if let Some(other) = &comparison.other_build {
        println!("fuel: not held to the record, which is of another build: {other}");
        return Ok(true);
    }
    let Comparison { grown, shrunk, .. } = comparison;
    if grown > 0 {
        println!("fuel: {grown} are more than {GROWTH_MAX} % over the record, or not in it");
        println!("If that is right, say why: {COMMAND} -- --fuel --record REASON");
    } else if shrunk > 0 {
        println!("{shrunk} are well below it; keep that: {COMMAND} -- --fuel --record REASON");
    }
    Ok(grown == 0)
}

/// How counts stand to the record.
struct Comparison {
    /// What differs by more than the bound, a line each.
    text: String,
    same: usize,
    grown: usize,
    shrunk: usize,
    /// What the record is of, when that is not what was counted.
    other_build: Option<String>,
}

impl Fuel {
    fn all(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.counts.iter().flat_map(|(module, counts)| {
            counts.iter().map(|(name, count)| (module.as_str(), name.as_str(), *count))
        })
    }

    fn record(&self, reason: &str) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let compiler = self.compiler.as_deref().unwrap_or_default();
        let mut text = format!(
            "# What fixed bodies cost in wasmtime's fuel. Written and compared by\n# {COMMAND} -- --fuel\n\n\
             reason = {}\ncompiler = {}\nwasmtime = {}\n",
            quoted(reason),
            quoted(compiler),
            quoted(&self.wasmtime),
        );
        for (module, counts) in &self.counts {
            let _ = writeln!(text, "\n[{}]", quoted(module));
            for (name, count) in counts {
                let _ = writeln!(text, "{} = {count}", quoted(name));
            }
        }
        text
    }

    fn compare(&self, recorded: &toml::Table) -> Comparison {
        let told = |name: &str| recorded.get(name).and_then(toml::Value::as_str).unwrap_or_default();
        let same = !told("compiler").is_empty()
            && Some(told("compiler")) == self.compiler.as_deref()
            && told("wasmtime") == self.wasmtime;
        let other_build = (!same).then(|| format!("{}; wasmtime {}", told("compiler"), told("wasmtime")));
        let mut comparison = Comparison { text: String::new(), same: 0, grown: 0, shrunk: 0, other_build };
        for (module, name, now) in self.all() {
            let before =
                recorded.get(module).and_then(|counts| counts.get(name)).and_then(toml::Value::as_integer);
            let Some(before) = before.and_then(|count| u64::try_from(count).ok()) else {
                comparison.grown += 1;
                let _ = writeln!(comparison.text, "{module}: {name}: {now}, not in the record");
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "a ratio")]
            let change = (now as f64 / before as f64 - 1.0) * 100.0;
            comparison.same += usize::from(now == before);
            comparison.grown += usize::from(change > GROWTH_MAX);
            comparison.shrunk += usize::from(change < -GROWTH_MAX);
            if change.abs() > GROWTH_MAX {
                let _ =
                    writeln!(comparison.text, "{module}: {name}: {now}, recorded {before}: {change:+.1} %");
            }
        }
        comparison
    }
}

impl Section for Fuel {
    fn name(&self) -> &'static str {
        "fuel"
    }

    fn markdown(&self) -> String {
        let count = |module: &str, name: &str| {
            self.counts.get(module).and_then(|counts| counts.get(name)).map_or("-".to_owned(), u64::to_string)
        };
        let mut rows =
            vec![vec!["default policy".to_owned(), count(FILES[0], "default policy"), String::new()]];
        for case in cases() {
            let of = |when: &str| count(FILES[0], &format!("{}, {when}", case.name));
            rows.push(vec![case.name.to_owned(), of("first"), of("again")]);
        }
        let sizes: Vec<String> = SIZES.iter().map(|size| format!("{size} KiB")).collect();
        let head: Vec<&str> = std::iter::once("").chain(sizes.iter().map(String::as_str)).collect();
        let growth: Vec<Vec<String>> = KINDS
            .iter()
            .zip(&self.growth)
            .map(|(kind, counts)| {
                #[expect(clippy::cast_precision_loss, reason = "a quotient")]
                let cells = counts
                    .iter()
                    .zip(SIZES)
                    .map(|(count, size)| format!("{:.1}", *count as f64 / (size << 10) as f64));
                std::iter::once(kind.name.to_owned()).chain(cells).collect()
            })
            .collect();
        format!(
            "## Fuel\n\nThe same in every run: `{}`. `benches/record/{FILE}` has all counts.\n\n{}\n\
             Units a byte, the second time, as bodies grow:\n\n{}",
            FILES[0],
            table(&["", "first", "again"], &rows),
            table(&head, &growth),
        )
    }

    fn json(&self) -> Value {
        json!({"compiler": self.compiler, "counts": self.counts})
    }

    fn broken(&self) -> Vec<String> {
        Vec::new()
    }

    fn kept_apart(&self, reason: &str) -> Option<(&'static str, String)> {
        Some((FILE, self.record(reason)))
    }
}
