//! Every vector through both modules: as the vector says, and as the core does it.

use std::collections::BTreeMap;

use tamis_host::{Config, Host, Input, Instance, Redactor, Verdict};
use tamis_tests::vectors::{self, Body, Case, KEY, Vector};

use crate::wasm;

#[test]
fn every_vector_with_simd() {
    run("tamis.wasm");
}

#[test]
fn every_vector_without_simd() {
    run("tamis-scalar.wasm");
}

fn run(module: &str) {
    let all = vectors::all().expect("the vectors are read");
    let host = Host::new(&wasm(module), &Config::new().no_deadline()).expect("a host");
    let mut runner = Runner::new(&host);
    let failed: Vec<String> = all
        .iter()
        .filter_map(|vector| Some(format!("{}: {}", vector.id, runner.run(vector).err()?)))
        .collect();
    println!("{module}: {} vectors, {} failed", all.len(), failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// One instance that has seen every vector before, with its redactors by policy.
struct Runner {
    tamis: Instance,
    redactors: BTreeMap<String, (Redactor, tamis::Redactor)>,
    scratch: tamis::Scratch,
}

/// What one side made of a body.
#[derive(PartialEq, Eq)]
struct Made {
    verdict: String,
    error: Option<String>,
    code: u16,
    body: Option<Vec<u8>>,
    report: String,
}

impl Runner {
    fn new(host: &Host) -> Self {
        let tamis = host.instance().expect("an instance");
        Self { tamis, redactors: BTreeMap::new(), scratch: tamis::Scratch::new() }
    }

    fn run(&mut self, vector: &Vector) -> Result<(), String> {
        match &vector.case {
            Case::Policy { error, path } => self.refused(&vector.policy, error, path),
            Case::Body(body) => {
                let policy = vector.policy.as_str();
                if !self.redactors.contains_key(policy) {
                    let keyring = self.tamis.keyring(KEY.as_bytes()).map_err(|e| e.to_string())?;
                    let ours = self.tamis.redactor(policy.as_bytes(), &keyring).map_err(|e| e.to_string())?;
                    let native = native(policy).map_err(|e| e.to_string())?;
                    self.redactors.insert(policy.to_owned(), (ours, native));
                }
                self.redacted(policy, body)
            }
        }
    }

    fn refused(&mut self, policy: &str, slug: &str, path: &str) -> Result<(), String> {
        let keyring = self.tamis.keyring(KEY.as_bytes()).map_err(|error| error.to_string())?;
        let Err(error) = self.tamis.redactor(policy.as_bytes(), &keyring) else {
            return Err("the policy was taken".into());
        };
        let Err(native) = native(policy) else { return Err("the core took the policy".into()) };
        let got = (error.slug(), error.path(), error.code());
        if got != (slug, path, native.code()) || native.path() != path {
            return Err(format!("got {got:?}"));
        }
        Ok(())
    }

    fn redacted(&mut self, policy: &str, body: &Body) -> Result<(), String> {
        let Self { tamis, redactors, scratch } = self;
        let (redactor, native) = &redactors[policy];
        let mut session = tamis.session().map_err(|error| error.to_string())?;
        let input = |bytes| {
            Input::new(bytes)
                .content_type(&body.content_type)
                .charset(&body.charset)
                .scope(body.scope.as_bytes())
        };
        let outcome = tamis.redact(redactor, input(&body.haystack), &mut session);
        let mut outcome = outcome.map_err(|error| error.to_string())?;
        let report = outcome.report().map_err(|error| error.to_string())?;
        let error = match outcome.verdict() {
            Verdict::Blocked(error) => Some((error.slug().to_owned(), error.code())),
            Verdict::Clean | Verdict::Redacted => None,
        };
        let made = Made {
            verdict: outcome.verdict().name().into(),
            code: error.as_ref().map_or(0, |(_, code)| *code),
            error: error.map(|(slug, _)| slug),
            body: outcome.body(&body.haystack).map(<[u8]>::to_vec),
            report: outcome.report_json().map_err(|error| error.to_string())?.into(),
        };
        // As the vector says.
        let wanted = match body.verdict.as_str() {
            "blocked" => None,
            _ => Some(body.output.as_ref().unwrap_or(&body.haystack)),
        };
        if (&made.verdict, &made.error, made.body.as_ref()) != (&body.verdict, &body.error, wanted) {
            return Err(format!("came out as {} {:?}\n{}", made.verdict, made.error, made.report));
        }
        let as_said = report.findings().len() == body.findings.len()
            && report.findings().iter().zip(&body.findings).all(|(got, want)| {
                let ranges: Vec<[u32; 2]> = got.ranges().iter().map(|span| [span.start, span.end]).collect();
                got.entity_name() == want.entity
                    && ranges == [want.span]
                    && want.rule.as_ref().is_none_or(|rule| rule == got.rule())
                    && want.operator.as_ref().is_none_or(|operator| operator == got.operator())
            });
        if !as_said || outcome.findings() as usize != body.findings.len() {
            return Err(format!("other findings: {}", made.report));
        }
        if report.verdict() != body.verdict || report.code() != made.code {
            return Err(format!("the report says otherwise: {}", made.report));
        }
        // As the core does it.
        let mut native_session = tamis::Session::new();
        let input = |bytes| {
            tamis::Input::new(bytes)
                .content_type(&body.content_type)
                .charset(&body.charset)
                .scope(body.scope.as_bytes())
        };
        let theirs = native.redact(input(&body.haystack), scratch, &mut native_session);
        let blocked = match theirs.verdict() {
            tamis::Verdict::Blocked(error) => Some(error),
            tamis::Verdict::Clean | tamis::Verdict::Redacted => None,
        };
        let theirs = Made {
            verdict: theirs.verdict().name().into(),
            error: blocked.map(|error| error.kind().slug().to_owned()),
            code: blocked.map_or(0, tamis::RedactError::code),
            body: theirs.body(&body.haystack).map(<[u8]>::to_vec),
            report: theirs.report().to_json(),
        };
        if made != theirs {
            return Err(format!("the core differs: {}\n{}", theirs.report, made.report));
        }
        self.fixpoint(policy, body, made.body.as_deref())?;
        self.restored(policy, body, &session, &native_session)
    }

    /// What was sent, sent again.
    fn fixpoint(&mut self, policy: &str, body: &Body, sent: Option<&[u8]>) -> Result<(), String> {
        let Some(sent) = sent else { return Ok(()) };
        let (redactor, _) = &self.redactors[policy];
        let mut session = self.tamis.session().map_err(|error| error.to_string())?;
        let input = Input::new(sent)
            .content_type(&body.content_type)
            .charset(&body.charset)
            .scope(body.scope.as_bytes());
        let again = self.tamis.redact(redactor, input, &mut session).map_err(|error| error.to_string())?;
        let fixed = again.body(sent) == Some(sent);
        if fixed == body.fixpoint { Ok(()) } else { Err(format!("a fixpoint: {fixed}")) }
    }

    fn restored(
        &mut self,
        policy: &str,
        body: &Body,
        session: &tamis_host::Session,
        native_session: &tamis::Session,
    ) -> Result<(), String> {
        let (redactor, native) = &self.redactors[policy];
        for want in &body.restore {
            let reply = want.reply.as_bytes();
            let theirs = native.restore(reply, &want.content_type, native_session);
            let ours = self.tamis.restore(redactor, reply, &want.content_type, session);
            let ours = ours.map_err(|error| error.to_string())?;
            let counts = (ours.restored(), ours.unresolved());
            let output = want.output.as_ref().map(String::as_bytes);
            if ours.body() != output || counts != (want.restored, want.unresolved) {
                return Err(format!("the reply {} was restored otherwise: {counts:?}", want.reply));
            }
            if theirs.body.as_deref() != output || counts != (theirs.restored, theirs.unresolved) {
                return Err(format!("the core restores the reply {} otherwise", want.reply));
            }
        }
        Ok(())
    }
}

fn native(policy: &str) -> Result<tamis::Redactor, tamis::PolicyError> {
    tamis::Redactor::new(&tamis::Policy::from_json(policy.as_bytes())?, tamis::Keyring::new(KEY.as_bytes())?)
}
