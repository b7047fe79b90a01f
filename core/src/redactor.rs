//! The facade: orders the stages, and nothing else does.
//!
//! `bytes → scan → candidates → validate → resolve → operate → rewrite → bytes, Report`. It must not
//! know any rule, format or operator: it hands what one stage made to the next.

use std::sync::Arc;

use crate::budget::Budget;
use crate::candidate::Candidate;
use crate::charset::{Charset, Nature, nature};
use crate::compile::{Compiled, RuleFacts};
use crate::confidence::Confidence;
use crate::dictionary::Dictionary;
use crate::document::{EscapeFor, Format, ValueKind, View, shape, sniff, write_escaped};
use crate::error::{PolicyError, RedactError, RedactErrorKind};
use crate::keyring::Keyring;
use crate::operator::{Exchange, Written};
use crate::policy::{OperatorKind, Policy};
use crate::propagate::{self, Known};
use crate::report::{Finding, Report, Verdict};
use crate::resolve::{Resolved, resolve};
use crate::restore;
use crate::scan::{Match, ScanCache};
use crate::session::{Restored, Session};
use crate::span::{Span, index, offset};
use crate::{field, placeholder};

/// One body with what is known of it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Input<'a> {
    /// The body: any bytes.
    pub body: &'a [u8],
    /// Its media type as declared, parameters included; empty when not. Only a hint: bodies lie.
    pub content_type: &'a str,
    /// Its character set where it is known apart from the media type; empty when not.
    pub charset: &'a str,
    /// What tokens are bound to, so that two recipients cannot join theirs: site and destination.
    pub scope: &'a [u8],
    /// The destination's class, such as `ai`.
    pub destination_class: &'a str,
}

impl<'a> Input<'a> {
    /// A body of which nothing else is known.
    pub const fn new(body: &'a [u8]) -> Self {
        Self { body, content_type: "", charset: "", scope: b"", destination_class: "ai" }
    }

    /// With its declared media type.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'a str) -> Self {
        self.content_type = content_type;
        self
    }

    /// With its character set.
    #[must_use]
    pub const fn charset(mut self, charset: &'a str) -> Self {
        self.charset = charset;
        self
    }

    /// With the scope that its tokens are bound to.
    #[must_use]
    pub const fn scope(mut self, scope: &'a [u8]) -> Self {
        self.scope = scope;
        self
    }

    /// With its destination's class.
    #[must_use]
    pub const fn destination_class(mut self, class: &'a str) -> Self {
        self.destination_class = class;
        self
    }
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// Working memory that belongs to the caller: one a thread, reused for body after body.
#[derive(Default)]
pub struct Scratch {
    view: View,
    cache: Option<(u64, ScanCache)>,
    matches: Vec<Match>,
    candidates: Vec<Candidate>,
    protected: Vec<Span>,
    orders: Vec<bool>,
    known: Vec<Known>,
    resolved: Vec<Resolved>,
    text: Vec<u8>,
}

impl Scratch {
    /// Empty working memory.
    pub fn new() -> Self {
        Self::default()
    }
}

impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// What became of a body.
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

    const fn whole(verdict: Verdict) -> Self {
        Self { body: None, report: Report::new(verdict) }
    }
}

impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outcome").field("report", &self.report).finish_non_exhaustive()
    }
}

/// Compiled rules and a keyring. Cheap to clone; shared by threads and forked workers.
#[derive(Clone)]
pub struct Redactor {
    compiled: Arc<Compiled>,
    keyring: Keyring,
    dictionary: Option<Arc<Dictionary>>,
}

impl Redactor {
    /// Compiles a policy.
    ///
    /// # Errors
    /// [`PolicyErrorKind::Pattern`](crate::PolicyErrorKind::Pattern) or
    /// [`PatternTooLarge`](crate::PolicyErrorKind::PatternTooLarge) with the rule's path.
    pub fn new(policy: &Policy, keyring: Keyring) -> Result<Self, PolicyError> {
        Ok(Self { compiled: Arc::new(Compiled::new(policy)?), keyring, dictionary: None })
    }

    /// The same with the store's own values, which were hashed under the same key.
    #[must_use]
    pub fn with_dictionary(self, dictionary: impl Into<Arc<Dictionary>>) -> Self {
        Self { dictionary: Some(dictionary.into()), ..self }
    }

    /// The same compiled rules under another key, without a dictionary.
    #[must_use]
    pub fn with_keyring(&self, keyring: Keyring) -> Self {
        Self { compiled: Arc::clone(&self.compiled), keyring, dictionary: None }
    }

