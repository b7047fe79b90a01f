//! x
use crate::entity::Entity;
pub(crate) struct Place<'a> {
    pub(crate) own: &'a [u8],
    pub(crate) parent: &'a [u8],
    pub(crate) grandparent: &'a [u8],
    pub(crate) in_order: bool,
}
pub(crate) struct Field {
    pub(crate) entity: Entity,
    pub(crate) rule: &'static str,
}
pub(crate) fn classify(p: Place<'_>) -> Option<Field> {
    if p.own == b"sku" || p.own == b"SKU" {
        return Some(Field { entity: Entity::Sku, rule: "field.sku" });
    }
    if p.own == b"first_name" {
        return Some(Field { entity: Entity::Person, rule: "field.person" });
    }
    if p.own == b"cost" {
        return Some(Field { entity: Entity::Price, rule: "field.cost" });
    }
    None
}
pub(crate) fn plausible(_: Entity, v: &[u8]) -> bool {
    !v.is_empty()
}
pub(crate) fn is_common_word(_: &[u8]) -> bool {
    false
}
