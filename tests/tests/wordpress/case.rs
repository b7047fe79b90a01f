//! One exchange: a provider of its own, the call that a plugin makes, and what must be true afterwards.

use serde_json::{Map, Value, json};
use tamis_tests::base64;
use tamis_tests::provider::{Provider, Request, contains};

use crate::shop::Shop;

/// Where chats go.
pub(crate) const CHAT: &str = "/v1/chat/completions";
/// Answers with the body that it was sent.
pub(crate) const ECHO: &str = "/echo";

/// A case in a shop. Its name is its row of the catalogue, which is how its events are told from others'.
#[derive(Debug)]
pub(crate) struct Case {
    shop: &'static Shop,
    name: &'static str,
    pub(crate) provider: Provider,
    rows: Vec<Value>,
    before: String,
    data: Map<String, Value>,
    /// What must not be anywhere.
    secrets: Vec<String>,
}

impl Case {
    /// A case whose provider is an AI service.
    pub(crate) fn new(shop: &'static Shop, name: &'static str) -> Self {
        Self::of(shop, name, "ai")
    }

    /// A case whose provider is of another class.
    pub(crate) fn of(shop: &'static Shop, name: &'static str, class: &str) -> Self {
        let mut case = Self::unlisted(shop, name, "127.0.0.1:0");
        case.rows.push(row(name, class, &case.provider));
        case
    }

    /// A case whose provider is in no catalogue.
    pub(crate) fn unlisted(shop: &'static Shop, name: &'static str, address: &str) -> Self {
        let provider = Provider::start(address).expect("a provider");
        let (rows, before, data) = (Vec::new(), String::new(), Map::new());
        Self { shop, name, provider, rows, before, data, secrets: Vec::new() }
    }

    /// Sets a field of the provider's row.
    pub(crate) fn row(&mut self, field: &str, value: &str) {
        self.rows[0][field] = value.into();
    }

    /// Another provider, on another host, as a row of this name and class.
    pub(crate) fn second_host(&mut self, row_name: &str, class: &str) -> Provider {
        let provider = Provider::start("127.0.0.2:0").expect("a second provider");
        self.rows.push(row(row_name, class, &provider));
        provider
    }

    /// PHP that runs before the call. It finds what [`Case::give`] gave in `$case['data']`, and may alter
    /// `$case['args']`.
    pub(crate) fn before(&mut self, php: &str) {
        self.before.push_str(php);
    }

    /// A value for the PHP of [`Case::before`].
    pub(crate) fn give(&mut self, name: &str, value: impl Into<Value>) {
        self.data.insert(name.to_owned(), value.into());
    }

    /// Text that must not be seen outside.
    pub(crate) fn secret(&mut self, text: &str) -> String {
        self.secrets.push(text.to_owned());
        text.to_owned()
    }

    /// A customer's mail address that no other case has.
    pub(crate) fn mail(&mut self) -> String {
        self.mail_of("mara")
    }

    /// The same of another customer.
    pub(crate) fn mail_of(&mut self, who: &str) -> String {
        // Without the part behind the @, the needle is the same in every encoding of text.
        let local = self.secret(&format!("{who}.{}", self.name));
        format!("{local}@lindqvist.example")
    }

    /// Makes the call with these arguments for `wp_remote_request()`.
    pub(crate) fn send(&self, path: &str, args: &Value) -> Answer {
        self.send_to(&self.provider.url(path), args)
    }

    /// The same to any address.
    pub(crate) fn send_to(&self, url: &str, args: &Value) -> Answer {
        let before = format!("{DECLARE}{}", self.before);
        let call =
            json!({ "url": url, "args": args, "before": before, "rows": self.rows, "data": self.data });
        Answer(self.shop.send(&call))
    }

    /// Posts a body of this type.
    pub(crate) fn post(&self, content_type: &str, body: &str) -> Answer {
        self.post_bytes(content_type, body.as_bytes())
    }

    /// The same with bytes that may be no text.
    pub(crate) fn post_bytes(&self, content_type: &str, body: &[u8]) -> Answer {
        let call = json!({
            "url": self.provider.url(CHAT),
            "args": { "method": "POST", "headers": { "Content-Type": content_type } },
            "body64": base64::encode(body),
            "before": format!("{DECLARE}{}", self.before),
            "rows": self.rows,
            "data": self.data,
        });
        Answer(self.shop.send(&call))
    }

    /// Asks a chat model with these words.
    pub(crate) fn chat(&self, words: &str) -> Answer {
        self.send(CHAT, &chat_args(words))
    }

    /// The only request that the provider got.
    pub(crate) fn received(&self) -> Request {
        self.received_of(1).remove(0)
    }

    /// All requests, so many.
    pub(crate) fn received_of(&self, count: usize) -> Vec<Request> {
        let requests = self.provider.requests();
        if requests.len() != count {
            let events = self.shop.events(self.name);
            panic!("{} requests, not {count}; {events:?}; {}", requests.len(), self.shop.last_errors());
        }
        requests
    }

