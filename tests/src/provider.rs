//! An "AI provider" on loopback: it writes down every byte it gets, and answers with the words it was told.
//!
//! Promises of Tamis are about what the other side sees, so tests ask the other side. The provider must
//! not know Tamis: a request is bytes to it, and its answers depend on nothing but the request and on
//! what a test has set.
//!
//! | path | answers |
//! |---|---|
//! | `/v1/chat/completions` | a chat completion in OpenAI's format, the last user message after [`PHRASE`] |
//! | `/echo` | the body, with its own type |
//! | `/redirect?to=URL&status=307` | a redirect to `URL` (percent-encoded) |
//! | `/slow?ms=2000` | like `/echo`, later |
//! | `/status?code=500` | that status and a short text |
//! | any path given to [`Provider::set_reply`] | that reply |
//!
//! A page of any site may call it and read the answer: a browser's preflight is answered, and written down too.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{base64, wire};

/// What every chat answer begins with.
pub const PHRASE: &str = "Here is what I was told: ";

/// A client that sends nothing for so long is dropped; tests must not hang on it.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// The longest that `/slow` waits.
const MAX_SLOW: Duration = Duration::from_mins(2);

/// One request as it was received, and what it was answered.
#[derive(Clone)]
pub struct Request {
    /// `POST` and the like.
    pub method: String,
    /// Path with its query string, as sent.
    pub path: String,
    /// Names as sent, in order; values as Latin-1, so that no byte is lost.
    pub headers: Vec<(String, String)>,
    /// The body's bytes, without the framing of chunks.
    pub body: Vec<u8>,
    /// Every byte from the request line to the end of the body, framing included.
    pub raw: Vec<u8>,
    /// The status of the answer.
    pub status: u16,
    /// The answer's body.
    pub reply: Vec<u8>,
}

impl Request {
    /// The first header of this name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The body as text; bytes that are no UTF-8 become replacement characters.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether `needle` was anywhere on the wire: request line, headers, body.
    pub fn carries(&self, needle: &[u8]) -> bool {
        contains(&self.raw, needle) || contains(&self.body, needle)
    }

    /// The line of `provider.jsonl`: method, path, headers, body in base64.
    pub fn to_json_line(&self) -> String {
        let mut headers: BTreeMap<&str, String> = BTreeMap::new();
        for (name, value) in &self.headers {
            // Repeated fields join as RFC 9110, section 5.3 says.
            headers
                .entry(name)
                .and_modify(|v| {
                    v.push_str(", ");
                    v.push_str(value);
                })
                .or_insert_with(|| value.clone());
        }
        let line = Line { method: &self.method, path: &self.path, headers, body: base64::encode(&self.body) };
        serde_json::to_string(&line).unwrap_or_default()
    }
}

/// A line of `provider.jsonl`, its fields in this order.
#[derive(serde::Serialize)]
struct Line<'a> {
    method: &'a str,
    path: &'a str,
    headers: BTreeMap<&'a str, String>,
    body: String,
}

impl fmt::Debug for Request {
    /// Sizes only: a failed assertion must not print what a test holds for secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Whether `needle` is in `haystack`; nothing is in everything.
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    needle.is_empty() || haystack.windows(needle.len()).any(|window| window == needle)
}

/// An answer that a test prescribes.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Headers beside `Content-Length` and `Connection`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long the provider thinks before it answers.
    pub delay: Duration,
}

