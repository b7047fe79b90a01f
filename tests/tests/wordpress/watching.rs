//! A shop that only watches: nothing is altered, everything is counted, and keys are stopped all the same.

use serde_json::json;
use tamis_tests::provider::Reply;

use crate::case::{CHAT, Case, ECHO, chat_body, json_args};
use crate::shop::{bypassed, deactivated, watching};

/// What a PEM file holds; the base64 is no key.
const PRIVATE_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
    dGhpcyBpcyBubyBwcml2YXRlIGtleSwgb25seSB0ZXh0IDA=\n\
    dGhpcyBpcyBubyBwcml2YXRlIGtleSwgb25seSB0ZXh0IDE=\n\
    -----END PRIVATE KEY-----";

#[test]
fn nothing_is_altered_and_the_counts_are_right() {
    let mut case = Case::new(watching(), "watched");
    let (one, two) = (case.mail(), case.mail_of("omar"));
    let body = json!({
        "model": "m",
        "messages": [{ "role": "user", "content": format!("Answer {one}, {two} and {one}.") }],
        "customer": { "first_name": "Mara", "last_name": "Lindqvist", "email": one },
        "card": "4111 1111 1111 1111",
    })
    .to_string();
    let headers = json!({
        "Content-Type": "application/json",
        "Content-Length": body.len().to_string(),
        "X-Customer": one,
    });
    let path = format!("{CHAT}?lang=de&who={}", two.replace('@', "%40"));
    let answer = case.send(&path, &json!({ "method": "POST", "headers": headers, "body": body }));

    let request = case.received();
    assert_eq!((request.text(), request.path.as_str()), (body, path.as_str()));
    assert_eq!(request.header("x-customer"), Some(one.as_str()));
    assert_eq!(answer.words(), format!("Here is what I was told: Answer {one}, {two} and {one}."));
    case.nothing_stored();
    let event = case.event("watched");
    assert_eq!(event["mode"], "watching");
    let counts = &event["counts"];
    // Three in the prose, one in the field, one in the query, one in the header.
    assert_eq!(
        (&counts["email"], &counts["credit_card"], &counts["person"]),
        (&json!(6), &json!(1), &json!(2))
    );
}

#[test]
fn a_clean_call_is_counted_by_the_hour() {
    let case = Case::new(watching(), "watched-clean");
    for _ in 0..3 {
        case.chat("Say hello.");
    }
    // Across the turn of an hour there would be two counters.
    let events = watching().events("watched-clean");
    let calls: u64 = events.iter().filter_map(|event| event["calls"].as_u64()).sum();
    assert!(calls == 3 && events.len() <= 2, "{events:?}");
}

#[test]
fn what_cannot_be_read_is_recorded_and_left_alone() {
    for (name, content_type, reason) in [
        ("watched-charset", "application/json; charset=utf-7", "unreadable"),
        ("watched-limit", "application/json", "limit"),
    ] {
        let mut case = Case::new(watching(), name);
        let mail = case.mail();
        case.provider.set_reply(CHAT, Reply::chat("read"));
        case.give("body", chat_body(&format!("Answer {mail}.")));
        case.give("fill", if reason == "limit" { 8 << 20 } else { 1 });
        case.before(
            "$case['args']['body'] = $case['data']['body'] . str_repeat( ' ', $case['data']['fill'] );",
        );
        let args = json!({ "method": "POST", "timeout": 30, "headers": { "Content-Type": content_type } });
        assert_eq!(case.send(CHAT, &args).words(), "read", "{name}");
        assert!(case.received().carries(mail.as_bytes()));
        case.nothing_stored();
        assert_eq!(case.event("watched")["reason"], reason);
    }
}

#[test]
fn a_private_key_is_held_even_so() {
    for (name, wrap) in [("watched-key", false), ("watched-key-form", true)] {
        let mut case = Case::new(watching(), name);
        case.secret("dGhpcyBpcyBubyBwcml2YXRlIGtleSwgb25seSB0ZXh0IDE");
        let answer = if wrap {
            case.send(CHAT, &json!({ "method": "POST", "body": { "prompt": ["Why?", PRIVATE_KEY] } }))
        } else {
            case.chat(&format!("Why does this not work?\n{PRIVATE_KEY}"))
        };
        case.held(&answer, "private_key");
    }
}

