//! The compiled module on disk: taken when it is what was written there, replaced when it is not.

use std::fs;
use std::path::{Path, PathBuf};

use tamis_host::{Config, Host, Input};

use crate::{redactor, wasm};

/// A folder of its own, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tamis-host-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    fn config(&self) -> Config {
        Config::new().no_deadline().instances(2).cache(&self.0)
    }

    fn host(&self) -> Host {
        Host::new(&wasm("tamis.wasm"), &self.config()).expect("a host")
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(&self.0).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        files
    }

    /// The one file in it.
    fn file(&self) -> PathBuf {
        let files = self.files();
        assert_eq!(files.len(), 1, "{files:?}");
        files[0].clone()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn works(host: &Host) {
    let mut tamis = host.instance().expect("an instance");
    let redactor = redactor(&mut tamis);
    let mut session = tamis.session().expect("a session");
    let outcome = tamis.redact(&redactor, Input::new(b"anna@example.com"), &mut session).expect("an outcome");
    assert_eq!(outcome.verdict().name(), "redacted");
}

/// What was done to the file must not be believed: the module is compiled anew and kept again.
fn check(folder: &Folder, spoil: impl Fn(&Path)) {
    let file = folder.file();
    let whole = fs::read(&file).expect("it is read");
    spoil(&file);
    let host = folder.host();
    assert!(!host.is_from_cache(), "a spoilt file was believed");
    works(&host);
    assert!(fs::read(&file).expect("it is read") == whole, "it was not replaced");
    assert!(folder.host().is_from_cache());
}

#[test]
fn the_second_process_loads_what_the_first_compiled() {
    let folder = Folder::new("again");
    assert!(!folder.host().is_from_cache());
    let host = folder.host();
    assert!(host.is_from_cache());
    works(&host);
    // Another module, or other code of the same one, is another file.
    let scalar = Host::new(&wasm("tamis-scalar.wasm"), &folder.config()).expect("a host");
    assert!(!scalar.is_from_cache());
    let fuel = Host::new(&wasm("tamis.wasm"), &folder.config().fuel(1 << 40)).expect("a host");
    assert!(!fuel.is_from_cache());
    assert_eq!(folder.files().len(), 3);
}

#[test]
fn what_is_not_whole_is_compiled_anew() {
    let folder = Folder::new("whole");
    folder.host();
    check(&folder, |file| fs::write(file, b"").expect("written"));
    check(&folder, |file| {
        let bytes = fs::read(file).expect("read");
        fs::write(file, &bytes[..bytes.len() - 1]).expect("written");
    });
    check(&folder, |file| {
        let mut bytes = fs::read(file).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(file, bytes).expect("written");
    });
    check(&folder, |file| {
        fs::remove_file(file).expect("removed");
        fs::create_dir(file).expect("a folder");
        // Nothing can be renamed onto a folder with something in it; an empty one is in the way, too.
        fs::remove_dir(file).expect("removed");
    });
}

/// A file with a hash that fits, but not of code: wasmtime refuses it by itself.
#[test]
fn what_is_whole_and_no_code_is_compiled_anew() {
    use sha2::{Digest, Sha256};
    let folder = Folder::new("code");
    folder.host();
    check(&folder, |file| {
        let text = b"not ours".as_slice();
        fs::write(file, [text, &Sha256::digest(text)].concat()).expect("written");
    });
}

#[cfg(unix)]
#[test]
fn what_others_can_write_to_is_not_believed() {
    use std::os::unix::fs::PermissionsExt;
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    let folder = Folder::new("others");
    folder.host();
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!((mode(&folder.0), mode(&folder.file())), (0o700, 0o600));
    check(&folder, |file| set(file, 0o620));
    check(&folder, |file| set(file, 0o602));
    // Others can read it: that is no harm.
    set(&folder.file(), 0o644);
    assert!(folder.host().is_from_cache());
    // A folder that others can write to is not used at all.
    let file = folder.file();
    set(&folder.0, 0o777);
    assert!(!folder.host().is_from_cache());
    fs::remove_file(&file).expect("removed");
    assert!(!folder.host().is_from_cache());
    assert!(folder.files().is_empty(), "a file was put where others can write");
}

#[test]
fn a_folder_that_cannot_be_is_no_failure() {
    let config = Config::new().no_deadline().instances(1).cache("/dev/null/tamis");
    let host = Host::new(&wasm("tamis.wasm"), &config).expect("a host");
    assert!(!host.is_from_cache());
    works(&host);
}

/// Another user's file is not believed. Only root can make one.
#[cfg(unix)]
#[test]
fn what_another_user_wrote_is_not_believed() {
    let folder = Folder::new("user");
    folder.host();
    let file = folder.file();
    if std::os::unix::fs::chown(&file, Some(65_534), None).is_err() {
        println!("not root: the owner cannot be changed, and is not tested");
        return;
    }
    assert!(!folder.host().is_from_cache());
    assert!(folder.host().is_from_cache(), "it was not replaced");
}
