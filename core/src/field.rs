//! What names say of values: JSON keys, form names, and labels in running text.
//!
//! Joins the document's names with the vocabulary. It must not know how a value is replaced.

use crate::budget::Budget;
use crate::candidate::Candidate;
use crate::compile::Compiled;
use crate::confidence::Confidence;
use crate::document::label::{Label, labels};
use crate::document::{Container, NONE, Value, ValueKind, View};
use crate::entity::{Entity, Name};
use crate::error::RedactErrorKind;
use crate::policy::OperatorKind;
use crate::rule::field::{Place, classify, plausible};
use crate::session::{Spelling, next_token};
use crate::span::{Span, index, offset};

/// Keys whose presence makes an object an order, so that its `number` is an order's.
const ORDER_KEYS: &[&[u8]] = &[b"line_items", b"order_key", b"billing", b"lineItems", b"line-items"];
/// Keys that hold the value of a `{"key": ..., "value": ...}` pair.
const VALUE_KEYS: &[&[u8]] = &[b"value", b"meta_value", b"val", b"option"];
/// Containers looked at above a value.
const PARENTS_MAX: usize = 8;
/// Longest address in running text.
const ADDRESS_BYTES_MAX: usize = 120;
/// Shortest text in which labels are looked for.
const LABELLED_BYTES_MIN: u32 = 5;

/// Appends a candidate for every value whose name says what it is.
pub(crate) fn find(
    view: &View,
    compiled: &Compiled,
    orders: &mut Vec<bool>,
    budget: &mut Budget,
    out: &mut Vec<Candidate>,
) -> Result<(), RedactErrorKind> {
    mark_orders(view, orders);
    for (at, value) in (0_u32..).zip(&view.values) {
        if value.kind.is_name() || value.envelope || value.unread || value.view.is_empty() {
            continue;
        }
        let names = Names::of(view, value);
        if !names.own.is_empty() {
            budget.spend(names.own.len().saturating_add(16))?;
            named(view, compiled, orders, at, value, &names, out);
        }
        if value.kind != ValueKind::JsonNumber && value.view.len() >= LABELLED_BYTES_MIN {
            budget.spend(index(value.view.len()))?;
            labelled(view, compiled, at, value, out);
        }
    }
    Ok(())
}

fn mark_orders(view: &View, orders: &mut Vec<bool>) {
    orders.clear();
    orders.resize(view.containers.len(), false);
    for value in view.values.iter().filter(|value| value.kind == ValueKind::JsonKey) {
        if let Some(order) = orders.get_mut(index(value.parent)).filter(|order| !**order) {
            *order = ORDER_KEYS.contains(&value.view.of_bytes(&view.text));
        }
    }
}

/// The names around a value, from its own outwards.
struct Names<'v> {
    own: &'v [u8],
    parent: &'v [u8],
    grandparent: &'v [u8],
    /// The object that the value is a member of.
    object: u32,
}

impl<'v> Names<'v> {
    fn of(view: &'v View, value: &Value) -> Self {
        let container = |at: u32| view.containers.get(index(at)).copied();
        let mut own = if value.name == NONE { &[][..] } else { telling(view.bytes(value.name)) };
        let object = value.parent;
        // In a list of `{"key": "...", "value": ...}` the sibling is the name.
        if VALUE_KEYS.contains(&own)
            && let Some(label) = container(object).map(|c| c.label).filter(|label| *label != NONE)
        {
            own = telling(view.bytes(label));
        }
        let mut above = Above { view, at: value.parent, left: PARENTS_MAX };
        if own.is_empty() && container(value.parent).is_some_and(|c: Container| c.is_array) {
            own = above.next().unwrap_or_default();
        }
        let parent = above.next().unwrap_or_default();
        let grandparent = above.next().unwrap_or_default();
        Self { own, parent, grandparent, object }
    }
}

/// A name, unless it is a token of a value: `PHONE_9…` names no phone.
fn telling(name: &[u8]) -> &[u8] {
    if next_token(name, 0, Spelling::Exact).is_some() { &[] } else { name }
}

/// The names of the containers above, those without a name skipped.
struct Above<'v> {
    view: &'v View,
    at: u32,
    left: usize,
}

impl<'v> Iterator for Above<'v> {
    type Item = &'v [u8];

