//! What shops and their plugins send, and what comes back.

use std::fmt::Write as _;

use super::Rng;
use super::value::{self, private};
use super::wild::{percent, string};

/// What names say of their values, in the ways that systems write them.
const FIELDS: &[&str] = &[
    "email",
    "billing_email",
    "customerEmail",
    "phone",
    "Telefon",
    "tel",
    "first_name",
    "lastName",
    "surname",
    "name",
    "full-name",
    "address_1",
    "street",
    "Straße",
    "city",
    "postcode",
    "zip",
    "company",
    "iban",
    "bic",
    "account_number",
    "card_number",
    "cvc",
    "password",
    "passwd",
    "api_key",
    "apiKey",
    "secret",
    "access_token",
    "client_secret",
    "session_id",
    "cookie",
    "sku",
    "gtin",
    "ean",
    "price",
    "regular_price",
    "cost",
    "cost_price",
    "_wc_cog_cost",
    "einkaufspreis",
    "margin",
    "stock_quantity",
    "supplier",
    "lieferant",
    "coupon_code",
    "order_number",
    "order_id",
    "customer_id",
    "customer_note",
    "dob",
    "birthday",
    "geburtsdatum",
    "tax_id",
    "vat",
    "ust_id",
    "passport",
    "ip_address",
    "user_agent",
    "note",
    "title",
    "description",
    "content",
    "id",
    "type",
    "status",
    "model",
    "role",
    "count",
    "url",
    "meta_data",
    "value",
    "key",
];

const WORDS: &[&str] = &[
    "please",
    "write",
    "the blue chair",
    "schöne Grüße",
    "bestellt am",
    "für",
    "numéro",
    "à bientôt",
    "日本語の",
    "заказ",
    "e\u{301}",
    "\u{1F600}",
    "a/b\\c",
    "\"so\"",
    "<b>",
    "100 %",
    "2026-03-14",
    "v1.2.3",
    "#fff",
    "{}",
    "[1]",
    "\n",
    "\t",
    "EUR",
    "19,99 €",
    "$5",
    "Order",
    "Kunde",
    "customer",
    "from",
    "to",
    "und",
    "et",
    "y",
    "or",
    "is",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "…",
    "—",
    "'",
    "&amp;",
    "%20",
    "\\n",
    "1",
    "42",
    "1 000",
    "x@",
    "@",
    "://",
];

/// A sentence or two, with or without something private.
fn prose(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..rng.below(9) {
        if rng.once_in(5) {
            text.push_str(&private(rng, tokens));
        } else {
            text.push_str(rng.pick(WORDS));
        }
        text.push_str(rng.pick(&[" ", " ", " ", ", ", ". ", ": ", "\n", ""]));
    }
    text
}

/// A value as a field of this name would hold it, or anything else.
fn held(rng: &mut Rng, field: &str, tokens: &[String]) -> String {
    match rng.below(4) {
        0 => private(rng, tokens),
        1 => prose(rng, tokens),
        _ if field.contains("mail") => value::email(rng),
        _ if field.contains("tel") || field.contains("phone") => value::phone(rng),
        _ if field.contains("name") => value::person(rng),
        _ if field.contains("iban") => value::iban(rng),
        _ if field.contains("card") => value::card(rng),
        _ if field.contains("pass") || field.contains("secret") || field.contains("key") => {
            value::secret(rng)
        }
        _ if field.contains("price") || field.contains("cost") => value::number(rng),
        _ => value::word(rng),
    }
}

/// A member of an object: `"name":value`, the value text, a number or neither.
fn member(rng: &mut Rng, tokens: &[String]) -> String {
    let field = rng.pick(FIELDS);
    let held = match rng.below(8) {
        0 | 1 => value::number(rng),
        2 => rng.pick(&["null", "true", "false", "[]", "{}", "\"\""]).to_owned(),
        _ => {
            let text = held(rng, field, tokens);
            string(rng, &text)
        }
    };
    format!("\"{field}\":{held}")
}

fn object(rng: &mut Rng, most: usize, tokens: &[String]) -> String {
    let members: Vec<String> = (0..rng.below(most + 1)).map(|_| member(rng, tokens)).collect();
    format!("{{{}}}", members.join(","))
}

