//! What a built module must be: small, without imports, and of nothing newer than a host has.

use std::io::Write;
use std::path::PathBuf;

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use wasmparser::{ExternalKind, Parser, Payload, Validator, WasmFeatures};

/// What a page may be asked to load.
const MAX_GZIP_BYTES: usize = 500_000;
/// The linker exports its marks of the memory's layout, whether wanted or not.
const OF_THE_LINKER: [&str; 2] = ["__data_end", "__heap_base"];

/// What a build is, in numbers.
pub(super) struct Facts {
    pub(super) raw: usize,
    pub(super) gzip: usize,
    pub(super) sha256: String,
}

impl Facts {
    pub(super) fn of(module: &[u8]) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Into memory nothing fails.
        let gzip = encoder.write_all(module).and_then(|()| encoder.finish()).map_or(usize::MAX, |z| z.len());
        let sha256 = format!("{:x}", Sha256::digest(module));
        Self { raw: module.len(), gzip, sha256 }
    }
}

/// One thing that was looked at.
pub(super) struct Check {
    pub(super) holds: bool,
    pub(super) what: String,
}

/// Everything that is checked of a module. `interface` is the text of ABI.md; `machine` are paths that must
/// not stand in the module.
pub(super) fn checks(
    module: &[u8],
    simd: bool,
    facts: &Facts,
    interface: &str,
    machine: &[PathBuf],
) -> Vec<Check> {
    let border = border(module);
    let documented: Vec<&str> =
        interface.lines().filter_map(|line| line.strip_prefix("### `")?.split('(').next()).collect();
    let missing: Vec<&str> =
        documented.iter().copied().filter(|name| !border.functions.iter().any(|have| have == name)).collect();
    let unknown: Vec<&str> =
        border.functions.iter().map(String::as_str).filter(|name| !documented.contains(name)).collect();
    let named = machine.iter().find(|path| {
        let path = path.as_os_str().as_encoded_bytes();
        module.windows(path.len()).any(|bytes| bytes == path)
    });
    // WebAssembly 2.0 has simd128, but not the relaxed kind, whose results depend on the machine.
    let version_2 = WasmFeatures::WASM2;
    let without = version_2.difference(WasmFeatures::SIMD);
    vec![
        Check {
            holds: is_valid(module, version_2) && is_valid(module, without) != simd,
            what: format!("WebAssembly 2.0 {} simd128", if simd { "with" } else { "without" }),
        },
        Check { holds: border.imports.is_empty(), what: list("imports", &border.imports) },
        Check {
            holds: missing.is_empty() && border.memory,
            what: format!(
                "exports its memory and {} functions; {}",
                documented.len(),
                list("missing", &missing)
            ),
        },
        Check { holds: unknown.is_empty(), what: list("exports beside them", &unknown) },
        Check {
            holds: named.is_none(),
            what: named.map_or_else(
                || "names no folder of this machine".to_owned(),
                |path| format!("names the folder {}", path.display()),
            ),
        },
        Check {
            holds: facts.gzip <= MAX_GZIP_BYTES,
            what: format!("{} of at most {MAX_GZIP_BYTES} bytes with gzip", facts.gzip),
        },
    ]
}

fn list(what: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    format!("{what}: {}", if names.is_empty() { "none".to_owned() } else { names.join(", ") })
}

fn is_valid(module: &[u8], features: WasmFeatures) -> bool {
    Validator::new_with_features(features).validate_all(module).is_ok()
}

/// What a module asks of its host and offers to it.
#[derive(Default)]
struct Border {
    imports: Vec<String>,
    memory: bool,
    /// Everything else that it exports.
    functions: Vec<String>,
}

