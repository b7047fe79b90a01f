//! Keyrings, redactors and sessions: whose they are, what becomes of them, and what they tell.

use std::fmt::Write as _;

use tamis_host::{Host, Input, Instance, Outcome, Redactor, Session, Verdict};

use crate::{HOST, JSON, POLICY, SECRET, check, instance, redactor};

const BODY: &[u8] = br#"{"prompt":"Write to anna@example.com"}"#;

fn redacted(tamis: &mut Instance, redactor: &Redactor, session: &mut Session) -> Vec<u8> {
    let input = Input::new(BODY).content_type(JSON).scope(b"shop>ai");
    let outcome = tamis.redact(redactor, input, session).expect("an outcome");
    outcome.into_body().expect("a new body")
}

#[test]
fn what_leaves_comes_back() {
    let mut tamis = instance();
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    let sent = redacted(&mut tamis, &redactor, &mut session);
    assert!(sent.starts_with(br#"{"prompt":"Write to EMAIL_9"#));
    let restored = tamis.restore(&redactor, &sent, JSON, &session).expect("restored");
    assert_eq!((restored.body(), restored.restored(), restored.unresolved()), (Some(BODY), 1, 0));
    assert_eq!(restored.into_body().as_deref(), Some(BODY));
    // In another exchange nothing does.
    let other = tamis.session().expect("a session");
    let restored = tamis.restore(&redactor, &sent, JSON, &other).expect("restored");
    assert_eq!((restored.body(), restored.restored(), restored.unresolved()), (None, 0, 1));
}

#[test]
fn a_clean_body_is_the_input_and_a_blocked_one_is_nothing() {
    let mut tamis = instance();
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    let clean = b"nothing to see here".as_slice();
    let outcome = tamis.redact(&redactor, Input::new(clean), &mut session).expect("an outcome");
    assert_eq!((outcome.verdict(), outcome.findings()), (&Verdict::Clean, 0));
    assert!(std::ptr::eq(outcome.body(clean).expect("clean"), clean));
    assert_eq!(outcome.into_body(), None);
    for empty in [b"".as_slice(), b" "] {
        let outcome = tamis.redact(&redactor, Input::new(empty), &mut session).expect("an outcome");
        assert_eq!(outcome.body(empty), Some(empty));
        let restored = tamis.restore(&redactor, empty, "", &session).expect("restored");
        assert_eq!((restored.body(), restored.restored()), (None, 0));
    }
    let blocked = b"anna@example.com\0".as_slice();
    let outcome = tamis.redact(&redactor, Input::new(blocked), &mut session).expect("an outcome");
    let Verdict::Blocked(error) = outcome.verdict() else { panic!("{outcome:?}") };
    assert_eq!((error.code(), error.slug(), error.path()), (207, "unreadable", ""));
    assert_eq!(tamis::describe(207), Some((error.slug(), error.text())));
    assert_eq!(outcome.body(blocked), None);
    assert_eq!(outcome.into_body(), None);
}

#[test]
fn a_report_is_read() {
    let mut tamis = instance();
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    let mut outcome =
        tamis.redact(&redactor, Input::new(BODY).content_type(JSON), &mut session).expect("one");
    let report = outcome.report().expect("a report");
    assert_eq!((report.verdict(), report.code(), report.one_way(), report.unread()), ("redacted", 0, 0, 0));
    assert_eq!(report.counts().collect::<Vec<_>>(), [("email", 1)]);
    let [finding] = report.findings() else { panic!("{report:?}") };
    let said = (finding.rule(), finding.entity_name(), finding.operator(), finding.confidence());
    assert_eq!(said, ("contact.email", "email", "token", "high"));
    assert_eq!(&BODY[finding.ranges()[0].range()], b"anna@example.com");
    // The body is still there.
    assert!(outcome.body(BODY).expect("redacted").starts_with(br#"{"prompt":"Write to EMAIL_9"#));
}

#[test]
fn another_instance_refuses_what_is_not_its_own() {
    let (mut one, mut other) = (instance(), instance());
    let keyring = one.keyring(SECRET).expect("a keyring");
    check(other.redactor(POLICY, &keyring), 302);
    check(other.with_previous(keyring, SECRET), 302);
    let (mine, theirs) = (redactor(&mut one), redactor(&mut other));
    let mut session = one.session().expect("a session");
    let mut their_session = other.session().expect("a session");
    check(other.redact(&mine, Input::new(BODY), &mut their_session), 302);
    check(other.redact(&theirs, Input::new(BODY), &mut session), 302);
    check(other.restore(&theirs, BODY, JSON, &session), 302);
    check(other.restore(&mine, BODY, JSON, &their_session), 302);
    // Neither is any the worse.
    redacted(&mut one, &mine, &mut session);
    redacted(&mut other, &theirs, &mut their_session);
}

#[test]
fn what_is_dropped_is_freed() {
    let mut tamis = instance();
    let keyring = tamis.keyring(SECRET).expect("a keyring");
    let redactor = tamis.redactor(POLICY, &keyring).expect("a redactor");
    drop(keyring);
    // More than an instance has handles for at once.
    let mut bytes = 0;
    for turn in 0..10_000 {
        let mut session = tamis.session().expect("a session");
        let sent = redacted(&mut tamis, &redactor, &mut session);
        tamis.restore(&redactor, &sent, JSON, &session).expect("restored");
        if turn == 100 {
            bytes = tamis.memory_bytes();
        }
    }
    assert_eq!(tamis.memory_bytes(), bytes, "memory grows");
    // Sessions alone, without any other call.
    for _ in 0..10_000 {
        drop(tamis.session().expect("a session"));
    }
    // Those that are kept are bounded.
    let mut kept = Vec::new();
    let error = loop {
        match tamis.session() {
            Ok(session) => kept.push(session),
            Err(error) => break error,
        }
    };
    check::<()>(Err(error), 309);
    assert!(kept.len() > 4000 && tamis.is_usable());
    kept.truncate(4000);
    redacted(&mut tamis, &redactor, &mut kept[0]);
}

#[test]
fn objects_outlive_their_instance_in_peace() {
    let mut tamis = instance();
    let redactor = redactor(&mut tamis);
    let session = tamis.session().expect("a session");
    drop(tamis);
    drop((redactor, session));
}

#[test]
fn an_earlier_key_is_still_known() {
    let mut tamis = instance();
    let old = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    let sent = redacted(&mut tamis, &old, &mut session);
    let mut keyring = tamis.keyring(b"a later key of the same shop").expect("a keyring");
    for earlier in
        [SECRET, b"an earlier key, the second", b"an earlier key, the third", b"the fourth and last"]
    {
        keyring = tamis.with_previous(keyring, earlier).expect("one more");
    }
    let redactor = tamis.redactor(POLICY, &keyring).expect("a redactor");
    let input = Input::new(&sent).content_type(JSON).scope(b"shop>ai");
    let outcome = tamis.redact(&redactor, input, &mut session).expect("an outcome");
    assert_eq!(outcome.verdict(), &Verdict::Clean);
    check(tamis.with_previous(keyring, SECRET), 120);
    check(tamis.keyring(b"too short"), 120);
}

#[test]
fn a_policy_is_refused_with_its_path() {
    let mut tamis = instance();
    let keyring = tamis.keyring(SECRET).expect("a keyring");
    for (policy, code, path) in [
        (r#"{"version":2}"#, 110, "$.version"),
        (r#"{"version":1,"min_engine":"99.0.0"}"#, 111, "$.min_engine"),
        (
            r#"{"version":1,"rules":[{"id":"a","entity":"custom:a","pattern":"("}]}"#,
            107,
            "$.rules[0].pattern",
        ),
        (r#"{"version":1,"#, 101, "$"),
        ("", 101, "$"),
    ] {
        let error = check(tamis.redactor(policy.as_bytes(), &keyring), code);
        assert_eq!(error.path(), path, "{policy}");
    }
    // A refusal is no fault: the next one is taken, and what is refused otherwise has no path.
    tamis.redactor(br#"{"version":1}"#, &keyring).expect("a redactor");
    assert_eq!(check(tamis.keyring(b""), 120).path(), "");
}

#[test]
fn nothing_tells_a_value() {
    let mut tamis = instance();
    let keyring = tamis.keyring(SECRET).expect("a keyring");
    let redactor = tamis.redactor(POLICY, &keyring).expect("a redactor");
    let mut session = tamis.session().expect("a session");
    let input = Input::new(BODY).content_type(JSON).scope(b"scope of canary");
    let mut outcome = tamis.redact(&redactor, input, &mut session).expect("an outcome");
    let mut said = format!("{input:?} {outcome:?} {:?}", outcome.report());
    said.push_str(outcome.report_json().expect("a report"));
    let sent = outcome.into_body().expect("a new body");
    let restored = tamis.restore(&redactor, &sent, JSON, &session).expect("restored");
    let _ = write!(said, "{restored:?}");
    let _ = write!(said, "{tamis:?} {redactor:?} {session:?} {keyring:?} {:?}", *HOST);
    for value in ["anna", "example.com", "canary", "tamis host key", "EMAIL_9"] {
        assert!(!said.contains(value), "{said}");
    }
    let bytes = format!("{:?}", b"anna");
    assert!(!said.contains(bytes.trim_matches(['[', ']'])), "{said}");
}

#[test]
fn hosts_are_shared_and_instances_move() {
    const fn shared<T: Send + Sync + Clone>() {}
    const fn moves<T: Send>() {}
    shared::<Host>();
    moves::<(Instance, Redactor, Session, Outcome<'static>)>();
    let host = HOST.clone();
    let sent = std::thread::spawn(move || {
        let mut tamis = host.instance().expect("an instance");
        let redactor = redactor(&mut tamis);
        let mut session = tamis.session().expect("a session");
        redacted(&mut tamis, &redactor, &mut session)
    });
    let mut tamis = instance();
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    assert_eq!(sent.join().expect("no panic"), redacted(&mut tamis, &redactor, &mut session));
}
