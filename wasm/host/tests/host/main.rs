//! The module in wasmtime: held to the vectors, to the core itself, and to what its interface promises when
//! everything goes wrong.
//!
//! The modules are those of `cargo xtask wasm`, in `wasm/js` or where `TAMIS_WASM_DIR` says. Run with
//! `--profile host`: the compiler within wasmtime is slow without optimisation.

mod cache;
mod differential;
mod embed;
mod limits;
mod module;
mod objects;
mod raw;
mod vectors;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tamis_host::{Config, Error, Host, Instance, Redactor};

const SECRET: &[u8] = b"tamis host key 0123456789abcdef";
const POLICY: &[u8] = br#"{"version":1}"#;
const JSON: &str = "application/json";

/// The host that most tests share: no deadline, as others use the machine too.
static HOST: LazyLock<Host> = LazyLock::new(|| host(&Config::new().no_deadline()));

/// Where the modules are.
fn folder() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../js");
    std::env::var_os("TAMIS_WASM_DIR").map_or_else(default, PathBuf::from)
}

/// One of the two modules.
fn wasm(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}: run cargo xtask wasm", path.display()))
}

fn host(config: &Config) -> Host {
    Host::new(&wasm("tamis.wasm"), config).expect("a host")
}

fn instance() -> Instance {
    HOST.instance().expect("an instance")
}

/// The default policy under the tests' secret.
fn redactor(tamis: &mut Instance) -> Redactor {
    let keyring = tamis.keyring(SECRET).expect("a keyring");
    tamis.redactor(POLICY, &keyring).expect("a redactor")
}

/// Holds an error to its code, and to the words that the core's table has for it.
#[track_caller]
fn check<T>(result: Result<T, Error>, code: u16) -> Error {
    let error = result.err().unwrap_or_else(|| panic!("{code} was to come"));
    assert_eq!(error.code(), code, "{error}");
    assert_eq!(tamis::describe(code), Some((error.slug(), error.text())));
    error
}
