//! Bodies out of a fixed seed, with what stands in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// Size of both chat requests.
pub const CHAT_BYTES: usize = 4096;
/// Size of both messages.
pub const MESSAGE_BYTES: usize = 1024;
/// Keys of the order, nested ones included: what WooCommerce sends for one of two lines.
pub const ORDER_KEYS: usize = 248;

/// Kinds of values that stand in prose.
const KINDS: usize = 6;
/// No sentence is longer: nine words of twelve bytes, and what is between them.
const SENTENCE_BYTES_MAX: usize = 120;

const WORDS: &str = "the of and to in for with on is this that from your our order product cotton shirt size blue red green \
    large small delivery customer please write short friendly reply about return policy warranty battery charger cable shoes \
    jacket waterproof lining pocket zipper leather stainless steel kitchen garden summer winter collection discount stock \
    available shipping tracking parcel arrived damaged replacement refund invoice thank you very much quality material soft \
    comfortable machine wash iron cold gentle detergent recommend review star rating would buy again gift wrapping message \
    birthday holiday describe benefits bullet points title meta keyword tone professional concise summary translate für über \
    größe schön qualité été livré produit commande naïve café";

/// A body and what the core must find in it.
#[derive(Clone, Debug)]
pub struct Body {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Findings by entity.
    pub findings: BTreeMap<&'static str, u32>,
    /// Values that may not be left in the output.
    pub values: Vec<String>,
}

/// `SplitMix64`: the same stream everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(n).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).copied().unwrap_or("")
    }

    fn of(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length)
            .map(|_| char::from(alphabet.get(self.below(alphabet.len())).copied().unwrap_or(b'0')))
            .collect()
    }

    fn digits(&mut self, length: usize) -> String {
        self.of(b"0123456789", length)
    }
}

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A chat-completions request of exactly [`CHAT_BYTES`] bytes: clean, or with six kinds of values in its prose.
pub fn chat(dirty: bool) -> Body {
    request(CHAT_BYTES, if dirty { KINDS } else { 0 }, 400)
}

/// A shorter one of exactly [`MESSAGE_BYTES`] bytes: clean, or with two values.
pub fn message(dirty: bool) -> Body {
    request(MESSAGE_BYTES, if dirty { 2 } else { 0 }, 200)
}

/// Prose of exactly this many bytes, at least a kibibyte: clean, or with a value in each kibibyte.
pub fn text(bytes: usize, dirty: bool) -> Body {
    let mut random = Random(20_261);
    let mut body = Body { bytes: Vec::new(), findings: BTreeMap::new(), values: Vec::new() };
    let mut content = String::new();
    let values = if dirty { bytes / 1024 } else { 0 };
    for n in 0..values {
        sentence(&mut random, &mut content, 512);
        spice(&mut random, &mut content, n % KINDS, &mut body);
        let end = (n + 1) * 1024 - SENTENCE_BYTES_MAX;
        while content.len() < end {
            sentence(&mut random, &mut content, 1);
        }
    }
    while content.len() + SENTENCE_BYTES_MAX < bytes {
        sentence(&mut random, &mut content, 1);
    }
    while content.len() < bytes {
        content.push('.');
    }
    body.bytes = content.into_bytes();
    body
}

/// Something short, again and again, in exactly this many bytes: what makes engines slow.
pub fn repeated(unit: &str, bytes: usize) -> Vec<u8> {
    unit.bytes().cycle().take(bytes).collect()
}

/// A request of so many bytes with so many kinds of values, prose of `least` bytes before each.
fn request(bytes: usize, kinds: usize, least: usize) -> Body {
    let mut random = Random(20_260);
    let mut body = Body { bytes: Vec::new(), findings: BTreeMap::new(), values: Vec::new() };
    let mut content = String::new();
    for kind in 0..kinds {
        sentence(&mut random, &mut content, least);
        spice(&mut random, &mut content, kind, &mut body);
    }
    // Room for the envelope is taken from the prose, so that every body has one length.
    let system = "You are a helpful shop assistant. Answer in two friendly sentences.";
    let document = |content: &str| {
        json!({"model": "gpt-x", "temperature": 0.4, "max_tokens": 800, "messages": [
            {"role": "system", "content": system}, {"role": "user", "content": content}]})
        .to_string()
    };
    let envelope = document("").len();
    while envelope + content.len() < bytes - 80 {
        sentence(&mut random, &mut content, 1);
    }
    while envelope + content.len() < bytes {
        content.push('.');
    }
    body.bytes = document(&content).into_bytes();
    body
}

/// At least `least` bytes of sentences.
fn sentence(random: &mut Random, out: &mut String, least: usize) {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let from = out.len();
    while out.len() < from + least {
        for _ in 0..6 + random.below(4) {
            out.push_str(random.pick(&words));
            out.push(' ');
        }
        out.pop();
        out.push_str(". ");
    }
}

/// One value of the kind, named the way people name it.
fn spice(random: &mut Random, out: &mut String, kind: usize, body: &mut Body) {
    let (entity, before, value) = match kind {
        0 => ("email", "Mail ", format!("anna.schmidt{}@example.com", random.below(90) + 10)),
        1 => ("phone", "Call ", format!("+49 {} {} {}", "301", "5550", random.digits(3))),
        2 => ("credit_card", "Card ", luhn(&format!("4{}", random.digits(14)))),
        3 => ("iban", "IBAN ", iban(&random.digits(18))),
        4 => ("ip_address", "From ", format!("203.0.113.{}", random.below(200) + 10)),
        _ => ("api_key", "Key ", format!("ghp_{}", random.of(ALPHANUMERIC, 36))),
    };
    let _ = write!(out, "{before}{value}. ");
    *body.findings.entry(entity).or_default() += 1;
    body.values.push(value);
}

