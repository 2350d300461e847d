//! Facts that stand beside their names: `Sold by …`, `Brand: …`, the rows of a table.

use super::scene::Scene;
use crate::page::text::squeeze;
use crate::rules::generic::Generic;
use crate::rules::marketplace::Field;
use scraper::ElementRef;

/// No name is longer, in characters.
const LONGEST_NAME: usize = 80;
/// How far up a label and what it names have an element in common.
const CLIMB: usize = 7;

/// The first name beside a label of the fact.
pub(super) fn labelled(scene: &Scene<'_>, field: Field, rules: &Generic) -> Option<String> {
    find(scene, field, rules, |text| Some(text.trim_end_matches(['.', ',', ';']).to_owned()).filter(|text| is_name(text, rules)))
}

/// The first usable text beside a label of the fact.
pub(super) fn find<T>(scene: &Scene<'_>, field: Field, rules: &Generic, usable: impl Fn(&str) -> Option<T>) -> Option<T> {
    // A buy box may stand before the heading; what is beside the heading tells of the goods alone.
    let texts = if field == Field::Seller { scene.texts.as_slice() } else { scene.after() };
    for (at, (element, text)) in texts.iter().enumerate() {
        let Some(value) = beside(rules, field, text) else { continue };
        let found = if value.is_empty() {
            let next = texts[at + 1..].iter().take(4).find(|(_, text)| text.contains(char::is_alphanumeric));
            next.filter(|(other, _)| are_near(*element, *other)).and_then(|(_, text)| usable(text))
        } else {
            usable(&value)
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The name in an element whose markup calls it the seller's; of cards that look alike none is the offer's.
pub(super) fn seller(scene: &Scene<'_>, rules: &Generic) -> Option<String> {
    let name = |element: ElementRef<'_>| {
        let texts = element.text().map(squeeze).filter(|text| text.contains(char::is_alphanumeric));
        texts.into_iter().next().filter(|text| is_name(text, rules) && beside(rules, Field::Seller, text).is_none())
    };
    let named: Vec<(Option<&str>, String)> =
        scene.sellers.iter().filter_map(|&element| Some((element.attr("class"), name(element)?))).collect();
    let alone = |(class, text): &&(Option<&str>, String)| named.iter().all(|(other, said)| other != class || said == text);
    named.iter().find(alone).map(|(_, text)| text.clone())
}

/// What follows a label of the fact in a text; empty where the label is all of it.
pub(super) fn beside(rules: &Generic, field: Field, text: &str) -> Option<String> {
    let text = squeeze(text);
    let lower = text.to_lowercase();
    let labels = rules.labels.get(&field)?.iter();
    let label = labels.filter(|label| lower.starts_with(label.trim_end())).max_by_key(|label| label.len())?;
    // Lower case may be longer.
    let rest: String = text.chars().skip(label.trim_end().chars().count()).collect();
    let named = rest.trim_start();
    if let Some(value) = named.strip_prefix([':', '：']) {
        return Some(value.trim().to_owned());
    }
    if named.is_empty() {
        return Some(String::new());
    }
    // Some labels lead to the name without a colon.
    (label.ends_with(' ') && rest.starts_with(' ')).then(|| named.to_owned())
}

fn are_near(label: ElementRef<'_>, value: ElementRef<'_>) -> bool {
    let of_label: Vec<_> = super::scene::around(label).take(CLIMB).map(|outer| outer.id()).collect();
    super::scene::around(value).take(CLIMB).any(|outer| of_label.contains(&outer.id()))
}

/// Whether a text can be the name of a brand or a seller.
pub(super) fn is_name(text: &str, rules: &Generic) -> bool {
    let lower = text.to_lowercase();
    let is_label = |label: &String| lower.trim_end_matches([':', '：', ' ']) == label.trim_end();
    text.chars().count() <= LONGEST_NAME
        && text.contains(char::is_alphabetic)
        && !text.contains("://")
        && !rules.nothing.contains(&lower)
        && !rules.labels.values().flatten().any(is_label)
}