/// What a shop sends to an AI service, as its API wants it.
pub(super) fn chat(rng: &mut Rng, tokens: &[String]) -> String {
    let model = rng.pick(&["gpt-5", "claude-opus", "gemini-2.5-pro", "llama3:8b", "sk-not-a-model"]);
    let turns = 1 + rng.below(4);
    let said = |rng: &mut Rng| {
        let text = match rng.below(6) {
            // A record within the prompt.
            0 => format!("{}\n{}", prose(rng, tokens), object(rng, 5, tokens)),
            1 => labelled(rng, tokens),
            _ => prose(rng, tokens),
        };
        string(rng, &text)
    };
    match rng.below(4) {
        0 => {
            let messages: Vec<String> = (0..turns)
                .map(|_| {
                    format!(
                        r#"{{"role":"{}","content":{}}}"#,
                        rng.pick(&["user", "assistant", "system"]),
                        said(rng)
                    )
                })
                .collect();
            let tool = if rng.once_in(3) {
                let arguments = object(rng, 3, tokens);
                let arguments = string(rng, &arguments);
                format!(
                    r#",{{"role":"assistant","tool_calls":[{{"id":"call_{}","type":"function","function":{{"name":"{}","arguments":{arguments}}}}}]}}"#,
                    value::word(rng),
                    rng.pick(&["mail", "lookup"])
                )
            } else {
                String::new()
            };
            format!(
                r#"{{"model":"{model}","messages":[{}{tool}],"temperature":0.{}}}"#,
                messages.join(","),
                rng.below(9)
            )
        }
        1 => {
            let messages: Vec<String> = (0..turns)
                .map(|_| {
                    let text = said(rng);
                    let other = if rng.once_in(4) {
                        format!(
                            r#",{{"type":"tool_use","id":"toolu_1","name":"mail","input":{}}}"#,
                            object(rng, 3, tokens)
                        )
                    } else {
                        String::new()
                    };
                    format!(r#"{{"role":"user","content":[{{"type":"text","text":{text}}}{other}]}}"#)
                })
                .collect();
            format!(
                r#"{{"model":"{model}","max_tokens":1024,"system":{},"messages":[{}]}}"#,
                said(rng),
                messages.join(",")
            )
        }
        2 => {
            let parts: Vec<String> = (0..turns).map(|_| format!(r#"{{"text":{}}}"#, said(rng))).collect();
            format!(r#"{{"contents":[{{"role":"user","parts":[{}]}}]}}"#, parts.join(","))
        }
        _ => format!(r#"{{"model":"{model}","input":{},"metadata":{}}}"#, said(rng), object(rng, 3, tokens)),
    }
}

/// An order as a shop's own API has it.
pub(super) fn order(rng: &mut Rng, tokens: &[String]) -> String {
    let items: Vec<String> = (0..rng.below(4)).map(|_| object(rng, 7, tokens)).collect();
    let billing = object(rng, 9, tokens);
    let shipping = if rng.once_in(2) { billing.clone() } else { object(rng, 9, tokens) };
    format!(
        r#"{{"id":{},"status":"processing","total":"{}","billing":{billing},"shipping":{shipping},"line_items":[{}],"meta_data":[{{"key":"{}","value":{}}}],{}}}"#,
        rng.below(100_000),
        value::number(rng),
        items.join(","),
        rng.pick(FIELDS),
        {
            let text = held(rng, "", tokens);
            string(rng, &text)
        },
        member(rng, tokens),
    )
}

/// A form as PHP reads it.
pub(super) fn form(rng: &mut Rng, tokens: &[String]) -> String {
    let mut pairs = Vec::new();
    for at in 0..rng.below(8) {
        let field = rng.pick(FIELDS);
        let name = match rng.below(4) {
            0 => format!("billing[{field}]"),
            1 => format!("items[{at}][{field}]"),
            _ => field.to_owned(),
        };
        let held = match rng.below(6) {
            0 => object(rng, 4, tokens),
            1 => prose(rng, tokens),
            _ => held(rng, field, tokens),
        };
        let name = percent(rng, &name);
        let equals = if rng.once_in(20) { "" } else { "=" };
        pairs.push(format!("{name}{equals}{}", percent(rng, &held)));
    }
    pairs.join(rng.pick(&["&", "&", "&", "&&", ";"]))
}

/// `name: value`, as people and mails write it.
fn labelled(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..=rng.below(5) {
        let field = rng.pick(FIELDS);
        let held = held(rng, field, tokens);
        let _ = write!(
            text,
            "{field}{}{held}{}",
            rng.pick(&[": ", ":", " = ", "=", " - ", "\t"]),
            rng.pick(&["\n", "\r\n", ", ", "; "])
        );
    }
    text
}

/// Running text with lines of labels.
pub(super) fn letter(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text = prose(rng, tokens);
    for _ in 0..rng.below(4) {
        let more = match rng.below(4) {
            0 => labelled(rng, tokens),
            1 => object(rng, 4, tokens),
            _ => prose(rng, tokens),
        };
        text.push_str(&more);
        text.push_str(rng.pick(&["\n", "\n\n", " "]));
    }
    // Now and then a long one.
    if rng.once_in(60) {
        let once = text.clone();
        for _ in 0..rng.below(200) {
            text.push_str(&once);
            text.push_str(&private(rng, tokens));
        }
    }
    text
}

/// HTML, XML or CSV: formats that are read as text.
pub(super) fn markup(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text =
        String::from(rng.pick(&["<!doctype html>\n", "<?xml version=\"1.0\"?>\n", "", "\u{feff}"]));
    for _ in 0..rng.below(6) {
        let field = rng.pick(FIELDS);
        let held = held(rng, field, tokens);
        let _ = match rng.below(7) {
            0 => write!(text, "<a href=\"mailto:{held}\">{}</a>", prose(rng, tokens)),
            1 => writeln!(text, "<{field}>{held}</{field}>"),
            2 => write!(text, "<input name=\"{field}\" value=\"{held}\">"),
            3 => write!(text, "<![CDATA[{held}]]>"),
            4 => write!(text, "\"{field}\",\"{held}\";{held}\r\n"),
            5 => write!(text, "[{held}](https://shop.example/?q={held}) ![x]({held})"),
            _ => write!(text, "<p>{}</p><!-- {held} -->", prose(rng, tokens)),
        };
    }
    text
}

pub(super) fn multipart(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..rng.below(4) {
        let field = rng.pick(FIELDS);
        let held = held(rng, field, tokens);
        let _ = write!(text, "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{held}\r\n");
    }
    text.push_str("--x--\r\n");
    text
}

/// What a model answers: tokens in prose, in links, in tool arguments, as numbers.
pub(super) fn answer(rng: &mut Rng, tokens: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..=rng.below(4) {
        let token = value::token(rng, tokens);
        let _ = match rng.below(7) {
            0 => write!(text, "[mail]({token}) "),
            1 => write!(text, "https://shop.example/?q={token} "),
            2 => write!(text, "<img src=\"{token}\"> "),
            3 => write!(text, "**{token}**, "),
            4 => writeln!(text, "`{token}`"),
            _ => write!(text, "{} {token}. ", rng.pick(WORDS)),
        };
    }
    let arguments = format!("{{\"to\":\"{}\",\"n\":{}}}", value::token(rng, tokens), value::number(rng));
    let (text, arguments) = (string(rng, &text), string(rng, &arguments));
    match rng.below(4) {
        0 => format!(r#"{{"choices":[{{"index":0,"message":{{"role":"assistant","content":{text}}}}}]}}"#),
        1 => format!(
            r#"{{"choices":[{{"message":{{"content":{text},"tool_calls":[{{"function":{{"name":"{}","arguments":{arguments}}}}}]}}}}]}}"#,
            rng.pick(&["mail", "lookup", "search"])
        ),
        2 => format!(r#"{{"content":[{{"type":"text","text":{text}}}],"model":{}}}"#, {
            let model = value::token(rng, tokens);
            string(rng, &model)
        }),
        _ => format!(r#"{{"answer":{text},"n":{}}}"#, value::token(rng, tokens)),
    }
}
