//! The section of `phpinfo()` and `php --ri tamis`.

use std::sync::atomic::{AtomicU16, Ordering};

use ext_php_rs::zend::ModuleEntry;
use ext_php_rs::{info_table_end, info_table_row, info_table_start};

use crate::{API_VERSION, cache, engine, guard};

static LAST_POLICY_ERROR: AtomicU16 = AtomicU16::new(0);

/// Remembers why a policy was refused, for whoever looks at this process.
pub(crate) fn note_policy_error(code: u16) {
    LAST_POLICY_ERROR.store(code, Ordering::Relaxed);
}

/// Prints the section. It names no policy and no key.
pub(crate) extern "C" fn print(module: *mut ModuleEntry) {
    // A panic may not cross into PHP; half a table is better.
    let _ = guard::guard(|| {
        let cache = cache::state();
        let last_error = match LAST_POLICY_ERROR.load(Ordering::Relaxed) {
            0 => "none".to_owned(),
            code => code.to_string(),
        };
        info_table_start!();
        info_table_row!("Tamis", if engine::enabled() { "enabled" } else { "disabled" });
        info_table_row!("Version", env!("CARGO_PKG_VERSION"));
        // One version number for all crates of the workspace.
        info_table_row!("Core version", env!("CARGO_PKG_VERSION"));
        info_table_row!("API version", API_VERSION.to_string());
        info_table_row!("Compiled policies", format!("{} of {}", cache.policies, cache::POLICIES_MAX));
        info_table_row!("Policy text held", format!("{} bytes", cache.text_bytes));
        info_table_row!("Last policy error", last_error);
        info_table_end!();
        engine::print_ini(module);
    });
}
