//! Builds what a site needs from this repository: the extension. It must not install anything.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use tamis_tests::wordpress::{built_extension, php, repository};

use crate::Failure;

/// Brings the release build of the extension up to date and gives its path. `TAMIS_SO` names another one.
pub(crate) fn extension() -> Result<PathBuf, Failure> {
    if std::env::var_os("TAMIS_SO").is_none() {
        let php = php()?;
        let mut config = OsStr::new("php-config").to_owned();
        // php8.2 belongs with php-config8.2: headers and binary of two versions give a broken extension.
        if let Some(version) = php.file_name().and_then(OsStr::to_str).and_then(|n| n.strip_prefix("php")) {
            config.push(version);
        }
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--quiet", "--release", "--package", "tamis-php"]).current_dir(repository());
        if std::env::var_os("PHP_CONFIG").is_none() {
            cargo.env("PHP_CONFIG", php.with_file_name(config));
        }
        let status = cargo.env("PHP", &php).status()?;
        if !status.success() {
            return Err(Failure::Failed("the extension does not build (see above)".to_owned()));
        }
    }
    built_extension().ok_or_else(|| {
        Failure::Failed("cargo built the extension, but libtamis.so is not in the target folder".to_owned())
    })
}
