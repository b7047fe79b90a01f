//! What a host grants its instances.
//!
//! Plain data: it must not know wasmtime.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a host grants its instances.
///
/// ```
/// use std::time::Duration;
/// use tamis_host::Config;
///
/// let config = Config::new().instances(8).memory_bytes(256 << 20).deadline(Duration::from_secs(1));
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) memory_bytes: usize,
    pub(crate) deadline: Option<Duration>,
    pub(crate) instances: u32,
    pub(crate) cache: Option<PathBuf>,
    pub(crate) fuel: Option<u64>,
}

impl Config {
    /// 512 MiB and 10 seconds a call for each of at most 64 instances; no compiled module is kept.
    pub const fn new() -> Self {
        Self {
            memory_bytes: 512 << 20,
            deadline: Some(Duration::from_secs(10)),
            instances: 64,
            cache: None,
            fuel: None,
        }
    }

    /// Most memory that an instance may have, in bytes; at most 4 GiB.
    #[must_use]
    pub const fn memory_bytes(mut self, bytes: usize) -> Self {
        self.memory_bytes = bytes;
        self
    }

    /// Time that a call may take. One that takes longer is stopped, at most an eighth late.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Calls may take any time, and cost less. Their work is still bounded by the bytes that they are given.
    #[must_use]
    pub const fn no_deadline(mut self) -> Self {
        self.deadline = None;
        self
    }

    /// Most instances at once. Each takes 4 GiB of addresses, and memory only as it uses it.
    #[must_use]
    pub const fn instances(mut self, instances: u32) -> Self {
        self.instances = instances;
        self
    }

    /// Keeps the compiled module in this folder, so that later processes start in milliseconds.
    ///
    /// The folder is made when it is missing. What is in it is run: a folder or file that anybody but this
    /// process's user, or root, can write to is not used, nor a file system from which nothing may be run, nor
    /// any on a system other than Unix. [`Host::is_from_cache`](crate::Host::is_from_cache) tells.
    #[must_use]
    pub fn cache(mut self, folder: impl AsRef<Path>) -> Self {
        self.cache = Some(folder.as_ref().to_owned());
        self
    }

    /// Counts the work of each call in wasmtime's fuel, and stops one that takes more than this. The count is
    /// the same on every machine: see [`Instance::fuel_used`](crate::Instance::fuel_used).
    #[must_use]
    pub const fn fuel(mut self, units: u64) -> Self {
        self.fuel = Some(units);
        self
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
