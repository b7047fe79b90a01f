//! Tamis: bytes in, bytes out.
#![forbid(unsafe_code)]

mod entity;
mod error;
mod keyring;
pub mod limits;
mod policy;
mod redactor;
mod report;
mod rule;
mod session;
mod span;
mod validate;

pub use entity::{Entity, Name};
pub use error::{PolicyError, PolicyErrorKind, RedactError, RedactErrorKind};
pub use keyring::Keyring;
pub use policy::{OperatorKind, Policy};
pub use redactor::{Input, Outcome, Redactor, Scratch};
pub use report::{Confidence, Finding, Report, Verdict};
pub use session::{Restored, Session};
pub use span::Span;