    /// Redacts a body. `session` gathers the tokens of the exchange that the body belongs to.
    ///
    /// A clean body allocates nothing once `scratch` is warm. A blocked one yields no output, and the
    /// session keeps no token of it that the caller could send.
    pub fn redact(&self, input: Input<'_>, scratch: &mut Scratch, session: &mut Session) -> Outcome {
        match self.stages(input, scratch, session) {
            Ok(outcome) => outcome,
            Err(kind) => Outcome::whole(Verdict::Blocked(RedactError::from(kind))),
        }
    }

    /// Puts the exchange's real values back into a reply, where they may stand.
    ///
    /// Never in URLs, link and image targets, HTML attributes and protocol fields; in tool arguments
    /// only for the policy's tools; escaped for the place. Secrets, cards and costs never come back.
    pub fn restore(&self, reply: &[u8], content_type: &str, session: &Session) -> Restored {
        restore::restore(reply, content_type, session, &self.compiled.restore_tools)
    }

    fn stages(
        &self,
        input: Input<'_>,
        scratch: &mut Scratch,
        session: &mut Session,
    ) -> Result<Outcome, RedactErrorKind> {
        if input.body.len() > index(self.compiled.body_bytes) {
            return Err(RedactErrorKind::BodyTooLarge);
        }
        let (media_type, charset) = media_type(input.content_type);
        let charset = if input.charset.is_empty() { charset } else { input.charset };
        let charset = match nature(input.body, charset)? {
            Nature::Text(charset) => charset,
            Nature::Media => {
                let mut outcome = Outcome::whole(Verdict::Clean);
                outcome.report.unread = 1;
                return Ok(outcome);
            }
        };
        if charset == Charset::Utf8 {
            return self.redact_text(input.body, media_type, charset, input.scope, scratch, session);
        }
        let mut text = std::mem::take(&mut scratch.text);
        text.clear();
        let result = charset
            .decode(input.body, &mut text)
            .and_then(|()| self.redact_text(&text, media_type, charset, input.scope, scratch, session));
        scratch.text = text;
        result
    }

    fn redact_text(
        &self,
        text: &[u8],
        media_type: &str,
        charset: Charset,
        scope: &[u8],
        scratch: &mut Scratch,
        session: &mut Session,
    ) -> Result<Outcome, RedactErrorKind> {
        let mut budget = Budget::of(text.len());
        budget.spend(text.len())?;
        let format = sniff(text, media_type);
        scratch.view.read_deep(text, format)?;
        let unread = if format == Format::Json { shape::mark(&mut scratch.view) } else { 0 };
        self.find(scope, scratch, &mut budget)?;
        scratch.resolved.clear();
        let Scratch { view, candidates, protected, resolved, .. } = scratch;
        let published = |value: &[u8]| self.dictionary.as_ref().is_some_and(|d| d.is_published(value));
        let allowed = |value: &[u8]| self.compiled.allows(value) || published(value);
        resolve(view, &self.compiled, allowed, candidates, protected, resolved)?;
        let mut exchange =
            Exchange { keyring: &self.keyring, scope, numbers: self.compiled.numbers, session };
        let mut outcome = self.rewrite(text, view, resolved, &mut exchange)?;
        outcome.report.unread = unread;
        if charset != Charset::Utf8 {
            if let Some(body) = outcome.body.take() {
                outcome.body = Some(charset.encode(&body)?);
            }
            charset.to_body(text, outcome.report.findings.iter_mut().map(|finding| &mut finding.range));
        }
        Ok(outcome)
    }

