//! The vocabulary of field names: what a name says about its value.
//!
//! A name is split into words, folded to lower case without accents, and its longest known ending counts:
//! `billing[email_address]` is an email, `ip_address` none. It must not know where names come from (JSON
//! keys, form names, labels in prose).

mod vocabulary;

use crate::entity::Entity;
use crate::validate::{entropy, ip, jwt, label, money, words};

/// Most words of a name that are looked at: its last ones.
const WORDS_MAX: usize = 8;
/// Longest ending that is looked up, in bytes.
const JOINED_MAX: usize = 96;

/// Where a name stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The field's own name; a form's whole name, parents and all.
    pub(crate) own: &'a [u8],
    /// The name of the object that holds it.
    pub(crate) parent: &'a [u8],
    /// The name of the object that holds that one.
    pub(crate) grandparent: &'a [u8],
    /// The object is an order: it has `line_items`, `order_key` or `billing`.
    pub(crate) in_order: bool,
}

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// What the value is.
    pub(crate) entity: Entity,
    /// The rule's id: `field.sku`.
    pub(crate) rule: &'static str,
}

/// What the vocabulary knows of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sku,
    Gtin,
    Price,
    Cost,
    Supplier,
    Coupon,
    OrderNumber,
    Person,
    Address,
    Password,
    Email,
    Phone,
    Ip,
    ApiKey,
    Iban,
    Bic,
    BankAccount,
    CreditCard,
    TaxId,
    NationalId,
    DateOfBirth,
    CustomerId,
    /// A name of whatever holds it: a person's where that is a person.
    Name,
    /// An amount where money is meant, a count elsewhere.
    Money,
    /// An order's number or an article's.
    Reference,
    /// Known to be none of them.
    Nothing,
}

/// Words for what has a person's name.
const PEOPLE: &[&str] = &[
    "abonnent",
    "account",
    "acheteur",
    "addressee",
    "attendee",
    "author",
    "autor",
    "beneficiary",
    "billing",
    "buyer",
    "cardholder",
    "client",
    "cliente",
    "commenter",
    "consignee",
    "contact",
    "contacts",
    "customer",
    "customers",
    "delivery",
    "destinataire",
    "destinatario",
    "driver",
    "employee",
    "employees",
    "empfanger",
    "envio",
    "facturation",
    "fatturazione",
    "from",
    "guest",
    "holder",
    "invoice",
    "kaufer",
    "kontakt",
    "klant",
    "klient",
    "kund",
    "kunde",
    "kunden",
    "lead",
    "leads",
    "lieferung",
    "livraison",
    "member",
    "members",
    "owner",
    "passenger",
    "patient",
    "payer",
    "people",
    "person",
    "profile",
    "rechnung",
    "receiver",
    "recipient",
    "recipients",
    "reviewer",
    "sender",
    "ship",
    "shipper",
    "shipping",
    "signer",
    "student",
    "subscriber",
    "subscribers",
    "teacher",
    "to",
    "traveler",
    "user",
    "users",
    "utilisateur",
    "visitor",
];

/// Words for what has a name that is no person's.
const THINGS: &[&str] = &[
    "app",
    "attribute",
    "attributes",
    "bank",
    "brand",
    "brands",
    "categories",
    "category",
    "city",
    "class",
    "collection",
    "company",
    "country",
    "coupon",
    "course",
    "currency",
    "event",
    "fee",
    "field",
    "fields",
    "file",
    "files",
    "font",
    "function",
    "gateway",
    "group",
    "image",
    "images",
    "item",
    "items",
    "line",
    "lines",
    "list",
    "menu",
    "meta",
    "method",
    "methods",
    "model",
    "option",
    "options",
    "organization",
    "page",
    "parameter",
    "plan",
    "plugin",
    "plugins",
    "product",
    "products",
    "property",
    "rate",
    "role",
    "schema",
    "service",
    "set",
    "shop",
    "site",
    "state",
    "status",
    "store",
    "tag",
    "tags",
    "tax",
    "taxonomy",
    "template",
    "term",
    "theme",
    "tool",
    "tools",
    "type",
    "variant",
    "variants",
    "variation",
    "variations",
    "zone",
];

