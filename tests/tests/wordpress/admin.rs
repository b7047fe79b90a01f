//! The owner's side: the screen, its switches, and WP-CLI. Names in it come from other hands.

use std::fs;

use serde_json::json;

use crate::case::{CHAT, Case, chat_args, chat_body};
use crate::shop::{Visitor, protecting, watching};

const SCREEN: &str = "/wp-admin/admin.php?page=tamis";
const SWITCH: &str = "/wp-admin/admin-post.php";

/// A plugin's folder may have any name: this one is a formula, a colour of the terminal and a script.
const HOSTILE: &str = "=2+3\u{1b}[31m<script>alert(1)<script>";

/// A call by a plugin of that name to a service of another such name; gives the value it sent.
fn hostile_call(name: &'static str) -> String {
    let shop = protecting();
    let mut case = Case::new(shop, name);
    let mail = case.mail();
    case.row("vendor", "\"><img src=x onerror=alert(2)>");
    let folder = shop.site.root.join("wp-content/plugins").join(HOSTILE);
    fs::create_dir_all(&folder).expect("a folder");
    let code =
        "<?php\nfunction e2e_hostile( $url, $args ) {\n\treturn wp_remote_request( $url, $args );\n}\n";
    fs::write(folder.join("plugin.php"), code).expect("a plugin");
    case.give("file", folder.join("plugin.php").display().to_string());
    case.give("url", case.provider.url(CHAT));
    case.give("args", chat_args(&format!("Answer {mail}.")));
    case.before(
        "require_once $case['data']['file']; e2e_hostile( $case['data']['url'], $case['data']['args'] );",
    );
    // The call that the page makes by itself goes elsewhere.
    case.send_to(&case.provider.url("/status?code=200"), &json!({ "method": "GET" }));
    mail
}

#[test]
fn the_screen_escapes_what_plugins_and_services_are_called() {
    let mail = hostile_call("hostile-screen");
    let page = protecting().owner().get(SCREEN);
    let text = page.text();
    assert_eq!(page.status, 200);
    assert!(text.contains("hostile-screen"), "the event is not on the screen");
    assert!(text.contains("&lt;script&gt;alert(1)"), "the plugin is not on the screen");
    for raw in ["<script>alert(1)", "<img src=x", "\u{1b}", mail.as_str()] {
        assert!(!text.contains(raw), "the screen holds {raw:?}");
    }
}

#[test]
fn the_commands_output_is_plain_in_every_format() {
    let mail = hostile_call("hostile-cli");
    let shop = protecting();
    for format in ["table", "json", "csv", "yaml"] {
        let option = format!("--format={format}");
        let text = shop.site.wp_ok(["tamis", "status", option.as_str(), "--limit=1000"]).expect("a status");
        assert!(text.contains("hostile-cli") && text.contains("alert(1)"), "{format}: {text}");
        assert!(!text.contains('\u{1b}') && !text.contains(&mail), "{format}");
        match format {
            "table" => {
                assert!(text.starts_with("Mode: protecting.") && text.contains("caller_inner"), "{text}");
            }
            "csv" => {
                assert!(text.starts_with("time,caller_outer,caller_inner,"), "{text}");
                assert!(!text.contains(",=2+3") && text.contains("'=2+3"), "a cell starts a formula");
            }
            "yaml" => assert!(text.starts_with("---\n"), "{text}"),
            _ => drop(serde_json::from_str::<serde_json::Value>(&text).expect("JSON")),
        }
    }
    let odd = shop.site.wp(["tamis", "status", "--format=xml"]).expect("WP-CLI");
    assert!(!odd.status.success());
}

#[test]
fn an_event_names_the_outermost_and_the_innermost_caller() {
    hostile_call("hostile-callers");
    let event = &protecting().events("hostile-callers");
    let call = event.iter().find(|event| event["action"] == "protected").expect("the plugin's call");
    // The page's own code is a must-use plugin.
    assert_eq!(call["caller_outer"], "send", "{call}");
    assert_eq!(call["caller_inner"], HOSTILE.replace('\u{1b}', ""));
}

#[test]
fn calls_to_other_services_are_only_counted() {
    let mut case = Case::of(protecting(), "counted", "shipping");
    let body = chat_body(&case.mail());
    case.send(CHAT, &json!({ "method": "POST", "body": body }));
    let status = protecting().status();
    let events = status["events"].as_array().expect("events");
    assert!(events.iter().all(|event| event["destination"] != "counted"));
    let text = protecting().owner().get(SCREEN).text();
    let alone = text.split("tamis-alone").nth(1).expect("the list of what is left alone");
    assert!(alone.contains("shipping:"), "{alone}");
    case.nothing_stored();
}

