//! What honest sellers write, by language: no title of `tests/titles` may read as an admission or as a hint, and no language has such phrases
//! without titles that try them.
//!
//! A phrase that finds copies in one language is an ordinary word in the next, and a list of phrases alone does not show it. So a language has
//! phrases only where enough genuine titles of it, rich in the false friends of those phrases, are judged here.
#![allow(clippy::unwrap_used, reason = "a test's helpers are tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use touchstone::embedded;
use touchstone::engine::Engine;
use touchstone::listing::{Condition, Listing};
use touchstone::rules::words::WordList;

/// So many titles a language needs before it may have phrases.
const FEWEST: usize = 150;
const LISTS: [&str; 3] = ["admissions", "replica", "hints"];
const SIGNALS: [&str; 2] = ["seller-admits", "seller-hints"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Titles by the file's name, a BCP 47 language.
fn titles() -> BTreeMap<String, Vec<String>> {
    let folder = root().join("tests/titles");
    let mut titles = BTreeMap::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let language = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let lines = fs::read_to_string(&path).unwrap();
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        titles.insert(language, lines.map(str::to_owned).collect());
    }
    titles
}

/// How many phrases the lists have in each language. Read from the data itself: the compiled form leaves languages out.
fn phrases() -> BTreeMap<String, usize> {
    let mut languages = BTreeMap::new();
    for list in LISTS {
        let text = fs::read_to_string(root().join(format!("data/words/{list}.toml"))).unwrap();
        let list: WordList = toml::from_str(&text).unwrap();
        for phrase in list.phrases {
            *languages.entry(phrase.language).or_default() += 1;
        }
    }
    languages
}

/// Whether a file of titles is in the language of a phrase: `zh-Hans` is, of `zh`.
fn is_in(file: &str, language: &str) -> bool {
    file.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[test]
fn no_honest_title_admits_or_hints() {
    let engine = Engine::new(embedded::rules().unwrap()).unwrap();
    let mut alarms = Vec::new();
    for (language, titles) in titles() {
        for title in titles {
            let listing = Listing { title: Some(title.clone()), condition: Some(Condition::New), ..Listing::default() };
            for signal in engine.assess(&listing, None).signals {
                if SIGNALS.contains(&signal.code.as_str()) {
                    alarms.push(format!("{language}: {} in {:?} of {title:?}", signal.code, signal.evidence));
                }
            }
        }
    }
    assert!(
        alarms.is_empty(),
        "{} honest titles read as a copy's; give the phrase an `unless` or a `beside`, or take it out:\n{}",
        alarms.len(),
        alarms.join("\n")
    );
}

#[test]
fn no_title_stands_twice() {
    for (language, mut titles) in titles() {
        titles.sort();
        let twice: Vec<_> = titles.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(twice.is_empty(), "{language}: {twice:#?}");
    }
}

#[test]
fn a_language_has_phrases_only_where_honest_titles_try_them() {
    let titles = titles();
    for (language, phrases) in phrases() {
        let files: Vec<_> = titles.iter().filter(|(file, _)| is_in(file, &language)).collect();
        let enough = !files.is_empty() && files.iter().all(|(_, titles)| titles.len() >= FEWEST);
        let counts: Vec<_> = files.iter().map(|(file, titles)| format!("{file}.txt has {}", titles.len())).collect();
        assert!(
            enough,
            "{language} has {phrases} phrases in {} and needs {FEWEST} honest titles in tests/titles; {}",
            LISTS.join(", "),
            if counts.is_empty() { "there are none".to_owned() } else { counts.join(", ") }
        );
    }
    for language in titles.keys() {
        assert!(!titles[language].is_empty(), "tests/titles/{language}.txt has no title");
    }
}
