//! The middleware around every request: whom it lets in, who visits, what the browser remembers, and the
//! pages of errors.

use std::net::IpAddr;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use chancery_keys::random;
use chancery_register::{Theme, Token};
use zeroize::Zeroizing;

use crate::{
    cookies::{self, Cookies},
    error::{Cause, PageError, Trouble},
    page::{FormsOf, Page, Viewer},
    pages::errors,
    respond::{self, Choices, Notice, SessionChange},
    security::{self, Connection},
    state::Portal,
    words::Language,
};

/// What every request passes through, assets included.
pub(crate) async fn door(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let connection = Connection::of(&request);
    let mut response = match gate(&portal, &request, connection) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal,
    };
    security::harden(&mut response, connection);
    response
}

/// Runs a request for a page inside its visit.
pub(crate) async fn visit(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Response {
    let connection = Connection::of(&request);
    let visit = match welcome(&portal, Asked::of(&request), connection).await {
        Ok(visit) => visit,
        Err(error) => return explain_plainly(&portal, error),
    };
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    request.extensions_mut().insert(visit.page.clone());
    request.extensions_mut().insert(visit.session.clone());
    if let Some(peer) = connection.peer {
        request.extensions_mut().insert(Peer(peer));
    }
    let response = next.run(request).await;
    let response = explain(&portal, &visit.page, reading, response);
    remember(&visit, response)
}

/// Refuses what did not come to us: another name, or plain HTTP from elsewhere than this machine.
fn gate(portal: &Portal, request: &Request, connection: Connection) -> Result<(), Response> {
    let language = preferred(
        request.headers(),
        &CookieJar::from_headers(request.headers()),
    );
    let refuse = |status: StatusCode, key: &'static str| {
        let words = language
            .message(key)
            .with("address", portal.environment.public_url.as_str())
            .to_string();
        Err((
            status,
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            words,
        )
            .into_response())
    };
    if !connection.is_private() {
        return refuse(StatusCode::FORBIDDEN, "refused-plain-http");
    }
    match security::host(request) {
        Some(host) if security::is_our_host(&portal.environment, &host) => Ok(()),
        _ => refuse(StatusCode::MISDIRECTED_REQUEST, "refused-host"),
    }
}

/// Where the request comes from, as a handler's argument.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub IpAddr);

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Self>()
            .copied()
            .ok_or(PageError::Forbidden)
    }
}

/// The session's token as the browser sent it, as a handler's argument; empty where there is none.
#[derive(Clone, Default)]
pub(crate) struct SessionToken(pub Zeroizing<String>);

impl<S: Sync> FromRequestParts<S> for SessionToken {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(PageError::LogInFirst)
    }
}

struct Visit {
    page: Page,
    session: SessionToken,
    cookies: Cookies,
    /// Set where the browser brought no cookie yet.
    new_visitor: Option<Token>,
    had_notice: bool,
}

/// What a visit takes from a request, whose body cannot be shared while the store is asked.
struct Asked {
    jar: CookieJar,
    language: Language,
    here: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let jar = CookieJar::from_headers(request.headers());
        let here = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        Self {
            language: preferred(request.headers(), &jar),
            here: respond::local_path(here, "/").to_owned(),
            jar,
        }
    }
}

async fn welcome(
    portal: &Portal,
    asked: Asked,
    connection: Connection,
) -> Result<Visit, PageError> {
    let Asked {
        jar,
        language,
        here,
    } = asked;
    let cookies = Cookies::new(&portal.environment, connection.is_tls());
    let now = portal.now();

    let session = cookies.session(&jar);
    let viewer = match &session {
        Some(token) => viewer(portal, token, connection.peer).await?,
        None => None,
    };
    let (forms, new_visitor) = match (&viewer, cookies.visitor(&jar)) {
        (Some(viewer), _) => (FormsOf::Session(viewer.principal.session), None),
        (None, Some(cookie)) => (FormsOf::Visitor(cookie), None),
        (None, None) => {
            let token = portal.register.new_visitor()?;
            (FormsOf::Visitor(token.expose().to_owned()), Some(token))
        }
    };
    let csrf = match &forms {
        FormsOf::Session(session) => portal.register.csrf(*session, now),
        FormsOf::Visitor(cookie) => portal.register.visitor_csrf(cookie, now),
    }?;

    let notice = cookies
        .notice(&jar)
        .filter(|key| key.starts_with("notice-"))
        .and_then(|key| language.find(&key));
    let had_notice = cookies.notice(&jar).is_some();
    Ok(Visit {
        page: Page {
            environment: portal.environment.clone(),
            language,
            theme: jar
                .get(cookies::THEME)
                .and_then(|cookie| cookie.value().parse().ok())
                .unwrap_or(Theme::System),
            now,
            here,
            csrf,
            forms,
            notice,
            viewer,
            problems: 0,
        },
        session: SessionToken(Zeroizing::new(session.unwrap_or_default())),
        cookies,
        new_visitor,
        had_notice,
    })
}

