//! Names as shops, their plugins and their neighbours write them.

use super::{Place, classify, is_common_word, look_up, plausible, vocabulary};
use crate::entity::Entity;

fn check(path: &str, expected: Option<Entity>) {
    let mut names = path.rsplit('/');
    let mut next = || names.next().unwrap_or_default().as_bytes();
    let place = Place { own: next(), parent: next(), grandparent: next(), in_order: false };
    assert_eq!(classify(place).map(|f| f.entity), expected, "{path}");
}

fn check_value(entity: Entity, value: &str, expected: bool) {
    assert_eq!(plausible(entity, value.as_bytes()), expected, "{} {value}", entity.name());
}

#[test]
fn woocommerce() {
    check("billing/first_name", Some(Entity::Person));
    check("billing/last_name", Some(Entity::Person));
    check("billing/address_1", Some(Entity::Address));
    check("shipping/city", Some(Entity::Address));
    check("shipping/postcode", Some(Entity::Address));
    check("billing/email", Some(Entity::Email));
    check("billing/phone", Some(Entity::Phone));
    check("billing/company", None);
    check("billing/country", None);
    check("billing/state", None);
    check("billing[first_name]", Some(Entity::Person));
    check("_billing_address_2", Some(Entity::Address));
    check("regular_price", Some(Entity::Price));
    check("sale_price", Some(Entity::Price));
    check("line_items/total", Some(Entity::Price));
    check("line_items/name", None);
    check("line_items/sku", Some(Entity::Sku));
    check("global_unique_id", Some(Entity::Gtin));
    check("_cogs_total_value", Some(Entity::Cost));
    check("cogs_value", Some(Entity::Cost));
    check("_wc_cog_order_total_cost", Some(Entity::Cost));
    check("order_key", Some(Entity::OrderNumber));
    check("transaction_id", Some(Entity::OrderNumber));
    check("customer_ip_address", Some(Entity::IpAddress));
    check("customer_user_agent", None);
    check("coupon_lines/code", Some(Entity::Coupon));
    check("coupon_lines/discount", Some(Entity::Price));
    check("code", None);
    check("customer_note", None);
}

#[test]
fn numbers_of_orders_need_an_order() {
    let place = |in_order| Place { own: b"number", parent: b"", grandparent: b"", in_order };
    assert_eq!(classify(place(true)).map(|f| f.rule), Some("field.order_number"));
    assert_eq!(classify(place(false)), None);
    let total = |in_order| Place { own: b"total", parent: b"", grandparent: b"", in_order };
    assert_eq!(classify(total(true)).map(|f| f.rule), Some("field.price"));
    assert_eq!(classify(total(false)), None);
}

#[test]
fn neighbours() {
    check("customer/default_address/zip", Some(Entity::Address));
    check("ShipTo/Name", Some(Entity::Person));
    check("Shipment/Reference", Some(Entity::OrderNumber));
    check("product/reference", Some(Entity::Sku));
    check("Access/Key", Some(Entity::ApiKey));
    check("card[number]", Some(Entity::CreditCard));
    check("card/number", Some(Entity::CreditCard));
    check("mc_gross", Some(Entity::Price));
    check("address_street", Some(Entity::Address));
    check("contact_phone", Some(Entity::Phone));
    check("payer_email", Some(Entity::Email));
    check("item_number", Some(Entity::Sku));
    check("db_password", Some(Entity::Password));
    check("client_secret", Some(Entity::ApiKey));
    check("customerIPAddress", Some(Entity::IpAddress));
    check("EMail", Some(Entity::Email));
    check("SKUCode", Some(Entity::Sku));
    check("ean13", Some(Entity::Gtin));
    check("cost_price", Some(Entity::Cost));
    check("margin_percent", Some(Entity::Cost));
}

