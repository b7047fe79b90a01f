//! Whether a value can be what its field's name says: interfaces, schemas and translations use the same
//! names for labels.

use crate::entity::Entity;
use crate::validate::{entropy, gtin, ip, jwt, label, money, words};

/// Whether `value` can be what its field's name says: a value at all, of that kind's shape.
pub(crate) fn plausible(entity: Entity, value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
    let spaces = value.iter().filter(|b| b.is_ascii_whitespace()).count();
    if value.is_empty() || value.len() > 1024 || is_empty_word(value) || is_template(value) {
        return false;
    }
    let code = value.len() <= 64 && spaces <= 3 && digits.saturating_add(letters) > 0 && !is_form_text(value);
    let link = value.windows(3).any(|w| w == b"://");
    match entity {
        Entity::Sku => code && !link,
        Entity::Gtin => gtin::is_valid(value),
        Entity::Price | Entity::Cost | Entity::Margin => money::is_field_amount(value),
        Entity::Coupon => code && spaces <= 1 && (letters > 0 || digits >= 4) && !link,
        Entity::OrderNumber | Entity::CustomerId => {
            code && spaces <= 1 && value.iter().any(|b| (b'1'..=b'9').contains(b)) && !link
        }
        Entity::Person => {
            letters > 0
                && digits == 0
                && value.len() <= 120
                && !is_form_text(value)
                && !value.iter().any(|b| b"_@/=:;|#*+[]".contains(b))
        }
        Entity::Supplier => letters > 0 && value.len() <= 120 && !is_form_text(value) && !link,
        Entity::Address => {
            digits.saturating_add(letters) > 0
                && value.len() <= 400
                && !is_form_text(value)
                && !link
                && !value.iter().any(|b| b"@=_*".contains(b))
        }
        Entity::Password => {
            let sentence = spaces > 0 && digits == 0;
            let told = sentence && has_form_word(value);
            value.len() >= 4 && !is_form_text(value) && !is_masked(value) && !told
        }
        Entity::Email => {
            value.len() <= 400 && value.iter().position(|&b| b == b'@').is_some_and(|at| at > 0) && !link
        }
        Entity::Phone => (5..=20).contains(&digits) && letters <= 12 && value.len() <= 60 && !link,
        Entity::IpAddress => value.split(|b| matches!(b, b',' | b' ' | b'/')).any(ip::is_address),
        Entity::ApiKey => {
            // Patterns know where a bearer's token or a name and password begin.
            let scheme = value.split_first_chunk::<6>().is_some_and(|(head, rest)| {
                (head.eq_ignore_ascii_case(b"bearer") && entropy::is_credential(rest.trim_ascii()))
                    || (head.eq_ignore_ascii_case(b"basic ") && jwt::is_basic(rest.trim_ascii()))
            });
            let mixed = digits > 0 || value.iter().any(u8::is_ascii_punctuation) || value.len() >= 16;
            value.len() >= 8
                && mixed
                && !scheme
                && letters > 0
                && spaces <= 1
                && !is_form_text(value)
                && !is_masked(value)
                && !entropy::is_placeholder(value)
        }
        Entity::Iban => (15..=45).contains(&value.len()) && digits >= 10 && letters >= 2,
        Entity::Bic => {
            matches!(value.len(), 8 | 11)
                && value.iter().all(u8::is_ascii_alphanumeric)
                && !is_form_text(value)
        }
        Entity::BankAccount => (5..=30).contains(&digits) && value.len() <= 45,
        Entity::CreditCard => matches!(digits, 3 | 4 | 12..=19) && letters == 0 && !value.contains(&b'*'),
        Entity::TaxId | Entity::NationalId | Entity::Passport | Entity::DriverLicense => {
            (4..=24).contains(&digits) && value.len() <= 40
        }
        Entity::DateOfBirth => digits >= 4 && value.len() <= 40,
        Entity::MacAddress
        | Entity::UrlCredentials
        | Entity::Jwt
        | Entity::PrivateKey
        | Entity::SessionCookie
        | Entity::CryptoWallet
        | Entity::Stock
        | Entity::ProductName
        | Entity::ProductCopy
        | Entity::SearchQuery
        | Entity::ForgedToken
        | Entity::Custom(_) => true,
    }
}

/// `null`, `no`, `-`: there is no value.
fn is_empty_word(value: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "false",
        "true",
        "null",
        "none",
        "nil",
        "undefined",
        "nan",
        "n/a",
        "na",
        "no",
        "yes",
        "on",
        "off",
        "0",
        "[]",
        "{}",
        "nein",
        "ja",
        "non",
        "oui",
        "si",
        "unknown",
        "empty",
        "default",
        "disabled",
        "enabled",
    ];
    WORDS.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(value))
        || !value.iter().any(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
}

/// A place for a value: `%s`, `{{name}}`, `<name>`, `${NAME}`.
fn is_template(value: &[u8]) -> bool {
    let held = |open: &[u8], close: &[u8]| value.starts_with(open) && value.ends_with(close);
    held(b"{", b"}")
        || held(b"<", b">")
        || held(b"[", b"]")
        || held(b"%", b"%")
        || matches!(value, [b'%', .., b's' | b'd'])
        || value.windows(2).any(|w| w == b"{{" || w == b"${" || w == b"<?")
}

/// `********`, `••••`, `xxxx`.
fn is_masked(value: &[u8]) -> bool {
    let mut chars = value.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    chars.all(|c| matches!(c, '*' | '\u{2022}' | '\u{25cf}' | 'x' | 'X' | '.' | '-' | '_'))
}

/// Words of forms and nothing else: a label, not a value.
fn is_form_text(value: &[u8]) -> bool {
    let mut any = false;
    let mut all = true;
    for word in text_words(value) {
        any = true;
        all = all && is_form_word(word);
    }
    any && all
}

fn has_form_word(value: &[u8]) -> bool {
    text_words(value).any(is_form_word)
}

fn text_words(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|b| !(b.is_ascii_alphanumeric() || *b >= 0x80)).filter(|word| !word.is_empty())
}

fn is_form_word(word: &[u8]) -> bool {
    label::with_lower(word, words::is_form_word)
}
