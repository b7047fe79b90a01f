//! The core as a WebAssembly module: the functions of `ABI.md`, and nothing else.
//!
//! Each function here clears the result words, hands its numbers to [`Instance`](instance::Instance) and
//! writes what came back. It must not know what a rule or a document is, nor how an object is kept.
//!
//! `unsafe` stands here only in attributes: an exported name must be the module's only one of that name, and
//! all of ours begin with `tamis_`.

mod handle;
mod instance;
mod memory;
mod results;

use std::cell::RefCell;

use tamis::HostErrorKind;

use instance::{Instance, Lengths, Refused, Words};

/// `major << 16 | minor` of the interface.
const ABI_VERSION: u32 = 1 << 16;

thread_local! {
    static INSTANCE: RefCell<Instance> = const { RefCell::new(Instance::new()) };
}

/// Runs one call. After a trap the instance is still borrowed, so that every later call is refused.
fn call(work: impl FnOnce(&mut Instance) -> Result<Words, Refused>) -> u32 {
    results::clear();
    INSTANCE.with(|instance| {
        let Ok(mut instance) = instance.try_borrow_mut() else { return code(HostErrorKind::Trap) };
        match work(&mut instance) {
            Ok(words) => {
                results::write(words);
                0
            }
            Err(Refused(code)) => u32::from(code),
        }
    })
}

fn code(kind: HostErrorKind) -> u32 {
    u32::from(kind.code())
}

/// Version of the interface. Not a status.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_abi() -> u32 {
    ABI_VERSION
}

/// Address of the result words. Not a status.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_results() -> u32 {
    results::address()
}

/// Name and sentence of a code.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_error(code: u32) -> u32 {
    call(|_| instance::error(code))
}

/// Where the last refused policy is wrong.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_policy_path() -> u32 {
    call(|instance| Ok(instance.policy_path()))
}

/// A buffer for bytes that go in.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_buffer_new(bytes: u32) -> u32 {
    call(|instance| instance.buffer_new(bytes))
}

/// Frees an object.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_free(handle: u32) -> u32 {
    call(|instance| instance.free(handle))
}

/// A keyring of one secret.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_keyring_new(buffer: u32, secret: u32) -> u32 {
    call(|instance| instance.keyring_new(buffer, secret))
}

/// Adds an earlier secret to a keyring.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_keyring_previous(keyring: u32, buffer: u32, secret: u32) -> u32 {
    call(|instance| instance.keyring_previous(keyring, buffer, secret))
}

/// Compiles a policy.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_redactor_new(keyring: u32, buffer: u32, policy: u32, dictionary: u32) -> u32 {
    call(|instance| instance.redactor_new(keyring, buffer, policy, dictionary))
}

/// The tokens of one exchange.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_session_new() -> u32 {
    call(Instance::session_new)
}

/// Redacts a body.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_redact(
    redactor: u32,
    session: u32,
    buffer: u32,
    body: u32,
    content_type: u32,
    charset: u32,
    scope: u32,
    destination_class: u32,
) -> u32 {
    let lengths = Lengths { body, content_type, charset, scope, destination_class };
    call(|instance| instance.redact(redactor, session, buffer, &lengths))
}

/// The report of an outcome, as JSON.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_outcome_report(outcome: u32) -> u32 {
    call(|instance| instance.outcome_report(outcome))
}

/// Puts a session's values back into a reply.
#[unsafe(no_mangle)]
pub extern "C" fn tamis_restore(
    redactor: u32,
    session: u32,
    buffer: u32,
    reply: u32,
    content_type: u32,
) -> u32 {
    call(|instance| instance.restore(redactor, session, buffer, reply, content_type))
}
