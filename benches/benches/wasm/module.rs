//! The two files that are measured, and what built them.
//!
//! A module of older sources than the native core's would make every ratio a lie, so they are built here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tamis_tests::wordpress::{repository, target_folder};

use crate::Failure;

/// Both files' names, the one with simd128 first.
pub(crate) const FILES: [&str; 2] = ["tamis.wasm", "tamis-scalar.wasm"];

/// Both files.
pub(crate) struct Modules {
    folder: PathBuf,
    /// The compiler that built them, if it was this run that did.
    pub(crate) compiler: Option<String>,
    bytes: [Vec<u8>; 2],
}

impl Modules {
    /// Builds both, or takes those in the folder that `TAMIS_WASM` names.
    pub(crate) fn find() -> Result<Self, Failure> {
        let (folder, compiler) = match std::env::var_os("TAMIS_WASM") {
            Some(folder) => (PathBuf::from(folder), None),
            None => (target_folder()?.join("wasm"), Some(build()?)),
        };
        let read = |name| fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"));
        let bytes = [read(FILES[0])?, read(FILES[1])?];
        Ok(Self { folder, compiler, bytes })
    }

    /// Both with their names.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        FILES.into_iter().zip(self.bytes.iter().map(Vec::as_slice))
    }

    /// The module with simd128, or its twin without.
    pub(crate) fn bytes(&self, simd: bool) -> &[u8] {
        &self.bytes[usize::from(!simd)]
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What built them, in words.
    pub(crate) fn compiler(&self) -> &str {
        self.compiler.as_deref().unwrap_or("unknown, as the modules were given")
    }
}

/// Builds both, and says with what.
fn build() -> Result<String, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["xtask", "wasm"])
        .current_dir(repository())
        .stderr(Stdio::inherit())
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!("cargo xtask wasm failed: {told}").into());
    }
    compiler_in(&told).ok_or_else(|| format!("cargo xtask wasm names no compiler: {told}").into())
}

/// "building tamis.wasm with rustc 1.96.0 (…) (…) and …" without the folder that the compiler lies in.
fn compiler_in(told: &str) -> Option<String> {
    let (_, compiler) = told.lines().find(|line| line.starts_with("building "))?.split_once(" with ")?;
    let (version, library) = compiler.rsplit_once(") and ")?;
    let (version, _sysroot) = version.rsplit_once(" (")?;
    Some(format!("{version}, {library}"))
}

/// The version of wasmtime that Cargo has locked.
pub(crate) fn wasmtime_version() -> Result<String, Failure> {
    let lock = fs::read_to_string(repository().join("Cargo.lock"))?;
    let after = lock.split_once("name = \"wasmtime\"\nversion = \"").map(|(_, rest)| rest);
    let version = after.and_then(|rest| rest.split('"').next()).ok_or("Cargo.lock has no wasmtime")?;
    Ok(version.to_owned())
}

/// A file of the record.
pub(crate) fn record_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("record").join(name)
}
