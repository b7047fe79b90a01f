//! `Tamis\Key`.

use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;

use ext_php_rs::convert::{FromZval, StubLiteral};
use ext_php_rs::exception::{PhpException, PhpResult};
use ext_php_rs::flags::DataType;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::ce;
use tamis::Keyring;
use zeroize::Zeroizing;

use crate::bytes::PhpStr;
use crate::engine::SEALED;
use crate::{engine, error};

/// Largest key file, in bytes: nobody's secret is longer, and the path may be a wrong one.
const KEY_FILE_BYTES_MAX: u64 = 4096;

/// Secret key material. No property, no clone, no serialisation.
#[php_class]
#[php(name = "Tamis\\Key", flags = SEALED)]
pub struct Key {
    keyring: Keyring,
    id: String,
    /// Ids of all secrets: two keys with the same current and other earlier secrets differ.
    all_ids: String,
}

/// The list of earlier secrets; an omitted one is empty.
#[derive(Clone, Copy)]
struct Secrets<'a>(Option<&'a ZendHashTable>);

impl<'a> FromZval<'a> for Secrets<'a> {
    const TYPE: DataType = DataType::Array;

    fn from_zval(zval: &'a Zval) -> Option<Self> {
        zval.array().map(|array| Self(Some(array)))
    }
}

impl From<[&'static str; 0]> for Secrets<'_> {
    fn from(_: [&'static str; 0]) -> Self {
        Self(None)
    }
}

impl StubLiteral for Secrets<'_> {
    fn stub_literal(&self) -> String {
        "[]".to_owned()
    }
}

#[php_impl]
impl Key {
    #[php(vis = "private")]
    fn __construct() -> PhpResult<Self> {
        Err("Tamis\\Key is made by fromString() or fromFile()".into())
    }

    #[php(defaults(previous = []))]
    fn from_string(secret: PhpStr<'_>, previous: Secrets<'_>) -> PhpResult<Self> {
        let mut keyring = Keyring::new(secret.bytes()).map_err(|e| error::policy(&e))?;
        let id = keyring.id();
        let mut all_ids = id.clone();
        for zval in previous.0.into_iter().flat_map(ZendHashTable::values) {
            let earlier = PhpStr::from_zval(zval.dereference()).ok_or_else(|| {
                PhpException::new("$previous must hold strings only".into(), 0, ce::type_error())
            })?;
            let one = Keyring::new(earlier.bytes()).map_err(|e| error::policy(&e))?;
            all_ids.push_str(&one.id());
            keyring = keyring.with_previous(earlier.bytes()).map_err(|e| error::policy(&e))?;
        }
        Ok(Self { keyring, id, all_ids })
    }

    fn from_file(path: PhpStr<'_>) -> PhpResult<Self> {
        let secret = read_secret(path.bytes()).ok_or_else(error::key)?;
        let keyring = Keyring::new(&secret).map_err(|e| error::policy(&e))?;
        let id = keyring.id();
        Ok(Self { keyring, all_ids: id.clone(), id })
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Key {
    pub(crate) fn keyring(&self) -> Keyring {
        self.keyring.clone()
    }

    pub(crate) fn all_ids(&self) -> &str {
        &self.all_ids
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The file's bytes without one line end at their end, which editors add.
fn read_secret(path: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    use std::io::Read;
    let c_path = CString::new(path).ok()?;
    if !engine::may_read(&c_path) {
        return None;
    }
    let file = std::fs::File::open(std::ffi::OsStr::from_bytes(path)).ok()?;
    let capacity = usize::try_from(KEY_FILE_BYTES_MAX).ok()?.saturating_add(1);
    // Of its full size from the start: growing would leave copies behind.
    let mut secret = Zeroizing::new(Vec::with_capacity(capacity));
    let read = file.take(KEY_FILE_BYTES_MAX.saturating_add(1)).read_to_end(&mut secret).ok()?;
    if u64::try_from(read).ok()? > KEY_FILE_BYTES_MAX {
        return None;
    }
    if secret.last() == Some(&b'\n') {
        secret.pop();
        if secret.last() == Some(&b'\r') {
            secret.pop();
        }
    }
    Some(secret)
}
