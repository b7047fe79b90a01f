//! Generated bodies, the core against the module: bytes, verdicts, reports, replies. One mismatch fails.
//!
//! `TAMIS_BODIES` says how many, `TAMIS_SEED` where to begin. What is printed of a failure brings it back, and
//! the body is cut down to what it takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tamis_host::{Input, Instance};
use tamis_tests::generate::{self, Made, Rng};
use tamis_tests::vectors::{self, Case};

use crate::{HOST, SECRET};

const BODIES: usize = 100_000;
const SEED: usize = 20_261_123;
const THREADS: usize = 2;
/// Exchanges under one policy, one after the other: working memory belongs to one policy at a time.
const ROUND: usize = 250;

/// Policies that no vector has.
const POLICIES: &[&str] = &[
    r#"{"version":1,"entities":{"email":"mask","phone":"drop","person":"replace","sku":"token","price":"token"}}"#,
    r#"{"version":1,"numbers":"standin","entities":{"cost":"token","order_number":"token","custom:ref":"mask"},
        "fields":[{"name":"note","entity":"custom:ref"}],"allow":["info@example.com","Anna"],
        "rules":[{"id":"ref","entity":"custom:ref","pattern":"[a-z]{3}-?[0-9]{2,6}"}]}"#,
];

/// What came of the bodies, so that a run that only looked busy fails.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    bodies: usize,
    clean: usize,
    redacted: usize,
    blocked: usize,
    findings: usize,
    bytes: usize,
    replies: usize,
    restored: usize,
}

impl Tally {
    fn with(self, other: Self) -> Self {
        Self {
            bodies: self.bodies + other.bodies,
            clean: self.clean + other.clean,
            redacted: self.redacted + other.redacted,
            blocked: self.blocked + other.blocked,
            findings: self.findings + other.findings,
            bytes: self.bytes + other.bytes,
            replies: self.replies + other.replies,
            restored: self.restored + other.restored,
        }
    }
}

/// What the vectors bring along: their policies, and their bodies as a start for others.
struct Known {
    policies: Vec<String>,
    haystacks: Vec<Vec<u8>>,
}

