//! Which compiler builds for WebAssembly: one that has the target's standard library, else one that can
//! build it from source. It must not install anything.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::process::Command;

use super::{TARGET, cargo};
use crate::Failure;

const HOW: &str = "no compiler for WebAssembly here: rustup target add wasm32-unknown-unknown \
                   (or, on Debian: apt install rustc-web cargo-web rust-web-src)";
/// The library's source below a sysroot.
const LIBRARY: &str = "lib/rustlib/src/rust";

/// A compiler that can build for the target.
pub(super) struct Compiler {
    sysroot: PathBuf,
    version: String,
    /// Whether the sysroot holds the target's standard library; else its source.
    ready: bool,
    linker: Option<PathBuf>,
}

impl Compiler {
    /// The active compiler, then every other one of this machine; one that needs not build the library first.
    pub(super) fn find() -> Result<Self, Failure> {
        let named = env::var_os("TAMIS_WASM_RUSTC");
        let active = Self::of(&env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        let mut found = match &named {
            Some(rustc) => Vec::from_iter(Self::of(rustc)),
            None => others(active.as_ref()).iter().filter_map(|rustc| Self::of(rustc)).collect(),
        };
        // A toolchain of rustup brings the linker; one of a distribution needs not.
        let linker = active.iter().chain(&found).find_map(|compiler| compiler.linker.clone());
        if named.is_none() {
            found.splice(0..0, active);
        }
        found.retain(|compiler| compiler.ready || compiler.sysroot.join(LIBRARY).join("library").is_dir());
        found.retain(Self::is_new_enough);
        found.sort_by_key(|compiler| !compiler.ready);
        let compiler = found.into_iter().next().ok_or_else(|| Failure::Failed(HOW.to_owned()))?;
        Ok(Self { linker: compiler.linker.clone().or(linker), ..compiler })
    }

    fn of(rustc: &OsStr) -> Option<Self> {
        let says = |arguments: &[&str]| {
            let output = Command::new(rustc).args(arguments).output().ok()?;
            output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let sysroot = PathBuf::from(says(&["--print", "sysroot"])?);
        let host = says(&["--print", "host-tuple"])?;
        let libraries = sysroot.join("lib/rustlib");
        let linker = Some(libraries.join(host).join("bin/rust-lld")).filter(|path| path.exists());
        let ready = libraries.join(TARGET).join("lib").is_dir();
        Some(Self { version: says(&["--version"])?, ready, linker, sysroot })
    }

    /// "rustc 1.96.0 (…)" against the workspace's `rust-version`.
    fn is_new_enough(&self) -> bool {
        let numbers = |version: &str| {
            let mut parts = version.split('.').map_while(|part| part.parse::<u32>().ok());
            (parts.next(), parts.next())
        };
        let version = self.version.split_whitespace().nth(1).unwrap_or_default();
        numbers(version) >= numbers(env!("CARGO_PKG_RUST_VERSION"))
    }

    pub(super) fn description(&self) -> String {
        let library =
            if self.ready { "its own standard library" } else { "the standard library built first" };
        format!("{} ({}) and {library}", self.version, self.sysroot.display())
    }

    /// The folder of the standard library's source, where that is compiled too.
    pub(super) fn library_source(&self) -> Option<PathBuf> {
        (!self.ready).then(|| self.sysroot.join(LIBRARY))
    }

    /// Cargo with this compiler and these flags behind whatever flags the user has set.
    pub(super) fn cargo(&self, flags: &[OsString]) -> Command {
        let ours = self.sysroot.join("bin/cargo");
        let mut command = Command::new(if ours.exists() { ours.into_os_string() } else { cargo() });
        command.env("RUSTC", self.sysroot.join("bin/rustc"));
        // Cargo takes the first of these that is there, and no other.
        let theirs: Option<Vec<OsString>> = match env::var("CARGO_ENCODED_RUSTFLAGS") {
            Ok(encoded) => Some(encoded.split('\x1f').map(Into::into).collect()),
            Err(_) => {
                env::var("RUSTFLAGS").ok().map(|flags| flags.split_whitespace().map(Into::into).collect())
            }
        };
        if let Some(mut all) = theirs {
            all.extend_from_slice(flags);
            command.env("CARGO_ENCODED_RUSTFLAGS", all.join(OsStr::new("\x1f")));
        } else {
            // Cargo adds these to the ones of its configuration files.
            let list: Vec<_> = flags.iter().map(|flag| flag.to_string_lossy()).collect();
            command.arg("--config").arg(format!("target.{TARGET}.rustflags={}", serde_json::json!(list)));
        }
        if !self.ready {
            command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
            if let Some(linker) = &self.linker {
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            }
        }
        if !stderr().is_terminal() {
            command.arg("--quiet");
        }
        command
    }
}

/// Every other `rustc`: those on the path, and those beside the active one where rustup keeps several.
fn others(active: Option<&Compiler>) -> Vec<OsString> {
    let mut found: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join("rustc"))
        .filter(|rustc| rustc.is_file())
        .collect();
    let toolchains = active.and_then(|active| active.sysroot.parent());
    if let Some(folder) = toolchains.filter(|folder| folder.ends_with("toolchains"))
        && let Ok(entries) = fs::read_dir(folder)
    {
        let mut rustcs: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path().join("bin/rustc")).collect();
        rustcs.sort();
        found.extend(rustcs);
    }
    found.into_iter().map(PathBuf::into_os_string).collect()
}
