//! A MariaDB server for one site: its files and its socket are in the site's folder, no port is opened.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{fail, process};

/// A unix socket's path holds 107 bytes on Linux.
const MAX_SOCKET_PATH: usize = 107;
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// Starts it with an empty database `wordpress`; gives its process group.
pub(super) fn start(dir: &Path) -> io::Result<u32> {
    let (data, socket, log) = (dir.join("db"), dir.join("db.sock"), dir.join("log/mariadb.log"));
    if socket.as_os_str().len() > MAX_SOCKET_PATH {
        return Err(fail(format!(
            "{} is too long for a socket ({MAX_SOCKET_PATH} bytes at most): choose a shorter folder",
            socket.display()
        )));
    }
    fs::create_dir(&data)?;
    let made = Command::new("mariadb-install-db")
        .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
        .arg(format!("--datadir={}", data.display()))
        .args(as_user())
        // Servers that are set up at the same time delete each other's temporary tables in a shared folder.
        .env("TMPDIR", dir.join("tmp"))
        .stdin(Stdio::null())
        .output()
        .map_err(|e| fail(format!("mariadb-install-db: {e}; run script/bootstrap --mariadb")))?;
    if !made.status.success() {
        return Err(fail(format!("mariadb-install-db: {}", String::from_utf8_lossy(&made.stderr))));
    }

    let server = ["/usr/sbin/mariadbd", "/usr/libexec/mariadbd"].into_iter().find(|p| Path::new(p).exists());
    let mut command = Command::new(server.unwrap_or("mariadbd"));
    command
        .args(["--no-defaults", "--skip-networking", "--innodb-flush-log-at-trx-commit=0"])
        .args(["--innodb-buffer-pool-size=64M", "--character-set-server=utf8mb4"])
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--socket={}", socket.display()))
        .arg(format!("--pid-file={}", data.join("pid").display()))
        .args(as_user())
        .env("TMPDIR", dir.join("tmp"));
    let group = process::start_group(command, &log)?;
    let end = Instant::now() + START_TIMEOUT;
    while !create_database(&socket)? {
        if Instant::now() > end {
            process::stop_group(group, &format!("{}/", dir.display()))?;
            return Err(fail(format!("MariaDB does not start; see {}", log.display())));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(group)
}

fn create_database(socket: &Path) -> io::Result<bool> {
    let status = Command::new("mariadb")
        .args(["--no-defaults", "--user=root"])
        .arg(format!("--socket={}", socket.display()))
        .args(["--execute", "CREATE DATABASE IF NOT EXISTS wordpress"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    Ok(status.success())
}

/// MariaDB refuses to run as root unless it is told to.
fn as_user() -> Option<&'static str> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    (uid.split_whitespace().nth(1) == Some("0")).then_some("--user=root")
}
