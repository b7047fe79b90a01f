//! The browser engine of the plugin: the npm package's files, in the plugin's folder.
//!
//! They are products of a build, so the repository's plugin has none. What is not built is not placed; the
//! plugin then says so and prints nothing. It must not know what the files do.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::{fail, repository};

/// Where the engine is, below the plugin's folder.
const FOLDER: &str = "assets/page";
/// What a page loads; whatever it imports comes along.
const ENTRY: &str = "page.js";
/// Beside the scripts' folder, as in the package.
const MODULES: [&str; 2] = ["tamis.wasm", "tamis-scalar.wasm"];

/// Places the engine in a plugin's folder; false when `wasm/js` holds no built one.
///
/// Browsers and caches may keep a script for a year. The plugin asks for the entry by the plugin's version, so
/// every import of a sibling gets that version too, or a page would run old parts with new ones.
pub fn place_page_engine(plugin: &Path) -> io::Result<bool> {
    let package = repository().join("wasm/js");
    if !package.join("src").join(ENTRY).exists() || !MODULES.iter().all(|file| package.join(file).exists()) {
        return Ok(false);
    }
    let version = version_of(&fs::read_to_string(plugin.join("tamis.php"))?)?;
    let to = plugin.join(FOLDER);
    fs::create_dir_all(to.join("src"))?;
    for file in MODULES {
        fs::copy(package.join(file), to.join(file))?;
    }
    let mut done = BTreeSet::new();
    let mut pending = vec![ENTRY.to_owned()];
    while let Some(name) = pending.pop() {
        if !done.insert(name.clone()) {
            continue;
        }
        let script = fs::read_to_string(package.join("src").join(&name))
            .map_err(|e| fail(format!("wasm/js/src/{name}: {e}")))?;
        let (stamped, imports) = stamp(&script, &version);
        fs::write(to.join("src").join(&name), stamped)?;
        pending.extend(imports);
    }
    Ok(true)
}

/// The script with a version on every sibling that it imports, and the siblings' names.
fn stamp(script: &str, version: &str) -> (String, Vec<String>) {
    let mut out = String::with_capacity(script.len());
    let mut imports = Vec::new();
    let mut rest = script;
    while let Some(at) = rest.find("'./") {
        let (before, quoted) = rest.split_at(at);
        let name = quoted.get(3..).and_then(|text| text.split('\'').next()).unwrap_or_default();
        out.push_str(before);
        let is_import = ["from ", "import ", "import("].iter().any(|word| before.ends_with(word));
        if is_import && Path::new(name).extension().is_some_and(|ext| ext == "js") && !name.contains('/') {
            out.extend(["'./", name, "?ver=", version, "'"]);
            imports.push(name.to_owned());
            rest = &quoted[name.len() + 4..];
        } else {
            out.push_str("'./");
            rest = &quoted[3..];
        }
    }
    out.push_str(rest);
    (out, imports)
}

/// The version in the plugin's header.
fn version_of(header: &str) -> io::Result<String> {
    let line = header.lines().find_map(|line| line.strip_prefix(" * Version:"));
    line.map(|version| version.trim().to_owned()).ok_or_else(|| fail("tamis.php names no version"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_siblings_get_the_version_and_nothing_else_does() {
        let script = "import { a } from './a.js';\nimport './b.js';\nawait import('./c.js');\nfetch('./d.js'); x = './e.js\n";
        let (stamped, imports) = stamp(script, "1.2.3");
        assert_eq!(
            stamped,
            "import { a } from './a.js?ver=1.2.3';\nimport './b.js?ver=1.2.3';\nawait import('./c.js?ver=1.2.3');\n\
             fetch('./d.js'); x = './e.js\n"
        );
        assert_eq!(imports, ["a.js", "b.js", "c.js"]);
    }

    #[test]
    fn the_version_is_that_of_the_header() {
        assert_eq!(version_of("<?php\n/**\n * Version:           0.1.0\n").expect("a version"), "0.1.0");
        assert!(version_of("<?php\n").is_err());
    }
}
