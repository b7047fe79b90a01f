//! Time of an exchange in every way, taken in turns.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::contender::{Contender, Fence, InV8, Native, Sandbox};
use crate::module::Modules;
use crate::node::{V8, Way};
use crate::record::{Section, median, table};
use crate::{Case, Failure};

/// Most that a sandbox may take, as a multiple of the native time of the same body.
const RATIO_MAX: f64 = 2.0;
/// Most that a message of 1 KiB may take through the host as it comes, in nanoseconds.
const ROUND_TRIP_NS_MAX: f64 = 10_000.0;
/// The bodies of that bound, and the one that tells the host's share of it.
const MESSAGES: [usize; 2] = [0, 1];
const UNREAD: usize = 6;
/// The row that is the yardstick, and the one of the host as it comes.
const NATIVE: usize = 0;
const HOST: usize = 2;

const ROUNDS: usize = 51;
/// How long each contender works before it is timed, in nanoseconds: V8 compiles again what is called often.
const WARM_UP_NS: f64 = 3e9;
/// What one measurement of the native core should take, in nanoseconds: short, so that many fall between what others
/// on the machine do.
const SAMPLE_NS: f64 = 1e6;

struct Row {
    name: &'static str,
    bounded: bool,
    /// By body, then by round: nanoseconds of an exchange.
    times: Vec<Vec<f64>>,
}

pub(crate) struct Speed {
    /// Name, bytes and how many exchanges one measurement is.
    cases: Vec<(&'static str, usize, u32)>,
    rows: Vec<Row>,
}

/// Compares every output, then times all.
pub(crate) fn measure(
    modules: &Modules,
    cases: &[Case],
    cache: &Path,
    v8: &RefCell<Vec<V8>>,
) -> Result<Speed, Failure> {
    let host = |simd, fence| Sandbox::new(modules, cases, cache, simd, fence).map(Box::new);
    let in_v8 = |way| Box::new(InV8::new(v8, way));
    let mut contenders: Vec<(&'static str, bool, Box<dyn Contender>)> = vec![
        ("native", false, Box::new(Native::new(cases))),
        ("wasmtime", true, host(true, Fence::None)?),
        ("wasmtime, deadline (the host as it comes)", false, host(true, Fence::Epoch)?),
        ("wasmtime, fuel", false, host(true, Fence::Fuel)?),
        ("wasmtime, scalar", true, host(false, Fence::None)?),
        ("wasmtime, scalar, deadline", false, host(false, Fence::Epoch)?),
        ("wasmtime, scalar, fuel", false, host(false, Fence::Fuel)?),
        ("V8", true, in_v8(Way::Plain)),
        ("V8, scalar", true, in_v8(Way::Scalar)),
        ("V8, through the package", false, in_v8(Way::Package)),
    ];
    let mut calls = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        let (_, _, native) = &mut contenders[NATIVE];
        let expected = native.output(n)?;
        if expected.verdict != case.verdict {
            return Err(format!("{}: {} and not {}", case.name, expected.verdict, case.verdict).into());
        }
        let mut one = f64::INFINITY;
        for _ in 0..10 {
            one = one.min(native.time(n, 5)? / 5.0);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in its range by clamp")]
        calls.push((SAMPLE_NS / one).clamp(3.0, 20_000.0) as u32);
        for (name, _, contender) in &mut contenders {
            if contender.output(n)? != expected {
                return Err(format!("{}: {name} makes something else of it", case.name).into());
            }
        }
    }
    let mut rows: Vec<Row> = contenders
        .iter()
        .map(|(name, bounded, _)| Row { name, bounded: *bounded, times: vec![Vec::new(); cases.len()] })
        .collect();
    for (_, _, contender) in &mut contenders {
        let mut worked = 0.0;
        while worked < WARM_UP_NS {
            for (case, calls) in calls.iter().enumerate() {
                worked += contender.time(case, *calls)?;
            }
        }
    }
    for _ in 0..ROUNDS {
        for (case, calls) in calls.iter().enumerate() {
            for ((_, _, contender), row) in contenders.iter_mut().zip(&mut rows) {
                row.times[case].push(contender.time(case, *calls)? / f64::from(*calls));
            }
        }
    }
    Ok(Speed {
        cases: cases.iter().zip(calls).map(|(case, calls)| (case.name, case.bytes.len(), calls)).collect(),
        rows,
    })
}

impl Speed {
    /// The best time: what others on the machine take only ever adds to it.
    fn best(&self, row: usize, case: usize) -> f64 {
        self.rows[row].times[case].iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn ratio(&self, row: usize, case: usize) -> f64 {
        self.best(row, case) / self.best(NATIVE, case)
    }

    /// The median of the ratios of each round.
    fn median_ratio(&self, row: usize, case: usize) -> f64 {
        let native = &self.rows[NATIVE].times[case];
        median(self.rows[row].times[case].iter().zip(native).map(|(time, native)| time / native))
    }

    fn table(&self, cell: impl Fn(usize, usize) -> String) -> String {
        let head: Vec<&str> =
            std::iter::once("").chain(self.cases.iter().map(|(name, _, _)| *name)).collect();
        let rows: Vec<Vec<String>> = (0..self.rows.len())
            .map(|row| {
                let cells = (0..self.cases.len()).map(|case| cell(row, case));
                std::iter::once(self.rows[row].name.to_owned()).chain(cells).collect()
            })
            .collect();
        table(&head, &rows)
    }
}

impl Section for Speed {
    fn name(&self) -> &'static str {
        "speed"
    }

