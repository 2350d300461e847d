//! The text of an element as a reader sees its words: blocks and line breaks part words, inline elements do not.

use crate::page::text::squeeze;
use scraper::{ElementRef, Node, Selector};

/// Elements whose edges part words.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "button",
    "caption",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// The element's text, without the subtrees that match `without`.
pub(crate) fn text(element: ElementRef<'_>, without: Option<&Selector>) -> String {
    let mut raw = String::new();
    let mut skipping = None;
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                _ if skipping.is_some() => {}
                Node::Text(text) => raw.push_str(text),
                Node::Element(inner) => {
                    if without.is_some_and(|w| ElementRef::wrap(node).is_some_and(|e| w.matches(&e))) {
                        skipping = Some(node.id());
                    }
                    if is_block(inner.name()) {
                        raw.push(' ');
                    }
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if skipping == Some(node.id()) {
                    skipping = None;
                }
                if node.value().as_element().is_some_and(|e| is_block(e.name())) {
                    raw.push(' ');
                }
            }
        }
    }
    squeeze(&raw)
}

/// The text of the element's own text nodes.
pub(crate) fn own_text(element: ElementRef<'_>) -> String {
    let raw: String = element.children().filter_map(|child| child.value().as_text().map(|text| text.to_string())).collect();
    squeeze(&raw)
}

fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn first(html: &str, read: impl Fn(ElementRef<'_>) -> String) -> String {
        let html = Html::parse_fragment(html);
        read(html.select(&Selector::parse("#x").unwrap()).next().unwrap())
    }

    #[test]
    fn blocks_part_words_and_inline_elements_do_not() {
        let html = "<div id=x>a<div>b</div>c<br>d <span>12</span><sup>50</sup></div>";
        assert_eq!(first(html, |e| text(e, None)), "a b c d 1250");
    }

    #[test]
    fn own_text_leaves_out_children() {
        assert_eq!(first("<p id=x> a <b>b</b> c</p>", own_text), "a c");
    }

    #[test]
    fn a_subtree_can_be_left_out() {
        let cents = Selector::parse("sup").unwrap();
        assert_eq!(first("<p id=x>12<sup>50<b>1</b></sup></p>", |e| text(e, Some(&cents))), "12");
    }

    #[test]
    fn the_blocks_are_sorted() {
        assert!(BLOCKS.is_sorted());
    }
}
