//! Reads a policy from JSON, with the path of whatever is wrong.

use serde_json::{Map, Value};

use super::{CustomField, CustomRule, Numbers, Operator, OperatorKind, Policy};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::error::{PolicyError, PolicyErrorKind as Kind};
use crate::limits::{
    ALLOW_BYTES_MAX, ALLOW_MAX, BODY_BYTES_MAX, CUSTOM_ENTITIES_MAX, CUSTOM_FIELDS_MAX, CUSTOM_RULES_MAX,
    MATCH_BYTES_MAX, NAME_BYTES_MAX, PATTERN_BYTES_MAX, POLICY_BYTES_MAX, TOOLS_MAX,
};

type Read<T> = Result<T, PolicyError>;

pub(super) fn policy(json: &[u8]) -> Read<Policy> {
    if json.len() > POLICY_BYTES_MAX {
        return Err(PolicyError::new(Kind::TooLarge, "$"));
    }
    let root: Value = serde_json::from_slice(json).map_err(|error| PolicyError::at_line(error.line()))?;
    let root = object(&root, "$")?;
    known(
        root,
        "$",
        &["version", "min_engine", "entities", "rules", "fields", "allow", "numbers", "restore", "limits"],
    )?;
    version(root)?;
    let mut policy = Policy::default();
    if let Some(entities) = root.get("entities") {
        for (name, value) in object(entities, "$.entities")? {
            let path = format!("$.entities.{}", quoted(name));
            let entity = entity(&mut policy, name, &path)?;
            let operator = operator(value, &path)?;
            policy.entities.push((entity, operator));
        }
    }
    for (path, item) in items(root, "rules", CUSTOM_RULES_MAX)? {
        let rule = rule(&mut policy, item, &path)?;
        if policy.rules.iter().any(|other| other.id == rule.id) {
            return Err(PolicyError::new(Kind::Duplicate, format!("{path}.id")));
        }
        policy.rules.push(rule);
    }
    for (path, item) in items(root, "fields", CUSTOM_FIELDS_MAX)? {
        let item = object(item, &path)?;
        known(item, &path, &["name", "entity"])?;
        let name = required(item, "name", &path)?.to_owned();
        let entity = entity(&mut policy, required(item, "entity", &path)?, &format!("{path}.entity"))?;
        policy.fields.push(CustomField { name, entity });
    }
    for (path, item) in items(root, "allow", ALLOW_MAX)? {
        let value = string(item, &path)?;
        if value.is_empty() || value.len() > ALLOW_BYTES_MAX {
            return Err(PolicyError::new(Kind::Value, path));
        }
        policy.allow.push(value.to_owned());
    }
    if let Some(numbers) = root.get("numbers") {
        policy.numbers = Numbers::from_name(string(numbers, "$.numbers")?)
            .ok_or_else(|| PolicyError::new(Kind::Value, "$.numbers"))?;
    }
    if let Some(restore) = root.get("restore") {
        let restore = object(restore, "$.restore")?;
        known(restore, "$.restore", &["tools"])?;
        for (path, item) in items_at(restore, "tools", "$.restore", TOOLS_MAX)? {
            policy.restore_tools.push(string(item, &path)?.to_owned());
        }
    }
    if let Some(limits) = root.get("limits") {
        let limits = object(limits, "$.limits")?;
        known(limits, "$.limits", &["body_bytes"])?;
        if let Some(bytes) = limits.get("body_bytes") {
            policy.body_bytes = count(bytes, "$.limits.body_bytes", BODY_BYTES_MAX)?;
        }
    }
    Ok(policy)
}

fn version(root: &Map<String, Value>) -> Read<()> {
    match root.get("version") {
        Some(version) if version.as_u64() == Some(Policy::VERSION) => {}
        _ => return Err(PolicyError::new(Kind::Version, "$.version")),
    }
    let Some(least) = root.get("min_engine") else { return Ok(()) };
    let least = triple(string(least, "$.min_engine")?)
        .ok_or_else(|| PolicyError::new(Kind::Value, "$.min_engine"))?;
    if triple(env!("CARGO_PKG_VERSION")).is_none_or(|engine| least > engine) {
        return Err(PolicyError::new(Kind::Engine, "$.min_engine"));
    }
    Ok(())
}

fn triple(version: &str) -> Option<[u32; 3]> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    let triple = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(triple)
}

