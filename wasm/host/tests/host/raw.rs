//! The interface itself, past this crate: exports of the real module, called with what no host of ours says.
//! `wasm/ABI.md` says what must come of it; nothing may trap.

use wasmtime::{Engine, Instance, Memory, Module, Store, TypedFunc, Val};

use crate::{SECRET, wasm};

/// The module without any host.
struct Raw {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
    results: usize,
}

impl Raw {
    fn new() -> Self {
        let engine = Engine::default();
        let module = Module::new(&engine, wasm("tamis.wasm")).expect("a module");
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).expect("no imports");
        let memory = instance.get_memory(&mut store, "memory").expect("a memory");
        let mut raw = Self { store, instance, memory, results: 0 };
        raw.results = raw.plain("tamis_results") as usize;
        raw
    }

    /// A function that returns no status.
    fn plain(&mut self, name: &str) -> u32 {
        let function: TypedFunc<(), u32> = self.instance.get_typed_func(&mut self.store, name).expect("one");
        function.call(&mut self.store, ()).expect("no trap")
    }

    /// Calls a function: its status and words.
    fn call<const N: usize>(&mut self, name: &str, parameters: [u32; N]) -> (u32, [u32; 8]) {
        let function = self.instance.get_func(&mut self.store, name).expect("a function");
        let parameters = parameters.map(|number| Val::I32(number.cast_signed()));
        let mut result = [Val::I32(0)];
        function.call(&mut self.store, &parameters, &mut result).expect("no trap");
        let bytes = &self.memory.data(&self.store)[self.results..self.results + 32];
        let words = std::array::from_fn(|at| {
            u32::from_le_bytes(bytes[4 * at..4 * at + 4].try_into().expect("four bytes"))
        });
        (result[0].i32().expect("a status").cast_unsigned(), words)
    }

    /// A call that must be made.
    fn done<const N: usize>(&mut self, name: &str, parameters: [u32; N]) -> [u32; 8] {
        let (status, words) = self.call(name, parameters);
        assert_eq!(status, 0, "{name}");
        words
    }

    /// A call that must be refused, and leaves no words.
    #[track_caller]
    fn refused<const N: usize>(&mut self, name: &str, parameters: [u32; N], code: u32) {
        assert_eq!(self.call(name, parameters), (code, [0; 8]), "{name} {parameters:x?}");
    }

    fn buffer(&mut self, bytes: &[u8]) -> u32 {
        let length = u32::try_from(bytes.len()).expect("short");
        let [handle, address, given, ..] = self.done("tamis_buffer_new", [length]);
        assert_eq!(given, length);
        self.memory.write(&mut self.store, address as usize, bytes).expect("in memory");
        handle
    }

    fn keyring(&mut self) -> u32 {
        let buffer = self.buffer(SECRET);
        let secret = u32::try_from(SECRET.len()).expect("short");
        let keyring = self.done("tamis_keyring_new", [buffer, secret])[0];
        self.done("tamis_free", [buffer]);
        keyring
    }
}

/// Handles that were never given out, of every index and many generations.
const NO_HANDLES: [u32; 8] = [0, 1, 0xfff, 0x1000, 0x8000_0000, 0xffff_f000, u32::MAX, 0x1234_5678];

