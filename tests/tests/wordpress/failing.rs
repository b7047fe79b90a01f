//! Tamis cannot work: protected services are held, the shop goes on, and its owner is told why.

use serde_json::{Value, json};

use crate::case::{CHAT, Case, chat_body};
use crate::shop::{Shop, protecting, with_a_broken_policy, without_engine};

/// AI calls are held, clean ones too, in every form and whatever happens later.
fn holds_everything(shop: &'static Shop, names: [&'static str; 4], reason: &str) {
    let [chat, clean, form, late] = names;
    let mut case = Case::new(shop, chat);
    let mail = case.mail();
    let answer = case.chat(&format!("Answer {mail}."));
    case.held(&answer, reason);

    let case = Case::new(shop, clean);
    let answer = case.chat("Say hello.");
    case.held(&answer, reason);

    let mut case = Case::new(shop, form);
    let body = json!({ "customer": { "email": case.mail() } });
    let answer = case.send(CHAT, &json!({ "method": "POST", "body": body }));
    case.held(&answer, reason);

    let mut case = Case::new(shop, late);
    let mail = case.mail();
    case.before("add_filter( 'pre_http_request', '__return_false', PHP_INT_MAX );");
    let answer = case.chat(&format!("Answer {mail}."));
    case.held(&answer, reason);
}

/// Pages, other services and the shop's checkout know nothing of it.
fn the_rest_works(shop: &'static Shop, payment: &'static str) {
    assert_eq!(shop.stranger().get("/").status, 200);
    assert_eq!(shop.stranger().get("/wp-login.php").status, 200);
    let mut case = Case::of(shop, payment, "payment");
    let body = json!({ "email": case.mail(), "card": "4242424242424242" }).to_string();
    let headers = json!({ "Content-Type": "application/json", "Idempotency-Key": "order-1041" });
    let answer = case.send("/echo", &json!({ "method": "POST", "headers": headers, "body": body }));
    assert_eq!((case.received().text(), answer.text()), (body.clone(), body));
    case.nothing_stored();
}

/// The notice on admin pages and the Site Health test, which must both hold this text.
fn the_owner_is_told(shop: &Shop, text: &str) {
    let owner = shop.owner();
    for page in ["/wp-admin/index.php", "/wp-admin/edit.php", "/wp-admin/admin.php?page=tamis"] {
        let page_text = owner.get(page).text();
        let notice = page_text.split("tamis-notice").nth(1).unwrap_or_default();
        let notice = notice.split("</div>").next().unwrap_or_default();
        assert!(notice.contains(text), "{page}: {notice}");
        assert!(notice.contains("the rest of the site works"), "{page}: {notice}");
    }
    let health = site_health(&owner.get("/wp-admin/site-health.php").text());
    assert_eq!(health["status"], "critical", "{health}");
    assert!(health["description"].as_str().is_some_and(|told| told.contains(text)), "{health}");
}

/// The result of Tamis' engine test among those that the page was made with.
fn site_health(page: &str) -> Value {
    let start = page.find("var SiteHealth = ").expect("Site Health's results") + "var SiteHealth = ".len();
    let mut values = serde_json::Deserializer::from_str(&page[start..]).into_iter::<Value>();
    let all = values.next().expect("JSON").expect("JSON");
    let direct = all["site_status"]["direct"].as_array().expect("direct tests");
    direct.iter().find(|test| test["test"] == "tamis_engine").expect("Tamis' test").clone()
}

#[test]
fn without_the_extension_protected_services_are_held() {
    holds_everything(
        without_engine(),
        ["gone-chat", "gone-clean", "gone-form", "gone-late"],
        "engine_missing",
    );
}

#[test]
fn without_the_extension_the_rest_of_the_shop_works() {
    the_rest_works(without_engine(), "gone-payment");
}

#[test]
fn without_the_extension_the_owner_is_told() {
    the_owner_is_told(without_engine(), "The Tamis extension is not loaded in PHP.");
    let status = without_engine().status();
    assert_eq!((&status["engine"]["loaded"], &status["policy"]["ok"]), (&json!(false), &json!(false)));
    assert_eq!(status["policy"]["error"], "engine_missing");
}

#[test]
fn without_the_extension_visitors_see_an_id_and_nothing_else() {
    let page = without_engine().stranger().get("/support-answer/");
    assert_eq!(page.status, 200);
    let text = page.text();
    let told = text.split("class=\"ai-helper error\"").nth(1).expect("the plugin's error");
    let told = told.split("</div>").next().expect("its end");
    assert!(told.contains("Not available right now ("), "{told}");
    for detail in ["engine", "extension", "Tamis extension", "policy", "127.0.0.1"] {
        assert!(!told.contains(detail), "{told}");
    }
    assert!(without_engine().helper.requests().is_empty());
}

#[test]
fn with_a_broken_policy_protected_services_are_held() {
    let names = ["broken-chat", "broken-clean", "broken-form", "broken-late"];
    holds_everything(with_a_broken_policy(), names, "policy");
}

#[test]
fn with_a_broken_policy_the_rest_of_the_shop_works() {
    the_rest_works(with_a_broken_policy(), "broken-payment");
}

#[test]
fn with_a_broken_policy_the_owner_is_told_where_it_is_wrong() {
    let shop = with_a_broken_policy();
    the_owner_is_told(shop, "$.numbrs");
    let status = shop.status();
    assert_eq!((&status["policy"]["ok"], &status["policy"]["code"]), (&json!(false), &json!(103)));
    assert!(
        status["policy"]["detail"].as_str().is_some_and(|detail| detail.contains("$.numbrs")),
        "{status}"
    );
    let check = shop.site.wp(["tamis", "policy", "check"]).expect("WP-CLI");
    assert!(!check.status.success());
    assert!(String::from_utf8_lossy(&check.stderr).contains("$.numbrs"));
}

#[test]
fn when_all_is_well_site_health_says_so() {
    let page = protecting().owner().get("/wp-admin/site-health.php").text();
    let health = site_health(&page);
    assert_eq!(health["status"], "good", "{health}");
    assert!(!page.contains("tamis-notice"));
    let check = protecting().site.wp(["tamis", "policy", "check"]).expect("WP-CLI");
    assert!(check.status.success());
}

#[test]
fn a_hold_in_a_later_hop_keeps_its_code_and_its_id() {
    // The network library knows only its own errors: a hold of the last look must still be ours.
    let mut case = Case::new(protecting(), "held-late");
    let mail = case.mail();
    case.give("body", chat_body(&mail));
    case.before(
        "add_action( 'requests-requests.before_request', static function ( &$url ) use ( $case ) {
            $url = str_replace( '/v1/', '/' . rawurlencode( $case['data']['body'] ) . '/', $url );
        }, 10, 5 );",
    );
    let answer = case.chat("Say hello.");
    case.held(&answer, "path");
}
