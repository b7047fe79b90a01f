//! Boots real WordPress sites: for the demo, for the end-to-end tests, for anyone's own plugin.
//!
//! A site is a folder. It holds a copy of WordPress, its database, its logs and `site.json`, which says how
//! to reach it and how to stop it; nothing outside the folder is written. The site must not be able to
//! tell that it is a test: the only concession is a must-use plugin that answers for wordpress.org.

mod assets;
mod config;
mod engine;
mod mariadb;
mod process;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::http;

pub use engine::place_page_engine;

pub use assets::{Version, built_extension, php, repository, target_folder};

/// How long a web server may take to answer its first request.
const START_TIMEOUT: Duration = Duration::from_secs(30);
const SITE_FILE: &str = "site.json";
/// What [`up`] makes in the site's folder, and so may remove.
const OWN_ENTRIES: &[&str] = &["www", "db", "db.sock", "log", "ext", "tmp", SITE_FILE, MARKER_FILE];
/// Says that a folder is ours to empty, even when booting failed half-way.
const MARKER_FILE: &str = ".tamis-site";

/// What the site keeps its data in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// A file, through the SQLite drop-in.
    Sqlite,
    /// A MariaDB server of the site's own, on a unix socket in its folder.
    Mariadb,
}

/// What to boot.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder; made when it is missing, renewed when it holds a stopped site.
    pub dir: PathBuf,
    /// The web server's port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Where the data goes.
    pub database: Database,
    /// Which WordPress.
    pub version: Version,
    /// The extension to load; `None` boots a site whose host has none.
    pub extension: Option<PathBuf>,
    /// Whether Tamis' plugin and its must-use loader are installed.
    pub plugin: bool,
    /// Whether the fixture shop and the fixture AI plugin are installed.
    pub fixtures: bool,
    /// Links to this repository's plugin instead of a copy, to edit it in a running site. Its path is then
    /// not the one that a shop has, so tests use copies.
    pub link: bool,
    /// Constants for `wp-config.php`. `true`, `false`, `null` and whole numbers are written as such.
    pub defines: Vec<(String, String)>,
}

impl Options {
    /// WordPress 7.1 on SQLite at a free port, with everything of this repository in it.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            port: 0,
            database: Database::Sqlite,
            version: Version::V7_1,
            extension: built_extension(),
            plugin: true,
            fixtures: true,
            link: false,
            defines: Vec::new(),
        }
    }

    /// The same with one more constant in `wp-config.php`.
    #[must_use]
    pub fn define(mut self, name: &str, value: &str) -> Self {
        self.defines.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A site that was booted; what `site.json` holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Site {
    /// The site's address, without a slash at its end.
    pub url: String,
    /// Where to log in.
    pub admin_url: String,
    /// The administrator's name.
    pub login: String,
    /// The administrator's password.
    pub password: String,
    /// WordPress' version.
    pub wordpress: String,
    /// `sqlite` or `mariadb`.
    pub database: String,
    /// The folder of the site.
    pub dir: PathBuf,
    /// The web server's document root: WordPress itself.
    pub root: PathBuf,
    /// The PHP binary that runs it.
    pub php: PathBuf,
    /// Arguments for that PHP, the extension included.
    pub ini: Vec<String>,
    /// The extension that is loaded.
    pub extension: Option<PathBuf>,
    /// WP-CLI.
    pub wp_cli: PathBuf,
    /// Process group of the web server.
    pub web_pid: u32,
    /// Process group of MariaDB.
    pub database_pid: Option<u32>,
}

/// What is left of a site that was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// Its files, for a look at the logs.
    Files,
    /// Nothing.
    Nothing,
}

/// A site that is stopped when this is dropped, and also when this process is killed.
#[derive(Debug)]
pub struct Guard {
    site: Site,
    leave: Leave,
    watchdog: process::Watchdog,
}

impl Deref for Guard {
    type Target = Site;
    fn deref(&self) -> &Site {
        &self.site
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // There is no one left to tell.
        drop(self.site.down());
        if self.leave == Leave::Nothing {
            drop(remove_files(&self.site));
        }
        self.watchdog.dismiss();
    }
}

impl Site {
    /// The site in a folder, running or not.
    pub fn open(dir: &Path) -> io::Result<Self> {
        let file = dir.join(SITE_FILE);
        let text = fs::read(&file)
            .map_err(|_| fail(format!("{} holds no site: boot one with `up`", dir.display())))?;
        serde_json::from_slice(&text).map_err(|e| fail(format!("{}: {e}", file.display())))
    }