async fn viewer(
    portal: &Portal,
    token: &str,
    peer: Option<IpAddr>,
) -> Result<Option<Viewer>, PageError> {
    let Some(principal) = portal.register.session(token, portal.now()).await? else {
        return Ok(None);
    };
    let person = portal.register.person(principal.person).await?;
    Ok(person.map(|person| Viewer {
        name: person.full_name,
        principal: match peer {
            Some(peer) => principal.at(peer),
            None => principal,
        },
    }))
}

/// What was chosen, else what the browser asks for.
fn preferred(headers: &HeaderMap, jar: &CookieJar) -> Language {
    jar.get(cookies::LANGUAGE)
        .and_then(|cookie| Language::from_tag(cookie.value()))
        .or_else(|| {
            let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Language::accepted(header)
        })
        .unwrap_or_default()
}

fn hex(octets: &[u8]) -> String {
    use std::fmt::Write as _;
    octets.iter().fold(String::new(), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}

/// Whether the token was made for the session or visitor of this page.
pub(crate) fn is_token(portal: &Portal, page: &Page, token: &str) -> bool {
    match &page.forms {
        FormsOf::Session(session) => portal.register.csrf_fits(*session, token, page.now),
        FormsOf::Visitor(cookie) => portal.register.visitor_csrf_fits(cookie, token, page.now),
    }
}

/// Draws the page of an error, or sends the visitor to what has to be done first.
fn explain(portal: &Portal, page: &Page, reading: bool, response: Response) -> Response {
    let status = response.status();
    let trouble = match response.extensions().get::<Trouble>().copied() {
        Some(Trouble::Detour(path)) => {
            let back = page.here.as_str();
            return if path == "/login" && reading && back != "/" {
                respond::see_other(&format!("{path}?next={}", respond::in_query(back)))
            } else {
                respond::see_other(path)
            };
        }
        Some(trouble) => trouble,
        None if is_bare_error(&response) => plain_trouble(status),
        None => return response,
    };
    let event = match trouble {
        Trouble::Fault => Some(log(portal, response.extensions().get::<Cause>())),
        _ => None,
    };
    errors::page(page, status, trouble, event)
}

fn log(portal: &Portal, cause: Option<&Cause>) -> String {
    let event = random::<5>(portal.entropy.as_ref()).map_or_else(|_| "0".to_owned(), |e| hex(&e));
    let cause = cause.map_or("no cause given", |cause| cause.0.as_str());
    tracing::error!(event, cause, "a page failed");
    event
}

/// When even the visitor is unknown, a few words have to do.
fn explain_plainly(portal: &Portal, error: PageError) -> Response {
    let response = error.into_response();
    let event = log(portal, response.extensions().get::<Cause>());
    let words = Language::default()
        .message("error-plain")
        .with("event", event)
        .to_string();
    (response.status(), words).into_response()
}

/// An answer of the router or an extractor that no page has been drawn for.
fn is_bare_error(response: &Response) -> bool {
    let status = response.status();
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    (status.is_client_error() || status.is_server_error())
        && (kind.is_empty() || kind.starts_with("text/plain"))
}

fn plain_trouble(status: StatusCode) -> Trouble {
    match status {
        StatusCode::NOT_FOUND => Trouble::Page("not-found"),
        StatusCode::METHOD_NOT_ALLOWED => Trouble::Page("not-here"),
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::Page("too-large"),
        status if status.is_server_error() => Trouble::Fault,
        _ => Trouble::Page("malformed"),
    }
}

fn remember(visit: &Visit, mut response: Response) -> Response {
    let mut set = Vec::new();
    if let Some(visitor) = &visit.new_visitor {
        set.push(visit.cookies.set_visitor(visitor.expose()));
    }
    match response.extensions().get::<SessionChange>() {
        Some(SessionChange::Begin(token)) => set.push(visit.cookies.set_session(token.expose())),
        Some(SessionChange::End) => set.push(visit.cookies.clear_session()),
        None => {}
    }
    match response.extensions().get::<Notice>() {
        Some(Notice(key)) => set.push(visit.cookies.set_notice(key)),
        None if visit.had_notice && !response.status().is_redirection() => {
            set.push(visit.cookies.clear_notice());
        }
        None => {}
    }
    if let Some(Choices(choices)) = response.extensions().get::<Choices>() {
        for (name, value) in choices {
            set.push(visit.cookies.set_choice(name, value));
        }
    }
    for line in set {
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, line);
        }
    }
    response
}
