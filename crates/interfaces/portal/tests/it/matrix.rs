//! Every route against every role: who is let in is what the table says, and no handler decides otherwise.

use axum::http::{Method, StatusCode};
use chancery_portal::{Needs, listing};
use chancery_register::{PersonId, Role};

use crate::site::{Browser, Site};

const NOBODY: &str = "00000000000000000000000000000000";

/// `/orders/{id}` as `/orders/000…`.
fn concrete(path: &str) -> String {
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| if part.starts_with('{') { NOBODY } else { part })
        .collect();
    parts.join("/")
}

pub async fn as_somebody(site: &Site, person: PersonId) -> Browser<'_> {
    let mut browser = site.local_browser();
    browser.get("/sandbox").await;
    let answer = browser.post(&format!("/sandbox/login/{person}"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    browser.get("/profile").await;
    browser
}

async fn ask(browser: &mut Browser<'_>, method: &Method, path: &str) -> StatusCode {
    if *method == Method::GET {
        browser.get(path).await.status
    } else {
        browser.post(path, &[]).await.status
    }
}

#[tokio::test]
async fn strangers_reach_only_what_needs_nothing() {
    let site = Site::sandbox().await;
    for (method, path, needs) in listing() {
        let mut browser = site.browser();
        browser.get("/help").await;
        let path = concrete(path);
        let answer = if method == Method::GET {
            browser.get(&path).await
        } else {
            browser.post(&path, &[]).await
        };
        match needs {
            Needs::Nothing | Needs::Sandbox => {
                assert_ne!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
                assert!(
                    !answer.status.is_server_error(),
                    "{method} {path}: {}",
                    answer.body
                );
            }
            Needs::SandboxHere => {
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
            }
            _ => {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{method} {path}");
                assert!(answer.location().starts_with("/login"), "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn each_role_reaches_what_it_is_permitted_and_no_more() {
    let site = Site::sandbox().await;
    for (role, at) in Role::ALL.into_iter().zip(1..) {
        let person = site.person(&format!("{role}@example.com"), &[role]).await;
        for (method, path, needs) in listing() {
            let permitted = match needs {
                Needs::Permission(permission) => role.permits(permission),
                Needs::AnyOf(permissions) => permissions.iter().any(|one| role.permits(*one)),
                _ => continue,
            };
            // A browser of its own each: some of these acts log out.
            let mut browser = as_somebody(&site, person).await;
            // Limits are by address.
            browser.peer = [127, 0, 0, at].into();
            let status = ask(&mut browser, &method, &concrete(path)).await;
            if permitted {
                assert_ne!(status, StatusCode::FORBIDDEN, "{role} {method} {path}");
                assert!(!status.is_server_error(), "{role} {method} {path}");
            } else {
                assert_eq!(status, StatusCode::FORBIDDEN, "{role} {method} {path}");
            }
        }
    }
}

#[test]
fn no_line_of_the_table_is_there_twice() {
    let mut lines: Vec<(String, &str)> = listing()
        .into_iter()
        .map(|(method, path, _)| (method.to_string(), path))
        .collect();
    lines.sort();
    let before = lines.len();
    lines.dedup();
    assert_eq!(lines.len(), before);
}
