//! What the benchmarks share: bodies with known findings, and the stock engine they are held against.
//!
//! Every body comes out of a fixed seed, so that two machines measure the same bytes. Data is made up.

mod corpus;
mod stock;

pub use corpus::{Body, CHAT_BYTES, MESSAGE_BYTES, ORDER_KEYS, chat, message, order, repeated, text};
pub use stock::Stock;

use tamis::{Keyring, Policy, Redactor};

/// Token by token, as a site starts out.
pub const POLICY_DEFAULT: &str = r#"{"version":1}"#;

/// Replaces whatever the chat request holds, for the figure without tokens.
pub const POLICY_REPLACE: &str = r#"{"version":1,"entities":{"email":"replace","phone":"replace","iban":"replace","credit_card":"replace","ip_address":"replace","api_key":"replace"}}"#;

/// The secret of all benchmarks.
pub const SECRET: &[u8] = b"tamis benches key 0123456789abcdef";

/// A redactor of one of the policies above.
///
/// # Panics
/// When the policy does not compile: there is nothing to measure then.
pub fn redactor(policy: &str) -> Redactor {
    let keyring = Keyring::new(SECRET).expect("the secret is long enough");
    let policy = Policy::from_json(policy.as_bytes()).expect("the policy is valid");
    Redactor::new(&policy, keyring).expect("the policy compiles")
}