#[test]
fn handles_that_are_none_are_refused_everywhere() {
    let mut raw = Raw::new();
    let keyring = raw.keyring();
    let buffer = raw.buffer(b"body");
    let redactor = raw.done("tamis_redactor_new", [keyring, buffer, 0, 0])[0];
    let session = raw.done("tamis_session_new", [])[0];
    let outcome = raw.done("tamis_redact", [redactor, session, buffer, 4, 0, 0, 0, 0])[0];
    // Never given out, or of another kind.
    for wrong in NO_HANDLES.into_iter().chain([keyring, redactor, session, outcome]) {
        raw.refused("tamis_keyring_new", [wrong, 4], 302);
        raw.refused("tamis_keyring_previous", [keyring, wrong, 4], 302);
        raw.refused("tamis_redactor_new", [keyring, wrong, 0, 0], 302);
        raw.refused("tamis_redact", [redactor, session, wrong, 0, 0, 0, 0, 0], 302);
        raw.refused("tamis_restore", [redactor, session, wrong, 0, 0], 302);
    }
    for wrong in NO_HANDLES.into_iter().chain([buffer, redactor, session, outcome]) {
        raw.refused("tamis_keyring_previous", [wrong, buffer, 4], 302);
        raw.refused("tamis_redactor_new", [wrong, buffer, 0, 0], 302);
    }
    for wrong in NO_HANDLES.into_iter().chain([buffer, keyring, session, outcome]) {
        raw.refused("tamis_redact", [wrong, session, buffer, 0, 0, 0, 0, 0], 302);
        raw.refused("tamis_restore", [wrong, session, buffer, 0, 0], 302);
    }
    for wrong in NO_HANDLES.into_iter().chain([buffer, keyring, redactor, outcome]) {
        raw.refused("tamis_redact", [redactor, wrong, buffer, 0, 0, 0, 0, 0], 302);
        raw.refused("tamis_restore", [redactor, wrong, buffer, 0, 0], 302);
    }
    for wrong in NO_HANDLES.into_iter().chain([buffer, keyring, redactor, session]) {
        raw.refused("tamis_outcome_report", [wrong], 302);
    }
    for wrong in NO_HANDLES {
        raw.refused("tamis_free", [wrong], 302);
    }
    // And all of them are as they were.
    assert_eq!(raw.done("tamis_redact", [redactor, session, buffer, 4, 0, 0, 0, 0])[1], 0);
}

#[test]
fn a_handle_is_freed_once_and_never_comes_again() {
    let mut raw = Raw::new();
    let keyring = raw.keyring();
    let first = raw.done("tamis_session_new", [])[0];
    raw.done("tamis_free", [first]);
    raw.refused("tamis_free", [first], 302);
    // The same place, another generation.
    let mut seen = vec![first];
    for _ in 0..5000 {
        let session = raw.done("tamis_session_new", [])[0];
        assert!(!seen.contains(&session), "{session:x} came again");
        raw.refused("tamis_free", [first], 302);
        raw.done("tamis_free", [session]);
        seen.push(session);
    }
    // What it was made from may go; what is gone is gone.
    let buffer = raw.buffer(b"anna@example.com");
    let redactor = raw.done("tamis_redactor_new", [keyring, buffer, 0, 0])[0];
    raw.done("tamis_free", [keyring]);
    raw.refused("tamis_redactor_new", [keyring, buffer, 0, 0], 302);
    let session = raw.done("tamis_session_new", [])[0];
    let redact = [redactor, session, buffer, 16, 0, 0, 0, 0];
    assert_eq!(raw.done("tamis_redact", redact)[1], 1);
    let outcome = raw.done("tamis_redact", redact)[0];
    raw.done("tamis_free", [session]);
    raw.refused("tamis_redact", redact, 302);
    raw.done("tamis_free", [buffer]);
    raw.done("tamis_free", [redactor]);
    let [_, length, ..] = raw.done("tamis_outcome_report", [outcome]);
    assert!(length > 0);
    raw.done("tamis_free", [outcome]);
    raw.refused("tamis_outcome_report", [outcome], 302);
}

#[test]
fn lengths_out_of_range_are_refused() {
    let mut raw = Raw::new();
    let keyring = raw.keyring();
    let buffer = raw.buffer(b"anna@example.com");
    let redactor = raw.done("tamis_redactor_new", [keyring, buffer, 0, 0])[0];
    let session = raw.done("tamis_session_new", [])[0];
    for length in [17, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        raw.refused("tamis_keyring_new", [buffer, length], 303);
        raw.refused("tamis_keyring_previous", [keyring, buffer, length], 303);
        raw.refused("tamis_redactor_new", [keyring, buffer, length, 0], 303);
        raw.refused("tamis_redactor_new", [keyring, buffer, 0, length], 303);
        for at in 0..5 {
            let mut redact = [redactor, session, buffer, 0, 0, 0, 0, 0];
            redact[3 + at] = length;
            raw.refused("tamis_redact", redact, 303);
        }
        raw.refused("tamis_restore", [redactor, session, buffer, length, 0], 303);
        raw.refused("tamis_restore", [redactor, session, buffer, 0, length], 303);
    }
    // Together too long, and together 0 where 32 bits end.
    raw.refused("tamis_redact", [redactor, session, buffer, 16, 1, 0, 0, 0], 303);
    raw.refused("tamis_redact", [redactor, session, buffer, 4, 4, 4, 4, 1], 303);
    raw.refused("tamis_redact", [redactor, session, buffer, 0x8000_0000, 0x8000_0000, 0, 0, 0], 303);
    raw.refused("tamis_redact", [redactor, session, buffer, u32::MAX, 1, 0, 0, 0], 303);
    raw.refused("tamis_restore", [redactor, session, buffer, u32::MAX, 17], 303);
    // To the last byte is not too long.
    assert_eq!(raw.done("tamis_redact", [redactor, session, buffer, 16, 0, 0, 0, 0])[1], 1);
    raw.done("tamis_redact", [redactor, session, buffer, 4, 4, 4, 2, 2]);
}

