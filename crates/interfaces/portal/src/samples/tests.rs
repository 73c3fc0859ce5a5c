use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use chancery_register::{Role, Theme};

use super::{Rendered, render, write_gallery};
use crate::words::Language;

/// As a stranger, a subscriber and staff see them, in every language.
fn everything() -> impl Iterator<Item = (&'static str, Rendered)> {
    let viewers: [&[Role]; 3] = [&[], &[Role::Subscriber], &[Role::RaOfficer]];
    Language::all().flat_map(move |language| {
        viewers.into_iter().flat_map(move |roles| {
            render(language, Theme::System, roles)
                .into_iter()
                .map(move |page| (language.tag(), page))
        })
    })
}

#[test]
fn every_template_has_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../templates/pages");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| format!("pages/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    let sampled: BTreeSet<String> = crate::pages::samples()
        .into_iter()
        .map(|sampled| sampled.template.to_owned())
        .collect();
    assert_eq!(files, sampled);
}

#[test]
fn every_page_has_its_words() {
    for (language, page) in everything() {
        let missing = page
            .html
            .find('⟦')
            .map(|at| &page.html[at..(at + 60).min(page.html.len())]);
        assert_eq!(missing, None, "{} in {language}", page.name);
    }
}

/// The start tags of a page: name and attributes, in order.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(['/', '!']) {
            continue;
        }
        let end = rest.find('>').expect("a tag ends");
        let (tag, after) = rest.split_at(end);
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        tags.push((name.to_owned(), attributes_of(attributes)));
        rest = after;
    }
    tags
}

fn attributes_of(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return found;
        }
        let end = text
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(text.len());
        let (name, after) = text.split_at(end);
        if let Some(after) = after.strip_prefix("=\"") {
            let (value, after) = after.split_once('"').expect("a value ends");
            found.push((name.to_owned(), value.to_owned()));
            text = after;
        } else {
            assert!(!after.starts_with('='), "{name} has an unquoted value");
            found.push((name.to_owned(), String::new()));
            text = after;
        }
    }
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes
        .iter()
        .find(|(attribute, _)| attribute == name)
        .map(|(_, value)| value.as_str())
}

