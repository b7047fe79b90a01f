//! Whether one policy is at least as strict as another: a network's sites may only tighten.

use super::{OperatorKind, Policy};
use crate::entity::Entity;
use crate::error::{PolicyError, PolicyErrorKind};

pub(super) fn check(policy: &Policy, parent: &Policy) -> Result<(), PolicyError> {
    let loosens = |path: String| Err(PolicyError::new(PolicyErrorKind::Loosens, path));
    let custom = (0_u16..).take(parent.custom_entities.len()).map(Entity::Custom);
    for theirs in Entity::BUILT_IN.iter().copied().chain(custom) {
        let Some((ours, name)) = counterpart(policy, parent, theirs) else {
            let name = custom_name(parent, theirs);
            return loosens(format!("$.entities.custom:{name}"));
        };
        let (mine, least) = (policy.operator(ours), parent.operator(theirs));
        let reveals_more = mine.kind == OperatorKind::Mask
            && least.kind == OperatorKind::Mask
            && mine.keep_last > least.keep_last;
        if mine.kind < least.kind || reveals_more {
            return loosens(format!("$.entities.{name}"));
        }
    }
    if let Some(at) = parent.rules.iter().position(|rule| !has_rule(policy, parent, rule)) {
        return loosens(format!("$.rules (parent's [{at}])"));
    }
    if let Some(at) = parent.fields.iter().position(|field| {
        !policy.fields.iter().any(|f| {
            f.name.eq_ignore_ascii_case(&field.name)
                && counterpart(policy, parent, field.entity).is_some_and(|(entity, _)| entity == f.entity)
        })
    }) {
        return loosens(format!("$.fields (parent's [{at}])"));
    }
    if let Some(at) = policy.allow.iter().position(|value| !parent.allow.contains(value)) {
        return loosens(format!("$.allow[{at}]"));
    }
    if let Some(at) = policy.restore_tools.iter().position(|tool| !parent.restore_tools.contains(tool)) {
        return loosens(format!("$.restore.tools[{at}]"));
    }
    if policy.numbers < parent.numbers {
        return loosens("$.numbers".into());
    }
    if policy.body_bytes > parent.body_bytes {
        return loosens("$.limits.body_bytes".into());
    }
    Ok(())
}

fn custom_name(policy: &Policy, entity: Entity) -> &str {
    if let Entity::Custom(at) = entity {
        return policy.custom_entities.get(usize::from(at)).map_or("", String::as_str);
    }
    entity.name()
}

/// This policy's entity for one of the parent's, with its name.
fn counterpart<'p>(policy: &Policy, parent: &'p Policy, theirs: Entity) -> Option<(Entity, &'p str)> {
    let name = custom_name(parent, theirs);
    if !matches!(theirs, Entity::Custom(_)) {
        return Some((theirs, name));
    }
    let at = policy.custom_entities.iter().position(|known| known == name)?;
    u16::try_from(at).ok().map(|at| (Entity::Custom(at), name))
}

fn has_rule(policy: &Policy, parent: &Policy, rule: &super::CustomRule) -> bool {
    policy.rules.iter().any(|mine| {
        mine.pattern == rule.pattern
            && mine.max_length >= rule.max_length
            && counterpart(policy, parent, rule.entity).is_some_and(|(entity, _)| entity == mine.entity)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn check_pair(mine: &str, parent: &str, expected: Option<&str>) {
        let read = |rest: &str| Policy::from_json(format!(r#"{{"version":1{rest}}}"#).as_bytes()).unwrap();
        let result = check(&read(mine), &read(parent));
        assert_eq!(result.as_ref().err().map(PolicyError::path), expected, "{mine} under {parent}");
    }

    #[test]
    fn only_stricter_policies_tighten() {
        check_pair("", "", None);
        check_pair(r#","entities":{"email":"drop"}"#, "", None);
        check_pair(r#","entities":{"email":"keep"}"#, "", Some("$.entities.email"));
        check_pair("", r#","entities":{"email":"drop"}"#, Some("$.entities.email"));
        check_pair(r#","allow":["a"]"#, "", Some("$.allow[0]"));
        check_pair(r#","limits":{"body_bytes":9000000}"#, "", Some("$.limits.body_bytes"));
        check_pair(r#","numbers":"string"}"#.trim_end_matches('}'), "", Some("$.numbers"));
        let rule = r#","rules":[{"id":"a","entity":"custom:r","pattern":"R[0-9]{4}"}]"#;
        check_pair(rule, rule, None);
        check_pair("", rule, Some("$.entities.custom:r"));
        check_pair(
            r#","entities":{"phone":{"operator":"mask","keep_last":4}}"#,
            r#","entities":{"phone":{"operator":"mask","keep_last":2}}"#,
            Some("$.entities.phone"),
        );
    }
}
