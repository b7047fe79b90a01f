//! Keyrings, redactors and sessions: handles that know whose they are.
//!
//! A handle that is dropped cannot be freed at once, as that is a call into its instance. It is noted, and the
//! instance frees it at its next call. It must not know what the objects are for.

use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

/// What an instance and its objects share: the handles that nobody holds any more.
#[derive(Default)]
pub(crate) struct Owner {
    dropped: Mutex<Vec<u32>>,
}

impl Owner {
    /// Moves what was dropped into `into`, which is empty.
    pub(crate) fn take_dropped(&self, into: &mut Vec<u32>) {
        // A push or a swap does not panic half-way.
        mem::swap(&mut *self.dropped.lock().unwrap_or_else(PoisonError::into_inner), into);
    }

    fn note_dropped(&self, handle: u32) {
        self.dropped.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
    }
}

/// A handle, freed when it is dropped.
pub(crate) struct Handle {
    owner: Arc<Owner>,
    number: u32,
}

impl Handle {
    pub(crate) fn new(owner: &Arc<Owner>, number: u32) -> Self {
        Self { owner: Arc::clone(owner), number }
    }

    pub(crate) const fn number(&self) -> u32 {
        self.number
    }

    /// The number, if it is one of this instance's.
    pub(crate) fn of(&self, owner: &Arc<Owner>) -> Option<u32> {
        Arc::ptr_eq(&self.owner, owner).then_some(self.number)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.owner.note_dropped(self.number);
    }
}

macro_rules! objects {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        $(
            $(#[$meta])*
            pub struct $name(pub(crate) Handle);

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_struct(stringify!($name)).finish_non_exhaustive()
                }
            }
        )+
    };
}

objects! {
    /// The current secret's keys and those of earlier secrets, whose tokens are still recognised. Its redactors
    /// outlive it.
    Keyring,
    /// Compiled rules and a keyring.
    Redactor,
    /// What one exchange has replaced with tokens, and the way back. One a request and its reply: every part of
    /// the request (body, query, headers) shares it.
    Session,
}