/// The digits with Luhn's check digit behind them.
fn luhn(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            if at % 2 == 0 { digit * 2 - if digit > 4 { 9 } else { 0 } } else { digit }
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// A German IBAN with its check digits.
fn iban(account: &str) -> String {
    let rest =
        account.bytes().chain(*b"131400").fold(0_u32, |rest, byte| (rest * 10 + u32::from(byte - b'0')) % 97);
    format!("DE{:02}{account}", 98 - rest)
}

/// An order as WooCommerce's REST interface gives it to whoever asks, with [`ORDER_KEYS`] keys.
///
/// # Panics
/// When it has another number of keys: the figure would be of another body than its name says.
pub fn order() -> Body {
    let person = json!({"first_name": "Johanna", "last_name": "Kowalczyk", "company": "", "address_1": "17 Mill Lane",
        "address_2": "", "city": "Bremen", "state": "", "postcode": "28195", "country": "DE",
        "email": "johanna@example.com", "phone": "+49 421 5550 199"});
    let line = |n: u32| {
        json!({"id": 310 + n, "name": "Cotton shirt", "product_id": 90 + n, "variation_id": 0, "quantity": n, "tax_class": "",
            "subtotal": "24.00", "subtotal_tax": "4.56", "total": "24.00", "total_tax": "4.56",
            "taxes": [{"id": 1, "total": "4.56", "subtotal": "4.56"}], "meta_data": [], "sku": format!("TSH-{:05}", 20 + n),
            "price": 24, "image": {"id": 0, "src": ""}, "parent_name": null})
    };
    let links = json!({"self": [{"href": "/orders/727"}], "collection": [{"href": "/orders"}]});
    let mut order = json!({"id": 727, "parent_id": 0, "status": "processing", "currency": "EUR", "version": "9.4.1",
        "prices_include_tax": true, "date_created": "2026-03-22T16:28:02", "date_modified": "2026-03-22T16:28:08",
        "discount_total": "0.00", "discount_tax": "0.00", "shipping_total": "10.00", "shipping_tax": "0.00",
        "cart_tax": "9.12", "total": "67.12", "total_tax": "9.12", "customer_id": 12, "order_key": "",
        "billing": person, "shipping": person, "payment_method": "invoice", "payment_method_title": "Invoice",
        "transaction_id": "", "created_via": "checkout", "customer_note": "", "date_completed": null, "date_paid": null,
        "cart_hash": "", "number": "727", "meta_data": [], "line_items": [line(1), line(2)],
        "tax_lines": [{"id": 318, "rate_code": "DE-19", "rate_id": 75, "label": "VAT", "compound": false,
            "tax_total": "9.12", "shipping_tax_total": "0.00", "meta_data": []}],
        "shipping_lines": [{"id": 317, "method_title": "Flat rate", "method_id": "flat_rate", "total": "10.00",
            "total_tax": "0.00", "taxes": [], "meta_data": []}],
        "fee_lines": [], "coupon_lines": [], "refunds": [], "payment_url": "", "is_editable": false,
        "needs_payment": false, "needs_processing": true, "_links": links});
    // Plugins hang the rest on: keys of their own, short values.
    let missing = ORDER_KEYS.saturating_sub(keys(&order) + 1);
    let extra: Map<String, Value> = (0..missing).map(|n| (format!("_f{n}"), json!("no"))).collect();
    if let Some(map) = order.as_object_mut() {
        map.insert("extra".into(), Value::Object(extra));
    }
    assert_eq!(keys(&order), ORDER_KEYS, "the order has another number of keys");
    Body {
        bytes: order.to_string().into_bytes(),
        findings: BTreeMap::new(),
        values: [
            "Johanna",
            "Kowalczyk",
            "johanna@example.com",
            "+49 421 5550 199",
            "17 Mill Lane",
            "TSH-00021",
            "TSH-00022",
        ]
        .map(String::from)
        .to_vec(),
    }
}

/// Keys of all objects in the document.
fn keys(root: &Value) -> usize {
    let mut open = vec![root];
    let mut found = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                found += map.len();
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_their_size_and_are_the_same_each_time() {
        for dirty in [false, true] {
            assert_eq!(chat(dirty).bytes.len(), CHAT_BYTES);
            assert_eq!(chat(dirty).bytes, chat(dirty).bytes);
            assert_eq!(message(dirty).bytes.len(), MESSAGE_BYTES);
            for bytes in [1 << 10, 4 << 10, 64 << 10] {
                assert_eq!(text(bytes, dirty).bytes.len(), bytes);
            }
        }
        assert_eq!(message(true).values.len(), 2);
        assert_eq!(text(4 << 10, true).values.len(), 4);
        assert_eq!(repeated("1 ", 5), b"1 1 1");
        assert_eq!(chat(true).values.len(), 6);
        assert!(chat(false).values.is_empty());
        let order = order().bytes;
        assert!((3500..=4600).contains(&order.len()), "{}", order.len());
    }

    #[test]
    fn check_digits_are_right() {
        assert_eq!(luhn("411111111111111"), "4111111111111111");
        assert_eq!(iban("370400440532013000"), "DE89370400440532013000");
    }
}
