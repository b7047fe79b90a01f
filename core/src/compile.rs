//! Policy and built-in rules become one immutable, key-free set of compiled rules.
//!
//! Alone turns policy into what the stages read. It must not know documents.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use crate::confidence::Confidence;
use crate::entity::{Entity, Name};
use crate::error::{PolicyError, PolicyErrorKind};
use crate::policy::{Numbers, Operator, OperatorKind, Policy};
use crate::rule;
use crate::scan::{Detector, PatternError, Scanner};
use crate::session::KIND_BYTES_MAX;

/// What all stages read. Shared by threads and forked workers. Holds allowed values, so no `Debug`.
pub(crate) struct Compiled {
    /// Tells scratch memory of one compilation from another's within a process.
    pub(crate) serial: u64,
    pub(crate) scanner: Scanner,
    rules: Vec<RuleFacts>,
    entities: Vec<EntityFacts>,
    custom_entities: Vec<EntityFacts>,
    fields: Vec<(Vec<u8>, Entity)>,
    allow: Vec<Vec<u8>>,
    pub(crate) numbers: Numbers,
    pub(crate) restore_tools: Vec<String>,
    pub(crate) body_bytes: u32,
}

/// What is known of a detector beside its pattern.
#[derive(Clone, Debug)]
pub(crate) struct RuleFacts {
    pub(crate) id: Name,
    pub(crate) entity: Entity,
    pub(crate) confidence: Confidence,
}

/// What is known of an entity under this policy.
#[derive(Clone, Debug)]
pub(crate) struct EntityFacts {
    pub(crate) name: Name,
    pub(crate) kind: String,
    /// The word in brackets that stands for a value.
    pub(crate) placeholder: Vec<u8>,
    pub(crate) operator: Operator,
}

static SERIAL: AtomicU64 = AtomicU64::new(1);

impl Compiled {
    pub(crate) fn new(policy: &Policy) -> Result<Self, PolicyError> {
        let built_in = built_in_scanner()?;
        let mut rules: Vec<RuleFacts> = rule::built_in()
            .map(|rule| RuleFacts {
                id: Name::from_static(rule.id),
                entity: rule.entity,
                confidence: rule.confidence,
            })
            .collect();
        let mut custom = Vec::new();
        for (at, rule) in policy.rules.iter().enumerate() {
            let detector = Detector::custom(&rule.pattern, rule.max_length)
                .map_err(|error| pattern_error(error, format!("$.rules[{at}].pattern")))?;
            custom.push(Arc::new(detector));
            let (id, entity, confidence) = (Name::shared(&rule.id), rule.entity, rule.confidence);
            rules.push(RuleFacts { id, entity, confidence });
        }
        let scanner = built_in.with(custom);
        let mut fields: Vec<(Vec<u8>, Entity)> = policy
            .fields
            .iter()
            .map(|field| (field.name.to_ascii_lowercase().into_bytes(), field.entity))
            .collect();
        fields.sort();
        let mut allow: Vec<Vec<u8>> = policy.allow.iter().map(|value| value.clone().into_bytes()).collect();
        allow.sort();
        Ok(Self {
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            scanner,
            rules,
            entities: Entity::BUILT_IN.iter().map(|entity| built_in_facts(policy, *entity)).collect(),
            custom_entities: custom_facts(policy),
            fields,
            allow,
            numbers: policy.numbers,
            restore_tools: policy.restore_tools.clone(),
            body_bytes: policy.body_bytes,
        })
    }

    /// The rule behind a detector.
    pub(crate) fn rule(&self, detector: u32) -> Option<&RuleFacts> {
        self.rules.get(crate::span::index(detector))
    }

    /// Facts of an entity.
    pub(crate) fn entity(&self, entity: Entity) -> Option<&EntityFacts> {
        if let Entity::Custom(at) = entity {
            return self.custom_entities.get(usize::from(at));
        }
        let at = Entity::BUILT_IN.iter().position(|known| *known == entity)?;
        self.entities.get(at)
    }

    /// What is done with an entity. One that the policy does not know is replaced.
    pub(crate) fn operator(&self, entity: Entity) -> Operator {
        self.entity(entity).map_or(Operator::new(OperatorKind::Replace), |facts| facts.operator)
    }

