//! Which of the amounts on a page is asked for the goods.

use super::Any;
use super::scene::{Scene, around, is_large, words};
use crate::listing::Price;
use crate::market::element;
use crate::order;
use crate::page::price::{self as reader, Hint};
use crate::rules::generic::Hints;
use ego_tree::NodeId;
use rust_decimal::Decimal;
use scraper::ElementRef;

/// No text that shows a price alone is longer, in characters.
const LONGEST: usize = 60;
/// No page of one product shows as many amounts.
const MOST: usize = 500;
/// Where nothing that is shown agrees with what is said to machines, an amount counts only if this much speaks for it.
const AGAINST_STATED: f32 = 2.5;

/// An amount that the page shows.
#[derive(Debug)]
pub(super) struct Amount {
    pub(super) price: Price,
    pub(super) score: f32,
    pub(super) is_earlier: bool,
    pub(super) at: usize,
    id: NodeId,
    /// How the element and what encloses it are marked up.
    markup: String,
}

/// The amounts of the page with what speaks for each.
pub(super) fn find(scene: &Scene<'_>, heading: Option<ElementRef<'_>>, stated: Option<&Price>, hint: &Hint, any: &Any) -> Vec<Amount> {
    let from = heading.map(|heading| scene.at(heading));
    let mut elements: Vec<ElementRef<'_>> = scene.prices.clone();
    for (element, text) in &scene.texts {
        if reader::has_sign(text) {
            let holder = around(*element).take(4).find(|outer| scene.price_text(*outer).contains(|c: char| c.is_numeric()));
            elements.extend(holder);
        }
    }
    order::sort(&mut elements, |a, b| scene.at(*a).cmp(&scene.at(*b)));
    elements.dedup_by_key(|element| element.id());
    elements.truncate(MOST);
    let rules = &any.rules;
    // What is struck as a whole is read all the same: it is a former price.
    let shown =
        |element: ElementRef<'_>| if any.struck.matches(&element) { element::text(element, None) } else { scene.price_text(element) };
    let mut found: Vec<Amount> = Vec::new();
    let mut rank = 0;
    for element in elements.into_iter().filter(|element| !is_large(*element)) {
        let text = shown(element);
        let text = element.attr("content").filter(|_| !reader::has_sign(&text)).map_or(text, str::to_owned);
        if text.chars().count() > LONGEST {
            continue;
        }
        // Half of an amount whose sign stands in another element.
        let signed = |outer: &str| outer.chars().count() <= LONGEST && reader::has_sign(outer);
        if !reader::has_sign(&text) && around(element).skip(1).take(3).any(|outer| signed(&scene.price_text(outer))) {
            continue;
        }
        let Some(price) = reader::read(&text, hint).filter(|price| price.max > Decimal::ZERO) else { continue };
        let at = scene.at(element);
        let mut score = 0.0;
        let after = from.is_none_or(|from| at > from);
        score += if after { 1.0 } else { -1.0 };
        if found.last().is_none_or(|last| last.price.min != price.min) {
            rank += u16::from(after);
        }
        score -= 0.25 * f32::from(rank.min(16));
        let near: Vec<(usize, Vec<String>, &str)> =
            around(element).enumerate().map(|(depth, outer)| (depth, words(outer), outer.value().name())).collect();
        let has = |hints: &Hints, most: usize| {
            near.iter().any(|(depth, words, tag)| {
                *depth <= most && (words.iter().any(|word| hints.words.contains(word)) || hints.tags.iter().any(|known| known == tag))
            })
        };
        score += if has(&rules.price, 3) { 1.5 } else { 0.0 };
        score += if has(&rules.current, 2) { 1.0 } else { 0.0 };
        let is_earlier = has(&rules.earlier, 2);
        score -= if is_earlier { 3.0 } else { 0.0 };
        score -= if has(&rules.beside, 3) { 2.5 } else { 0.0 };
        score += if element.attr("itemprop") == Some("price") { 1.5 } else { 0.0 };
        score += if text.chars().filter(|c| c.is_alphabetic()).count() <= 4 { 0.5 } else { -0.5 };
        if stated.is_some_and(|stated| price.min == stated.min || price.min == stated.max) {
            score += 3.0;
        }
        let markup = around(element)
            .take(5)
            .fold(String::new(), |all, outer| format!("{all} {}.{}", outer.value().name(), outer.attr("class").unwrap_or_default()));
        if let Some(outer) =
            found.iter_mut().filter(|outer| outer.price.min != price.min).find(|outer| around(element).skip(1).any(|e| e.id() == outer.id))
        {
            // One of several amounts in it.
            outer.score -= 1.5;
        }
        let id = element.id();
        found.push(Amount { id, price: price.shown_as(&text), score, is_earlier, at, markup });
    }
    found
}

/// The price that is asked.
pub(super) struct Chosen {
    pub(super) price: Price,
    /// How much speaks for it.
    pub(super) score: f32,
    /// How many different amounts the page shows in the same markup.
    pub(super) alike: usize,
}

/// The price that is asked.
pub(super) fn choose(amounts: &[Amount], stated: Option<&Price>) -> Option<Chosen> {
    let best = amounts.iter().max_by(|a, b| a.score.total_cmp(&b.score).then(b.at.cmp(&a.at)));
    let (Some(best), score) = (best, best.map_or(0.0, |best| best.score)) else {
        return stated.map(|stated| Chosen { price: stated.clone(), score: 0.0, alike: 0 });
    };
    let mut alike: Vec<Decimal> = amounts.iter().filter(|amount| amount.markup == best.markup).map(|amount| amount.price.min).collect();
    order::sort(&mut alike, Ord::cmp);
    alike.dedup();
    let chosen = |price: Price| Some(Chosen { price, score, alike: alike.len() });
    let Some(stated) = stated else { return if score > 0.0 { chosen(best.price.clone()) } else { None } };
    let same = best.price.min == stated.min || best.price.min == stated.max;
    let shows = |amount: Decimal| amounts.iter().any(|shown| shown.score > 0.0 && shown.price.min == amount);
    if !same && score < AGAINST_STATED || same && shows(stated.min) && shows(stated.max) {
        return chosen(stated.clone());
    }
    let currency = best.price.currency.clone().or_else(|| stated.currency.clone().filter(|_| same));
    chosen(Price { currency, ..best.price.clone() })
}

/// A former price near the one that is asked.
pub(super) fn earlier(amounts: &[Amount], asked: Option<&Price>) -> Option<Price> {
    let asked = asked?;
    let at = amounts.iter().filter(|amount| amount.price.min == asked.min).map(|amount| amount.at).min()?;
    let above =
        amounts.iter().filter(|amount| amount.is_earlier && amount.price.min > asked.max && amount.price.currency == asked.currency);
    above.min_by_key(|amount| amount.at.abs_diff(at)).map(|amount| amount.price.clone())
}
