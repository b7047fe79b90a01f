//! Node as a process that takes its turns: a line of JSON in, a line of JSON out.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tamis_benches::{POLICY_DEFAULT, SECRET};
use tamis_tests::wordpress::repository;

use crate::contender::Sent;
use crate::module::{FILES, Modules};
use crate::{Case, Failure, SCOPE};

/// How V8 is asked, in the script's order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Plain,
    Scalar,
    Package,
}

/// Node with the module in it.
pub(crate) struct V8 {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    pub(crate) node: String,
    pub(crate) version: String,
    /// Milliseconds from the file to the first redacted body: read, compile, instance, policy, first body.
    pub(crate) start: Vec<f64>,
    /// Bytes of both modules with brotli.
    pub(crate) brotli: Vec<u64>,
}

impl V8 {
    /// Starts Node and hands it the bodies.
    pub(crate) fn start(modules: &Modules, cases: &[Case], folder: &Path) -> Result<Self, Failure> {
        let root = repository();
        let program = std::env::var_os("NODE").unwrap_or_else(|| "node".into());
        let mut process = Command::new(&program)
            .arg(root.join("benches/js/wasm.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let to = process.stdin.take().ok_or("no way to Node")?;
        let from = BufReader::new(process.stdout.take().ok_or("no way from Node")?);
        let mut v8 = Self {
            process,
            to,
            from,
            node: String::new(),
            version: String::new(),
            start: Vec::new(),
            brotli: Vec::new(),
        };
        let mut bodies = Vec::new();
        for (n, case) in cases.iter().enumerate() {
            let file = folder.join(format!("body-{n}"));
            fs::write(&file, &case.bytes)?;
            bodies.push(json!({"file": file, "mediaType": case.media_type}));
        }
        let told = v8.ask(&json!({"setup": {
            "modules": FILES.map(|name| modules.path(name)),
            "package": root.join("wasm/js/src/node.js"),
            "secret": str::from_utf8(SECRET)?,
            "policy": POLICY_DEFAULT,
            "scope": SCOPE,
            "bodies": bodies,
        }}))?;
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        let list = |name: &str| told[name].as_array().cloned().unwrap_or_default();
        (v8.node, v8.version) = (text("node"), text("v8"));
        v8.start = list("start").iter().filter_map(Value::as_f64).collect();
        v8.brotli = list("brotli").iter().filter_map(Value::as_u64).collect();
        Ok(v8)
    }

    pub(crate) fn output(&mut self, way: Way, case: usize) -> Result<Sent, Failure> {
        let told = self.ask(&json!({"output": [way as u8, case]}))?;
        let digits = told["sent"].as_str().ok_or("Node sent no body")?;
        let bytes = (0..digits.len() / 2)
            .map(|n| u8::from_str_radix(&digits[2 * n..2 * n + 2], 16))
            .collect::<Result<_, _>>()?;
        Ok(Sent { verdict: told["verdict"].as_str().unwrap_or_default().to_owned(), bytes })
    }

    pub(crate) fn time(&mut self, way: Way, case: usize, calls: u32) -> Result<f64, Failure> {
        let told = self.ask(&json!({"time": [way as u8, case, calls]}))?;
        told.as_f64().ok_or_else(|| "Node told no time".into())
    }

    fn ask(&mut self, question: &Value) -> Result<Value, Failure> {
        writeln!(self.to, "{question}")?;
        self.to.flush()?;
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            return Err("Node ended (see above)".into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for V8 {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
