//! Starts servers in process groups of their own, and stops whole groups.
//!
//! PHP's web server forks workers that outlive it, so the group, not the process, is what is stopped. Group
//! numbers are used again one day: nothing is stopped unless a member's command line names the site.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// After this a group that was asked to end is killed.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the kernel may take to load a program on a busy machine.
const EXEC_TIMEOUT: Duration = Duration::from_secs(5);

/// Starts the command with its output in `log`; gives the group's number.
pub(super) fn start_group(mut command: Command, log: &Path) -> io::Result<u32> {
    let out = File::create(log)?;
    let errors = out.try_clone()?;
    let child = command.stdin(Stdio::null()).stdout(out).stderr(errors).process_group(0).spawn()?;
    let group = child.id();
    // Reaps it when it ends before this process does; otherwise the system does.
    std::thread::spawn(move || {
        let mut child = child;
        drop(child.wait());
    });
    Ok(group)
}

/// Whether a living member of the group has `marker` in its command line.
pub(super) fn group_runs(group: u32, marker: &str) -> bool {
    if group == 0 {
        return false;
    }
    let end = Instant::now() + EXEC_TIMEOUT;
    loop {
        let lines: Vec<String> = members(group).into_iter().map(command_line).collect();
        if lines.iter().any(|line| line.contains(marker)) {
            return true;
        }
        // While the kernel still loads the program there is no command line to tell it by.
        if !lines.iter().any(String::is_empty) || Instant::now() > end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Ends the group, gently first. A group that is gone, or someone else's, is left alone.
pub(super) fn stop_group(group: u32, marker: &str) -> io::Result<()> {
    for signal in ["TERM", "KILL"] {
        if !group_runs(group, marker) {
            return Ok(());
        }
        // The shell's own `kill` is everywhere; it fails when the group has just ended.
        Command::new("sh")
            .args(["-c", &format!("kill -s {signal} -- -{group} 2> /dev/null || :")])
            .status()?;
        let end = Instant::now() + STOP_TIMEOUT;
        while Instant::now() < end && !members(group).is_empty() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    if members(group).is_empty() {
        return Ok(());
    }
    Err(super::fail(format!("process group {group} does not end; stop it by hand: kill -s KILL -- -{group}")))
}

/// Ends groups when this process ends without having done it: a killed test, Ctrl-C in the demo.
///
/// It is a shell in a group of its own that waits for its input to close.
#[derive(Debug)]
pub(super) struct Watchdog(Child);

impl Watchdog {
    /// Watches over the groups; removes the folder after them, if one is given.
    pub(super) fn start(groups: &[u32], delete: Option<&Path>) -> io::Result<Self> {
        const SCRIPT: &str = r#"
            read -r _
            folder=$1; shift
            for signal in TERM KILL; do
                for group; do kill -s $signal -- "-$group" 2> /dev/null; done
                sleep 1
            done
            [ -z "$folder" ] || rm -rf -- "$folder"
        "#;
        Command::new("sh")
            .args(["-c", SCRIPT, "watchdog"])
            .arg(delete.unwrap_or(Path::new("")))
            .args(groups.iter().filter(|group| **group != 0).map(u32::to_string))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map(Self)
    }

    /// Everything was stopped in the ordinary way.
    pub(super) fn dismiss(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The living processes of a group, from the kernel's own table.
fn members(group: u32) -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            state_and_group(&stat).is_some_and(|(state, of)| of == group && state != 'Z' && state != 'X')
        })
        .collect()
}

/// The third and fifth field; the second is a name in parentheses, which may hold anything.
fn state_and_group(stat: &str) -> Option<(char, u32)> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?.chars().next()?;
    let group = fields.nth(1)?.parse().ok()?;
    Some((state, group))
}

fn command_line(pid: u32) -> String {
    let raw = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&raw).replace('\0', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_process_names_do_not_confuse() {
        assert_eq!(state_and_group("12 (a) b) S 1 345 345 0"), Some(('S', 345)));
        assert_eq!(state_and_group("nonsense"), None);
    }

    #[test]
    fn children_that_outlive_their_parent_are_stopped() {
        let marker = format!("tamis-group-{}", std::process::id());
        let mut command = Command::new("sh");
        command.args(["-c", &format!("sh -c 'sleep 61; : {marker}' & sleep 0.1; exit 0")]);
        let log = std::env::temp_dir().join(&marker);
        let group = start_group(command, &log).expect("started");
        std::thread::sleep(Duration::from_millis(400));
        assert!(group_runs(group, &marker));
        stop_group(group, "the name of another site").expect("left alone");
        assert!(group_runs(group, &marker));
        stop_group(group, &marker).expect("stopped");
        assert!(!group_runs(group, &marker));
        fs::remove_file(log).expect("removed");
    }

    #[test]
    fn the_watchdog_ends_what_its_owner_left() {
        let marker = format!("tamis-left-{}", std::process::id());
        let folder = std::env::temp_dir().join(&marker);
        fs::create_dir(&folder).expect("a folder");
        let mut command = Command::new("sh");
        command.args(["-c", &format!("sleep 61; : {marker}")]);
        let group = start_group(command, &folder.join("log")).expect("started");
        let mut watchdog = Watchdog::start(&[group, 0], Some(&folder)).expect("started");
        // What the system does when the owner dies.
        drop(watchdog.0.stdin.take());
        let status = watchdog.0.wait().expect("ended");
        assert!(status.success() && !group_runs(group, &marker) && !folder.exists());
    }
}
