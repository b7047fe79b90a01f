//! One instance: its objects by handle, and what each call does with them.
//!
//! Everything that comes in is checked here before it is used. It must not know where result words stand
//! nor how a host reaches it, so that its tests run natively.

use std::borrow::Cow;

use tamis::limits::BODY_BYTES_MAX;
use tamis::{
    HostErrorKind, Input, Keyring, Outcome, Policy, PolicyError, Redactor, Scratch, Session, Verdict,
    describe,
};
use zeroize::{Zeroize, Zeroizing};

use crate::handle::Handles;
use crate::memory;
pub(crate) use crate::results::Words;
use crate::results::{WORDS, address_of};

/// Bytes of a buffer: the largest body that a policy may allow, and what is said of it.
const BUFFER_BYTES_MAX: u32 = BODY_BYTES_MAX + (64 << 10);

/// The code of why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) u16);

impl From<HostErrorKind> for Refused {
    fn from(kind: HostErrorKind) -> Self {
        Self(kind.code())
    }
}

/// What a handle can name.
enum Object {
    Buffer(Zeroizing<Vec<u8>>),
    Keyring(Keyring),
    Redactor(Redactor),
    Session(Session),
    Outcome {
        outcome: Outcome,
        report: Option<String>,
    },
    #[allow(dead_code, reason = "only the host reads it, until it frees it")]
    Restored(Zeroizing<Vec<u8>>),
}

/// Lengths of what stands in a buffer, in this order.
pub(crate) struct Lengths {
    pub(crate) body: u32,
    pub(crate) content_type: u32,
    pub(crate) charset: u32,
    pub(crate) scope: u32,
    pub(crate) destination_class: u32,
}

/// Name and sentence of a code.
pub(crate) fn error(code: u32) -> Result<Words, Refused> {
    let known = u16::try_from(code).ok().and_then(describe);
    let (slug, text) = known.ok_or(HostErrorKind::Range)?;
    Ok(words([address_of(slug.as_ptr()), length(slug), address_of(text.as_ptr()), length(text)]))
}

/// All that an instance knows.
pub(crate) struct Instance {
    objects: Handles<Object>,
    scratch: Option<Scratch>,
    policy_path: String,
}

impl Instance {
    pub(crate) const fn new() -> Self {
        Self { objects: Handles::new(), scratch: None, policy_path: String::new() }
    }

    pub(crate) fn policy_path(&self) -> Words {
        words([address_of(self.policy_path.as_ptr()), length(&self.policy_path)])
    }

    pub(crate) fn buffer_new(&mut self, bytes: u32) -> Result<Words, Refused> {
        if bytes > BUFFER_BYTES_MAX {
            return Err(HostErrorKind::Memory.into());
        }
        let buffer = memory::zeroes(bytes as usize).ok_or(HostErrorKind::Memory)?;
        let address = address_of(buffer.as_ptr());
        let handle = self.objects.insert(Object::Buffer(Zeroizing::new(buffer)))?;
        Ok(words([handle, address, bytes]))
    }

    pub(crate) fn free(&mut self, handle: u32) -> Result<Words, Refused> {
        self.objects.remove(handle)?;
        Ok([0; WORDS])
    }

    pub(crate) fn keyring_new(&mut self, buffer: u32, secret: u32) -> Result<Words, Refused> {
        let keyring = self.with_secret(buffer, secret, Keyring::new)?;
        Ok(words([self.objects.insert(Object::Keyring(keyring))?]))
    }

    pub(crate) fn keyring_previous(
        &mut self,
        keyring: u32,
        buffer: u32,
        secret: u32,
    ) -> Result<Words, Refused> {
        let known = self.keyring(keyring)?.clone();
        let more = self.with_secret(buffer, secret, |secret| known.with_previous(secret))?;
        if let Object::Keyring(known) = self.objects.get_mut(keyring)? {
            *known = more;
        }
        Ok([0; WORDS])
    }

    pub(crate) fn redactor_new(
        &mut self,
        keyring: u32,
        buffer: u32,
        policy: u32,
        dictionary: u32,
    ) -> Result<Words, Refused> {
        self.policy_path.clear();
        let keyring = self.keyring(keyring)?.clone();
        let [policy, dictionary] = parts(self.buffer(buffer)?, [policy, dictionary])?;
        if !dictionary.is_empty() {
            return Err(HostErrorKind::Unsupported.into());
        }
        let policy = if policy.is_empty() { Ok(Policy::default()) } else { Policy::from_json(policy) };
        match policy.and_then(|policy| Redactor::new(&policy, keyring)) {
            Ok(redactor) => Ok(words([self.objects.insert(Object::Redactor(redactor))?])),
            Err(error) => {
                error.path().clone_into(&mut self.policy_path);
                Err(Refused(error.code()))
            }
        }
    }

    pub(crate) fn session_new(&mut self) -> Result<Words, Refused> {
        Ok(words([self.objects.insert(Object::Session(Session::new()))?]))
    }

    pub(crate) fn redact(
        &mut self,
        redactor: u32,
        session: u32,
        buffer: u32,
        lengths: &Lengths,
    ) -> Result<Words, Refused> {
        // Taken out for the call, because the other objects stand in the same place.
        let mut exchange = self.take_session(session)?;
        let mut scratch = self.scratch.take().unwrap_or_default();
        let done = self.redact_in(redactor, buffer, lengths, &mut scratch, &mut exchange);
        self.scratch = Some(scratch);
        self.put_session(session, exchange)?;
        let (outcome, [in_buffer, body_bytes]) = done?;
        let (verdict, code, [address, bytes]) = match outcome.verdict() {
            Verdict::Clean => (0, 0, [in_buffer, body_bytes]),
            Verdict::Redacted => {
                let body = outcome.body(&[]).unwrap_or_default();
                (1, 0, [address_of(body.as_ptr()), length(body)])
            }
            Verdict::Blocked(error) => (2, u32::from(error.code()), [0, 0]),
        };
        let findings = length(outcome.report().findings());
        let handle = self.objects.insert(Object::Outcome { outcome, report: None })?;
        Ok(words([handle, verdict, code, address, bytes, findings]))
    }

