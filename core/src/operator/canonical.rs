//! One form for the spellings of the same value, so that they share a token.
//!
//! Only where spellings are the same by definition: a reply gets back the first one that was seen.

use std::borrow::Cow;

use crate::entity::Entity;

/// The canonical form of a value.
pub(crate) fn canonical(entity: Entity, value: &[u8]) -> Cow<'_, [u8]> {
    if entity == Entity::Email {
        return Cow::Owned(value.to_ascii_lowercase());
    }
    if matches!(entity, Entity::Iban | Entity::CreditCard | Entity::Gtin) {
        let letters = value.iter().filter(|b| b.is_ascii_alphanumeric());
        return Cow::Owned(letters.map(u8::to_ascii_uppercase).collect());
    }
    if entity == Entity::Phone {
        return Cow::Owned(value.iter().copied().filter(|b| b.is_ascii_digit() || *b == b'+').collect());
    }
    Cow::Borrowed(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entity: Entity, value: &str, expected: &str) {
        assert_eq!(canonical(entity, value.as_bytes()), expected.as_bytes());
    }

    #[test]
    fn spellings_meet() {
        check(Entity::Email, "Anna@Example.COM", "anna@example.com");
        check(Entity::Iban, "de89 3704 0044", "DE8937040044");
        check(Entity::Phone, "+49 (30) 12-34", "+49301234");
        check(Entity::Person, "Anna", "Anna");
    }
}
