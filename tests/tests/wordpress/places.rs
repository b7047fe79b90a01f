//! Everywhere beside the body: address, headers, cookies. A service's own credential stays in its place.

use serde_json::json;

use crate::case::{CHAT, Case, chat_args, chat_body, json_args, token};
use crate::shop::protecting;

const OPENAI_KEY: &str = "sk-proj-U8JZpDE0iGXlD6gNCFbaEPFjbD0kH8Oool8DklZDOCj2ISaJ";
const STRIPE_KEY: &str = "sk_live_gizeg8Psh4487Q7j58M1cIaH";

#[test]
fn a_secret_in_the_query_string_is_scrubbed() {
    let mut case = Case::new(protecting(), "query");
    let mail = case.mail();
    let path = format!("{CHAT}?user={}&lang=de&q=a%20b#top", mail.replace('@', "%40"));
    case.send(&path, &json!({ "method": "GET" }));

    let received = case.received().path;
    let token = received.split(['=', '&']).nth(1).expect("a value");
    assert!(token.starts_with("EMAIL_9"), "{received}");
    assert_eq!(received, format!("{CHAT}?user={token}&lang=de&q=a%20b"));
    case.ended("protected");
}

#[test]
fn a_secret_in_a_custom_header_is_scrubbed() {
    let mut case = Case::new(protecting(), "header");
    let mail = case.mail();
    let headers = json!({
        "Content-Type": "application/json",
        "Authorization": "Bearer own-key-4711",
        "X-Customer": format!("Mail: {mail}; tier=gold"),
        "X-Trace": "a=b&c=d+e%41",
    });
    let answer =
        case.send(CHAT, &json!({ "method": "POST", "headers": headers, "body": chat_body("Hello") }));

    let request = case.received();
    let header = request.header("x-customer").expect("the header");
    assert_eq!(header, format!("Mail: {}; tier=gold", token(header, "EMAIL")));
    assert_eq!(request.header("authorization"), Some("Bearer own-key-4711"));
    assert_eq!(request.header("x-trace"), Some("a=b&c=d+e%41"));
    assert_eq!(answer.words(), "Here is what I was told: Hello");
    case.ended("protected");
}