#[test]
fn what_this_build_cannot_do_is_refused() {
    let mut raw = Raw::new();
    let keyring = raw.keyring();
    let buffer = raw.buffer(br#"{"version":1}dictionary"#);
    raw.refused("tamis_redactor_new", [keyring, buffer, 13, 10], 308);
    raw.refused("tamis_redactor_new", [keyring, buffer, 0, 1], 308);
    raw.done("tamis_redactor_new", [keyring, buffer, 13, 0]);
    let buffer = raw.buffer(br#"{"version":2}"#);
    raw.refused("tamis_redactor_new", [keyring, buffer, 13, 0], 110);
    let [address, length, ..] = raw.done("tamis_policy_path", []);
    let path = &raw.memory.data(&raw.store)[address as usize..(address + length) as usize];
    assert_eq!(path, b"$.version");
}

#[test]
fn buffers_and_handles_are_bounded() {
    let mut raw = Raw::new();
    let most = (64 << 20) + (64 << 10);
    raw.refused("tamis_buffer_new", [most + 1], 304);
    raw.refused("tamis_buffer_new", [u32::MAX], 304);
    let [buffer, ..] = raw.done("tamis_buffer_new", [most]);
    raw.done("tamis_free", [buffer]);
    raw.done("tamis_buffer_new", [0]);
    let first = raw.done("tamis_session_new", [])[0];
    for _ in 0..4093 {
        raw.done("tamis_session_new", []);
    }
    raw.refused("tamis_session_new", [], 309);
    raw.refused("tamis_buffer_new", [16], 309);
    raw.done("tamis_free", [first]);
    raw.done("tamis_session_new", []);
}

#[test]
fn every_code_has_its_words() {
    let mut raw = Raw::new();
    assert_eq!(raw.plain("tamis_abi"), 1 << 16);
    for code in 0..=1000_u16 {
        let Some((slug, text)) = tamis::describe(code) else {
            raw.refused("tamis_error", [code.into()], 303);
            continue;
        };
        let [slug_at, slug_length, text_at, text_length, ..] = raw.done("tamis_error", [code.into()]);
        let memory = raw.memory.data(&raw.store);
        assert_eq!(&memory[slug_at as usize..(slug_at + slug_length) as usize], slug.as_bytes());
        assert_eq!(&memory[text_at as usize..(text_at + text_length) as usize], text.as_bytes());
    }
    raw.refused("tamis_error", [0x1_0000 + 302], 303);
}

#[test]
fn secrets_are_wiped_where_they_came_in() {
    let mut raw = Raw::new();
    let secret = u32::try_from(SECRET.len()).expect("short");
    for previous in [false, true] {
        let keyring = raw.keyring();
        let [buffer, address, ..] = raw.done("tamis_buffer_new", [64]);
        let place = address as usize..address as usize + 64;
        let wiped = |raw: &Raw| raw.memory.data(&raw.store)[place.clone()].iter().all(|byte| *byte == 0);
        raw.memory.write(&mut raw.store, address as usize, SECRET).expect("in memory");
        assert!(!wiped(&raw));
        if previous {
            raw.done("tamis_keyring_previous", [keyring, buffer, secret]);
        } else {
            raw.done("tamis_keyring_new", [buffer, secret]);
        }
        assert!(wiped(&raw), "the secret is still there");
        // A buffer that is freed leaves nothing of a body.
        raw.memory.write(&mut raw.store, address as usize, b"a body that was here").expect("in memory");
        raw.done("tamis_free", [buffer]);
        let memory = raw.memory.data(&raw.store);
        assert!(
            !memory.windows(20).any(|window| window == b"a body that was here"),
            "the body is still there"
        );
    }
}
