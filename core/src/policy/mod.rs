//! The policy as plain data: which operator each entity gets, custom rules, limits, restore.
//!
//! It must not know how anything is matched or replaced. Unknown keys are errors, keys that begin
//! with `x-` are notes for people and ignored.

mod read;
mod tighten;

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::error::PolicyError;
use crate::limits::BODY_BYTES_DEFAULT;

/// What is done with a finding, in ascending order of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OperatorKind {
    /// Leave the value where it is.
    Keep,
    /// A stable pseudonym that a reply can be restored from.
    Token,
    /// Hide all but the last few characters.
    Mask,
    /// The entity's word in brackets.
    Replace,
    /// Take the value away.
    Drop,
    /// Send nothing.
    Block,
}

impl OperatorKind {
    /// Every operator, in ascending order of strictness.
    pub const ALL: &'static [Self] =
        &[Self::Keep, Self::Token, Self::Mask, Self::Replace, Self::Drop, Self::Block];

    /// The name in policies and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Token => "token",
            Self::Mask => "mask",
            Self::Replace => "replace",
            Self::Drop => "drop",
            Self::Block => "block",
        }
    }

    /// The operator of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// An operator with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// What is done.
    pub kind: OperatorKind,
    /// For `mask`: how many characters stay readable at the end.
    pub keep_last: u8,
}

impl Operator {
    /// An operator with default settings.
    pub const fn new(kind: OperatorKind) -> Self {
        Self { kind, keep_last: 4 }
    }
}

/// What becomes of a JSON number whose operator is `token`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Numbers {
    /// A number of 15 digits, restored only as a whole number. Invites arithmetic.
    Standin,
    /// A token in quotes: changes the value's type.
    String,
    /// `null`.
    #[default]
    Null,
    /// Send nothing.
    Block,
}

impl Numbers {
    /// The setting of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "standin" => Some(Self::Standin),
            "string" => Some(Self::String),
            "null" => Some(Self::Null),
            "block" => Some(Self::Block),
            _ => None,
        }
    }
}

/// A rule that the policy adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRule {
    /// Its id, as findings tell it.
    pub id: String,
    /// What it finds.
    pub entity: Entity,
    /// Bytes-oriented regular expression; group 1, if any, is the value.
    pub pattern: String,
    /// How sure a match is.
    pub confidence: Confidence,
    /// Longest match in bytes; longer ones are cut there.
    pub max_length: u32,
}

/// A field name that the policy adds to the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// The field's own name, compared without case.
    pub name: String,
    /// What its value is.
    pub entity: Entity,
}

/// A policy: plain data, independent of keys and of any document.
#[derive(Clone, PartialEq, Eq)]
pub struct Policy {
    /// Operators by entity; entities that are not listed keep their default.
    pub entities: Vec<(Entity, Operator)>,
    /// Names of custom entities, without `custom:`; [`Entity::Custom`] is an index into it.
    pub custom_entities: Vec<String>,
    /// Rules that the policy adds.
    pub rules: Vec<CustomRule>,
    /// Field names that the policy adds.
    pub fields: Vec<CustomField>,
    /// Values that are never findings, byte for byte.
    pub allow: Vec<String>,
    /// JSON numbers whose operator is `token`.
    pub numbers: Numbers,
    /// Tools whose arguments may hold real values in a reply.
    pub restore_tools: Vec<String>,
    /// Largest body in bytes.
    pub body_bytes: u32,
}

impl std::fmt::Debug for Policy {
    /// Allowed values are values: counted, not shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Policy")
            .field("entities", &self.entities)
            .field("rules", &self.rules.len())
            .field("fields", &self.fields.len())
            .field("allow", &self.allow.len())
            .field("numbers", &self.numbers)
            .field("body_bytes", &self.body_bytes)
            .finish_non_exhaustive()
    }
}

impl Default for Policy {
    /// Every entity on: people and trade data as tokens, secrets, cards and costs replaced.
    fn default() -> Self {
        Self {
            entities: Vec::new(),
            custom_entities: Vec::new(),
            rules: Vec::new(),
            fields: Vec::new(),
            allow: Vec::new(),
            numbers: Numbers::default(),
            restore_tools: Vec::new(),
            body_bytes: BODY_BYTES_DEFAULT,
        }
    }
}

impl Policy {
    /// The version of the policy format that this engine reads.
    pub const VERSION: u64 = 1;

    /// Reads a policy from JSON.
    ///
    /// # Errors
    /// Names the JSON path of the first thing that is wrong; see
    /// [`PolicyErrorKind`](crate::PolicyErrorKind).
    pub fn from_json(json: &[u8]) -> Result<Self, PolicyError> {
        read::policy(json)
    }

    /// The operator of an entity under this policy.
    pub fn operator(&self, entity: Entity) -> Operator {
        self.entities
            .iter()
            .rev()
            .find(|(listed, _)| *listed == entity)
            .map_or_else(|| Operator::new(default_operator(entity)), |(_, operator)| *operator)
    }

    /// Holds when this policy is at least as strict as `parent` in everything it says.
    ///
    /// # Errors
    /// [`PolicyErrorKind::Loosens`](crate::PolicyErrorKind::Loosens) with the path of the first
    /// thing that is looser.
    pub fn tightens(&self, parent: &Self) -> Result<(), PolicyError> {
        tighten::check(self, parent)
    }
}

/// What an entity gets that the policy does not list.
fn default_operator(entity: Entity) -> OperatorKind {
    if entity.is_one_way() || matches!(entity, Entity::Coupon | Entity::Stock) {
        OperatorKind::Replace
    } else {
        OperatorKind::Token
    }
}
