//! What Tamis must leave alone: signed requests, payment, other services, its own tokens.

use serde_json::{Value, json};
use tamis_tests::provider::Request;

use crate::case::{CHAT, Case, ECHO, chat_args, chat_body, json_args, token};
use crate::shop::{protecting, watching};

/// Headers of AWS' Signature Version 4, as a signer leaves them.
fn sigv4() -> Value {
    json!({
        "Content-Type": "application/json",
        "X-Amz-Date": "20261123T120000Z",
        "X-Amz-Content-Sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Authorization": "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261123/eu-west-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    })
}

fn sent_as_it_was(request: &Request, headers: &Value, body: &str) {
    assert_eq!(request.text(), body);
    for (name, value) in headers.as_object().expect("headers") {
        assert_eq!(request.header(name), value.as_str(), "{name}");
    }
}

#[test]
fn a_signed_request_without_findings_passes_as_it_is() {
    let case = Case::new(protecting(), "signed-clean");
    let body = chat_body("Say hello.");
    let answer = case.send(CHAT, &json!({ "method": "POST", "headers": sigv4(), "body": body }));
    sent_as_it_was(&case.received(), &sigv4(), &body);
    assert_eq!(answer.words(), "Here is what I was told: Say hello.");
    assert_eq!(case.ended("clean")["counts"], json!({}));
}

#[test]
fn a_signed_request_with_findings_is_held_and_never_altered() {
    let mut case = Case::new(protecting(), "signed-findings");
    let body = chat_body(&format!("Answer {}.", case.mail()));
    let answer = case.send(CHAT, &json!({ "method": "POST", "headers": sigv4(), "body": body }));
    case.held(&answer, "signed");
}

#[test]
fn a_signed_request_to_a_service_that_is_watched_passes_with_its_findings() {
    let mut case = Case::new(watching(), "signed-watched");
    let mail = case.mail();
    let body = chat_body(&format!("Answer {mail}."));
    case.send(CHAT, &json!({ "method": "POST", "headers": sigv4(), "body": body }));
    sent_as_it_was(&case.received(), &sigv4(), &body);
    case.nothing_stored();
    assert_eq!(case.event("watched")["counts"]["email"], 1);
}

#[test]
fn no_other_service_is_ever_altered() {
    for (name, class) in [
        ("pay", "payment"),
        ("ship", "shipping"),
        ("tax", "tax"),
        ("post", "mail"),
        ("shop-platform", "platform"),
        ("who-knows", "unknown"),
        ("own-model", "local_ai"),
    ] {
        let mut case = Case::of(protecting(), name, class);
        let mail = case.mail();
        let body = json!({
            "email": mail,
            "card": { "number": "4242424242424242" },
            "name": "Mara Lindqvist",
            "amount": 1999,
        })
        .to_string();
        let headers = json!({
            "Content-Type": "application/json",
            "Authorization": "Bearer sk_live_gizeg8Psh4487Q7j58M1cIaH",
            "Idempotency-Key": "order 1041 of mara",
        });
        let path = format!("{ECHO}?who={}", mail.replace('@', "%40"));
        let answer = case.send(&path, &json!({ "method": "POST", "headers": headers, "body": body }));

        let request = case.received();
        sent_as_it_was(&request, &headers, &body);
        assert_eq!(request.path, path);
        assert_eq!(answer.text(), body);
        case.nothing_stored();
    }
}

#[test]
fn a_payment_that_looks_like_a_chat_is_still_a_payment() {
    let mut case = Case::of(protecting(), "pay-chat", "payment");
    let body = chat_body(&format!("Refund {}.", case.mail()));
    case.send(CHAT, &json_args(&body));
    assert_eq!(case.received().text(), body);
    case.nothing_stored();
}

#[test]
fn a_host_that_nobody_knows_is_an_ai_service_when_its_body_says_so() {
    let mut case = Case::unlisted(protecting(), "unlisted", "127.0.0.3:0");
    let mail = case.mail();
    let plain = format!("note=Answer+{mail}");
    case.send("/v1/messages", &json!({ "method": "POST", "body": plain }));
    case.send("/anything", &chat_args(&format!("Answer {mail}.")));

    let requests = case.received_of(2);
    assert_eq!(requests[0].text(), plain, "a path alone does not make an AI service");
    token(&requests[1].text(), "EMAIL");
    assert!(!requests[1].carries(b"mara.unlisted"));
    case.nothing_stored();
}

#[test]
fn a_conversation_that_is_sent_again_with_our_tokens_is_not_altered() {
    let mut case = Case::new(protecting(), "resent");
    let mail = case.mail();
    case.chat(&format!("Answer {mail}."));
    let first = case.received().text();
    let token = token(&first, "EMAIL");

    let history = json!({ "model": "m", "messages": [
        { "role": "user", "content": format!("Answer {token}.") },
        { "role": "assistant", "content": format!("Dear {token}, thank you.") },
        { "role": "user", "content": "Shorter, please." },
    ]})
    .to_string();
    case.send(CHAT, &json_args(&first));
    case.send(CHAT, &json_args(&history));
    let requests = case.received_of(3);
    assert_eq!((requests[1].text(), requests[2].text()), (first, history));
    case.nothing_leaked();
}

#[test]
fn the_same_value_gets_the_same_token_again_and_another_one_elsewhere() {
    let mut case = Case::new(protecting(), "same-token");
    let mail = case.mail();
    let second = case.second_host("same-token-second", "ai");
    case.chat(&format!("Answer {mail}."));
    case.chat(&format!("And again: {mail}"));
    case.send_to(&second.url(CHAT), &chat_args(&mail));

    let tokens: Vec<String> = case.received_of(2).iter().map(|r| token(&r.text(), "EMAIL")).collect();
    assert_eq!(tokens[0], tokens[1]);
    assert_ne!(
        tokens[0],
        token(&second.requests()[0].text(), "EMAIL"),
        "vendors could join their pseudonyms"
    );
    case.nothing_leaked();
}
