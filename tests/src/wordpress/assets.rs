//! Where a site's parts come from: the cache that `script/bootstrap` fills, and this repository.
//!
//! What is missing from the cache is fetched by that script; nothing is downloaded here.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Database, Options, Site, fail};

/// The release of npm's `wp-studio` that `script/bootstrap` unpacks.
const WP_STUDIO: &str = "wp-studio-1.22.0";

/// Which WordPress to boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The current one, 7.1.
    V7_1,
    /// The oldest that is tested, 6.8.
    V6_8,
}

/// The parts in the cache.
pub(super) struct Assets {
    pub(super) wordpress: PathBuf,
    pub(super) sqlite: PathBuf,
    pub(super) wp_cli: PathBuf,
}

/// The repository that this was built from.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The extension of the last release build: `TAMIS_SO`, or `libtamis.so` in the target folder that the
/// running program is in.
pub fn built_extension() -> Option<PathBuf> {
    if let Some(path) = env::var_os("TAMIS_SO") {
        return Some(path.into());
    }
    let library = target_folder().ok()?.join("release/libtamis.so");
    library.exists().then_some(library)
}

/// The target folder that the running program is in.
pub fn target_folder() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    // Cargo marks its target folder; the program is somewhere below.
    let target = program.ancestors().find(|dir| dir.join("CACHEDIR.TAG").exists());
    target.map(Path::to_path_buf).ok_or_else(|| fail("this program is in no target folder of Cargo's"))
}

/// The PHP that sites run on: `PHP`, or the first one that Debian installs.
pub fn php() -> io::Result<PathBuf> {
    if let Some(path) = env::var_os("PHP") {
        return Ok(path.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let names = ["php8.2", "php8.3", "php8.4", "php8.5", "php"];
    let found = names.iter().find_map(|name| {
        env::split_paths(&path).map(|dir| dir.join(name)).find(|candidate| candidate.is_file())
    });
    found.ok_or_else(|| fail("no PHP here: run script/bootstrap"))
}

fn cache() -> io::Result<PathBuf> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let shared = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    let folder = env::var_os("TAMIS_CACHE").map(PathBuf::from).or(shared.map(|dir| dir.join("tamis")));
    folder.ok_or_else(|| fail("no cache folder: set TAMIS_CACHE"))
}

/// Finds the parts, and has `script/bootstrap` fetch what is missing.
pub(super) fn find(version: Version, database: Database) -> io::Result<Assets> {
    let cache = cache()?;
    let studio = cache.join(WP_STUDIO);
    let wordpress = match version {
        Version::V7_1 => studio.clone(),
        Version::V6_8 => cache.join("wordpress-6.8"),
    };
    let mariadb_missing = database == Database::Mariadb && !on_path("mariadb-install-db");
    if !studio.join("complete").exists() || !wordpress.join("complete").exists() || mariadb_missing {
        let mut script = Command::new(repository().join("script/bootstrap"));
        if version == Version::V6_8 {
            script.args(["--wp", "6.8"]);
        }
        if database == Database::Mariadb {
            script.arg("--mariadb");
        }
        if !script.status()?.success() {
            return Err(fail("script/bootstrap could not fetch what the site needs (see above)"));
        }
    }
    Ok(Assets {
        wordpress: wordpress.join("wordpress"),
        sqlite: studio.join("sqlite-database-integration"),
        wp_cli: studio.join("wp-cli/wp-cli.phar"),
    })
}

fn on_path(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|dir| dir.join(name).is_file())
}

/// Reads the version from WordPress' own file.
pub(super) fn version_of(root: &Path) -> io::Result<String> {
    let text = fs::read_to_string(root.join("wp-includes/version.php"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("$wp_version = '"));
    let version = line.and_then(|rest| rest.split('\'').next());
    version.map(str::to_owned).ok_or_else(|| fail("wp-includes/version.php names no version"))
}

/// Copies a folder's content. Links are followed: a site must not depend on what it was copied from.
pub(super) fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    let mut pending = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = pending.pop() {
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&from).map_err(|e| fail(format!("{}: {e}", from.display())))? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            if fs::metadata(entry.path())?.is_dir() {
                pending.push((entry.path(), target));
            } else {
                fs::copy(entry.path(), target)?;
            }
        }
    }
    Ok(())
}

/// Puts Tamis' plugin, the fixtures and the must-use plugins of the tests in place.
pub(super) fn place_plugins(root: &Path, options: &Options) -> io::Result<()> {
    let repository = repository();
    let fixtures = repository.join("tests/fixtures");
    let plugins = root.join("wp-content/plugins");
    let must_use = root.join("wp-content/mu-plugins");
    fs::create_dir_all(&plugins)?;
    copy_tree(&fixtures.join("mu-plugins"), &must_use)?;
    if options.fixtures {
        copy_tree(&fixtures.join("wordpress"), &plugins)?;
    }
    let plugin = repository.join("wordpress");
    let loader = plugin.join("mu-plugins/000-tamis.php");
    if !options.plugin {
        return Ok(());
    }
    if !loader.exists() {
        return Err(fail("this repository holds no WordPress plugin: boot without it"));
    }
    if options.link {
        std::os::unix::fs::symlink(&loader, must_use.join("000-tamis.php"))?;
        std::os::unix::fs::symlink(&plugin, plugins.join("tamis"))?;
    } else {
        fs::copy(&loader, must_use.join("000-tamis.php"))?;
        copy_tree(&plugin, &plugins.join("tamis"))?;
    }
    Ok(())
}

/// Puts the SQLite drop-in in place of WordPress' database class.
pub(super) fn place_sqlite(from: &Path, site: &Site) -> io::Result<()> {
    let content = site.root.join("wp-content");
    let plugin = content.join("plugins/sqlite-database-integration");
    copy_tree(from, &plugin)?;
    let drop_in = fs::read_to_string(from.join("db.copy"))?
        .replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", &plugin.display().to_string())
        .replace("{SQLITE_PLUGIN}", "sqlite-database-integration/load.php");
    fs::write(content.join("db.php"), drop_in)?;
    fs::create_dir(site.dir.join("db"))
}