    fn redact_in(
        &self,
        redactor: u32,
        buffer: u32,
        lengths: &Lengths,
        scratch: &mut Scratch,
        session: &mut Session,
    ) -> Result<(Outcome, [u32; 2]), Refused> {
        let Lengths { body, content_type, charset, scope, destination_class } = *lengths;
        let all = [body, content_type, charset, scope, destination_class];
        let [body, content_type, charset, scope, class] = parts(self.buffer(buffer)?, all)?;
        let (content_type, charset, class) = (text(content_type), text(charset), text(class));
        let mut input = Input::new(body).content_type(&content_type).charset(&charset).scope(scope);
        if !class.is_empty() {
            input = input.destination_class(&class);
        }
        let outcome = self.redactor(redactor)?.redact(input, scratch, session);
        Ok((outcome, [address_of(body.as_ptr()), length(body)]))
    }

    pub(crate) fn outcome_report(&mut self, outcome: u32) -> Result<Words, Refused> {
        let Object::Outcome { outcome, report } = self.objects.get_mut(outcome)? else {
            return Err(HostErrorKind::Handle.into());
        };
        let json = report.get_or_insert_with(|| outcome.report().to_json());
        Ok(words([address_of(json.as_ptr()), length(json)]))
    }

    pub(crate) fn restore(
        &mut self,
        redactor: u32,
        session: u32,
        buffer: u32,
        reply: u32,
        content_type: u32,
    ) -> Result<Words, Refused> {
        let redactor = self.redactor(redactor)?;
        let Object::Session(session) = self.objects.get(session)? else {
            return Err(HostErrorKind::Handle.into());
        };
        let [reply, content_type] = parts(self.buffer(buffer)?, [reply, content_type])?;
        let restored = redactor.restore(reply, &text(content_type), session);
        let (address, bytes) = (address_of(reply.as_ptr()), length(reply));
        let Some(body) = restored.body else {
            return Ok(words([0, address, bytes, restored.restored, restored.unresolved]));
        };
        let (address, bytes) = (address_of(body.as_ptr()), length(&body));
        let handle = self.objects.insert(Object::Restored(Zeroizing::new(body)))?;
        Ok(words([handle, address, bytes, restored.restored, restored.unresolved]))
    }

    /// Makes something of a secret and wipes it from the buffer, whatever became of it.
    fn with_secret<T>(
        &mut self,
        buffer: u32,
        secret: u32,
        make: impl FnOnce(&[u8]) -> Result<T, PolicyError>,
    ) -> Result<T, Refused> {
        let Object::Buffer(buffer) = self.objects.get_mut(buffer)? else {
            return Err(HostErrorKind::Handle.into());
        };
        let secret = buffer.get_mut(..secret as usize).ok_or(HostErrorKind::Range)?;
        let result = make(secret).map_err(|error| Refused(error.code()));
        secret.zeroize();
        result
    }

    fn buffer(&self, handle: u32) -> Result<&[u8], HostErrorKind> {
        match self.objects.get(handle)? {
            Object::Buffer(buffer) => Ok(buffer),
            _ => Err(HostErrorKind::Handle),
        }
    }

    fn keyring(&self, handle: u32) -> Result<&Keyring, HostErrorKind> {
        match self.objects.get(handle)? {
            Object::Keyring(keyring) => Ok(keyring),
            _ => Err(HostErrorKind::Handle),
        }
    }

    fn redactor(&self, handle: u32) -> Result<&Redactor, HostErrorKind> {
        match self.objects.get(handle)? {
            Object::Redactor(redactor) => Ok(redactor),
            _ => Err(HostErrorKind::Handle),
        }
    }

    fn take_session(&mut self, handle: u32) -> Result<Session, HostErrorKind> {
        match self.objects.get_mut(handle)? {
            Object::Session(session) => Ok(std::mem::take(session)),
            _ => Err(HostErrorKind::Handle),
        }
    }

    fn put_session(&mut self, handle: u32, session: Session) -> Result<(), HostErrorKind> {
        *self.objects.get_mut(handle)? = Object::Session(session);
        Ok(())
    }
}

/// The byte strings that stand one behind the other from a buffer's start.
fn parts<const N: usize>(buffer: &[u8], lengths: [u32; N]) -> Result<[&[u8]; N], HostErrorKind> {
    let mut rest = buffer;
    let mut all: [&[u8]; N] = [&[]; N];
    for (part, length) in all.iter_mut().zip(lengths) {
        (*part, rest) = rest.split_at_checked(length as usize).ok_or(HostErrorKind::Range)?;
    }
    Ok(all)
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn length<T>(items: &(impl AsRef<[T]> + ?Sized)) -> u32 {
    u32::try_from(items.as_ref().len()).unwrap_or(u32::MAX)
}

/// The first words; the others are 0.
fn words<const N: usize>(first: [u32; N]) -> Words {
    let mut all = [0; WORDS];
    for (slot, word) in all.iter_mut().zip(first) {
        *slot = word;
    }
    all
}

#[cfg(test)]
#[path = "instance_tests.rs"]
mod tests;
