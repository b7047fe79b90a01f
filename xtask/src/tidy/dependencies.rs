//! Who may know whom, read from `Cargo.toml`: the core knows its primitives, a shell knows the core.

use super::Violation;
use super::repository::Repository;

/// Each package of this repository, and the ones that it may depend on. One that is not here knows nobody.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("tamis-simd", &[]),
    ("tamis", &["tamis-simd"]),
    ("tamis-php", &["tamis"]),
    ("tamis-wasm", &["tamis"]),
    ("tamis-cli", &["tamis"]),
    // It runs the module; the core is what its tests compare the module with.
    ("tamis-host", &[]),
    ("tamis-benches", &["tamis", "tamis-simd", "tamis-host", "tamis-tests"]),
    ("tamis-tests", &["tamis"]),
    ("tamis-fuzz", &["tamis", "tamis-tests"]),
    ("xtask", &["tamis", "tamis-tests"]),
];

/// Packages that know these in their tests only.
const MAY_KNOW_IN_TESTS: &[(&str, &[&str])] = &[("tamis-host", &["tamis", "tamis-tests"])];

pub(super) fn crates_know_only_whom_they_may(repository: &Repository) -> Vec<Violation> {
    let ours: Vec<String> =
        repository.ending("Cargo.toml").filter_map(|(_, text)| package_name(text)).collect();
    let mut violations = Vec::new();
    for (path, text) in repository.ending("Cargo.toml") {
        let Some(name) = package_name(text) else { continue };
        let of = |table: &'static [(&str, &[&str])]| {
            table.iter().find(|(package, _)| *package == name).map_or(&[][..], |(_, may)| *may)
        };
        let (may, in_tests) = (of(MAY_KNOW), of(MAY_KNOW_IN_TESTS));
        for Dependency { line, name: dependency, for_tests } in dependencies(text) {
            let known = may.iter().chain(in_tests.iter().filter(|_| for_tests)).any(|may| *may == dependency);
            if ours.contains(&dependency) && !known {
                let whom =
                    if may.is_empty() { "no crate of this repository".to_owned() } else { may.join(", ") };
                let advice = format!("`{name}` may know {whom}; `{dependency}` is not for it");
                violations.push(Violation::new(path, line, "who may know whom", advice));
            }
        }
    }
    violations
}

pub(super) fn every_crate_has_a_licence(repository: &Repository) -> Vec<Violation> {
    repository
        .ending("Cargo.toml")
        .filter(|(_, text)| package_name(text).is_some())
        .filter(|(_, text)| {
            let mut package = lines_of(text, |section| section == "package");
            !package.any(|(_, line)| line.starts_with("license"))
        })
        .map(|(path, _)| Violation::new(path, 1, "licence", "add `license.workspace = true` to [package]"))
        .collect()
}

fn package_name(text: &str) -> Option<String> {
    lines_of(text, |section| section == "package").find_map(|(_, line)| value_of(line, "name"))
}

/// One line that makes a package depend on another.
struct Dependency {
    line: usize,
    name: String,
    /// Whether only tests have it.
    for_tests: bool,
}

/// Dependencies in every kind of dependency table.
fn dependencies(text: &str) -> Vec<Dependency> {
    let mut found = Vec::new();
    let mut add = |section: &str, line, name| {
        let for_tests = section.split('.').any(|part| part == "dev-dependencies");
        found.push(Dependency { line, name, for_tests });
    };
    let mut section = String::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            header.trim_end_matches(']').clone_into(&mut section);
            // [dependencies.name]
            if let Some((table, name)) = section.rsplit_once('.')
                && is_dependency_table(table)
            {
                add(&section, number + 1, name.trim_matches('"').to_owned());
            }
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        if line.starts_with('#') {
            continue;
        }
        if is_dependency_table(&section) {
            let key = key.trim();
            let name = key.split('.').next().unwrap_or(key).trim_matches('"');
            // A renamed dependency is still the package that it names.
            add(&section, number + 1, inline_package(value).unwrap_or_else(|| name.to_owned()));
        } else if let Some((table, _)) = section.rsplit_once('.')
            && is_dependency_table(table)
            && let Some(package) = value_of(line, "package")
        {
            add(&section, number + 1, package);
        }
    }
    found
}

