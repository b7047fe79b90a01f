//! Redirects: every hop is decided again, and what was made for one host stays with it.

use serde_json::json;
use tamis_tests::provider::{Provider, Reply, Request};

use crate::case::{CHAT, Case, chat_body, token};
use crate::shop::protecting;

/// The path that redirects to `to`.
fn redirect(to: &str, status: u16) -> String {
    let to = to.replace(':', "%3A").replace('/', "%2F").replace('?', "%3F").replace('=', "%3D");
    format!("/redirect?to={to}&status={status}")
}

/// A call with credentials that is redirected to `second`; gives what that host got, and the plugin.
fn redirected(case: &Case, second: &Provider, status: u16, words: &str) -> (Vec<Request>, String) {
    let headers = json!({
        "Content-Type": "application/json",
        "Authorization": "Bearer key-of-the-first-host",
        "X-Api-Key": "key-of-the-first-host",
        "Cookie": "session=key-of-the-first-host",
        "X-Kept": "yes",
    });
    let path = redirect(&second.url(CHAT), status);
    let answer = case.send(&path, &json!({ "method": "POST", "headers": headers, "body": chat_body(words) }));
    (second.requests(), answer.text())
}

#[test]
fn a_redirect_to_another_service_carries_no_secret_and_no_credential() {
    for (name, second_name, status) in [
        ("redirect-307", "redirect-307-second", 307),
        ("redirect-308", "redirect-308-second", 308),
        ("redirect-302", "redirect-302-second", 302),
    ] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        let second = case.second_host(second_name, "ai");
        let (requests, text) = redirected(&case, &second, status, &format!("Answer {mail}."));

        let [request] = requests.as_slice() else { panic!("{} requests at the second host", requests.len()) };
        assert_eq!(request.method, if status == 302 { "GET" } else { "POST" });
        case.unseen_by(&second);
        assert!(!request.carries(b"key-of-the-first-host"), "{}", String::from_utf8_lossy(&request.raw));
        assert_eq!(request.header("x-kept"), Some("yes"));
        let first = token(&case.received().text(), "EMAIL");
        if status != 302 {
            assert_ne!(token(&request.text(), "EMAIL"), first, "two services must not share a pseudonym");
            assert!(text.contains(&mail), "{text}");
        }
        case.ended("protected");
    }
}

#[test]
fn a_redirect_to_a_host_that_is_no_ai_carries_no_secret_either() {
    for (name, second_name, class) in [
        ("redirect-unknown", "redirect-unknown-second", "unknown"),
        ("redirect-pay", "redirect-pay-second", "payment"),
    ] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        let second = case.second_host(second_name, class);
        let (requests, _) = redirected(&case, &second, 307, &format!("Answer {mail}."));
        assert_eq!(requests.len(), 1);
        case.unseen_by(&second);
        assert!(!requests[0].carries(b"key-of-the-first-host"));
        case.ended("protected");
    }
}

#[test]
fn a_redirect_from_a_host_that_is_no_ai_to_one_that_is_is_scrubbed() {
    let mut case = Case::of(protecting(), "redirect-from", "unknown");
    let mail = case.mail();
    let second = case.second_host("redirect-into", "ai");
    let headers = json!({ "Content-Type": "application/json" });
    // No chat to the eye of the first hop, or its body alone would make it an AI call.
    let body = json!({ "note": format!("Answer {mail}.") }).to_string();
    let args = json!({ "method": "POST", "headers": headers, "body": body });
    case.send(&redirect(&second.url(CHAT), 307), &args);

    assert!(case.received().text().contains(&mail), "the first hop is none of Tamis' business");
    let requests = second.requests();
    assert_eq!(requests.len(), 1);
    case.unseen_by(&second);
    token(&requests[0].text(), "EMAIL");
    case.nothing_stored();
}

#[test]
fn a_redirect_on_the_same_host_stays_one_exchange() {
    let mut case = Case::new(protecting(), "redirect-same");
    let mail = case.mail();
    let path = redirect(&case.provider.url(CHAT), 307);
    let headers = json!({ "Content-Type": "application/json", "Authorization": "Bearer own-key-4711" });
    let body = chat_body(&format!("Answer {mail}."));
    let answer = case.send(&path, &json!({ "method": "POST", "headers": headers, "body": body }));

    let requests = case.received_of(2);
    assert_eq!(requests[0].body, requests[1].body);
    assert_eq!(requests[1].header("authorization"), Some("Bearer own-key-4711"));
    assert!(answer.words().contains(&mail));
    case.ended("protected");
}

#[test]
fn a_redirect_whose_address_carries_the_secret_out_is_scrubbed() {
    let mut case = Case::new(protecting(), "redirect-query");
    let mail = case.mail();
    let second = case.second_host("redirect-query-second", "ai");
    // Even the service itself cannot send it on in the query.
    let to = format!("{}?who={mail}", second.url(CHAT));
    let moved = Reply::new("text/plain", "moved").with_status(307).with_header("Location", &to);
    case.provider.set_reply("/hop", moved);
    case.send("/hop", &json!({ "method": "GET" }));
    assert_eq!(second.requests().len(), 1);
    case.unseen_by(&second);
    case.nothing_leaked();
}
