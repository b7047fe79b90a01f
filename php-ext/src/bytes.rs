//! PHP strings in and out without a copy.
//!
//! ext-php-rs' own `&str` and `String` refuse what is not UTF-8 and copy what is. Bodies are neither
//! text nor small.

use std::borrow::Cow;

use ext_php_rs::convert::{FromZval, IntoZval};
use ext_php_rs::error::Result;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendStr, Zval};

/// A string argument: its bytes, and the zval that holds them.
#[derive(Clone, Copy)]
pub(crate) struct PhpStr<'a> {
    zval: &'a Zval,
    bytes: &'a [u8],
}

impl<'a> PhpStr<'a> {
    pub(crate) const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// As text. What is not UTF-8 in a media type or the like cannot name a known one anyway.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        text(self.bytes)
    }

    /// A second reference to the same string.
    pub(crate) fn hold(&self) -> Held {
        Held::Php(self.zval.shallow_clone())
    }
}

impl<'a> FromZval<'a> for PhpStr<'a> {
    const TYPE: DataType = DataType::String;

    fn from_zval(zval: &'a Zval) -> Option<Self> {
        Some(Self { zval, bytes: zval.zend_str()?.as_bytes() })
    }
}

// The lossy reading alone takes a quarter of an unchanged `scrub()`, for a media type of ASCII.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// A string that an object of ours keeps alive.
pub(crate) enum Held {
    /// PHP's own string, one reference of it.
    Php(Zval),
    /// A default.
    Literal(&'static str),
}

impl Held {
    /// A new PHP string with these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::default();
        }
        let mut zval = Zval::new();
        zval.set_zend_string(ZendStr::new(bytes, false));
        Self::Php(zval)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Php(zval) => zval.zend_str().map_or(b"", ZendStr::as_bytes),
            Self::Literal(text) => text.as_bytes(),
        }
    }

    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Php(_) => text(self.bytes()),
            Self::Literal(text) => Cow::Borrowed(text),
        }
    }

    /// One more reference to the same string.
    pub(crate) fn share(&self) -> Self {
        match self {
            Self::Php(zval) => Self::Php(zval.shallow_clone()),
            Self::Literal(text) => Self::Literal(text),
        }
    }
}

impl Default for Held {
    fn default() -> Self {
        Self::Literal("")
    }
}

impl IntoZval for Held {
    const TYPE: DataType = DataType::String;
    const NULLABLE: bool = false;

    fn set_zval(self, zval: &mut Zval, persistent: bool) -> Result<()> {
        match self {
            Self::Php(held) => *zval = held,
            Self::Literal(text) => zval.set_zend_string(ZendStr::new(text, persistent)),
        }
        Ok(())
    }
}
