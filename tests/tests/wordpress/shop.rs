//! The shops of the cases: one in each state that a shop can be in, booted when a case first asks for it.
//!
//! Their processes end with this one, however it ends, and their files go with them. They run WordPress 7.1
//! on SQLite; `TAMIS_TEST_WP=6.8` and `TAMIS_TEST_DB=mariadb` run the same cases on others.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value;
use tamis_tests::http::{self, Response};
use tamis_tests::provider::Provider;
use tamis_tests::wordpress::{self, Database, Guard, Leave, Options, Site, Version};

/// An event is written when its page ends; the page that a case has read has ended, or is about to.
const EVENT_TIMEOUT: Duration = Duration::from_secs(15);
/// More than the cases of one shop make.
const EVENTS: &str = "--limit=1000";

/// A booted shop with the AI helper's own provider.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) site: Guard,
    /// Where the fixture plugin `ai-helper` sends its orders.
    pub(crate) helper: Provider,
}

/// Everything as it should be, and every AI service protected by `TAMIS_PROTECT`.
pub(crate) fn protecting() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    booted(&SHOP, "protecting", |options| options.define("TAMIS_PROTECT", "true"), |_| Ok(()))
}

/// As after an installation: nothing is protected yet.
pub(crate) fn watching() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    booted(&SHOP, "watching", |options| options, |_| Ok(()))
}

/// On a host without the extension.
pub(crate) fn without_engine() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    let options = |options: Options| {
        let mut options = options.define("TAMIS_PROTECT", "true");
        options.extension = None;
        options
    };
    booted(&SHOP, "without-engine", options, |_| Ok(()))
}

/// `TAMIS_POLICY` names a file with a key that no policy knows.
pub(crate) fn with_a_broken_policy() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    let name = "broken-policy";
    let file = folder(name).join("tmp/policy.json").display().to_string();
    let options = |options: Options| options.define("TAMIS_PROTECT", "true").define("TAMIS_POLICY", &file);
    let policy = br#"{"version":1,"entities":{"email":"token"},"numbrs":"null"}"#;
    booted(&SHOP, name, options, |site| fs::write(site.dir.join("tmp/policy.json"), policy))
}

/// With the owner's way out, `TAMIS_BYPASS`.
pub(crate) fn bypassed() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    let options = |options: Options| options.define("TAMIS_PROTECT", "true").define("TAMIS_BYPASS", "true");
    booted(&SHOP, "bypassed", options, |_| Ok(()))
}

/// The plugin was protecting, and its owner deactivated it.
pub(crate) fn deactivated() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    let deactivate = |site: &Site| site.wp_ok(["plugin", "deactivate", "tamis"]).map(drop);
    booted(&SHOP, "deactivated", |options| options.define("TAMIS_PROTECT", "true"), deactivate)
}

/// With a chatbot that calls AI services from the page. Cases choose what is protected, one at a time.
pub(crate) fn chatting() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    booted(&SHOP, "chatting", |options| options, chatbot)
}

/// The same with a policy that no engine takes, and every page of it protected by a constant.
pub(crate) fn chatting_with_a_broken_policy() -> &'static Shop {
    static SHOP: OnceLock<Result<Shop, String>> = OnceLock::new();
    let options = |options: Options| {
        let policy = r#"{"version":1,"entities":{"email":"token","falcon":"drop"}}"#;
        options.define("TAMIS_PROTECT", "true").define("TAMIS_PAGES", "front").define("TAMIS_POLICY", policy)
    };
    booted(&SHOP, "chatting-broken", options, chatbot)
}

/// Installs the chatbot, a theme without blocks, and a page that counts as the checkout.
fn chatbot(site: &Site) -> io::Result<()> {
    if !site.root.join("wp-content/plugins/tamis/assets/page").exists() {
        return Err(io::Error::other("no browser engine: cargo xtask wasm"));
    }
    let from = wordpress::repository().join("tests/tests/wordpress/pages");
    let to = site.root.join("wp-content/mu-plugins");
    for file in ["bot.php", "bot.js", "bot-part.js", "bot-module.js"] {
        fs::copy(from.join(file), to.join(file))?;
    }
    let theme = site.root.join("wp-content/themes/classic");
    fs::create_dir(&theme)?;
    for file in ["style.css", "index.php"] {
        fs::copy(from.join("classic").join(file), theme.join(file))?;
    }
    let checkout = ["post", "create", "--post_type=page", "--post_title=Checkout", "--post_status=publish"];
    site.wp_ok(checkout).map(drop)
}

fn folder(name: &str) -> std::path::PathBuf {
    env::temp_dir().join(format!("tamis-e2e-{}-{name}", std::process::id()))
}

/// The shop, booted once. A failure is kept: cases that need it fail at once instead of trying again.
fn booted(
    shop: &'static OnceLock<Result<Shop, String>>,
    name: &str,
    options: impl FnOnce(Options) -> Options,
    ready: impl FnOnce(&Site) -> io::Result<()>,
) -> &'static Shop {
    match shop.get_or_init(|| boot(name, options, ready).map_err(|e| e.to_string())) {
        Ok(shop) => shop,
        Err(error) => panic!("the shop `{name}` does not boot: {error}"),
    }
}