#[test]
fn languages() {
    check("Kundenname", Some(Entity::Person));
    check("Stra\u{df}e", Some(Entity::Address));
    check("E-Mail-Adresse", Some(Entity::Email));
    check("Order number", Some(Entity::OrderNumber));
    check("Pr\u{e9}nom", Some(Entity::Person));
    check("Prix d'achat", Some(Entity::Cost));
    check("N\u{b0} commande", Some(Entity::OrderNumber));
    check("N\u{fa}mero de pedido", Some(Entity::OrderNumber));
    check("Contrase\u{f1}a", Some(Entity::Password));
    check("Indirizzo di spedizione", Some(Entity::Address));
    check("Pre\u{e7}o de custo", Some(Entity::Cost));
    check("Inkoopprijs", Some(Entity::Cost));
    check("Imi\u{119} i nazwisko", Some(Entity::Person));
    check("Ink\u{f6}pspris", Some(Entity::Cost));
    check("\u{6c0f}\u{540d}", Some(Entity::Person));
    check("\u{417}\u{430}\u{43a}\u{430}\u{437}", None);
    check("\u{422}\u{435}\u{43b}\u{435}\u{444}\u{43e}\u{43d}", Some(Entity::Phone));
}

#[test]
fn other_names() {
    for name in [
        "model",
        "role",
        "type",
        "id",
        "status",
        "currency",
        "tax_status",
        "price_html",
        "class_name",
        "file_name",
        "host_name",
        "payment_method",
        "tokens",
        "max_tokens",
        "next_page_token",
        "product/name",
        "category/name",
        "tag/name",
        "tools/name",
        "function/name",
        "name",
        "total_pages",
        "meta_key",
        "stock_quantity",
        "menu_order",
        "address_type",
        "email_verified",
        "sku_id_format",
        "style/margin",
        "",
        "___",
        "42",
    ] {
        check(name, None);
    }
}

#[test]
fn values() {
    check_value(Entity::Sku, "TS-100", true);
    check_value(Entity::Sku, "true", false);
    check_value(Entity::Sku, "SKU", false);
    check_value(Entity::Sku, &"a1".repeat(33), false);
    check_value(Entity::Price, "19.90", true);
    check_value(Entity::Price, "free", false);
    check_value(Entity::Cost, "10px", false);
    check_value(Entity::Person, "Anna", true);
    check_value(Entity::Person, "First name", false);
    check_value(Entity::Person, "guest", false);
    check_value(Entity::Person, "cus_9s6XKz", false);
    check_value(Entity::Address, "Hauptstra\u{df}e 12", true);
    check_value(Entity::Address, "City", false);
    check_value(Entity::Password, "rain4Tree", true);
    check_value(Entity::Password, "********", false);
    check_value(Entity::Password, "Password", false);
    check_value(Entity::Password, "Forgot your password?", false);
    check_value(Entity::Email, "anna@example.com", true);
    check_value(Entity::Email, "yes", false);
    check_value(Entity::Phone, "030 123456", true);
    check_value(Entity::Phone, "true", false);
    check_value(Entity::IpAddress, "203.0.113.7, 198.51.100.2", true);
    check_value(Entity::IpAddress, "127.0.0.1", false);
    check_value(Entity::ApiKey, "59cfb8798f35452b6121", true);
    check_value(Entity::ApiKey, "string", false);
    check_value(Entity::ApiKey, "{{api_key_1}}", false);
    check_value(Entity::OrderNumber, "#1001", true);
    check_value(Entity::OrderNumber, "0", false);
    check_value(Entity::OrderNumber, "%s", false);
    check_value(Entity::CreditCard, "**** 4242", false);
    check_value(Entity::Coupon, "WELCOME10", true);
    check_value(Entity::Coupon, "", false);
}

#[test]
fn common_words() {
    assert!(is_common_word(b"processing"));
    assert!(is_common_word(b"user"));
    assert!(is_common_word(b"grace"));
    assert!(!is_common_word(b"larsen"));
}

#[test]
fn vocabulary_is_sorted() {
    assert!(vocabulary::NAMES.is_sorted_by(|a, b| a.0 < b.0));
    assert!(vocabulary::NAMES.iter().all(|(name, _)| name.len() <= super::name::JOINED_MAX / 2));
    assert!(look_up(b"sku").is_some());
}
