//! Bodies of every form: what changes is the secret, and nothing else.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;
use tamis_tests::provider::Reply;
use tamis_tests::wordpress::php;

use crate::case::{CHAT, Case, chat_body, token, tokens};
use crate::shop::protecting;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn a_json_chat_arrives_with_a_token_and_comes_back_with_the_value() {
    let mut case = Case::new(protecting(), "json-chat");
    let mail = case.mail();
    let sent = chat_body(&format!("Answer {mail} about her order, kindly.\nWrite to {mail}."));
    let answer = case.post(JSON, &sent);

    let received = case.received().text();
    assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")));
    assert_eq!(
        answer.words(),
        format!("Here is what I was told: Answer {mail} about her order, kindly.\nWrite to {mail}.")
    );
    let event = case.ended("protected");
    assert_eq!(event["counts"]["email"], 2);
    assert_eq!((&event["mode"], &event["class"]), (&json!("protecting"), &json!("ai")));
    assert_eq!(event["restored"], 2);
}

#[test]
fn what_php_escapes_in_json_is_read_like_the_rest() {
    let mut case = Case::new(protecting(), "json-escapes");
    let mail = case.mail();
    let escaped = mail.replace('@', r"\u0040").replacen('.', r"\u002e", 1);
    case.secret(escaped.split(r"\u0040").next().expect("a local part"));
    let sent = format!(
        r#"{{"model":"m","messages":[{{"role":"user","content":"caf\u00e9 https:\/\/shop.example\/ {escaped}"}}]}}"#
    );
    let answer = case.post(JSON, &sent);

    let received = case.received().text();
    assert_eq!(received, sent.replace(&escaped, &token(&received, "EMAIL")));
    assert!(answer.words().ends_with(&mail));
    case.ended("protected");
}

#[test]
fn a_clean_body_arrives_byte_for_byte() {
    let case = Case::new(protecting(), "clean-chat");
    let sent = "{ \"model\" : \"gpt-4o-mini\",\n\t\"messages\":[{\"role\":\"user\",\"content\":\"Gr\\u00fc\\u00dfe \\/ ☕\"}] , \"temperature\":0.20 }\n";
    let answer = case.post(JSON, sent);

    assert_eq!(case.received().body, sent.as_bytes());
    assert!(answer.words().ends_with("Grüße / ☕"));
    let event = case.ended("clean");
    assert_eq!((&event["counts"], &event["calls"]), (&json!({}), &json!(1)));
}

#[test]
fn a_form_in_a_string_keeps_its_shape() {
    let mut case = Case::new(protecting(), "form-body");
    let mail = case.mail();
    let encoded = mail.replace('@', "%40");
    let sent = format!("model=m&email={encoded}&note=Please+call+back&plain=a%20b%26c");
    case.post(FORM, &sent);

    let received = case.received().text();
    let token = received.split('&').nth(1).expect("a field").replace("email=", "");
    assert!(token.starts_with("EMAIL_9"), "{received}");
    assert_eq!(received, sent.replace(&encoded, &token));
    case.ended("protected");
}

#[test]
fn an_array_body_is_scrubbed_at_every_depth() {
    let mut case = Case::new(protecting(), "array-body");
    let (one, two) = (case.mail(), case.mail_of("omar"));
    let tags = json!(["new", format!("asked for {two} again")]);
    let body = json!({ "a_model": "m", "customer": { "email": one, "tags": tags }, "n": 1, "yes": true });
    case.send(CHAT, &json!({ "method": "POST", "body": body }));

    let received = case.received().text();
    let plain = received.replace("%5B", "[").replace("%5D", "]").replace('+', " ");
    let found = tokens(&plain);
    assert_eq!(found.len(), 2, "{plain}");
    assert_eq!(
        plain,
        format!(
            "a_model=m&customer[email]={}&customer[tags][0]=new&customer[tags][1]=asked for {} again&n=1&yes=1",
            found[0], found[1]
        )
    );
    let event = case.ended("protected");
    assert_eq!(event["counts"]["email"], 2);
}

