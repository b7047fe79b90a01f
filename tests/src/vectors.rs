//! The vectors of `tests/vectors`: a body, and what every target must make of it.
//!
//! Reads the files and holds them to their format (`vectors/README.md`), so that a misspelt key never
//! passes for a test. It must not know how Tamis finds or replaces anything.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

mod lines;

pub use lines::lines;

/// The secret that the vectors' tokens are made with.
pub const KEY: &str = "tamis vectors key 0123456789abcdef";

/// One vector: what goes in, and what must come out.
#[derive(Clone, Debug)]
pub struct Vector {
    /// `<file>::<name>`, unique.
    pub id: String,
    /// The policy, as JSON.
    pub policy: String,
    /// What must come out.
    pub case: Case,
}

/// The two kinds of vectors.
#[derive(Clone, Debug)]
pub enum Case {
    /// The policy must be refused.
    Policy {
        /// Slug of the error.
        error: String,
        /// JSON path in the policy.
        path: String,
    },
    /// A body goes through.
    Body(Box<Body>),
}

/// A body with all that must become of it.
#[derive(Clone, Debug)]
pub struct Body {
    /// Media type as declared.
    pub content_type: String,
    /// Character set as declared apart from the media type.
    pub charset: String,
    /// What tokens are bound to.
    pub scope: String,
    /// The body.
    pub haystack: Vec<u8>,
    /// `clean`, `redacted` or `blocked`.
    pub verdict: String,
    /// The new body, where it is another one.
    pub output: Option<Vec<u8>>,
    /// Slug of the error of a blocked body.
    pub error: Option<String>,
    /// The findings, by their first byte.
    pub findings: Vec<Finding>,
    /// Replies that are restored in the same exchange.
    pub restore: Vec<Restore>,
    /// Redacting the output again changes nothing.
    pub fixpoint: bool,
}

/// A value that must be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The entity's name.
    pub entity: String,
    /// Half-open range of the haystack's bytes.
    pub span: [u32; 2],
    /// The rule's id; not compared when absent.
    pub rule: Option<String>,
    /// The operator's name; not compared when absent.
    pub operator: Option<String>,
}

/// A reply to the exchange that the body began.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restore {
    /// What the provider answers.
    pub reply: String,
    /// Its media type.
    #[serde(default)]
    pub content_type: String,
    /// What the shop gets; absent when it is the reply itself.
    pub output: Option<String>,
    /// Tokens that were put back.
    pub restored: u32,
    /// Tokens that were left.
    #[serde(default)]
    pub unresolved: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    test: Vec<Test>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Test {
    name: String,
    /// Why it must be so, where that is not obvious. For people.
    #[serde(default)]
    reason: String,
    #[serde(default = "default_policy")]
    policy: String,
    policy_json: Option<String>,
    #[serde(default)]
    content_type: String,
    #[serde(default)]
    charset: String,
    #[serde(default)]
    scope: String,
    haystack: Option<String>,
    haystack_hex: Option<String>,
    haystack_base64: Option<String>,
    repeat: Option<Repeat>,
    output: Option<String>,
    output_hex: Option<String>,
    verdict: Option<String>,
    error: Option<String>,
    path: Option<String>,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    restore: Vec<Restore>,
    #[serde(default = "yes")]
    fixpoint: bool,
}

/// A body too large to write down.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Repeat {
    #[serde(default)]
    before: String,
    text: String,
    times: usize,
    #[serde(default)]
    after: String,
}

fn default_policy() -> String {
    "default".into()
}

const fn yes() -> bool {
    true
}

