//! What a page shows: texts that a person sees, and what the names of their elements say of them.

use super::propose::{TEST_IDS, kept};
use crate::listing::Price;
use crate::market::shown_text;
use crate::page::price::{self, Hint};
use crate::rules::marketplace::Field;
use scraper::{ElementRef, Html};

/// Elements that hold no text of an offer.
const UNREAD: [&str; 10] = ["head", "script", "style", "noscript", "template", "svg", "iframe", "select", "footer", "nav"];
/// Attributes in which names stand that somebody chose, besides [`TEST_IDS`].
const NAMES: [&str; 3] = ["id", "class", "itemprop"];
/// A price text with its words is no longer, in characters.
const LONGEST_PRICE: usize = 40;
/// No name of goods, brands or sellers is longer, in bytes.
const LONGEST_TEXT: usize = 1_000;

/// An element of a page with its text.
pub(super) struct Shown<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) text: String,
}

/// Where a fact stands.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    pub(super) field: Field,
    pub(super) element: ElementRef<'a>,
    /// The text around the fact, `{}` for the fact itself.
    pub(super) template: Option<String>,
}

impl<'a> Spot<'a> {
    pub(super) fn new(field: Field, element: ElementRef<'a>) -> Self {
        Self { field, element, template: None }
    }
}

/// The elements that show a text, in the page's order, without those that hold most of the page.
pub(super) fn texts(document: &Html) -> Vec<Shown<'_>> {
    let is_unread = |element: &ElementRef<'_>| UNREAD.contains(&element.value().name());
    let is_shown = |element: &ElementRef<'_>| !is_unread(element) && !enclosing(*element).any(|one| is_unread(&one));
    let short = |element: ElementRef<'_>| element.text().map(str::len).sum::<usize>() <= LONGEST_TEXT * 2;
    let elements = document.root_element().descendent_elements().filter(|element| short(*element) && is_shown(element));
    elements
        .map(|element| Shown { text: text(element), element })
        .filter(|shown| !shown.text.is_empty() && shown.text.len() <= LONGEST_TEXT)
        .collect()
}

pub(super) fn text(element: ElementRef<'_>) -> String {
    shown_text(element, None)
}

/// The elements around one, the nearest first.
pub(super) fn enclosing(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.ancestors().filter_map(ElementRef::wrap)
}

/// Whether an element is another or lies in it.
pub(super) fn holds(outer: ElementRef<'_>, inner: ElementRef<'_>) -> bool {
    outer == inner || inner.ancestors().any(|one| one.id() == outer.id())
}

/// The price that a short text with a currency's sign states.
pub(super) fn price(text: &str, hint: &Hint) -> Option<Price> {
    (text.chars().count() <= LONGEST_PRICE && has_sign(text)).then(|| price::read(text, hint)).flatten()
}

/// Whether a currency stands beside the numbers, so that a count of reviews is no price.
pub(super) fn has_sign(text: &str) -> bool {
    let parts = text.split(|c: char| c.is_numeric() || c.is_whitespace() || ".,'-–".contains(c)).filter(|part| !part.is_empty());
    parts
        .into_iter()
        .any(|part| matches!(part, "$" | "¥" | "￥" | "kr" | "R$" | "元" | "円") || price::currency(part, &Hint::default()).is_some())
}

/// The values of the attributes by which an element is called.
fn names(element: ElementRef<'_>) -> impl Iterator<Item = (&'static str, &str)> {
    NAMES.into_iter().chain(TEST_IDS).filter_map(move |name| Some((name, element.attr(name)?)))
}

/// Whether it is the price before, by its tag or a whole word of its names: `bold` is not `old`.
pub(super) fn is_struck(element: ElementRef<'_>) -> bool {
    let words = ["strike", "strikethrough", "old", "was", "list", "regular", "original", "msrp", "rrp"];
    let called = |value: &str| value.to_ascii_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).any(|word| words.contains(&word));
    let by_tag = |one: ElementRef<'_>| matches!(one.value().name(), "s" | "del" | "strike");
    by_tag(element) || names(element).any(|(_, value)| called(value)) || enclosing(element).take(2).any(by_tag)
}

/// Whether the names of an element hold one of the words.
pub(super) fn is_called(element: ElementRef<'_>, words: &[&str]) -> bool {
    names(element).any(|(_, value)| {
        let value = value.to_ascii_lowercase();
        words.iter().any(|word| value.contains(word))
    })
}

/// The tags of a region on the way to what is read in it, `{field}` for each text.
pub(super) fn skeleton(element: ElementRef<'_>, spots: &[Spot<'_>]) -> String {
    let tag = element.value().name();
    let mut open = format!("<{tag}");
    for (name, value) in names(element) {
        let value = kept(value);
        if !value.is_empty() {
            open.push_str(&format!(" {name}=\"{value}\""));
        }
    }
    let own = || spots.iter().filter(|spot| spot.element == element);
    if own().any(|spot| spot.field == Field::Url) {
        open.push_str(" href=\"{url}\"");
    }
    let text = |spot: &Spot<'_>| {
        let field = format!("{{{:?}}}", spot.field).to_lowercase();
        spot.template.as_ref().map_or(field.clone(), |template| template.replace("{}", &field))
    };
    let mut inside: String = own().filter(|spot| spot.field != Field::Url).map(text).take(1).collect();
    if inside.is_empty() {
        let children = element.child_elements().filter(|child| spots.iter().any(|spot| holds(*child, spot.element)));
        let children: Vec<String> = children.map(|child| skeleton(child, spots)).collect();
        inside = format!("\n{}\n", children.join("\n"));
    }
    format!("{open}>{inside}</{tag}>")
}
