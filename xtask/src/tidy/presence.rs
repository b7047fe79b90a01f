//! What must be in the repository: licences, the stages of the core, a map that can be read in one go.

use super::Violation;
use super::repository::Repository;

const LICENCES: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "wordpress/LICENSE"];
/// The core's stages and leaves, as the design names them.
const STAGES: &[&str] = &[
    "policy", "compile", "scan", "rule", "validate", "document", "resolve", "operator", "session", "report",
    "span", "error", "limits", "keyring",
];
const MAP: &str = "ARCHITECTURE.md";
const MAX_MAP_LINES: usize = 300;

pub(super) fn licences_are_there(repository: &Repository) -> Vec<Violation> {
    LICENCES
        .iter()
        .filter(|path| repository.get(path).is_none())
        .map(|path| Violation::new(path, 1, "licence", "add the licence's text"))
        .collect()
}

pub(super) fn the_core_has_its_stages(repository: &Repository) -> Vec<Violation> {
    STAGES
        .iter()
        .filter(|stage| {
            let (file, folder) = (format!("core/src/{stage}.rs"), format!("core/src/{stage}/mod.rs"));
            repository.get(&file).is_none() && repository.get(&folder).is_none()
        })
        .map(|stage| {
            let advice =
                format!("the design names the module `{stage}`: give it its file, or change the design");
            Violation::new("core/src/lib.rs", 1, "stages", advice)
        })
        .collect()
}

pub(super) fn the_map_is_short(repository: &Repository) -> Vec<Violation> {
    let lines = repository.get(MAP).map(|text| text.lines().count());
    match lines {
        None => vec![Violation::new(MAP, 1, "map", "write it: map, flow, invariants")],
        Some(lines) if lines >= MAX_MAP_LINES => {
            let advice =
                format!("{lines} lines, under {MAX_MAP_LINES} wanted: move detail into module headers");
            vec![Violation::new(MAP, MAX_MAP_LINES, "map", advice)]
        }
        Some(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let empty = Repository::of(&[]);
        assert_eq!(licences_are_there(&empty).len(), LICENCES.len());
        assert_eq!(the_core_has_its_stages(&empty).len(), STAGES.len());
        assert_eq!(the_map_is_short(&empty).len(), 1);
    }

    #[test]
    fn a_stage_is_a_file_or_a_folder() {
        let repository = Repository::of(&[("core/src/scan/mod.rs", ""), ("core/src/span.rs", "")]);
        assert_eq!(the_core_has_its_stages(&repository).len(), STAGES.len() - 2);
    }

    #[test]
    fn the_map_has_299_lines_at_most() {
        let (good, long) = ("x\n".repeat(MAX_MAP_LINES - 1), "x\n".repeat(MAX_MAP_LINES));
        assert!(the_map_is_short(&Repository::of(&[(MAP, &good)])).is_empty());
        assert_eq!(the_map_is_short(&Repository::of(&[(MAP, &long)])).len(), 1);
    }
}