#[test]
fn a_known_key_on_its_way_to_a_host_that_is_not_its_own_is_held_even_so() {
    let mut case = Case::new(watching(), "watched-foreign");
    let key = case.secret("sk_live_gizeg8Psh4487Q7j58M1cIaH");
    let answer = case.chat(&format!("Why does {key} not work?"));
    case.held(&answer, "foreign_key");
}

#[test]
fn a_private_key_that_a_redirect_leads_to_an_ai_service_is_held_even_so() {
    let mut case = Case::of(watching(), "watched-hop", "licence");
    case.secret("dGhpcyBpcyBubyBwcml2YXRlIGtleSwgb25seSB0ZXh0IDE");
    let second = case.second_host("watched-hop-second", "ai");
    let moved = Reply::new("text/plain", "moved").with_status(307);
    case.provider.set_reply("/hop", moved.with_header("Location", &second.url(CHAT)));
    let answer = case.send("/hop", &json!({ "method": "POST", "body": PRIVATE_KEY }));
    answer.held("private_key");
    assert!(second.requests().is_empty());
    case.nothing_stored();
}

#[test]
fn what_a_protected_service_redirects_stays_protected_where_it_is_only_watched() {
    let mut case = Case::new(watching(), "hop-from-protected");
    let mail = case.mail();
    let second = case.second_host("hop-to-watched", "ai");
    let moved = Reply::new("text/plain", "moved").with_status(307);
    case.provider.set_reply("/hop", moved.with_header("Location", &second.url(CHAT)));
    watching().site.wp_ok(["tamis", "protect", "hop-from-protected"]).expect("protected");
    let answer = case.send("/hop", &json_args(&chat_body(&format!("Answer {mail}."))));
    watching().site.wp_ok(["tamis", "watch", "hop-from-protected"]).expect("watched");

    assert_eq!((case.received().status, second.requests().len()), (307, 1));
    case.unseen_by(&second);
    assert!(answer.words().contains(&mail));
    case.ended("protected");
}

#[test]
fn a_private_key_to_a_host_that_is_no_ai_service_is_none_of_its_business() {
    let case = Case::of(watching(), "watched-licence", "licence");
    case.send(ECHO, &json!({ "method": "POST", "body": PRIVATE_KEY }));
    assert_eq!(case.received().text(), PRIVATE_KEY);
}

#[test]
fn with_the_bypass_nothing_is_looked_at_and_every_admin_page_says_so() {
    let mut case = Case::new(bypassed(), "bypassed");
    let mail = case.mail();
    let answer = case.chat(&format!("Answer {mail}."));
    assert!(case.received().carries(mail.as_bytes()));
    assert!(answer.words().contains(&mail));
    case.nothing_stored();

    let status = bypassed().status();
    assert_eq!((&status["bypass"], &status["events"]), (&json!(true), &json!([])));
    let owner = bypassed().owner();
    for page in ["/wp-admin/index.php", "/wp-admin/plugins.php"] {
        let text = owner.get(page).text();
        assert!(text.contains("tamis-notice") && text.contains("TAMIS_BYPASS"), "{page}");
    }
}

#[test]
fn when_the_plugin_is_deactivated_the_provider_sees_everything() {
    // The control: what the other cases look for is there when Tamis is not.
    let mut case = Case::new(deactivated(), "deactivated");
    let mail = case.mail();
    let headers = json!({ "Content-Type": "application/json", "X-Customer": mail });
    let body = chat_body(&format!("Answer {mail}."));
    let path = format!("{CHAT}?who={mail}");
    case.send(&path, &json!({ "method": "POST", "headers": headers, "body": body }));
    case.send(CHAT, &json!({ "method": "POST", "body": { "a": ["x", mail] } }));

    let requests = case.received_of(2);
    assert_eq!((requests[0].text(), requests[0].path.as_str()), (body, path.as_str()));
    assert_eq!(requests[0].header("x-customer"), Some(mail.as_str()));
    assert!(requests[1].carries(b"mara.deactivated"));
    let wide: Vec<u8> = chat_body(&mail).encode_utf16().flat_map(u16::to_le_bytes).collect();
    case.provider.clear();
    case.post_bytes("application/json; charset=utf-16le", &wide);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| case.unseen_by(&case.provider)));
    assert!(caught.is_err(), "the look for a secret in UTF-16 finds none");
}
