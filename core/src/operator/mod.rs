//! What is written in a finding's place.
//!
//! Takes the value's text, gives the new text; it must not know rules, nor where the text is written.

mod canonical;
mod mask;

use crate::compile::EntityFacts;
use crate::entity::Entity;
use crate::error::RedactErrorKind;
use crate::keyring::Keyring;
use crate::policy::{Numbers, Operator, OperatorKind};
use crate::session::{Grant, Session, Wanted, write_token};

/// What an operator made of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// The new text was appended, to be escaped for its container.
    Text,
    /// A JSON literal was appended, to stand in a number's place as it is.
    Literal,
    /// As [`Self::Text`], but the token was another value's: this one cannot come back.
    OneWay,
}

/// All that operators need besides the value.
pub(crate) struct Exchange<'a> {
    pub(crate) keyring: &'a Keyring,
    pub(crate) scope: &'a [u8],
    pub(crate) numbers: Numbers,
    pub(crate) session: &'a mut Session,
}

impl Exchange<'_> {
    /// Appends what stands for a value in text.
    pub(crate) fn write_text(
        &mut self,
        operator: Operator,
        entity: Entity,
        facts: &EntityFacts,
        value: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Written, RedactErrorKind> {
        match operator.kind {
            OperatorKind::Keep => out.extend_from_slice(value),
            OperatorKind::Drop => {}
            OperatorKind::Replace => out.extend_from_slice(&facts.placeholder),
            OperatorKind::Mask => mask::mask(value, operator.keep_last, out),
            OperatorKind::Block => return Err(RedactErrorKind::Policy),
            OperatorKind::Token => match self.grant(entity, facts, value)? {
                Grant::Token(digits) => write_token(out, &facts.kind, &digits),
                Grant::Collision => {
                    out.extend_from_slice(&facts.placeholder);
                    return Ok(Written::OneWay);
                }
            },
        }
        Ok(Written::Text)
    }

    /// Appends what stands for a JSON number.
    pub(crate) fn write_number(
        &mut self,
        operator: Operator,
        entity: Entity,
        facts: &EntityFacts,
        value: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Written, RedactErrorKind> {
        let token = operator.kind == OperatorKind::Token;
        match (operator.kind, self.numbers) {
            (OperatorKind::Block, _) => return Err(RedactErrorKind::Policy),
            (OperatorKind::Keep, _) => out.extend_from_slice(value),
            (_, Numbers::Block) if token => return Err(RedactErrorKind::Number),
            (_, Numbers::Standin | Numbers::String) if token => match self.grant(entity, facts, value)? {
                Grant::Token(digits) if self.numbers == Numbers::Standin => out.extend_from_slice(&digits),
                Grant::Token(digits) => {
                    out.push(b'"');
                    write_token(out, &facts.kind, &digits);
                    out.push(b'"');
                }
                Grant::Collision => {
                    out.extend_from_slice(b"null");
                    return Ok(Written::OneWay);
                }
            },
            _ => out.extend_from_slice(b"null"),
        }
        Ok(Written::Literal)
    }

    fn grant(&mut self, entity: Entity, facts: &EntityFacts, value: &[u8]) -> Result<Grant, RedactErrorKind> {
        let canonical = canonical::canonical(entity, value);
        let wanted = Wanted { kind: &facts.kind, entity, canonical: &canonical, surface: value };
        self.session.grant(self.keyring.current(), self.scope, wanted)
    }
}
