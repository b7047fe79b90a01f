//! The core's errors as PHP exceptions.
//!
//! Plain internal classes under `RuntimeException`, without Rust state: PHP's own `create_object` fills
//! in file, line and trace.

use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::error::Result;
use ext_php_rs::exception::PhpException;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::zend::{ClassEntry, ce};
use tamis::{PolicyError, PolicyErrorKind, RedactError, RedactErrorKind};

use crate::engine::find_class;
use crate::guard::Fault;
use crate::info;

const MARKER: &str = "Tamis\\Exception";
const POLICY: &str = "Tamis\\PolicyException";
const LIMIT: &str = "Tamis\\LimitException";
const INTERNAL: &str = "Tamis\\InternalException";

/// Registers the marker interface and its three final classes. Only in MINIT.
pub(crate) fn register() -> Result<()> {
    ClassBuilder::new(MARKER)
        .flags(ClassFlags::Interface)
        .implements((ce::throwable, "\\Throwable"))
        .registration(|_, _| ())
        .register()?;
    for name in [POLICY, LIMIT, INTERNAL] {
        ClassBuilder::new(name)
            .flags(ClassFlags::Final)
            .extends((|| class("RuntimeException"), "\\RuntimeException"))
            .implements((|| class(MARKER), "\\Tamis\\Exception"))
            .registration(|_, _| ())
            .register()?;
    }
    Ok(())
}

/// The class of this name as it is registered now; `Exception` should it be missing.
///
/// Looked up each time: errors are rare, and a class entry does not survive a restart of the module.
fn class(name: &str) -> &'static ClassEntry {
    find_class(name).unwrap_or_else(ce::exception)
}

fn exception(class_name: &str, code: u16, message: &str) -> PhpException {
    // The engine takes a C string, and a policy's key may hold a NUL.
    PhpException::new(message.replace('\0', "\u{fffd}"), i32::from(code), class(class_name))
}

/// A policy that cannot be used. Its message names the JSON path.
pub(crate) fn policy(error: &PolicyError) -> PhpException {
    info::note_policy_error(error.code());
    exception(POLICY, error.code(), &error.to_string())
}

/// A key that cannot be used, before the core has seen it.
pub(crate) fn key() -> PhpException {
    let kind = PolicyErrorKind::Key;
    exception(POLICY, kind.code(), &format!("{} ({})", kind.text(), kind.slug()))
}

/// A body that must not be sent.
pub(crate) fn blocked(error: RedactError) -> PhpException {
    let class_name = if is_fault(error) { INTERNAL } else { LIMIT };
    exception(class_name, error.code(), &error.to_string())
}

/// Whether the core blocked a body because of itself.
pub(crate) fn is_fault(error: RedactError) -> bool {
    error.kind() == RedactErrorKind::Internal
}

/// The kill switch is off.
pub(crate) fn disabled() -> PhpException {
    exception(INTERNAL, RedactErrorKind::Internal.code(), "Tamis is switched off by tamis.enabled")
}

impl From<Fault> for PhpException {
    fn from(_: Fault) -> Self {
        blocked(RedactErrorKind::Internal.into())
    }
}
