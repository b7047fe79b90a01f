//! The same exchange in each of the ways that are compared: bytes in, redacted bytes out, with a new session.

use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use tamis::{Redactor, Scratch, Session};
use tamis_benches::{POLICY_DEFAULT, SECRET, redactor};
use tamis_host::{Config, Host, Instance};

use crate::module::Modules;
use crate::node::{V8, Way};
use crate::{Case, Failure, SCOPE};

/// What came of a body.
#[derive(PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) verdict: String,
    pub(crate) bytes: Vec<u8>,
}

/// One way to redact.
pub(crate) trait Contender {
    /// What comes of a body.
    fn output(&mut self, case: usize) -> Result<Sent, Failure>;
    /// Nanoseconds of so many exchanges.
    fn time(&mut self, case: usize, calls: u32) -> Result<f64, Failure>;
}

/// The core in this process.
pub(crate) struct Native<'a> {
    cases: &'a [Case],
    redactor: Redactor,
    scratch: Scratch,
}

impl<'a> Native<'a> {
    pub(crate) fn new(cases: &'a [Case]) -> Self {
        Self { cases, redactor: redactor(POLICY_DEFAULT), scratch: Scratch::new() }
    }

    fn redact(&mut self, case: usize) -> (tamis::Verdict, Option<Vec<u8>>) {
        let Case { bytes, media_type, .. } = &self.cases[case];
        let input = tamis::Input::new(black_box(bytes)).content_type(media_type).scope(SCOPE.as_bytes());
        let outcome = self.redactor.redact(input, &mut self.scratch, &mut Session::new());
        (outcome.verdict(), outcome.into_body())
    }
}

impl Contender for Native<'_> {
    fn output(&mut self, case: usize) -> Result<Sent, Failure> {
        let (verdict, body) = self.redact(case);
        let bytes = body.unwrap_or_else(|| self.cases[case].bytes.clone());
        Ok(Sent { verdict: verdict.name().to_owned(), bytes })
    }

    fn time(&mut self, case: usize, calls: u32) -> Result<f64, Failure> {
        let from = Instant::now();
        for _ in 0..calls {
            black_box(self.redact(case));
        }
        Ok(from.elapsed().as_secs_f64() * 1e9)
    }
}

/// What wasmtime adds to the code for the host's sake.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fence {
    None,
    Epoch,
    Fuel,
}

impl Fence {
    pub(crate) fn config(self, cache: &Path) -> Config {
        let config = Config::new().instances(2).cache(cache);
        match self {
            Self::None => config.no_deadline(),
            Self::Epoch => config,
            // Never used up.
            Self::Fuel => config.no_deadline().fuel(u64::MAX),
        }
    }
}

/// The module in wasmtime, through the host crate.
pub(crate) struct Sandbox<'a> {
    cases: &'a [Case],
    instance: Instance,
    redactor: tamis_host::Redactor,
}

impl<'a> Sandbox<'a> {
    pub(crate) fn new(
        modules: &Modules,
        cases: &'a [Case],
        cache: &Path,
        simd: bool,
        fence: Fence,
    ) -> Result<Self, Failure> {
        let host = Host::new(modules.bytes(simd), &fence.config(cache))?;
        let mut instance = host.instance()?;
        let keyring = instance.keyring(SECRET)?;
        let redactor = instance.redactor(POLICY_DEFAULT.as_bytes(), &keyring)?;
        Ok(Self { cases, instance, redactor })
    }

    fn redact(&mut self, case: usize) -> Result<(&'static str, Option<Vec<u8>>), Failure> {
        let Case { bytes, media_type, .. } = &self.cases[case];
        let input = tamis_host::Input::new(black_box(bytes)).content_type(media_type).scope(SCOPE.as_bytes());
        let mut session = self.instance.session()?;
        let outcome = self.instance.redact(&self.redactor, input, &mut session)?;
        Ok((outcome.verdict().name(), outcome.into_body()))
    }
}

impl Contender for Sandbox<'_> {
    fn output(&mut self, case: usize) -> Result<Sent, Failure> {
        let (verdict, body) = self.redact(case)?;
        let bytes = body.unwrap_or_else(|| self.cases[case].bytes.clone());
        Ok(Sent { verdict: verdict.to_owned(), bytes })
    }

    fn time(&mut self, case: usize, calls: u32) -> Result<f64, Failure> {
        let from = Instant::now();
        for _ in 0..calls {
            black_box(self.redact(case)?);
        }
        Ok(from.elapsed().as_secs_f64() * 1e9)
    }
}

/// The module in V8, in processes of their own that take turns: where V8 lays its code differs from process to
/// process, and with it the speed by a fifth.
pub(crate) struct InV8<'a> {
    v8: &'a RefCell<Vec<V8>>,
    way: Way,
    turn: usize,
}

impl<'a> InV8<'a> {
    pub(crate) fn new(v8: &'a RefCell<Vec<V8>>, way: Way) -> Self {
        Self { v8, way, turn: 0 }
    }

    /// Asks the process whose turn it is.
    fn ask<T>(&mut self, question: impl FnOnce(&mut V8, Way) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut processes = self.v8.borrow_mut();
        self.turn = (self.turn + 1) % processes.len();
        question(&mut processes[self.turn], self.way)
    }
}

impl Contender for InV8<'_> {
    fn output(&mut self, case: usize) -> Result<Sent, Failure> {
        self.ask(|v8, way| v8.output(way, case))
    }

    fn time(&mut self, case: usize, calls: u32) -> Result<f64, Failure> {
        self.ask(|v8, way| v8.time(way, case, calls))
    }
}