    fn next(&mut self) -> Option<&'v [u8]> {
        loop {
            self.left = self.left.checked_sub(1)?;
            let container = self.view.containers.get(index(self.at))?;
            self.at = container.parent;
            if container.name != NONE {
                return Some(telling(self.view.bytes(container.name)));
            }
        }
    }
}

fn named(
    view: &View,
    compiled: &Compiled,
    orders: &[bool],
    at: u32,
    value: &Value,
    names: &Names<'_>,
    out: &mut Vec<Candidate>,
) {
    let bytes = value.view.of_bytes(&view.text);
    let Some(trimmed) = trimmed(value.view, bytes) else { return };
    let in_order = orders.get(index(names.object)).copied().unwrap_or(false);
    let place = Place { own: names.own, parent: names.parent, grandparent: names.grandparent, in_order };
    let (entity, rule) = match compiled.custom_field(names.own) {
        Some(entity) => (entity, "field.custom"),
        None => match classify(place) {
            Some(field) if plausible(field.entity, trimmed.of_bytes(&view.text)) => {
                (field.entity, field.rule)
            }
            _ => return,
        },
    };
    push(
        compiled,
        out,
        Candidate {
            span: trimmed,
            value: at,
            rule: Name::from_static(rule),
            entity,
            confidence: Confidence::High,
        },
    );
}

fn push(compiled: &Compiled, out: &mut Vec<Candidate>, candidate: Candidate) {
    if compiled.operator(candidate.entity).kind != OperatorKind::Keep {
        out.push(candidate);
    }
}

/// The span without spaces at its ends.
fn trimmed(span: Span, bytes: &[u8]) -> Option<Span> {
    let first = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let last = bytes.iter().rposition(|b| !b.is_ascii_whitespace())?;
    let from = |at: usize| span.start.saturating_add(offset(at));
    Some(Span::new(from(first), from(last.saturating_add(1))))
}

fn labelled(view: &View, compiled: &Compiled, at: u32, value: &Value, out: &mut Vec<Candidate>) {
    let text = value.view.of_bytes(&view.text);
    for label in labels(text) {
        let own = telling(label.name.of_bytes(text));
        let place = Place { own, parent: b"", grandparent: b"", in_order: false };
        let (entity, custom) = match compiled.custom_field(own) {
            Some(entity) => (entity, true),
            None => match classify(place) {
                Some(field) => (field.entity, false),
                None => continue,
            },
        };
        let span = if custom { Some(label.word) } else { label_value(entity, label, text) };
        if let Some(span) = span {
            let start = value.view.start;
            push(
                compiled,
                out,
                Candidate {
                    span: Span::new(start.saturating_add(span.start), start.saturating_add(span.end)),
                    value: at,
                    rule: Name::from_static("label"),
                    entity,
                    confidence: Confidence::Medium,
                },
            );
        }
    }
}

/// What of a label's value is the entity, if it looks like one. Prose is less sure than a field, so
/// that translations (`SKU: %s`), code (`price = None`) and questions (`Order number:`) stay.
fn label_value(entity: Entity, label: Label, text: &[u8]) -> Option<Span> {
    let word = label.word.of_bytes(text);
    let digits = word.iter().filter(|b| b.is_ascii_digit()).count();
    let is_code = |bytes: &[u8]| bytes.iter().any(|b| matches!(b, b'%' | b'$' | b'{' | b'(' | b'\\' | b'='));
    let when = |fits: bool| fits.then_some(label.word);
    // The patterns of these know better than a label where they end.
    if matches!(entity, Entity::Email | Entity::Phone | Entity::IpAddress | Entity::CreditCard | Entity::Iban)
    {
        return None;
    }
    // Style sheets have margins too; a rule knows those that are money.
    if label.name.of_bytes(text).eq_ignore_ascii_case(b"margin") {
        return None;
    }
    let span = if matches!(entity, Entity::Person | Entity::Address) && label.quoted {
        label.word
    } else if entity == Entity::Person {
        person_in(label.line, text)?
    } else if entity == Entity::Address {
        let line = label.line.of_bytes(text);
        let numbered = line.len() <= ADDRESS_BYTES_MAX && line.iter().any(u8::is_ascii_digit);
        (numbered && !is_code(line)).then_some(label.line)?
    } else if matches!(entity, Entity::Price | Entity::Cost | Entity::Margin) {
        amount_in(label.line, text)?
    } else if entity == Entity::Coupon {
        let capitals = word.iter().filter(|b| b.is_ascii_uppercase()).count();
        when(word.len() >= 4 && (digits > 0 || capitals >= 4) && !is_code(word))?
    } else if entity.is_secret() {
        when(word.len() >= 6 && digits > 0 && word.iter().any(u8::is_ascii_alphabetic) && !is_code(word))?
    } else {
        when(digits >= 2 && word.len() >= 3 && !is_code(word))?
    };
    plausible(entity, span.of_bytes(text)).then_some(span)
}

