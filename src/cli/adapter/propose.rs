//! Short selectors that are likely to stay: an id, a test id, a microdata property, a class that somebody chose, and only then a place in another
//! element.

use crate::market::{compiled, reduced};
use scraper::{ElementRef, Html};

/// Attributes that shops keep for their own tests.
pub(super) const TEST_IDS: [&str; 8] =
    ["data-testid", "data-test-id", "data-test", "data-qa", "data-qa-id", "data-hook", "data-cy", "data-auto"];
/// What names of a shop's elements speak of.
const NAMES: [&str; 10] = ["price", "title", "name", "seller", "brand", "product", "item", "offer", "listing", "card"];
/// Enclosing elements that may help to tell an element.
const MOST_ENCLOSING: usize = 8;
/// A class that ends in a hash of the build is told by so many letters before it.
const STEM: usize = 5;

/// Selectors of an element by itself, each with how well it is likely to last: 0 is best.
fn own(element: ElementRef<'_>) -> Vec<(u8, String)> {
    let tag = element.value().name();
    let mut found = Vec::new();
    if let Some(id) = element.attr("id").filter(|id| is_chosen(id)) {
        found.push((0, format!("#{id}")));
    }
    for name in TEST_IDS {
        if let Some(value) = element.attr(name).filter(|value| is_chosen(value)) {
            found.push((1, format!("[{name}='{value}']")));
        }
    }
    if let Some(property) = element.attr("itemprop").filter(|value| is_chosen(value)) {
        found.push((2, format!("[itemprop='{property}']")));
    }
    let classes: Vec<&str> = element.value().classes().collect();
    let chosen: Vec<&str> = classes.iter().copied().filter(|class| is_chosen(class)).collect();
    // One that names what shops sell says most, then a plain one, then the longest: `product-price` before `card--wide` before `bold`.
    let mut by_length = chosen.clone();
    let says = |class: &str| NAMES.iter().any(|name| class.to_ascii_lowercase().contains(name));
    by_length.sort_by_key(|class| (!says(class), class.contains("--"), std::cmp::Reverse(class.len())));
    found.extend(by_length.iter().map(|class| (3, format!(".{class}"))));
    found.extend(classes.iter().filter_map(|class| stem(class)).map(|stem| (4, format!("[class*='{stem}']"))));
    found.extend(by_length.iter().map(|class| (5, format!("{tag}.{class}"))));
    if let [first, second, ..] = chosen.as_slice() {
        found.push((5, format!(".{first}.{second}")));
    }
    found.push((if tag == "h1" { 3 } else { 7 }, tag.to_owned()));
    found.sort_by_key(|(rank, _)| *rank);
    found
}

/// Whether a name is one of the layout: nothing in it looks like a number or a hash, and it can stand in a selector as it is.
fn is_chosen(name: &str) -> bool {
    name.len() > 2 && name.starts_with(|c: char| c.is_ascii_alphabetic()) && is_plain(name) && built(name).is_none()
}

/// Names as a test page has them: without those that may be somebody's, and the ends that a build makes.
pub(super) fn kept(names: &str) -> String {
    let kept = names.split_whitespace().filter_map(|name| match stem(name) {
        Some(stem) => Some(format!("{stem}a1")),
        None => built(name).is_none().then(|| name.to_owned()),
    });
    kept.collect::<Vec<_>>().join(" ")
}

/// What stays of a class whose end is made by the build: `Price--root--` of `Price--root--3hZ9qx`.
fn stem(class: &str) -> Option<&str> {
    let stem = class.get(..built(class)?)?;
    let letters = stem.bytes().filter(u8::is_ascii_alphabetic).count();
    (letters >= STEM && is_plain(stem)).then_some(stem)
}

fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Where in a name the first piece begins that a build or an account made.
fn built(name: &str) -> Option<usize> {
    let pieces = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty());
    let is_built = |piece: &str, at: usize| {
        let bytes = piece.as_bytes();
        let turns = bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() != pair[1].is_ascii_lowercase()).count();
        let silent = bytes.len() > 4 && bytes.iter().all(|c| !b"aeiouyAEIOUY".contains(c));
        let ends_a_block = name[..at].ends_with("--") && bytes.iter().any(u8::is_ascii_digit);
        reduced(piece) != piece || (bytes.len() > 4 && turns * 2 >= bytes.len()) || silent || ends_a_block
    };
    pieces.map(|piece| (piece.as_ptr() as usize - name.as_ptr() as usize, piece)).find(|(at, piece)| is_built(piece, *at)).map(|(at, _)| at)
}

/// A selector of which the element is the first match within `root`; one that matches nothing else is preferred.
pub(super) fn selector(document: &Html, root: Option<ElementRef<'_>>, element: ElementRef<'_>) -> Option<String> {
    let matches = |selector: &str| -> Option<(bool, usize)> {
        let compiled = compiled(selector)?;
        let found: Vec<ElementRef<'_>> = match root {
            Some(root) => root.select(&compiled).take(50).collect(),
            None => document.select(&compiled).take(50).collect(),
        };
        Some((found.first()? == &element, found.len()))
    };
    let alone = own(element);
    let enclosing = || {
        let inside = element.ancestors().filter_map(ElementRef::wrap).take(MOST_ENCLOSING);
        let inside = inside.take_while(|one| root != Some(*one)).filter(|one| !matches!(one.value().name(), "html" | "body"));
        inside.flat_map(|one| own(one).into_iter().filter(|(rank, _)| *rank < 5).map(|(_, selector)| selector).collect::<Vec<_>>())
    };
    let candidates = || alone.iter().map(|(_, selector)| selector.clone());
    let nested = || enclosing().flat_map(|outer| alone.iter().map(move |(_, inner)| format!("{outer} {inner}")).collect::<Vec<_>>());
    let unique = |selector: &String| matches(selector) == Some((true, 1));
    let first = |selector: &String| matches(selector).is_some_and(|(first, _)| first);
    candidates().find(unique).or_else(|| nested().find(unique)).or_else(|| candidates().find(first)).or_else(|| nested().find(first))
}

/// Selectors by which several elements of one kind may be told, best first.
pub(super) fn kinds(element: ElementRef<'_>) -> Vec<String> {
    own(element).into_iter().filter(|(rank, _)| (1..6).contains(rank)).map(|(_, selector)| selector).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Selector;

    fn proposed(html: &str, wanted: &str) -> Option<String> {
        let document = Html::parse_document(html);
        let element = document.select(&Selector::parse(wanted).unwrap()).next().unwrap();
        selector(&document, None, element)
    }

    #[test]
    fn the_shortest_name_that_is_likely_to_stay_is_taken() {
        assert_eq!(proposed("<h1 id=title class=big>A</h1>", "h1").as_deref(), Some("#title"));
        assert_eq!(proposed("<h1 id=item-12345 data-testid=name>A</h1>", "h1").as_deref(), Some("[data-testid='name']"));
        assert_eq!(proposed("<p class='x9k2fa product-price bold'>1</p>", "p").as_deref(), Some(".product-price"));
        assert_eq!(proposed("<p class='Price--root--3hZ9qx'>1</p>", "p").as_deref(), Some("[class*='Price--root--']"));
        assert_eq!(proposed("<p class='MainTitle--n4_pxQxz'>1</p>", "p").as_deref(), Some("[class*='MainTitle--']"));
        assert_eq!(proposed("<p class='CTTtEa product'>1</p>", "p").as_deref(), Some(".product"));
        assert_eq!(proposed("<p class='addToCart btn-2'>1</p>", "p").as_deref(), Some(".addToCart"));
        assert_eq!(proposed("<h1>A</h1><p>b</p>", "h1").as_deref(), Some("h1"));
    }

    #[test]
    fn an_enclosing_element_tells_what_nothing_else_does() {
        let html = "<p class=price>1</p><div id=offer><p class=price>2</p></div>";
        assert_eq!(proposed(html, "#offer .price").as_deref(), Some("#offer .price"));
    }
}
