//! What a page's own scripts send to AI services, in a real browser: past PHP, so Tamis must be in the page.
//!
//! A careless chatbot (`pages/bot.php`) makes the calls of each case; Chromium runs it (`pages/browser.mjs`).

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};
use tamis_tests::provider::{Provider, Request};
use tamis_tests::wordpress::repository;

use crate::case::{CHAT, tokens};
use crate::shop::{Shop, Visitor, chatting, chatting_with_a_broken_policy};

const CHECKOUT: &str = "/checkout/";
const SCREEN: &str = "/wp-admin/admin.php?page=tamis";
/// Who must not be seen by anybody.
const SECRETS: [&str; 4] = ["mara.lindqvist", "Lindqvist", "4111 1111 1111 1111", "4111"];

/// A shop in one state; the next case waits until this one is done.
struct State {
    shop: &'static Shop,
    _turn: MutexGuard<'static, ()>,
}

impl State {
    /// Pages of these places, and these services protected, out of all providers of the case.
    fn new(places: &[&str], protect: &[&str], providers: &[(&str, &Provider)]) -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let shop = chatting();
        // One command in place of five: each takes a second.
        let php = format!(
            "$own = array( 'pages' => json_decode( '{}' ), 'protect' => json_decode( '{}' ) ); \
             update_option( 'tamis', array_merge( get_option( 'tamis', array() ), $own ) ); {}",
            json!(places),
            json!(protect),
            declare(providers)
        );
        shop.site.wp_ok(["eval", &php]).expect("the state");
        Self { shop, _turn: turn }
    }
}

/// PHP that tells a shop of the providers, as services that pages may name.
fn declare(providers: &[(&str, &Provider)]) -> String {
    let rows: Vec<Value> = providers
        .iter()
        .map(|(name, provider)| {
            let address = provider.addr();
            json!({ "id": name, "host": address.ip().to_string(), "port": address.port(), "class": "ai", "page": true })
        })
        .collect();
    format!("update_option( 'tamis_test_rows', '{}' );", Value::from(rows))
}

fn provider() -> Provider {
    Provider::start("127.0.0.1:0").expect("a provider")
}

/// A chat about a customer, as a checkout's chatbot would send it.
fn chat() -> String {
    let words = "Write to mara.lindqvist@example.com about the card 4111 1111 1111 1111.";
    json!({
        "model": "gpt-4o-mini",
        "messages": [{ "role": "user", "content": words }],
        "customer": { "first_name": "Mara", "last_name": "Lindqvist" },
    })
    .to_string()
}

/// What Chromium saw of one page.
#[derive(Debug, Deserialize)]
struct Seen {
    /// What the chatbot was answered, call by call.
    reply: Vec<String>,
    /// What its module found.
    module: String,
    /// What the page complained of.
    errors: Vec<String>,
}

