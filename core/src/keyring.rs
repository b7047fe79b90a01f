//! Secret key material and the subkeys drawn from it.
//!
//! A leaf: it must not know what a subkey is used on. Subkeys are HKDF-SHA-256 outputs under
//! separate labels (RFC 5869), so that one purpose tells nothing of another and keys can rotate.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{PolicyError, PolicyErrorKind};
use crate::limits::{PREVIOUS_KEYS_MAX, SECRET_BYTES_MIN};

/// The current secret's subkeys and those of earlier secrets, whose tokens are still recognised.
#[derive(Clone)]
pub struct Keyring {
    current: Subkeys,
    previous: Vec<Subkeys>,
}

/// What one secret yields.
#[derive(Clone)]
pub(crate) struct Subkeys {
    pub(crate) token: Zeroizing<[u8; 32]>,
    pub(crate) check: Zeroizing<[u8; 32]>,
    pub(crate) dictionary: Zeroizing<[u8; 32]>,
    id: [u8; 8],
}

impl Keyring {
    /// A keyring of one secret.
    ///
    /// # Errors
    /// [`PolicyErrorKind::Key`] when the secret has fewer than
    /// [`SECRET_BYTES_MIN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, PolicyError> {
        Ok(Self { current: Subkeys::derive(secret)?, previous: Vec::new() })
    }

    /// The same keyring with one more earlier secret, newest first.
    ///
    /// # Errors
    /// [`PolicyErrorKind::Key`] when the secret is too short or
    /// [`PREVIOUS_KEYS_MAX`] are already there.
    pub fn with_previous(mut self, secret: &[u8]) -> Result<Self, PolicyError> {
        if self.previous.len() >= PREVIOUS_KEYS_MAX {
            return Err(PolicyError::new(PolicyErrorKind::Key, "previous"));
        }
        self.previous.push(Subkeys::derive(secret)?);
        Ok(self)
    }

    /// Sixteen hexadecimal digits that name the current secret and tell nothing of it.
    pub fn id(&self) -> String {
        self.current.id.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    pub(crate) fn current(&self) -> &Subkeys {
        &self.current
    }

    /// Current first, then earlier ones.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Subkeys> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

impl Subkeys {
    fn derive(secret: &[u8]) -> Result<Self, PolicyError> {
        if secret.len() < SECRET_BYTES_MIN {
            return Err(PolicyError::new(PolicyErrorKind::Key, "secret"));
        }
        let hkdf = Hkdf::<Sha256>::new(Some(b"tamis/1"), secret);
        let key = |label: &[u8]| {
            let mut out = Zeroizing::new([0_u8; 32]);
            // 32 bytes is far below HKDF's bound of 255 blocks, the only way to fail.
            hkdf.expand(label, out.as_mut())
                .map_err(|_| PolicyError::new(PolicyErrorKind::Key, "secret"))
                .map(|()| out)
        };
        let mut id = [0_u8; 8];
        hkdf.expand(b"id", &mut id).map_err(|_| PolicyError::new(PolicyErrorKind::Key, "secret"))?;
        Ok(Self { token: key(b"token")?, check: key(b"check")?, dictionary: key(b"dictionary")?, id })
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring").field("id", &self.id()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_is_refused_at_the_limit() {
        assert!(Keyring::new(&[7; SECRET_BYTES_MIN]).is_ok());
        assert!(Keyring::new(&[7; SECRET_BYTES_MIN - 1]).is_err());
    }

    #[test]
    fn earlier_secrets_are_bounded() {
        let mut ring = Keyring::new(&[1; 32]);
        for n in 0..PREVIOUS_KEYS_MAX {
            ring = ring.and_then(|r| r.with_previous(&[u8::try_from(n).unwrap_or(9); 32]));
        }
        assert!(ring.as_ref().is_ok());
        assert!(ring.and_then(|r| r.with_previous(&[9; 32])).is_err());
    }

    #[test]
    fn debug_tells_the_id_only() {
        let text = format!("{:?}", Keyring::new(b"a secret that must not be seen").ok());
        assert!(!text.contains("secret that"));
        assert!(text.contains("id"));
    }
}