#[test]
fn headers_in_a_string_are_scrubbed_too() {
    let mut case = Case::new(protecting(), "string-headers");
    let mail = case.mail();
    let headers =
        format!("Content-Type: application/json\r\nX-Customer: {mail}\r\nAuthorization: Bearer own-key-4711");
    case.send(CHAT, &json!({ "method": "POST", "headers": headers, "body": chat_body("Hello") }));

    let request = case.received();
    assert!(request.header("x-customer").is_some_and(|value| value.starts_with("EMAIL_9")));
    assert_eq!(request.header("authorization"), Some("Bearer own-key-4711"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    case.ended("protected");
}

#[test]
fn a_secret_in_a_cookie_is_scrubbed() {
    let mut case = Case::new(protecting(), "cookie");
    let mail = case.mail();
    let args = json!({ "method": "GET", "cookies": { "visitor": mail, "lang": "de" } });
    case.send(CHAT, &args);

    let request = case.received();
    let cookie = request.header("cookie").expect("cookies");
    assert!(cookie.contains("visitor=EMAIL_9") && cookie.contains("lang=de"), "{cookie}");
    case.ended("protected");
}

#[test]
fn cookies_that_are_objects_and_headers_that_are_lists_are_scrubbed() {
    let mut case = Case::new(protecting(), "odd-forms");
    let (one, two) = (case.mail(), case.mail_of("omar"));
    case.give("mails", json!([one, two]));
    case.before(
        "list( $one, $two ) = $case['data']['mails'];
        $case['args']['cookies'] = array( new WP_Http_Cookie( array( 'name' => 'who', 'value' => $one ) ) );
        $case['args']['headers'] = array( 'X-Many' => array( 'a', $two ) );",
    );
    case.send(CHAT, &json!({ "method": "GET" }));
    assert!(case.received().carries(b"who=EMAIL_9"), "{}", String::from_utf8_lossy(&case.received().raw));
    case.ended("protected");
}

#[test]
fn the_user_agent_is_scrubbed_too() {
    let mut case = Case::new(protecting(), "user-agent");
    let mail = case.mail();
    let mut args = chat_args("Say hello.");
    args["user-agent"] = format!("Careless/1.0 (for {mail})").into();
    case.send(CHAT, &args);
    let request = case.received();
    assert!(request.header("user-agent").is_some_and(|agent| agent.starts_with("Careless/1.0")));
    case.ended("protected");
}

#[test]
fn a_host_that_is_spelled_another_way_is_the_same_host() {
    for (name, host) in [
        ("host-upper", "LOCALHOST"),
        ("host-dot", "localhost."),
        ("host-escaped", "local%68ost"),
        ("host-user", "somebody@localhost"),
    ] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        case.row("host", "localhost");
        let url = format!("http://{host}:{}{CHAT}", case.provider.addr().port());
        // No chat, or its body alone would make it an AI call.
        let body = json!({ "note": format!("Answer {mail}.") }).to_string();
        case.send_to(&url, &json_args(&body));
        if !case.provider.requests().is_empty() {
            token(&case.received().text(), "EMAIL");
        }
        case.nothing_leaked();
    }
}

#[test]
fn a_secret_in_the_path_is_held() {
    let mut case = Case::new(protecting(), "path");
    let path = format!("/v1/customers/{}/summary", case.mail());
    let answer = case.send(&path, &json!({ "method": "GET" }));
    case.held(&answer, "path");
}

#[test]
fn an_idempotency_key_is_altered_like_any_other_header() {
    let mut case = Case::new(protecting(), "idempotency-key");
    let mail = case.mail();
    let uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let headers = json!({
        "Content-Type": "application/json",
        "Idempotency-Key": format!("answer {mail}"),
        "X-Request-Id": uuid,
    });
    case.send(CHAT, &json!({ "method": "POST", "headers": headers, "body": chat_body(&mail) }));

    let request = case.received();
    let token = token(&request.text(), "EMAIL");
    assert_eq!(request.header("idempotency-key"), Some(format!("answer {token}").as_str()));
    assert_eq!(request.header("x-request-id"), Some(uuid));
    case.ended("protected");
}

#[test]
fn headers_that_speak_of_the_old_body_are_dropped() {
    let mut case = Case::new(protecting(), "stale-length");
    let mail = case.mail();
    let body = chat_body(&format!("Write to {mail}, or to {mail}, or to {mail}."));
    let headers = json!({
        "Content-Type": "application/json",
        "Content-Length": body.len().to_string(),
        "Content-MD5": "Q2hlY2sgSW50ZWdyaXR5IQ==",
        "Digest": "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
    });
    let answer =
        case.send(CHAT, &json!({ "method": "POST", "timeout": 10, "headers": headers, "body": body }));

    let request = case.received();
    let lengths =
        request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).count();
    assert_eq!(lengths, 1);
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    assert_eq!((request.header("content-md5"), request.header("digest")), (None, None));
    assert!(answer.words().contains(&mail));
    case.ended("protected");
}

#[test]
fn a_services_own_key_stays_in_its_place_and_nowhere_else() {
    let mut case = Case::new(protecting(), "openai");
    let headers =
        json!({ "Content-Type": "application/json", "Authorization": format!("Bearer {OPENAI_KEY}") });
    let body = chat_body(&format!("My key is {OPENAI_KEY}."));
    let answer = case.send(CHAT, &json!({ "method": "POST", "headers": headers, "body": body }));

    let request = case.received();
    assert_eq!(request.header("authorization"), Some(format!("Bearer {OPENAI_KEY}").as_str()));
    assert!(!request.text().contains(OPENAI_KEY), "{}", request.text());
    assert!(!answer.text().contains(OPENAI_KEY), "a key is never restored");
    case.secret(OPENAI_KEY);
    case.nothing_stored();
    assert_eq!(case.event("protected")["counts"]["api_key"], 1);
}

#[test]
fn another_services_key_in_the_credentials_place_is_held() {
    let mut case = Case::new(protecting(), "foreign-credential");
    let key = case.secret(STRIPE_KEY);
    let headers = json!({ "Content-Type": "application/json", "Authorization": format!("Bearer {key}") });
    let answer =
        case.send(CHAT, &json!({ "method": "POST", "headers": headers, "body": chat_body("Hello") }));
    case.held(&answer, "foreign_key");
}
