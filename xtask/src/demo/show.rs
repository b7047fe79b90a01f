//! Prints an exchange so that a person sees in one look what left and what did not.

use serde_json::Value as Json;
use tamis_tests::provider::Provider;
use tamis_tests::wordpress::Site;

use super::Exchange;
use super::check::{Secret, unescaped};
use crate::terminal::{Style, Terminal};
use crate::wordpress::engine;

/// The width of a label in front of a value.
const LABEL: usize = 16;
/// A token's digits after the underscore: a 9 and 14 more.
const TOKEN_DIGITS: usize = 15;

pub(crate) fn heading(terminal: Terminal, site: &Site, provider: &Provider) {
    println!("{}", terminal.paint(Style::Title, "Tamis: one order on its way to an AI and back"));
    line(terminal, "site", &format!("{}/ (WordPress {}, {})", site.url, site.wordpress, site.database));
    line(terminal, "host", &format!("PHP with {}", engine(site)));
    line(terminal, "AI provider", &format!("{} (pretend)", provider.url("/v1/chat/completions")));
}

/// The four bodies.
pub(crate) fn exchange(terminal: Terminal, exchange: &Exchange, secrets: &[Secret]) {
    let received = exchange.received.text();
    let reply = String::from_utf8_lossy(&exchange.received.reply).into_owned();
    let tokens = tokens(&received).into_iter().chain(stand_ins(&received, &exchange.written));
    let token_marks: Vec<(String, Style)> = tokens.map(|token| (token, Style::Token)).collect();
    let secret_marks = marks(secrets, Style::Secret);
    // What must not be on the wire is shown as such, should it be there all the same.
    let wire_marks = [token_marks.as_slice(), secret_marks.as_slice()].concat();
    let restored_marks = [marks(secrets, Style::Good).as_slice(), token_marks.as_slice()].concat();

    block(terminal, "1  What the plugin wrote", &exchange.written, &secret_marks);
    block(terminal, "2  What the AI provider received", &received, &wire_marks);
    block(terminal, "3  What it replied", &reply, &wire_marks);
    block(terminal, "4  What the shop shows", &exchange.restored, &restored_marks);
}

fn block(terminal: Terminal, title: &str, body: &str, marks: &[(String, Style)]) {
    println!();
    let size = terminal.paint(Style::Dim, &format!("({} bytes)", body.len()));
    println!("{} {size}", terminal.paint(Style::Title, title));
    print!("{}", terminal.block(&readable(body), marks));
}

/// The messages of a chat request or reply, as a person reads them; another body as it is.
fn readable(body: &str) -> String {
    let json: Json = serde_json::from_str(body).unwrap_or(Json::Null);
    let replies = json["choices"].as_array().map(|choices| choices.iter().map(|choice| &choice["message"]));
    let messages: Vec<&Json> = match (json["messages"].as_array(), replies) {
        (Some(messages), _) => messages.iter().collect(),
        (None, Some(replies)) => replies.collect(),
        (None, None) => return body.to_owned(),
    };
    let mut out = format!("model: {}\n", json["model"].as_str().unwrap_or_default());
    for message in messages {
        let content = message["content"].as_str().map_or_else(|| message["content"].to_string(), unescaped);
        out.push_str(message["role"].as_str().unwrap_or_default());
        out.push_str(": ");
        out.push_str(&content.replace("\n\n", "\n"));
        out.push('\n');
    }
    out
}

fn marks(secrets: &[Secret], style: Style) -> Vec<(String, Style)> {
    let mut marks: Vec<(String, Style)> =
        secrets.iter().map(|secret| (secret.value.clone(), style)).collect();
    // A person is named in parts in an order.
    for secret in secrets.iter().filter(|secret| secret.entity == "person") {
        marks.extend(secret.value.split(' ').map(|part| (part.to_owned(), style)));
    }
    marks
}

/// Everything that has a token's form: `KIND_9` and 14 digits.
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("_9") {
        let kind = text[..at].rfind(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit()));
        let start = kind.map_or(0, |before| before + text[before..].chars().next().map_or(1, char::len_utf8));
        let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if start < at && digits == TOKEN_DIGITS {
            found.push(text[start..=at + TOKEN_DIGITS].to_owned());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Words in brackets that were not in the original: what a value was replaced by for good.
fn stand_ins(text: &str, original: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .match_indices('[')
        .filter_map(|(at, _)| {
            let end = text[at..].find(']')? + at;
            let word = text.get(at + 1..end)?;
            let is_word =
                !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_' || c == ' ');
            is_word.then(|| text[at..=end].to_owned())
        })
        .filter(|word| !original.contains(word.as_str()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The newest event that is about an AI service; the list begins with the newest.
pub(crate) fn last_event(status: &Json) -> Option<&Json> {
    let events = status["events"].as_array()?;
    let about_ai = events.iter().rev().filter(|event| event["class"] == "ai");
    about_ai.max_by_key(|event| event["time"].as_i64().unwrap_or_default())
}

/// What Tamis itself says about the call.
pub(crate) fn event(terminal: Terminal, status: &Json, usual_microseconds: Option<u64>) {
    let Some(event) = last_event(status) else { return };
    println!();
    println!("{}", terminal.paint(Style::Title, "5  What Tamis recorded"));
    let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
    line(terminal, "caller", &text("caller_outer"));
    line(terminal, "destination", &format!("{} ({})", text("destination"), text("host")));
    line(terminal, "what happened", &text("action"));
    if let Some(counts) = event["counts"].as_object() {
        for (entity, count) in counts {
            line(terminal, entity, &format!("{count:>3}"));
        }
    }
    if let Some(usual) = usual_microseconds {
        line(terminal, "time in Tamis", &milliseconds(usual));
    }
    if let Some(first) = event["duration_us"].as_u64() {
        let first = format!("{} (a PHP process compiles the rules once)", milliseconds(first));
        line(terminal, "  first call", &first);
    }
}

fn milliseconds(microseconds: u64) -> String {
    format!("{:>3}.{:03} ms", microseconds / 1000, microseconds % 1000)
}

fn line(terminal: Terminal, label: &str, value: &str) {
    println!("  {}{value}", terminal.paint(Style::Dim, &format!("{label:<LABEL$}")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_found_and_nothing_like_them() {
        let text =
            "é PERSON_912345678901234, xEMAIL_938201746512093 IBAN_91 A_9123456789012345 _912345678901234";
        assert_eq!(tokens(text), ["EMAIL_938201746512093", "PERSON_912345678901234"]);
    }

    #[test]
    fn only_new_words_in_brackets_are_stand_ins() {
        assert_eq!(stand_ins("a [api_key] [1] [ok] [x", "[ok]"), ["[api_key]"]);
    }

    #[test]
    fn a_chat_is_shown_as_its_messages() {
        let body = r#"{"model":"m","messages":[{"role":"user","content":"a\n\nb {\"x\":\"\\u00e9\"}"}]}"#;
        assert_eq!(readable(body), "model: m\nuser: a\nb {\"x\":\"é\"}\n");
        assert_eq!(readable("a=b"), "a=b");
    }
}
