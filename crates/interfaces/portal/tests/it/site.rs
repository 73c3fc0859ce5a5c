//! A portal of its own for each test, and browsers that visit it.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use chancery_audit::Actor;
use chancery_ca::{Ca, testing::TestAuthority};
use chancery_keys::{HasherConfig, KdfCost, SecretHasher, SystemEntropy};
use chancery_path::{Fetch, FetchKind};
use chancery_portal::{
    Environment, Kind, Limits, Listener, Portal, Rates, ShownCertificate, Transport,
};
use chancery_ra::{Policy, Products, Ra, RaParts};
use chancery_register::{
    Certificates, Fetched, Fetcher, Language, Letter, NewPerson, Notice, PersonId, Register,
    RegisterConfig, Role, Roles,
    mail_domain::{Found, LookUp, Mx, MxLookup},
};
use chancery_store::{Timestamp, blob::BlobStore, outbox, testing::TestStore};
use http_body_util::BodyExt as _;
use secrecy::SecretString;
use tower::ServiceExt as _;

pub const NOW: i64 = 1_795_000_000;
pub const PASSWORD: &str = "velbloud-pod-okapem-7";
pub const HOST: &str = "ca.example.com";

/// Every domain takes mail, but for those that say otherwise by their name.
struct Names;

impl MxLookup for Names {
    fn mx<'a>(&'a self, domain: &'a str) -> LookUp<'a, Vec<Mx>> {
        Box::pin(async move {
            let server = |exchange: &str| Mx {
                preference: 10,
                exchange: exchange.to_owned(),
            };
            match domain {
                "missing.example" => Found::NoSuchDomain,
                "null.example" => Found::Records(vec![Mx {
                    preference: 0,
                    exchange: String::new(),
                }]),
                "dark.example" => Found::OutOfReach,
                _ => Found::Records(vec![server("mail.example.com")]),
            }
        })
    }

    fn address<'a>(&'a self, _: &'a str) -> LookUp<'a, ()> {
        Box::pin(async { Found::None })
    }
}

/// What the site's own authorities publish; nothing else is reached.
struct Published {
    ca: Ca,
    clock: Arc<AtomicI64>,
}

impl Fetcher for Published {
    fn fetch<'a>(&'a self, fetch: &'a Fetch) -> Fetched<'a> {
        Box::pin(async move {
            let now = Timestamp::from_secs(self.clock.load(Ordering::Relaxed));
            match &fetch.kind {
                FetchKind::Ocsp { request } => Some(self.ca.ocsp(request, now).await.der.to_vec()),
                FetchKind::List => {
                    let (_, path) = fetch.url.split_once("/crl/")?;
                    let (slug, file) = path.split_once('/')?;
                    let shard = file.strip_suffix(".crl")?.parse().ok()?;
                    Some(self.ca.crl(slug, shard)?.der.clone())
                }
                _ => None,
            }
        })
    }
}

pub struct Site {
    pub portal: Portal,
    pub store: TestStore,
    router: Router,
    clock: Arc<AtomicI64>,
    authority: TestAuthority,
}

impl Site {
    pub async fn production() -> Self {
        Self::of(Kind::Production, Rates::default()).await
    }

    pub async fn sandbox() -> Self {
        Self::of(Kind::Sandbox, Rates::default()).await
    }

