//! Reads every file under `data/` into the types of `src/rules`, and embeds them as postcard. A file that does not parse fails the build
//! with its name, line and reason. What only checks need is left out: every byte here is one that a shopper downloads.
//!
//! Also embeds which letters of other scripts are drawn like a Latin one, the small part of Unicode's confusables (UTS #39) that is read, and what
//! `src/page/normal.rs` knows of Unicode's normal forms.

use std::{env, fs, path::Path, process::exit};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, char::is_combining_mark};

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
            embed("normal.bin", &normal());
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
    rules.countries.basis.source.clear();
    rules.domains.cases.clear();
    rules.domains.basis.source.clear();
    rules.domains.known.iter_mut().for_each(|known| known.basis.source.clear());
    rules.generic.cases.clear();
    rules.generic.basis.source.clear();
    rules.generic.restricted_basis.source.clear();
    for trade in &mut rules.goods {
        trade.cases.clear();
        trade.basis.source.clear();
        trade.limits.iter_mut().for_each(|limit| limit.from = rules::Source::default());
    }
    for file in &mut rules.alerts {
        file.cases.clear();
        file.alerts.iter_mut().for_each(|alert| alert.basis.source.clear());
    }
    for sale in &mut rules.sales.sales {
        sale.cases.clear();
        sale.basis.source.clear();
    }
    for words in &mut rules.words {
        words.cases.clear();
        words.basis.source.clear();
        words.says.clear();
        words.phrases.iter_mut().for_each(|phrase| phrase.language.clear());
    }
    for brand in &mut rules.brands {
        brand.cases.clear();
        brand.never.iter_mut().for_each(|never| never.from = rules::Source::default());
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

/// What normalisation knows, packed: numbers of seven bits a byte with the lowest first, signed ones with the sign as the lowest bit, in six sections
/// that begin with their length. Like numbers stand together, so that they compress.
///
/// Of each character that has a decomposition, canonical or of compatibility, where that is another: its distance from the one before; the number
/// of parts times four, plus two where they are composed again, plus one for compatibility; the distance of its first part from that of the one
/// before; the other parts' distances from U+0300. Then the runs of characters of one combining class, as distance from the end of the run before,
/// length and class, and those of marks, without class. Hangul is reckoned.
fn normal() -> Vec<u8> {
    let [mut steps, mut heads, mut firsts, mut others] = [const { Vec::new() }; 4];
    let (mut before, mut before_first) = (0, 0);
    for c in ('\0'..=char::MAX).filter(|c| !('\u{ac00}'..='\u{d7a3}').contains(c)) {
        let (canonical, compatible): (Vec<char>, Vec<char>) = (std::iter::once(c).nfd().collect(), std::iter::once(c).nfkd().collect());
        let composes = canonical.iter().copied().nfc().eq([c]);
        let entries =
            [(canonical != [c]).then_some((&canonical, composes, false)), (compatible != canonical).then_some((&compatible, false, true))];
        for (parts, composes, is_compatible) in entries.into_iter().flatten() {
            number(&mut steps, u32::from(c) - before);
            number(&mut heads, parts.len() as u32 * 4 + u32::from(composes) * 2 + u32::from(is_compatible));
            let part = |at: usize| u32::from(parts[at]).cast_signed();
            signed(&mut firsts, part(0) - before_first);
            (1..parts.len()).for_each(|at| signed(&mut others, part(at) - 0x300));
            (before, before_first) = (u32::from(c), part(0));
        }
    }
    let classes = runs(canonical_combining_class, true);
    let marks = runs(|c| u8::from(is_combining_mark(c)), false);
    let mut packed = Vec::new();
    for section in [steps, heads, firsts, others, classes, marks] {
        number(&mut packed, section.len() as u32);
        packed.extend(section);
    }
    packed
}

/// The runs of characters of which the same is said, where it is not 0.
fn runs(of: impl Fn(char) -> u8, with_value: bool) -> Vec<u8> {
    let mut packed = Vec::new();
    let (mut from, mut end, mut value) = (0, 0, 0);
    // The one beyond the last ends the last run.
    for code in 0..=u32::from(char::MAX) + 1 {
        let here = char::from_u32(code).map_or(0, &of);
        if here == value {
            continue;
        }
        if value != 0 {
            number(&mut packed, from - end);
            number(&mut packed, code - from);
            with_value.then(|| number(&mut packed, u32::from(value)));
            end = code;
        }
        (from, value) = (code, here);
    }
    packed
}

fn number(packed: &mut Vec<u8>, mut number: u32) {
    while number > 127 {
        packed.push((number & 127 | 128) as u8);
        number >>= 7;
    }
    packed.push(number as u8);
}

fn signed(packed: &mut Vec<u8>, signed: i32) {
    number(packed, (signed << 1 ^ signed >> 31).cast_unsigned());
}

fn read() -> Result<rules::Rules, String> {
    Ok(rules::Rules {
        marketplaces: folder("data/marketplaces")?,
        brands: folder("data/brands")?,
        goods: folder("data/goods")?,
        words: folder("data/words")?,
        channels: folder("data/channels")?,
        notices: folder("data/notices")?,
        alerts: folder("data/alerts")?,
        generic: file(Path::new("data/generic.toml"))?,
        countries: file(Path::new("data/countries.toml"))?,
        domains: file(Path::new("data/domains.toml"))?,
        weights: file(Path::new("data/weights.toml"))?,
        rates: file(Path::new("data/rates.toml"))?,
        sales: file(Path::new("data/sales.toml"))?,
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
