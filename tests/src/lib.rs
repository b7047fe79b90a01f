//! What the tests of every target share, so that each of them asserts on the same bytes.
//!
//! [`provider`] is the other side of the wire: an "AI provider" on loopback that records what it was
//! sent. [`wordpress`] boots real WordPress sites. Neither knows how Tamis finds or replaces anything.
//!
//! ```
//! use tamis_tests::{http, provider::Provider};
//!
//! let provider = Provider::start("127.0.0.1:0")?;
//! let question = br#"{"model":"m","messages":[{"role":"user","content":"Hello"}]}"#;
//! let reply = http::post(&provider.url("/v1/chat/completions"), "application/json", question)?;
//! assert!(reply.text().contains("Here is what I was told: Hello"));
//! assert_eq!(provider.requests()[0].body, question);
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod base64;
pub mod generate;
pub mod http;
pub mod provider;
pub mod vectors;
mod wire;
pub mod wordpress;
