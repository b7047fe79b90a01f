//! Pure checks of a candidate's bytes, one file a scheme, its source cited.
//!
//! It must not know rules, documents or operators: `&[u8] -> bool`.

/// A named check.
pub(crate) type Validator = fn(&[u8]) -> bool;

/// Accepts everything.
pub(crate) fn any(_: &[u8]) -> bool {
    true
}
