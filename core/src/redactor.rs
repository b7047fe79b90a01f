//! The facade: orders the stages, and nothing else does.

use crate::error::PolicyError;
use crate::keyring::Keyring;
use crate::policy::Policy;
use crate::report::{Report, Verdict};
use crate::session::{Restored, Session};

/// One body with what is known of it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Input<'a> {
    /// The body.
    pub body: &'a [u8],
    /// Its media type as declared; empty when not.
    pub content_type: &'a str,
    /// Its character set as declared apart from the media type; empty when not.
    pub charset: &'a str,
    /// What tokens are bound to: site and destination.
    pub scope: &'a [u8],
    /// Where it goes.
    pub destination_class: &'a str,
}
impl<'a> Input<'a> {
    /// A body of which nothing is known.
    pub const fn new(body: &'a [u8]) -> Self {
        Self { body, content_type: "", charset: "", scope: b"", destination_class: "ai" }
    }
    /// With its declared media type.
    pub const fn content_type(mut self, v: &'a str) -> Self {
        self.content_type = v;
        self
    }
    /// With its declared character set.
    pub const fn charset(mut self, v: &'a str) -> Self {
        self.charset = v;
        self
    }
    /// With the scope its tokens are bound to.
    pub const fn scope(mut self, v: &'a [u8]) -> Self {
        self.scope = v;
        self
    }
    /// With its destination's class.
    pub const fn destination_class(mut self, v: &'a str) -> Self {
        self.destination_class = v;
        self
    }
}
impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// Working memory that belongs to the caller: one a thread, reused.
#[derive(Debug, Default)]
pub struct Scratch {}
impl Scratch {
    /// Empty working memory.
    pub fn new() -> Self {
        Self::default()
    }
}

/// What became of a body.
#[derive(Debug)]
pub struct Outcome {
    body: Option<Vec<u8>>,
    report: Report,
}
impl Outcome {
    /// The body to send: the input itself when the verdict is clean, nothing when it is blocked.
    pub fn body<'a>(&'a self, input: &'a [u8]) -> Option<&'a [u8]> {
        match self.report.verdict() {
            Verdict::Clean => Some(input),
            Verdict::Redacted => self.body.as_deref(),
            Verdict::Blocked(_) => None,
        }
    }
    /// The new body; `None` when the input stands or the body is blocked.
    pub fn into_body(self) -> Option<Vec<u8>> {
        self.body
    }
    /// What was found.
    pub const fn report(&self) -> &Report {
        &self.report
    }
    /// What became of it.
    pub const fn verdict(&self) -> Verdict {
        self.report.verdict()
    }
}

/// Compiled rules and a keyring.
#[derive(Debug)]
pub struct Redactor {}
impl Redactor {
    /// Compiles a policy.
    pub fn new(_policy: &Policy, _keyring: Keyring) -> Result<Self, PolicyError> {
        Ok(Self {})
    }
    /// Redacts a body. Clean input allocates nothing.
    pub fn redact(&self, _input: Input<'_>, _scratch: &mut Scratch, _session: &mut Session) -> Outcome {
        Outcome { body: None, report: Report::new(Verdict::Clean) }
    }
    /// Puts real values back.
    pub fn restore(&self, _reply: &[u8], _content_type: &str, _session: &Session) -> Restored {
        Restored { body: None, restored: 0, unresolved: 0 }
    }
}