fn rule(policy: &mut Policy, item: &Value, path: &str) -> Read<CustomRule> {
    let item = object(item, path)?;
    known(item, path, &["id", "entity", "pattern", "confidence", "max_length"])?;
    let id = name(required(item, "id", path)?, &format!("{path}.id"))?;
    let entity = entity(policy, required(item, "entity", path)?, &format!("{path}.entity"))?;
    let pattern = required(item, "pattern", path)?;
    if pattern.len() > PATTERN_BYTES_MAX {
        return Err(PolicyError::new(Kind::PatternTooLarge, format!("{path}.pattern")));
    }
    let confidence = match item.get("confidence") {
        None => Confidence::High,
        Some(value) => match string(value, &format!("{path}.confidence"))? {
            "low" => Confidence::Low,
            "medium" => Confidence::Medium,
            "high" => Confidence::High,
            _ => return Err(PolicyError::new(Kind::Value, format!("{path}.confidence"))),
        },
    };
    let max_length = match item.get("max_length") {
        None => MATCH_BYTES_MAX,
        Some(value) => count(value, &format!("{path}.max_length"), MATCH_BYTES_MAX)?,
    };
    Ok(CustomRule { id: id.to_owned(), entity, pattern: pattern.to_owned(), confidence, max_length })
}

fn operator(value: &Value, path: &str) -> Read<Operator> {
    let named = |name: &str, path: &str| {
        OperatorKind::from_name(name).ok_or_else(|| PolicyError::new(Kind::UnknownOperator, path))
    };
    if let Value::String(kind) = value {
        return Ok(Operator::new(named(kind, path)?));
    }
    let settings = object(value, path)?;
    known(settings, path, &["operator", "keep_last"])?;
    let mut operator =
        Operator::new(named(required(settings, "operator", path)?, &format!("{path}.operator"))?);
    if let Some(last) = settings.get("keep_last") {
        let path = format!("{path}.keep_last");
        if operator.kind != OperatorKind::Mask {
            return Err(PolicyError::new(Kind::Value, path));
        }
        operator.keep_last = last
            .as_u64()
            .and_then(|n| u8::try_from(n).ok())
            .filter(|n| *n <= 16)
            .ok_or_else(|| PolicyError::new(Kind::Value, path))?;
    }
    Ok(operator)
}

/// The entity of this name; a custom one is registered at its first mention.
fn entity(policy: &mut Policy, given: &str, path: &str) -> Read<Entity> {
    let unknown = || PolicyError::new(Kind::UnknownEntity, path);
    let Some(custom) = given.strip_prefix("custom:") else {
        return Entity::from_name(given).ok_or_else(unknown);
    };
    name(custom, path)?;
    let at = match policy.custom_entities.iter().position(|known| known == custom) {
        Some(at) => at,
        None if policy.custom_entities.len() >= CUSTOM_ENTITIES_MAX => {
            return Err(PolicyError::new(Kind::TooMany, path));
        }
        None => {
            policy.custom_entities.push(custom.to_owned());
            policy.custom_entities.len().saturating_sub(1)
        }
    };
    u16::try_from(at).map(Entity::Custom).map_err(|_| unknown())
}

/// A name of letters, digits, `_`, `-` and `.` that begins with a letter.
fn name<'v>(given: &'v str, path: &str) -> Read<&'v str> {
    let fits = given.len() <= NAME_BYTES_MAX
        && given.starts_with(|c: char| c.is_ascii_alphabetic())
        && given.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    if fits { Ok(given) } else { Err(PolicyError::new(Kind::Value, path)) }
}

fn known(map: &Map<String, Value>, path: &str, keys: &[&str]) -> Read<()> {
    match map.keys().find(|key| !keys.contains(&key.as_str()) && !key.starts_with("x-")) {
        Some(key) => Err(PolicyError::new(Kind::UnknownKey, format!("{path}.{}", quoted(key)))),
        None => Ok(()),
    }
}

fn items<'v>(root: &'v Map<String, Value>, key: &str, most: usize) -> Read<Vec<(String, &'v Value)>> {
    items_at(root, key, "$", most)
}

fn items_at<'v>(
    map: &'v Map<String, Value>,
    key: &str,
    path: &str,
    most: usize,
) -> Read<Vec<(String, &'v Value)>> {
    let Some(value) = map.get(key) else { return Ok(Vec::new()) };
    let path = format!("{path}.{key}");
    let list = value.as_array().ok_or_else(|| PolicyError::new(Kind::Value, path.clone()))?;
    if list.len() > most {
        return Err(PolicyError::new(Kind::TooMany, path));
    }
    Ok(list.iter().enumerate().map(|(i, item)| (format!("{path}[{i}]"), item)).collect())
}

fn object<'v>(value: &'v Value, path: &str) -> Read<&'v Map<String, Value>> {
    value.as_object().ok_or_else(|| PolicyError::new(Kind::Value, path))
}