/// Words for what holds amounts of money.
const MONIES: &[&str] = &[
    "amount",
    "balance",
    "bestellung",
    "cart",
    "charge",
    "checkout",
    "commande",
    "coupon",
    "fee",
    "fees",
    "invoice",
    "item",
    "items",
    "line",
    "lines",
    "money",
    "order",
    "orders",
    "ordine",
    "payment",
    "pedido",
    "price",
    "purchase",
    "rechnung",
    "refund",
    "refunds",
    "shipping",
    "subtotal",
    "tax",
    "taxes",
    "totals",
    "transaction",
    "transactions",
];

/// Words for what an order's reference stands in.
const ORDERS: &[&str] = &[
    "bestellung",
    "commande",
    "consignment",
    "delivery",
    "invoice",
    "order",
    "orders",
    "ordine",
    "parcel",
    "payment",
    "pedido",
    "purchase",
    "receipt",
    "shipment",
    "shipments",
    "transaction",
];

/// Words for what an article's reference stands in.
const ARTICLES: &[&str] = &[
    "article",
    "artikel",
    "combination",
    "item",
    "items",
    "line",
    "product",
    "products",
    "produit",
    "variant",
];

/// What the name at `place` says of its value; `None` for most names.
pub(crate) fn classify(place: Place<'_>) -> Option<Field> {
    let mut name = Joined::new();
    name.push(place.parent);
    let inherited = name.count();
    name.push(place.own);
    let inherited = if name.count() == inherited { return None } else { inherited };
    // A form's own name may be all there is: `number` needs its order, not its parents.
    if place.in_order && place.own.eq_ignore_ascii_case(b"number") {
        return Kind::OrderNumber.field();
    }
    let (kind, words) = name.endings().find_map(|(ending, words)| Some((look_up(ending)?, words)))?;
    let around = Around { name: &name, words, inherited, grandparent: place.grandparent };
    let kind = match kind {
        Kind::Name => around.nearest(PEOPLE, THINGS).then_some(Kind::Person)?,
        Kind::Money => (place.in_order || around.nearest(MONIES, &[])).then_some(Kind::Price)?,
        Kind::Reference if around.nearest(ARTICLES, ORDERS) => Kind::Sku,
        Kind::Reference => (place.in_order || around.nearest(ORDERS, &[])).then_some(Kind::OrderNumber)?,
        // An amount of boxes is none of money; a style has margins.
        Kind::Cost if around.nearest(&["style", "styles", "css", "spacing", "layout", "padding"], &[]) => {
            return None;
        }
        Kind::Sku
        | Kind::Gtin
        | Kind::Price
        | Kind::Cost
        | Kind::Supplier
        | Kind::Coupon
        | Kind::OrderNumber
        | Kind::Person
        | Kind::Address
        | Kind::Password
        | Kind::Email
        | Kind::Phone
        | Kind::Ip
        | Kind::ApiKey
        | Kind::Iban
        | Kind::Bic
        | Kind::BankAccount
        | Kind::CreditCard
        | Kind::TaxId
        | Kind::NationalId
        | Kind::DateOfBirth
        | Kind::CustomerId
        | Kind::Nothing => kind,
    };
    kind.field()
}