impl Reply {
    /// Any body with its type.
    pub fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        Self { status: 200, headers, body: body.into(), delay: Duration::ZERO }
    }

    /// A JSON body.
    pub fn json(value: &Value) -> Self {
        Self::new("application/json", value.to_string())
    }

    /// A chat completion in OpenAI's format whose assistant says `content`.
    pub fn chat(content: &str) -> Self {
        Self::json(&completion("tamis-test", content, 0, 0))
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same, later.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// What the threads share.
#[derive(Default)]
struct State {
    requests: Vec<Request>,
    replies: BTreeMap<String, Reply>,
    record: Option<File>,
    /// Open connections, so that stopping can end them.
    streams: BTreeMap<u64, TcpStream>,
    handlers: Vec<JoinHandle<()>>,
    stopping: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Signalled at every recorded request and when the provider stops.
    changed: Condvar,
}

impl Shared {
    /// A thread that panicked has failed its own request; the others' records stay good.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running provider. Dropping it ends its connections and joins its threads.
pub struct Provider {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Provider {
    /// Listens on `address`; port 0 takes a free one.
    pub fn start(address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let accepting = {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new()
                .name("provider".to_owned())
                .spawn(move || accept(&listener, &shared))?
        };
        Ok(Self { address, shared, accepting: Some(accepting) })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path here.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far, in the order they ended.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().requests.clone()
    }

    /// Waits until there are `count` requests or the time is up; gives what there is.
    pub fn wait_for(&self, count: usize, timeout: Duration) -> Vec<Request> {
        let end = Instant::now() + timeout;
        let mut state = self.shared.lock();
        while state.requests.len() < count {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.requests.clone()
    }

    /// Forgets the requests and the prescribed replies.
    pub fn clear(&self) {
        let mut state = self.shared.lock();
        state.requests.clear();
        state.replies.clear();
    }

    /// Prescribes the answer of a path (without query), until [`Provider::clear`]. `/reply` is free for this;
    /// `/v1/chat/completions` may be overridden too.
    pub fn set_reply(&self, path: &str, reply: Reply) {
        self.shared.lock().replies.insert(path.to_owned(), reply);
    }

    /// Appends a line per request to a file from now on; see [`Request::to_json_line`].
    pub fn record_to(&self, path: &Path) -> io::Result<()> {
        let file = File::create(path)?;
        self.shared.lock().record = Some(file);
        Ok(())
    }

    /// Writes no more to the file of [`Provider::record_to`].
    pub fn stop_recording(&self) {
        self.shared.lock().record = None;
    }

    fn stop(&mut self) {
        let handlers = {
            let mut state = self.shared.lock();
            state.stopping = true;
            for stream in state.streams.values() {
                // One that is closed already is what we want.
                drop(stream.shutdown(Shutdown::Both));
            }
            std::mem::take(&mut state.handlers)
        };
        self.shared.changed.notify_all();
        // Wakes the accepting thread, which then sees that it is over.
        drop(TcpStream::connect(self.address));
        for thread in self.accepting.take().into_iter().chain(handlers) {
            // A panic there has been printed by its own thread.
            drop(thread.join());
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for id in 0u64.. {
        let Ok((stream, _)) = listener.accept() else { continue };
        let mut state = shared.lock();
        if state.stopping {
            return;
        }
        let Ok(watch) = stream.try_clone() else { continue };
        state.streams.insert(id, watch);
        let for_handler = Arc::clone(shared);
        let handler = std::thread::spawn(move || {
            // A client that breaks off or talks nonsense is no fault of the provider's.
            drop(serve(stream, &for_handler));
            for_handler.lock().streams.remove(&id);
        });
        state.handlers.retain(|h| !h.is_finished());
        state.handlers.push(handler);
    }
}

fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    stream.set_nodelay(true)?;
    let mut reader = wire::reader(&stream)?;
    let Some(mut raw) = wire::read_head(&mut reader)? else { return Ok(()) };
    let head = wire::Head::parse(&raw)?;
    if head.header("expect").is_some_and(|v| v.eq_ignore_ascii_case("100-continue")) {
        wire::send_continue(&mut stream)?;
    }
    let (body, framed) = wire::read_body(&head, &mut reader)?;
    raw.extend_from_slice(&framed);

    let target = Target::parse(&head.path);
    let prescribed = shared.lock().replies.get(&target.path).cloned();
    let content_type = head.header("content-type").unwrap_or_default();
    let mut reply = if is_preflight(&head) {
        Reply::new("text/plain", "")
    } else {
        prescribed.unwrap_or_else(|| answer(&target, content_type, &body))
    };
    if let Some(origin) = head.header("origin") {
        allow(&mut reply, origin, head.header("access-control-request-headers"));
    }
    wait_or_stop(shared, reply.delay.min(MAX_SLOW));
    let with_body = head.method != "HEAD";

    // Recorded before the answer goes out: whoever has the answer finds the request.
    {
        let request = Request {
            method: head.method,
            path: head.path,
            headers: head.headers,
            body,
            raw,
            status: reply.status,
            reply: reply.body.clone(),
        };
        let mut state = shared.lock();
        if let Some(file) = &mut state.record {
            writeln!(file, "{}", request.to_json_line())?;
            file.flush()?;
        }
        state.requests.push(request);
    }
    shared.changed.notify_all();
    wire::send_reply(&mut stream, reply.status, &reply.headers, &reply.body, with_body)
}

/// Whether a browser asks for leave to make a page's call.
fn is_preflight(head: &wire::Head) -> bool {
    head.method == "OPTIONS" && head.header("access-control-request-method").is_some()
}

/// Lets a page of this origin read the reply, and send what headers it wants.
fn allow(reply: &mut Reply, origin: &str, headers: Option<&str>) {
    let mut add = |name: &str, value: &str| reply.headers.push((name.to_owned(), value.to_owned()));
    add("Access-Control-Allow-Origin", origin);
    add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    if let Some(headers) = headers {
        add("Access-Control-Allow-Headers", headers);
    }
}

/// Sleeps, but no longer than the provider lives.
fn wait_or_stop(shared: &Shared, wait: Duration) {
    let end = Instant::now() + wait;
    let mut state = shared.lock();
    while !state.stopping {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        state = shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// A request target in its two parts.
struct Target {
    path: String,
    query: Vec<(String, String)>,
}

impl Target {
    fn parse(raw: &str) -> Self {
        let (path, query) = raw.split_once('?').unwrap_or((raw, ""));
        let query = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (percent_decode(name), percent_decode(value)))
            .collect();
        Self { path: path.to_owned(), query }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Turns `%41` into `A`; what is no escape stays as it is.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(value) = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(value);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn answer(target: &Target, content_type: &str, body: &[u8]) -> Reply {
    match target.path.as_str() {
        "/v1/chat/completions" => chat(body),
        "/echo" | "/slow" => {
            let content_type =
                if content_type.is_empty() { "application/octet-stream" } else { content_type };
            let wait = target.get("ms").and_then(|v| v.parse().ok()).map_or(MAX_SLOW, Duration::from_millis);
            let delay = if target.path == "/slow" { wait } else { Duration::ZERO };
            Reply::new(content_type, body).after(delay)
        }
        "/redirect" => match target.get("to") {
            Some(to) => {
                let status = target.get("status").and_then(|v| v.parse().ok()).unwrap_or(307);
                Reply::new("text/plain", "moved").with_status(status).with_header("Location", to)
            }
            None => Reply::new("text/plain", "to= is missing").with_status(400),
        },
        "/status" => {
            let status = target.get("code").and_then(|v| v.parse().ok()).unwrap_or(500);
            Reply::new("text/plain", "as you wished").with_status(status)
        }
        _ => Reply::new("text/plain", "no such path at the pretend provider").with_status(404),
    }
}

/// Says back the last user message; a body that is no chat request is said back whole.
fn chat(body: &[u8]) -> Reply {
    let request: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let model = request["model"].as_str().unwrap_or("tamis-test");
    let told = last_user_message(&request).unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    let words: usize = told.split_whitespace().count();
    Reply::json(&completion(model, &format!("{PHRASE}{told}"), words, words + 6))
}

fn last_user_message(request: &Value) -> Option<String> {
    let messages = request["messages"].as_array()?;
    let message = messages.iter().rev().find(|m| m["role"] == "user")?;
    match &message["content"] {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let texts: Vec<&str> = parts.iter().filter_map(|part| part["text"].as_str()).collect();
            Some(texts.join("\n"))
        }
        _ => None,
    }
}

/// The reply's shape. Id and time are fixed: the same request gets the same bytes.
fn completion(model: &str, content: &str, prompt_tokens: usize, completion_tokens: usize) -> Value {
    json!({
        "id": "chatcmpl-tamis0000000000000000000001",
        "object": "chat.completion",
        "created": 1_767_225_600,
        "model": model,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content, "refusal": null },
            "logprobs": null,
            "finish_reason": "stop",
        }],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http;
    use std::io::Read;

    fn provider() -> Provider {
        Provider::start("127.0.0.1:0").expect("a free port")
    }

    #[test]
    fn a_chat_answer_holds_the_words_of_the_last_user_message() {
        let provider = provider();
        let body = json!({ "model": "gpt-4o", "messages": [
            { "role": "user", "content": "first" },
            { "role": "assistant", "content": "no" },
            { "role": "user", "content": [{ "type": "text", "text": "second \"é\"" }] },
        ]})
        .to_string();
        let url = provider.url("/v1/chat/completions");
        let reply = http::post(&url, "application/json", body.as_bytes()).expect("a reply");
        let value: Value = serde_json::from_slice(&reply.body).expect("JSON");
        assert_eq!(value["choices"][0]["message"]["content"], format!("{PHRASE}second \"é\""));
        assert_eq!(value["model"], "gpt-4o");
        assert_eq!(http::post(&url, "application/json", body.as_bytes()).expect("again").body, reply.body);
        assert_eq!(provider.requests()[0].reply, reply.body);
    }

    #[test]
    fn every_byte_is_recorded() {
        let provider = provider();
        let mut stream = TcpStream::connect(provider.addr()).expect("connected");
        let sent = b"POST /echo?q=%41 HTTP/1.1\r\nhost: a\r\nX-Dup: 1\r\nX-Dup: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\0\xff\n\r\n0\r\n\r\n";
        stream.write_all(sent).expect("sent");
        let mut back = Vec::new();
        stream.read_to_end(&mut back).expect("a reply");
        let request = &provider.requests()[0];
        assert_eq!(request.raw, sent);
        assert_eq!((request.path.as_str(), request.body.as_slice()), ("/echo?q=%41", &b"\0\xff\n"[..]));
        let line: Value = serde_json::from_str(&request.to_json_line()).expect("JSON");
        assert_eq!(line["headers"]["X-Dup"], "1, 2");
        assert_eq!(line["body"], "AP8K");
        assert!(request.carries(b"X-Dup: 2") && !request.carries(b"X-Dup: 3"));
    }

    #[test]
    fn a_client_that_expects_100_continue_gets_it() {
        let provider = provider();
        let mut stream = TcpStream::connect(provider.addr()).expect("connected");
        stream
            .write_all(b"POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
            .expect("sent");
        let mut first = [0; 25];
        stream.read_exact(&mut first).expect("an interim reply");
        assert_eq!(&first, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream.write_all(b"ok").expect("sent");
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("a reply");
        assert!(rest.ends_with(b"\r\n\r\nok"));
    }

    #[test]
    fn a_page_of_another_origin_may_call_and_read() {
        let provider = provider();
        let url = provider.url("/v1/chat/completions");
        let asked = [
            ("Origin", "http://shop.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "content-type"),
        ];
        let leave = http::request("OPTIONS", &url, &asked, b"").expect("a reply");
        assert_eq!(leave.header("access-control-allow-headers"), Some("content-type"));
        assert_eq!((leave.status, leave.body.len()), (200, 0));
        let reply = http::request("POST", &url, &asked[..1], b"x").expect("a reply");
        assert_eq!(reply.header("access-control-allow-origin"), Some("http://shop.example"));
        assert!(
            http::post(&url, "text/plain", b"x")
                .expect("a reply")
                .header("access-control-allow-origin")
                .is_none()
        );
        assert_eq!(provider.requests().len(), 3);
    }

    #[test]
    fn redirects_lead_where_they_are_told() {
        let provider = provider();
        let url = provider.url("/redirect?to=http%3A%2F%2F127.0.0.2%3A9%2Fx%3Fa%3D1&status=308");
        let reply = http::post(&url, "text/plain", b"x").expect("a reply");
        assert_eq!((reply.status, reply.header("location")), (308, Some("http://127.0.0.2:9/x?a=1")));
    }

    #[test]
    fn a_prescribed_reply_wins_until_it_is_cleared() {
        let provider = provider();
        let url = provider.url("/v1/chat/completions?x=1");
        provider.set_reply("/v1/chat/completions", Reply::new("text/html", "<p>no</p>").with_status(500));
        let reply = http::get(&url).expect("a reply");
        assert_eq!((reply.status, reply.text().as_str()), (500, "<p>no</p>"));
        provider.clear();
        assert_eq!(http::get(&url).expect("a reply").status, 200);
        assert_eq!(provider.requests().len(), 1);
    }

    #[test]
    fn dropping_it_ends_slow_and_silent_clients() {
        let provider = provider();
        let mut slow = TcpStream::connect(provider.addr()).expect("connected");
        slow.write_all(b"GET /slow?ms=60000 HTTP/1.1\r\n\r\n").expect("sent");
        let silent = TcpStream::connect(provider.addr()).expect("connected");
        let before = Instant::now();
        drop(provider);
        assert!(before.elapsed() < Duration::from_secs(5));
        drop(silent);
    }

    #[test]
    fn requests_are_written_to_a_file_as_they_come() {
        let path = std::env::temp_dir().join(format!("tamis-provider-{}.jsonl", std::process::id()));
        let provider = provider();
        provider.record_to(&path).expect("a file");
        http::post(&provider.url("/echo"), "text/plain", b"one").expect("a reply");
        http::post(&provider.url("/echo"), "text/plain", b"two").expect("a reply");
        provider.stop_recording();
        http::post(&provider.url("/echo"), "text/plain", b"three").expect("a reply");
        let text = std::fs::read_to_string(&path).expect("the file");
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().next().is_some_and(|line| line.contains("\"body\":\"b25l\"")));
    }

    #[test]
    fn debug_output_holds_no_body() {
        let provider = provider();
        http::post(&provider.url("/echo?secret"), "text/plain", b"secret").expect("a reply");
        assert!(!format!("{:?}", provider.requests()).contains("secret"));
    }
}
