//! Every bound of the core by name.
//!
//! Bounds are counts, never times: the same body is blocked on every target. Each is tested at the
//! limit and one past it.

/// Largest body that a policy may allow, in bytes.
pub const BODY_BYTES_MAX: u32 = 64 << 20;
/// Largest body unless the policy says otherwise, in bytes.
pub const BODY_BYTES_DEFAULT: u32 = 8 << 20;
/// Deepest nesting of a document; deeper ones are blocked.
pub const DEPTH_MAX: u32 = 256;
/// Strings with JSON in them that are read inside one another.
pub const NESTED_JSON_MAX: u32 = 3;
/// Most keys, strings and numbers in one document.
pub const VALUES_MAX: u32 = 1 << 20;
/// Most findings in one body.
pub const FINDINGS_MAX: u32 = 1 << 17;
/// Work units that one byte of input brings along; a unit is about one byte looked at once.
pub const WORK_PER_BYTE: u64 = 256;
/// Work units that every input has, so that short ones are not starved.
pub const WORK_BASE: u64 = 1 << 18;

/// Values found by their field that are then looked for in the rest of the body.
pub const PROPAGATED_VALUES_MAX: u32 = 256;
/// Longest such value, in bytes.
pub const PROPAGATED_BYTES_MAX: u32 = 256;
/// Shortest such value, in characters.
pub const PROPAGATED_CHARS_MIN: u32 = 4;
/// Shortest bare number that is propagated, in digits.
pub const PROPAGATED_DIGITS_MIN: u32 = 6;

/// Most entries of a dictionary.
pub const DICTIONARY_ENTRIES_MAX: usize = 1_000_000;
/// Most words of a dictionary entry.
pub const DICTIONARY_WORDS_MAX: usize = 8;
/// Longest dictionary entry, in bytes.
pub const DICTIONARY_BYTES_MAX: usize = 256;

/// Largest policy, in bytes of JSON.
pub const POLICY_BYTES_MAX: usize = 1 << 20;
/// Most custom rules in a policy.
pub const CUSTOM_RULES_MAX: usize = 256;
/// Most custom entities in a policy.
pub const CUSTOM_ENTITIES_MAX: usize = 64;
/// Longest name of a custom entity or rule, in bytes.
pub const NAME_BYTES_MAX: usize = 64;
/// Longest pattern, in bytes.
pub const PATTERN_BYTES_MAX: usize = 2048;
/// Largest compiled pattern, in bytes of its automaton.
pub const PATTERN_COMPILED_BYTES_MAX: usize = 1 << 20;
/// Longest match of a custom rule, in bytes; longer ones are cut there.
pub const MATCH_BYTES_MAX: u32 = 8192;
/// Most allowed values in a policy.
pub const ALLOW_MAX: usize = 10_000;
/// Longest allowed value, in bytes.
pub const ALLOW_BYTES_MAX: usize = 1024;
/// Most field names that a policy adds.
pub const CUSTOM_FIELDS_MAX: usize = 1024;
/// Most tools that may be given real values.
pub const TOOLS_MAX: usize = 256;

/// Earlier secrets that a keyring keeps.
pub const PREVIOUS_KEYS_MAX: usize = 4;
/// Shortest secret, in bytes.
pub const SECRET_BYTES_MIN: usize = 16;

/// Tokens that one session hands out.
pub const SESSION_TOKENS_MAX: u32 = 1 << 16;
/// Levels of JSON in JSON strings that a restore looks through.
pub const RESTORE_DEPTH_MAX: u32 = 4;
