//! Memory, time, fuel and instances: past each, a status code and nothing sent.

use std::time::{Duration, Instant};

use tamis_host::{Config, Host, Input, Instance, Verdict};

use crate::{POLICY, SECRET, check, host, instance, redactor, wasm};

/// A body that takes the module a long while: the costliest repeat there is.
fn costly(bytes: usize) -> Vec<u8> {
    b"a@a.".repeat(bytes / 4)
}

/// Nothing comes of an instance that stopped.
fn is_spent(mut tamis: Instance) {
    assert!(!tamis.is_usable());
    check(tamis.session(), 306);
    check(tamis.keyring(SECRET), 306);
    assert!(!format!("{tamis:?}").contains("usable: true"));
}

#[test]
fn a_deadline_that_passed_stops_the_call() {
    let deadline = Duration::from_millis(5);
    let host = host(&Config::new().instances(2).deadline(deadline));
    let mut tamis = host.instance().expect("an instance");
    let body = costly(8 << 20);
    let start = Instant::now();
    // On a slow machine, the first call may be the one that is stopped.
    let mut run = || {
        let keyring = tamis.keyring(SECRET)?;
        let redactor = tamis.redactor(POLICY, &keyring)?;
        let mut session = tamis.session()?;
        tamis.redact(&redactor, Input::new(&body), &mut session).map(drop)
    };
    check(run(), 305);
    assert!(start.elapsed() >= deadline);
    is_spent(tamis);
    // The next one is as good as new.
    assert!(host.instance().is_ok());
}

#[test]
fn calls_within_the_deadline_are_not_stopped() {
    let host = host(&Config::new().instances(1).deadline(Duration::from_mins(1)));
    let mut tamis = host.instance().expect("an instance");
    let redactor = redactor(&mut tamis);
    let start = Instant::now();
    // Together they take longer than the clock's first ticks.
    while start.elapsed() < Duration::from_millis(300) {
        let mut session = tamis.session().expect("a session");
        let outcome = tamis.redact(&redactor, Input::new(b"anna@example.com"), &mut session);
        assert_eq!(outcome.expect("an outcome").verdict(), &Verdict::Redacted);
    }
}

#[test]
fn memory_that_ran_out_is_a_code() {
    // Room for the module, a redactor and a small body.
    let host = host(&Config::new().no_deadline().instances(2).memory_bytes(16 << 20));
    let mut tamis = host.instance().expect("an instance");
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    // No buffer for so much: the instance lives on.
    let body = costly(32 << 20);
    check(tamis.redact(&redactor, Input::new(&body), &mut session), 304);
    assert!(tamis.is_usable());
    let small = Input::new(b"anna@example.com");
    assert!(tamis.redact(&redactor, small, &mut session).is_ok());
    // The buffer fits, what is made of the body does not: the module stops and says why.
    let addresses: Vec<String> = (0..60_000).map(|n| format!("u{n}@example.com")).collect();
    let body = addresses.join("\n");
    check(tamis.redact(&redactor, Input::new(body.as_bytes()), &mut session), 304);
    assert!(tamis.memory_bytes() <= 16 << 20);
    is_spent(tamis);
    assert!(host.instance().is_ok());
}

#[test]
fn a_cap_below_what_the_module_begins_with_is_refused() {
    let config = Config::new().no_deadline().instances(1).memory_bytes(64 << 10);
    check(Host::new(&wasm("tamis.wasm"), &config), 304);
}

#[test]
fn a_body_larger_than_any_policy_allows_has_no_buffer() {
    let mut tamis = instance();
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    let body = vec![b' '; (64 << 20) + (64 << 10) + 1];
    check(tamis.redact(&redactor, Input::new(&body), &mut session), 304);
    assert!(tamis.is_usable());
    // One that fits a buffer and no policy is blocked like any other.
    let body = &body[..=8 << 20];
    let outcome = tamis.redact(&redactor, Input::new(body), &mut session).expect("an outcome");
    let Verdict::Blocked(error) = outcome.verdict() else { panic!("{outcome:?}") };
    assert_eq!((error.code(), outcome.body(body)), (201, None));
}

#[test]
fn instances_are_counted() {
    let host = host(&Config::new().no_deadline().instances(2));
    let one = host.instance().expect("an instance");
    let other = host.instance().expect("an instance");
    check(host.instance(), 304);
    drop(one);
    assert!(host.instance().is_ok());
    drop(other);
    check(Host::new(&wasm("tamis.wasm"), &Config::new().instances(0)), 304);
}

#[test]
fn fuel_is_counted_the_same_each_time_and_bounds_a_call() {
    let host = host(&Config::new().no_deadline().fuel(1 << 40).instances(2));
    let count = || {
        let mut tamis = host.instance().expect("an instance");
        let redactor = redactor(&mut tamis);
        let mut session = tamis.session().expect("a session");
        let body = br#"{"email":"anna@example.com"}"#;
        tamis.redact(&redactor, Input::new(body), &mut session).expect("an outcome");
        tamis.fuel_used().expect("fuel is counted")
    };
    let used = count();
    assert!(used > 1000, "{used}");
    assert_eq!(used, count());
    assert_eq!(instance().fuel_used(), None);

    let host = crate::host(&Config::new().no_deadline().fuel(10_000).instances(1));
    let mut tamis = host.instance().expect("an instance");
    check(tamis.keyring(SECRET), 305);
    is_spent(tamis);
}

/// The clock is a thread: it must not outlive what it ticks for.
#[cfg(target_os = "linux")]
#[test]
fn the_clock_stops_with_the_last_of_its_host() {
    let clocks = || {
        let threads = std::fs::read_dir("/proc/self/task").expect("threads");
        let names =
            threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
        names.filter(|name| name.trim() == "tamis-clock").count()
    };
    let host = host(&Config::new().instances(1).deadline(Duration::from_secs(1)));
    let tamis = host.instance().expect("an instance");
    drop(host);
    std::thread::sleep(Duration::from_millis(200));
    assert!(clocks() > 0);
    drop(tamis);
    // Other tests have clocks, too, for as long as they run.
    let start = Instant::now();
    while clocks() > 0 {
        assert!(start.elapsed() < Duration::from_mins(1), "the clock ticks for nobody");
        std::thread::sleep(Duration::from_millis(20));
    }
}