/// Whether `value` can be what its field's name says: a value at all, of that kind's shape.
pub(crate) fn plausible(entity: Entity, value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0x80).count();
    let spaces = value.iter().filter(|b| b.is_ascii_whitespace()).count();
    if value.is_empty() || value.len() > 1024 || is_empty_word(value) || is_template(value) {
        return false;
    }
    let code = value.len() <= 64 && spaces <= 3 && digits.saturating_add(letters) > 0 && !is_form_text(value);
    let link = value.windows(3).any(|w| w == b"://");
    match entity {
        Entity::Sku => code && !link,
        Entity::Gtin => (8..=14).contains(&digits) && letters == 0,
        Entity::Price | Entity::Cost | Entity::Margin => money::is_field_amount(value),
        Entity::Coupon => code && spaces <= 1 && (letters > 0 || digits >= 4) && !link,
        Entity::OrderNumber | Entity::CustomerId => {
            code && spaces <= 1 && value.iter().any(|b| (b'1'..=b'9').contains(b)) && !link
        }
        Entity::Person => {
            letters > 0
                && digits == 0
                && value.len() <= 120
                && !is_form_text(value)
                && !value.iter().any(|b| b"_@/=:;|#*+[]".contains(b))
        }
        Entity::Supplier => letters > 0 && value.len() <= 120 && !is_form_text(value) && !link,
        Entity::Address => {
            digits.saturating_add(letters) > 0
                && value.len() <= 400
                && !is_form_text(value)
                && !link
                && !value.iter().any(|b| b"@=_*".contains(b))
        }
        Entity::Password => {
            let sentence = spaces > 0 && digits == 0;
            let told = sentence && has_form_word(value);
            value.len() >= 4 && !is_form_text(value) && !is_masked(value) && !told
        }
        Entity::Email => {
            value.len() <= 400 && value.iter().position(|&b| b == b'@').is_some_and(|at| at > 0) && !link
        }
        Entity::Phone => (5..=20).contains(&digits) && letters <= 12 && value.len() <= 60 && !link,
        Entity::IpAddress => value.split(|b| matches!(b, b',' | b' ' | b'/')).any(ip::is_address),
        Entity::ApiKey => {
            // Patterns know where a bearer's token or a name and password begin.
            let scheme = value.split_first_chunk::<6>().is_some_and(|(head, rest)| {
                (head.eq_ignore_ascii_case(b"bearer") && entropy::is_credential(rest.trim_ascii()))
                    || (head.eq_ignore_ascii_case(b"basic ") && jwt::is_basic(rest.trim_ascii()))
            });
            let mixed = digits > 0 || value.iter().any(u8::is_ascii_punctuation) || value.len() >= 16;
            value.len() >= 8
                && mixed
                && !scheme
                && letters > 0
                && spaces <= 1
                && !is_form_text(value)
                && !is_masked(value)
                && !entropy::is_placeholder(value)
        }
        Entity::Iban => (15..=45).contains(&value.len()) && digits >= 10 && letters >= 2,
        Entity::Bic => {
            matches!(value.len(), 8 | 11)
                && value.iter().all(u8::is_ascii_alphanumeric)
                && !is_form_text(value)
        }
        Entity::BankAccount => (5..=30).contains(&digits) && value.len() <= 45,
        Entity::CreditCard => matches!(digits, 3 | 4 | 12..=19) && letters == 0 && !value.contains(&b'*'),
        Entity::TaxId | Entity::NationalId | Entity::Passport | Entity::DriverLicense => {
            (4..=24).contains(&digits) && value.len() <= 40
        }
        Entity::DateOfBirth => digits >= 4 && value.len() <= 40,
        Entity::MacAddress
        | Entity::UrlCredentials
        | Entity::Jwt
        | Entity::PrivateKey
        | Entity::SessionCookie
        | Entity::CryptoWallet
        | Entity::Stock
        | Entity::ProductName
        | Entity::ProductCopy
        | Entity::SearchQuery
        | Entity::ForgedToken
        | Entity::Custom(_) => true,
    }
}

/// Whether `word` (ASCII lower case) is too common to be looked for elsewhere in a body: a first name that is
/// an everyday word too, a word of interfaces, a colour, a month, a country, a status.
pub(crate) fn is_common_word(word: &[u8]) -> bool {
    words::is_common(word)
}

impl Kind {
    const fn field(self) -> Option<Field> {
        let (entity, rule) = match self {
            Self::Sku => (Entity::Sku, "field.sku"),
            Self::Gtin => (Entity::Gtin, "field.gtin"),
            Self::Price => (Entity::Price, "field.price"),
            Self::Cost => (Entity::Cost, "field.cost"),
            Self::Supplier => (Entity::Supplier, "field.supplier"),
            Self::Coupon => (Entity::Coupon, "field.coupon"),
            Self::OrderNumber => (Entity::OrderNumber, "field.order_number"),
            Self::Person => (Entity::Person, "field.person"),
            Self::Address => (Entity::Address, "field.address"),
            Self::Password => (Entity::Password, "field.password"),
            Self::Email => (Entity::Email, "field.email"),
            Self::Phone => (Entity::Phone, "field.phone"),
            Self::Ip => (Entity::IpAddress, "field.ip_address"),
            Self::ApiKey => (Entity::ApiKey, "field.api_key"),
            Self::Iban => (Entity::Iban, "field.iban"),
            Self::Bic => (Entity::Bic, "field.bic"),
            Self::BankAccount => (Entity::BankAccount, "field.bank_account"),
            Self::CreditCard => (Entity::CreditCard, "field.credit_card"),
            Self::TaxId => (Entity::TaxId, "field.tax_id"),
            Self::NationalId => (Entity::NationalId, "field.national_id"),
            Self::DateOfBirth => (Entity::DateOfBirth, "field.date_of_birth"),
            Self::CustomerId => (Entity::CustomerId, "field.customer_id"),
            Self::Name | Self::Money | Self::Reference | Self::Nothing => return None,
        };
        Some(Field { entity, rule })
    }
}

