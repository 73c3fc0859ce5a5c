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
use chancery_register::{Person, Theme, Token};
use zeroize::Zeroizing;

use crate::{
    cookies::{self, Cookies},
    error::{Cause, PageError, Trouble},
    offline,
    page::{FormsOf, Page, Viewer},
    pages::{account::handshake, errors},
    respond::{self, Choices, Notice, SessionChange},
    security::{self, Connection},
    state::Portal,
    words::Language,
};

/// What every request passes through, assets included.
pub(crate) async fn door(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let connection = Connection::of(&request);
    // A promise of HTTPS for `localhost` would shut out every other program's port there.
    let binding = connection.is_tls()
        && security::host(&request).is_some_and(|host| !security::is_loopback_name(&host));
    let mut response = match refusal(&portal, &request, connection) {
        None => next.run(request).await,
        Some(refusal) => refusal,
    };
    security::harden(&mut response, binding);
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
    let response = remember(&visit, response);
    if !connection.asks_for_certificate() {
        return response;
    }
    // Whatever is done there ends at the portal's own address.
    match security::leading_to(response, &visit.page.origin()) {
        Ok(response) => response,
        Err(error) => explain_plainly(&portal, error),
    }
}

/// Refuses what did not come to us: another name, or plain HTTP from elsewhere than this machine.
fn refusal(portal: &Portal, request: &Request, connection: Connection) -> Option<Response> {
    let ours = security::host(request)
        .is_some_and(|host| security::is_our_host(&portal.environment, &host));
    if ours_elsewhere(request, connection) {
        let address = portal.environment.public_url.as_str();
        let path = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        return Some(match *request.method() {
            Method::GET | Method::HEAD => respond::see_other(&format!("{address}{path}")),
            _ => StatusCode::NOT_FOUND.into_response(),
        });
    }
    let (status, key) = if !connection.is_private() {
        (StatusCode::FORBIDDEN, "refused-plain-http")
    } else if !ours {
        (StatusCode::MISDIRECTED_REQUEST, "refused-host")
    } else {
        return None;
    };
    let jar = CookieJar::from_headers(request.headers());
    let words = preferred(request.headers(), &jar)
        .unwrap_or_default()
        .message(key)
        .with("address", portal.environment.public_url.as_str())
        .to_string();
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Some((status, kind, words).into_response())
}

/// Whether this page is served at the portal's own address only.
fn ours_elsewhere(request: &Request, connection: Connection) -> bool {
    let path = request.uri().path();
    connection.asks_for_certificate()
        && !path.starts_with("/assets/")
        && !handshake::PATHS.contains(&path)
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
    /// What the browser would like to read, if we have it.
    accepted: Option<Language>,
    here: String,
    /// The service worker asks, for a copy that is nobody's.
    offline: bool,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let offline = offline::is_asked(request);
        let here = if offline {
            request.uri().path()
        } else {
            request
                .uri()
                .path_and_query()
                .map_or("/", |path| path.as_str())
        };
        Self {
            accepted: accepted(request.headers()),
            here: respond::local_path(here, "/").to_owned(),
            jar: if offline {
                CookieJar::new()
            } else {
                CookieJar::from_headers(request.headers())
            },
            offline,
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
        accepted,
        here,
        offline,
    } = asked;
    // Cookies do not know ports: where certificates are asked for, they are those of the portal's own address.
    let secure = if connection.asks_for_certificate() {
        portal.environment.public_url.starts_with("https:")
    } else {
        connection.is_tls()
    };
    let cookies = Cookies::new(&portal.environment, secure);
    let now = portal.now();

    let session = cookies.session(&jar);
    let known = match &session {
        Some(token) => viewer(portal, token, connection.peer).await?,
        None => None,
    };
    // What was chosen by hand in this browser, else what the person chose elsewhere, else what the
    // browser asks for.
    let own = known.as_ref().map(|(_, person)| person);
    let language = chosen_language(&jar)
        .or_else(|| own.and_then(|person| Language::from_tag(person.language.tag())))
        .or(accepted)
        .unwrap_or_default();
    let theme = chosen_theme(&jar)
        .or_else(|| own.map(|person| person.theme))
        .unwrap_or_default();
    let viewer = known.map(|(viewer, _)| viewer);
    let (forms, new_visitor) = match (&viewer, cookies.visitor(&jar)) {
        _ if offline => (FormsOf::Visitor(String::new()), None),
        (Some(viewer), _) => (FormsOf::Session(viewer.principal.session), None),
        (None, Some(cookie)) => (FormsOf::Visitor(cookie), None),
        (None, None) => {
            let token = portal.register.new_visitor()?;
            (FormsOf::Visitor(token.expose().to_owned()), Some(token))
        }
    };
    let csrf = match &forms {
        // There are no forms in it.
        FormsOf::Visitor(_) if offline => Ok(String::new()),
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
            theme,
            now,
            here,
            csrf,
            forms,
            notice,
            viewer,
            problems: 0,
            offline,
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
) -> Result<Option<(Viewer, Person)>, PageError> {
    let Some(principal) = portal.register.session(token, portal.now()).await? else {
        return Ok(None);
    };
    let person = portal.register.person(principal.person).await?;
    Ok(person.map(|person| {
        let viewer = Viewer {
            name: person.full_name.clone(),
            principal: match peer {
                Some(peer) => principal.at(peer),
                None => principal,
            },
        };
        (viewer, person)
    }))
}

/// The language to refuse in, before anybody is known.
fn preferred(headers: &HeaderMap, jar: &CookieJar) -> Option<Language> {
    chosen_language(jar).or_else(|| accepted(headers))
}

fn chosen_language(jar: &CookieJar) -> Option<Language> {
    Language::from_tag(jar.get(cookies::LANGUAGE)?.value())
}

fn chosen_theme(jar: &CookieJar) -> Option<Theme> {
    jar.get(cookies::THEME)?.value().parse().ok()
}

fn accepted(headers: &HeaderMap) -> Option<Language> {
    Language::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
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
    errors::page(page, reading, status, trouble, event)
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
        StatusCode::REQUEST_TIMEOUT => Trouble::Page("too-slow"),
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
