//! One instance: calls, the buffer that bytes go in through, and what a trap means.
//!
//! The module is not trusted: what it says of addresses and lengths is held against its memory, and what does
//! not fit the interface ends the instance. It must not know rules, documents or policies.

use std::fmt;
use std::sync::Arc;

use wasmtime::{Engine, InstancePre, Store, Trap, TypedFunc, WasmParams};

use crate::error::{Error, Kind};
use crate::exports::Exports;
use crate::host::Grant;
use crate::input::Input;
use crate::object::{Handle, Keyring, Owner, Redactor, Session};
use crate::outcome::{Outcome, Restored, Verdict};
use crate::report::Report;

/// Result words, the trap word included.
const WORDS: usize = 8;
/// Smallest buffer that is made.
const BUFFER_BYTES_MIN: u32 = 4 << 10;
/// Longest name and longest sentence of a code.
const SLUG_BYTES_MAX: usize = 40;
const TEXT_BYTES_MAX: usize = 200;

/// What a call yields.
type Words = [u32; WORDS];

/// Where bytes stand in the instance's memory.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bytes {
    address: u32,
    length: u32,
}

/// The buffer that bytes go in through, call after call.
struct Buffer {
    handle: Handle,
    bytes: Bytes,
}

/// An instance of the module: one a worker and tenant. One caller at a time, as every call takes it `&mut`.
///
/// It keeps the largest buffer that it has needed, and the last bytes in it, until it is dropped; what it held
/// is gone from memory then. A session or keyring that is dropped is wiped at the instance's next call.
pub struct Instance {
    store: Store<()>,
    exports: Exports,
    owner: Arc<Owner>,
    buffer: Option<Buffer>,
    /// Handles on their way to be freed; empty between calls.
    freeing: Vec<u32>,
    results: u32,
    grant: Grant,
    fuel_used: Option<u64>,
    usable: bool,
}

impl Instance {
    pub(crate) fn new(engine: &Engine, ready: &InstancePre<()>, grant: Grant) -> Result<Self, Error> {
        let mut store = Store::new(engine, ());
        arm(&mut store, grant).map_err(|_| Kind::Module)?;
        // No slot in the pool, or not the memory for one.
        let instance = ready.instantiate(&mut store).map_err(|error| match error.downcast_ref::<Trap>() {
            Some(trap) => Error::from(Kind::Abi).with(trap),
            None => Error::from(Kind::Memory).with(error.root_cause()),
        })?;
        let (exports, results) = Exports::check(instance, &mut store)?;
        Ok(Self {
            store,
            exports,
            owner: Arc::new(Owner::default()),
            buffer: None,
            freeing: Vec::new(),
            results,
            grant,
            fuel_used: None,
            usable: true,
        })
    }

    /// A keyring of one secret.
    ///
    /// # Errors
    /// 120 when the secret has fewer than 16 bytes.
    pub fn keyring(&mut self, secret: &[u8]) -> Result<Keyring, Error> {
        let (buffer, [length]) = self.put([secret])?;
        let words = self.call(|exports| &exports.keyring_new, (buffer, length))?;
        Ok(Keyring(self.own(words[0])?))
    }

    /// The same keyring with one more earlier secret, newest first.
    ///
    /// # Errors
    /// 120 when the secret is too short or there are already 4.
    pub fn with_previous(&mut self, keyring: Keyring, secret: &[u8]) -> Result<Keyring, Error> {
        let number = self.number(&keyring.0)?;
        let (buffer, [length]) = self.put([secret])?;
        self.call(|exports| &exports.keyring_previous, (number, buffer, length))?;
        Ok(keyring)
    }

    /// Compiles a policy, which is JSON; `{"version":1}` is the default one.
    ///
    /// # Errors
    /// 101–113, with the path where the policy is wrong.
    pub fn redactor(&mut self, policy: &[u8], keyring: &Keyring) -> Result<Redactor, Error> {
        let keyring = self.number(&keyring.0)?;
        // No bytes are the default policy to the module, and no policy to whoever reads an empty file.
        let policy = if policy.is_empty() { b" " } else { policy };
        let (buffer, [length]) = self.put([policy])?;
        let made = self.call(|exports| &exports.redactor_new, (keyring, buffer, length, 0));
        let words = made.map_err(|error| match self.policy_path() {
            Ok(path) => error.at_path(path),
            Err(_) => error,
        })?;
        Ok(Redactor(self.own(words[0])?))
    }

