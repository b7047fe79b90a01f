//! The vocabulary of field names: what a name says about its value.
//!
//! A name is split into words, folded to lower case without accents, and its longest known ending counts:
//! `billing[email_address]` is an email, `ip_address` none. It must not know where names come from (JSON
//! keys, form names, labels in prose).

mod name;
mod value;
mod vocabulary;

pub(crate) use value::plausible;

use name::Joined;

use crate::entity::Entity;
use crate::validate::words;

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

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