fn is_dependency_table(section: &str) -> bool {
    let last = section.rsplit('.').next().unwrap_or(section);
    matches!(last, "dependencies" | "dev-dependencies" | "build-dependencies")
        && !section.starts_with("workspace")
}

/// `package = "x"` inside an inline table.
fn inline_package(value: &str) -> Option<String> {
    let (_, rest) = value.split_once("package")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
    rest.split('"').next().map(str::to_owned)
}

fn lines_of<'a>(text: &'a str, wanted: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = (usize, &'a str)> {
    let mut inside = false;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            inside = wanted(header.trim_end_matches(']'));
            return None;
        }
        inside.then_some((number + 1, line))
    })
}

fn value_of(line: &str, key: &str) -> Option<String> {
    let rest = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    Some(rest.trim().trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORE: &str = "[package]\nname = \"tamis\"\nlicense.workspace = true\n[dependencies]\n";

    fn check(extra: &str, lines: &[usize]) {
        let core = format!("{CORE}{extra}");
        let repository = Repository::of(&[
            ("core/Cargo.toml", &core),
            ("core/simd/Cargo.toml", "[package]\nname = \"tamis-simd\"\nlicense = \"MIT\"\n"),
            ("cli/Cargo.toml", "[package]\nname = \"tamis-cli\"\nlicense = \"MIT\"\n"),
            ("Cargo.toml", "[workspace.dependencies]\ntamis-cli = { path = \"cli\" }\n"),
        ]);
        let found = crates_know_only_whom_they_may(&repository);
        assert_eq!(found.iter().map(|v| v.line).collect::<Vec<_>>(), lines, "{extra}");
        assert!(every_crate_has_a_licence(&repository).is_empty());
    }

    #[test]
    fn the_core_knows_its_primitives_and_crates_io() {
        check("tamis-simd.workspace = true\nmemchr = \"2\"\n", &[]);
        check("tamis-cli = { path = \"../cli\" }\n", &[5]);
    }

    #[test]
    fn no_kind_of_table_hides_a_dependency() {
        check("[dev-dependencies]\ntamis-cli.workspace = true\n", &[6]);
        check("[target.'cfg(unix)'.dependencies]\ntamis-cli = \"1\"\n", &[6]);
        check("[dependencies.tamis-cli]\npath = \"../cli\"\n", &[5]);
        check("command = { package = \"tamis-cli\", path = \"../cli\" }\n", &[5]);
        check("[dependencies.command]\npackage = \"tamis-cli\"\n", &[6]);
        check("# tamis-cli = \"1\"\n", &[]);
    }

    #[test]
    fn what_tests_may_know_stays_in_tests() {
        let host = "[package]\nname = \"tamis-host\"\nlicense = \"MIT\"\n";
        for (table, lines) in [("dependencies", 1), ("dev-dependencies", 0)] {
            let host = format!("{host}[{table}]\ntamis.workspace = true\n");
            let repository = Repository::of(&[("wasm/host/Cargo.toml", &host), ("core/Cargo.toml", CORE)]);
            assert_eq!(crates_know_only_whom_they_may(&repository).len(), lines, "{table}");
        }
    }

    #[test]
    fn a_crate_that_is_new_knows_nobody() {
        let repository = Repository::of(&[
            ("a/Cargo.toml", "[package]\nname = \"a\"\n[dependencies]\ntamis = \"1\"\n"),
            ("core/Cargo.toml", CORE),
        ]);
        assert_eq!(crates_know_only_whom_they_may(&repository).len(), 1);
        assert_eq!(every_crate_has_a_licence(&repository)[0].path, "a/Cargo.toml");
    }
}
