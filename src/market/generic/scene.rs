//! What a page shows, as far as it was cut: its elements and texts in order, and what markup calls them.

use super::{Any, NAMING_ATTRIBUTES};
use crate::market::element;
use crate::page::text::squeeze;
use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};
use std::collections::HashMap;

/// How far up what an element lies in tells what it is.
const CONTEXT: usize = 6;
/// What shows a price alone is made of fewer nodes.
const MOST_NODES: usize = 300;

/// The shown part of a page.
pub(super) struct Scene<'a> {
    any: &'a Any,
    /// All of it.
    pub(super) root: ElementRef<'a>,
    /// Where each node stands.
    order: HashMap<NodeId, usize>,
    /// Where the heading stands among the texts.
    from: usize,
    /// The texts in order, with the element around each.
    pub(super) texts: Vec<(ElementRef<'a>, String)>,
    /// What may be the name of the goods.
    pub(super) titles: Vec<ElementRef<'a>>,
    /// What markup calls a price.
    pub(super) prices: Vec<ElementRef<'a>>,
    /// What markup calls the seller.
    pub(super) sellers: Vec<ElementRef<'a>>,
    /// How often the page offers to buy.
    pub(super) buttons: usize,
}

impl<'a> Scene<'a> {
    pub(super) fn new(html: &'a Html, any: &'a Any) -> Self {
        let root = html.root_element();
        let order: HashMap<NodeId, usize> = root.descendants().enumerate().map(|(at, node)| (node.id(), at)).collect();
        let text = |node: ego_tree::NodeRef<'a, scraper::Node>| {
            let text = squeeze(node.value().as_text()?);
            Some((ElementRef::wrap(node.parent()?)?, text)).filter(|(_, text)| !text.is_empty())
        };
        let texts: Vec<_> = root.descendants().filter_map(text).collect();
        let is_button = |text: &str| any.rules.buttons.iter().any(|button| *button == text.to_lowercase());
        let buttons = texts.iter().filter(|(_, text)| is_button(text)).count().max(root.select(&any.buy).take(1).count());
        let all = |selector| root.select(selector).collect();
        let from = 0;
        Self { titles: all(&any.titles), prices: all(&any.prices), sellers: all(&any.sellers), order, texts, buttons, from, any, root }
    }

    /// What stands before the heading is the page's, not the offer's.
    pub(super) fn begin(&mut self, heading: Option<ElementRef<'a>>) {
        let at = heading.map_or(0, |heading| self.at(heading));
        self.from = self.texts.iter().position(|(element, _)| self.at(*element) >= at).unwrap_or(0);
    }

    /// The texts from the heading on.
    pub(super) fn after(&self) -> &[(ElementRef<'a>, String)] {
        &self.texts[self.from..]
    }

    /// The text of an element without what is struck in it, its cents parted from the whole where only their size does so on the page. Nothing of
    /// an element that holds more than a price.
    pub(super) fn price_text(&self, element: ElementRef<'_>) -> String {
        if is_large(element) { String::new() } else { price_text(element, Some(&self.any.struck)) }
    }

    /// What of the page an element takes.
    pub(super) fn range(&self, element: ElementRef<'_>) -> std::ops::Range<usize> {
        let from = self.at(element);
        from..from.saturating_add(element.descendants().count())
    }

    /// Where an element stands.
    pub(super) fn at(&self, element: ElementRef<'_>) -> usize {
        self.order.get(&element.id()).copied().unwrap_or(usize::MAX)
    }
}

/// Whether an element holds more than a price: to read all that lie in one another would take the square of their number.
pub(super) fn is_large(element: ElementRef<'_>) -> bool {
    element.descendants().nth(MOST_NODES).is_some()
}

fn price_text(element: ElementRef<'_>, struck: Option<&Selector>) -> String {
    let whole = element::text(element, struck);
    let small = |inner: &ElementRef<'_>| {
        inner.value().name() == "sup"
            || words(*inner).iter().any(|word| matches!(word.as_str(), "cents" | "cent" | "fraction" | "decimal" | "decimals" | "centimos"))
    };
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    let cents = element.descendent_elements().filter(|inner| inner.id() != element.id() && small(inner));
    let cents = cents.map(|cents| element::text(cents, None)).find(|text| digits(text));
    match cents.and_then(|cents| Some((whole.rfind(&cents)?, cents))) {
        Some((at, cents)) if whole[..at].trim_end().ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{}.{cents}{}", whole[..at].trim_end(), &whole[at + 2..])
        }
        _ => whole,
    }
}

/// An element and what encloses it, the innermost first.
pub(super) fn around(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take(CONTEXT)
}

/// The words of an element's id, classes and naming attributes.
pub(super) fn words(element: ElementRef<'_>) -> Vec<String> {
    let named = ["id", "class"].into_iter().chain(NAMING_ATTRIBUTES);
    named.filter_map(|name| element.attr(name)).flat_map(|names| names.split_ascii_whitespace().flat_map(split)).collect()
}

/// The words of a name in any of the usual ways of writing several as one.
fn split(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars().take(400) {
        if !c.is_alphabetic() || was_lower && c.is_uppercase() {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let (true, Some(word)) = (c.is_alphabetic(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    // `has-discount` is said of what holds one.
    match words.first().map(String::as_str) {
        Some("has" | "with" | "without" | "no") => Vec::new(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        assert_eq!(split("priceToPay_a-text2"), ["price", "to", "pay", "a", "text"]);
        assert!(split("has-discount").is_empty());
    }

    #[test]
    fn small_cents_are_parted_from_the_whole() {
        let text = |html: &str| price_text(Html::parse_fragment(html).root_element(), None);
        assert_eq!(text("<b>$12<sup>99</sup></b>"), "$12.99");
        assert_eq!(text("<b><sup>$</sup>12<sup>99</sup> each</b>"), "$12.99 each");
        assert_eq!(text("<b>12,<sup>99</sup> €</b>"), "12,99 €");
        assert_eq!(text("<b>1999</b>"), "1999");
    }
}
