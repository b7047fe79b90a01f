//! Single values: what shops hold, and what looks like it. All are made up.

use super::Rng;

pub(super) const DIGITS: &str = "0123456789";
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MIXED: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const FIRST: &[&str] = &[
    "Anna",
    "Jürgen",
    "María",
    "Łukasz",
    "Zoë",
    "Nguyễn",
    "Иван",
    "さくら",
    "O'Neil",
    "Jean-Luc",
    "anna",
    "BEN",
];
const LAST: &[&str] = &[
    "Schmidt",
    "García López",
    "van der Berg",
    "Müller",
    "D'Arcy",
    "Петров",
    "田中",
    "Smith",
    "Öztürk",
    "Nowak",
];

/// What somebody would rather keep, or something that only looks like it.
pub(super) fn private(rng: &mut Rng, tokens: &[String]) -> String {
    match rng.below(24) {
        0..=2 => email(rng),
        3 | 4 => phone(rng),
        5 => card(rng),
        6 => iban(rng),
        7 => address(rng),
        8..=10 => secret(rng),
        11 => format!("{}.{}.{}.{}", rng.below(300), rng.below(260), rng.below(256), rng.below(256)),
        12 => rng
            .pick(&["2001:db8::1", "fe80::1%eth0", "::ffff:203.0.113.9", "2001:DB8:0:0:8:800:200C:417A"])
            .into(),
        13 => format!("SKU-{}-{}", rng.text(UPPER, 2), rng.text(DIGITS, 4)),
        14 => number(rng),
        15 => format!("https://{}:{}@shop.example/{}", word(rng), rng.text(MIXED, 9), word(rng)),
        16 => person(rng),
        17 => format!(
            "{}{}-{}-{}",
            rng.pick(&["", "19", "20"]),
            rng.text(DIGITS, 2),
            1 + rng.below(13),
            rng.below(33)
        ),
        18 | 19 => token(rng, tokens),
        20 => rng.text_of(DIGITS, 9, 21),
        21 => (0..6)
            .map(|_| rng.text("0123456789abcdefABCDEF", 2))
            .collect::<Vec<_>>()
            .join(rng.pick(&[":", "-"])),
        22 => rng.pick(&["[EMAIL]", "[email]", "[CARD]", "****1234", "[redacted]"]).into(),
        _ => rng.text_of(MIXED, 8, 48),
    }
}

/// A token of this exchange, one spelled otherwise, or a forged one.
pub(super) fn token(rng: &mut Rng, tokens: &[String]) -> String {
    if tokens.is_empty() || rng.once_in(4) {
        let kind =
            rng.pick(&["EMAIL", "PHONE", "CARD", "PERSON", "APIKEY", "X", "CUSTOM", "email", "FORGED"]);
        return format!("{kind}_9{}", rng.text_of(DIGITS, 13, 16));
    }
    let token = &tokens[rng.below(tokens.len())];
    match rng.below(8) {
        0 => token.to_lowercase(),
        1 => token.replace('_', "\\_"),
        2 => format!("{token}{}", rng.pick(&["0", "a", "_", "s", "."])),
        3 => token.split_once('_').map_or(token.as_str(), |(_, digits)| digits).to_owned(),
        _ => token.clone(),
    }
}

pub(super) fn email(rng: &mut Rng) -> String {
    let name = rng.text_of(LETTERS, 1, 10);
    let domain =
        rng.pick(&["example.com", "example.org", "mail.shop.example", "xn--bcher-kva.example", "localhost"]);
    match rng.below(6) {
        0 => format!("{name}+{}@{domain}", word(rng)),
        1 => format!("{}.{name}@{domain}", word(rng)),
        2 => format!("{name}@{domain}."),
        3 => format!("{}@{domain}", name.to_uppercase()),
        _ => format!("{name}@{domain}"),
    }
}

pub(super) fn phone(rng: &mut Rng) -> String {
    match rng.below(6) {
        0 => format!("+49 30 {}", rng.text("12345678", 7)),
        1 => format!("+1 (415) 555-{}", rng.text(DIGITS, 4)),
        2 => format!("0{}/{}", rng.text(DIGITS, 3), rng.text(DIGITS, 7)),
        3 => format!("+33{}", rng.text("123456789", 9)),
        4 => format!("00 44 20 {} {}", rng.text(DIGITS, 4), rng.text(DIGITS, 4)),
        _ => format!("+{}", rng.text_of(DIGITS, 6, 18)),
    }
}

