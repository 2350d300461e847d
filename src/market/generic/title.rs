//! Which of the headings on a page names the goods.

use super::scene::{Scene, words};
use crate::market::element;
use crate::page::{Snapshot, text::fold};
use crate::rules::generic::Generic;
use scraper::ElementRef;

/// No name is shorter or longer, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=500;

/// The chosen heading.
pub(super) struct Title<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) text: String,
    /// How much it has in common with the page's titles.
    pub(super) agrees: f32,
}

/// The heading that names the goods; nothing where what the page says to machines fits none.
pub(super) fn choose<'a>(scene: &Scene<'a>, snapshot: &Snapshot, host: &str, stated: Option<&str>, rules: &Generic) -> Option<Title<'a>> {
    let meta = |key: &str| snapshot.structured.meta.iter().find(|(k, _)| k == key).map(|(_, content)| content.as_str());
    let site = meta("og:site_name").map(fold);
    let said: Vec<String> =
        [stated, meta("og:title"), snapshot.title.as_deref()].into_iter().flatten().map(fold).filter(|t| !t.is_empty()).collect();
    let mut best: Option<(f32, Title<'a>)> = None;
    for &element in &scene.titles {
        let text = element::text(element, None);
        let folded = fold(&text);
        let is_site = Some(&folded) == site.as_ref() || folded.replace(' ', "") == host;
        if !LENGTH.contains(&text.chars().count()) || is_site {
            continue;
        }
        let words = words(element);
        let agrees = said.iter().map(|said| likeness(said, &folded)).fold(0.0, f32::max);
        let mut score = 3.0 * agrees;
        score += if element.value().name() == "h1" { 1.5 } else { 0.0 };
        score += if words.iter().any(|word| rules.title.words.contains(word)) { 0.5 } else { 0.0 };
        score += if words.iter().any(|word| word == "product" || word == "item") { 0.5 } else { 0.0 };
        score += if element.attr("itemprop") == Some("name") { 0.5 } else { 0.0 };
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, Title { element, text, agrees }));
        }
    }
    let (score, title) = best?;
    // A heading with nothing in common with any title is not the goods' name where one is known.
    (score >= 1.5 && (stated.is_none() || score >= 2.0)).then_some(title)
}

/// How much of the shorter of two texts the other holds, from 0 to 1; a text of one word in a long one says little.
fn likeness(a: &str, b: &str) -> f32 {
    let (long, short) = if a.chars().count() >= b.chars().count() { (a, b) } else { (b, a) };
    let share = short.chars().count() as f32 / long.chars().count().max(1) as f32;
    if long.contains(short) {
        return 0.5 + 0.5 * share.min(1.0);
    }
    let words: Vec<&str> = short.split_whitespace().collect();
    let common = words.iter().filter(|word| long.split_whitespace().any(|other| other == **word)).count();
    if words.len() < 2 { 0.0 } else { 0.8 * common as f32 / words.len() as f32 }
}
