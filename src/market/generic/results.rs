//! Cards of a page of results on a shop of which nothing is known: the same arrangement of elements again and again, each time with a name and
//! an amount of its own.

use super::Any;
use super::price::{self, Amount};
use super::scene::{Scene, is_large};
use crate::listing::Listing;
use crate::market::{address, element};
use crate::order;
use crate::page::price::{self as reader, Hint};
use ego_tree::NodeId;
use rust_decimal::Decimal;
use scraper::ElementRef;
use std::collections::HashMap;
use std::ops::Range;

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
/// So many letters beside an amount are its currency and what it is of.
const SIGN: usize = 12;

/// The elements around a name and an amount, with both.
struct Card<'a> {
    element: ElementRef<'a>,
    from: usize,
    to: usize,
    names: Vec<(ElementRef<'a>, String)>,
}

/// What the cards offer that lie where the largest group of one arrangement does.
pub(super) fn find(scene: &Scene<'_>, hint: &Hint, any: &Any) -> Vec<Listing> {
    let amounts = price::find(scene, None, None, hint, any);
    let asked: Vec<usize> = amounts.iter().filter(|amount| !amount.is_earlier).map(|amount| amount.at).collect();
    let cards = cards(scene, any, &asked);
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, card) in cards.iter().enumerate() {
        groups.entry(arrangement(card.element)).or_default().push(at);
    }
    let largest = groups.into_values().max_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a))).filter(|group| group.len() >= FEWEST);
    let ends = largest.as_ref().and_then(|group| Some((&cards[*group.first()?], &cards[*group.last()?])));
    let Some((first, last)) = ends else { return Vec::new() };
    let list =
        first.element.ancestors().filter_map(ElementRef::wrap).map(|outer| scene.range(outer)).find(|list| list.contains(&last.from));
    cards
        .iter()
        .filter(|card| list.as_ref().is_none_or(|list| list.contains(&card.from)))
        .filter_map(|card| listing(card, &amounts))
        .collect()
}

/// The cards in the order of the page. One that holds another belongs to it: a name may stand farther from the amount than a label. What holds
/// several is a list.
fn cards<'a>(scene: &Scene<'a>, any: &Any, asked: &[usize]) -> Vec<Card<'a>> {
    let mut all: Vec<Card<'_>> = Vec::new();
    let mut known: HashMap<NodeId, usize> = HashMap::new();
    for name in scene.root.select(&any.cards) {
        let text = element::text(name, None);
        let is_amount = reader::has_sign(&text) && text.chars().filter(|c| c.is_alphabetic()).count() <= SIGN;
        if is_amount || !NAME.contains(&text.chars().count()) || !text.contains(char::is_alphabetic) {
            continue;
        }
        let Some((element, range)) = around(scene, name, asked) else { continue };
        if all.len() >= MOST {
            break;
        }
        let at = *known.entry(element.id()).or_insert(all.len());
        if at == all.len() {
            all.push(Card { element, from: range.start, to: range.end, names: Vec::new() });
        }
        all[at].names.push((name, text));
    }
    order::sort(&mut all, |a, b| (a.to - a.from).cmp(&(b.to - b.from)));
    let mut cards: Vec<Card<'_>> = Vec::new();
    for mut card in all {
        let inside: Vec<usize> = (0..cards.len()).filter(|&at| (card.from..card.to).contains(&cards[at].from)).collect();
        match inside.as_slice() {
            [] => cards.push(card),
            [one] => {
                card.names.append(&mut cards[*one].names);
                cards[*one] = card;
            }
            _ => {}
        }
    }
    order::sort(&mut cards, |a, b| a.from.cmp(&b.from));
    cards
}

/// The innermost element around a name that holds an amount as well, and what of the page it takes.
fn around<'a>(scene: &Scene<'a>, name: ElementRef<'a>, asked: &[usize]) -> Option<(ElementRef<'a>, Range<usize>)> {
    for outer in name.ancestors().filter_map(ElementRef::wrap).take(CLIMB) {
        if is_large(outer) || outer.value().name() == "body" {
            return None;
        }
        let range = scene.range(outer);
        if asked.iter().any(|at| range.contains(at)) {
            return Some((outer, range));
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

/// The longest of a card's names, since brands, sizes and labels are called names too, and the amount that is asked. What holds a name of several
/// words has others beside it.
fn listing(card: &Card<'_>, amounts: &[Amount]) -> Option<Listing> {
    let holds = |outer: &ElementRef<'_>| {
        let lies_in = |inner: &ElementRef<'_>| inner.ancestors().any(|node| node.id() == outer.id());
        card.names.iter().any(|(inner, text)| text.split_whitespace().nth(2).is_some() && lies_in(inner))
    };
    let mut title: Option<&(ElementRef<'_>, String)> = None;
    for name in card.names.iter().filter(|(element, _)| !holds(element)) {
        if title.is_none_or(|(_, longest)| name.1.chars().count() > longest.chars().count()) {
            title = Some(name);
        }
    }
    let (element, title) = title?;
    let inside = || amounts.iter().filter(|amount| (card.from..card.to).contains(&amount.at));
    let best = inside().filter(|amount| !amount.is_earlier).max_by(|a, b| a.score.total_cmp(&b.score).then(b.at.cmp(&a.at)))?;
    // Digits for the eye may set the cents apart without a sign, and stand beside the amount in words.
    let in_words = inside().find(|amount| amount.price.min * Decimal::ONE_HUNDRED == best.price.min);
    let price = in_words.unwrap_or(best);
    let before = inside().find(|amount| amount.is_earlier && amount.price.min > price.price.max);
    let link = element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take(3)
        .chain(element.descendent_elements())
        .find_map(|one| one.attr("href").map(str::to_owned))
        .filter(|link| !address::may_be_cut(link));
    Some(Listing {
        title: Some(title.clone()),
        url: link,
        price: Some(price.price.clone()),
        list_price: before.map(|amount| amount.price.clone()),
        ..Listing::default()
    })
}
