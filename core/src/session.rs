//! Tokens handed out in one exchange, and the way back.

/// The exchange.
#[derive(Default)]
pub struct Session {}
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}
/// A reply with its real values.
#[derive(Debug)]
pub struct Restored {
    /// The new reply; `None` when nothing changed.
    pub body: Option<Vec<u8>>,
    /// Tokens put back.
    pub restored: u32,
    /// Tokens seen and left.
    pub unresolved: u32,
}
impl Session {
    /// An empty session.
    pub fn new() -> Self {
        Self::default()
    }
}