/// Reads as far as the module makes sense; that it does is another check.
fn border(module: &[u8]) -> Border {
    let mut border = Border::default();
    for payload in Parser::new(0).parse_all(module).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(section) => {
                let imports = section.into_imports().map_while(Result::ok);
                border.imports.extend(imports.map(|import| format!("{}.{}", import.module, import.name)));
            }
            Payload::ExportSection(section) => {
                for export in section.into_iter().map_while(Result::ok) {
                    match export.kind {
                        ExternalKind::Memory if export.name == "memory" => border.memory = true,
                        ExternalKind::Global if OF_THE_LINKER.contains(&export.name) => {}
                        _ => border.functions.push(export.name.to_owned()),
                    }
                }
            }
            _ => {}
        }
    }
    border
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Modules by hand: a header, then sections of an id, a length and their contents.
    fn module(sections: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in sections {
            bytes.extend([*id, u8::try_from(content.len()).expect("short")]);
            bytes.extend_from_slice(content);
        }
        bytes
    }

    const TYPE: (u8, &[u8]) = (1, b"\x01\x60\0\0");
    const FUNCTION: (u8, &[u8]) = (3, b"\x01\0");
    const MEMORY: (u8, &[u8]) = (5, b"\x01\0\x01");
    const EXPORTS: (u8, &[u8]) = (7, b"\x02\x06memory\x02\0\x09tamis_abi\0\0");
    const NOTHING: (u8, &[u8]) = (10, b"\x01\x02\0\x0b");
    /// `v128.const 0`, dropped.
    const VECTOR: (u8, &[u8]) = (10, b"\x01\x15\0\xfd\x0c\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x1a\x0b");

    const INTERFACE: &str = "# The interface\n### `tamis_abi() -> version`\nNot a status.\n";

    fn check(module: &[u8], simd: bool, broken: &[usize]) {
        let found: Vec<usize> = checks(module, simd, &Facts::of(module), INTERFACE, &["/a/folder".into()])
            .iter()
            .enumerate()
            .filter(|(_, check)| !check.holds)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(found, broken);
    }

    #[test]
    fn each_build_is_what_it_is_called() {
        let scalar = module(&[TYPE, FUNCTION, MEMORY, EXPORTS, NOTHING]);
        check(&scalar, false, &[]);
        check(&scalar, true, &[0]);
        let simd = module(&[TYPE, FUNCTION, MEMORY, EXPORTS, VECTOR]);
        check(&simd, true, &[]);
        check(&simd, false, &[0]);
        check(&simd[..simd.len() - 1], true, &[0]);
    }

    #[test]
    fn an_import_is_seen() {
        let import = (2, b"\x01\x03env\x01f\0\0".as_slice());
        check(&module(&[TYPE, import, FUNCTION, MEMORY, EXPORTS, NOTHING]), false, &[1]);
    }

    #[test]
    fn exports_are_those_of_the_interface() {
        check(&module(&[TYPE, FUNCTION, MEMORY, NOTHING]), false, &[2]);
        let exports = (7, b"\x03\x06memory\x02\0\x09tamis_abi\0\0\x04main\0\0".as_slice());
        check(&module(&[TYPE, FUNCTION, MEMORY, exports, NOTHING]), false, &[3]);
        let without_memory = (7, b"\x01\x09tamis_abi\0\0".as_slice());
        check(&module(&[TYPE, FUNCTION, MEMORY, without_memory, NOTHING]), false, &[2]);
    }

    #[test]
    fn a_path_of_the_machine_is_seen() {
        let note = (0, b"\x01n/a/folder/x.rs".as_slice());
        check(&module(&[note, TYPE, FUNCTION, MEMORY, EXPORTS, NOTHING]), false, &[4]);
    }

    #[test]
    fn the_size_has_a_bound() {
        let small = module(&[TYPE, FUNCTION, MEMORY, EXPORTS, NOTHING]);
        for (gzip, holds) in [(MAX_GZIP_BYTES, true), (MAX_GZIP_BYTES + 1, false)] {
            let facts = Facts { gzip, ..Facts::of(&small) };
            assert_eq!(checks(&small, false, &facts, INTERFACE, &[])[5].holds, holds);
        }
    }
}
