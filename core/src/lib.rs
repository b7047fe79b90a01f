//! Tamis finds what must not leave a shop in the body of an outbound request, replaces it, and puts
//! the real values back into the reply. Bytes in, bytes out.
//!
//! # Example
//! ```
//! use tamis::{Input, Keyring, Policy, Redactor, Scratch, Session};
//!
//! let keyring = Keyring::new(b"at least sixteen bytes of secret")?;
//! let redactor = Redactor::new(&Policy::default(), keyring)?;
//! let (mut scratch, mut session) = (Scratch::new(), Session::new());
//!
//! let body = br#"{"prompt":"Write to anna@example.com"}"#;
//! let outcome = redactor.redact(Input::new(body), &mut scratch, &mut session);
//! let sent = outcome.body(body).expect("not blocked");
//! assert!(sent.starts_with(br#"{"prompt":"Write to EMAIL_9"#));
//!
//! let restored = redactor.restore(sent, "application/json", &session);
//! assert_eq!(restored.body.as_deref(), Some(body.as_slice()));
//! # Ok::<(), tamis::PolicyError>(())
//! ```
//!
//! # How it is built
//! One direction, no stage looks back: a document reader makes a view of decoded values, finding
//! stages raise candidates, `resolve` makes findings of them, operators say what stands in their
//! place, and the body is rewritten. The core does no I/O, reads no clock, draws no randomness and
//! logs nothing; keys arrive as arguments, working memory belongs to the caller, and no error, report
//! or `Debug` output holds a byte of a body.
#![forbid(unsafe_code)]
#![deny(
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm
)]
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

mod budget;
mod candidate;
mod charset;
mod compile;
mod confidence;
mod dictionary;
mod document;
mod entity;
mod error;
mod field;
mod keyring;
pub mod limits;
mod operator;
mod placeholder;
mod policy;
mod propagate;
mod redactor;
mod report;
mod resolve;
mod restore;
mod rule;
mod scan;
mod session;
mod span;
mod validate;
mod word;

pub use confidence::Confidence;
pub use dictionary::{Dictionary, DictionarySet};
pub use entity::{Entity, Name};
pub use error::{HostErrorKind, PolicyError, PolicyErrorKind, RedactError, RedactErrorKind, describe};
pub use keyring::Keyring;
pub use policy::{CustomField, CustomRule, Numbers, Operator, OperatorKind, Policy};
pub use redactor::{Input, Outcome, Redactor, Scratch};
pub use report::{Finding, Report, Verdict};
pub use session::{Restored, Session};
pub use span::Span;

/// The README's Rust example is held to the code.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