/// The folder of the vectors.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// Every vector of every file, in the files' order.
///
/// # Errors
/// Names the file and the vector that does not fit the format.
pub fn all() -> Result<Vec<Vector>, String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .map_err(|error| format!("{}: {error}", folder().display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    let mut vectors: Vec<Vector> = Vec::new();
    for path in files {
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        let read: File = toml::from_str(&text).map_err(|error| format!("{file}: {error}"))?;
        for test in read.test {
            let id = format!("{file}::{}", test.name);
            if vectors.iter().any(|known| known.id == id) {
                return Err(format!("{id}: the name is taken"));
            }
            vectors.push(vector(id.clone(), test).map_err(|error| format!("{id}: {error}"))?);
        }
    }
    if vectors.is_empty() {
        return Err(format!("{}: no vectors", folder().display()));
    }
    Ok(vectors)
}

fn vector(id: String, test: Test) -> Result<Vector, String> {
    let bodies = [
        test.haystack.is_some(),
        test.haystack_hex.is_some(),
        test.haystack_base64.is_some(),
        test.repeat.is_some(),
    ];
    let bodies = bodies.into_iter().filter(|given| *given).count();
    if let Some(policy) = test.policy_json {
        let (Some(error), Some(path), 0) = (test.error, test.path, bodies) else {
            return Err("`policy_json` goes with `error` and `path`, and without a haystack".into());
        };
        return Ok(Vector { id, policy, case: Case::Policy { error, path } });
    }
    if bodies != 1 || test.path.is_some() {
        return Err("one haystack is wanted, and no `path`".into());
    }
    let haystack = match (test.haystack, test.haystack_hex, test.haystack_base64, test.repeat) {
        (Some(plain), ..) => plain.into_bytes(),
        (_, Some(hex), ..) => bytes_of_hex(&hex).ok_or("`haystack_hex` is no hex")?,
        (_, _, Some(coded), _) => crate::base64::decode(&coded).ok_or("`haystack_base64` is no base64")?,
        (.., Some(repeat)) => {
            format!("{}{}{}", repeat.before, repeat.text.repeat(repeat.times), repeat.after).into_bytes()
        }
        _ => Vec::new(),
    };
    let output = match (test.output, test.output_hex) {
        (Some(_), Some(_)) => return Err("`output` or `output_hex`, not both".into()),
        (Some(plain), None) => Some(plain.into_bytes()),
        (None, Some(hex)) => Some(bytes_of_hex(&hex).ok_or("`output_hex` is no hex")?),
        (None, None) => None,
    };
    let verdict = test.verdict.ok_or("`verdict` is missing")?;
    let fits = match verdict.as_str() {
        "clean" => output.is_none() && test.error.is_none(),
        "redacted" => output.as_ref().is_some_and(|output| *output != haystack) && test.error.is_none(),
        "blocked" => output.is_none() && test.error.is_some() && test.findings.is_empty(),
        _ => false,
    };
    if !fits {
        return Err("`verdict`, `output`, `error` and `findings` do not fit together".into());
    }
    if !test.fixpoint && test.reason.is_empty() {
        return Err("`fixpoint = false` wants a `reason`".into());
    }
    let path = folder().join("policies").join(format!("{}.json", test.policy));
    let policy = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let body = Body {
        content_type: test.content_type,
        charset: test.charset,
        scope: test.scope,
        haystack,
        verdict,
        output,
        error: test.error,
        findings: test.findings,
        restore: test.restore,
        fixpoint: test.fixpoint,
    };
    Ok(Vector { id, policy, case: Case::Body(Box::new(body)) })
}

/// Whether `output` is `haystack` with nothing but `spans` replaced: everything between them is there, in
/// its order, byte for byte, and nothing else is. False for spans that are not ascending and apart.
pub fn only_spans_changed(haystack: &[u8], output: &[u8], spans: &[[u32; 2]]) -> bool {
    let mut at = 0_usize;
    let mut kept: Vec<&[u8]> = Vec::new();
    for [start, end] in spans.iter().map(|span| span.map(|offset| offset as usize)) {
        let Some(before) = haystack.get(at..start).filter(|_| start <= end) else { return false };
        kept.push(before);
        at = end;
    }
    let Some(last) = haystack.get(at..) else { return false };
    let Some((first, middle)) = kept.split_first() else { return haystack == output };
    let Some(mut rest) = output.strip_prefix(*first).and_then(|rest| rest.strip_suffix(last)) else {
        return false;
    };
    // The leftmost place is the right one to go on from: replacements have no fixed length.
    middle.iter().all(|stretch| {
        let found = (0..=rest.len()).find(|from| rest[*from..].starts_with(stretch));
        rest = found.map_or(&[], |from| &rest[from + stretch.len()..]);
        found.is_some()
    })
}

/// Bytes of hexadecimal digits; spaces part them where that reads better.
fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| u8::try_from(high.to_digit(16)? << 4 | low.to_digit(16)?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, fits: bool) {
        let read = toml::from_str::<File>(toml).map_err(|error| error.to_string());
        let result = read.and_then(|file| {
            file.test.into_iter().map(|test| vector("t".into(), test)).collect::<Result<Vec<_>, _>>()
        });
        assert_eq!(result.is_ok(), fits, "{toml}: {result:?}");
    }

    #[test]
    fn a_change_outside_the_spans_is_seen() {
        let changed = |output: &str, spans: &[[u32; 2]]| {
            only_spans_changed(b"a secret and one more", output.as_bytes(), spans)
        };
        let both = [[2, 8], [13, 16]];
        assert!(changed("a [x] and [y] more", &both));
        assert!(changed("a  and  more", &both));
        assert!(!changed("a [x] or [y] more", &both));
        assert!(!changed("a [x] and [y] mor", &both));
        assert!(!changed("A [x] and [y] more", &both));
        assert!(!changed("a [x] and [y] more", &[[13, 16], [2, 8]]));
        assert!(!changed("a secret and one more!", &[]));
        assert!(!changed("", &[[0, 99]]));
    }

    #[test]
    fn the_format_is_held() {
        check("[[test]]\nname='a'\nhaystack='x'\nverdict='clean'", true);
        check("[[test]]\nname='a'\nhaystack_hex='00 ff'\nverdict='clean'", true);
        check("[[test]]\nname='a'\nhaystack='x'\nverdict='clean'\nnotes='?'", false);
        check("[[test]]\nname='a'\nhaystack='x'\nhaystack_hex='00'\nverdict='clean'", false);
        check("[[test]]\nname='a'\nhaystack='x'\nverdict='clean'\noutput='x'", false);
        check("[[test]]\nname='a'\nhaystack='x'\nverdict='redacted'\noutput='x'", false);
        check("[[test]]\nname='a'\nhaystack='x'\nverdict='blocked'", false);
        check("[[test]]\nname='a'\nhaystack='x'\nverdict='clean'\nfixpoint=false", false);
        check("[[test]]\nname='a'\npolicy_json='{}'\nerror='policy_version'\npath='$.version'", true);
        check("[[test]]\nname='a'\npolicy_json='{}'\nerror='policy_version'", false);
    }
}
