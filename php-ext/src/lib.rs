//! The `tamis` extension: the redaction core as PHP classes.
//!
//! It translates and nothing else: no rule, no operator and no policy lives here. The contract is
//! `tamis.stub.php`, which a test compares with what the extension registers. Three promises are made
//! here and not in the core: an unchanged body comes back as the very `zend_string` that came in, no
//! value reaches an exception, a dump or a log, and a panic of the core never leaves as more than a
//! fixed sentence.

#![allow(
    missing_docs,
    reason = "the macro of the module writes public functions for PHP and drops what stands on them"
)]
#![cfg_attr(windows, feature(abi_vectorcall))]

mod bytes;
mod cache;
mod engine;
mod error;
mod guard;
mod info;
mod input;
mod key;
mod outcome;
mod redactor;

use ext_php_rs::prelude::*;

/// Version of the contract between the extension and the WordPress plugin. It rises when a method of
/// the stub changes its meaning or goes away.
const API_VERSION: i64 = 1;

/// The module that PHP loads.
#[php_module]
pub fn module(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    let module = module
        .name("tamis")
        .version(env!("CARGO_PKG_VERSION"))
        .constant(("Tamis\\VERSION", env!("CARGO_PKG_VERSION"), &[]))
        .constant(("Tamis\\API_VERSION", API_VERSION, &[]))
        .startup_function(startup)
        .info_function(info::print);
    #[cfg(feature = "panic-test")]
    let module = module.constant(("Tamis\\PANIC_TEST", true, &[]));
    module
}

/// MINIT. `FrankenPHP` runs it again in one process: everything is registered anew each time.
extern "C" fn startup(_kind: i32, module_number: i32) -> i32 {
    guard::install_panic_hook();
    // A panic may not cross into PHP's C frames; a module that cannot start is refused by PHP.
    let registered = guard::guard(|| {
        engine::register_ini(module_number);
        error::register()?;
        engine::register_class::<key::Key>(&[("__construct", &[]), ("fromstring", &[0, 1])])?;
        engine::register_input(&[("__construct", &[0])])?;
        engine::register_class::<redactor::Redactor>(&[("frompolicy", &[0]), ("scrub", &[0])])?;
        engine::register_class::<outcome::Outcome>(&[("restore", &[0])])
    });
    match registered {
        Ok(Ok(())) => 0,
        Ok(Err(_)) | Err(_) => -1,
    }
}
