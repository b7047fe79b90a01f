//! Mail addresses, internationalised ones too.
//!
//! Source: RFC 5321, 4.1.2 and 4.5.3.1 (lengths), RFC 6531 (UTF-8), RFC 5890 (labels).

const LOCAL_MAX: usize = 64;
const DOMAIN_MAX: usize = 255;
const LABEL_MAX: usize = 63;

/// Last labels that are file types and no top-level domains: `logo@2x.png` is an image.
const FILE_TYPES: &[&str] = &[
    "avif", "bmp", "css", "csv", "gif", "html", "ico", "jpeg", "jpg", "js", "json", "jsx", "map", "mjs",
    "pdf", "php", "png", "scss", "svg", "tif", "tiff", "ts", "tsx", "txt", "vue", "webp", "xml", "yaml",
    "yml",
];

/// Whether `value` is a mail address whose domain has a dot and a top-level domain that can exist.
///
/// Source: RFC 5321, 4.1.2; RFC 6531, 3.3.
pub(crate) fn is_valid(value: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(value) else { return false };
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    is_local(local) && (is_domain(domain) || is_literal(domain))
}

fn is_local(local: &str) -> bool {
    if local.is_empty() || local.len() > LOCAL_MAX || local.eq_ignore_ascii_case("git") {
        return false;
    }
    if local.len() > 2 && local.starts_with('"') && local.ends_with('"') {
        return true;
    }
    // Scripts without spaces run into an ASCII address that follows them: it starts after them.
    let ideographs = local.chars().any(is_unspaced);
    let ascii = local.bytes().any(|b| b.is_ascii_alphanumeric());
    local.chars().all(is_word) && !(ideographs && ascii)
}

fn is_domain(domain: &str) -> bool {
    let Some((labels, top)) = domain.rsplit_once('.') else { return false };
    domain.len() <= DOMAIN_MAX && labels.split('.').all(is_label) && is_label(top) && is_top(top)
}

/// An address in brackets: `user@[203.0.113.7]`.
fn is_literal(domain: &str) -> bool {
    domain
        .strip_prefix('[')
        .and_then(|d| d.strip_suffix(']'))
        .is_some_and(|d| super::ip::is_address(d.strip_prefix("IPv6:").unwrap_or(d).as_bytes()))
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LABEL_MAX
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(is_word)
}

fn is_top(top: &str) -> bool {
    if top.get(..4).is_some_and(|p| p.eq_ignore_ascii_case("xn--")) {
        return true;
    }
    if !top.is_ascii() {
        return top.chars().count() > 1 && !top.bytes().any(|b| b.is_ascii_digit());
    }
    top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_alphabetic())
        && !FILE_TYPES.iter().any(|t| t.eq_ignore_ascii_case(top))
}

/// Not a space, sign or punctuation of another script.
fn is_word(c: char) -> bool {
    !matches!(c,
        '\0'..='\u{20}' | '"' | '(' | ')' | ',' | ':' | ';' | '<' | '>' | '@' | '[' | '\\' | ']'
        | '\u{7f}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}'..='\u{bf}'
        | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{fe10}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// Kana, ideographs, Hangul.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    fn check(value: &str, expected: bool) {
        assert_eq!(super::is_valid(value.as_bytes()), expected, "{value}");
    }

    #[test]
    fn addresses() {
        check("anna@example.com", true);
        check("anna.b+shop@mail.example.co.uk", true);
        check("\"anna b\"@example.com", true);
        check("müller@bücher.example", true);
        check("пример@почта.рф", true);
        check("葉@例え.台灣", true);
        check("anna@xn--bcher-kva.example", true);
        check("anna@example.xn--p1ai", true);
        check("anna@[203.0.113.7]", true);
    }

    #[test]
    fn look_alikes() {
        check("logo@2x.png", false);
        check("package@1.2.3", false);
        check("anna@localhost", false);
        check("anna@-example.com", false);
        check("anna@example..com", false);
        check("git@example.com", false);
        check("連絡先anna@example.com", false);
        check("„anna@example.com", false);
        check(&format!("{}@example.com", "a".repeat(65)), false);
        check(&format!("{}@example.com", "a".repeat(64)), true);
    }
}