    /// Loads a page; `path` begins with a slash.
    pub fn get(&self, path: &str) -> io::Result<http::Response> {
        http::get(&format!("{}{path}", self.url))
    }

    /// Runs WP-CLI in the site and gives what it printed.
    pub fn wp<I, S>(&self, args: I) -> io::Result<Output>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        self.wp_command(args).stdin(Stdio::null()).output()
    }

    /// Like [`Site::wp`]; a failure of the command is an error with what it said.
    pub fn wp_ok<I, S>(&self, args: I) -> io::Result<String>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let output = self.wp(args)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(fail(format!("WP-CLI failed: {}", String::from_utf8_lossy(&said).trim())))
    }

    /// The WP-CLI command, to be run by the caller.
    pub fn wp_command<I, S>(&self, args: I) -> Command
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let mut command = Command::new(&self.php);
        command
            .args(&self.ini)
            .arg(&self.wp_cli)
            .arg(format!("--path={}", self.root.display()))
            .arg(format!("--url={}", self.url))
            .args(args)
            .env("WP_CLI_CACHE_DIR", self.dir.join("tmp"))
            .env("WP_CLI_DISABLE_AUTO_CHECK_UPDATE", "1")
            .env("WP_CLI_ALLOW_ROOT", "1");
        command
    }

    /// Whether its web server runs.
    pub fn is_up(&self) -> bool {
        process::group_runs(self.web_pid, &self.marker())
    }

    /// Stops the web server and the database. The files stay, for a look at the logs.
    pub fn down(&self) -> io::Result<()> {
        process::stop_group(self.web_pid, &self.marker())?;
        if let Some(pid) = self.database_pid {
            process::stop_group(pid, &self.marker())?;
        }
        Ok(())
    }

    /// Stops it when the result is dropped.
    pub fn stop_on_drop(self, leave: Leave) -> io::Result<Guard> {
        let delete = (leave == Leave::Nothing).then_some(self.dir.as_path());
        let groups: Vec<u32> = [Some(self.web_pid), self.database_pid].into_iter().flatten().collect();
        let watchdog = process::Watchdog::start(&groups, delete)?;
        Ok(Guard { site: self, leave, watchdog })
    }

    /// The text that tells this site's processes from others that got the same number later.
    fn marker(&self) -> String {
        format!("{}/", self.dir.display())
    }

    /// The PHP errors so far.
    pub fn php_log(&self) -> String {
        fs::read_to_string(self.dir.join("log/php.log")).unwrap_or_default()
    }
}

/// Boots a site and waits until it answers.
pub fn up(options: &Options) -> io::Result<Site> {
    let assets = assets::find(options.version, options.database)?;
    let dir = empty_folder(&options.dir)?;
    let reserved = reserve_port(options.port)?;
    let port = reserved.local_addr()?.port();
    for folder in ["www", "log", "tmp"] {
        fs::create_dir(dir.join(folder))?;
    }
    let root = dir.join("www");
    assets::copy_tree(&assets.wordpress, &root)?;
    assets::place_plugins(&root, options)?;
    if options.plugin {
        place_page_engine(&root.join("wp-content/plugins/tamis"))?;
    }
    let extension = options.extension.as_deref().map(|from| place_extension(from, &dir)).transpose()?;

    let mut site = Site {
        url: format!("http://127.0.0.1:{port}"),
        admin_url: format!("http://127.0.0.1:{port}/wp-admin/"),
        login: "admin".to_owned(),
        password: config::random_hex(8)?,
        wordpress: assets::version_of(&root)?,
        database: config::database_name(options.database).to_owned(),
        ini: config::ini_arguments(&dir, extension.as_deref()),
        php: php()?,
        extension,
        wp_cli: assets.wp_cli,
        root,
        dir,
        web_pid: 0,
        database_pid: None,
    };
    config::write(&site, options)?;
    match options.database {
        Database::Sqlite => assets::place_sqlite(&assets.sqlite, &site)?,
        Database::Mariadb => site.database_pid = Some(mariadb::start(&site.dir)?),
    }
    // From here on something runs: an error must not leave it behind.
    finish(&mut site, options, reserved).inspect_err(|_| {
        drop(site_down_after_failure(options));
    })?;
    Ok(site)
}

fn site_down_after_failure(options: &Options) -> io::Result<()> {
    Site::open(&fs::canonicalize(&options.dir)?)?.down()
}