#[test]
fn an_array_body_of_objects_and_odd_names_is_scrubbed() {
    let mut case = Case::new(protecting(), "array-odd");
    let (one, two) = (case.mail(), case.mail_of("omar"));
    let three = case.mail_of("lina");
    case.give("mails", json!([one, two, three]));
    case.before(
        "list( $one, $two, $three ) = $case['data']['mails'];
        $case['args']['body'] = array(
            'model'    => 'm',
            'customer' => (object) array( 'email' => $one, 'nothing' => null ),
            $two       => 'a name that is a value',
            'messages' => wp_json_encode( array( array( 'role' => 'user', 'content' => 'To ' . $three ) ) ),
            'rate'     => 0.5,
        );",
    );
    case.send(CHAT, &json!({ "method": "POST" }));

    let received = case.received().text();
    assert!(received.starts_with("model=m&customer%5Bemail%5D=EMAIL_9"), "{received}");
    assert!(received.contains("=a+name+that+is+a+value&") && received.ends_with("&rate=0.5"), "{received}");
    assert_eq!(case.ended("protected")["counts"]["email"], 3);
}

#[test]
fn a_body_that_is_an_object_is_scrubbed() {
    for (name, body) in [
        ("object-fields", "(object) array( 'model' => 'm', 'email' => $mail )"),
        (
            "object-text",
            "new class( $mail ) { public function __construct( private $m ) {} \
            public function __toString(): string { return 'email=' . rawurlencode( $this->m ); } }",
        ),
    ] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        case.give("mail", mail);
        case.before(&format!("$mail = $case['data']['mail']; $case['args']['body'] = {body};"));
        case.send(CHAT, &json!({ "method": "POST" }));
        let received = case.received().text();
        assert!(received.contains("email=EMAIL_9"), "{name}: {received}");
        case.ended("protected");
    }
}

#[test]
fn json_behind_a_byte_order_mark_is_read() {
    let mut case = Case::new(protecting(), "utf8-marked");
    let mail = case.mail();
    let sent = format!("\u{feff}{}", chat_body(&format!("Write to {mail}.")));
    case.post(JSON, &sent);
    let received = case.received().text();
    assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")));
    case.ended("protected");
}

#[test]
fn a_multipart_body_keeps_its_parts() {
    let mut case = Case::new(protecting(), "multipart");
    let mail = case.mail();
    let sent = format!(
        "--b7\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n\
         --b7\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n{mail}\r\n\
         --b7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nWrite to {mail}.\r\n--b7--\r\n"
    );
    case.post("multipart/form-data; boundary=b7", &sent);
    let received = case.received().text();
    assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")));
    case.ended("protected");
}

#[test]
fn an_array_body_of_a_get_is_scrubbed_in_the_query_it_becomes() {
    let mut case = Case::new(protecting(), "get-array");
    let mail = case.mail();
    let args = json!({ "method": "GET", "body": { "about": format!("orders of {mail}"), "page": "2" } });
    case.send(CHAT, &args);

    let path = case.received().path;
    assert!(path.contains("EMAIL_9") && path.ends_with("&page=2"), "{path}");
    case.ended("protected");
}

#[test]
fn both_values_of_a_duplicate_key_are_scrubbed() {
    let mut case = Case::new(protecting(), "duplicate-keys");
    let (one, two) = (case.mail(), case.mail_of("omar"));
    let sent = format!(
        r#"{{"model":"m","messages":[{{"role":"user","content":"x","content":"{one}"}}],"email":"{two}","email":"{one}"}}"#
    );
    case.post(JSON, &sent);

    let received = case.received().text();
    let found = tokens(&received);
    assert_eq!(found.len(), 3, "{received}");
    assert_eq!(received, sent.replace(&one, &found[0]).replace(&two, &found[1]));
    case.ended("protected");
}

