//! Where a product's page shows what was read of it.

use super::learn::Layout;
use super::propose;
use super::shown::{Shown, Spot, enclosing, has_sign, holds, is_called, is_struck, skeleton, texts};
use crate::listing::{Listing, Price};
use crate::page::price::{self as prices, Hint};
use crate::page::text::fold;
use crate::rules::marketplace::{Extractor, Field};
use scraper::{ElementRef, Html};
use std::collections::BTreeMap;

/// What names of elements say of the facts in them.
const TITLE: [&str; 2] = ["title", "name"];
const PRICE: [&str; 6] = ["price", "amount", "prix", "preis", "precio", "preco"];
const SELLER: [&str; 5] = ["seller", "shop", "store", "vendor", "merchant"];
const BRAND: [&str; 3] = ["brand", "manufacturer", "byline"];
/// No text that shows a price alone is longer, in characters.
const LONGEST_PRICE: usize = 60;
/// The words around a name that are the same for every name are no longer, in bytes.
const LONGEST_AROUND: usize = 40;

/// Candidates for the place of a field that are tried.
const MOST_TRIED: usize = 6;

/// Where each field may stand, the best first: the lowest rank, then the innermost, then the first.
#[derive(Default)]
struct Places<'a>(BTreeMap<Field, Vec<(u8, Spot<'a>)>>);

impl<'a> Places<'a> {
    fn offer(&mut self, rank: u8, spot: Spot<'a>) {
        let known = self.0.entry(spot.field).or_default();
        let is_before = |(other, old): &(u8, Spot<'a>)| rank < *other || (rank == *other && holds(old.element, spot.element));
        let at = known.iter().position(is_before).unwrap_or(known.len());
        known.insert(at, (rank, spot));
        known.truncate(MOST_TRIED);
    }

    fn of(&self, field: Field) -> impl Iterator<Item = &(u8, Spot<'a>)> {
        self.0.get(&field).into_iter().flatten()
    }
}

/// Regions with their selectors.
type Roots<'a> = Vec<(ElementRef<'a>, String)>;

/// Looks up the facts of an offer in what the page shows. `stated` is what its structured data say of it.
pub(super) fn learn(document: &Html, facts: &Listing, stated: Option<&Listing>, hint: &Hint) -> Option<Layout> {
    let currency = facts.price.as_ref().and_then(|price| price.currency.clone());
    let hint = Hint { currency: currency.clone(), ..hint.clone() };
    let title = facts.title.as_deref().map(fold);
    let mut best = Places::default();
    for Shown { element, text } in texts(document) {
        let folded = fold(&text);
        if title.as_ref() == Some(&folded) {
            let rank = if element.value().name() == "h1" { 0 } else { 1 + u8::from(!is_called(element, &TITLE)) };
            best.offer(rank, Spot::new(Field::Title, element));
        }
        if let Some(rank) = shows(&text, facts.price.as_ref(), &hint).filter(|_| !is_struck(element)) {
            best.offer(rank + 8 * u8::from(!is_called(element, &PRICE)), Spot::new(Field::Price, element));
        } else if let Some(rank) = shows(&text, facts.list_price.as_ref(), &hint) {
            best.offer(rank + 8 * u8::from(!is_called(element, &PRICE)), Spot::new(Field::ListPrice, element));
        }
        for (field, name, words) in [(Field::Brand, &facts.brand, &BRAND[..]), (Field::Seller, &facts.seller, &SELLER[..])] {
            let Some(name) = name else { continue };
            let is_called = is_called(element, words);
            if fold(name) == folded {
                best.offer(u8::from(!is_called), Spot::new(field, element));
            } else if let Some(template) = around(&text, name).filter(|_| is_called) {
                best.offer(2, Spot { template: Some(template), ..Spot::new(field, element) });
            }
        }
    }
    let (spots, roots) = chosen(document, &best)?;
    let extractor = |spot: &Spot<'_>| {
        let at = selector(document, &roots, spot)?;
        Some((spot.field, Extractor { at: Some(at), templates: spot.template.clone().into_iter().collect(), ..Extractor::default() }))
    };
    Some(Layout {
        currency,
        fields: spots.iter().filter_map(extractor).collect(),
        skeleton: roots.iter().map(|(root, _)| skeleton(*root, &spots)).collect(),
        stated: stated.map(fields_of).unwrap_or_default(),
        regions: roots.into_iter().map(|(_, selector)| selector).collect(),
    })
}