fn look_up(ending: &[u8]) -> Option<Kind> {
    let at = vocabulary::NAMES.binary_search_by(|(name, _)| name.as_bytes().cmp(ending)).ok()?;
    vocabulary::NAMES.get(at).map(|&(_, kind)| kind)
}

/// The words around the ones that were known, from them outwards.
struct Around<'n> {
    name: &'n Joined,
    /// How many words, from the last, were known.
    words: usize,
    /// How many of the name's words are its parent's.
    inherited: usize,
    grandparent: &'n [u8],
}

impl Around<'_> {
    /// Whether the nearest word that either list holds is of `wanted`.
    fn nearest(&self, wanted: &[&str], others: &[&str]) -> bool {
        let mut above = Joined::new();
        above.push(self.grandparent);
        // A known ending may reach into the parent's name: then all of that counts again.
        let own = self.name.count().saturating_sub(self.inherited);
        let skip = self.words.min(own);
        let holds = |list: &[&str], word: &[u8]| list.iter().any(|entry| entry.as_bytes() == word);
        self.name
            .words()
            .skip(skip)
            .chain(above.words())
            .find_map(
                |word| {
                    if holds(others, word) { Some(false) } else { holds(wanted, word).then_some(true) }
                },
            )
            .unwrap_or(false)
    }
}

/// The words of a name, folded and joined, with where each starts.
struct Joined {
    bytes: [u8; JOINED_MAX],
    len: usize,
    starts: [usize; JOINED_MAX],
    count: usize,
    /// What the last character was: words part where it changes.
    last: Last,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Gap,
    Lower,
    Upper,
}

impl Joined {
    const fn new() -> Self {
        Self { bytes: [0; JOINED_MAX], len: 0, starts: [0; JOINED_MAX], count: 0, last: Last::Gap }
    }

    const fn count(&self) -> usize {
        self.count
    }

    /// Appends the words of `name`: parted at case changes, digits, spaces and signs. Of a long name the
    /// end is read.
    fn push(&mut self, name: &[u8]) {
        let room = (JOINED_MAX / 2).min(JOINED_MAX.saturating_sub(self.len));
        let name = name.get(name.len().saturating_sub(room)..).unwrap_or_default();
        self.last = Last::Gap;
        for chunk in name.utf8_chunks() {
            let mut chars = chunk.valid().chars().peekable();
            while let Some(c) = chars.next() {
                let next = chars.peek().is_some_and(char::is_ascii_lowercase);
                self.char(c, next);
            }
        }
    }

    fn char(&mut self, c: char, next_is_lower: bool) {
        let state = if c.is_ascii_uppercase() { Last::Upper } else { Last::Lower };
        if is_gap(c) {
            self.last = Last::Gap;
            return;
        }
        let opens = match (self.last, state) {
            (Last::Gap, _) | (Last::Lower, Last::Upper) => true,
            (Last::Upper, Last::Upper) => next_is_lower,
            (_, Last::Lower | Last::Gap) => false,
        };
        if opens && let Some(start) = self.starts.get_mut(self.count) {
            *start = self.len;
            self.count = self.count.saturating_add(1);
        }
        self.last = state;
        let mut utf8 = [0; 4];
        let folded = fold(c);
        let text =
            if folded.is_empty() { lower(c).encode_utf8(&mut utf8).as_bytes() } else { folded.as_bytes() };
        for &byte in text {
            if let Some(place) = self.bytes.get_mut(self.len) {
                *place = byte;
                self.len = self.len.saturating_add(1);
            }
        }
    }

    /// Where the word `n` from the last starts.
    fn start(&self, n: usize) -> Option<usize> {
        let at = self.count.checked_sub(n)?;
        self.starts.get(at).copied().filter(|_| n > 0)
    }

    /// Endings of up to [`WORDS_MAX`] words, longest first, and how many words each has.
    fn endings(&self) -> impl Iterator<Item = (&[u8], usize)> {
        (1..=WORDS_MAX.min(self.count)).rev().filter_map(|n| {
            let start = self.start(n)?;
            Some((self.bytes.get(start..self.len)?, n))
        })
    }

