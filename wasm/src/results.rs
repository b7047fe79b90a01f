//! The result words: eight numbers at a fixed place that a host reads after each call.
//!
//! A leaf: it must not know what they mean. Atomics are plain stores where there are no threads, and need
//! no `unsafe`.

use std::sync::atomic::{AtomicU32, Ordering};

/// Words that a call yields.
pub(crate) const WORDS: usize = 7;

/// What a call yields; unused ones are 0.
pub(crate) type Words = [u32; WORDS];

/// The words of a call, and behind them the trap word.
static RESULTS: [AtomicU32; WORDS + 1] = [const { AtomicU32::new(0) }; WORDS + 1];

/// Where the words are. Cut off on a host with larger addresses, which has no use for it.
pub(crate) fn address() -> u32 {
    address_of(RESULTS.as_ptr())
}

/// An address as a number of the interface.
pub(crate) fn address_of<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(u32::MAX)
}

/// All words but the trap word become 0.
pub(crate) fn clear() {
    write([0; WORDS]);
}

/// Sets the words of a call.
pub(crate) fn write(words: Words) {
    for (slot, word) in RESULTS.iter().zip(words) {
        slot.store(word, Ordering::Relaxed);
    }
}

/// Tells why the instance is about to trap; 0 takes it back.
pub(crate) fn set_trap(code: u16) {
    if let Some(word) = RESULTS.last() {
        word.store(code.into(), Ordering::Relaxed);
    }
}
