//! Calls with good and with bad numbers, natively: addresses mean nothing here, everything else does.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

const HANDLE: Refused = Refused(302);
const RANGE: Refused = Refused(303);

/// An instance with a keyring, a redactor and a session.
struct Made {
    instance: Instance,
    buffer: u32,
    keyring: u32,
    redactor: u32,
    session: u32,
}

fn made() -> Made {
    let mut instance = Instance::new();
    let buffer = instance.buffer_new(4096).unwrap()[0];
    fill(&mut instance, buffer, b"at least sixteen bytes of secret");
    let keyring = instance.keyring_new(buffer, 32).unwrap()[0];
    let redactor = instance.redactor_new(keyring, buffer, 0, 0).unwrap()[0];
    let session = instance.session_new().unwrap()[0];
    Made { instance, buffer, keyring, redactor, session }
}

/// What a host does through an address.
fn fill(instance: &mut Instance, buffer: u32, bytes: &[u8]) -> u32 {
    let Object::Buffer(buffer) = instance.objects.get_mut(buffer).unwrap() else { panic!("no buffer") };
    buffer[..bytes.len()].copy_from_slice(bytes);
    u32::try_from(bytes.len()).unwrap()
}

fn only_body(body: u32) -> Lengths {
    Lengths { body, content_type: 0, charset: 0, scope: 0, destination_class: 0 }
}

fn sent(instance: &Instance, outcome: u32) -> String {
    let Object::Outcome { outcome, .. } = instance.objects.get(outcome).unwrap() else {
        panic!("no outcome")
    };
    String::from_utf8(outcome.body(&[]).unwrap().to_vec()).unwrap()
}

#[test]
fn a_message_goes_out_and_comes_back() {
    let Made { mut instance, buffer, redactor, session, .. } = made();
    let body = fill(&mut instance, buffer, b"Write to anna@example.com");
    let [outcome, verdict, code, _, bytes, findings, _] =
        instance.redact(redactor, session, buffer, &only_body(body)).unwrap();
    assert_eq!((verdict, code, findings), (1, 0, 1));
    let sent = sent(&instance, outcome);
    assert!(sent.starts_with("Write to EMAIL_9"), "{sent}");
    assert_eq!(sent.len(), bytes as usize);
    let reply = fill(&mut instance, buffer, sent.as_bytes());
    let [handle, _, bytes, restored, unresolved, ..] =
        instance.restore(redactor, session, buffer, reply, 0).unwrap();
    assert_eq!((restored, unresolved, bytes), (1, 0, 25));
    let Object::Restored(text) = instance.objects.get(handle).unwrap() else { panic!("no reply") };
    assert_eq!(text.as_slice(), b"Write to anna@example.com");
    assert!(instance.outcome_report(outcome).unwrap()[1] > 100);
}

#[test]
fn a_clean_body_is_the_one_in_the_buffer() {
    let Made { mut instance, buffer, redactor, session, .. } = made();
    let body = fill(&mut instance, buffer, b"nothing to see");
    let [outcome, verdict, _, address, bytes, findings, _] =
        instance.redact(redactor, session, buffer, &only_body(body)).unwrap();
    assert_ne!(outcome, 0);
    assert_eq!((verdict, bytes, findings), (0, body, 0));
    assert_eq!(address, address_of(instance.buffer(buffer).unwrap().as_ptr()));
}

#[test]
fn what_is_said_of_a_body_is_read_behind_it() {
    let Made { mut instance, buffer, redactor, session, .. } = made();
    fill(&mut instance, buffer, b"email=anna%40example.comapplication/x-www-form-urlencodedutf-8shop|aiai");
    let lengths = Lengths { body: 24, content_type: 33, charset: 5, scope: 7, destination_class: 2 };
    let [outcome, verdict, ..] = instance.redact(redactor, session, buffer, &lengths).unwrap();
    assert_eq!(verdict, 1);
    let here = sent(&instance, outcome);
    assert!(here.starts_with("email=EMAIL_9"), "{here}");
    fill(&mut instance, buffer, b"email=anna%40example.comapplication/x-www-form-urlencodedutf-8else|aiai");
    let elsewhere = instance.redact(redactor, session, buffer, &lengths).unwrap()[0];
    assert_ne!(sent(&instance, elsewhere), here);
}

#[test]
fn a_blocked_body_is_a_verdict() {
    let Made { mut instance, buffer, redactor, session, .. } = made();
    let body = fill(&mut instance, buffer, b"\x1f\x8b\x08\0\0");
    let [outcome, verdict, code, address, bytes, ..] =
        instance.redact(redactor, session, buffer, &only_body(body)).unwrap();
    assert_eq!((verdict, code, address, bytes), (2, 207, 0, 0));
    assert!(instance.outcome_report(outcome).is_ok());
}

