//! Pure checks of a candidate's bytes, one file a scheme, its source cited.
//!
//! It must not know rules, documents or operators: `&[u8] -> bool`.

pub(crate) mod card;
pub(crate) mod digits;
pub(crate) mod email;
pub(crate) mod entropy;
pub(crate) mod gtin;
pub(crate) mod iban;
pub(crate) mod ip;
pub(crate) mod jwt;
pub(crate) mod label;
pub(crate) mod luhn;
pub(crate) mod money;
pub(crate) mod pem;
pub(crate) mod phone;
pub(crate) mod words;

/// A named check.
pub(crate) type Validator = fn(&[u8]) -> bool;

/// Accepts everything.
pub(crate) fn any(_: &[u8]) -> bool {
    true
}
