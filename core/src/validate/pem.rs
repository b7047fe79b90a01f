//! How far a PEM block reaches behind its header.
//!
//! Source: RFC 7468, section 3. A block that was cut off, or pasted with its line breaks escaped, is
//! still a key: without an end, it reaches as far as its alphabet.

/// Longest block, in bytes behind its header.
const BLOCK_BYTES_MAX: usize = 8192;
/// Longest line that ends a block.
const END_BYTES_MAX: usize = 64;

/// The length of the rest of the block, its end line included.
pub(crate) fn rest(after: &[u8]) -> usize {
    let block = after.get(..after.len().min(BLOCK_BYTES_MAX)).unwrap_or_default();
    // A value ends with a NUL in a view.
    let block = block.get(..memchr::memchr(0, block).unwrap_or(block.len())).unwrap_or_default();
    let Some(end) = memchr::memmem::find(block, b"-----END ") else {
        let alphabet = |b: &u8| b.is_ascii_alphanumeric() || b"+/=-\\:,. \r\n\t".contains(b);
        return block.iter().position(|b| !alphabet(b)).unwrap_or(block.len());
    };
    let line = block.get(end.saturating_add(9)..).unwrap_or_default();
    let line = line.get(..line.len().min(END_BYTES_MAX)).unwrap_or_default();
    let dashes = memchr::memmem::find(line, b"-----").map_or(0, |at| at.saturating_add(5));
    end.saturating_add(9).saturating_add(dashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(after: &str, expected: &str) {
        assert_eq!(after.get(..rest(after.as_bytes())), Some(expected));
    }

    #[test]
    fn blocks_end_with_their_end_line_or_their_alphabet() {
        check(
            "\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\nthanks",
            "\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----",
        );
        check("\\nMIIE\\n-----END", "\\nMIIE\\n-----END");
        check("\nMIIE\"}", "\nMIIE");
        check("\nMIIE\0other", "\nMIIE");
    }

    #[test]
    fn blocks_are_bounded() {
        assert_eq!(rest(&[b'A'; BLOCK_BYTES_MAX + 1]), BLOCK_BYTES_MAX);
    }
}
