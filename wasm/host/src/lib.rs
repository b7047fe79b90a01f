//! Tamis in a sandbox: the module `tamis.wasm`, embedded through wasmtime. Bytes in, bytes out, as the crate
//! `tamis` has it, but a fault of the core costs one instance and never the process.
//!
//! # Example
//! ```no_run
//! use tamis_host::{Config, Host, Input};
//!
//! let host = Host::new(&std::fs::read("tamis.wasm")?, &Config::new().cache("/var/cache/shop"))?;
//! let mut tamis = host.instance()?;
//!
//! let keyring = tamis.keyring(b"at least sixteen bytes of secret")?;
//! let redactor = tamis.redactor(br#"{"version":1}"#, &keyring)?;
//! let mut session = tamis.session()?;
//!
//! let body = br#"{"prompt":"Write to anna@example.com"}"#;
//! let outcome = tamis.redact(&redactor, Input::new(body), &mut session)?;
//! let sent = outcome.body(body).expect("not blocked").to_vec();
//!
//! let restored = tamis.restore(&redactor, &sent, "application/json", &session)?;
//! assert_eq!(restored.body(), Some(body.as_slice()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What lives how long
//! A [`Host`] is made once a process: it holds the compiled module, and the memory set apart for instances. An
//! [`Instance`] is made once a worker and tenant, and kept: its policies stay compiled. [`Keyring`],
//! [`Redactor`] and [`Session`] belong to the instance that made them; another one refuses them.
//!
//! # What goes wrong
//! [`Error`] holds a code of the one table that all languages share, and no byte of a body. After a trap (a
//! fault of Tamis, no memory, the deadline) the call has yielded nothing, and [`Instance::is_usable`] is false:
//! send nothing, drop the instance, make another.
//!
//! # Building
//! The compiler inside wasmtime is slow without optimisation: run the tests with
//! `cargo test --profile host -p tamis-host`, once `cargo xtask wasm` has built the modules.
//!
//! This crate must not know the core: it embeds `wasm/ABI.md`.
mod cache;
mod config;
mod error;
mod exports;
mod host;
mod input;
mod instance;
mod object;
mod outcome;
mod report;

pub use config::Config;
pub use error::Error;
pub use host::Host;
pub use input::Input;
pub use instance::Instance;
pub use object::{Keyring, Redactor, Session};
pub use outcome::{Outcome, Restored, Verdict};
pub use report::{Finding, Report, Span};