#[test]
fn json_that_breaks_off_is_scrubbed_up_to_its_end() {
    let mut case = Case::new(protecting(), "truncated-json");
    let mail = case.mail();
    let sent = format!(r#"{{"model":"m","messages":[{{"role":"user","content":"Write to {mail} and"#);
    case.post(JSON, &sent);

    let received = case.received().text();
    assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")));
    case.ended("protected");
}

#[test]
fn a_body_that_lies_about_its_type_is_read_all_the_same() {
    for (name, content_type, prose) in [
        ("lies-plain", "text/plain", false),
        ("lies-image", "image/png", false),
        ("lies-form", FORM, false),
        ("lies-multi", "multipart/form-data; boundary=x", false),
        ("lies-json", JSON, true),
        ("lies-nonsense", "/;;charset", true),
    ] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        let sent = if prose { format!("Write to {mail}.") } else { chat_body(&format!("Write to {mail}.")) };
        case.post(content_type, &sent);

        let received = case.received().text();
        assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")), "{name}");
        case.ended("protected");
    }
}

#[test]
fn bytes_that_are_no_utf8_stay_and_the_secret_between_them_goes() {
    let mut case = Case::new(protecting(), "invalid-utf8");
    let mail = case.mail();
    let mut sent = br#"{"model":"m","messages":[{"role":"user","content":"caf"#.to_vec();
    sent.extend(b"\xe9 \xff ");
    sent.extend(mail.as_bytes());
    sent.extend(b" \x80\xbf\"}]}");
    case.post_bytes(JSON, &sent);

    let received = case.received();
    let token = token(&received.text(), "EMAIL");
    let at = sent.windows(mail.len()).position(|w| w == mail.as_bytes()).expect("the mail");
    let expected = [&sent[..at], token.as_bytes(), &sent[at + mail.len()..]].concat();
    assert_eq!(received.body, expected);
    case.ended("protected");
}

#[test]
fn utf_16_is_read_and_written_as_utf_16() {
    for (name, content_type, mark) in
        [("utf16-named", "application/json; charset=utf-16le", ""), ("utf16-marked", JSON, "\u{feff}")]
    {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        let sent = format!("{mark}{}", chat_body(&format!("Write to {mail}, Grüße")));
        let wide: Vec<u8> = sent.encode_utf16().flat_map(u16::to_le_bytes).collect();
        case.post_bytes(content_type, &wide);

        let body = case.received().body;
        let units: Vec<u16> =
            body.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let received = String::from_utf16(&units).expect("UTF-16");
        assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")), "{name}");
        case.ended("protected");
    }
}

#[test]
fn an_encoding_that_cannot_be_read_is_held() {
    for (name, content_type, encoding, reason) in [
        ("charset-unknown", "application/json; charset=utf-7", "identity", "unreadable"),
        ("encoding-unknown", JSON, "br", "unreadable"),
        ("encoding-twice", JSON, "gzip, gzip", "unreadable"),
        ("encoding-lies", JSON, "gzip", "unreadable"),
    ] {
        let mut case = Case::new(protecting(), name);
        let body = chat_body(&case.mail());
        let headers = json!({ "Content-Type": content_type, "Content-Encoding": encoding });
        let answer = case.send(CHAT, &json!({ "method": "POST", "headers": headers, "body": body }));
        case.held(&answer, reason);
    }
}

#[test]
fn a_gzip_body_is_opened_scrubbed_and_closed_again() {
    let mut case = Case::new(protecting(), "gzip");
    let mail = case.mail();
    let sent = chat_body(&format!("Write to {mail}."));
    case.give("body", sent.as_str());
    case.before("$case['args']['body'] = gzencode( $case['data']['body'] );");
    let headers = json!({ "Content-Type": JSON, "Content-Encoding": "gzip" });
    case.send(CHAT, &json!({ "method": "POST", "headers": headers }));

    let request = case.received();
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    let received = gunzip(&request.body);
    assert!(!received.contains(&mail));
    assert_eq!(received, sent.replace(&mail, &token(&received, "EMAIL")));
    case.ended("protected");
}

