//! Which parts of a known API's request and reply are protocol, not content.
//!
//! Recognised by the body alone. Envelope values are never altered, nor restored in a reply, so that
//! a conversation that a client replays stays byte-identical. Paths are data; `*` is one step, `**`
//! the rest. It must not know any rule.

use super::{NONE, ValueKind, View};
use crate::span::{index, offset};

/// Protocol paths of OpenAI's chat completions, request and reply.
/// Source: the published API reference of chat completions.
const OPENAI_CHAT: &[&[&str]] = &[
    &["model"],
    &["object"],
    &["id"],
    &["created"],
    &["system_fingerprint"],
    &["service_tier"],
    &["temperature"],
    &["top_p"],
    &["n"],
    &["seed"],
    &["max_tokens"],
    &["max_completion_tokens"],
    &["presence_penalty"],
    &["frequency_penalty"],
    &["top_logprobs"],
    &["reasoning_effort"],
    &["verbosity"],
    &["tool_choice", "**"],
    &["logit_bias", "**"],
    &["modalities", "*"],
    &["response_format", "**"],
    &["stream_options", "**"],
    &["usage", "**"],
    &["messages", "*", "role"],
    &["messages", "*", "tool_call_id"],
    &["messages", "*", "content", "*", "type"],
    &["messages", "*", "tool_calls", "*", "id"],
    &["messages", "*", "tool_calls", "*", "type"],
    &["messages", "*", "tool_calls", "*", "function", "name"],
    &["tools", "*", "type"],
    &["tools", "*", "function", "name"],
    &["tools", "*", "function", "parameters", "**"],
    &["choices", "*", "index"],
    &["choices", "*", "finish_reason"],
    &["choices", "*", "logprobs", "**"],
    &["choices", "*", "message", "role"],
    &["choices", "*", "message", "tool_calls", "*", "id"],
    &["choices", "*", "message", "tool_calls", "*", "type"],
    &["choices", "*", "message", "tool_calls", "*", "function", "name"],
];

/// Longest path that is looked at; deeper values are content.
const PATH_STEPS_MAX: usize = 16;

/// Media that stands in a request as text.
const MEDIA: &[&[u8]] = &[b"data:image/", b"data:audio/", b"data:video/"];

/// Marks envelope and media values; returns how many media values there are.
pub(crate) fn mark(view: &mut View) -> u32 {
    let mut unread = 0_u32;
    let chat = is_chat(view);
    for i in 0..view.values.len() {
        let Some(&value) = view.values.get(i) else { break };
        let media = value.kind == ValueKind::JsonString && {
            let bytes = value.view.of_bytes(&view.text);
            MEDIA.iter().any(|prefix| bytes.starts_with(prefix)) && is_base64_url(bytes)
        };
        let envelope = chat && value.depth == 0 && is_envelope(view, offset(i));
        if let Some(value) = view.values.get_mut(i) {
            value.envelope = envelope;
            value.unread = media;
            unread = unread.saturating_add(u32::from(media));
        }
    }
    unread
}

/// `data:<type>;base64,` with nothing but base64 behind it.
fn is_base64_url(bytes: &[u8]) -> bool {
    let Some(comma) = memchr::memchr(b',', bytes) else { return false };
    bytes.get(..comma).is_some_and(|head| head.len() < 128 && head.ends_with(b";base64"))
        && bytes.get(comma.saturating_add(1)..).is_some_and(|data| {
            data.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
        })
}

/// A chat request has a `model` and `messages[].role`; a reply has `choices[].message`.
fn is_chat(view: &View) -> bool {
    let (mut model, mut role) = (false, false);
    for i in 0..view.values.len() {
        let Some(value) = view.values.get(i).filter(|v| v.name != NONE) else { continue };
        let key = view.bytes(value.name);
        if key != b"model" && key != b"role" {
            continue;
        }
        let mut steps: [&[u8]; PATH_STEPS_MAX] = [b""; PATH_STEPS_MAX];
        match path(view, offset(i), &mut steps) {
            Some([top]) if *top == b"model" => model = true,
            Some([a, _, c]) if *a == b"messages" && *c == b"role" => role = true,
            Some([a, _, b, c]) if *a == b"choices" && *b == b"message" && *c == b"role" => role = true,
            _ => {}
        }
        if model && role {
            return true;
        }
    }
    false
}

/// True when the value, or the value that this key names, stands on an envelope path.
fn is_envelope(view: &View, value: u32) -> bool {
    let mut steps: [&[u8]; PATH_STEPS_MAX] = [b""; PATH_STEPS_MAX];
    let Some(path) = path(view, value, &mut steps) else { return false };
    OPENAI_CHAT.iter().any(|pattern| fits(pattern, path))
}

fn fits(pattern: &[&str], path: &[&[u8]]) -> bool {
    let open = pattern.last() == Some(&"**");
    let fixed = if open { pattern.len().saturating_sub(1) } else { pattern.len() };
    (if open { path.len() > fixed } else { path.len() == fixed })
        && pattern.iter().take(fixed).zip(path).all(|(step, name)| *step == "*" || step.as_bytes() == *name)
}

/// The names from the document's root to a value; an array's element is an empty step.
fn path<'v, 's>(
    view: &'v View,
    value: u32,
    steps: &'s mut [&'v [u8]; PATH_STEPS_MAX],
) -> Option<&'s [&'v [u8]]> {
    let found = view.values.get(index(value))?;
    // A key stands on the path of what it names.
    let own = if found.kind == ValueKind::JsonKey { value } else { found.name };
    let mut at = PATH_STEPS_MAX;
    let mut push = |name: u32| -> Option<()> {
        at = at.checked_sub(1)?;
        *steps.get_mut(at)? = if name == NONE { b"" } else { view.bytes(name) };
        Some(())
    };
    push(own)?;
    let mut container = found.parent;
    while let Some(c) = view.containers.get(index(container)) {
        if c.parent == NONE {
            break;
        }
        push(c.name)?;
        container = c.parent;
    }
    steps.get(at..)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::Format;
    use super::*;

    fn envelope(body: &[u8]) -> Vec<String> {
        let mut view = View::default();
        view.read(body, Format::Json).unwrap();
        mark(&mut view);
        (0_u32..)
            .take(view.values.len())
            .filter(|&i| view.values.get(index(i)).is_some_and(|v| v.envelope && !v.kind.is_name()))
            .map(|i| String::from_utf8_lossy(view.bytes(i)).into_owned())
            .collect()
    }

    #[test]
    fn a_chat_request_has_an_envelope() {
        let body = br#"{"model":"gpt-5","messages":[{"role":"user","content":"hi"}],"max_tokens":5,
            "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"a":{"b":"c"}}}}]}"#;
        assert_eq!(envelope(body), ["gpt-5", "user", "5", "function", "f", "c"]);
    }

    #[test]
    fn other_bodies_have_none() {
        assert!(envelope(br#"{"model":"T-shirt","role":"user","id":7}"#).is_empty());
    }

    #[test]
    fn media_is_unread_and_counted() {
        let mut view = View::default();
        view.read(
            br#"["data:image/png;base64,iVBORw0KGgo=","data:image/png;base64,a b@c.de"]"#,
            Format::Json,
        )
        .unwrap();
        assert_eq!(mark(&mut view), 1);
    }
}
