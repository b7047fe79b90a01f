//! Which values of a JSON document are arguments that a tool would be called with.
//!
//! Looked for by shape at any place, not by one provider's path: what is overlooked would give real
//! values to a tool that the policy does not name. It must not know tokens or values.

use std::collections::BTreeSet;

use crate::document::{NONE, Value, ValueKind, View};
use crate::span::index;

/// Keys that hold a call's arguments. Source: the published references of `OpenAI` chat completions
/// and responses, Anthropic messages, Gemini, Ollama.
const ARGUMENTS: &[&[u8]] = &[b"arguments", b"input", b"args"];
/// Keys whose object is a call.
const CALLS: &[&[u8]] = &[b"function", b"function_call", b"functionCall"];
/// Types of an object that is a call.
const CALL_TYPES: &[&[u8]] =
    &[b"function_call", b"custom_tool_call", b"mcp_call", b"tool_use", b"server_tool_use", b"mcp_tool_use"];

/// The arguments in one document that no value may go to.
#[derive(Default)]
pub(super) struct Tools {
    /// A container each; empty when there is no call.
    objects: Vec<Object>,
}

#[derive(Clone, Copy, Default)]
struct Object {
    is_call: bool,
    name: CallName,
    /// It lies in refused arguments.
    is_closed: bool,
}

/// What the names in an object say. Of two names readers take either: one that is not listed refuses.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum CallName {
    #[default]
    Missing,
    Listed,
    Refused,
}

impl Tools {
    pub(super) fn of(view: &View, allowed: &BTreeSet<&[u8]>) -> Self {
        if !view
            .values
            .iter()
            .any(|v| v.kind == ValueKind::JsonKey && is_one_of(ARGUMENTS, v.view.of_bytes(&view.text)))
        {
            return Self::default();
        }
        let mut objects: Vec<Object> = Vec::with_capacity(view.containers.len());
        for container in &view.containers {
            let is_call = container.name != NONE && is_one_of(CALLS, view.bytes(container.name));
            objects.push(Object { is_call, ..Object::default() });
        }
        for value in view.values.iter().filter(|v| v.kind == ValueKind::JsonString && v.name != NONE) {
            let Some(object) = objects.get_mut(index(value.parent)) else { continue };
            let text = value.view.of_bytes(&view.text);
            match view.bytes(value.name) {
                b"name" => {
                    let is_listed = allowed.contains(text);
                    object.name = match object.name {
                        CallName::Missing | CallName::Listed if is_listed => CallName::Listed,
                        CallName::Missing | CallName::Listed | CallName::Refused => CallName::Refused,
                    };
                }
                b"type" => object.is_call |= is_one_of(CALL_TYPES, text),
                _ => {}
            }
        }
        let mut tools = Self { objects };
        // A container stands behind the one around it.
        for (i, container) in view.containers.iter().enumerate() {
            let is_closed = tools.is_closed_in(view, container.parent, container.name);
            if let Some(object) = tools.objects.get_mut(i) {
                object.is_closed = is_closed;
            }
        }
        tools
    }

    /// True when the value would reach a tool that may not have it.
    pub(super) fn is_closed(&self, view: &View, value: &Value) -> bool {
        !self.objects.is_empty() && self.is_closed_in(view, value.parent, value.name)
    }

    fn is_closed_in(&self, view: &View, parent: u32, name: u32) -> bool {
        self.objects.get(index(parent)).is_some_and(|object| {
            object.is_closed
                || (object.is_call
                    && object.name != CallName::Listed
                    && name != NONE
                    && is_one_of(ARGUMENTS, view.bytes(name)))
        })
    }
}

fn is_one_of(words: &[&[u8]], word: &[u8]) -> bool {
    words.contains(&word)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::document::Format;

    /// The strings `X` and `x` of the document: `x` where a tool may not have them.
    fn check(expected: &str) {
        let body = expected.replace("\"x\"", "\"X\"");
        let mut view = View::default();
        view.read(body.as_bytes(), Format::Json).unwrap();
        let tools = Tools::of(&view, &BTreeSet::from([b"mail".as_slice()]));
        let mut got = body.into_bytes();
        for value in view.values.iter().filter(|v| v.view.of_bytes(&view.text) == b"X") {
            if tools.is_closed(&view, value) {
                got.splice(value.raw.range(), *b"x");
            }
        }
        assert_eq!(String::from_utf8_lossy(&got), expected);
    }

    #[test]
    fn only_named_tools_get_values() {
        check(r#"{"function":{"name":"mail","arguments":"X"}}"#);
        check(r#"{"function":{"name":"post","arguments":"x","note":"X"},"a":"X"}"#);
        check(r#"{"function":{"arguments":"x"}}"#);
        check(r#"{"function":{"arguments":"X","name":"mail"}}"#);
        check(r#"{"function":{"name":"post","name":"mail","arguments":"x"}}"#);
        check(r#"{"function_call":{"name":"Mail","arguments":"x"}}"#);
    }

    #[test]
    fn arguments_that_are_objects_are_arguments() {
        check(r#"{"function":{"name":"post","arguments":{"x":["x",{"b":"x"}]}}}"#);
        check(r#"[{"type":"tool_use","name":"post","input":{"a":"x"}},{"type":"text","text":"X"}]"#);
        check(r#"[{"input":{"a":"x"},"name":"post","type":"tool_use"}]"#);
        check(r#"{"functionCall":{"name":"post","args":{"a":"x"}}}"#);
        check(r#"[{"type":"function_call","name":"mail","arguments":"X"}]"#);
    }

    #[test]
    fn other_objects_are_no_calls() {
        check(r#"{"name":"Form","input":"X","arguments":["X"],"args":{"a":"X"}}"#);
        check(r#"["arguments","X"]"#);
    }
}