/// A card number that checks, most of the time.
pub(super) fn card(rng: &mut Rng) -> String {
    let start = format!("{}{}", rng.pick(&["4", "51", "37", "6011"]), rng.text(DIGITS, 14));
    let start = &start[..15];
    let sum: u32 = start
        .bytes()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    let check = (10 - sum % 10) % 10 + u32::from(rng.once_in(5));
    let whole = format!("{start}{}", check % 10);
    match rng.below(3) {
        0 => whole,
        spaced => {
            let groups: Vec<&str> = (0..4).map(|at| &whole[at * 4..at * 4 + 4]).collect();
            groups.join(if spaced == 1 { " " } else { "-" })
        }
    }
}

/// An IBAN that checks, most of the time.
pub(super) fn iban(rng: &mut Rng) -> String {
    let account = rng.text(DIGITS, 18);
    // D is 13 and E is 14.
    let rest =
        format!("{account}131400").bytes().fold(0_u32, |rest, b| (rest * 10 + u32::from(b - b'0')) % 97);
    let check = 98 - rest + u32::from(rng.once_in(5));
    let whole = format!("DE{check:02}{account}");
    if rng.once_in(2) {
        return whole;
    }
    let groups: Vec<String> =
        whole.as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect();
    groups.join(" ")
}

/// A key that opens nothing.
pub(super) fn secret(rng: &mut Rng) -> String {
    match rng.below(10) {
        0 => format!("ghp_{}", rng.text(MIXED, 36)),
        1 => format!("sk-proj-{}", rng.text(BASE64URL, 48)),
        2 => format!("AKIA{}", rng.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
        3 => format!("{}_live_{}", rng.pick(&["sk", "rk", "pk"]), rng.text(MIXED, 24)),
        4 => format!("xoxb-{}-{}-{}", rng.text(DIGITS, 12), rng.text(DIGITS, 12), rng.text(MIXED, 24)),
        5 => format!(
            "eyJ{}.eyJ{}.{}",
            rng.text(BASE64URL, 17),
            rng.text(BASE64URL, 30),
            rng.text(BASE64URL, 43)
        ),
        6 => {
            let kind = rng.pick(&["", "RSA ", "EC ", "OPENSSH "]);
            let lines: Vec<String> = (0..=rng.below(4)).map(|_| rng.text(MIXED, 64)).collect();
            format!(
                "-----BEGIN {kind}PRIVATE KEY-----\n{}\n-----END {kind}PRIVATE KEY-----",
                lines.join("\n")
            )
        }
        7 => format!("ck_{}", rng.text("0123456789abcdef", 40)),
        8 => format!("AIza{}", rng.text(BASE64URL, 35)),
        _ => format!("Bearer {}", rng.text_of(BASE64URL, 20, 80)),
    }
}

pub(super) fn person(rng: &mut Rng) -> String {
    match rng.below(4) {
        0 => rng.pick(FIRST).to_owned(),
        1 => rng.pick(LAST).to_owned(),
        _ => format!("{} {}", rng.pick(FIRST), rng.pick(LAST)),
    }
}

pub(super) fn address(rng: &mut Rng) -> String {
    match rng.below(3) {
        0 => format!("{}straße {}", rng.pick(&["Haupt", "Linden", "Goethe"]), 1 + rng.below(200)),
        1 => format!("{} {} Street, Apt. {}", 1 + rng.below(999), rng.pick(&["Main", "Elm"]), rng.below(40)),
        _ => format!("{} {}", rng.text(DIGITS, 5), rng.pick(&["Berlin", "Köln", "Paris 12e", "Springfield"])),
    }
}

/// A number as JSON writes it.
pub(super) fn number(rng: &mut Rng) -> String {
    match rng.below(10) {
        0 => "0".into(),
        1 => format!("-{}.{}", rng.below(1000), rng.text(DIGITS, 2)),
        2 => format!(
            "{}.{}e{}{}",
            rng.below(10),
            rng.text(DIGITS, 3),
            rng.pick(&["", "+", "-"]),
            rng.below(400)
        ),
        3 => rng.text_of("123456789", 13, 21),
        4 => card(rng).replace([' ', '-'], ""),
        5 => format!("9{}", rng.text(DIGITS, 14)),
        6 | 7 => format!("{}.{}", rng.below(1000), rng.text(DIGITS, 2)),
        _ => rng.below(100_000).to_string(),
    }
}

pub(super) fn word(rng: &mut Rng) -> String {
    rng.text_of(LETTERS, 1, 11)
}