/// Two to four capitalised words, or one in a script without capitals.
fn person_in(line: Span, text: &[u8]) -> Option<Span> {
    let bytes = line.of_bytes(text);
    let end = bytes.iter().position(|b| matches!(b, b',' | b'(' | b'/' | b'.')).unwrap_or(bytes.len());
    let bytes = bytes.get(..end)?.trim_ascii_end();
    let mut words = 0_usize;
    for word in bytes.split(|b| *b == b' ').filter(|word| !word.is_empty()) {
        let first = word.first()?;
        let particle = matches!(
            word,
            b"de" | b"van" | b"von" | b"der" | b"den" | b"da" | b"di" | b"la" | b"el" | b"bin"
        );
        let named = first.is_ascii_uppercase() || *first >= 0x80 || particle;
        if !named
            || word.iter().any(|b| !(b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'-' | b'\'')))
        {
            return None;
        }
        words = words.checked_add(1)?;
    }
    (1..=5).contains(&words).then(|| Span::new(line.start, line.start.saturating_add(offset(bytes.len()))))
}

/// An amount at the start of a line: a number, with a currency or a percent sign on either side.
fn amount_in(line: Span, text: &[u8]) -> Option<Span> {
    let bytes = line.of_bytes(text);
    let is_symbol = |b: &u8| *b >= 0x80 || *b == b'$';
    let before =
        bytes.iter().take(5).take_while(|b| b.is_ascii_uppercase() || is_symbol(b) || **b == b' ').count();
    let number = bytes.get(before..)?;
    let length = number.iter().take(24).take_while(|b| b.is_ascii_digit() || b".,' ".contains(b)).count();
    let digits_end = number.get(..length)?.iter().rposition(u8::is_ascii_digit)?.checked_add(1)?;
    let after = number.get(digits_end..)?;
    let space = after.iter().take_while(|b| **b == b' ').count();
    let unit = after.get(space..)?;
    let letters = unit.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let symbol = unit.iter().take(4).take_while(|b| is_symbol(b) || **b == b'%').count();
    let code = letters == 3 && unit.iter().take(3).all(u8::is_ascii_uppercase);
    let suffix = if code { 3 } else { symbol };
    // `12 kg` and `12px` are no amounts.
    if letters > 0 && !code && before == 0 && unit.first().is_some_and(u8::is_ascii_lowercase) {
        return None;
    }
    let unit_length = if suffix > 0 { space.checked_add(suffix)? } else { 0 };
    let whole = before.checked_add(digits_end)?.checked_add(unit_length)?;
    Some(Span::new(line.start, line.start.saturating_add(offset(whole))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_amount(line: &str, expected: Option<&str>) {
        let span = amount_in(Span::of(0, line.len()), line.as_bytes());
        assert_eq!(span.and_then(|s| line.get(s.range())), expected, "{line}");
    }

    #[test]
    fn amounts_end_with_their_currency() {
        check_amount("19.90 EUR per piece", Some("19.90 EUR"));
        check_amount("\u{20ac}1,299.00, net", Some("\u{20ac}1,299.00"));
        check_amount("CHF 12.50", Some("CHF 12.50"));
        check_amount("48 %", Some("48 %"));
        check_amount("12 kg", None);
        check_amount("None", None);
    }

    #[test]
    fn people_have_capitals() {
        let person = |line: &str| {
            person_in(Span::of(0, line.len()), line.as_bytes())
                .and_then(|s| line.get(s.range()))
                .map(str::to_owned)
        };
        assert_eq!(person("Anna van Dyk, Oslo"), Some("Anna van Dyk".into()));
        assert_eq!(person("forms.CharField()"), None);
        assert_eq!(person("the name of the shop"), None);
    }
}
