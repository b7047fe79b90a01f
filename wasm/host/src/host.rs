//! The compiled module and the memory set apart for its instances: once a process.
//!
//! It must not know what an instance is asked to do.

use std::fmt;
use std::thread;
use std::time::Duration;

use wasmtime::{Engine, InstanceAllocationStrategy, InstancePre, Linker, Module, PoolingAllocationConfig};

use crate::cache;
use crate::config::Config;
use crate::error::{Error, Kind};
use crate::instance::Instance;

/// Parts of the deadline that its clock tells.
const TICKS: u32 = 8;
/// Longest pause of that clock.
const TICK_MAX: Duration = Duration::from_millis(50);
/// Shortest pause of that clock.
const TICK_MIN: Duration = Duration::from_millis(1);

/// The module, ready to be instantiated. Cheap to clone; shared by threads. Make one a process, after it has
/// forked: the deadline's clock is a thread.
#[derive(Clone)]
pub struct Host {
    engine: Engine,
    ready: InstancePre<()>,
    grant: Grant,
    from_cache: bool,
}

/// What each call of an instance may take.
#[derive(Clone, Copy)]
pub(crate) struct Grant {
    /// Ticks of the clock.
    pub(crate) ticks: Option<u64>,
    pub(crate) fuel: Option<u64>,
}

impl Host {
    /// Compiles `tamis.wasm` or `tamis-scalar.wasm`, or loads what an earlier process compiled.
    ///
    /// # Errors
    /// 310 when the bytes are no module that this host can load, 307 when it is not ours or speaks another
    /// version of the interface, 304 when `config` grants less memory than it needs to begin with.
    pub fn new(wasm: &[u8], config: &Config) -> Result<Self, Error> {
        let tick = config.deadline.map(|deadline| (deadline / TICKS).clamp(TICK_MIN, TICK_MAX));
        let engine = engine(config).map_err(|error| Error::from(Kind::Memory).with(error))?;
        let cached = config.cache.as_ref().and_then(|folder| cache::load(&engine, folder, wasm));
        let from_cache = cached.is_some();
        let module = match cached {
            Some(module) => module,
            None => compile(&engine, wasm, config)?,
        };
        let ready = Linker::new(&engine).instantiate_pre(&module).map_err(|_| Kind::Abi)?;
        let ticks = config.deadline.zip(tick).map(|(deadline, tick)| {
            // One more, as the first may be about to end.
            u64::try_from(deadline.as_nanos().div_ceil(tick.as_nanos())).unwrap_or(u64::MAX - 1) + 1
        });
        let host = Self { engine, ready, grant: Grant { ticks, fuel: config.fuel }, from_cache };
        if let Some(tick) = tick {
            start_clock(&host.engine, tick)?;
        }
        // Fails here, once, rather than at each worker.
        host.instance()?;
        Ok(host)
    }

    /// A new instance: one a worker and tenant. Nothing of any other is in it.
    ///
    /// # Errors
    /// 304 when there are already as many as [`Config::instances`] allows.
    pub fn instance(&self) -> Result<Instance, Error> {
        Instance::new(&self.engine, &self.ready, self.grant)
    }

    /// Whether the module was loaded as an earlier process compiled it.
    pub const fn is_from_cache(&self) -> bool {
        self.from_cache
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("from_cache", &self.from_cache).finish_non_exhaustive()
    }
}

fn engine(config: &Config) -> wasmtime::Result<Engine> {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(config.instances);
    pool.total_memories(config.instances);
    pool.total_tables(config.instances);
    pool.max_memory_size(config.memory_bytes);
    let mut settings = wasmtime::Config::new();
    settings.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    settings.epoch_interruption(config.deadline.is_some());
    settings.consume_fuel(config.fuel.is_some());
    // Its results may differ by machine.
    settings.wasm_relaxed_simd(false);
    // Nothing here walks the stack of a trap, which makes the compiled module smaller.
    settings.generate_address_map(false);
    settings.native_unwind_info(false);
    Engine::new(&settings)
}

fn compile(engine: &Engine, wasm: &[u8], config: &Config) -> Result<Module, Error> {
    let module = Module::from_binary(engine, wasm).map_err(|error| {
        // A module that is well in itself asks for more than it is granted.
        let is_module = Module::validate(engine, wasm).is_ok();
        Error::from(if is_module { Kind::Memory } else { Kind::Module }).with(error.root_cause())
    })?;
    if let Some(folder) = &config.cache {
        // What could not be kept is compiled again next time.
        let _ = cache::keep(engine, folder, wasm, &module);
    }
    Ok(module)
}

/// The clock that deadlines are told by. It stops once no host or instance of this engine is left.
fn start_clock(engine: &Engine, tick: Duration) -> Result<(), Error> {
    let engine = engine.weak();
    let tell = move || {
        loop {
            thread::sleep(tick);
            let Some(engine) = engine.upgrade() else { break };
            engine.increment_epoch();
        }
    };
    let started = thread::Builder::new().name("tamis-clock".into()).spawn(tell);
    started.map(drop).map_err(|error| Error::from(Kind::Memory).with(error))
}