    /// The words from the last to the first.
    fn words(&self) -> impl Iterator<Item = &[u8]> {
        (1..=self.count).filter_map(|n| {
            let end = self.start(n.saturating_sub(1)).unwrap_or(self.len);
            self.bytes.get(self.start(n)?..end)
        })
    }
}

/// Neither a letter nor what stands for one in another script.
const fn is_gap(c: char) -> bool {
    matches!(c,
        '\0'..='@' | '['..='`' | '{'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff00}'..='\u{ff20}')
}

/// A Latin letter without accent and case; empty for other scripts.
///
/// Source: Unicode 15.1, Latin-1 Supplement and Latin Extended-A, canonical decompositions.
const fn fold(c: char) -> &'static str {
    match c {
        'A' | 'a' | 'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'B' | 'b' => "b",
        'C' | 'c' | 'Ç' | 'ç' | 'Ć'..='č' => "c",
        'D' | 'd' | 'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'E' | 'e' | 'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'F' | 'f' => "f",
        'G' | 'g' | 'Ĝ'..='ģ' => "g",
        'H' | 'h' | 'Ĥ'..='ħ' => "h",
        'I' | 'i' | 'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'J' | 'j' | 'Ĵ' | 'ĵ' => "j",
        'K' | 'k' | 'Ķ' | 'ķ' => "k",
        'L' | 'l' | 'Ĺ'..='ł' => "l",
        'M' | 'm' => "m",
        'N' | 'n' | 'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'O' | 'o' | 'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'P' | 'p' => "p",
        'Q' | 'q' => "q",
        'R' | 'r' | 'Ŕ'..='ř' => "r",
        'S' | 's' | 'Ś'..='š' => "s",
        'T' | 't' | 'Ţ'..='ŧ' => "t",
        'U' | 'u' | 'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'V' | 'v' => "v",
        'W' | 'w' | 'Ŵ' | 'ŵ' => "w",
        'X' | 'x' => "x",
        'Y' | 'y' | 'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Z' | 'z' | 'Ź'..='ž' => "z",
        'ß' => "ss",
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        _ => "",
    }
}

/// A Cyrillic capital's small letter; other characters as they are.
fn lower(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(u32::from(c).saturating_add(0x20)).unwrap_or(c),
        _ => c,
    }
}

/// `null`, `no`, `-`: there is no value.
fn is_empty_word(value: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "false",
        "true",
        "null",
        "none",
        "nil",
        "undefined",
        "nan",
        "n/a",
        "na",
        "no",
        "yes",
        "on",
        "off",
        "0",
        "[]",
        "{}",
        "nein",
        "ja",
        "non",
        "oui",
        "si",
        "unknown",
        "empty",
        "default",
        "disabled",
        "enabled",
    ];
    WORDS.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(value))
        || !value.iter().any(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
}

/// A place for a value: `%s`, `{{name}}`, `<name>`, `${NAME}`.
fn is_template(value: &[u8]) -> bool {
    let held = |open: &[u8], close: &[u8]| value.starts_with(open) && value.ends_with(close);
    held(b"{", b"}")
        || held(b"<", b">")
        || held(b"[", b"]")
        || held(b"%", b"%")
        || matches!(value, [b'%', .., b's' | b'd'])
        || value.windows(2).any(|w| w == b"{{" || w == b"${" || w == b"<?")
}

/// `********`, `••••`, `xxxx`.
fn is_masked(value: &[u8]) -> bool {
    let mut chars = value.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    chars.all(|c| matches!(c, '*' | '\u{2022}' | '\u{25cf}' | 'x' | 'X' | '.' | '-' | '_'))
}

/// Words of forms and nothing else: a label, not a value.
fn is_form_text(value: &[u8]) -> bool {
    let mut any = false;
    let mut all = true;
    for word in text_words(value) {
        any = true;
        all = all && is_form_word(word);
    }
    any && all
}

fn has_form_word(value: &[u8]) -> bool {
    text_words(value).any(is_form_word)
}

fn text_words(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|b| !(b.is_ascii_alphanumeric() || *b >= 0x80)).filter(|word| !word.is_empty())
}

fn is_form_word(word: &[u8]) -> bool {
    label::with_lower(word, words::is_form_word)
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
