//! A small client that speaks HTTP/1.1 octet by octet: attacks send what well-behaved clients would not.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, ServerName},
};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// One end of the wire: a server's address, and how it is spoken to.
#[derive(Clone)]
pub struct Door {
    pub address: SocketAddr,
    tls: Option<(Arc<ClientConfig>, ServerName<'static>)>,
}

impl Door {
    /// Plain HTTP at `http://address`.
    pub fn plain(url: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap();
        Self {
            address: address.parse().unwrap(),
            tls: None,
        }
    }

    /// HTTPS at `https://address` under `name`, trusting `root` (DER) alone.
    pub fn tls(url: &str, name: &str, root: &[u8]) -> Self {
        let address = url.strip_prefix("https://").unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(root.to_vec())).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(name.to_owned()).unwrap();
        Self {
            address: address.parse().unwrap(),
            tls: Some((Arc::new(config), name)),
        }
    }

    /// Connects from an address of the loopback network, so that limits by address see somebody new.
    pub fn connect(&self, from: Option<Ipv4Addr>) -> TcpStream {
        let stream = match from {
            None => TcpStream::connect(self.address).unwrap(),
            Some(from) => from_address(from, self.address),
        };
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends octets as they are and reads until the server closes.
    pub fn exchange(&self, from: Option<Ipv4Addr>, octets: &[u8]) -> Vec<u8> {
        let stream = self.connect(from);
        match &self.tls {
            None => converse(stream, octets),
            Some((config, name)) => {
                let client = ClientConnection::new(Arc::clone(config), name.clone()).unwrap();
                converse(StreamOwned::new(client, stream), octets)
            }
        }
    }

    /// The same, as one answer.
    pub fn ask(&self, octets: &[u8]) -> Answer {
        Answer::parse(&self.exchange(None, octets))
    }
}

/// The standard library cannot choose the address it connects from.
fn from_address(from: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .unwrap();
    let stream = runtime
        .block_on(async {
            let socket = tokio::net::TcpSocket::new_v4()?;
            socket.bind(SocketAddr::new(IpAddr::V4(from), 0))?;
            socket.connect(to).await?.into_std()
        })
        .unwrap();
    stream.set_nonblocking(false).unwrap();
    stream
}

fn converse(mut stream: impl Read + Write, octets: &[u8]) -> Vec<u8> {
    // A server that has seen enough answers and closes while we still send.
    let _ = stream.write_all(octets).and_then(|()| stream.flush());
    let mut received = Vec::new();
    let _ = stream.read_to_end(&mut received);
    received
}

/// What a server said.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// What came behind this answer on the same connection.
    pub rest: Vec<u8>,
}

impl Answer {
    /// The first answer in what came over the wire; status 0 where nothing came.
    pub fn parse(octets: &[u8]) -> Self {
        let end = octets.windows(4).position(|part| part == b"\r\n\r\n");
        let (head, body) = end.map_or((octets, &[][..]), |at| (&octets[..at], &octets[at + 4..]));
        let head = String::from_utf8_lossy(head);
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let mut answer = Self {
            status,
            headers,
            body: Vec::new(),
            rest: Vec::new(),
        };
        if answer.header("transfer-encoding") == "chunked" {
            answer.take_chunks(body);
        } else {
            let length = answer.header("content-length").parse().ok();
            let length = length.unwrap_or(body.len()).min(body.len());
            answer.body = body[..length].to_vec();
            answer.rest = body[length..].to_vec();
        }
        answer
    }

    fn take_chunks(&mut self, mut rest: &[u8]) {
        while let Some(at) = rest.windows(2).position(|part| part == b"\r\n") {
            let size = String::from_utf8_lossy(&rest[..at]).into_owned();
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            rest = &rest[at + 2..];
            if size == 0 || rest.len() < size {
                break;
            }
            self.body.extend_from_slice(&rest[..size]);
            rest = rest.get(size + 2..).unwrap_or_default();
        }
        self.rest = rest.strip_prefix(b"\r\n").unwrap_or(rest).to_vec();
    }

    /// A header's value; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .iter()
            .find(|(header, _)| header == name)
            .map_or("", |(_, value)| value)
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The values of `Set-Cookie`.
    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .map(|(_, value)| value.as_str())
    }
}