fn string<'v>(value: &'v Value, path: &str) -> Read<&'v str> {
    value.as_str().ok_or_else(|| PolicyError::new(Kind::Value, path))
}

fn required<'v>(map: &'v Map<String, Value>, key: &str, path: &str) -> Read<&'v str> {
    let path = format!("{path}.{key}");
    string(map.get(key).unwrap_or(&Value::Null), &path).and_then(|text| {
        if text.is_empty() { Err(PolicyError::new(Kind::Value, path.clone())) } else { Ok(text) }
    })
}

fn count(value: &Value, path: &str, most: u32) -> Read<u32> {
    value
        .as_u64()
        .and_then(|n| u32::try_from(n).ok())
        .filter(|n| (1..=most).contains(n))
        .ok_or_else(|| PolicyError::new(Kind::Value, path))
}

/// A key as it may stand in a path: cut, and without control characters.
fn quoted(key: &str) -> String {
    key.chars().take(NAME_BYTES_MAX).map(|c| if c.is_control() { '?' } else { c }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn check(json: &str, kind: Kind, path: &str) {
        let error = policy(json.as_bytes()).unwrap_err();
        assert_eq!((error.kind(), error.path()), (kind, path), "{json}");
    }

    #[test]
    fn each_error_names_its_path() {
        check("{", Kind::Json, "$");
        check("[]", Kind::Value, "$");
        check("{}", Kind::Version, "$.version");
        check(r#"{"version":2}"#, Kind::Version, "$.version");
        check(r#"{"version":1,"min_engine":"99.0.0"}"#, Kind::Engine, "$.min_engine");
        check(r#"{"version":1,"entitys":{}}"#, Kind::UnknownKey, "$.entitys");
        check(r#"{"version":1,"entities":{"emial":"token"}}"#, Kind::UnknownEntity, "$.entities.emial");
        check(r#"{"version":1,"entities":{"email":"encrypt"}}"#, Kind::UnknownOperator, "$.entities.email");
        check(
            r#"{"version":1,"entities":{"email":{"operator":"mask","keep_last":99}}}"#,
            Kind::Value,
            "$.entities.email.keep_last",
        );
        check(
            r#"{"version":1,"rules":[{"id":"a","entity":"sku","pattern":"x"},{"id":"b","entity":"nope","pattern":"x"}]}"#,
            Kind::UnknownEntity,
            "$.rules[1].entity",
        );
        check(
            r#"{"version":1,"rules":[{"id":"a","entity":"sku","pattern":"x"},{"id":"a","entity":"sku","pattern":"y"}]}"#,
            Kind::Duplicate,
            "$.rules[1].id",
        );
        check(r#"{"version":1,"limits":{"body_bytes":0}}"#, Kind::Value, "$.limits.body_bytes");
        check(r#"{"version":1,"numbers":"maybe"}"#, Kind::Value, "$.numbers");
        check(r#"{"version":1,"allow":[""]}"#, Kind::Value, "$.allow[0]");
    }

    #[test]
    fn limits_hold_at_the_limit_and_one_past_it() {
        let rule = |n: usize| {
            let pattern = "x".repeat(n);
            format!(r#"{{"version":1,"rules":[{{"id":"a","entity":"sku","pattern":"{pattern}"}}]}}"#)
        };
        assert!(policy(rule(PATTERN_BYTES_MAX).as_bytes()).is_ok());
        check(&rule(PATTERN_BYTES_MAX + 1), Kind::PatternTooLarge, "$.rules[0].pattern");
        let allow = |n: usize| format!(r#"{{"version":1,"allow":[{}]}}"#, vec![r#""v""#; n].join(","));
        assert!(policy(allow(ALLOW_MAX).as_bytes()).is_ok());
        check(&allow(ALLOW_MAX + 1), Kind::TooMany, "$.allow");
        check(&" ".repeat(POLICY_BYTES_MAX + 1), Kind::TooLarge, "$");
    }

    #[test]
    fn notes_are_ignored_and_custom_entities_registered() {
        let read = policy(
            br#"{"version":1,"x-note":"for people","entities":{"custom:ref":"mask","email":{"operator":"mask","keep_last":2}},
                "rules":[{"id":"custom.ref","entity":"custom:ref","pattern":"REF-[0-9]{6}"}]}"#,
        )
        .unwrap();
        assert_eq!(read.custom_entities, ["ref"]);
        assert_eq!(read.operator(Entity::Custom(0)).kind, OperatorKind::Mask);
        assert_eq!(read.operator(Entity::Email).keep_last, 2);
        assert_eq!(read.operator(Entity::ApiKey).kind, OperatorKind::Replace);
    }
}
