//! What must hold after a call: nothing secret on the wire, the real values on the page.
//!
//! It reads bytes of both sides and the fixture's own list of secrets; it must not use Tamis.

use std::fs;

use serde_json::Value as Json;
use tamis_tests::provider::{Request, contains};
use tamis_tests::wordpress::repository;

use crate::Failure;

/// The shortest value whose digits alone are looked for: shorter ones occur by chance.
const MIN_DIGITS: usize = 9;

/// A value of the fixture that must not leave.
pub(crate) struct Secret {
    pub(crate) entity: String,
    pub(crate) value: String,
    /// Whether it must, or must not, be in the restored reply.
    pub(crate) restored: Option<bool>,
}

/// The secrets in an order of the fixture shop.
pub(crate) fn secrets(order: &str) -> Result<Vec<Secret>, Failure> {
    let path = repository().join("tests/fixtures/wordpress/fixture-shop/data.json");
    let data: Json = serde_json::from_slice(&fs::read(&path)?)
        .map_err(|e| Failure::Failed(format!("fixture-shop/data.json: {e}")))?;
    let rows = data["secrets"][order].as_array().cloned().unwrap_or_default();
    let secrets: Vec<Secret> = rows
        .iter()
        .map(|row| Secret {
            entity: row["entity"].as_str().unwrap_or_default().to_owned(),
            value: row["value"].as_str().unwrap_or_default().to_owned(),
            restored: row["restored"].as_bool(),
        })
        .collect();
    if secrets.is_empty() || secrets.iter().any(|secret| secret.value.is_empty()) {
        return Err(Failure::Failed(format!("fixture-shop/data.json names no secrets of order {order}")));
    }
    Ok(secrets)
}

/// Every secret that the provider saw, in plain or in another spelling.
pub(crate) fn leaks(request: &Request, secrets: &[Secret]) -> Vec<String> {
    let text = unescaped(&request.text());
    let squeezed: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    secrets
        .iter()
        .filter(|secret| {
            let compact: String = secret.value.chars().filter(|c| c.is_alphanumeric()).collect();
            let digits = compact.chars().filter(char::is_ascii_digit).count();
            request.carries(secret.value.as_bytes())
                || contains(text.as_bytes(), secret.value.as_bytes())
                || (digits >= MIN_DIGITS && squeezed.contains(&compact))
        })
        .map(|secret| format!("the provider received the {} `{}`", secret.entity, secret.value))
        .collect()
}

/// Every real value that the shop did not get back, and every one that it must not get back.
pub(crate) fn restoring(restored: &str, page: &str, secrets: &[Secret]) -> Vec<String> {
    let text = unescaped(restored);
    let mut problems = Vec::new();
    for Secret { entity, value, restored } in secrets {
        match restored {
            Some(true) if !text.contains(value.as_str()) => {
                problems.push(format!("the restored reply lacks the {entity} `{value}`"));
            }
            Some(true) if !page.contains(value.as_str()) => {
                problems.push(format!("the page lacks the {entity} `{value}`"));
            }
            Some(false) if text.contains(value.as_str()) => {
                problems.push(format!(
                    "the restored reply holds the {entity} `{value}`, which is never restored"
                ));
            }
            _ => {}
        }
    }
    problems
}

/// Undoes JSON's escapes at every depth: a prompt often holds JSON as text.
pub(crate) fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        units.extend(rest[..at].encode_utf16());
        rest = rest[at..].trim_start_matches('\\');
        let escaped = rest.strip_prefix('u').and_then(|hex| hex.get(..4));
        if let Some(unit) = escaped.and_then(|hex| u16::from_str_radix(hex, 16).ok()) {
            units.push(unit);
            rest = &rest[5..];
        } else if let Some(after) = rest.strip_prefix('n') {
            units.push(u16::from(b'\n'));
            rest = after;
        }
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(value: &str, restored: Option<bool>) -> Secret {
        Secret { entity: "x".to_owned(), value: value.to_owned(), restored }
    }

    fn request(body: &str) -> Request {
        Request {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            raw: body.as_bytes().to_vec(),
            status: 200,
            reply: Vec::new(),
        }
    }

    #[test]
    fn escapes_are_undone_at_every_depth() {
        let text = r#"caf\u00e9 caf\\u00E9 \\\ud83d\ude00 a\/b \\\"q\\n"#;
        assert_eq!(unescaped(text), "café café 😀 a/b \"q\n");
        assert_eq!(unescaped(r"\u00"), "u00");
        assert_eq!(unescaped("\\"), "");
    }

    #[test]
    fn a_leak_is_seen_in_every_spelling() {
        for body in
            ["4539 5787 6362 1486", "4539578763621486", "4539-5787-6362-1486", r"4539\u00205787 6362 1486"]
        {
            assert_eq!(leaks(&request(body), &[secret("4539 5787 6362 1486", None)]).len(), 1, "{body}");
        }
        assert_eq!(leaks(&request(r#"{"a":"Lef\\u00e8vre"}"#), &[secret("Lefèvre", None)]).len(), 1);
        assert!(leaks(&request("PERSON_912345678901234"), &[secret("Lefèvre", None)]).is_empty());
    }

    #[test]
    fn what_must_come_back_and_what_must_not() {
        let both = [secret("Lefèvre", Some(true)), secret("4539", Some(false)), secret("10.0.0.1", None)];
        assert!(restoring(r"Lef\u00e8vre", "Lefèvre", &both).is_empty());
        assert_eq!(restoring("4539", "", &both).len(), 2);
        assert_eq!(restoring("Lefèvre", "", &both).len(), 1);
    }

    #[test]
    fn the_fixture_names_its_secrets() {
        let found = secrets(super::super::ORDER).ok().expect("the fixture's secrets");
        assert!(found.len() >= 10);
        assert!(found.iter().any(|secret| secret.restored == Some(true)));
    }
}
