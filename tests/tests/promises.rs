//! The promises of the core, held on bodies that nobody wrote down: generated from a fixed seed, so that a
//! failure comes back. All data is made up.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::Value;
use tamis::{Finding, Input, Keyring, Outcome, Policy, Redactor, Scratch, Session, Verdict, limits};
use tamis_tests::vectors::only_spans_changed;

const SECRET: &[u8] = b"tamis promises key 0123456789abcdef";
const CASES: u64 = 2000;
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "text/plain";

fn redactor(policy: &str) -> Redactor {
    let policy = Policy::from_json(policy.as_bytes()).expect("the policy is read");
    Redactor::new(&policy, Keyring::new(SECRET).expect("a key")).expect("the policy compiles")
}

fn default() -> Redactor {
    redactor(r#"{"version":1}"#)
}

// ---------------------------------------------------------------------------------------------------------
// Bodies

/// `SplitMix64`: small, seeded, the same everywhere.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), figure 18.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n).expect("small")).expect("small")
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    fn text(&mut self, alphabet: &str, length: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..length).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }
}

const DIGITS: &str = "0123456789";
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const MIXED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A body, how it is declared, and the values in it that must not leave.
struct Made {
    body: Vec<u8>,
    content_type: &'static str,
    planted: Vec<String>,
}

/// A value that shows what it is by itself, wherever it stands.
fn sensitive(rng: &mut Rng) -> String {
    match rng.below(7) {
        0 => format!(
            "{}.{}@example.{}",
            rng.text(LETTERS, 6),
            rng.text(LETTERS, 4),
            rng.pick(&["com", "org", "net"])
        ),
        1 => format!("{}@shop.example", rng.text(LETTERS, 9)),
        2 => card(rng),
        3 => iban(rng),
        4 => format!("ghp_{}", rng.text(MIXED, 36)),
        5 => format!("+49 30 {}", rng.text("12345678", 7)),
        _ => format!("203.0.113.{}", 1 + rng.below(250)),
    }
}

fn card(rng: &mut Rng) -> String {
    let start = format!("4{}", rng.text(DIGITS, 14));
    let sum: u32 = start
        .bytes()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{start}{}", (10 - sum % 10) % 10)
}

fn iban(rng: &mut Rng) -> String {
    let account = rng.text(DIGITS, 18);
    // D is 13 and E is 14.
    let rest =
        format!("{account}131400").bytes().fold(0_u32, |rest, b| (rest * 10 + u32::from(b - b'0')) % 97);
    format!("DE{:02}{account}", 98 - rest)
}

/// Text that is nobody's secret.
fn filler(rng: &mut Rng) -> String {
    let words = [
        "please",
        "the blue chair",
        "schöne Grüße",
        "日本語",
        "e\u{301}",
        "\u{1F600}",
        "a/b\\c",
        "\"so\"",
        "<b>",
        "100 %",
        "2026-03-14",
        "v1.2.3",
        "x",
        "",
        "#fff",
        "à bientôt",
        "{}",
        "[1]",
        "\n",
        "\t",
    ];
    let mut text = String::new();
    for _ in 0..rng.below(5) {
        text.push_str(rng.pick(&words));
        text.push(' ');
    }
    text
}

/// Filler with zero to two values in it, noted in `planted`.
fn prose(rng: &mut Rng, planted: &mut Vec<String>) -> String {
    let mut text = filler(rng);
    for _ in 0..rng.below(3) {
        let value = sensitive(rng);
        // A comma between two values: numbers that touch are a question of their own.
        let _ = write!(text, " {value} , ");
        planted.push(value);
        text.push_str(&filler(rng));
    }
    text
}

/// A JSON string, some of whose characters are escaped though they need not be.
fn json_string(rng: &mut Rng, text: &str) -> String {
    let often = rng.below(3) == 0;
    let mut out = String::from("\"");
    for c in text.chars() {
        let must = matches!(c, '"' | '\\') || u32::from(c) < 0x20;
        if c == '/' && rng.below(2) == 0 {
            out.push_str("\\/");
        } else if must || (often && rng.below(4) == 0) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = if rng.below(2) == 0 {
                    write!(out, "\\u{unit:04x}")
                } else {
                    write!(out, "\\u{unit:04X}")
                };
            }
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}