#[test]
fn lengths_beyond_the_buffer_are_refused() {
    let Made { mut instance, buffer, keyring, redactor, session } = made();
    assert_eq!(instance.redact(redactor, session, buffer, &only_body(4097)), Err(RANGE));
    assert_eq!(instance.redact(redactor, session, buffer, &only_body(u32::MAX)), Err(RANGE));
    let wraps = Lengths { body: 1, content_type: u32::MAX, charset: 1, scope: 0, destination_class: 0 };
    assert_eq!(instance.redact(redactor, session, buffer, &wraps), Err(RANGE));
    assert_eq!(instance.restore(redactor, session, buffer, 4096, 1), Err(RANGE));
    assert_eq!(instance.redactor_new(keyring, buffer, u32::MAX, u32::MAX), Err(RANGE));
    assert_eq!(instance.keyring_new(buffer, 4097), Err(RANGE));
    assert!(instance.redact(redactor, session, buffer, &only_body(4096)).is_ok());
}

#[test]
fn handles_of_another_kind_or_freed_are_refused() {
    let Made { mut instance, buffer, keyring, redactor, session } = made();
    let body = only_body(0);
    assert_eq!(instance.redact(session, redactor, buffer, &body), Err(HANDLE));
    assert_eq!(instance.redact(redactor, session, keyring, &body), Err(HANDLE));
    assert_eq!(instance.restore(redactor, buffer, buffer, 0, 0), Err(HANDLE));
    assert_eq!(instance.keyring_new(redactor, 0), Err(HANDLE));
    assert_eq!(instance.keyring_previous(session, buffer, 32), Err(HANDLE));
    assert_eq!(instance.redactor_new(buffer, buffer, 0, 0), Err(HANDLE));
    assert_eq!(instance.outcome_report(session), Err(HANDLE));
    // A refused call takes nothing: the session is still there.
    assert!(instance.redact(redactor, session, buffer, &body).is_ok());
    assert_eq!(instance.free(keyring), Ok([0; WORDS]));
    assert_eq!(instance.free(keyring), Err(HANDLE));
    assert_eq!(instance.free(0), Err(HANDLE));
    // A redactor keeps what it was made of.
    assert!(instance.redact(redactor, session, buffer, &body).is_ok());
    instance.free(redactor).unwrap();
    assert_eq!(instance.redact(redactor, session, buffer, &body), Err(HANDLE));
}

#[test]
fn policies_are_refused_with_code_and_path() {
    let Made { mut instance, buffer, keyring, .. } = made();
    let mut refused = |policy: &[u8]| {
        let length = fill(&mut instance, buffer, policy);
        let code = instance.redactor_new(keyring, buffer, length, 0).unwrap_err().0;
        (code, instance.policy_path.clone())
    };
    assert_eq!(refused(br#"{"version":2}"#), (110, "$.version".into()));
    assert_eq!(refused(br#"{"version":1,"min_engine":"99.0.0"}"#), (111, "$.min_engine".into()));
    assert_eq!(refused(b"{"), (101, "$".into()));
    assert!(instance.redactor_new(keyring, buffer, 0, 0).is_ok());
    assert!(instance.policy_path.is_empty());
}

#[test]
fn dictionary_bytes_are_refused() {
    let Made { mut instance, buffer, keyring, .. } = made();
    assert_eq!(instance.redactor_new(keyring, buffer, 0, 1), Err(Refused(308)));
}

#[test]
fn secrets_are_wiped_and_measured() {
    let Made { mut instance, buffer, keyring, .. } = made();
    fill(&mut instance, buffer, b"an earlier secret of the shop");
    assert_eq!(instance.keyring_previous(keyring, buffer, 29), Ok([0; WORDS]));
    assert_eq!(instance.buffer(buffer).unwrap()[..29], [0; 29]);
    fill(&mut instance, buffer, b"too short");
    assert_eq!(instance.keyring_new(buffer, 9), Err(Refused(120)));
    assert_eq!(instance.buffer(buffer).unwrap()[..9], [0; 9]);
}

#[test]
fn a_buffer_has_a_limit() {
    let mut instance = Instance::new();
    assert_eq!(instance.buffer_new(BUFFER_BYTES_MAX + 1), Err(Refused(304)));
    assert!(instance.buffer_new(BUFFER_BYTES_MAX).is_ok());
    let empty = instance.buffer_new(0).unwrap()[0];
    assert_ne!(empty, 0);
}

#[test]
fn codes_are_described() {
    assert_eq!(error(302).unwrap()[1], 6);
    assert_eq!(error(1), Err(RANGE));
    assert_eq!(error(65_536 + 302), Err(RANGE));
}