    /// The tokens of one exchange: none yet.
    pub fn session(&mut self) -> Result<Session, Error> {
        self.free_dropped()?;
        let words = self.call(|exports| &exports.session_new, ())?;
        Ok(Session(self.own(words[0])?))
    }

    /// Redacts a body. `session` gathers the tokens of the exchange that the body belongs to.
    ///
    /// # Errors
    /// Send nothing. 302 when redactor or session are another instance's, 304 when there is no memory for the
    /// body, 305 when the deadline passed.
    pub fn redact(
        &mut self,
        redactor: &Redactor,
        input: Input<'_>,
        session: &mut Session,
    ) -> Result<Outcome<'_>, Error> {
        let (redactor, session) = (self.number(&redactor.0)?, self.number(&session.0)?);
        let Input { body, content_type, charset, scope, destination_class } = input;
        let parts = [body, content_type.as_bytes(), charset.as_bytes(), scope, destination_class.as_bytes()];
        let (buffer, [body, content_type, charset, scope, class]) = self.put(parts)?;
        let parameters = (redactor, session, buffer, body, content_type, charset, scope, class);
        let words = self.call(|exports| &exports.redact, parameters)?;
        let [number, verdict, code, address, length, findings, ..] = words;
        let handle = self.own(number)?;
        let bytes = Bytes { address, length };
        let verdict = match (verdict, code) {
            (0, 0) if self.is_input(bytes, body) => Verdict::Clean,
            (1, 0) if self.bytes(bytes).is_ok() => Verdict::Redacted,
            (2, 1..) => Verdict::Blocked(self.told(code)?),
            _ => return Err(self.breach()),
        };
        Ok(Outcome { instance: self, handle, verdict, bytes, findings })
    }

    /// Puts the exchange's real values back into a reply, where they may stand.
    ///
    /// # Errors
    /// 302 when redactor or session are another instance's, 304 when there is no memory for the reply, 305 when
    /// the deadline passed.
    pub fn restore(
        &mut self,
        redactor: &Redactor,
        reply: &[u8],
        content_type: &str,
        session: &Session,
    ) -> Result<Restored<'_>, Error> {
        let (redactor, session) = (self.number(&redactor.0)?, self.number(&session.0)?);
        let (buffer, [reply, content_type]) = self.put([reply, content_type.as_bytes()])?;
        let parameters = (redactor, session, buffer, reply, content_type);
        let words = self.call(|exports| &exports.restore, parameters)?;
        let [number, address, length, restored, unresolved, ..] = words;
        let bytes = Bytes { address, length };
        let handle = match number {
            0 if self.is_input(bytes, reply) => None,
            1.. if self.bytes(bytes).is_ok() => Some(self.own(number)?),
            _ => return Err(self.breach()),
        };
        Ok(Restored { instance: self, handle, bytes, put_back: restored, left: unresolved })
    }

    /// False after a trap: nothing more comes of this instance. Drop it and make another.
    pub const fn is_usable(&self) -> bool {
        self.usable
    }

    /// Memory that this instance has, in bytes. It never shrinks.
    pub fn memory_bytes(&self) -> usize {
        self.exports.memory.data_size(&self.store)
    }

    /// Fuel that the last call used; `None` unless [`Config::fuel`](crate::Config::fuel) was given.
    pub const fn fuel_used(&self) -> Option<u64> {
        self.fuel_used
    }

    /// The report of an outcome: where its JSON stands.
    pub(crate) fn report(&mut self, outcome: &Handle) -> Result<Bytes, Error> {
        let number = self.number(outcome)?;
        let [address, length, ..] = self.call(|exports| &exports.outcome_report, (number,))?;
        let json = Bytes { address, length };
        if self.text(json).is_err() {
            return Err(self.breach());
        }
        Ok(json)
    }

    /// A report from its JSON.
    pub(crate) fn read_report(&mut self, json: Bytes) -> Result<Report, Error> {
        let read = serde_json::from_slice(self.bytes(json)?);
        read.map_err(|_| self.breach())
    }

    /// Bytes of this instance's memory, as long as it is usable.
    pub(crate) fn bytes(&self, bytes: Bytes) -> Result<&[u8], Error> {
        if !self.usable {
            return Err(Kind::Trap.into());
        }
        let start = bytes.address as usize;
        let end = start.saturating_add(bytes.length as usize);
        Ok(self.exports.memory.data(&self.store).get(start..end).ok_or(Kind::Abi)?)
    }

    /// The same as text.
    pub(crate) fn text(&self, bytes: Bytes) -> Result<&str, Error> {
        std::str::from_utf8(self.bytes(bytes)?).map_err(|_| Kind::Abi.into())
    }

    /// Whether these are the first `length` bytes of the buffer.
    fn is_input(&self, bytes: Bytes, length: u32) -> bool {
        let start = self.buffer.as_ref().map(|buffer| buffer.bytes.address);
        start == Some(bytes.address) && bytes.length == length
    }

    /// The handle's number, if it is one of ours.
    fn number(&self, handle: &Handle) -> Result<u32, Error> {
        Ok(handle.of(&self.owner).ok_or(Kind::Handle)?)
    }

    /// Takes over a handle that the module gave out.
    fn own(&mut self, number: u32) -> Result<Handle, Error> {
        if number == 0 { Err(self.breach()) } else { Ok(Handle::new(&self.owner, number)) }
    }

    /// The module does not keep to its interface: nothing that it says counts any more.
    fn breach(&mut self) -> Error {
        self.usable = false;
        Kind::Abi.into()
    }

    /// Writes byte strings one behind the other, and gives the buffer and each one's length.
    fn put<const N: usize>(&mut self, parts: [&[u8]; N]) -> Result<(u32, [u32; N]), Error> {
        let mut lengths = [0; N];
        let mut all = 0_u32;
        for (length, part) in lengths.iter_mut().zip(parts) {
            *length = u32::try_from(part.len()).map_err(|_| Kind::Range)?;
            all = all.checked_add(*length).ok_or(Kind::Range)?;
        }
        self.free_dropped()?;
        let (number, bytes) = self.buffer(all)?;
        let start = bytes.address as usize;
        let memory = self.exports.memory.data_mut(&mut self.store);
        let mut room = memory.get_mut(start..).ok_or(Kind::Abi)?;
        for part in parts {
            let (here, rest) = room.split_at_mut_checked(part.len()).ok_or(Kind::Abi)?;
            here.copy_from_slice(part);
            room = rest;
        }
        Ok((number, lengths))
    }

    /// A buffer of at least so many bytes.
    fn buffer(&mut self, wanted: u32) -> Result<(u32, Bytes), Error> {
        if let Some(Buffer { handle, bytes }) = &self.buffer
            && bytes.length >= wanted
        {
            return Ok((handle.number(), *bytes));
        }
        // The smaller one goes first, so that both need not fit.
        self.buffer = None;
        self.free_dropped()?;
        // Past a mebibyte, doubling wastes more than it saves.
        let bytes = if wanted < 1 << 20 { wanted.next_power_of_two().max(BUFFER_BYTES_MIN) } else { wanted };
        let [number, address, length, ..] = self.call(|exports| &exports.buffer_new, (bytes,))?;
        let handle = self.own(number)?;
        let bytes = Bytes { address, length: bytes };
        if length != bytes.length || self.bytes(bytes).is_err() {
            return Err(self.breach());
        }
        self.buffer = Some(Buffer { handle, bytes });
        Ok((number, bytes))
    }

    /// Frees what was dropped since the last call.
    fn free_dropped(&mut self) -> Result<(), Error> {
        let mut freeing = std::mem::take(&mut self.freeing);
        self.owner.take_dropped(&mut freeing);
        for number in freeing.drain(..) {
            self.call(|exports| &exports.free, (number,))?;
        }
        self.freeing = freeing;
        Ok(())
    }

    /// Calls a function, and reads what it yields.
    fn call<P: WasmParams>(
        &mut self,
        function: impl Fn(&Exports) -> &TypedFunc<P, u32>,
        parameters: P,
    ) -> Result<Words, Error> {
        if !self.usable {
            return Err(Kind::Trap.into());
        }
        arm(&mut self.store, self.grant).map_err(|_| Kind::Internal)?;
        let called = function(&self.exports).call(&mut self.store, parameters);
        self.fuel_used = self.grant.fuel.and_then(|all| Some(all - self.store.get_fuel().ok()?));
        match called {
            Ok(0) => Ok(self.words()),
            Ok(status) => Err(self.told(status)?),
            Err(error) => {
                self.usable = false;
                Err(self.trapped(error.downcast_ref::<Trap>().copied()))
            }
        }
    }

    /// The result words. All 0 where they are not in memory, which no call takes for a result.
    fn words(&self) -> Words {
        let start = self.results as usize;
        let memory = self.exports.memory.data(&self.store);
        let bytes = memory.get(start..start.saturating_add(4 * WORDS)).unwrap_or_default();
        let mut words = [0; WORDS];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        words
    }

    /// Why the runtime stopped a call. The module's own word comes first.
    fn trapped(&self, trap: Option<Trap>) -> Error {
        match (self.words()[WORDS - 1], trap) {
            (word, Some(trap @ Trap::UnreachableCodeReached)) => {
                Error::from(Kind::of(word).unwrap_or(Kind::Internal)).with(trap)
            }
            (_, Some(trap @ (Trap::Interrupt | Trap::OutOfFuel))) => Error::from(Kind::Deadline).with(trap),
            (_, Some(trap)) => Error::from(Kind::Internal).with(trap),
            (_, None) => Kind::Internal.into(),
        }
    }

    /// The error of this code in the module's words.
    fn told(&mut self, code: u32) -> Result<Error, Error> {
        if let Some(kind) = Kind::of(code) {
            self.usable &= kind != Kind::Trap;
            return Ok(kind.into());
        }
        arm(&mut self.store, self.grant).map_err(|_| Kind::Internal)?;
        let known = u16::try_from(code).ok();
        let asked = self.exports.error.call(&mut self.store, (code,));
        let (Some(number), Ok(0)) = (known, asked) else { return Err(self.breach()) };
        let [slug, slug_length, text, text_length, ..] = self.words();
        let slug = self.text(Bytes { address: slug, length: slug_length }).map(str::to_owned);
        let text = self.text(Bytes { address: text, length: text_length }).map(str::to_owned);
        let (Ok(slug), Ok(text)) = (slug, text) else { return Err(self.breach()) };
        // Words, not whatever else may stand in memory.
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let is_text = |b: u8| b == b' ' || b.is_ascii_graphic();
        if (1..=SLUG_BYTES_MAX).contains(&slug.len())
            && slug.bytes().all(is_name)
            && text.len() <= TEXT_BYTES_MAX
            && text.bytes().all(is_text)
        {
            return Ok(Error::told(number, slug, text));
        }
        Err(self.breach())
    }

    /// Where the last refused policy is wrong.
    fn policy_path(&mut self) -> Result<String, Error> {
        let [address, length, ..] = self.call(|exports| &exports.policy_path, ())?;
        self.text(Bytes { address, length }).map(str::to_owned)
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance")
            .field("usable", &self.usable)
            .field("memory_bytes", &self.memory_bytes())
            .finish_non_exhaustive()
    }
}

/// Grants the next call its time and fuel.
fn arm(store: &mut Store<()>, grant: Grant) -> wasmtime::Result<()> {
    if let Some(ticks) = grant.ticks {
        store.set_epoch_deadline(ticks);
    }
    grant.fuel.map_or(Ok(()), |units| store.set_fuel(units))
}