    /// The entity of a field name that the policy adds.
    pub(crate) fn custom_field(&self, name: &[u8]) -> Option<Entity> {
        let folded = || name.iter().map(u8::to_ascii_lowercase);
        let at = self.fields.binary_search_by(|(known, _)| known.iter().copied().cmp(folded())).ok()?;
        self.fields.get(at).map(|(_, entity)| *entity)
    }

    /// True for values that the policy allows.
    pub(crate) fn allows(&self, value: &[u8]) -> bool {
        !self.allow.is_empty() && self.allow.binary_search_by(|known| known.as_slice().cmp(value)).is_ok()
    }

    /// Facts of every entity, built in and custom.
    pub(crate) fn all_entities(&self) -> impl Iterator<Item = &EntityFacts> {
        self.entities.iter().chain(&self.custom_entities)
    }

    /// Ids, entities and confidence of the compiled rules, in their order.
    pub(crate) fn rules(&self) -> &[RuleFacts] {
        &self.rules
    }
}

/// The scanner of the built-in rules: one a process, shared by every policy.
fn built_in_scanner() -> Result<&'static Scanner, PolicyError> {
    static BUILT_IN: OnceLock<Result<Scanner, PolicyError>> = OnceLock::new();
    let build = || {
        let mut detectors = Vec::new();
        for rule in rule::built_in() {
            let detector = Detector::new(rule).map_err(|error| pattern_error(error, rule.id.to_owned()))?;
            detectors.push(Arc::new(detector));
        }
        Ok(Scanner::new(detectors))
    };
    BUILT_IN.get_or_init(build).as_ref().map_err(Clone::clone)
}

fn pattern_error(error: PatternError, path: String) -> PolicyError {
    let kind = match error {
        PatternError::Syntax => PolicyErrorKind::Pattern,
        PatternError::TooLarge => PolicyErrorKind::PatternTooLarge,
    };
    PolicyError::new(kind, path)
}

fn built_in_facts(policy: &Policy, entity: Entity) -> EntityFacts {
    EntityFacts {
        name: Name::from_static(entity.name()),
        kind: entity.kind().to_owned(),
        placeholder: format!("[{}]", entity.name()).into_bytes(),
        operator: policy.operator(entity),
    }
}

fn custom_facts(policy: &Policy) -> Vec<EntityFacts> {
    let mut all: Vec<EntityFacts> = Vec::new();
    for (at, name) in (0_u16..).zip(&policy.custom_entities) {
        let letters = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
        let mut kind: String = letters.take(KIND_BYTES_MAX.saturating_sub(4)).collect();
        if kind.len() < 2 {
            kind.push('X');
        }
        // Two custom entities, or one and a built-in, must not share their tokens' word.
        let taken = |kind: &str| {
            all.iter().any(|facts| facts.kind == kind) || Entity::BUILT_IN.iter().any(|e| e.kind() == kind)
        };
        if taken(&kind) {
            kind = format!("{kind}X{at}");
        }
        all.push(EntityFacts {
            name: Name::shared(&format!("custom:{name}")),
            kind,
            placeholder: format!("[{name}]").into_bytes(),
            operator: policy.operator(Entity::Custom(at)),
        });
    }
    all
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_default_policy_compiles_and_ids_are_unique() {
        let compiled = Compiled::new(&Policy::default()).unwrap();
        let ids: BTreeSet<&str> = compiled.rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids.len(), compiled.rules.len());
        assert!(compiled.rules.len() > 30);
    }

    #[test]
    fn no_built_in_repeat_is_cut() {
        for rule in rule::built_in() {
            let config = regex_automata::util::syntax::Config::new().unicode(false).utf8(false);
            let hir = regex_automata::util::syntax::parse_with(rule.pattern, &config).unwrap();
            assert!(hir.properties().maximum_len().is_some(), "{} has an unbounded repeat", rule.id);
        }
    }

    #[test]
    fn custom_kinds_are_distinct() {
        let json = br#"{"version":1,"entities":{"custom:e-mail":"token","custom:email":"token","custom:a":"token"}}"#;
        let compiled = Compiled::new(&Policy::from_json(json).unwrap()).unwrap();
        let kinds: BTreeSet<&str> = compiled.all_entities().map(|facts| facts.kind.as_str()).collect();
        assert_eq!(kinds.len(), compiled.all_entities().count());
    }
}