#[test]
fn no_page_needs_what_the_content_security_policy_forbids() {
    for (_, page) in everything() {
        for (tag, attributes) in tags(&page.html) {
            assert_ne!(tag, "style", "{}", page.name);
            for (name, text) in &attributes {
                assert!(
                    name != "style" && !name.starts_with("on"),
                    "{}: <{tag} {name}>",
                    page.name
                );
                assert!(!text.starts_with("javascript:"), "{}", page.name);
            }
            if tag == "script" {
                assert!(value(&attributes, "src").is_some_and(|src| src.starts_with("/assets/")));
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_of_its_own_and_headings_in_order() {
    for (language, page) in everything() {
        let levels: Vec<u32> = tags(&page.html)
            .into_iter()
            .filter_map(|(tag, _)| tag.strip_prefix('h')?.parse().ok())
            .collect();
        let name = &page.name;
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{name} {language}"
        );
        assert_eq!(
            levels.first(),
            Some(&1),
            "{name}: the first heading is the page's own"
        );
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: {levels:?} skips a level");
        }
    }
}

#[test]
fn ids_are_unique_and_what_points_to_them_finds_them() {
    for (_, page) in everything() {
        let tags = tags(&page.html);
        let mut ids = BTreeSet::new();
        for (_, attributes) in &tags {
            if let Some(id) = value(attributes, "id") {
                assert!(ids.insert(id), "{}: {id} twice", page.name);
            }
        }
        for (tag, attributes) in &tags {
            for pointer in [
                "for",
                "aria-describedby",
                "aria-labelledby",
                "aria-controls",
            ] {
                for id in value(attributes, pointer)
                    .into_iter()
                    .flat_map(str::split_whitespace)
                {
                    assert!(
                        ids.contains(id),
                        "{}: <{tag} {pointer}> points to no {id}",
                        page.name
                    );
                }
            }
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_image_a_description() {
    for (_, page) in everything() {
        let tags = tags(&page.html);
        let labelled: BTreeSet<&str> = tags
            .iter()
            .filter(|(tag, _)| tag == "label")
            .filter_map(|(_, attributes)| value(attributes, "for"))
            .collect();
        let described = |attributes: &[(String, String)]| {
            value(attributes, "role") == Some("img")
                && value(attributes, "aria-label").is_some_and(|label| !label.is_empty())
        };
        for (at, (tag, attributes)) in tags.iter().enumerate() {
            let hidden = value(attributes, "type") == Some("hidden");
            if matches!(tag.as_str(), "input" | "select" | "textarea") && !hidden {
                let named = value(attributes, "aria-label").is_some()
                    || value(attributes, "id").is_some_and(|id| labelled.contains(id));
                assert!(
                    named,
                    "{}: a {tag} {attributes:?} without a label",
                    page.name
                );
            }
            if tag == "img" {
                assert!(value(attributes, "alt").is_some(), "{}", page.name);
            }
            if tag == "svg" && value(attributes, "aria-hidden") != Some("true") {
                // A description is its own or that of the element around it.
                let around = at.checked_sub(1).map(|before| &tags[before].1);
                assert!(
                    described(attributes) || around.is_some_and(|outer| described(outer)),
                    "{}: a picture without a description",
                    page.name
                );
            }
        }
    }
}

/// `/orders/{id}` fits `/orders/0123`.
fn fits(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part == given || part.starts_with('{') => {}
            _ => return false,
        }
    }
}

#[test]
fn every_link_and_form_leads_to_a_route() {
    let routes = crate::routes::listing();
    let leads = |method: &str, target: &str| {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        routes
            .iter()
            .any(|(known, route, _)| known.as_str() == method && fits(route, path))
    };
    for (_, page) in everything() {
        for (tag, attributes) in tags(&page.html) {
            match tag.as_str() {
                "a" => {
                    let target = value(&attributes, "href").expect("a link leads somewhere");
                    let elsewhere = target.starts_with('#')
                        || target.starts_with("mailto:")
                        || target.starts_with("https://")
                        // To an authenticator app on the phone that shows the page.
                        || target.starts_with("otpauth://totp/");
                    assert!(elsewhere || leads("GET", target), "{}: {target}", page.name);
                }
                "form" => {
                    let target = value(&attributes, "action").expect("a form says where");
                    let method = value(&attributes, "method").unwrap_or("get").to_uppercase();
                    assert!(leads(&method, target), "{}: {method} {target}", page.name);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_form_that_acts_carries_the_token_first() {
    for (_, page) in everything() {
        let tags = tags(&page.html);
        for (at, (tag, attributes)) in tags.iter().enumerate() {
            if tag == "form" && value(attributes, "method") == Some("post") {
                let (next, token) = &tags[at + 1];
                assert!(
                    next == "input" && value(token, "name") == Some("csrf"),
                    "{}: {attributes:?}",
                    page.name
                );
            }
        }
    }
}

#[test]
fn a_page_with_problems_counts_them_in_its_title() {
    for (_, page) in everything().filter(|(language, _)| *language == "en") {
        if page.html.contains(r#"id="problems""#) {
            assert!(page.html.contains("<title>("), "{}", page.name);
        }
    }
}

#[test]
fn the_sandbox_says_so_on_every_page() {
    for (_, page) in everything() {
        assert!(page.html.contains("environment-sandbox"), "{}", page.name);
    }
}

/// The narrowest look in the language with the longest words; `make screenshots` takes all eight.
#[test]
fn browser_finds_no_fault_with_any_sample() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../conformance");
    let here = |program: &str| {
        let asked = Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    };
    if !scripts.join("node_modules").is_dir() || !here("node") || !here("chromium") {
        eprintln!("skipped: a browser and its scripts are missing (make setup-test installs them)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_gallery(folder.path()).unwrap();
    let words = serde_json::json!({ "gallery": folder.path(), "only": "cs-dark-360" });
    let looked = Command::new("node")
        .arg(scripts.join("gallery.mjs"))
        .arg(words.to_string())
        .output()
        .unwrap();
    assert!(
        looked.status.success(),
        "{}",
        String::from_utf8_lossy(&looked.stderr)
    );
}
