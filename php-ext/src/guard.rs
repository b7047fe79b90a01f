//! Keeps a panic of the core from telling anything.
//!
//! Rust's default hook and ext-php-rs' handler both print the panic's message, and a message may hold
//! the haystack: `text[..1]` on a multi-byte character quotes the whole string. So the hook prints where,
//! never what, and every call of the core runs inside [`guard`], which drops the payload.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

use tamis::Scratch;

/// The core panicked. Nothing more is known, on purpose.
#[derive(Debug)]
pub(crate) struct Fault;

/// Makes every panic of this library print its place and nothing else.
pub(crate) fn install_panic_hook() {
    set_hook(Box::new(|panic| {
        // `eprintln!` would panic on a closed standard error, inside a panic.
        use std::io::Write;
        let _ = match panic.location() {
            Some(place) => writeln!(std::io::stderr(), "tamis: fault at {}:{}", place.file(), place.line()),
            None => writeln!(std::io::stderr(), "tamis: fault"),
        };
    }));
}

/// Runs a call of the core; a panic becomes a [`Fault`].
#[inline]
pub(crate) fn guard<R>(call: impl FnOnce() -> R) -> Result<R, Fault> {
    // Whoever shares state with the closure throws it away on a fault.
    catch_unwind(AssertUnwindSafe(call)).map_err(|payload| {
        drop(payload);
        Fault
    })
}

thread_local! {
    // One a thread, reused by every redactor: a clean call allocates nothing once it is warm.
    static SCRATCH: RefCell<Option<Scratch>> = const { RefCell::new(None) };
}

/// [`guard`] with this thread's scratch, which does not outlive a fault.
#[inline]
pub(crate) fn with_scratch<R>(call: impl FnOnce(&mut Scratch) -> R) -> Result<R, Fault> {
    // The core calls nothing back, so the cell is never borrowed twice.
    SCRATCH.with_borrow_mut(|slot| {
        let scratch = slot.get_or_insert_with(Scratch::new);
        let result = guard(|| call(scratch));
        if result.is_err() {
            *slot = None;
        }
        result
    })
}

/// Panics with the body in its message when a test asks for it.
#[cfg(feature = "panic-test")]
pub(crate) fn panic_when_asked(body: &[u8]) {
    assert!(!body.starts_with(b"panic:"), "the haystack is {}", String::from_utf8_lossy(body));
}