fn known() -> Known {
    let mut policies: Vec<String> = POLICIES.iter().map(|policy| (*policy).to_owned()).collect();
    let mut haystacks = Vec::new();
    for vector in vectors::all().expect("the vectors are read") {
        let Case::Body(body) = vector.case else { continue };
        if !policies.contains(&vector.policy) {
            policies.push(vector.policy);
        }
        if body.haystack.len() <= 64 << 10 {
            haystacks.push(body.haystack);
        }
    }
    assert!(policies.len() > 10 && haystacks.len() > 100, "the vectors are few");
    Known { policies, haystacks }
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[test]
fn generated_bodies_come_out_as_the_core_has_them() {
    let (bodies, first) = (number("TAMIS_BODIES", BODIES), number("TAMIS_SEED", SEED));
    let known = &known();
    let failed = &AtomicBool::new(false);
    let all = thread::scope(|scope| {
        let run = |at: usize| {
            scope.spawn(move || {
                let mut tally = Tally::default();
                let enough = bodies.div_ceil(THREADS);
                // The seed alone says which policy it is for.
                for round in (first / ROUND + at..).step_by(THREADS) {
                    if tally.bodies >= enough || failed.load(Ordering::Relaxed) {
                        break;
                    }
                    let policy = &known.policies[round % known.policies.len()];
                    let mut sides = Sides::new(policy);
                    for seed in (round * ROUND..(round + 1) * ROUND).filter(|seed| *seed >= first) {
                        if tally.bodies >= enough {
                            break;
                        }
                        if let Err(why) = sides.exchange(seed, &known.haystacks, &mut tally) {
                            failed.store(true, Ordering::Relaxed);
                            panic!("TAMIS_SEED={seed} TAMIS_BODIES=1 under {policy}\n{why}");
                        }
                    }
                }
                tally
            })
        };
        let threads: Vec<_> = (0..THREADS).map(run).collect();
        let mut all = Tally::default();
        for thread in threads {
            all = all.with(thread.join().expect("no mismatch"));
        }
        all
    });
    println!(
        "{} bodies of {} bytes, {} redacted ({} findings), {} blocked, {} clean; {} replies, {} tokens restored",
        all.bodies, all.bytes, all.redacted, all.findings, all.blocked, all.clean, all.replies, all.restored
    );
    // A mix that says something.
    assert!(all.bodies >= bodies);
    let parts = [
        ("redacted", all.redacted, bodies / 3),
        ("clean", all.clean, bodies / 20),
        ("blocked", all.blocked, bodies / 200),
        ("replies", all.replies, bodies / 4),
        ("restored", all.restored, bodies / 20),
    ];
    for (what, count, least) in parts {
        assert!(count >= least, "{count} {what}: the generator is dull");
    }
}

/// The core and an instance under the same policy and key.
struct Sides {
    tamis: Instance,
    redactor: tamis_host::Redactor,
    native: tamis::Redactor,
    scratch: tamis::Scratch,
}

impl Sides {
    fn new(policy: &str) -> Self {
        let mut tamis = HOST.instance().expect("an instance");
        let keyring = tamis.keyring(SECRET).expect("a keyring");
        let redactor = tamis.redactor(policy.as_bytes(), &keyring).expect("a redactor");
        let keyring = tamis::Keyring::new(SECRET).expect("a keyring");
        let policy = tamis::Policy::from_json(policy.as_bytes()).expect("a policy");
        let native = tamis::Redactor::new(&policy, keyring).expect("a redactor");
        Self { tamis, redactor, native, scratch: tamis::Scratch::new() }
    }

    /// A few bodies in one exchange, then replies to what was sent.
    fn exchange(&mut self, seed: usize, haystacks: &[Vec<u8>], tally: &mut Tally) -> Result<(), String> {
        let rng = &mut Rng::new(seed as u64);
        let scope = rng.pick(&["", "shop>ai", "shop>other", "größe\u{0}"]).as_bytes();
        let mut session = self.tamis.session().map_err(|error| error.to_string())?;
        let mut native_session = tamis::Session::new();
        let mut tokens: Vec<String> = Vec::new();
        let mut sent = Vec::new();
        for _ in 0..=rng.below(3) {
            let made = generate::body(rng, haystacks, &tokens);
            match self.body(&made, scope, &mut session, &mut native_session, tally) {
                Ok(Some(body)) => {
                    tokens.extend(generate::tokens(&body));
                    sent = body;
                }
                Ok(None) => {}
                Err(why) => return Err(format!("{why}\n{}", self.told(&made, scope))),
            }
        }
        for _ in 0..rng.below(3) {
            let reply = generate::reply(rng, &sent, &tokens);
            self.reply(&reply, &session, &native_session, tally).map_err(|why| {
                format!("{why}\nreply as {:?}: {}", reply.content_type, reply.body.escape_ascii())
            })?;
        }
        Ok(())
    }

    /// A body on both sides; what may be sent of it.
    fn body(
        &mut self,
        made: &Made,
        scope: &[u8],
        session: &mut tamis_host::Session,
        native_session: &mut tamis::Session,
        tally: &mut Tally,
    ) -> Result<Option<Vec<u8>>, String> {
        let input = tamis::Input::new(&made.body)
            .content_type(&made.content_type)
            .charset(&made.charset)
            .scope(scope);
        let want = self.native.redact(input, &mut self.scratch, native_session);
        let input =
            Input::new(&made.body).content_type(&made.content_type).charset(&made.charset).scope(scope);
        let got = self.tamis.redact(&self.redactor, input, session);
        let mut got = got.map_err(|error| format!("the module says {error}"))?;
        let code = match got.verdict() {
            tamis_host::Verdict::Blocked(error) => error.code(),
            _ => 0,
        };
        let want_code = match want.verdict() {
            tamis::Verdict::Blocked(error) => error.code(),
            tamis::Verdict::Clean | tamis::Verdict::Redacted => 0,
        };
        if (got.verdict().name(), code) != (want.verdict().name(), want_code) {
            return Err(format!(
                "{} {code}, not {} {want_code}",
                got.verdict().name(),
                want.verdict().name()
            ));
        }
        if got.body(&made.body) != want.body(&made.body) {
            return Err("another body".into());
        }
        let report = want.report().to_json();
        if got.report_json().map_err(|error| error.to_string())? != report {
            return Err(format!("another report than {report}"));
        }
        if got.findings() as usize != want.report().findings().len() {
            return Err("another count of findings".into());
        }
        tally.bodies += 1;
        tally.bytes += made.body.len();
        tally.findings += want.report().findings().len();
        match want.verdict() {
            tamis::Verdict::Clean => tally.clean += 1,
            tamis::Verdict::Redacted => tally.redacted += 1,
            tamis::Verdict::Blocked(_) => tally.blocked += 1,
        }
        Ok(want.body(&made.body).map(<[u8]>::to_vec))
    }

    fn reply(
        &mut self,
        made: &Made,
        session: &tamis_host::Session,
        native_session: &tamis::Session,
        tally: &mut Tally,
    ) -> Result<(), String> {
        let want = self.native.restore(&made.body, &made.content_type, native_session);
        let got = self.tamis.restore(&self.redactor, &made.body, &made.content_type, session);
        let got = got.map_err(|error| format!("the module says {error}"))?;
        if got.body() != want.body.as_deref() {
            return Err("another restored reply".into());
        }
        if (got.restored(), got.unresolved()) != (want.restored, want.unresolved) {
            return Err("other counts of tokens".into());
        }
        tally.replies += 1;
        tally.restored += want.restored as usize;
        Ok(())
    }

    /// The body, cut down as long as both sides differ on it by itself.
    fn told(&mut self, made: &Made, scope: &[u8]) -> String {
        let mut least = made.clone();
        let mut step = least.body.len() / 2;
        let mut tries = 2000;
        while step > 0 && tries > 0 {
            let mut at = 0;
            while at < least.body.len() && tries > 0 {
                let mut less = least.clone();
                less.body.drain(at..(at + step).min(least.body.len()));
                if self.differs(&less, scope) {
                    least = less;
                } else {
                    at += step;
                }
                tries -= 1;
            }
            step /= 2;
        }
        let alone = if self.differs(&least, scope) { "alone" } else { "only after what came before it" };
        let Made { body, content_type, charset } = least;
        let scope = scope.escape_ascii();
        format!("{alone}, as {content_type:?} {charset:?} for \"{scope}\": {}", body.escape_ascii())
    }

    fn differs(&mut self, made: &Made, scope: &[u8]) -> bool {
        let Ok(mut session) = self.tamis.session() else { return false };
        let tally = &mut Tally::default();
        self.body(made, scope, &mut session, &mut tamis::Session::new(), tally).is_err()
    }
}