/// The best places that selectors can tell, and the regions that hold them; nothing where neither title nor price has one.
fn chosen<'a>(document: &'a Html, best: &Places<'a>) -> Option<(Vec<Spot<'a>>, Roots<'a>)> {
    let title = best.of(Field::Title).next().map(|(_, spot)| spot.clone());
    let told = |spots: Vec<Spot<'a>>| {
        let roots = regions(document, &spots);
        let is_told = !spots.is_empty() && spots.iter().all(|spot| selector(document, &roots, spot).is_some());
        is_told.then_some((spots, roots))
    };
    let with_price = best.of(Field::Price).find_map(|(_, price)| told(title.iter().chain([price]).cloned().collect()));
    let (mut spots, mut roots) = with_price.or_else(|| told(title.into_iter().collect()))?;
    let offer = roots.clone();
    for field in [Field::ListPrice, Field::Brand, Field::Seller] {
        // Elsewhere on the page a name that is only equal may be the footer's.
        let is_offers = |(rank, spot): &&(u8, Spot<'a>)| {
            offer.iter().any(|(root, _)| holds(*root, spot.element)) || (*rank == 0 && field != Field::ListPrice)
        };
        let found = best.of(field).filter(is_offers).find_map(|(_, spot)| {
            let all: Vec<Spot<'a>> = spots.iter().chain([spot]).cloned().collect();
            let roots = regions(document, &all);
            selector(document, &roots, spot).map(|_| (all, roots))
        });
        if let Some((all, wider)) = found {
            (spots, roots) = (all, wider);
        }
    }
    Some((spots, roots))
}

/// The selector of a spot in its region. A region that is the fact itself is told by its own.
fn selector(document: &Html, roots: &Roots<'_>, spot: &Spot<'_>) -> Option<String> {
    let (root, own) = roots.iter().find(|(root, _)| holds(*root, spot.element))?;
    if *root == spot.element { Some(own.clone()) } else { propose::selector(document, Some(*root), spot.element) }
}

/// How well a text shows a price: 0 is best.
fn shows(text: &str, price: Option<&Price>, hint: &Hint) -> Option<u8> {
    let price = price.filter(|_| text.chars().count() <= LONGEST_PRICE)?;
    let read = prices::read(text, hint).filter(|read| read.min == price.min)?;
    let is_whole = read.max == price.max;
    Some(4 * u8::from(!has_sign(text)) + 2 * u8::from(!is_whole) + u8::from(price.shown.as_deref() != Some(text)))
}

/// The words around a name, as a template: `Sold by {}`.
fn around(text: &str, name: &str) -> Option<String> {
    let (before, after) = text.split_once(name)?;
    let is_fixed = |words: &str| !words.contains(|c: char| c.is_numeric() || matches!(c, '{' | '}' | '#' | '*'));
    let some = (1..=LONGEST_AROUND).contains(&(before.len() + after.len()));
    (some && is_fixed(before) && is_fixed(after)).then(|| format!("{before}{{}}{after}"))
}

/// The fields that structured data state.
fn fields_of(stated: &Listing) -> Vec<Field> {
    let fields = [
        (Field::Title, stated.title.is_some()),
        (Field::Price, stated.price.is_some()),
        (Field::Brand, stated.brand.is_some()),
        (Field::Seller, stated.seller.is_some()),
        (Field::Condition, stated.condition.is_some()),
        (Field::Availability, stated.availability.is_some()),
        (Field::Gtin, stated.gtin.is_some()),
        (Field::Rating, stated.rating.is_some()),
        (Field::Category, stated.category.is_some()),
        (Field::Description, stated.description.is_some()),
    ];
    fields.into_iter().filter(|(_, is_stated)| *is_stated).map(|(field, _)| field).collect()
}

/// The smallest element that holds title and price; where that is the page itself, one around each. Then one around whatever lies outside.
fn regions<'a>(document: &'a Html, spots: &[Spot<'a>]) -> Roots<'a> {
    let is_page = |element: &ElementRef<'_>| matches!(element.value().name(), "body" | "html");
    // A part of a table does not stand alone.
    let is_part = |element: &ElementRef<'_>| matches!(element.value().name(), "tr" | "td" | "th" | "tbody" | "thead");
    let named = |element: ElementRef<'a>| {
        let near = std::iter::once(element).chain(enclosing(element)).take_while(|one| !is_page(one)).filter(|one| !is_part(one));
        near.take(5).find_map(|one| Some((one, propose::selector(document, None, one)?)))
    };
    let main: Vec<ElementRef<'a>> =
        spots.iter().filter(|spot| matches!(spot.field, Field::Title | Field::Price)).map(|spot| spot.element).collect();
    let mut found: Roots<'a> = Vec::new();
    if let [first, rest @ ..] = main.as_slice() {
        let common = enclosing(*first).find(|outer| rest.iter().all(|one| holds(*outer, *one)));
        found.extend(common.filter(|one| !is_page(one)).and_then(named));
    }
    for spot in spots {
        if !found.iter().any(|(outer, _)| holds(*outer, spot.element)) {
            found.extend(named(spot.element));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_a_name_make_a_template() {
        assert_eq!(around("Sold by Shop", "Shop").as_deref(), Some("Sold by {}"));
        assert_eq!(around("Visit the Shop store", "Shop").as_deref(), Some("Visit the {} store"));
        assert_eq!(around("Shop (1234)", "Shop"), None);
        assert_eq!(around("Shop", "Shop"), None);
    }

    #[test]
    fn the_text_that_shows_a_price_best_has_its_sign_and_all_of_its_range() {
        let price = Price { min: 12.into(), max: 15.into(), currency: Some("EUR".into()), shown: Some("12 – 15 €".into()) };
        let rank = |text: &str| shows(text, Some(&price), &Hint::default());
        assert_eq!((rank("12 – 15 €"), rank("12 €"), rank("12"), rank("15 €")), (Some(0), Some(3), Some(7), None));
    }
}
