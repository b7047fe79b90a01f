//! `cargo xtask wasm`: the module in its two builds, checked, where hosts and the npm package look for it.
//!
//! It must not know what the module does: only how it is built, how large it may be, and what it may ask of
//! a host.

mod compiler;
mod module;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use compiler::Compiler;
use lexopt::prelude::*;
use serde_json::Value;
use tamis_tests::wordpress::{repository, target_folder};

use crate::{Failure, Outcome};

const HELP: &str = "\
Builds tamis.wasm (with simd128) and tamis-scalar.wasm (for hosts without it), checks that they import
nothing, export what ABI.md says and stay under their size, and copies them into wasm/js.

Usage: cargo xtask wasm

They are left in the folder `wasm` of the target folder. Needs the standard library of
wasm32-unknown-unknown (rustup target add wasm32-unknown-unknown), or any rustc of the right age that has
the library's source, such as Debian's rustc-web with cargo-web and rust-web-src; the active toolchain
lends that one its linker. TAMIS_WASM_RUSTC names the rustc to use.
";

const TARGET: &str = "wasm32-unknown-unknown";

/// One build of the module.
struct Variant {
    file: &'static str,
    /// Whether it may use simd128, and does.
    simd: bool,
}

const VARIANTS: [Variant; 2] =
    [Variant { file: "tamis.wasm", simd: true }, Variant { file: "tamis-scalar.wasm", simd: false }];

pub(crate) fn run(mut arguments: lexopt::Parser) -> Outcome {
    match arguments.next()? {
        None => {}
        Some(Short('h') | Long("help")) => {
            print!("{HELP}");
            return Ok(());
        }
        Some(other) => return Err(other.unexpected().into()),
    }
    let compiler = Compiler::find()?;
    let workspace = Workspace::read()?;
    let machine = workspace.machine_paths();
    let interface = fs::read_to_string(repository().join("wasm/ABI.md"))?;
    let mut sound = true;
    for variant in &VARIANTS {
        println!("building {} with {}", variant.file, compiler.description());
        let started = Instant::now();
        let built = workspace.build(&compiler, variant)?;
        let bytes = fs::read(&built)?;
        let facts = module::Facts::of(&bytes);
        println!("{}", built.display());
        println!("  {} bytes, {} with gzip, in {} s", facts.raw, facts.gzip, started.elapsed().as_secs());
        println!("  sha256 {}", facts.sha256);
        let checks = module::checks(&bytes, variant.simd, &facts, &interface, &machine);
        for check in &checks {
            println!("  {}  {}", if check.holds { "ok" } else { "FAILED" }, check.what);
        }
        if checks.iter().all(|check| check.holds) {
            fs::write(repository().join("wasm/js").join(variant.file), &bytes)?;
        } else {
            sound = false;
        }
    }
    if sound { Ok(()) } else { Err(Failure::Told) }
}

/// What Cargo says of the workspace.
struct Workspace {
    target: PathBuf,
    /// The folders that the sources of other people's crates are unpacked in.
    sources: Vec<PathBuf>,
}

impl Workspace {
    /// Fetches every crate on the way.
    fn read() -> Result<Self, Failure> {
        let output = Command::new(cargo())
            .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET])
            .current_dir(repository())
            .stderr(std::process::Stdio::inherit())
            .output()?;
        let metadata: Value = serde_json::from_slice(&output.stdout)
            .map_err(|_| Failure::Failed("cargo metadata failed (see above)".to_owned()))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
        let mut sources: Vec<PathBuf> = packages
            .iter()
            .filter(|package| !package["source"].is_null())
            .filter_map(|package| {
                Some(Path::new(&text(&package["manifest_path"])).ancestors().nth(2)?.into())
            })
            .collect();
        sources.sort();
        sources.dedup();
        Ok(Self { target: target_folder()?, sources })
    }

    /// Each build has a target folder of its own, so that they can be brought up to date in turn.
    fn build(&self, compiler: &Compiler, variant: &Variant) -> Result<PathBuf, Failure> {
        let folder = self.target.join("wasm");
        let objects = folder.join("build").join(if variant.simd { "simd128" } else { "scalar" });
        let mut flags: Vec<OsString> = Vec::new();
        if variant.simd {
            flags.extend(["-C".into(), "target-feature=+simd128".into()]);
        }
        // Messages of panics name source files: not by where they are on this machine.
        let folders = self.sources.iter().cloned().map(|folder| (folder, "crates"));
        for (from, to) in folders.chain(compiler.library_source().map(|folder| (folder, "rust"))) {
            let mut map = from.into_os_string();
            map.push("=");
            map.push(to);
            flags.extend(["--remap-path-prefix".into(), map]);
        }
        let mut cargo = compiler.cargo(&flags);
        cargo
            .args(["build", "--locked", "--package", "tamis-wasm", "--profile", "wasm", "--target", TARGET])
            .arg("--target-dir")
            .arg(&objects)
            .current_dir(repository());
        if !cargo.status()?.success() {
            return Err(Failure::Failed(format!("{} does not build (see above)", variant.file)));
        }
        let built = folder.join(variant.file);
        // Not a copy: Cargo's file may be executed, this one is data.
        fs::write(&built, fs::read(objects.join(TARGET).join("wasm/tamis_wasm.wasm"))?)?;
        Ok(built)
    }

    /// What must not stand in a module.
    fn machine_paths(&self) -> Vec<PathBuf> {
        self.sources.iter().cloned().chain([repository(), self.target.clone()]).collect()
    }
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
