//! What a call yielded: bytes that stand in the instance's memory until they are let go.
//!
//! Both types borrow their instance, so that no later call can move or free what they show.

use std::fmt;

use crate::error::Error;
use crate::instance::{Bytes, Instance};
use crate::object::Handle;
use crate::report::Report;

/// What became of one body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing had to change: send the input.
    Clean,
    /// Send the outcome's body.
    Redacted,
    /// Send nothing; the error says why.
    Blocked(Error),
}

impl Verdict {
    /// `clean`, `redacted` or `blocked`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Redacted => "redacted",
            Self::Blocked(_) => "blocked",
        }
    }
}

/// What became of a body.
pub struct Outcome<'a> {
    pub(crate) instance: &'a mut Instance,
    pub(crate) handle: Handle,
    pub(crate) verdict: Verdict,
    pub(crate) bytes: Bytes,
    pub(crate) findings: u32,
}

impl Outcome<'_> {
    /// What became of it.
    pub const fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The body to send: the input itself when the verdict is clean, nothing when it is blocked.
    pub fn body<'b>(&'b self, input: &'b [u8]) -> Option<&'b [u8]> {
        match self.verdict {
            Verdict::Clean => Some(input),
            Verdict::Redacted => self.instance.bytes(self.bytes).ok(),
            Verdict::Blocked(_) => None,
        }
    }

    /// The new body; `None` when the input stands or the body is blocked.
    pub fn into_body(self) -> Option<Vec<u8>> {
        match self.verdict {
            Verdict::Redacted => self.instance.bytes(self.bytes).ok().map(<[u8]>::to_vec),
            Verdict::Clean | Verdict::Blocked(_) => None,
        }
    }

    /// How many values were found.
    pub const fn findings(&self) -> u32 {
        self.findings
    }

    /// What was found. Each call reads it anew.
    pub fn report(&mut self) -> Result<Report, Error> {
        let json = self.instance.report(&self.handle)?;
        self.instance.read_report(json)
    }

    /// The same as JSON. No value is in it.
    pub fn report_json(&mut self) -> Result<&str, Error> {
        let json = self.instance.report(&self.handle)?;
        self.instance.text(json)
    }
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("verdict", &self.verdict)
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

/// A reply after its tokens were looked up.
pub struct Restored<'a> {
    pub(crate) instance: &'a mut Instance,
    /// Absent when the reply stands.
    pub(crate) handle: Option<Handle>,
    pub(crate) bytes: Bytes,
    pub(crate) put_back: u32,
    pub(crate) left: u32,
}

impl Restored<'_> {
    /// The new reply; `None` when nothing changed.
    pub fn body(&self) -> Option<&[u8]> {
        self.handle.as_ref().and_then(|_| self.instance.bytes(self.bytes).ok())
    }

    /// The same, to keep.
    pub fn into_body(self) -> Option<Vec<u8>> {
        self.body().map(<[u8]>::to_vec)
    }

    /// Tokens whose values were put back.
    pub const fn restored(&self) -> u32 {
        self.put_back
    }

    /// Tokens that were seen and left: unknown here, or standing where no value may.
    pub const fn unresolved(&self) -> u32 {
        self.left
    }
}

impl fmt::Debug for Restored<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Restored")
            .field("restored", &self.put_back)
            .field("unresolved", &self.left)
            .finish_non_exhaustive()
    }
}
