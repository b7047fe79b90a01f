//! Means of payment: cards, bank accounts.

use super::{Rule, no_more};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::validate::{card, iban, label, phone};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "finance.credit_card",
        entity: Entity::CreditCard,
        confidence: Confidence::High,
        pattern: concat!(
            r"(?:^|\x00|[^\w.]|[^0-9A-Za-z_]\.)",
            r"([1-9](?:(?:[ .-]|\xc2\xa0|\xe2\x80[\x80-\x95\xaf])?[0-9]){11,18})\b"
        ),
        max_length: 80,
        validator: card::is_valid,
        shrink: true,
        extend: no_more,
    },
    Rule {
        id: "finance.iban",
        entity: Entity::Iban,
        confidence: Confidence::High,
        pattern: concat!(
            r"(?i)\b[a-z]{2}[0-9]{2}",
            r"(?:(?:[ .-]|\xc2\xa0|\xe2\x80[\x80-\x95\xaf])?[a-z0-9]){11,30}\b"
        ),
        max_length: 130,
        validator: iban::is_valid,
        shrink: true,
        extend: no_more,
    },
    Rule {
        id: "finance.bic",
        entity: Entity::Bic,
        confidence: Confidence::Medium,
        pattern: concat!(
            r"\b(?i:bic|swift)(?i:[ /-]{0,2}(?:code|nr\.?|bic|swift|adresse|address)){0,2}",
            r#"[ \t:=."'/-]{1,4}([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b"#
        ),
        max_length: 60,
        validator: label::is_bic,
        shrink: false,
        extend: no_more,
    },
    Rule {
        id: "finance.bank_account",
        entity: Entity::BankAccount,
        confidence: Confidence::Medium,
        pattern: concat!(
            r"(?i)(?:\b(?:bank )?account (?:number|no\.?|nr\.?|#)|\bacct\.? ?(?:number|no\.?|#)|\bsort code|\brouting (?:number|no\.?)",
            r"|\bkonto(?:nummer|-?nr\.?)|\bbankleitzahl|\bblz|num(?:é|e)ro de compte|n(?:ú|u)mero de cuenta|numer konta|rekeningnummer|numero di conto|(?:č|c)(?:í|i)slo (?:ú|u)(?:č|c)tu)",
            r"[ \t:=.#]{1,4}(?:is |ist |est |es |è )?([0-9](?:[ /-]?[0-9]){5,19})\b"
        ),
        max_length: 90,
        validator: phone::is_national,
        shrink: false,
        extend: no_more,
    },
];
