//! Runs every vector against the core, and holds each to the promises besides.
//!
//! A vector whose outcome differs is printed as it came out, in the files' format. Words choose vectors by
//! their names: `cargo test -p tamis-tests --test vectors -- json`. No vectors at all is a failure.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use tamis::{Finding, Input, Keyring, Outcome, Policy, Redactor, Scratch, Session, Verdict};
use tamis_tests::vectors::{self, Body, Case, KEY, Vector};

fn main() -> ExitCode {
    let (flags, wanted): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with('-'));
    // What asks for ignored tests asks for none of these.
    if flags.iter().any(|flag| flag == "--ignored") {
        println!("test result: ok. 0 passed; 0 failed; 0 ignored");
        return ExitCode::SUCCESS;
    }
    let all = match vectors::all() {
        Ok(all) => all,
        Err(error) => {
            println!("{error}\n\ntest result: FAILED. 0 passed; 1 failed; 0 ignored");
            return ExitCode::FAILURE;
        }
    };
    let chosen: Vec<&Vector> =
        all.iter().filter(|v| wanted.is_empty() || wanted.iter().any(|word| v.id.contains(word))).collect();
    if flags.iter().any(|flag| flag == "--list") {
        for vector in &chosen {
            println!("{}: test", vector.id);
        }
        return ExitCode::SUCCESS;
    }
    println!("running {} vectors", chosen.len());
    let mut runner = Runner::default();
    let mut failed = 0_usize;
    for vector in &chosen {
        if let Err(why) = runner.run(vector) {
            failed += 1;
            println!("{} ... FAILED\n{why}\n", vector.id);
        }
    }
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    let passed = chosen.len() - failed;
    println!("\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored");
    if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Redactors by policy, and one scratch that has seen every body before.
#[derive(Default)]
struct Runner {
    redactors: BTreeMap<String, Redactor>,
    used: Scratch,
}

impl Runner {
    fn run(&mut self, vector: &Vector) -> Result<(), String> {
        match &vector.case {
            Case::Policy { error, path } => refused(&vector.policy, error, path),
            Case::Body(body) => {
                let redactor = self.redactor(&vector.policy)?;
                redacted(&redactor, &mut self.used, body)
            }
        }
    }

    fn redactor(&mut self, policy: &str) -> Result<Redactor, String> {
        if let Some(known) = self.redactors.get(policy) {
            return Ok(known.clone());
        }
        let redactor = build(policy).map_err(|error| error.to_string())?;
        self.redactors.insert(policy.to_owned(), redactor.clone());
        Ok(redactor)
    }
}

fn build(policy: &str) -> Result<Redactor, tamis::PolicyError> {
    Redactor::new(&Policy::from_json(policy.as_bytes())?, Keyring::new(KEY.as_bytes())?)
}

fn refused(policy: &str, slug: &str, path: &str) -> Result<(), String> {
    let Err(error) = build(policy) else { return Err("the policy was taken".into()) };
    let got = (error.kind().slug(), error.path());
    if got == (slug, path) { Ok(()) } else { Err(format!("got error = {:?}, path = {:?}", got.0, got.1)) }
}

fn redacted(redactor: &Redactor, used: &mut Scratch, body: &Body) -> Result<(), String> {
    let mut session = Session::new();
    let outcome = redactor.redact(input(body, &body.haystack), &mut Scratch::new(), &mut session);
    if !matches(body, &outcome) {
        return Err(format!("came out otherwise:\n{}", as_toml(body, &outcome)));
    }
    // Neither memory that was used before nor a clone of the redactor makes a difference.
    for redactor in [redactor, &redactor.clone()] {
        let again = redactor.redact(input(body, &body.haystack), used, &mut Session::new());
        if again.report() != outcome.report() || again.body(&body.haystack) != outcome.body(&body.haystack) {
            return Err("came out otherwise the second time".into());
        }
    }
    only_findings_change(body, &outcome)?;
    if let Some(sent) = outcome.body(&body.haystack) {
        let again = redactor.redact(input(body, sent), used, &mut Session::new());
        let fixed = again.body(sent) == Some(sent);
        if fixed != body.fixpoint {
            let what = if fixed { "the output is a fixpoint after all" } else { "sent again, it became" };
            return Err(format!("{what}:\n{}", as_toml(body, &again)));
        }
    }
    restored(redactor, body, &session)?;
    says_nothing(body, &outcome, &session)
}

fn input<'a>(body: &'a Body, bytes: &'a [u8]) -> Input<'a> {
    Input::new(bytes).content_type(&body.content_type).charset(&body.charset).scope(body.scope.as_bytes())
}

