//! Rules about Rust sources that no compiler knows.

use super::Violation;
use super::repository::Repository;

/// The crates that use nothing of the core but its root.
const SHELLS: &[&str] = &["php-ext/", "cli/", "wasm/"];
/// Where `unsafe` may be: primitives, and the borders to C and WASM.
const UNSAFE: &[&str] = &["core/simd/", "php-ext/", "wasm/"];

pub(super) fn shells_use_only_the_root_of_the_core(repository: &Repository) -> Vec<Violation> {
    // A public module of the root is part of it.
    let root = repository.get("core/src/lib.rs").unwrap_or_default();
    let public: Vec<&str> = root
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|rest| rest.trim_end_matches([';', ' ', '{']))
        .collect();
    let mut violations = Vec::new();
    for (path, text) in repository.ending(".rs").filter(|(path, _)| starts_with_any(path, SHELLS)) {
        let code = code_only(text);
        for module in deep_paths(&code) {
            let (at, name) = module;
            if !public.contains(&name) {
                let advice = format!("use what `tamis` itself exports, not its module `{name}`");
                violations.push(Violation::new(path, line_at(&code, at), "who may know whom", advice));
            }
        }
    }
    violations
}

/// Modules that paths beginning with `tamis::` go through, with where they are named.
fn deep_paths(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("tamis::") {
        if code[..at].ends_with(|c: char| is_name(c) || c == ':') {
            continue;
        }
        let start = at + "tamis::".len();
        let rest = &code[start..];
        let end = if rest.starts_with('{') {
            rest.find(';').unwrap_or(rest.len())
        } else {
            rest.find(|c: char| !is_name(c) && c != ':').unwrap_or(rest.len())
        };
        let path = &rest[..end];
        for (colons, _) in path.match_indices("::") {
            let name_start = path[..colons].rfind(|c| !is_name(c)).map_or(0, |before| before + 1);
            let name = &path[name_start..colons];
            // Types and enums are exported by the root, and `self` is the root.
            if name.starts_with(|c: char| c.is_ascii_lowercase()) && name != "self" {
                found.push((start + name_start, name));
            }
        }
    }
    found
}

pub(super) fn unsafe_is_only_where_it_may_be(repository: &Repository) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in repository.ending(".rs").filter(|(path, _)| !starts_with_any(path, UNSAFE)) {
        let code = code_only(text);
        for (at, word) in code.match_indices("unsafe") {
            let before = code[..at].ends_with(is_name);
            let after = code[at + word.len()..].starts_with(is_name);
            if !before && !after {
                let advice = format!("only {} may hold `unsafe`: move it there", UNSAFE.join(", "));
                violations.push(Violation::new(path, line_at(&code, at), "unsafe", advice));
            }
        }
    }
    if let Some(root) = repository.get("core/src/lib.rs")
        && !root.contains("#![forbid(unsafe_code)]")
    {
        violations.push(Violation::new("core/src/lib.rs", 1, "unsafe", "add #![forbid(unsafe_code)]"));
    }
    violations
}

pub(super) fn modules_say_why_they_exist(repository: &Repository) -> Vec<Violation> {
    repository
        .ending(".rs")
        .filter(|(path, _)| path.contains("src/"))
        .filter(|(_, text)| !text.trim_start().starts_with("//!"))
        .map(|(path, _)| Violation::new(path, 1, "module header", "begin with `//!`: why the module exists"))
        .collect()
}

fn starts_with_any(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The source with comments and the insides of literals blanked, byte for byte.
pub(super) fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = if rest.starts_with(b"//") {
            rest.iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n)
        } else if rest.starts_with(b"/*") {
            block_comment_end(bytes, at)
        } else if rest[0] == b'r'
            && !(at > 0 && is_name(char::from(bytes[at - 1])))
            && raw_hashes(&rest[1..]).is_some()
        {
            raw_string_end(bytes, at)
        } else if rest[0] == b'"' {
            string_end(bytes, at)
        } else if rest[0] == b'\'' {
            char_end(bytes, at)
        } else {
            at += 1;
            continue;
        };
        for byte in &mut out[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    // Whole characters were blanked, so this loses nothing.
    String::from_utf8_lossy(&out).into_owned()
}

