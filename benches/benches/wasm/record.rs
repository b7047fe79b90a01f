//! What a run leaves: tables for people, JSON for programs, with the machine and versions they are true of.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::module::{Modules, record_file, wasmtime_version};
use crate::node::V8;
use crate::{Failure, fuel};

/// A part of the record.
pub(crate) trait Section {
    /// Its name in JSON.
    fn name(&self) -> &'static str;
    /// With a heading.
    fn markdown(&self) -> String;
    fn json(&self) -> Value;
    /// The bounds that do not hold, each as a sentence.
    fn broken(&self) -> Vec<String>;
    /// What is kept apart from the tables, under a file's name.
    fn kept_apart(&self, _reason: &str) -> Option<(&'static str, String)> {
        None
    }
}

/// A Markdown table: the first column is text, all others are numbers.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n|---{}|\n", head.join(" | "), "|---:".repeat(head.len() - 1));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// The middle one; of an even number, the higher of both.
pub(crate) fn median(samples: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = samples.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// One run.
pub(crate) struct Record<'a> {
    facts: Vec<(&'static str, String)>,
    sections: &'a [Box<dyn Section>],
}

impl<'a> Record<'a> {
    pub(crate) fn new(modules: &Modules, v8: &V8, sections: &'a [Box<dyn Section>]) -> Result<Self, Failure> {
        let facts = vec![
            ("date", says("date", &["-u", "+%F"])?),
            ("processor", processor()),
            ("native core", says("rustc", &["--version"])?),
            ("modules", modules.compiler().to_owned()),
            ("wasmtime", wasmtime_version()?),
            ("Node, V8", format!("{}, {}", v8.node, v8.version)),
        ];
        Ok(Self { facts, sections })
    }

    pub(crate) fn markdown(&self) -> String {
        let rows: Vec<_> =
            self.facts.iter().map(|(name, fact)| vec![(*name).to_owned(), fact.clone()]).collect();
        let mut text = format!(
            "# WebAssembly beside native code\n\nWritten by `{} -- --record REASON`; `benches/README.md` says \
             how to read it.\n\n{}",
            fuel::COMMAND,
            table(&["", ""], &rows).replace("---:", "---"),
        );
        for section in self.sections {
            let _ = write!(text, "\n{}", section.markdown());
        }
        let broken: Vec<String> = self.sections.iter().flat_map(|section| section.broken()).collect();
        text.push_str("\n## Bounds that do not hold\n\n");
        if broken.is_empty() {
            text.push_str("None.\n");
        }
        for bound in broken {
            let _ = writeln!(text, "- {bound}");
        }
        text
    }

    pub(crate) fn json(&self) -> Value {
        let mut all: serde_json::Map<String, Value> =
            self.facts.iter().map(|(name, fact)| ((*name).to_owned(), json!(fact))).collect();
        for section in self.sections {
            all.insert(section.name().to_owned(), section.json());
        }
        Value::Object(all)
    }

    /// Writes all files of the record.
    pub(crate) fn keep(&self, reason: &str) -> Result<(), Failure> {
        fs::create_dir_all(record_file(""))?;
        fs::write(record_file("wasm.md"), self.markdown())?;
        fs::write(record_file("wasm.json"), format!("{:#}\n", self.json()))?;
        for (name, text) in self.sections.iter().filter_map(|section| section.kept_apart(reason)) {
            fs::write(record_file(name), text)?;
        }
        Ok(())
    }
}

fn says(program: &str, arguments: &[&str]) -> Result<String, Failure> {
    let output =
        Command::new(program).args(arguments).output().map_err(|error| format!("{program}: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The model, and how many of them.
fn processor() -> String {
    let told = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let fact = |name: &str| {
        let line = told.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(':')).map_or("?", |(_, fact)| fact.trim())
    };
    let count = told.lines().filter(|line| line.starts_with("processor")).count();
    format!(
        "{} (family {}, model {}), {count} of them",
        fact("model name"),
        fact("cpu family"),
        fact("model\t")
    )
}
