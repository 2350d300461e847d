//! The skeleton of a region: the picked elements whole or as their tags alone, the elements that enclose them, and nothing else.

use ego_tree::{NodeId, iter::Edge};
use scraper::{ElementRef, Node, Selector};
use std::collections::HashSet;

/// Elements that are never part of a region.
const DROPPED: [&str; 6] = ["iframe", "noscript", "script", "style", "svg", "template"];
/// Elements without an end tag.
pub(super) const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// A text node is cut here, in characters.
const LONGEST_TEXT: usize = 5_000;
/// An attribute's value is cut here, in characters.
const LONGEST_ATTRIBUTE: usize = 2_000;
/// Only so many picks of a region are kept, and none that lies deeper in it than the second number.
const MOST_PICKS: (usize, usize) = (4_000, 256);
/// A region is cut here, in bytes.
const LARGEST_REGION: usize = 1_000_000;

/// What is kept of a region.
pub(super) struct Keep<'a> {
    /// Elements that are kept whole.
    pub(super) wholes: Option<&'a Selector>,
    /// Elements that are kept without their content.
    pub(super) heads: Option<&'a Selector>,
    /// Attributes besides `id` and `class`; absent: all.
    pub(super) attributes: Option<&'a [String]>,
}

impl Keep<'_> {
    /// Serialises a region. Also tells whether it was cut short.
    pub(super) fn skeleton(&self, region: ElementRef<'_>) -> (String, bool) {
        let (whole, path) = self.kept(region);
        let mut html = String::new();
        let (mut inside, mut closed, mut truncated) = (0usize, None, false);
        for edge in region.traverse() {
            match edge {
                Edge::Open(_) if closed.is_some() => {}
                Edge::Close(node) if closed.is_some_and(|id| id != node.id()) => {}
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        let kept = inside > 0 || whole.contains(&node.id()) || path.contains(&node.id()) || node.id() == region.id();
                        let full = html.len() >= LARGEST_REGION;
                        truncated |= full && kept;
                        if full || !kept || DROPPED.contains(&element.name()) {
                            closed = Some(node.id());
                            continue;
                        }
                        if whole.contains(&node.id()) {
                            inside += 1;
                        }
                        self.open(element, &mut html);
                    }
                    Node::Text(text) if inside > 0 && html.len() < LARGEST_REGION => truncated |= write_text(text, &mut html),
                    _ => {}
                },
                Edge::Close(node) => {
                    let Node::Element(element) = node.value() else { continue };
                    if closed.take().is_some() {
                        continue;
                    }
                    if whole.contains(&node.id()) {
                        inside -= 1;
                    }
                    if !VOID.contains(&element.name()) {
                        html.push_str("</");
                        html.push_str(element.name());
                        html.push('>');
                    }
                }
            }
        }
        (html, truncated)
    }

    /// The elements that are kept whole; those of which only the tag is, and all that encloses either up to the region.
    fn kept(&self, region: ElementRef<'_>) -> (HashSet<NodeId>, HashSet<NodeId>) {
        let (mut whole, mut path) = (HashSet::new(), HashSet::new());
        let matches = |selector: Option<&Selector>| -> Vec<_> {
            let Some(selector) = selector else { return Vec::new() };
            let own = selector.matches(&region).then_some(region);
            own.into_iter().chain(region.select(selector)).take(MOST_PICKS.0).collect()
        };
        let wholes = matches(self.wholes).into_iter().map(|pick| (pick, true));
        for (pick, entire) in wholes.chain(matches(self.heads).into_iter().map(|pick| (pick, false))) {
            let around = |id: NodeId| id != region.id() && !path.contains(&id);
            let chain: Vec<_> = pick.ancestors().map(|outer| outer.id()).take_while(|&id| around(id)).take(MOST_PICKS.1 + 1).collect();
            if chain.len() <= MOST_PICKS.1 {
                if entire {
                    whole.insert(pick.id());
                } else {
                    path.insert(pick.id());
                }
                path.extend(chain);
            }
        }
        (whole, path)
    }

    fn open(&self, element: &scraper::node::Element, html: &mut String) {
        html.push('<');
        html.push_str(element.name());
        for (name, value) in element.attrs() {
            if name == "id" || name == "class" || self.attributes.is_none_or(|kept| kept.iter().any(|kept| kept == name)) {
                html.push(' ');
                html.push_str(name);
                html.push_str("=\"");
                for c in value.chars().take(LONGEST_ATTRIBUTE) {
                    match c {
                        '&' => html.push_str("&amp;"),
                        '"' => html.push_str("&quot;"),
                        c => html.push(c),
                    }
                }
                html.push('"');
            }
        }
        html.push('>');
    }
}

/// Writes a text with runs of white space as one space. Tells whether it was cut short.
fn write_text(text: &str, html: &mut String) -> bool {
    let mut space = false;
    for (at, c) in text.chars().enumerate() {
        if at >= LONGEST_TEXT {
            return true;
        }
        match c {
            c if c.is_ascii_whitespace() => {
                if !space {
                    html.push(' ');
                }
            }
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
        space = c.is_ascii_whitespace();
    }
    false
}
