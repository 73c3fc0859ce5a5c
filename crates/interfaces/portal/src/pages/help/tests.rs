use std::{collections::BTreeSet, fs, path::Path};

use super::{drawing, guide};
use crate::{menu, words::Language};

#[test]
fn the_help_of_every_page_is_a_guide_that_exists() {
    for path in [
        "/orders/1",
        "/catalogue",
        "/certificates/2",
        "/desk",
        "/dashboard",
    ] {
        let slug = menu::help(path).strip_prefix("/help/").unwrap();
        assert!(guide::guides().any(|guide| guide.slug == slug), "{slug}");
    }
    assert_eq!(menu::help("/login"), "/help");
}

#[test]
fn guides_have_the_words_that_they_say_and_no_others() {
    let said: BTreeSet<String> = guide::guides()
        .flat_map(guide::Guide::words)
        .chain(
            guide::drawings()
                .flat_map(drawing::Drawing::words)
                .map(str::to_owned),
        )
        .chain(guide::TOPICS.iter().map(|topic| topic.heading.to_owned()))
        .chain(["help-lead", "help-all", "help-see"].map(str::to_owned))
        .collect();
    for language in Language::all() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../locales")
            .join(language.tag())
            .join("guides.ftl");
        let known: BTreeSet<String> = fs::read_to_string(file)
            .unwrap()
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
            .collect();
        let unsaid: Vec<&String> = known.difference(&said).collect();
        let unknown: Vec<&String> = said.difference(&known).collect();
        assert!(
            unsaid.is_empty() && unknown.is_empty(),
            "{}: never said: {unsaid:?}; not there: {unknown:?}",
            language.tag()
        );
    }
}

#[test]
fn a_picture_is_described_in_a_sentence_of_its_own() {
    for language in Language::all() {
        for drawing in guide::drawings() {
            let alt = language.message(drawing.alt).to_string();
            assert!(
                alt.len() > 30 && alt.ends_with('.'),
                "{} in {}: {alt}",
                drawing.alt,
                language.tag()
            );
        }
    }
}

#[test]
fn no_two_guides_share_an_address() {
    let slugs: Vec<&str> = guide::guides().map(|guide| guide.slug).collect();
    let different: BTreeSet<&str> = slugs.iter().copied().collect();
    assert_eq!(slugs.len(), different.len());
}