    /// Fails if a provider got a secret, in UTF-8 or UTF-16.
    pub(crate) fn unseen_by(&self, provider: &Provider) {
        for (at, request) in provider.requests().iter().enumerate() {
            for secret in &self.secrets {
                let wide: Vec<u8> = secret.bytes().flat_map(|byte| [byte, 0]).collect();
                let seen =
                    request.carries(secret.as_bytes()) || contains(&request.raw, &wide[..wide.len() - 1]);
                assert!(!seen, "request {at} carries `{secret}`:\n{}", String::from_utf8_lossy(&request.raw));
            }
        }
    }

    /// Fails if the provider got a secret, or the shop wrote one down.
    pub(crate) fn nothing_leaked(&self) {
        self.unseen_by(&self.provider);
        self.nothing_stored();
    }

    /// Fails if the shop wrote a secret down: in its database, in a log, in an event.
    pub(crate) fn nothing_stored(&self) {
        let stored = self.shop.stored();
        for secret in &self.secrets {
            assert!(!contains(&stored, secret.as_bytes()), "the shop's files hold `{secret}`");
        }
        let log = self.shop.site.php_log();
        let complaint = log.lines().find(|line| line.contains("PHP ") && line.contains("plugins/tamis/"));
        assert_eq!(complaint, None, "PHP complains about Tamis");
    }

    /// Nothing leaked, and the one event of this case says that it was `action`.
    pub(crate) fn ended(&self, action: &str) -> Value {
        self.nothing_leaked();
        self.event(action)
    }

    /// The one event of this case, which must say that it was `action`.
    pub(crate) fn event(&self, action: &str) -> Value {
        let mut events = self.shop.events(self.name);
        assert_eq!(events.len(), 1, "events of the case: {events:?}");
        let event = events.remove(0);
        assert_eq!(event["action"], action, "{event}");
        let text = event.to_string();
        assert!(!self.secrets.iter().any(|secret| text.contains(secret)), "the event holds a value");
        event
    }

    /// Nothing left the shop, the caller got a hold with this reason, and the event says so too.
    pub(crate) fn held(&self, answer: &Answer, reason: &str) {
        assert!(self.provider.requests().is_empty(), "a held request was sent");
        let id = answer.held(reason);
        let event = self.ended("held");
        assert_eq!((&event["id"], &event["reason"]), (&json!(id), &json!(reason)));
        let told = answer.0.to_string();
        assert!(!self.secrets.iter().any(|secret| told.contains(secret)), "the hold holds a value");
    }
}

/// Adds the case's rows to the catalogue.
const DECLARE: &str = r"
    add_filter( 'tamis_destinations', static fn( $rows ) => array_merge( $rows, $case['rows'] ) );
";

fn row(id: &str, class: &str, provider: &Provider) -> Value {
    let address = provider.addr();
    json!({ "id": id, "vendor": id, "host": address.ip().to_string(), "port": address.port(), "class": class })
}

/// Arguments of a chat request.
pub(crate) fn chat_args(words: &str) -> Value {
    json_args(&chat_body(words))
}

/// A chat request in OpenAI's format.
pub(crate) fn chat_body(words: &str) -> String {
    json!({ "model": "gpt-4o-mini", "messages": [{ "role": "user", "content": words }] }).to_string()
}

/// Arguments that post JSON.
pub(crate) fn json_args(body: &str) -> Value {
    json!({ "method": "POST", "headers": { "Content-Type": "application/json" }, "body": body })
}

/// What the plugin got: a reply or a `WP_Error`.
#[derive(Debug)]
pub(crate) struct Answer(Value);

impl Answer {
    /// The reply's status; 0 for an error.
    pub(crate) fn status(&self) -> u64 {
        self.0["status"].as_u64().unwrap_or(0)
    }

    /// The reply's body as text.
    pub(crate) fn text(&self) -> String {
        let body = self.0["body64"].as_str().unwrap_or_else(|| panic!("no reply: {}", self.0));
        String::from_utf8_lossy(&base64::decode(body).expect("base64")).into_owned()
    }

    /// What the model said.
    pub(crate) fn words(&self) -> String {
        let text = self.text();
        let reply: Value =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("the reply is no JSON: {text}"));
        reply["choices"][0]["message"]["content"].as_str().expect("words").to_owned()
    }

    /// The id of a hold with this reason, whose error says that and nothing more.
    pub(crate) fn held(&self, reason: &str) -> String {
        assert_eq!(self.0["error"], "tamis_held", "{}", self.0);
        let id = self.0["data"]["id"].as_str().unwrap_or_default();
        assert!(id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", self.0);
        assert_eq!(self.0["data"]["reason"], reason, "{}", self.0);
        assert_eq!(self.0["message"], format!("Not available right now ({id})"));
        id.to_owned()
    }
}

/// The tokens in a text, in their order: `KIND_9` and 14 digits.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    text.split(|c: char| !is_word(c))
        .filter(|word| {
            word.rsplit_once('_').is_some_and(|(_, digits)| digits.len() == 15 && digits.starts_with('9'))
        })
        .map(str::to_owned)
        .collect()
}

/// The one token in a text, which must be of this kind.
pub(crate) fn token(text: &str, kind: &str) -> String {
    let found = tokens(text);
    assert!(!found.is_empty() && found.iter().all(|t| *t == found[0]), "not one token, {found:?}: {text}");
    assert!(found[0].starts_with(&format!("{kind}_9")), "not a token of {kind}: {}", found[0]);
    found[0].clone()
}