fn matches(body: &Body, outcome: &Outcome) -> bool {
    let slug = match outcome.verdict() {
        Verdict::Blocked(error) => Some(error.kind().slug()),
        Verdict::Clean | Verdict::Redacted => None,
    };
    let wanted = match body.verdict.as_str() {
        "blocked" => None,
        _ => Some(body.output.as_deref().unwrap_or(&body.haystack)),
    };
    let found = outcome.report().findings();
    outcome.verdict().name() == body.verdict
        && slug == body.error.as_deref()
        && outcome.body(&body.haystack) == wanted
        && found.len() == body.findings.len()
        && found.iter().zip(&body.findings).all(|(got, want)| {
            let ranges: Vec<[u32; 2]> = got.ranges().iter().map(|span| [span.start, span.end]).collect();
            got.entity_name() == want.entity
                && ranges == [want.span]
                && want.rule.as_ref().is_none_or(|rule| rule == got.rule())
                && want.operator.as_ref().is_none_or(|operator| operator == got.operator().name())
        })
}

/// What came out, as a vector would say it. For reading against the design before it is taken over.
fn as_toml(body: &Body, outcome: &Outcome) -> String {
    let mut toml = String::new();
    if let Some(output) = outcome.body(&body.haystack).filter(|output| *output != body.haystack) {
        let _ = match std::str::from_utf8(output) {
            Ok(text) => writeln!(toml, "output = {}", toml::Value::from(text)),
            Err(_) => writeln!(toml, "output_hex = \"{}\"", hex(output)),
        };
    }
    let _ = writeln!(toml, "verdict = \"{}\"", outcome.verdict().name());
    if let Verdict::Blocked(error) = outcome.verdict() {
        let _ = writeln!(toml, "error = \"{}\"", error.kind().slug());
    }
    for finding in outcome.report().findings() {
        let ranges: Vec<_> = finding.ranges().iter().map(|span| [span.start, span.end]).collect();
        let _ = writeln!(
            toml,
            "  {{ entity = \"{}\", span = {:?}, rule = \"{}\", operator = \"{}\" }}",
            finding.entity_name(),
            ranges.first().copied().unwrap_or_default(),
            finding.rule(),
            finding.operator().name(),
        );
    }
    toml
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Bytes outside the findings stay, and a clean body is the haystack itself.
fn only_findings_change(body: &Body, outcome: &Outcome) -> Result<(), String> {
    let Some(output) = outcome.body(&body.haystack) else { return Ok(()) };
    let findings = outcome.report().findings().iter();
    let spans: Vec<[u32; 2]> = findings.flat_map(Finding::ranges).map(|s| [s.start, s.end]).collect();
    if vectors::only_spans_changed(&body.haystack, output, &spans) {
        Ok(())
    } else {
        Err("bytes outside the findings changed, or findings are not in order and apart".into())
    }
}

/// No `Debug` output holds a value, as text or as the numbers of its bytes.
fn says_nothing(body: &Body, outcome: &Outcome, session: &Session) -> Result<(), String> {
    let said = format!("{:?} {outcome:?} {session:?} {:?}", outcome.report(), input(body, &body.haystack));
    for finding in outcome.report().findings() {
        for range in finding.ranges() {
            let value = body.haystack.get(range.range()).unwrap_or_default();
            // Shorter ones are found in offsets and names by chance.
            if value.len() < 5 {
                continue;
            }
            let as_text = String::from_utf8_lossy(value);
            let as_numbers = format!("{value:?}");
            if said.contains(&*as_text) || said.contains(as_numbers.trim_matches(['[', ']'])) {
                return Err("a `Debug` output holds a value".into());
            }
        }
    }
    let start = body.haystack.get(..12).map(|start| format!("{start:?}").replace(']', ""));
    if start.is_some_and(|start| said.contains(&start)) {
        return Err("a `Debug` output holds the body".into());
    }
    Ok(())
}

fn restored(redactor: &Redactor, body: &Body, session: &Session) -> Result<(), String> {
    for want in &body.restore {
        let got = redactor.restore(want.reply.as_bytes(), &want.content_type, session);
        let text = got.body.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        if text != want.output || (got.restored, got.unresolved) != (want.restored, want.unresolved) {
            return Err(format!(
                "the reply {}\n was restored to {}\n with restored = {}, unresolved = {}",
                want.reply,
                text.as_deref().unwrap_or("itself"),
                got.restored,
                got.unresolved
            ));
        }
        let values = format!("{got:?}");
        if values.contains("body") {
            return Err("a `Debug` output of the restored reply names its body".into());
        }
    }
    Ok(())
}