fn finish(site: &mut Site, options: &Options, reserved: TcpListener) -> io::Result<()> {
    save(site)?;
    install(site, options)?;
    let port = reserved.local_addr()?.port();
    drop(reserved);
    site.web_pid = serve(site, port)?;
    save(site)?;
    wait_until_it_answers(site)
}

fn install(site: &Site, options: &Options) -> io::Result<()> {
    let user = format!("--admin_user={}", site.login);
    let password = format!("--admin_password={}", site.password);
    site.wp_ok([
        "core",
        "install",
        "--title=Tamis test shop",
        &user,
        &password,
        "--admin_email=owner@example.com",
        "--skip-email",
    ])?;
    let mut plugins = Vec::new();
    if options.plugin && site.root.join("wp-content/plugins/tamis/tamis.php").exists() {
        plugins.push("tamis");
    }
    if options.fixtures {
        plugins.extend(["fixture-shop", "ai-helper"]);
    }
    if !plugins.is_empty() {
        site.wp_ok([&["plugin", "activate"], plugins.as_slice()].concat())?;
    }
    site.wp_ok(["rewrite", "structure", "/%postname%/", "--quiet"])?;
    Ok(())
}

fn serve(site: &Site, port: u16) -> io::Result<u32> {
    let mut command = Command::new(&site.php);
    command
        .args(&site.ini)
        .arg("-S")
        .arg(format!("127.0.0.1:{port}"))
        .arg("-t")
        .arg(&site.root)
        // One worker would wait for itself as soon as the site calls itself.
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .current_dir(&site.root);
    process::start_group(command, &site.dir.join("log/web.log"))
}

fn wait_until_it_answers(site: &Site) -> io::Result<()> {
    let end = Instant::now() + START_TIMEOUT;
    loop {
        if site.get("/wp-login.php").is_ok_and(|reply| reply.status == 200) {
            return Ok(());
        }
        if Instant::now() > end || !site.is_up() {
            let log = fs::read_to_string(site.dir.join("log/web.log")).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(5).collect();
            return Err(fail(format!(
                "the web server does not answer; see {}: {}",
                site.dir.join("log").display(),
                tail.into_iter().rev().collect::<Vec<_>>().join(" | ")
            )));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn save(site: &Site) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(site).map_err(io::Error::other)?;
    fs::write(site.dir.join(SITE_FILE), text)
}

/// Makes the folder, or empties it when it holds a stopped site; anything else in it is someone's.
fn empty_folder(dir: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(dir)?;
    let dir = fs::canonicalize(dir)?;
    if dir.join(MARKER_FILE).exists() {
        let site = Site::open(&dir).ok();
        if let Some(site) = site.as_ref().filter(|site| site.is_up()) {
            return Err(fail(format!(
                "a site runs there already at {}: stop it with `cargo xtask wordpress down --dir {}`",
                site.url,
                dir.display()
            )));
        }
        // Its database may have outlived it.
        site.map_or(Ok(()), |site| site.down())?;
        for entry in OWN_ENTRIES {
            remove(&dir.join(entry))?;
        }
    }
    if let Some(entry) = fs::read_dir(&dir)?.next() {
        return Err(fail(format!(
            "{} is not empty ({}): choose another folder, or empty it",
            dir.display(),
            entry?.file_name().display()
        )));
    }
    fs::write(dir.join(MARKER_FILE), "The folder of a test site; `cargo xtask wordpress up` renews it.\n")?;
    Ok(dir)
}

/// Removes the files of a stopped site.
pub fn remove_files(site: &Site) -> io::Result<()> {
    for entry in OWN_ENTRIES {
        remove(&site.dir.join(entry))?;
    }
    // It stays when it holds something that is not ours.
    drop(fs::remove_dir(&site.dir));
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    let result = match fs::symlink_metadata(path) {
        Err(_) => return Ok(()),
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    };
    result.map_err(|e| fail(format!("cannot remove {}: {e}", path.display())))
}

/// Takes the port at once: while the site is installed another program would be given a free one.
fn reserve_port(wanted: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, wanted))
        .map_err(|_| fail(format!("port {wanted} is taken: choose another one, or 0 for a free one")))
}

/// A copy: a later build must not pull the library from under a running PHP.
fn place_extension(from: &Path, dir: &Path) -> io::Result<PathBuf> {
    let to = dir.join("ext/tamis.so");
    fs::create_dir(dir.join("ext"))?;
    fs::copy(from, &to).map_err(|e| {
        fail(format!("{}: {e}; build it with `cargo build --release -p tamis-php`", from.display()))
    })?;
    Ok(to)
}

fn fail(message: impl Into<String>) -> io::Error {
    io::Error::other(message.into())
}