/// Opens a page in Chromium, where the chatbot sends a chat to each of these.
fn browse(visitor: &Visitor<'_>, url: &str, calls: &[(&str, &Provider)]) -> Seen {
    let calls: Vec<Value> = calls
        .iter()
        .map(|(via, provider)| json!({ "via": via, "url": provider.url(CHAT), "body": chat() }))
        .collect();
    let input = json!({ "url": url, "cookies": visitor.cookies(), "calls": calls }).to_string();
    let mut node = Command::new("node")
        .arg(repository().join("tests/tests/wordpress/pages/browser.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node");
    node.stdin.take().expect("its input").write_all(input.as_bytes()).expect("read");
    let output = node.wait_with_output().expect("node ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "no browser; `npm ci` in wasm/js installs what drives it: {said}");
    serde_json::from_slice(&output.stdout).expect("what was seen")
}

/// The calls that a provider got, without what browsers ask before.
fn chats(provider: &Provider) -> Vec<Request> {
    provider.requests().into_iter().filter(|request| request.method == "POST").collect()
}

/// The only one.
fn chat_of(provider: &Provider) -> Request {
    let mut chats = chats(provider);
    assert_eq!(chats.len(), 1, "calls of {provider:?}");
    chats.remove(0)
}

/// Nothing of the customer was on the wire, and tokens were.
fn is_scrubbed(request: &Request) {
    for secret in SECRETS {
        assert!(!request.carries(secret.as_bytes()), "the provider got `{secret}`: {}", request.text());
    }
    assert!(tokens(&request.text()).iter().any(|token| token.starts_with("EMAIL_9")), "{}", request.text());
}

/// The reply speaks of the customer again, and not of the card.
fn is_restored(reply: &str) {
    let restored =
        "Here is what I was told: Write to mara.lindqvist@example.com about the card [credit_card].";
    assert_eq!(reply, restored);
}

/// The two elements that Tamis prints, or nothing.
fn printed(html: &str) -> Option<(String, String)> {
    let element = |start: &str, end: &str| {
        let from = html.find(start)?;
        let rest = &html[from..];
        rest.find(end).map(|to| rest[..to + end.len()].to_owned())
    };
    let data = element("<script type=\"application/json\" id=\"tamis-page\">", "</script>");
    let at = html.find("assets/page/src/page.js").map(|at| html[..at].rfind("<script").expect("its element"));
    let module = at.map(|at| html[at..html[at..].find("</script>").expect("its end") + at].to_owned());
    assert_eq!(data.is_some(), module.is_some(), "data and module come together");
    data.zip(module)
}

#[test]
fn a_chatbot_on_the_checkout_sends_tokens_and_shows_real_values() {
    let provider = provider();
    let state = State::new(&["checkout"], &["all"], &[("page-checkout", &provider)]);
    let url = format!("{}{CHECKOUT}?csp=1", state.shop.site.url);
    let calls = [("fetch", &provider), ("xhr", &provider)];
    let seen = browse(&state.shop.stranger(), &url, &calls);

    let requests = chats(&provider);
    assert_eq!((requests.len(), seen.reply.len()), (2, 2), "{seen:?}");
    requests.iter().for_each(is_scrubbed);
    seen.reply.iter().for_each(|reply| is_restored(reply));
    // The theme's own inline code may not run under this policy; everything of Tamis may.
    let complaints: Vec<&String> = seen
        .errors
        .iter()
        .filter(|e| e.contains("assets/page") || e.contains("WebAssembly") || e.contains("127.0.0.1"))
        .filter(|e| !e.contains("inline"))
        .collect();
    assert!(complaints.is_empty(), "{complaints:?}");
}

#[test]
fn where_the_content_policy_forbids_the_engine_calls_are_held() {
    let provider = provider();
    let state = State::new(&["front"], &["all"], &[("page-forbidden", &provider)]);
    let url = format!("{}/?csp=forbids", state.shop.site.url);
    let seen = browse(&state.shop.stranger(), &url, &[("fetch", &provider), ("xhr", &provider)]);
    assert!(chats(&provider).is_empty(), "a held call was sent");
    assert_eq!(seen.reply.len(), 2);
    assert!(seen.reply.iter().all(|reply| reply.starts_with("failed: ")), "{seen:?}");
}

#[test]
fn where_pages_are_off_the_provider_sees_everything() {
    // The control: what the other cases look for is there when Tamis is not.
    let provider = provider();
    let state = State::new(&[], &["all"], &[("page-off", &provider)]);
    let url = format!("{}{CHECKOUT}?csp=1", state.shop.site.url);
    let seen = browse(&state.shop.stranger(), &url, &[("fetch", &provider)]);

    let request = chat_of(&provider);
    assert_eq!(request.text(), chat());
    assert!(SECRETS.iter().all(|secret| request.carries(secret.as_bytes())));
    assert!(seen.reply[0].contains("4111 1111 1111 1111"), "{seen:?}");
    assert_eq!(printed(&state.shop.stranger().get(CHECKOUT).text()), None);
}

#[test]
fn a_service_that_is_only_watched_is_left_alone_beside_a_protected_one() {
    let (protected, watched) = (provider(), provider());
    let rows = [("page-protected", &protected), ("page-watched", &watched)];
    let state = State::new(&["front"], &["page-protected"], &rows);
    let seen =
        browse(&state.shop.stranger(), &state.shop.site.url, &[("fetch", &watched), ("xhr", &protected)]);

    assert_eq!(chat_of(&watched).text(), chat());
    is_scrubbed(&chat_of(&protected));
    assert!(seen.reply[0].contains("4111 1111 1111 1111"), "{seen:?}");
    is_restored(&seen.reply[1]);
    // The site's other modules work: its import map came first.
    assert_eq!(seen.module, "part", "{seen:?}");
}

#[test]
fn a_theme_without_blocks_is_protected_too() {
    let provider = provider();
    let state = State::new(&["front"], &["all"], &[("page-classic", &provider)]);
    let theme = |name: &str| state.shop.site.wp_ok(["theme", "activate", name]).expect("the theme");
    theme("classic");
    let html = state.shop.stranger().get("/").text();
    let seen = browse(&state.shop.stranger(), &state.shop.site.url, &[("fetch", &provider)]);
    theme("twentytwentyfive");

    is_scrubbed(&chat_of(&provider));
    is_restored(&seen.reply[0]);
    assert_eq!(seen.module, "part", "{seen:?}");
    let at = |needle: &str| html.find(needle).unwrap_or_else(|| panic!("the page has no {needle}"));
    assert!(at("id=\"tamis-page\"") < at("</head>"));
    assert!(at("type=\"importmap\"") < at("src/page.js") && at("src/page.js") < at("bot-module.js"));
}

#[test]
fn what_a_script_sends_before_any_module_runs_is_not_seen() {
    // Not protected: no module can run while the page still loads. Ours is the first that does.
    let provider = provider();
    let state = State::new(&["front"], &["all"], &[("page-early", &provider)]);
    let seen = browse(&state.shop.stranger(), &state.shop.site.url, &[("early", &provider)]);
    assert_eq!(chat_of(&provider).text(), chat());
    assert_eq!(seen.reply.len(), 1);
}

#[test]
fn a_shop_that_only_watches_prints_nothing() {
    let provider = provider();
    let state = State::new(&["front", "editor"], &[], &[("page-watching", &provider)]);
    assert_eq!(printed(&state.shop.stranger().get("/").text()), None);
    let text = state.shop.owner().get(SCREEN).text();
    assert_eq!(printed(&text), None);
    assert!(text.contains("No AI service that pages can call is protected"), "the owner is not told");
}

#[test]
fn every_visitor_gets_the_same_bytes_in_the_right_place() {
    let provider = provider();
    let state = State::new(&["checkout"], &["all"], &[("page-cached", &provider)]);
    let stranger = state.shop.stranger().get(CHECKOUT).text();
    let customer = state.shop.customer("pages").get(CHECKOUT).text();
    let owner = state.shop.owner().get(CHECKOUT).text();
    assert_ne!(stranger, owner, "the owner's page has the admin bar");
    let (data, module) = printed(&stranger).expect("both elements");
    for page in [&customer, &owner] {
        assert_eq!(printed(page).as_ref(), Some(&(data.clone(), module.clone())));
    }
    assert!(!data.contains("nonce") && !module.contains("nonce"), "{data} {module}");
    let base = format!("{}/wp-content/plugins/tamis/assets/page", state.shop.site.url);
    assert!(data.contains(&format!("{{\"wasm\":\"{base}/tamis.wasm?ver=")), "{data}");
    assert!(
        module.contains("type=\"module\"") && module.contains(&format!("src=\"{base}/src/page.js?ver=")),
        "{module}"
    );

    let at = |needle: &str| stranger.find(needle).unwrap_or_else(|| panic!("the page has no {needle}"));
    assert!(at("id=\"tamis-page\"") < at("</head>"));
    assert!(at("type=\"importmap\"") < at("src/page.js"), "browsers ignore a map behind a module");
    assert!(at("src/page.js") < at("bot-module.js"));
    // The checkout was chosen and nothing else.
    assert_eq!(printed(&state.shop.stranger().get("/").text()), None);
    assert_eq!(printed(&state.shop.owner().get("/wp-admin/index.php").text()), None);
    // Every file that a page needs is there, and its type lets it stream.
    let wasm = state.shop.stranger().get("/wp-content/plugins/tamis/assets/page/tamis.wasm");
    assert_eq!((wasm.status, wasm.header("content-type")), (200, Some("application/wasm")));
    assert_eq!(
        state.shop.stranger().get("/wp-content/plugins/tamis/assets/page/tamis-scalar.wasm").status,
        200
    );
}

#[test]
fn the_block_editor_is_protected_too() {
    let provider = provider();
    let state = State::new(&["editor"], &["all"], &[("page-editor", &provider)]);
    let owner = state.shop.owner();
    let url = format!("{}/wp-admin/post-new.php", state.shop.site.url);
    let seen = browse(&owner, &url, &[("fetch", &provider)]);
    is_scrubbed(&chat_of(&provider));
    is_restored(&seen.reply[0]);
    assert_eq!(seen.module, "part", "{seen:?}");
    assert!(printed(&owner.get("/wp-admin/index.php").text()).is_some());
    assert_eq!(printed(&owner.get("/").text()), None);
}

#[test]
fn without_its_files_nothing_is_printed_and_the_owner_is_told() {
    let provider = provider();
    let state = State::new(&["front", "editor"], &["all"], &[("page-files", &provider)]);
    let folder = state.shop.site.root.join("wp-content/plugins/tamis/assets/page");
    let away = folder.with_file_name("page-away");
    fs::rename(&folder, &away).expect("taken away");
    let front = state.shop.stranger().get("/").text();
    let screen = state.shop.owner().get(SCREEN).text();
    let health = state.shop.owner().get("/wp-admin/site-health.php").text();
    let command = state.shop.site.wp(["tamis", "page", "status"]).expect("WP-CLI");
    fs::rename(&away, &folder).expect("put back");

    assert_eq!((printed(&front), printed(&screen)), (None, None));
    let told = "The browser engine is not part of this build";
    assert!(screen.contains(told) && health.contains(told), "the owner is not told");
    assert!(String::from_utf8_lossy(&command.stderr).contains(told));
    assert!(printed(&state.shop.stranger().get("/").text()).is_some());
}

#[test]
fn a_policy_that_no_engine_takes_holds_the_pages_calls() {
    let provider = provider();
    let shop = chatting_with_a_broken_policy();
    shop.site.wp_ok(["eval", &declare(&[("page-held", &provider)])]).expect("rows");
    let page = shop.stranger().get("/").text();
    let (data, _) = printed(&page).expect("both elements");
    assert!(data.contains("\"policy\":{\"version\":0}") && !page.contains("falcon"), "{data}");
    let seen = browse(&shop.stranger(), &shop.site.url, &[("fetch", &provider), ("xhr", &provider)]);
    assert!(chats(&provider).is_empty(), "a held call was sent");
    assert_eq!(seen.reply.len(), 2);
    assert!(seen.reply.iter().all(|reply| reply.starts_with("failed: ")), "{seen:?}");

    // The constant decides, and the screen says so.
    let screen = shop.owner().get(SCREEN).text();
    let form = screen.split("value=\"tamis_pages\"").nth(1).expect("the form");
    assert!(form.contains("TAMIS_PAGES in wp-config.php decides this") && !form.contains("Save pages"));
    assert_eq!((form.matches(" disabled>").count(), form.matches(" checked").count()), (3, 1));
    assert!(!shop.site.wp(["tamis", "page", "off"]).expect("WP-CLI").status.success());
}

#[test]
fn pages_are_chosen_by_a_person_with_the_right_and_a_form_of_this_site() {
    let provider = provider();
    let state = State::new(&[], &["all"], &[("page-form", &provider)]);
    let action = "/wp-admin/admin-post.php";
    let form = |nonce: &str| format!("action=tamis_pages&places[]=front&places[]=nonsense&_wpnonce={nonce}");
    let is_on = || printed(&state.shop.stranger().get("/").text()).is_some();
    let owner = state.shop.owner();
    let text = owner.get(SCREEN).text();
    let rest = text.split("value=\"tamis_pages\"").nth(1).expect("the form");
    assert!(
        rest.contains("script-src &#039;self&#039; &#039;wasm-unsafe-eval&#039;"),
        "no word on the policy"
    );
    let nonce = rest.split("name=\"_wpnonce\" value=\"").nth(1).expect("a nonce");
    let nonce = nonce.split('"').next().expect("its end");

    assert_eq!(owner.post(action, &form("")).status, 403);
    assert_eq!(state.shop.customer("pages-form").post(action, &form(nonce)).status, 403);
    owner.get(&format!("{action}?{}", form(nonce)));
    assert!(!is_on());
    let done = owner.post(action, &form(nonce));
    assert_eq!(done.status, 302);
    assert!(is_on());
    let to = done.header("location").expect("a location");
    let page = owner.get(&to[to.find("/wp-admin/").expect("an admin page")..]).text();
    assert!(page.contains("Pages saved") && page.contains("value=\"front\" checked"));
    owner.post(action, &form(nonce).replace("places[]=front", "x=1"));
    assert!(!is_on());
}

#[test]
fn pages_are_chosen_by_command() {
    let state = State::new(&[], &["all"], &[]);
    let page = |words: &[&str]| {
        let output = state.shop.site.wp([&["tamis", "page"], words].concat()).expect("WP-CLI");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    assert_eq!(page(&["status"]), (true, "Pages: none.".to_owned()));
    assert_eq!(page(&["on", "editor", "checkout"]), (true, "Pages: checkout, editor.".to_owned()));
    assert_eq!(page(&["off", "editor"]), (true, "Pages: checkout.".to_owned()));
    assert!(!page(&["on", "everywhere"]).0);
    assert_eq!(page(&["on"]), (true, "Pages: checkout, front, editor.".to_owned()));
    assert_eq!(page(&["off"]), (true, "Pages: none.".to_owned()));
}