fn space(rng: &mut Rng) -> &'static str {
    rng.pick(&["", "", "", " ", "\n", "\t ", "\r\n"])
}

fn json(rng: &mut Rng, depth: usize, planted: &mut Vec<String>) -> String {
    let before = space(rng);
    let value = match rng.below(if depth > 3 { 5 } else { 8 }) {
        0..=2 => {
            let text = prose(rng, planted);
            json_string(rng, &text)
        }
        3 => match rng.below(3) {
            0 => {
                let card = card(rng);
                planted.push(card.clone());
                card
            }
            1 => format!("-{}.5e-{}", rng.below(1000), rng.below(9)),
            _ => rng.below(100_000).to_string(),
        },
        4 => rng.pick(&["true", "false", "null"]).to_owned(),
        5 => {
            let items: Vec<String> = (0..rng.below(4)).map(|_| json(rng, depth + 1, planted)).collect();
            format!("[{}{}]", items.join(","), if items.is_empty() { space(rng) } else { "" })
        }
        _ => {
            let members: Vec<String> = (0..rng.below(4))
                .map(|at| {
                    // Distinct, as most writers keep them.
                    let key = match rng.below(6) {
                        0 => {
                            let value = sensitive(rng);
                            planted.push(value.clone());
                            value
                        }
                        _ => format!("{}_{at}", rng.pick(&["note", "body", "x", "größe"])),
                    };
                    format!("{}{}:{}", json_string(rng, &key), space(rng), json(rng, depth + 1, planted))
                })
                .collect();
            format!("{{{}}}", members.join(","))
        }
    };
    format!("{before}{value}{}", space(rng))
}

fn form(rng: &mut Rng, planted: &mut Vec<String>) -> String {
    let mut pairs = Vec::new();
    for at in 0..=rng.below(5) {
        let value = prose(rng, planted);
        let name = format!("{}[{at}]", rng.pick(&["note", "body", "x"]));
        let name = percent(rng, &name);
        pairs.push(format!("{name}={}", percent(rng, &value)));
    }
    pairs.join("&")
}