fn boot(
    name: &str,
    options: impl FnOnce(Options) -> Options,
    ready: impl FnOnce(&Site) -> io::Result<()>,
) -> io::Result<Shop> {
    let helper = Provider::start("127.0.0.1:0")?;
    let mut plain = Options::new(folder(name))
        .define("TAMIS_TEST_PROVIDER", &helper.addr().to_string())
        .define("AI_HELPER_URL", &helper.url("/v1/chat/completions"))
        .define("AI_HELPER_KEY", "own-key-of-the-helper");
    if env::var("TAMIS_TEST_WP").is_ok_and(|version| version == "6.8") {
        plain.version = Version::V6_8;
    }
    if env::var("TAMIS_TEST_DB").is_ok_and(|name| name == "mariadb") {
        plain.database = Database::Mariadb;
    }
    if plain.extension.is_none() {
        return Err(io::Error::other("no extension: cargo build --release -p tamis-php, or set TAMIS_SO"));
    }
    // A static is never dropped: it is the guard's watchdog that ends the shop with this process.
    let site = wordpress::up(&options(plain))?.stop_on_drop(Leave::Nothing)?;
    ready(&site)?;
    Ok(Shop { site, helper })
}

impl Shop {
    /// Has the shop make an outbound call from inside a page; see `tests/fixtures/mu-plugins/send.php`.
    pub(crate) fn send(&self, call: &Value) -> Value {
        let url = format!("{}/?tamis_test=send", self.site.url);
        let body = serde_json::to_vec(call).expect("JSON");
        let reply = http::post(&url, "application/json", &body).expect("the shop answers");
        serde_json::from_slice(&reply.body).unwrap_or_else(|_| {
            panic!("the page failed ({}): {}\n{}", reply.status, reply.text(), self.last_errors())
        })
    }

    /// `wp tamis status --format=json`.
    pub(crate) fn status(&self) -> Value {
        let text = self.site.wp_ok(["tamis", "status", "--format=json", EVENTS]).expect("a status");
        serde_json::from_str(&text).expect("the status is JSON")
    }

    /// The events of a row of the catalogue, as soon as there is one.
    pub(crate) fn events(&self, row: &str) -> Vec<Value> {
        let end = Instant::now() + EVENT_TIMEOUT;
        loop {
            let mut status = self.status();
            let Value::Array(mut events) = status["events"].take() else {
                panic!("the status has no events")
            };
            events.retain(|event| event["destination"] == row);
            if !events.is_empty() || Instant::now() > end {
                return events;
            }
        }
    }

    /// Every byte that the shop keeps: database with its journals, PHP's and the web server's log.
    pub(crate) fn stored(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for folder in ["db", "log"] {
            collect(&self.site.dir.join(folder), &mut bytes).expect("the shop's files");
        }
        bytes
    }

    /// The end of PHP's log, for the text of a failure.
    pub(crate) fn last_errors(&self) -> String {
        let log = self.site.php_log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(8)..].join("\n")
    }

    /// Logs in as a person would.
    pub(crate) fn log_in(&self, user: &str, password: &str) -> Visitor<'_> {
        let url = format!("{}/wp-login.php", self.site.url);
        let form = format!("log={user}&pwd={password}&testcookie=1&wp-submit=Log+In");
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Cookie", "wordpress_test_cookie=WP%20Cookie%20check"),
        ];
        let reply = http::request("POST", &url, &headers, form.as_bytes()).expect("the login answers");
        let cookies: Vec<&str> = reply
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
            .filter_map(|(_, value)| value.split(';').next())
            .collect();
        assert!(
            reply.status == 302 && cookies.iter().any(|c| c.contains("logged_in")),
            "{user} cannot log in"
        );
        Visitor { shop: self, cookies: cookies.join("; ") }
    }

    /// The administrator.
    pub(crate) fn owner(&self) -> Visitor<'_> {
        self.log_in(&self.site.login, &self.site.password)
    }

    /// Someone with an account and no rights.
    pub(crate) fn customer(&self, name: &str) -> Visitor<'_> {
        let mail = format!("{name}@example.com");
        self.site
            .wp_ok(["user", "create", name, &mail, "--role=subscriber", "--user_pass=quite-secret"])
            .expect("an account");
        self.log_in(name, "quite-secret")
    }

    /// Someone without an account.
    pub(crate) fn stranger(&self) -> Visitor<'_> {
        Visitor { shop: self, cookies: String::new() }
    }
}

fn collect(path: &Path, bytes: &mut Vec<u8>) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        // A journal may go away while this looks.
        bytes.extend(fs::read(&path).unwrap_or_default());
    }
    Ok(())
}

/// A person at a browser.
#[derive(Debug)]
pub(crate) struct Visitor<'a> {
    shop: &'a Shop,
    cookies: String,
}

impl Visitor<'_> {
    /// Names and values of the cookies.
    pub(crate) fn cookies(&self) -> Vec<(&str, &str)> {
        self.cookies.split("; ").filter_map(|cookie| cookie.split_once('=')).collect()
    }

    /// Loads a page.
    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask("GET", path, b"")
    }

    /// Sends a form.
    pub(crate) fn post(&self, path: &str, form: &str) -> Response {
        self.ask("POST", path, form.as_bytes())
    }

    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Response {
        let url = format!("{}{path}", self.shop.site.url);
        let headers =
            [("Cookie", self.cookies.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        http::request(method, &url, &headers, body).expect("the shop answers")
    }
}
