use std::{collections::BTreeMap, fs, path::Path};

use fluent_templates::fluent_bundle::FluentResource;

use super::Language;

#[test]
fn the_fallback_comes_first() {
    let tags: Vec<&str> = Language::all().map(Language::tag).collect();
    assert_eq!(tags, ["en", "cs"]);
    assert_eq!(Language::default().tag(), "en");
}

#[test]
fn weights_decide_which_language_is_accepted() {
    let accepted = |header| Language::accepted(header).map(Language::tag);
    assert_eq!(accepted("cs-CZ,cs;q=0.9,en;q=0.8"), Some("cs"));
    assert_eq!(accepted("en;q=0.3, cs;q=0.7"), Some("cs"));
    assert_eq!(accepted("de-AT, en;q=0.5"), Some("en"));
    assert_eq!(accepted("cs;q=0"), None);
    assert_eq!(accepted("de, *"), None);
    assert_eq!(accepted(";;q=,,"), None);
}

#[test]
fn values_are_filled_in_without_isolating_marks() {
    let text = Language::default()
        .message("title-in-environment")
        .with("title", "Home")
        .with("environment", "Sandbox")
        .to_string();
    assert!(text.contains("Home") && text.contains("Sandbox"), "{text}");
    assert!(!text.contains('\u{2068}'));
}

#[test]
fn a_missing_key_is_marked() {
    assert_eq!(
        Language::default().message("no-such-key").to_string(),
        "⟦no-such-key⟧"
    );
}

/// File name to the messages it defines, with the variables each uses.
fn words(tag: &str) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../locales")
        .join(tag);
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let source = fs::read_to_string(entry.path()).unwrap();
            let resource = FluentResource::try_new(source.clone())
                .unwrap_or_else(|(_, errors)| panic!("{tag}/{name}: {errors:?}"));
            drop(resource);
            (name, messages(&source))
        })
        .collect()
}

fn messages(source: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (key, _) = line.split_once('=').expect("a message has a value");
            current = key.trim().to_owned();
            assert!(
                found.insert(current.clone(), Vec::new()).is_none(),
                "{current} is defined twice"
            );
        }
        for piece in line.split('$').skip(1) {
            let name: String = piece
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            let names = found
                .get_mut(&current)
                .expect("a variable is inside a message");
            if !names.contains(&name) {
                names.push(name);
                names.sort();
            }
        }
    }
    found
}

#[test]
fn every_language_has_the_same_files_keys_and_variables() {
    let reference = words(Language::default().tag());
    for language in Language::all() {
        let other = words(language.tag());
        assert_eq!(
            reference.keys().collect::<Vec<_>>(),
            other.keys().collect::<Vec<_>>(),
            "files of {}",
            language.tag()
        );
        for (file, keys) in &reference {
            assert_eq!(keys, &other[file], "{}/{file}", language.tag());
        }
    }
}

#[test]
fn no_two_files_of_a_language_define_the_same_key() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (file, keys) in words(Language::default().tag()) {
        for key in keys.into_keys() {
            if let Some(former) = seen.insert(key.clone(), file.clone()) {
                panic!("{key} is in {former} and in {file}");
            }
        }
    }
}
