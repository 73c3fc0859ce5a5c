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

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// Keys that code and templates name word for word.
fn named_keys(source: &str) -> Vec<String> {
    [
        ".t(\"",
        ".text(\"",
        ".message(\"",
        ".noticing(\"",
        "Text(\"",
        "heading: \"",
        // In scripts.
        " word(\"",
        "(word(\"",
    ]
    .into_iter()
    .flat_map(|start| source.split(start).skip(1))
    .filter_map(|rest| rest.split('"').next())
    .map(str::to_owned)
    .collect()
}

#[test]
fn every_key_that_code_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known: Vec<String> = words(Language::default().tag())
        .into_values()
        .flat_map(BTreeMap::into_keys)
        .collect();
    let mut keys = 0;
    for file in files(&root.join("src"))
        .into_iter()
        .chain(files(&root.join("../../../templates/pages")))
        .chain(files(&root.join("../../../templates/components")))
        .chain(files(&root.join("../../../web/src")))
    {
        let source = fs::read_to_string(&file).unwrap();
        // The part of a file that tests itself names keys that are missing on purpose.
        let source = source.split("#[cfg(test)]").next().unwrap();
        if file.ends_with("words/tests.rs") {
            continue;
        }
        for key in named_keys(source) {
            keys += 1;
            assert!(known.contains(&key), "{}: {key}", file.display());
        }
    }
    assert!(
        keys > 300,
        "only {keys} keys were found: the search is broken"
    );
}

#[test]
fn every_key_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources: String = [
        root.join("src"),
        root.join("../mail/src"),
        root.join("../../../templates"),
        root.join("../../../web/src"),
    ]
    .iter()
    .flat_map(|folder| files(folder))
    .map(|file| fs::read_to_string(file).unwrap())
    .collect();
    // Keys that end in a name made at run time: their stem stands in a literal, before a brace or the end.
    let stems: Vec<&str> = sources
        .split(['"', '`'])
        .filter_map(|literal| literal.split(['{', '$']).next())
        .filter(|stem| stem.ends_with('-') && stem.len() > 3 && !stem.contains(char::is_whitespace))
        .collect();
    let mut unused = Vec::new();
    let mut files = words(Language::default().tag());
    // Looked up by the names of a certificate's fields; the test of those pages asks for each.
    files.remove("fields.ftl");
    for (file, keys) in files {
        for key in keys.into_keys() {
            let made = stems.iter().any(|stem| key.starts_with(stem));
            // `Badge::meaning` puts this behind the word of a state.
            let meaning = key.ends_with("-means");
            if !made && !meaning && !sources.contains(&format!("\"{key}\"")) {
                unused.push(format!("{file}: {key}"));
            }
        }
    }
    assert!(unused.is_empty(), "{unused:#?}");
}
