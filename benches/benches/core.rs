//! The core on the bodies of a shop, beside one stock multi-pattern pass over the same bytes.
//!
//! Each measurement checks its result first: a number of a run that found something else is worth nothing.
//! The stock engine only counts matches of 24 patterns; it validates, replaces and restores nothing.

#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tamis::{Input, Outcome, Redactor, Scratch, Session, Verdict};
use tamis_benches::{Body, POLICY_DEFAULT, POLICY_REPLACE, Stock, chat, order, redactor};

/// Matches of the stock rules in the bodies; they change only with the bodies or the rules.
const STOCK_CHAT_CLEAN: usize = 0;
const STOCK_CHAT_DIRTY: usize = 6;

fn redact(redactor: &Redactor, body: &[u8], scratch: &mut Scratch) -> Outcome {
    let input = Input::new(body).content_type("application/json").scope(b"shop.example>api.openai.com");
    redactor.redact(input, scratch, &mut Session::new())
}

fn check(redactor: &Redactor, body: &Body, name: &str) {
    let outcome = redact(redactor, &body.bytes, &mut Scratch::new());
    let expected = if body.values.is_empty() { "clean" } else { "redacted" };
    assert_eq!(outcome.verdict().name(), expected, "{name}: {:?}", outcome.report().counts());
    if !body.findings.is_empty() {
        let found: BTreeMap<&str, u32> = outcome.report().counts().into_iter().collect();
        assert_eq!(found, body.findings.iter().map(|(k, v)| (*k, *v)).collect(), "{name}");
    }
    if outcome.verdict() == Verdict::Redacted {
        let sent = outcome.body(&body.bytes).expect("a redacted body is there");
        let sent = std::str::from_utf8(sent).expect("JSON stays UTF-8");
        serde_json::from_str::<serde_json::Value>(sent).expect("JSON stays JSON");
        for (n, value) in body.values.iter().enumerate() {
            assert!(!sent.contains(value.as_str()), "{name}: value {n} of the body is still there");
        }
    }
}

fn bodies(criterion: &mut Criterion) {
    let tokens = redactor(POLICY_DEFAULT);
    let replace = redactor(POLICY_REPLACE);
    let mut stock = Stock::new();
    let cases = [
        ("chat clean", chat(false), vec![("tamis", &tokens)], Some(STOCK_CHAT_CLEAN)),
        (
            "chat dirty",
            chat(true),
            vec![("tamis, replace", &replace), ("tamis, token", &tokens)],
            Some(STOCK_CHAT_DIRTY),
        ),
        ("order", order(), vec![("tamis", &tokens)], None),
    ];
    for (name, body, engines, stock_matches) in cases {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(u64::try_from(body.bytes.len()).unwrap_or(0)));
        for (engine, redactor) in engines {
            check(redactor, &body, name);
            let mut scratch = Scratch::new();
            group.bench_function(engine, |b| {
                b.iter(|| redact(redactor, black_box(&body.bytes), &mut scratch).verdict());
            });
        }
        let found = stock.count(&body.bytes);
        if let Some(expected) = stock_matches {
            assert_eq!(found, expected, "{name}: the stock engine's matches");
        }
        group.bench_function("stock regex-automata", |b| {
            b.iter(|| assert_eq!(stock.count(black_box(&body.bytes)), found));
        });
        group.finish();
    }
}

criterion_group!(benches, bodies);
criterion_main!(benches);
