//! Files that leave the portal: named safely, never guessed at, never run.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use super::paging::encode;

/// A file to be saved.
pub(crate) fn attachment(media_type: &'static str, name: &str, content: Vec<u8>) -> Response {
    file(media_type, "attachment", name, content)
}

/// A stranger's document, shown in the browser: it may do nothing, and only our own page may frame it.
pub(crate) fn document(media_type: &'static str, name: &str, content: Vec<u8>) -> Response {
    let mut response = file(media_type, "inline", name, content);
    let headers = response.headers_mut();
    // The styles are those of the browser's own viewers of images and PDF.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        ),
    );
    headers.insert(
        header::X_FRAME_OPTIONS,
        HeaderValue::from_static("SAMEORIGIN"),
    );
    response
}

fn file(media_type: &'static str, how: &str, name: &str, content: Vec<u8>) -> Response {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&disposition(how, name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Both forms of the name (RFC 6266 section 4.3): a plain one for old programs, the real one encoded.
fn disposition(how: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() => c,
            '.' | '-' | '_' | ' ' => c,
            _ => '_',
        })
        .take(120)
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    let plain = if plain.is_empty() { "file" } else { plain };
    format!(
        "{how}; filename=\"{plain}\"; filename*=UTF-8''{}",
        encode(name)
    )
}

/// A part of a file name from a text: what any file system takes.
pub(crate) fn stem(text: &str) -> String {
    let mut stem = String::new();
    for c in text.chars().take(80) {
        if c.is_ascii_alphanumeric() {
            stem.push(c.to_ascii_lowercase());
        } else if !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_matches('-');
    if stem.is_empty() {
        "certificate".to_owned()
    } else {
        stem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::{disposition, document, stem};

    #[test]
    fn a_name_cannot_leave_its_quotes_or_its_line() {
        assert_eq!(
            disposition("inline", "a\"; x=\"b\r\nSet-Cookie: c.pdf"),
            "inline; filename=\"a__ x__b__Set-Cookie_ c.pdf\"; \
             filename*=UTF-8''a%22%3B%20x%3D%22b%0D%0ASet-Cookie%3A%20c.pdf"
        );
        assert_eq!(
            disposition("inline", "../../výpis.pdf"),
            "inline; filename=\"_.._v_pis.pdf\"; filename*=UTF-8''..%2F..%2Fv%C3%BDpis.pdf"
        );
        assert!(disposition("inline", "…").contains("filename=\"_\""));
    }

    #[test]
    fn a_document_can_do_nothing() {
        let response = document("application/pdf", "a.pdf", b"%PDF-".to_vec());
        let policy = &response.headers()[header::CONTENT_SECURITY_POLICY];
        assert!(
            policy
                .to_str()
                .unwrap()
                .starts_with("sandbox; default-src 'none'")
        );
        assert_eq!(
            response.headers()[header::X_CONTENT_TYPE_OPTIONS],
            "nosniff"
        );
    }

    #[test]
    fn a_stem_fits_every_file_system() {
        assert_eq!(stem("Jana Nováková"), "jana-nov-kov");
        assert_eq!(stem("Žluť"), "lu");
        assert_eq!(stem("../.."), "certificate");
    }
}
