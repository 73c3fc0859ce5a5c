//! Cache headers (RFC 9111, RFC 5019 section 6) and conditional requests (RFC 9110 section 13).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use bytes::Bytes;
use chancery_store::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

/// A signed thing and how long it may be kept.
pub(crate) struct Document {
    pub content_type: &'static str,
    pub body: Bytes,
    /// Unique for these octets at this address; visible ASCII without quotes.
    pub tag: String,
    pub modified_at: Timestamp,
    /// When it ends by its own word.
    pub ends_at: Option<Timestamp>,
    /// Until when others may serve it without asking.
    pub keep_until: Timestamp,
}

/// The document, or 304 where the asker has it (RFC 9110 section 13.2.2).
pub(crate) fn respond(document: Document, asked: &HeaderMap, now: Timestamp) -> Response<Body> {
    let tag = format!("\"{}\"", document.tag);
    let unchanged = match asked.get(header::IF_NONE_MATCH) {
        Some(tags) => matches_tag(tags, &tag),
        None => asked
            .get(header::IF_MODIFIED_SINCE)
            .and_then(parse_date)
            .is_some_and(|since| document.modified_at.as_secs() <= since),
    };
    let seconds = document.keep_until.as_secs().saturating_sub(now.as_secs());
    let control = if seconds > 0 {
        // must-revalidate: after that, nobody may make do with it.
        format!("public, max-age={seconds}, no-transform, must-revalidate")
    } else {
        "no-cache".to_owned()
    };
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    put(headers, header::CACHE_CONTROL, &control);
    put(headers, header::ETAG, &tag);
    put_date(headers, header::LAST_MODIFIED, document.modified_at);
    if let Some(ends_at) = document.ends_at {
        put_date(headers, header::EXPIRES, ends_at);
    }
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    put(headers, header::CONTENT_TYPE, document.content_type);
    no_sniff(headers);
    *response.body_mut() = Body::from(document.body);
    response
}

/// Octets that nobody may keep.
pub(crate) fn respond_once(content_type: &'static str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    put(headers, header::CACHE_CONTROL, "no-store");
    put(headers, header::CONTENT_TYPE, content_type);
    no_sniff(headers);
    response
}

/// A refusal in one line of text.
pub(crate) fn refuse(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = respond_once(
        "text/plain; charset=utf-8",
        Bytes::from_static(words.as_bytes()),
    );
    *response.status_mut() = status;
    response
}

fn no_sniff(headers: &mut HeaderMap) {
    put(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
}

/// A weak comparison (RFC 9110 section 13.1.2): whether any of the tags is this one, or `*`.
fn matches_tag(tags: &HeaderValue, tag: &str) -> bool {
    let Ok(tags) = tags.to_str() else {
        return false;
    };
    tags.split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == "*" || one == tag)
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    // All values are made here, of visible ASCII.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn put_date(headers: &mut HeaderMap, name: header::HeaderName, at: Timestamp) {
    let text = jiff::Timestamp::from_second(at.as_secs())
        .and_then(|at| DateTimePrinter::new().timestamp_to_rfc9110_string(&at));
    if let Ok(text) = text {
        put(headers, name, &text);
    }
}

fn parse_date(value: &HeaderValue) -> Option<i64> {
    let at = DateTimeParser::new().parse_timestamp(value.to_str().ok()?);
    at.ok().map(jiff::Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Document, HeaderMap, HeaderValue, StatusCode, Timestamp, header, respond};

    /// 20 November 2026, 12:00:00 UTC.
    const NOW: Timestamp = Timestamp::from_secs(1_795_176_000);

    fn document(keep: i64) -> Document {
        Document {
            content_type: "application/pkix-crl",
            body: Bytes::from_static(b"list"),
            tag: "7".to_owned(),
            modified_at: NOW,
            ends_at: Some(Timestamp::from_secs(NOW.as_secs() + 100)),
            keep_until: Timestamp::from_secs(NOW.as_secs() + keep),
        }
    }

    fn status(name: header::HeaderName, value: &'static str) -> StatusCode {
        let mut asked = HeaderMap::new();
        asked.insert(name, HeaderValue::from_static(value));
        respond(document(10), &asked, NOW).status()
    }

    #[test]
    fn says_how_long_and_since_when() {
        let response = respond(document(10), &HeaderMap::new(), NOW);
        let text = |name| response.headers()[name].to_str().unwrap();
        assert_eq!(
            text(header::CACHE_CONTROL),
            "public, max-age=10, no-transform, must-revalidate"
        );
        assert_eq!(text(header::ETAG), "\"7\"");
        assert_eq!(text(header::LAST_MODIFIED), "Fri, 20 Nov 2026 12:00:00 GMT");
        assert_eq!(text(header::EXPIRES), "Fri, 20 Nov 2026 12:01:40 GMT");
        let old = respond(document(-1), &HeaderMap::new(), NOW);
        assert_eq!(old.headers()[header::CACHE_CONTROL], "no-cache");
    }

    #[test]
    fn is_not_sent_to_who_has_it() {
        let same = StatusCode::NOT_MODIFIED;
        for tags in ["\"7\"", "W/\"7\"", "\"1\", \"7\"", "*"] {
            assert_eq!(status(header::IF_NONE_MATCH, tags), same, "{tags}");
        }
        assert_eq!(status(header::IF_NONE_MATCH, "\"8\""), StatusCode::OK);
        let since = header::IF_MODIFIED_SINCE;
        assert_eq!(status(since.clone(), "Fri, 20 Nov 2026 12:00:00 GMT"), same);
        assert_eq!(
            status(since.clone(), "Fri, 20 Nov 2026 11:59:59 GMT"),
            StatusCode::OK
        );
        assert_eq!(status(since, "yesterday"), StatusCode::OK);
    }
}
