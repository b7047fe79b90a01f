//! The compiled module on disk, so that only the first process compiles.
//!
//! What is loaded is run as machine code, so it must be what wasmtime wrote, to the byte. A file is taken when
//! nobody but this user, or root, could have written it or can (folder and file, by owner and permissions),
//! and when it ends with the hash of all that stands before: a file cut short or decayed has another. Who can
//! write there could as well alter this program. Files are written aside and renamed, never altered, as
//! programs are: what is mapped stays as it was checked. Everything else is compiled anew, and replaced.
//!
//! It must not know what the module does.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;

use sha2::{Digest, Sha256};
use wasmtime::{Engine, Module};

/// Bytes of the hash at a file's end.
const HASH_BYTES: usize = 32;
/// Bytes that are read at once.
const CHUNK_BYTES: usize = 64 << 10;

/// The compiled module, if an earlier process kept it.
pub(crate) fn load(engine: &Engine, folder: &Path, wasm: &[u8]) -> Option<Module> {
    let file = File::open(path(engine, folder, wasm)).ok()?;
    let about = file.metadata().ok()?;
    let ours = about.is_file() && is_ours(&about) && is_ours(&fs::metadata(folder).ok()?);
    if !ours || !is_whole(&file, about.len()).ok()? {
        return None;
    }
    // SAFETY: this file is what `Module::serialize` returned. `keep` alone writes files of this name, and the
    // hash says that this one is whole. By owner and permissions of folder and file, read from the open file,
    // nobody else can have written it, or can as long as it is mapped; `keep` itself replaces files and never
    // alters one. wasmtime itself refuses code of another version, CPU or configuration.
    unsafe { Module::deserialize_open_file(engine, file) }.ok()
}

/// Whether the file ends with the hash of all that stands before it.
fn is_whole(mut file: &File, bytes: u64) -> io::Result<bool> {
    let mut code = file.take(bytes.saturating_sub(HASH_BYTES as u64));
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        match code.read(&mut chunk)? {
            0 => break,
            read => hash.update(&chunk[..read]),
        }
    }
    let mut told = [0; HASH_BYTES];
    file.read_exact(&mut told)?;
    Ok(hash.finalize().as_slice() == told)
}

/// Keeps a compiled module for later processes. Whole or not at all: it is written aside, then renamed.
pub(crate) fn keep(engine: &Engine, folder: &Path, wasm: &[u8], module: &Module) -> io::Result<()> {
    let code = module.serialize().map_err(io::Error::other)?;
    make_folder(folder)?;
    if !is_ours(&fs::metadata(folder)?) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let path = path(engine, folder, wasm);
    let aside = path.with_extension(process::id().to_string());
    // Left by a process of this number that died.
    let _ = fs::remove_file(&aside);
    let written = write(&aside, &code).and_then(|()| fs::rename(&aside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&aside);
    }
    written
}

fn write(path: &Path, code: &[u8]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(code)?;
    file.write_all(&Sha256::digest(code))
}

/// Named by the module, and by all that decides what its code looks like: wasmtime's version and settings,
/// and this CPU.
fn path(engine: &Engine, folder: &Path, wasm: &[u8]) -> PathBuf {
    struct Hash256(Sha256);
    impl Hasher for Hash256 {
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }
        fn finish(&self) -> u64 {
            0
        }
    }
    let mut by = Hash256(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut by);
    folder.join(format!("{:.32}-{:.32}.cwasm", hex(&Sha256::digest(wasm)), hex(&by.0.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(unix)]
fn is_ours(about: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let by_us = about.uid() == rustix::process::geteuid().as_raw() || about.uid() == 0;
    by_us && about.mode() & 0o022 == 0
}

/// Who can write where is not asked here.
#[cfg(not(unix))]
fn is_ours(_: &Metadata) -> bool {
    false
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)
}