    pub async fn of(kind: Kind, rates: Rates) -> Self {
        let store = chancery_store::testing::sqlite(&[
            chancery_audit::MIGRATIONS,
            chancery_register::MIGRATIONS,
            chancery_ca::MIGRATIONS,
            chancery_ra::MIGRATIONS,
        ])
        .await;
        let start = Timestamp::from_secs(NOW);
        let authority = chancery_ca::testing::authority((*store).clone(), start).await;
        let entropy = Arc::new(SystemEntropy);
        let hashing = HasherConfig {
            cost: KdfCost::TEST,
            running: 2,
            waiting: 256,
        };
        let mut config = RegisterConfig::new("Test");
        config.sandbox = kind == Kind::Sandbox;
        let register = Register::new(
            (*store).clone(),
            Arc::clone(&authority.config.vault),
            SecretHasher::new(hashing, entropy.clone()).unwrap(),
            entropy.clone(),
            config,
        );
        let ra = Ra::new(RaParts {
            store: (*store).clone(),
            vault: Arc::clone(&authority.config.vault),
            register: register.clone(),
            ca: authority.ca.clone(),
            blobs: BlobStore::local(authority.folder.path().join("documents")),
            products: Arc::new(Products::built_in().unwrap()),
            profiles: Arc::clone(&authority.config.profiles),
            entropy: entropy.clone(),
            policy: Policy::default(),
        });
        let clock = Arc::new(AtomicI64::new(NOW));
        let hand = Arc::clone(&clock);
        let roots = authority.ca.authorities().into_iter();
        let roots: Vec<_> = roots.map(|one| one.certificate).collect();
        register.support_own(&roots[..1], start).await.unwrap();
        let published = Published {
            ca: authority.ca.clone(),
            clock: Arc::clone(&clock),
        };
        let origin = format!("https://{HOST}");
        let certificates = Certificates::new(register.clone(), Arc::new(published), &origin)
            .with_authorities(roots.clone());
        let portal = Portal {
            register,
            certificates,
            ra,
            ca: authority.ca.clone(),
            mx: Arc::new(Names),
            store: (*store).clone(),
            environment: Arc::new(Environment {
                name: "Test".to_owned(),
                colour: "#14507a".parse().unwrap(),
                kind,
                public_url: format!("https://{HOST}"),
                certificate_url: Some(format!("https://{HOST}:8444")),
                zone: jiff::tz::TimeZone::UTC,
            }),
            clock: Arc::new(move || Timestamp::from_secs(hand.load(Ordering::Relaxed))),
            entropy,
            limits: Arc::new(Limits::new(rates)),
        };
        Self {
            router: chancery_portal::router(portal.clone()),
            portal,
            store,
            clock,
            authority,
        }
    }

    /// Moves the clock of the portal on.
    pub fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Somebody with these roles and [`PASSWORD`].
    pub async fn person(&self, email: &str, roles: &[Role]) -> PersonId {
        let new = NewPerson {
            full_name: "Jana Nováková".to_owned(),
            email: email.parse().unwrap(),
            language: Language::En,
            roles: Roles::new(roles.iter().copied()),
            password: Some(SecretString::from(PASSWORD)),
        };
        let now = self.portal.now();
        let added = self.portal.register.add_person(&new, Actor::System, now);
        added.await.unwrap()
    }

    /// Takes the register's letters out of the outbox.
    pub async fn letters(&self) -> Vec<Notice> {
        let far = self.portal.now().plus(Duration::from_secs(1_000_000));
        let claimed = outbox::claim(&self.store, far, Duration::from_secs(1), 1000).await;
        let mut notices = Vec::new();
        for delivery in claimed.unwrap() {
            let letter: Letter<Notice> =
                Letter::open(&self.authority.config.vault, delivery.id, &delivery.body).unwrap();
            notices.push(letter.notice);
            outbox::delivered(&self.store, &delivery, far)
                .await
                .unwrap();
        }
        notices
    }

    /// The access code of the last letter.
    pub async fn mailed_code(&self) -> String {
        match self.letters().await.pop() {
            Some(Notice::AccessCode { code, .. } | Notice::NewAccessCode { code, .. }) => code,
            other => panic!("{other:?}"),
        }
    }

    /// Takes the registration authority's letters out of the outbox.
    pub async fn order_letters(&self) -> Vec<chancery_ra::Notice> {
        let far = self.portal.now().plus(Duration::from_secs(1_000_000));
        let claimed = outbox::claim(&self.store, far, Duration::from_secs(1), 1000).await;
        let mut notices = Vec::new();
        for delivery in claimed.unwrap() {
            if delivery.topic == chancery_ra::MAIL_TOPIC {
                let letter: Letter<chancery_ra::Notice> =
                    Letter::open(&self.authority.config.vault, delivery.id, &delivery.body)
                        .unwrap();
                notices.push(letter.notice);
            }
            outbox::delivered(&self.store, &delivery, far)
                .await
                .unwrap();
        }
        notices
    }

