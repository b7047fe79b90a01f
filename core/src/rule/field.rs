//! The vocabulary of field names: what a name says about its value.
//!
//! It must not know where names come from (JSON keys, form names, labels in prose).

use crate::entity::Entity;

/// What a field's name says of its value.
///
/// `names` goes from the field's own name outwards (its parents); each is split by the caller's
/// [`words`] into lower-case words. The last path segment counts first.
pub(crate) fn classify(_own: &str, _parent: &str) -> Option<Entity> {
    None
}
