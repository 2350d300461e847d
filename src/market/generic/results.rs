//! Cards of a page of results on a shop of which nothing is known: the same arrangement of elements again and again, each time with a name and
//! an amount of its own.

use super::Any;
use super::price::{self, Amount};
use super::scene::{Scene, is_large};
use crate::listing::Listing;
use crate::market::element;
use crate::order;
use crate::page::price::{self as reader, Hint};
use ego_tree::NodeId;
use scraper::ElementRef;
use std::collections::HashMap;

/// Fewer alike are no list: pages of one product show some others.
const FEWEST: usize = 5;
/// More are no page for people.
const MOST: usize = 1_000;
/// How far up a name and an amount have an element in common.
const CLIMB: usize = 9;
/// How far up the arrangement of elements is compared.
const ARRANGEMENT: usize = 4;
/// No name on a card is shorter or longer, in characters.
const NAME: std::ops::RangeInclusive<usize> = 6..=300;

/// The elements around a name and an amount, with both.
struct Card<'a> {
    element: ElementRef<'a>,
    from: usize,
    to: usize,
    names: Vec<(ElementRef<'a>, String)>,
}

/// What the largest group of cards of one arrangement offers.
pub(super) fn find(scene: &Scene<'_>, hint: &Hint, any: &Any) -> Vec<Listing> {
    let amounts = price::find(scene, None, None, hint, any);
    let asked: Vec<usize> = amounts.iter().filter(|amount| !amount.is_earlier).map(|amount| amount.at).collect();
    let mut cards: Vec<Card<'_>> = Vec::new();
    let mut known: HashMap<NodeId, usize> = HashMap::new();
    for name in scene.root.select(&any.cards) {
        let text = element::text(name, None);
        if !NAME.contains(&text.chars().count()) || !text.contains(char::is_alphabetic) || reader::has_sign(&text) {
            continue;
        }
        let Some((element, from, to)) = around(scene, name, &asked) else { continue };
        if cards.len() >= MOST {
            break;
        }
        let at = *known.entry(element.id()).or_insert(cards.len());
        if at == cards.len() {
            cards.push(Card { element, from, to, names: Vec::new() });
        }
        cards[at].names.push((name, text));
    }
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, card) in cards.iter().enumerate() {
        // What holds a card is a list, or a part of the page that has nothing else in common.
        if !cards.iter().any(|other| card.from < other.from && other.from < card.to) {
            groups.entry(arrangement(card.element)).or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() >= FEWEST).collect();
    order::sort(&mut groups, |a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    let group = groups.into_iter().next().unwrap_or_default();
    group.into_iter().filter_map(|at| listing(&cards[at], &amounts)).collect()
}

/// The innermost element around a name that holds an amount as well.
fn around<'a>(scene: &Scene<'a>, name: ElementRef<'a>, asked: &[usize]) -> Option<(ElementRef<'a>, usize, usize)> {
    for outer in name.ancestors().filter_map(ElementRef::wrap).take(CLIMB) {
        if is_large(outer) || outer.value().name() == "body" {
            return None;
        }
        let from = scene.at(outer);
        let to = from + outer.descendants().count();
        if asked.iter().any(|at| (from..to).contains(at)) {
            return Some((outer, from, to));
        }
    }
    None
}

/// How an element and what encloses it are arranged.
fn arrangement(element: ElementRef<'_>) -> String {
    let depth = element.ancestors().count();
    let outer = element.ancestors().filter_map(ElementRef::wrap).take(ARRANGEMENT);
    std::iter::once(element).chain(outer).fold(depth.to_string(), |all, outer| format!("{all} {}", outer.value().name()))
}

/// The longest of a card's names, since brands, sizes and labels are called names too, and the amount that is asked.
fn listing(card: &Card<'_>, amounts: &[Amount]) -> Option<Listing> {
    let mut title: Option<&(ElementRef<'_>, String)> = None;
    for name in &card.names {
        if title.is_none_or(|(_, longest)| name.1.chars().count() > longest.chars().count()) {
            title = Some(name);
        }
    }
    let (element, title) = title?;
    let inside = || amounts.iter().filter(|amount| (card.from..card.to).contains(&amount.at));
    let price = inside().filter(|amount| !amount.is_earlier).max_by(|a, b| a.score.total_cmp(&b.score).then(b.at.cmp(&a.at)))?;
    let before = inside().find(|amount| amount.is_earlier && amount.price.min > price.price.max);
    let link = element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(3)
        .chain(element.descendent_elements())
        .find_map(|one| one.attr("href").map(str::to_owned));
    Some(Listing {
        title: Some(title.clone()),
        url: link,
        price: Some(price.price.clone()),
        list_price: before.map(|amount| amount.price.clone()),
        ..Listing::default()
    })
}
