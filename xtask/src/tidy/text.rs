//! Rules about any text: lengths, paths of a machine, notes to oneself.

use super::Violation;
use super::repository::Repository;

/// A longer source does two things.
const MAX_SOURCE_LINES: usize = 600;

pub(super) fn sources_are_short(repository: &Repository) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in repository.files() {
        let is_source = [".rs", ".php", ".js", ".mjs", ".ts"].iter().any(|end| path.ends_with(end));
        if !is_source || is_test_or_data(path) {
            continue;
        }
        let lines = lines_without_unit_tests(text);
        if lines > MAX_SOURCE_LINES {
            let advice = format!("{lines} lines, {MAX_SOURCE_LINES} at most: split it by what it is about");
            violations.push(Violation::new(path, MAX_SOURCE_LINES + 1, "length", advice));
        }
    }
    violations
}

/// Cases and tables may be as long as they are.
fn is_test_or_data(path: &str) -> bool {
    let folders: Vec<&str> = path.split('/').collect();
    let inside = |name: &str| folders.iter().rev().skip(1).any(|folder| *folder == name);
    let below_top = folders.iter().skip(1).any(|folder| *folder == "tests");
    inside("data") || inside("tables") || inside("fixtures") || inside("vectors") || below_top
}

/// Unit tests are at the end of their file.
fn lines_without_unit_tests(text: &str) -> usize {
    let code = text.find("\n#[cfg(test)]\nmod ").map_or(text, |at| &text[..at]);
    code.lines().count()
}

pub(super) fn no_paths_of_a_machine(repository: &Repository) -> Vec<Violation> {
    // In pieces, so that this file does not break its own rule.
    let machine: Vec<String> =
        ["work", "root", "home"].iter().map(|name| ["/", name, "/"].concat()).collect();
    let mut violations = Vec::new();
    for (path, text) in repository.files().filter(|(path, _)| !is_data(path)) {
        for (number, line) in text.lines().enumerate() {
            let found = machine.iter().find(|name| {
                line.match_indices(name.as_str()).any(|(at, _)| {
                    // Inside a longer path or a URL it names nothing of a machine.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || "/._-~>)}]*".contains(c))
                })
            });
            if let Some(name) = found {
                let advice =
                    format!("`{name}` is a path of one machine: derive it, or take it as an argument");
                violations.push(Violation::new(path, number + 1, "machine path", advice));
            }
        }
    }
    violations
}

pub(super) fn no_notes_to_oneself(repository: &Repository) -> Vec<Violation> {
    let notes: Vec<String> =
        [["TO", "DO"], ["FIX", "ME"], ["X", "XX"]].iter().map(|parts| parts.concat()).collect();
    let mut violations = Vec::new();
    for (path, text) in repository.files().filter(|(path, _)| !is_data(path)) {
        for (number, line) in text.lines().enumerate() {
            let found = notes.iter().find(|note| {
                line.match_indices(note.as_str()).any(|(at, _)| {
                    let is_word = |c: char| c.is_alphanumeric() || c == '_';
                    !line[..at].ends_with(is_word) && !line[at + note.len()..].starts_with(is_word)
                })
            });
            if let Some(note) = found {
                let advice = format!("`{note}`: do it, or file an issue and remove the note");
                violations.push(Violation::new(path, number + 1, "note to oneself", advice));
            }
        }
    }
    violations
}

/// What is data, not ours to word.
fn is_data(path: &str) -> bool {
    let by_end = [".lock", ".tsv", ".jsonl", ".txt", ".svg"].iter().any(|end| path.ends_with(end));
    by_end || path.contains("LICENSE") || path.starts_with("tests/vectors/") || path.contains("/data/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Repository) -> Vec<Violation>, path: &str, text: &str, lines: &[usize]) {
        let found = rule(&Repository::of(&[(path, text)]));
        assert_eq!(found.iter().map(|v| v.line).collect::<Vec<_>>(), lines, "{path}: {text}");
    }

    #[test]
    fn a_source_has_600_lines_at_most() {
        let limit = "x\n".repeat(MAX_SOURCE_LINES);
        let over = "x\n".repeat(MAX_SOURCE_LINES + 1);
        check(sources_are_short, "core/src/a.rs", &limit, &[]);
        check(sources_are_short, "core/src/a.rs", &over, &[601]);
        check(sources_are_short, "tests/src/a.rs", &over, &[601]);
        check(sources_are_short, "wordpress/src/a.php", &over, &[601]);
        check(
            sources_are_short,
            "core/src/a.rs",
            &format!("{limit}\n#[cfg(test)]\nmod tests {{\n{over}}}"),
            &[],
        );
        for path in [
            "wordpress/tests/a.php",
            "wordpress/data/a.php",
            "tests/tests/a.rs",
            "a.md",
            "tests/fixtures/a.php",
        ] {
            check(sources_are_short, path, &over, &[]);
        }
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        let work = ["/wo", "rk/"].concat();
        check(no_paths_of_a_machine, "a.md", &format!("x\ncd {work}main"), &[2]);
        check(no_paths_of_a_machine, "a.rs", &format!("\"{work}\""), &[1]);
        check(no_paths_of_a_machine, "a.rs", &format!("https://example.com{work}a $dir{work}"), &[]);
        check(no_paths_of_a_machine, "tests/vectors/a.toml", &work, &[]);
    }

    #[test]
    fn notes_to_oneself_are_found_as_words() {
        let note = ["TO", "DO"].concat();
        check(no_notes_to_oneself, "a.rs", &format!("// {note}: later"), &[1]);
        check(no_notes_to_oneself, "a.rs", &format!("MAS{note} {note}S mktemp XXXXXX"), &[]);
    }
}