fn block_comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut depth, mut at) = (0usize, start);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

/// The number of `#` before the quote of a raw string, if this is one.
fn raw_hashes(after_r: &[u8]) -> Option<usize> {
    let hashes = after_r.iter().take_while(|b| **b == b'#').count();
    (after_r.get(hashes) == Some(&b'"')).then_some(hashes)
}

fn raw_string_end(bytes: &[u8], start: usize) -> usize {
    let hashes = raw_hashes(&bytes[start + 1..]).unwrap_or(0);
    let close = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
    let body = start + 2 + hashes;
    bytes[body..]
        .windows(close.len())
        .position(|w| w == close)
        .map_or(bytes.len(), |n| body + n + close.len())
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of a character literal; for the quote of a lifetime, where it starts.
fn char_end(bytes: &[u8], start: usize) -> usize {
    if bytes.get(start + 1) == Some(&b'\\') {
        let close = bytes[start + 3..].iter().position(|b| *b == b'\'');
        return close.map_or(bytes.len(), |n| start + 3 + n + 1);
    }
    let length = match bytes.get(start + 1) {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        _ => 1,
    };
    if bytes.get(start + 1 + length) == Some(&b'\'') { start + length + 2 } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Repository) -> Vec<Violation>, path: &str, text: &str, lines: &[usize]) {
        let repository = Repository::of(&[
            (path, text),
            ("core/src/lib.rs", "//! x\n#![forbid(unsafe_code)]\npub mod limits;\nmod scan;\n"),
        ]);
        assert_eq!(rule(&repository).iter().map(|v| v.line).collect::<Vec<_>>(), lines, "{text}");
    }

    #[test]
    fn shells_stay_at_the_root() {
        let rule = shells_use_only_the_root_of_the_core;
        check(rule, "cli/src/main.rs", "use tamis::{Input, Policy};\nlet k = tamis::Keyring::new(b);", &[]);
        check(rule, "cli/src/main.rs", "\nuse tamis::scan::Engine;", &[2]);
        check(rule, "php-ext/src/a.rs", "use tamis::{Input,\n  scan::{Engine, Mask}};", &[2]);
        check(rule, "php-ext/src/a.rs", "use tamis::limits::MAX; use my_tamis::scan::X;", &[]);
        check(rule, "php-ext/src/a.rs", "// tamis::scan::X\nlet s = \"tamis::scan::X\";", &[]);
        check(rule, "core/src/a.rs", "use tamis::scan::Engine;", &[]);
    }

    #[test]
    fn unsafe_has_its_places() {
        let rule = unsafe_is_only_where_it_may_be;
        check(rule, "core/src/a.rs", "fn a() {\n  unsafe { b() }\n}", &[2]);
        check(rule, "core/simd/src/a.rs", "unsafe { b() }", &[]);
        check(
            rule,
            "cli/src/a.rs",
            "#[deny(unsafe_code)] /* unsafe */ const A: &str = r#\"\"unsafe\"#;",
            &[],
        );
    }

    #[test]
    fn a_module_has_a_header() {
        let rule = modules_say_why_they_exist;
        check(rule, "cli/src/a.rs", "//! Why.\n", &[]);
        check(rule, "cli/src/a.rs", "/// Not why.\n", &[1]);
        check(rule, "cli/tests/a.rs", "fn a() {}", &[]);
    }

    #[test]
    fn only_code_is_left() {
        let text = "a('\"', '\\'', 'é', &'static \"x\\\"y\", r##\"a\"#b\"##) // é\n/* a /* b */ c */ d";
        let code = code_only(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.split_whitespace().collect::<String>(), "a(,,,&'static,)d");
    }
}