fn percent(rng: &mut Rng, text: &str) -> String {
    let often = rng.below(3) == 0;
    let mut out = String::new();
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if byte == b' ' && rng.below(2) == 0 {
            out.push('+');
        } else if plain && !(often && rng.below(4) == 0) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn made(seed: u64) -> Made {
    let rng = &mut Rng(seed);
    let mut planted = Vec::new();
    let (body, content_type) = match rng.below(4) {
        0 | 1 => {
            let top = json(rng, 0, &mut planted);
            // A document whose first byte opens something: a bare number is text.
            (format!("{{\"a\":{top}}}"), rng.pick(&[JSON, JSON, "", FORM]))
        }
        2 => (form(rng, &mut planted), FORM),
        _ => (format!("{}\n{}", prose(rng, &mut planted), prose(rng, &mut planted)), TEXT),
    };
    Made { body: body.into_bytes(), content_type, planted }
}

fn redact(redactor: &Redactor, made: &Made, scratch: &mut Scratch, session: &mut Session) -> Outcome {
    redactor.redact(Input::new(&made.body).content_type(made.content_type), scratch, session)
}

/// The body with JSON escapes and `%XX` undone, whatever it is: for looking, not for reading.
fn unescaped(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let hex = |from: usize, to: usize| {
            let digits = body.get(at + from..at + to).and_then(|d| std::str::from_utf8(d).ok())?;
            u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
        };
        if byte == b'\\' && body.get(at + 1) == Some(&b'u') {
            let c = hex(2, 6).and_then(char::from_u32).unwrap_or('\u{fffd}');
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            at += 6;
        } else if byte == b'\\' {
            out.extend(body.get(at + 1));
            at += 2;
        } else if byte == b'%'
            && let Some(code) = hex(1, 3)
        {
            out.push(u8::try_from(code).unwrap_or(b'?'));
            at += 3;
        } else {
            out.push(if byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    out
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// The document with strings as `s` and numbers and nulls as `n`: what must stay the same of it.
fn skeleton(json: &[u8]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        if byte == b'"' {
            at += 1;
            while json[at] != b'"' {
                at += if json[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
            out.push('s');
        } else if byte == b'-' || byte.is_ascii_digit() {
            while json.get(at).is_some_and(|b| b.is_ascii_digit() || b"-+.eE".contains(b)) {
                at += 1;
            }
            out.push('n');
        } else if json[at..].starts_with(b"null") {
            at += 4;
            out.push('n');
        } else {
            out.push(char::from(byte));
            at += 1;
        }
    }
    out
}

// ---------------------------------------------------------------------------------------------------------
// Promises 1, 2, 4, 5 and the fixpoint

#[test]
fn generated_bodies_keep_the_promises() {
    let (one, other) = (default(), default());
    let (mut scratch, mut others) = (Scratch::new(), Scratch::new());
    let (mut planted, mut changed) = (0, 0);
    for seed in 0..CASES {
        let made = made(seed);
        let mut session = Session::new();
        let outcome = redact(&one, &made, &mut scratch, &mut session);
        let told = |what: &str| format!("seed {seed}: {what}\n{}", String::from_utf8_lossy(&made.body));
        let output = outcome.body(&made.body).unwrap_or_else(|| panic!("{}", told("blocked")));
        planted += made.planted.len();
        changed += usize::from(outcome.verdict() == Verdict::Redacted);

        // 1. No finding's byte leaves.
        let readable = unescaped(output);
        for value in &made.planted {
            assert!(!holds(output, value) && !holds(&readable, value), "{}", told(&format!("{value} left")));
        }
        // 2. Everything else is untouched, and what was valid stays valid.
        let findings = outcome.report().findings();
        let spans: Vec<[u32; 2]> =
            findings.iter().flat_map(Finding::ranges).map(|s| [s.start, s.end]).collect();
        assert!(only_spans_changed(&made.body, output, &spans), "{}", told("bytes outside findings changed"));
        if made.body.starts_with(b"{\"a\":") {
            assert!(serde_json::from_slice::<Value>(output).is_ok(), "{}", told("no JSON any more"));
            assert_eq!(skeleton(&made.body), skeleton(output), "{}", told("another structure"));
        }
        // 4. No value in anything that is told.
        let said = format!("{outcome:?} {:?} {session:?} {scratch:?}", outcome.report());
        for value in &made.planted {
            let bytes = format!("{:?}", value.as_bytes());
            let bytes = bytes.trim_matches(['[', ']']);
            assert!(!said.contains(value) && !said.contains(bytes), "{}", told("Debug tells a value"));
        }
        // 5. The same again, by another redactor of the same policy and key. Fresh memory costs too much to
        // be taken for each.
        if seed % 100 == 0 {
            others = Scratch::new();
        }
        let again = redact(&other, &made, &mut others, &mut Session::new());
        assert_eq!(again.report(), outcome.report(), "{}", told("another report"));
        assert_eq!(again.body(&made.body), Some(output), "{}", told("another output"));
        // And the output is a fixpoint.
        let sent = Made { body: output.to_vec(), ..made };
        let twice = redact(&one, &sent, &mut scratch, &mut Session::new());
        let text = String::from_utf8_lossy(&sent.body);
        assert_eq!(twice.body(&sent.body), Some(&*sent.body), "seed {seed}: not a fixpoint\n{text}");
    }
    assert!(planted > 3000 && changed > 1000, "{planted} values in {changed} bodies: the generator is dull");
}

#[test]
fn broken_bodies_leak_no_more_than_whole_ones() {
    let redactor = default();
    let mut scratch = Scratch::new();
    for seed in 0..CASES / 4 {
        let rng = &mut Rng(!seed);
        let whole = made(seed);
        // In a form a plus sign is a space, and the number no international one.
        let value = loop {
            let value = sensitive(rng);
            if !value.contains('+') {
                break value;
            }
        };
        let at = rng.below(whole.body.len() + 1);
        let stray = rng.pick(&["", "\"", "}", "]", "{", ",", "\\", "\u{0}", "&", "%", "\u{feff}"]);
        // A value in plain sight behind whatever went wrong.
        let mut body = [&whole.body[..at], stray.as_bytes(), b" ", value.as_bytes(), b" "].concat();
        if rng.below(2) == 0 {
            body.extend_from_slice(&whole.body[at..]);
        }
        let made = Made { body, content_type: whole.content_type, planted: Vec::new() };
        let outcome = redact(&redactor, &made, &mut scratch, &mut Session::new());
        if let Some(output) = outcome.body(&made.body) {
            let text = String::from_utf8_lossy(&made.body);
            assert!(!holds(output, &value), "seed {seed}: {value} left\n{text}");
        }
    }
}

// ---------------------------------------------------------------------------------------------------------
// Conversations

fn chat(messages: &[(&str, String)]) -> String {
    let messages: Vec<Value> = messages
        .iter()
        .map(|(role, content)| serde_json::json!({ "role": role, "content": content }))
        .collect();
    serde_json::json!({ "model": "gpt-5", "messages": messages }).to_string()
}

fn contents(body: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(body).expect("JSON");
    let messages = body["messages"].as_array().expect("messages");
    messages.iter().map(|m| m["content"].as_str().expect("content").to_owned()).collect()
}

/// Ten turns. One client sends the conversation as it left, with tokens; another as its reader saw it,
/// restored. What left once leaves the same again in both.
#[test]
fn a_conversation_of_ten_turns_is_a_fixpoint() {
    let redactor = default();
    let rng = &mut Rng(42);
    let mut scratch = Scratch::new();
    let mut with_tokens: Vec<(&str, String)> = Vec::new();
    let mut restored = with_tokens.clone();
    let mut left: Vec<String> = Vec::new();
    for turn in 0..10 {
        let said = format!("turn {turn}: ask {} about {}", sensitive(rng), sensitive(rng));
        with_tokens.push(("user", said.clone()));
        restored.push(("user", said));
        let mut session = Session::new();
        let mut redacted = |messages: &[(&str, String)], session: &mut Session| {
            let body = chat(messages).into_bytes();
            let outcome = redactor.redact(Input::new(&body).content_type(JSON), &mut scratch, session);
            outcome.body(&body).expect("not blocked").to_vec()
        };
        let sent = redacted(&with_tokens, &mut Session::new());
        let sent_restored = redacted(&restored, &mut session);
        let now = contents(&sent);
        assert_eq!(now, contents(&sent_restored), "turn {turn}");
        assert_eq!(now[..left.len()], left, "turn {turn}: what left before left otherwise");
        assert!(!now[now.len() - 1].contains('@'));
        // The model repeats what it was told.
        let reply = format!("So: {}", now[now.len() - 1]);
        let last = with_tokens.len() - 1;
        with_tokens[last].1.clone_from(&now[last]);
        with_tokens.push(("assistant", reply.clone()));
        let shown = redactor.restore(reply.as_bytes(), TEXT, &session);
        let shown = shown.body.map_or(reply.clone(), |body| String::from_utf8(body).expect("UTF-8"));
        restored.push(("assistant", shown));
        left = now;
        left.push(reply);
    }
}

#[test]
fn tokens_of_an_earlier_key_still_pass() {
    let old = default();
    let body = b"ask anna@example.com";
    let sent = old.redact(Input::new(body), &mut Scratch::new(), &mut Session::new());
    let sent = sent.body(body).expect("not blocked");
    let keyring = Keyring::new(b"a later key of the same shop").and_then(|ring| ring.with_previous(SECRET));
    let rotated = old.with_keyring(keyring.expect("a keyring"));
    let again = rotated.redact(Input::new(sent), &mut Scratch::new(), &mut Session::new());
    assert_eq!(again.verdict(), Verdict::Clean);
    let unrelated = old.with_keyring(Keyring::new(b"a key of another shop").expect("a keyring"));
    let forged = unrelated.redact(Input::new(sent), &mut Scratch::new(), &mut Session::new());
    assert_eq!(forged.report().counts(), [("forged_token", 1)]);
}

// ---------------------------------------------------------------------------------------------------------
// Promise 6

/// Bodies without a finding, as sites send them.
const CLEAN: &[(&str, &str)] = &[
    (
        "application/json",
        r#"{"model":"gpt-5","messages":[{"role":"user","content":"Write a poem about a sieve. \u00e9\/\n"}],"temperature":0.2}"#,
    ),
    (
        "application/json; charset=utf-8",
        r#"{"title":"Blue chair","count":12,"tags":["wood","blue"],"ok":true,"x":null}"#,
    ),
    (
        "application/x-www-form-urlencoded; charset=UTF-8",
        "action=heartbeat&interval=15&data%5Ba%5D=b%20c&text=so+it+is",
    ),
    ("text/plain", "Nothing to see here: 2026-03-14, v1.2.3, #fff, 100 %, <b>bold</b>, a::b == c."),
    ("text/html; charset=\"utf-8\"", "<p>Der blaue Stuhl ist wieder da. Größe und Farbe wählbar.</p>"),
    ("", ""),
];

#[test]
fn a_clean_body_allocates_nothing_once_the_scratch_is_warm() {
    let plain = default();
    let custom = redactor(
        r#"{"version":1,"fields":[{"name":"ticket","entity":"custom:ref"}],"allow":["info@example.com"],
            "rules":[{"id":"r","entity":"custom:ref","pattern":"REF-[0-9]{6}"}]}"#,
    );
    for (policy, redactor) in [("default", plain), ("custom", custom)] {
        let mut scratch = Scratch::new();
        let mut session = Session::new();
        for _ in 0..2 {
            for (content_type, body) in CLEAN {
                let input = Input::new(body.as_bytes()).content_type(content_type);
                assert_eq!(redactor.redact(input, &mut scratch, &mut session).verdict(), Verdict::Clean);
            }
        }
        for (content_type, body) in CLEAN {
            let input = Input::new(body.as_bytes()).content_type(content_type).scope(b"shop>ai");
            let counted = allocation_counter::measure(|| {
                let outcome = redactor.redact(input, &mut scratch, &mut session);
                assert!(outcome.body(body.as_bytes()).is_some());
            });
            assert_eq!(counted.count_total, 0, "{policy} policy, {content_type}: {body}");
        }
    }
}

// ---------------------------------------------------------------------------------------------------------
// Promise 7

/// What an attacker repeats.
const HOSTILE: &[&str] = &[
    "-eyJ",
    "1 ",
    "1",
    "@",
    "a@",
    "a@a.",
    "\"",
    "[",
    "{\"a\":",
    "\\u0031",
    "_9",
    "A_9",
    "key=",
    "key: ",
    "a=",
    "%31",
    "-----BEGIN PRIVATE KEY-----",
    "+49 3",
    "1.1.",
    "a:",
    "DE89 ",
    "sk-",
    "://a:",
    "eyJhbGciOiJIUzI1NiJ9.",
    "\u{e9}",
    "Anna ",
    "order 1",
    "password: a1",
    "EMAIL_9",
    "[email",
    "4111 1111 ",
    "\\",
    "name: Anna B\n",
    "EUR ",
];

/// Nanoseconds that this thread has had of a processor: others use the machine too.
fn spent() -> u64 {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split_ascii_whitespace().next()?.parse().ok())
        .unwrap_or_else(|| u64::try_from(START.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

/// The best of a few runs, as caches and clocks have their own ways.
fn time(redactor: &Redactor, body: &[u8], content_type: &str, scratch: &mut Scratch) -> Duration {
    let run = |scratch: &mut Scratch| {
        let start = spent();
        let outcome =
            redactor.redact(Input::new(body).content_type(content_type), scratch, &mut Session::new());
        std::hint::black_box(outcome.verdict());
        spent() - start
    };
    Duration::from_nanos((0..2).map(|_| run(scratch)).min().unwrap_or_default())
}

#[test]
fn work_grows_with_the_body_and_no_faster() {
    const SMALL: usize = 8 << 10;
    let redactor = default();
    let mut scratch = Scratch::new();
    for text in HOSTILE {
        for (before, content_type) in [("", TEXT), ("{\"a\":\"", JSON), ("a=", FORM)] {
            let body = |bytes: usize| format!("{before}{}", text.repeat(bytes / text.len())).into_bytes();
            time(&redactor, &body(SMALL), content_type, &mut scratch);
            let once = time(&redactor, &body(SMALL), content_type, &mut scratch);
            let fourfold = time(&redactor, &body(4 * SMALL), content_type, &mut scratch);
            // Four times the bytes is four times the work; quadratic work would be sixteen. What is shorter
            // than a few ticks of the clock is not measured.
            let most = (once * 10).max(Duration::from_millis(20));
            assert!(
                fourfold <= most,
                "{text:?} as {content_type}: {once:?}, then {fourfold:?} at four times"
            );
        }
    }
}

#[test]
fn findings_and_tokens_are_bounded_at_their_limits() {
    let replace = redactor(r#"{"version":1,"entities":{"email":"replace"}}"#);
    let token = default();
    let mut scratch = Scratch::new();
    let mut run = |redactor: &Redactor, body: &str| {
        let outcome = redactor.redact(Input::new(body.as_bytes()), &mut scratch, &mut Session::new());
        match outcome.verdict() {
            Verdict::Blocked(error) => error.kind().slug(),
            Verdict::Clean | Verdict::Redacted => "",
        }
    };
    let same = |n: u32| "a@b.example\n".repeat(usize::try_from(n).expect("small"));
    assert_eq!(run(&replace, &same(limits::FINDINGS_MAX)), "");
    assert_eq!(run(&replace, &same(limits::FINDINGS_MAX + 1)), "too_many_findings");
    let distinct = |n: u32| (0..n).map(|at| format!("u{at}@b.example")).collect::<Vec<_>>().join("\n");
    assert_eq!(run(&token, &distinct(limits::SESSION_TOKENS_MAX)), "");
    assert_eq!(run(&token, &distinct(limits::SESSION_TOKENS_MAX + 1)), "session_full");
}

#[test]
fn no_error_tells_a_byte_of_the_body() {
    let blocking = redactor(r#"{"version":1,"entities":{"email":"block"},"limits":{"body_bytes":4096}}"#);
    let canary = "canary.anna@example.com";
    let deep = format!("{}\"{canary}\"", "[".repeat(300));
    let long = canary.repeat(300);
    let nul = format!("{canary}\0");
    let chat = r#"{"model":"sk-proj-Qz7LrV0nT3xKp9Wd2HsB4Gm1","messages":[{"role":"user","content":"canary.anna"}]}"#;
    for (body, slug) in [
        (canary, "blocked_by_policy"),
        (&*deep, "too_deep"),
        (&*long, "body_too_large"),
        (&*nul, "unreadable"),
        (chat, "envelope"),
    ] {
        let mut session = Session::new();
        let outcome = blocking.redact(Input::new(body.as_bytes()), &mut Scratch::new(), &mut session);
        let Verdict::Blocked(error) = outcome.verdict() else { panic!("{slug}: not blocked") };
        assert_eq!(error.kind().slug(), slug);
        assert_eq!(outcome.body(body.as_bytes()), None);
        let said = format!("{error} {error:?} {outcome:?} {session:?}");
        assert!(!said.contains("canary") && !said.contains("Qz7L"), "{slug}: {said}");
    }
}
