//! The repository's text files, as git knows them. Rules look at this, never at the disk.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use tamis_tests::wordpress::repository;

use crate::Failure;

/// Paths with their text, in order.
#[derive(Default)]
pub(super) struct Repository {
    files: BTreeMap<String, String>,
}

impl Repository {
    /// What is tracked and what would be: a rule is broken before the commit, not after it.
    pub(super) fn load() -> Result<Self, Failure> {
        let root = repository();
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()?;
        if !output.status.success() {
            return Err(Failure::Failed("tidy needs a git work tree to know what belongs to it".to_owned()));
        }
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let files = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            // What is no UTF-8 is data; what is gone is being removed.
            .filter_map(|path| Some((path.to_owned(), fs::read_to_string(root.join(path)).ok()?)))
            .collect();
        Ok(Self { files })
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { files }
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose name ends so.
    pub(super) fn ending(&self, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(path, _)| path.ends_with(end))
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}