    /// A browser elsewhere, over HTTPS.
    pub fn browser(&self) -> Browser<'_> {
        Browser {
            site: self,
            jar: BTreeMap::new(),
            page: String::new(),
            host: HOST.to_owned(),
            peer: "192.0.2.10".parse().unwrap(),
            listener: Listener {
                transport: Transport::Tls,
                address: SocketAddr::from(([192, 0, 2, 1], 443)),
            },
            extra: HeaderMap::new(),
            shown: None,
        }
    }

    /// The same at the listener that asks for certificates, with the one that it showed.
    pub fn showing(&self, certificate: Option<&[u8]>) -> Browser<'_> {
        let mut browser = self.browser();
        browser.host = format!("{HOST}:8444");
        browser.listener = Listener {
            transport: Transport::AsksForCertificate,
            address: SocketAddr::from(([192, 0, 2, 1], 8444)),
        };
        browser.shown = Some(ShownCertificate(certificate.map(Into::into)));
        browser
    }

    /// A browser on the machine itself, over plain HTTP.
    pub fn local_browser(&self) -> Browser<'_> {
        let mut browser = self.browser();
        browser.host = "127.0.0.1:8080".to_owned();
        browser.peer = "127.0.0.1".parse().unwrap();
        browser.listener = Listener {
            transport: Transport::Plain,
            address: SocketAddr::from(([127, 0, 0, 1], 8080)),
        };
        browser
    }
}

/// Keeps cookies, remembers the last page, and sends its token with each form.
pub struct Browser<'a> {
    site: &'a Site,
    pub jar: BTreeMap<String, String>,
    pub page: String,
    pub host: String,
    pub peer: IpAddr,
    pub listener: Listener,
    pub extra: HeaderMap,
    /// The certificate of the TLS handshake.
    pub shown: Option<ShownCertificate>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .unwrap_or_else(|| panic!("{} leads nowhere: {}", self.status, self.body))
            .to_str()
            .unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn title(&self) -> &str {
        between(&self.body, "<title>", "</title>")
    }
}

pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map_or("", |(inside, _)| inside)
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut fields = fields.to_vec();
        fields.insert(0, ("csrf", &token));
        self.post_without_token(path, &fields).await
    }

    /// Sends a form with files and the token of the last page; `files` are field, name and content.
    pub async fn post_files(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const BOUNDARY: &str = "----a-boundary-of-tests";
        let token = self.token();
        let mut body = Vec::new();
        for (name, value) in [("csrf", token.as_str())].iter().chain(fields) {
            body.extend_from_slice(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        for (field, name, content) in files {
            body.extend_from_slice(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                     Content-Type: application/octet-stream\r\n\r\n"
                )
                .as_bytes(),
            );
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = self
            .request("POST", path)
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub async fn post_without_token(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Opens a page and sends its form.
    pub async fn fill(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.get(path).await;
        self.post(path, fields).await
    }

    pub fn token(&self) -> String {
        between(&self.page, r#"name="csrf" value=""#, "\"").to_owned()
    }

    /// The session's cookie, whatever its name.
    pub fn session(&self) -> Option<&str> {
        self.jar
            .iter()
            .find(|(name, _)| {
                name.trim_start_matches("__Host-")
                    .strip_prefix("chancery-")
                    .is_some_and(|tag| tag.len() == 8 && tag.bytes().all(|b| b.is_ascii_hexdigit()))
            })
            .map(|(_, value)| value.as_str())
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self
            .jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host)
            .extension(ConnectInfo(SocketAddr::new(self.peer, 50_000)))
            .extension(self.listener);
        if let Some(shown) = &self.shown {
            request = request.extension(shown.clone());
        }
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.extra {
            request = request.header(name, value);
        }
        request
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.site.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        if !answer.body.is_empty() {
            self.page.clone_from(&answer.body);
        }
        answer
    }

    fn keep(&mut self, line: &str) {
        let (cookie, attributes) = line.split_once(';').unwrap();
        let (name, value) = cookie.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.jar.remove(name);
        } else {
            self.jar.insert(name.to_owned(), value.to_owned());
        }
    }

    pub async fn log_in(&mut self, login: &str, secret: &str) -> Answer {
        self.fill("/login", &[("login", login), ("secret", secret)])
            .await
    }
}

pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|octet| {
            if octet.is_ascii_alphanumeric() {
                char::from(octet).to_string()
            } else {
                format!("%{octet:02X}")
            }
        })
        .collect()
}