    fn markdown(&self) -> String {
        let mut text = format!(
            "## One exchange\n\nA session, the body in, redacted, what changed out; tokens, the default policy. \
             Microseconds of one exchange, the best of {ROUNDS} rounds in turns, and its ratio to native. \
             Bound: {RATIO_MAX} for wasmtime and V8 with nothing added, where the core does work.\n\n"
        );
        text += &self.table(|row, case| {
            let best = self.best(row, case) / 1e3;
            if row == NATIVE {
                format!("{best:.2}")
            } else {
                format!("{best:.2} ({:.2}×)", self.ratio(row, case))
            }
        });
        text += "\nMedian over the rounds of each round's ratio to native:\n\n";
        text += &self.table(|row, case| format!("{:.2}", self.median_ratio(row, case)));
        let _ = write!(
            text,
            "\n## A message through the host\n\nThe host as it comes, with its deadline, in microseconds. The image \
             is passed unread, so that what it takes is the host's share: the session, the bytes in, two calls into \
             the module, and freeing what they made. Bound: {} for the messages.\n\n",
            ROUND_TRIP_NS_MAX / 1e3,
        );
        let rows: Vec<Vec<String>> = MESSAGES
            .into_iter()
            .chain([UNREAD])
            .map(|case| {
                let (native, host) = (self.best(NATIVE, case) / 1e3, self.best(HOST, case) / 1e3);
                let numbers = [host, native, host - native].map(|time| format!("{time:.2}"));
                std::iter::once(self.cases[case].0.to_owned()).chain(numbers).collect()
            })
            .collect();
        text + &table(&["body", "through the host", "native", "more than native"], &rows)
    }

    fn json(&self) -> Value {
        let each = |of: &dyn Fn(usize) -> f64| -> Vec<f64> { (0..self.cases.len()).map(of).collect() };
        let rows: Vec<Value> = (0..self.rows.len())
            .map(|row| {
                json!({
                    "name": self.rows[row].name,
                    "best_ns": each(&|case| self.best(row, case)),
                    "median_ns": each(&|case| median(self.rows[row].times[case].iter().copied())),
                    "ratio": each(&|case| self.ratio(row, case)),
                    "median_ratio": each(&|case| self.median_ratio(row, case)),
                })
            })
            .collect();
        json!({"rounds": ROUNDS, "bodies": self.cases, "rows": rows})
    }

    fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (row, Row { name, .. }) in self.rows.iter().enumerate().filter(|(_, row)| row.bounded) {
            for (case, (body, _, _)) in self.cases.iter().enumerate().filter(|(case, _)| *case != UNREAD) {
                let ratio = self.ratio(row, case);
                if ratio > RATIO_MAX {
                    broken.push(format!(
                        "{name} takes {ratio:.2} times as long as native for {body}, more than {RATIO_MAX}"
                    ));
                }
            }
        }
        for case in MESSAGES {
            let time = self.best(HOST, case);
            if time > ROUND_TRIP_NS_MAX {
                let (time, most) = (time / 1e3, ROUND_TRIP_NS_MAX / 1e3);
                broken.push(format!(
                    "{} takes {time:.1} µs through the host, more than {most}",
                    self.cases[case].0
                ));
            }
        }
        broken
    }
}
