//! What repeats on a page of results: the outermost elements of one kind that hold a link and a price each.

use super::learn::Layout;
use super::propose;
use super::shown::{Shown, Spot, enclosing, has_sign, holds, is_called, is_struck, price, skeleton, text, texts};
use crate::market::compiled;
use crate::page::price::Hint;
use crate::rules::marketplace::{Extractor, Field};
use scraper::{ElementRef, Html};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Results on a page of results at least.
const FEWEST: usize = 4;
/// Prices looked at, and elements around each.
const MOST_PRICES: usize = 300;
const MOST_ENCLOSING: usize = 12;
/// A title has more letters, in bytes.
const SHORTEST_TITLE: usize = 8;

pub(super) fn learn(document: &Html, hint: &Hint) -> Option<Layout> {
    let is_price = |text: &str| price(text, hint).is_some();
    let innermost = |shown: &Shown<'_>| is_price(&shown.text) && !shown.element.child_elements().any(|child| is_price(&text(child)));
    let prices: Vec<ElementRef<'_>> =
        texts(document).into_iter().filter(innermost).map(|shown| shown.element).filter(|one| !is_struck(*one)).take(MOST_PRICES).collect();
    let link = compiled("a[href]")?;
    let mut kinds = BTreeSet::new();
    for price in &prices {
        let is_linked = |outer: &ElementRef<'_>| outer.value().name() == "a" || outer.select(&link).next().is_some();
        for outer in enclosing(*price).take(MOST_ENCLOSING).filter(is_linked) {
            kinds.extend(propose::kinds(outer));
        }
    }
    let has_price = |tile: ElementRef<'_>| prices.iter().any(|price| holds(tile, *price));
    // The kind with most results; of those, the one whose elements say most, told in the fewest letters.
    let worth = |kind: &str| -> Option<(usize, usize)> {
        let found: Vec<ElementRef<'_>> = document.select(&compiled(kind)?).collect();
        let filled = found.iter().filter(|tile| has_price(**tile)).count();
        let length = found.iter().map(|one| one.text().map(str::len).sum::<usize>()).sum::<usize>();
        let nested = || found.windows(2).any(|pair| holds(pair[0], pair[1]));
        (filled >= FEWEST && filled * 3 >= found.len() * 2 && !nested()).then_some((filled, length))
    };
    let (_, region) = kinds.into_iter().filter_map(|kind| Some(((worth(&kind)?, Reverse(kind.len())), kind))).max()?;
    let tiles = compiled(&region)?;
    let tile = document.select(&tiles).find(|tile| has_price(*tile))?;
    let price_at = *prices.iter().find(|price| holds(tile, **price))?;
    let mut spots = vec![Spot::new(Field::Price, price_at)];
    spots.extend(title(tile).map(|title| Spot::new(Field::Title, title)));
    spots.extend(tile.select(&link).next().map(|link| Spot::new(Field::Url, link)));
    let extractor = |spot: &Spot<'_>| {
        let attr = (spot.field == Field::Url).then(|| "href".to_owned());
        let at = if attr.is_some() { "a[href]".to_owned() } else { propose::selector(document, Some(tile), spot.element)? };
        Some((spot.field, Extractor { at: Some(at), attr, ..Extractor::default() }))
    };
    Some(Layout {
        currency: price(&text(price_at), hint)?.currency,
        regions: vec![region],
        fields: spots.iter().filter_map(extractor).collect(),
        stated: Vec::new(),
        skeleton: vec![skeleton(tile, &spots)],
    })
}

/// The longest text of a tile that is called a title, else that of its longest link.
fn title(tile: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let inside = || tile.descendent_elements().filter(|one| *one != tile).map(|one| (one, text(one)));
    let fits = |text: &str| text.len() > SHORTEST_TITLE && !has_sign(text);
    let called =
        |one: ElementRef<'_>| matches!(one.value().name(), "h2" | "h3" | "h4") || is_called(one, &["title", "name", "heading", "desc"]);
    let longest = |is: &dyn Fn(ElementRef<'_>) -> bool| {
        // Of equal texts the innermost, which comes last.
        inside().filter(|(one, text)| is(*one) && fits(text)).max_by_key(|(_, text)| text.len()).map(|(one, _)| one)
    };
    longest(&called).or_else(|| longest(&|one| one.value().name() == "a")).or_else(|| longest(&|one| one.child_elements().next().is_none()))
}