/// A browser of sorts: it keeps cookies, and finds the token that forms carry.
#[derive(Clone)]
pub struct Browser {
    pub door: Door,
    pub host: String,
    pub from: Option<Ipv4Addr>,
    pub jar: BTreeMap<String, String>,
    /// Headers that each request carries.
    pub extra: Vec<(String, String)>,
}

impl Browser {
    /// A fresh one.
    pub fn at(door: &Door) -> Self {
        Self {
            door: door.clone(),
            host: door.address.to_string(),
            from: None,
            jar: BTreeMap::new(),
            extra: Vec::new(),
        }
    }

    /// The same browser with another header.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.extra.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The same browser at another address of the loopback network.
    pub fn elsewhere(&self, from: [u8; 4]) -> Self {
        let mut other = self.clone();
        other.from = Some(Ipv4Addr::from(from));
        other
    }

    /// Sends a request and remembers the cookies of its answer.
    pub fn send(&mut self, method: &str, path: &str, kind: Option<&str>, body: &[u8]) -> Answer {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.host
        );
        for (name, value) in &self.extra {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        if !self.jar.is_empty() {
            let cookies: Vec<String> = self.jar.iter().map(|(n, v)| format!("{n}={v}")).collect();
            write!(head, "Cookie: {}\r\n", cookies.join("; ")).unwrap();
        }
        if let Some(kind) = kind {
            write!(head, "Content-Type: {kind}\r\n").unwrap();
        }
        if kind.is_some() || !body.is_empty() || method == "POST" {
            write!(head, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        head.push_str("\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        let answer = Answer::parse(&self.door.exchange(self.from, &request));
        for line in answer.cookies() {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                if value.is_empty() {
                    self.jar.remove(name);
                } else {
                    self.jar.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        answer
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None, b"")
    }

    /// The token of a form, from a page that everybody may see.
    pub fn token(&mut self) -> String {
        between(&self.get("/help").text(), r#"name="csrf" value=""#, "\"")
    }

    /// Sends a form as a page of ours would.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.post_bare(path, &fields)
    }

    /// Sends a form with these fields and no others.
    pub fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        self.send("POST", path, Some(kind), urlencoded(fields).as_bytes())
    }

    /// Sends a form with files, as a page of ours would.
    pub fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let token = self.token();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.upload_bare(path, &fields, files)
    }

    /// Sends a form with files, and these fields and no others.
    pub fn upload_bare(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let (kind, body) = multipart(fields, files);
        self.send("POST", path, Some(&kind), &body)
    }

    /// The value of the session's cookie, if there is one.
    pub fn session(&self) -> Option<&str> {
        self.session_cookie()
            .and_then(|name| self.jar.get(name))
            .map(String::as_str)
    }

    /// The name of the session's cookie, once it was seen.
    pub fn session_cookie(&self) -> Option<&str> {
        self.jar.keys().map(String::as_str).find(|name| {
            let tag = name.trim_start_matches("__Host-").strip_prefix("chancery-");
            tag.is_some_and(|tag| tag.len() == 8 && tag.bytes().all(|b| b.is_ascii_hexdigit()))
        })
    }

    /// A browser with this session's cookie and nothing else.
    pub fn with_session_only(&self, name: &str, value: &str) -> Self {
        let mut other = Self::at(&self.door);
        other.host.clone_from(&self.host);
        other.jar.insert(name.to_owned(), value.to_owned());
        other
    }
}

/// A form as browsers write it.
pub fn urlencoded(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|octet| match octet {
                b' ' => "+".to_owned(),
                octet if octet.is_ascii_alphanumeric() || b"-._*".contains(&octet) => {
                    char::from(octet).to_string()
                }
                octet => format!("%{octet:02X}"),
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A form with files: field, file name as it stands between the quotes, content.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> (String, Vec<u8>) {
    const EDGE: &str = "----edge7f3a91c2";
    let mut body = Vec::new();
    for (name, value) in fields {
        write!(
            body,
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    for (field, name, content) in files {
        write!(
            body,
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        )
        .unwrap();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{EDGE}--\r\n").unwrap();
    (format!("multipart/form-data; boundary={EDGE}"), body)
}

/// What stands between two marks, the first time they occur; empty where they do not.
pub fn between(text: &str, left: &str, right: &str) -> String {
    text.split_once(left)
        .and_then(|(_, rest)| rest.split_once(right))
        .map_or_else(String::new, |(middle, _)| middle.to_owned())
}
