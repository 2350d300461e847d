//! Reads every file under `data/` into the types of `src/rules`, and embeds them as postcard. A file that does not parse fails the build
//! with its name, line and reason. What only checks need is left out: every byte here is one that a shopper downloads.
//!
//! Also embeds which letters of other scripts are drawn like a Latin one, the small part of Unicode's confusables (UTS #39) that is read.

use std::{env, fs, path::Path, process::exit};
use unicode_normalization::char::is_combining_mark;

#[path = "src/rules/mod.rs"]
#[allow(dead_code, missing_docs)]
mod rules;

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/rules");
    match read() {
        Ok(rules) => {
            embed("rules.bin", &postcard::to_allocvec(&without_what_only_checks_need(rules)).expect("rules are plain data"));
            embed("look_alikes.bin", &look_alikes());
        }
        Err(message) => {
            println!("cargo::error={}", message.replace('\n', " "));
            exit(1);
        }
    }
}

fn embed(name: &str, bytes: &[u8]) {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(name), bytes).expect("OUT_DIR can be written");
}

/// `data check` reads the files themselves: their cases and the words on where a fact comes from stay there. Dates go along.
fn without_what_only_checks_need(mut rules: rules::Rules) -> rules::Rules {
    for marketplace in &mut rules.marketplaces {
        marketplace.cases.clear();
        marketplace.basis.source.clear();
    }
    rules.generic.cases.clear();
    rules.generic.basis.source.clear();
    for trade in &mut rules.goods {
        trade.cases.clear();
        trade.basis.source.clear();
    }
    for words in &mut rules.words {
        words.cases.clear();
        words.basis.source.clear();
        words.says.clear();
        words.phrases.iter_mut().for_each(|phrase| phrase.language.clear());
    }
    for brand in &mut rules.brands {
        brand.cases.clear();
        let lines = brand.lines.iter_mut().map(|line| &mut line.from);
        let facts = brand.domains.iter_mut().chain(&mut brand.authenticity).map(|fact| &mut fact.basis);
        let sellers = brand.sellers.iter_mut().map(|seller| &mut seller.basis);
        lines.chain(facts).chain(sellers).chain([&mut brand.basis]).for_each(|basis| basis.source.clear());
    }
    rules
}

/// Letters beyond ASCII whose confusable skeleton is one Latin letter, in order: three bytes of code point, one of the letter in lower case.
fn look_alikes() -> Vec<u8> {
    let letters = ('\u{80}'..=char::MAX).filter(|c| c.is_alphabetic());
    let pairs = letters.filter_map(|c| Some((c, prototype(c)?)));
    pairs.flat_map(|(c, letter)| (u32::from(c) << 8 | u32::from(letter)).to_be_bytes()).collect()
}

/// The ASCII letter of the character's skeleton, marks aside. Skeletons write `m` as `rn`.
fn prototype(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut letters = unicode_security::skeleton(c.encode_utf8(&mut buffer)).filter(|&c| !is_combining_mark(c));
    match (letters.next(), letters.next(), letters.next()) {
        (Some(letter), None, _) if letter.is_ascii_alphabetic() => Some(letter.to_ascii_lowercase()),
        (Some('r'), Some('n'), None) => Some('m'),
        _ => None,
    }
}

fn read() -> Result<rules::Rules, String> {
    Ok(rules::Rules {
        marketplaces: folder("data/marketplaces")?,
        brands: folder("data/brands")?,
        goods: folder("data/goods")?,
        words: folder("data/words")?,
        channels: folder("data/channels")?,
        notices: folder("data/notices")?,
        generic: file(Path::new("data/generic.toml"))?,
        weights: file(Path::new("data/weights.toml"))?,
    })
}

/// Every TOML file of a folder, by name.
fn folder<T: serde::de::DeserializeOwned>(folder: &str) -> Result<Vec<T>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{folder}: {e}"))?;
    let mut paths: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    paths.iter().map(|p| file(p)).collect()
}

fn file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| {
        let line = e.span().map_or(1, |s| text[..s.start].matches('\n').count() + 1);
        format!("{}:{line}: {}", path.display(), e.message())
    })
}
