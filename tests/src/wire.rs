//! HTTP/1.1 as bytes: reads one request exactly as it came, writes one reply.
//!
//! It must not tidy up: what a test asserts on is what was on the wire. It knows no routes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// The longest request line with headers.
const MAX_HEAD_BYTES: usize = 256 * 1024;
/// The longest body; above every limit of Tamis, so that a test can show who refused.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;
const MAX_HEADERS: usize = 512;

/// One request, taken apart but not changed.
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl Head {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// Parses the bytes up to and including the empty line.
    pub(crate) fn parse(raw: &[u8]) -> io::Result<Self> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        request.parse(raw).map_err(|e| invalid(&format!("not an HTTP request: {e}")))?;
        Ok(Self {
            method: request.method.unwrap_or_default().to_owned(),
            path: request.path.unwrap_or_default().to_owned(),
            headers: request.headers.iter().map(|h| (h.name.to_owned(), latin1(h.value))).collect(),
        })
    }
}

/// Header values are bytes; as Latin-1 none is lost.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Reads up to the empty line. `None` when the client closed without sending anything.
pub(crate) fn read_head(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut raw = Vec::new();
    loop {
        let line_start = raw.len();
        let room = (MAX_HEAD_BYTES - raw.len()) as u64;
        let read = reader.take(room).read_until(b'\n', &mut raw)?;
        if read == 0 {
            let nothing = raw.is_empty();
            return if nothing { Ok(None) } else { Err(invalid("the head ended early or is too long")) };
        }
        if matches!(&raw[line_start..], b"\r\n" | b"\n") {
            return Ok(Some(raw));
        }
    }
}

/// Reads the body that the head announces; also gives the bytes as they were on the wire.
pub(crate) fn read_body(head: &Head, reader: &mut impl BufRead) -> io::Result<(Vec<u8>, Vec<u8>)> {
    if head.header("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked")) {
        return read_chunked(reader);
    }
    let Some(length) = head.header("content-length") else {
        return Ok((Vec::new(), Vec::new()));
    };
    let length: usize = length.trim().parse().map_err(|_| invalid("Content-Length is no number"))?;
    if length > MAX_BODY_BYTES {
        return Err(invalid("the body is too long"));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((body.clone(), body))
}

fn read_chunked(reader: &mut impl BufRead) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let (mut body, mut wire) = (Vec::new(), Vec::new());
    loop {
        let line = read_line(reader, &mut wire)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| invalid("a chunk's size is no number"))?;
        if size == 0 {
            // Trailers, up to the empty line.
            while !read_line(reader, &mut wire)?.is_empty() {}
            return Ok((body, wire));
        }
        if size > MAX_BODY_BYTES - body.len() {
            return Err(invalid("the body is too long"));
        }
        let start = wire.len();
        wire.resize(start + size, 0);
        reader.read_exact(&mut wire[start..])?;
        body.extend_from_slice(&wire[start..]);
        if !read_line(reader, &mut wire)?.is_empty() {
            return Err(invalid("a chunk is longer than it says"));
        }
    }
}

/// One line without its end; its bytes are appended to `wire`.
fn read_line(reader: &mut impl BufRead, wire: &mut Vec<u8>) -> io::Result<String> {
    let start = wire.len();
    let read = reader.take(MAX_HEAD_BYTES as u64).read_until(b'\n', wire)?;
    if read == 0 || wire.last() != Some(&b'\n') {
        return Err(invalid("a line ended early or is too long"));
    }
    Ok(latin1(&wire[start..]).trim_end_matches(['\r', '\n']).to_owned())
}

/// Tells a client that waits with its body to go on.
pub(crate) fn send_continue(stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
}

/// Writes a whole reply; the connection ends after it.
pub(crate) fn send_reply(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
    with_body: bool,
) -> io::Result<()> {
    let mut out = Vec::with_capacity(body.len() + 512);
    write!(out, "HTTP/1.1 {status} {}\r\n", reason(status))?;
    for (name, value) in headers {
        write!(out, "{name}: {value}\r\n")?;
    }
    write!(out, "Content-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    if with_body {
        out.extend_from_slice(body);
    }
    stream.write_all(&out)?;
    stream.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        _ => "Status",
    }
}

pub(crate) fn reader(stream: &TcpStream) -> io::Result<BufReader<TcpStream>> {
    Ok(BufReader::new(stream.try_clone()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn parse(head: &str) -> Head {
        Head::parse(head.as_bytes()).expect("a head")
    }

    #[test]
    fn chunks_are_joined_and_their_wire_bytes_kept() {
        let wire = b"5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nTrailer: x\r\n\r\n";
        let head = parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        let (body, raw) = read_body(&head, &mut Cursor::new(wire)).expect("a body");
        assert_eq!(body, b"hello world");
        assert_eq!(raw, wire);
    }

    #[test]
    fn a_chunk_that_lies_about_its_length_is_refused() {
        let head = parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for wire in [&b"5\r\nhello!\r\n0\r\n\r\n"[..], b"zz\r\n", b"5\r\nhel", b"ffffffffff\r\n"] {
            assert!(read_body(&head, &mut Cursor::new(wire)).is_err());
        }
    }

    #[test]
    fn a_body_is_exactly_its_content_length() {
        let head = parse("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n");
        let (body, _) = read_body(&head, &mut Cursor::new(b"\0\xff\r\nrest")).expect("a body");
        assert_eq!(body, b"\0\xff\r\n");
    }

    #[test]
    fn header_bytes_that_are_no_utf8_survive() {
        let head = Head::parse(b"GET / HTTP/1.1\r\nX-Odd: a\xe9b\r\n\r\n").expect("a head");
        assert_eq!(head.header("x-odd"), Some("a\u{e9}b"));
    }

    #[test]
    fn an_endless_head_is_refused() {
        let endless = vec![b'a'; MAX_HEAD_BYTES + 1];
        assert!(read_head(&mut Cursor::new(endless)).is_err());
        assert!(matches!(read_head(&mut Cursor::new(b"")), Ok(None)));
    }
}