#[test]
fn gzip_that_is_not_one_whole_stream_within_limits_is_held() {
    for (name, make) in [
        ("gzip-cut", "substr( gzencode( $body ), 0, -9 )"),
        ("gzip-followed", "gzencode( '{}' ) . gzencode( $body )"),
        ("gzip-bomb", "gzencode( str_repeat( $body, 100000 ), 9 )"),
    ] {
        let mut case = Case::new(protecting(), name);
        let body = chat_body(&format!("Write to {}. {}", case.mail(), "-".repeat(700)));
        case.give("body", body);
        case.before(&format!("$body = $case['data']['body']; $case['args']['body'] = {make};"));
        let headers = json!({ "Content-Type": JSON, "Content-Encoding": "gzip" });
        let answer = case.send(CHAT, &json!({ "method": "POST", "headers": headers }));
        case.held(&answer, "unreadable");
    }
}

#[test]
fn binary_is_passed_or_held_but_never_mangled() {
    let case = Case::new(protecting(), "binary");
    let png: Vec<u8> =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".iter().copied().chain(0..=255).cycle().take(4096).collect();
    let answer = case.post_bytes("image/png", &png);
    match case.provider.requests().as_slice() {
        [request] => assert_eq!(request.body, png),
        [] => drop(answer.held("unreadable")),
        more => panic!("{} requests", more.len()),
    }
    case.nothing_leaked();
}

#[test]
fn the_largest_body_passes_and_one_byte_more_is_held() {
    for (name, extra) in [("limit-at", 0), ("limit-past", 1)] {
        let mut case = Case::new(protecting(), name);
        let mail = case.mail();
        case.provider.set_reply(CHAT, Reply::chat("read"));
        case.give("mail", mail);
        case.give("size", (8 << 20) + extra);
        case.before(
            r#"
            $head = '{"model":"m","messages":[{"role":"user","content":"' . $case['data']['mail'] . ' ';
            $tail = '"}]}';
            $fill = $case['data']['size'] - strlen( $head ) - strlen( $tail );
            $case['args']['body'] = $head . substr( str_repeat( 'tea and cake ', 1 << 20 ), 0, $fill ) . $tail;
            "#,
        );
        let args = json!({ "method": "POST", "timeout": 30, "headers": { "Content-Type": JSON } });
        let answer = case.send(CHAT, &args);
        if extra == 0 {
            assert_eq!(answer.words(), "read");
            assert!(case.received().body.len() > 8_000_000);
            case.ended("protected");
        } else {
            case.held(&answer, "limit");
        }
    }
}

#[test]
fn a_cost_in_a_json_number_becomes_null_and_the_rest_keeps_its_type() {
    let case = Case::new(protecting(), "json-number");
    let sent = r#"{"model":"m","max_tokens":512,"messages":[{"role":"user","content":"Which sells best?"}],"product":{"cost_price":17.38,"weight":2.5}}"#;
    case.post(JSON, sent);

    let received = case.received().text();
    assert_eq!(received, sent.replace("17.38", "null"));
    assert_eq!(case.ended("protected")["counts"]["cost"], 1);
}

/// Unpacks with PHP's own zlib.
fn gunzip(body: &[u8]) -> String {
    let mut child = Command::new(php().expect("PHP"))
        .args(["-r", "echo gzdecode( stream_get_contents( STDIN ) );"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("PHP starts");
    child.stdin.take().expect("its input").write_all(body).expect("written");
    let output = child.wait_with_output().expect("PHP ends");
    String::from_utf8(output.stdout).expect("UTF-8")
}
