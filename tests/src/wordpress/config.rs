//! What is written for a site: `wp-config.php` and PHP's settings. It must not start anything.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::{Database, Options, Site, fail};

/// The name of a database in `site.json` and on the command line.
pub(super) fn database_name(database: Database) -> &'static str {
    match database {
        Database::Sqlite => "sqlite",
        Database::Mariadb => "mariadb",
    }
}

/// Arguments for every PHP of the site: web server and WP-CLI must not differ.
pub(super) fn ini_arguments(dir: &Path, extension: Option<&Path>) -> Vec<String> {
    let log = dir.join("log/php.log");
    let mut settings = vec![
        "display_errors=0".to_owned(),
        "log_errors=1".to_owned(),
        "error_reporting=-1".to_owned(),
        format!("error_log={}", log.display()),
        "memory_limit=256M".to_owned(),
        // As hosts have it; a file that was changed counts at once.
        "opcache.enable_cli=1".to_owned(),
        "opcache.revalidate_freq=0".to_owned(),
        // No test sends mail.
        "sendmail_path=/bin/true".to_owned(),
    ];
    if let Some(extension) = extension {
        settings.push(format!("extension={}", extension.display()));
    }
    settings.into_iter().flat_map(|setting| ["-d".to_owned(), setting]).collect()
}

const CONFIG_END: &str = "$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) {
\tdefine( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
";

/// Writes `wp-config.php`.
pub(super) fn write(site: &Site, options: &Options) -> io::Result<()> {
    let mut constants: Vec<(String, String)> = Vec::new();
    let mut constant = |name: &str, literal: String| constants.push((name.to_owned(), literal));
    constant("DB_NAME", php_string("wordpress"));
    constant("DB_USER", php_string("root"));
    constant("DB_PASSWORD", php_string(""));
    constant("DB_HOST", php_string(&format!("localhost:{}", site.dir.join("db.sock").display())));
    constant("DB_CHARSET", php_string("utf8mb4"));
    if options.database == Database::Sqlite {
        constant("DB_ENGINE", php_string("sqlite"));
        constant("DB_DIR", php_string(&format!("{}/", site.dir.join("db").display())));
        constant("DB_FILE", php_string("wordpress.sqlite"));
    }
    for name in ["AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"] {
        constant(&format!("{name}_KEY"), php_string(&random_hex(32)?));
        constant(&format!("{name}_SALT"), php_string(&random_hex(32)?));
    }
    constant("WP_HOME", php_string(&site.url));
    constant("WP_SITEURL", php_string(&site.url));
    constant("WP_ENVIRONMENT_TYPE", php_string("local"));
    constant("WP_DEBUG", "true".to_owned());
    constant("WP_DEBUG_DISPLAY", "false".to_owned());
    constant("WP_DEBUG_LOG", php_string(&site.dir.join("log/php.log").display().to_string()));
    // Nothing may happen in a test that the test did not ask for.
    constant("DISABLE_WP_CRON", "true".to_owned());
    constant("AUTOMATIC_UPDATER_DISABLED", "true".to_owned());
    if !options.defines.iter().any(|(name, _)| name == "TAMIS_KEY") {
        constant("TAMIS_KEY", php_string(&random_hex(32)?));
    }
    for (name, value) in &options.defines {
        if !is_constant_name(name) {
            return Err(fail(format!("--define {name}=…: a PHP constant's name is letters, digits and _")));
        }
        // A define may override what is set above.
        constants.retain(|(earlier, _)| earlier != name);
        constants.push((name.clone(), php_literal(value)));
    }

    let mut file = File::create(site.root.join("wp-config.php"))?;
    file.write_all(b"<?php\n// Written by `cargo xtask wordpress up`.\n")?;
    for (name, literal) in &constants {
        writeln!(file, "define( '{name}', {literal} );")?;
    }
    file.write_all(CONFIG_END.as_bytes())
}

fn is_constant_name(name: &str) -> bool {
    let first_is_letter = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    first_is_letter && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `true`, `false`, `null` and whole numbers as themselves, anything else as a string.
fn php_literal(value: &str) -> String {
    let is_number = value.parse::<i64>().is_ok_and(|number| number.to_string() == value);
    if is_number || matches!(value, "true" | "false" | "null") {
        return value.to_owned();
    }
    php_string(value)
}

fn php_string(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// So many random bytes, in hexadecimal.
pub(super) fn random_hex(bytes: usize) -> io::Result<String> {
    let mut raw = vec![0; bytes];
    File::open("/dev/urandom")?.read_exact(&mut raw)?;
    let digits = raw.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_the_literals_that_are_meant() {
        for (value, literal) in [
            ("true", "true"),
            ("8099", "8099"),
            ("-1", "-1"),
            ("007", "'007'"),
            ("openai,mistral", "'openai,mistral'"),
            ("it's \\", "'it\\'s \\\\'"),
            ("", "''"),
        ] {
            assert_eq!(php_literal(value), literal);
        }
    }

    #[test]
    fn only_names_of_constants_are_written() {
        assert!(is_constant_name("TAMIS_PROTECT") && is_constant_name("_X9"));
        assert!(!is_constant_name("") && !is_constant_name("9X") && !is_constant_name("A'); evil('"));
    }
}
