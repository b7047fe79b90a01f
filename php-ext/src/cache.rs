//! Policies compiled once per process and content.
//!
//! The key is the policy's whole text and the ids of all secrets, never a pointer: PHP reuses those.
//! In a threaded PHP the compiled rules are shared; they do not change once they are made.

use std::sync::{Arc, Mutex, PoisonError};

/// Compiled policies that a process keeps, the least recently used goes first.
pub(crate) const POLICIES_MAX: usize = 16;

struct Entry {
    json: Box<[u8]>,
    key_ids: Box<str>,
    redactor: Arc<tamis::Redactor>,
}

// Most recently used last.
static ENTRIES: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// What `phpinfo()` tells of the cache.
pub(crate) struct State {
    pub(crate) policies: usize,
    pub(crate) text_bytes: usize,
}

pub(crate) fn state() -> State {
    let entries = ENTRIES.lock().unwrap_or_else(PoisonError::into_inner);
    State {
        policies: entries.len(),
        text_bytes: entries.iter().map(|entry| entry.json.len()).fold(0, usize::saturating_add),
    }
}

/// The redactor of this policy and these keys, if it is there.
pub(crate) fn get(json: &[u8], key_ids: &str) -> Option<Arc<tamis::Redactor>> {
    let mut entries = ENTRIES.lock().unwrap_or_else(PoisonError::into_inner);
    let at = entries.iter().rposition(|entry| *entry.key_ids == *key_ids && *entry.json == *json)?;
    entries[at..].rotate_left(1);
    entries.last().map(|entry| Arc::clone(&entry.redactor))
}

/// Keeps a redactor. Objects that use the one that goes keep it alive.
pub(crate) fn put(json: &[u8], key_ids: &str, redactor: &Arc<tamis::Redactor>) {
    let mut entries = ENTRIES.lock().unwrap_or_else(PoisonError::into_inner);
    if entries.len() >= POLICIES_MAX {
        entries.remove(0);
    }
    entries.push(Entry { json: json.into(), key_ids: key_ids.into(), redactor: Arc::clone(redactor) });
}
