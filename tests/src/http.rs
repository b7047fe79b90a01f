//! The smallest HTTP client that can load a page of a test site or ask the pretend provider.
//!
//! It follows no redirect and keeps no cookie: a test sees each reply as it came.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// A page of a test site takes well under a second; this long means that a server hangs.
const TIMEOUT: Duration = Duration::from_mins(1);

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Names and values in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body, its chunks joined.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of this name, in any letter case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The body as text; bytes that are no UTF-8 become replacement characters.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Loads a page.
pub fn get(url: &str) -> io::Result<Response> {
    request("GET", url, &[], b"")
}

/// Sends a body of the given type.
pub fn post(url: &str, content_type: &str, body: &[u8]) -> io::Result<Response> {
    request("POST", url, &[("Content-Type", content_type)], body)
}

/// Sends any request over plain HTTP/1.1.
pub fn request(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Response> {
    let rest = url.strip_prefix("http://").ok_or_else(|| invalid("only http:// URLs"))?;
    let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let address = address.to_socket_addrs()?.next().ok_or_else(|| invalid("the host name has no address"))?;
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;

    let mut out = Vec::new();
    write!(out, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n")?;
    for (name, value) in headers {
        write!(out, "{name}: {value}\r\n")?;
    }
    if !body.is_empty() || method == "POST" {
        write!(out, "Content-Length: {}\r\n", body.len())?;
    }
    out.extend_from_slice(b"\r\n");
    stream.write_all(&out)?;
    stream.write_all(body)?;

    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    parse(&raw)
}

fn parse(raw: &[u8]) -> io::Result<Response> {
    let mut slots = [httparse::EMPTY_HEADER; 256];
    let mut head = httparse::Response::new(&mut slots);
    let httparse::Status::Complete(length) =
        head.parse(raw).map_err(|e| invalid(&format!("not an HTTP reply: {e}")))?
    else {
        return Err(invalid("the reply ended inside its head"));
    };
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|h| (h.name.to_owned(), String::from_utf8_lossy(h.value).into_owned()))
        .collect();
    let response = Response { status: head.code.unwrap_or(0), headers, body: raw[length..].to_vec() };
    if response.header("transfer-encoding").is_some() {
        return Err(invalid("the reply came in chunks, which this client does not read"));
    }
    Ok(response)
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_taken_apart() {
        let reply = parse(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nbody").expect("a reply");
        assert_eq!((reply.status, reply.header("location")), (302, Some("/x")));
        assert_eq!(reply.text(), "body");
    }

    #[test]
    fn half_a_reply_is_an_error() {
        assert!(parse(b"HTTP/1.1 200 OK\r\nX: ").is_err());
        assert!(get("https://example.com/").is_err());
    }
}
