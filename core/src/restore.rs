//! Puts an exchange's real values back into a reply, where they may stand.

use crate::session::{Restored, Session};

pub(crate) fn restore(_reply: &[u8], _content_type: &str, _session: &Session, _tools: &[String]) -> Restored {
    Restored { body: None, restored: 0, unresolved: 0 }
}