#[test]
fn only_the_owner_sees_the_screen() {
    assert_eq!(protecting().owner().get(SCREEN).status, 200);
    let stranger = protecting().stranger().get(SCREEN);
    assert_eq!(stranger.status, 302);
    assert!(stranger.header("location").is_some_and(|to| to.contains("wp-login.php")));
    let customer = protecting().customer("screen").get(SCREEN);
    assert_eq!(customer.status, 403);
    assert!(!customer.text().contains("tamis-events"));
}

#[test]
fn no_page_and_no_command_shows_the_key() {
    let shop = protecting();
    let config = fs::read_to_string(shop.site.root.join("wp-config.php")).expect("the configuration");
    let line = config.lines().find(|line| line.contains("'TAMIS_KEY'")).expect("a key");
    let key = line.split('\'').nth(3).expect("its value");
    assert_eq!(key.len(), 64);
    let owner = shop.owner();
    for page in [SCREEN, "/wp-admin/site-health.php", "/wp-admin/site-health.php?tab=debug"] {
        let text = owner.get(page).text();
        assert!(text.contains("Tamis") && !text.contains(key), "{page}");
    }
    assert!(!shop.status().to_string().contains(key));
}

#[test]
fn notices_are_for_the_owner_alone() {
    let text = crate::shop::without_engine().customer("notices").get("/wp-admin/index.php").text();
    assert!(!text.contains("tamis-notice") && !text.contains("page=tamis"));
}

#[test]
fn a_switch_takes_a_person_with_the_right_and_a_form_of_this_site() {
    let name = "switch.example";
    let is_protected = || {
        let status = watching().status();
        status["protected"].as_array().is_some_and(|all| all.iter().any(|one| one == name))
    };
    let form = |nonce: &str| format!("action=tamis_switch&destination={name}&to=protect&_wpnonce={nonce}");
    let owner = watching().owner();
    let nonce = nonce(&owner);

    assert_eq!(owner.post(SWITCH, &form("")).status, 403);
    assert_eq!(owner.post(SWITCH, &form("0123456789")).status, 403);
    let customer = watching().customer("switch");
    assert_eq!(customer.post(SWITCH, &form(&nonce)).status, 403);
    assert_ne!(watching().stranger().post(SWITCH, &form(&nonce)).status, 302);
    // Neither does a link do: the change must be posted.
    owner.get(&format!("{SWITCH}?{}", form(&nonce)));
    assert!(!is_protected());

    let done = owner.post(SWITCH, &form(&nonce));
    assert_eq!(done.status, 302);
    assert!(is_protected());
    let to = done.header("location").expect("a location");
    let page = owner.get(&to[to.find("/wp-admin/").expect("an admin page")..]).text();
    assert!(page.contains("Protecting switch.example") && page.contains("Undo"));

    owner.post(SWITCH, &form(&nonce).replace("to=protect", "to=watch"));
    assert!(!is_protected());
}

#[test]
fn a_constant_beats_the_switch_and_the_screen_says_so() {
    let owner = protecting().owner();
    let text = owner.get(SCREEN).text();
    assert!(text.contains("TAMIS_PROTECT") && !text.contains("tamis_switch"));
    let output = protecting().site.wp(["tamis", "watch", "all"]).expect("WP-CLI");
    assert!(!output.status.success());
    let status = protecting().status();
    assert_eq!((&status["mode"], &status["fixed"]), (&json!("protecting"), &json!(true)));
}

#[test]
fn one_service_can_be_protected_and_only_that_one() {
    let mut case = Case::new(watching(), "one-service");
    let mail = case.mail();
    let second = case.second_host("one-service-other", "ai");
    watching().site.wp_ok(["tamis", "protect", "one-service"]).expect("protected");
    case.chat(&mail);
    case.send_to(&second.url(CHAT), &chat_args(&mail));
    watching().site.wp_ok(["tamis", "watch", "one-service"]).expect("watched");
    assert!(!case.received().carries(mail.as_bytes()));
    assert!(second.requests()[0].carries(mail.as_bytes()));
    case.ended("protected");
}

/// The nonce of the screen's switch.
fn nonce(owner: &Visitor<'_>) -> String {
    let text = owner.get(SCREEN).text();
    let form = text.split("value=\"tamis_switch\"").nth(1).expect("a switch");
    let value = form.split("name=\"_wpnonce\" value=\"").nth(1).expect("a nonce");
    value.split('"').next().expect("its end").to_owned()
}