    /// All finding stages: tokens, patterns, names, and where else those values stand.
    fn find(&self, scope: &[u8], scratch: &mut Scratch, budget: &mut Budget) -> Result<(), RedactErrorKind> {
        let compiled = &*self.compiled;
        scratch.candidates.clear();
        scratch.protected.clear();
        let known = |digits: &_| crate::session::verify(&self.keyring, scope, digits);
        placeholder::find(&scratch.view, compiled, known, &mut scratch.protected, &mut scratch.candidates);
        let serial = compiled.serial;
        let cache = match &mut scratch.cache {
            Some((of, cache)) if *of == serial => cache,
            slot => &mut slot.insert((serial, compiled.scanner.cache())).1,
        };
        scratch.matches.clear();
        compiled.scanner.scan(&scratch.view.text, cache, budget, &mut scratch.matches)?;
        for found in &scratch.matches {
            // Every lookup below holds by construction; one that failed must block, not pass.
            let rule = compiled.rule(found.detector).ok_or(RedactErrorKind::Internal)?;
            if compiled.operator(rule.entity).kind == OperatorKind::Keep {
                continue;
            }
            let value = scratch.view.value_at(found.span.start).ok_or(RedactErrorKind::Internal)?;
            scratch.candidates.push(Candidate {
                span: found.span,
                value,
                rule: rule.id.clone(),
                entity: rule.entity,
                confidence: rule.confidence,
            });
        }
        if let Some(dictionary) = &self.dictionary {
            dictionary.find(&scratch.view, budget, &mut scratch.candidates)?;
        }
        let mut named = std::mem::take(&mut scratch.candidates);
        let by_pattern = named.len();
        field::find(&scratch.view, compiled, &mut scratch.orders, budget, &mut named)?;
        // Only what a name says is looked for elsewhere: patterns find their own.
        let mut by_name: Vec<Candidate> = named.split_off(by_pattern);
        propagate::find(&scratch.view, &mut scratch.known, budget, &mut by_name)?;
        named.append(&mut by_name);
        scratch.candidates = named;
        Ok(())
    }

    /// Copies the body with every finding's replacement in its place.
    fn rewrite(
        &self,
        text: &[u8],
        view: &View,
        resolved: &[Resolved],
        exchange: &mut Exchange<'_>,
    ) -> Result<Outcome, RedactErrorKind> {
        let mut outcome = Outcome::whole(Verdict::Clean);
        if resolved.is_empty() {
            return Ok(outcome);
        }
        let mut out = Vec::with_capacity(text.len().saturating_add(resolved.len().saturating_mul(24)));
        let mut replacement = Vec::new();
        let mut at = 0_u32;
        for Resolved { candidate, operator } in resolved {
            let value = view.values.get(index(candidate.value)).ok_or(RedactErrorKind::Internal)?;
            let facts = self.compiled.entity(candidate.entity).ok_or(RedactErrorKind::Internal)?;
            let raw = view.to_raw(candidate.span);
            let surface = candidate.span.of_bytes(&view.text);
            replacement.clear();
            let written = if value.kind == ValueKind::JsonNumber {
                let literal = raw.of_bytes(text);
                exchange.write_number(*operator, candidate.entity, facts, literal, &mut replacement)?
            } else {
                exchange.write_text(*operator, candidate.entity, facts, surface, &mut replacement)?
            };
            outcome.report.one_way =
                outcome.report.one_way.saturating_add(u32::from(written == Written::OneWay));
            out.extend_from_slice(Span::new(at, raw.start).of_bytes(text));
            write_in(&mut out, &mut replacement, view.escapes(value));
            at = raw.end;
            outcome.report.findings.push(Finding {
                rule: candidate.rule.clone(),
                entity: candidate.entity,
                entity_name: facts.name.clone(),
                operator: operator.kind,
                confidence: candidate.confidence,
                range: raw,
            });
        }
        out.extend_from_slice(Span::new(at, offset(text.len())).of_bytes(text));
        if out != text {
            outcome.report.verdict = Verdict::Redacted;
            outcome.body = Some(out);
        }
        Ok(outcome)
    }

    /// The rules that this redactor looks for: id, entity name, confidence, in their order.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &str, Confidence)> {
        let sought = move |rule: &&RuleFacts| self.compiled.operator(rule.entity).kind != OperatorKind::Keep;
        self.compiled.rules().iter().filter(sought).map(|rule| {
            let entity = self.compiled.entity(rule.entity).map_or("", |facts| facts.name.as_str());
            (rule.id.as_str(), entity, rule.confidence)
        })
    }

    /// The id of the key in use.
    pub fn key_id(&self) -> String {
        self.keyring.id()
    }
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor")
            .field("rules", &self.compiled.rules().len())
            .field("key", &self.keyring.id())
            .finish_non_exhaustive()
    }
}

/// Appends a replacement, escaped for every container that it stands in, from the inside out.
fn write_in(out: &mut Vec<u8>, replacement: &mut Vec<u8>, escapes: impl Iterator<Item = EscapeFor>) {
    for escape in escapes {
        let text = std::mem::take(replacement);
        write_escaped(replacement, &text, escape);
    }
    out.extend_from_slice(replacement);
}

/// Media type and the charset parameter, as they stand.
fn media_type(content_type: &str) -> (&str, &str) {
    let (essence, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    let charset = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map_or("", |(_, value)| value.trim().trim_matches('"'));
    (essence.trim(), charset)
}
