//! Why a call yielded nothing.
//!
//! Codes are those of the table that all languages share. The module has it; here stand only the codes that a
//! host needs when it cannot ask. It must not know a byte of any body.

use std::borrow::Cow;
use std::fmt;

/// What a host may have to say without its module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Internal,
    Handle,
    Range,
    Memory,
    Deadline,
    Trap,
    Abi,
    Module,
}

impl Kind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Internal,
        Self::Handle,
        Self::Range,
        Self::Memory,
        Self::Deadline,
        Self::Trap,
        Self::Abi,
        Self::Module,
    ];

    const fn told(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Internal => (301, "internal", "a fault of Tamis"),
            Self::Handle => (302, "handle", "this handle is not known, was freed, or is of another kind"),
            Self::Range => (303, "range", "a length or number lies outside its range"),
            Self::Memory => (304, "memory", "there is not enough memory"),
            Self::Deadline => (305, "deadline", "the deadline passed"),
            Self::Trap => (306, "trap", "this instance stopped and must be discarded"),
            Self::Abi => (307, "abi", "the module speaks another version of the interface"),
            Self::Module => (310, "module", "there is no module, or it cannot be loaded"),
        }
    }

    pub(crate) const fn code(self) -> u16 {
        self.told().0
    }

    /// The kind of this code, if a host knows it by itself.
    pub(crate) fn of(code: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| u32::from(kind.code()) == code)
    }
}

/// Why a call yielded nothing, or why a body was blocked. Holds no byte of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    code: u16,
    slug: Cow<'static, str>,
    text: Cow<'static, str>,
    path: String,
    /// What the runtime says. Only of the module, which is no secret.
    detail: String,
}

impl Error {
    /// An error in the module's words.
    pub(crate) fn told(code: u16, slug: String, text: String) -> Self {
        Self { code, slug: slug.into(), text: text.into(), path: String::new(), detail: String::new() }
    }

    pub(crate) fn at_path(mut self, path: String) -> Self {
        self.path = path;
        self
    }

    pub(crate) fn with(mut self, detail: impl fmt::Display) -> Self {
        self.detail = detail.to_string();
        self
    }

    /// The number shared by every language.
    pub const fn code(&self) -> u16 {
        self.code
    }

    /// The name shared by every language, such as `policy_pattern`.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// One sentence without a value.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// JSON path of the policy where it is wrong, such as `$.rules[2].pattern`; empty for everything else.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        let (code, slug, text) = kind.told();
        Self { code, slug: slug.into(), text: text.into(), path: String::new(), detail: String::new() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} ({})", self.text, self.slug)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
