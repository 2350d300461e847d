//! The skeleton of a region: the picked elements whole or as their tags alone, the elements that enclose them, and nothing else.

use ego_tree::{NodeId, iter::Edge};
use regex::Regex;
use scraper::{ElementRef, Node, Selector};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// Elements that are never part of a region.
const DROPPED: [&str; 6] = ["iframe", "noscript", "script", "style", "svg", "template"];
/// Elements without an end tag.
pub(super) const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// A text node is cut here, in characters.
const LONGEST_TEXT: usize = 5_000;
/// An attribute's value is cut here, in characters.
const LONGEST_ATTRIBUTE: usize = 2_000;
/// Of a longer element that is kept whole its text is kept, as written by a browser, in UTF-16 units.
const LONGEST_WHOLE: usize = 30_000;
/// Only so many matches of a selector are kept in a region.
const MOST_PICKS: usize = 4_000;
/// No element is kept that lies deeper in its region.
pub(super) const DEEPEST_PICK: usize = 256;
/// A region is cut here, in bytes.
const LARGEST_REGION: usize = 400_000;

/// Tags, comments, and elements whose content is no text.
static MARKUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let unread = ["script", "style", "svg", "noscript", "template", "iframe"].map(|name| format!(r"<{name}\b.*?</{name}\s*>"));
    Regex::new(&format!("(?is){}|<!--.*?-->|<[^>]*>", unread.join("|"))).ok()
});

/// What is kept of a region.
pub(super) struct Keep<'a> {
    /// Elements that are kept whole.
    pub(super) wholes: Option<Selector>,
    /// Elements that are kept without their content, with these attributes.
    pub(super) heads: Vec<(Selector, &'a [String])>,
    /// Subtrees in which nothing is kept.
    pub(super) pruned: Option<Selector>,
    /// Attributes of the region's own element, besides `id` and `class`.
    pub(super) attributes: &'a [String],
    /// Attributes of the elements between.
    pub(super) between: &'a [String],
    /// Ids and classes that are kept, and substrings of such; absent: all.
    pub(super) names: Option<(&'a [String], &'a [String])>,
    /// On a page of which nothing is known.
    pub(super) any: Option<Any<'a>>,
}

/// How a region is cut that is a whole page.
pub(super) struct Any<'a> {
    /// What is kept whole in the place of what `wholes` fits.
    pub(super) marked: &'a HashSet<NodeId>,
    /// Regions of their own inside it.
    pub(super) without: &'a HashSet<NodeId>,
}

/// The elements of a region that are kept, those that are not whole with their attributes.
#[derive(Default)]
struct Kept<'a> {
    whole: HashSet<NodeId>,
    tags: HashMap<NodeId, BTreeSet<&'a str>>,
}

impl<'a> Keep<'a> {
    /// Serialises a region. Also tells whether it was cut short.
    pub(super) fn skeleton(&self, region: ElementRef<'_>) -> (String, bool) {
        let kept = self.kept(region);
        let mut html = String::new();
        let (mut inside, mut closed, mut truncated) = (0usize, None, false);
        for edge in region.traverse() {
            match edge {
                Edge::Open(_) if closed.is_some() => {}
                Edge::Close(node) if closed.is_some_and(|id| id != node.id()) => {}
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        let tag = kept.tags.get(&node.id());
                        let is_kept = inside > 0 || kept.whole.contains(&node.id()) || tag.is_some();
                        let full = html.len() >= LARGEST_REGION;
                        truncated |= full && is_kept;
                        if full || !is_kept || DROPPED.contains(&element.name()) {
                            closed = Some(node.id());
                            continue;
                        }
                        let is_whole = kept.whole.contains(&node.id());
                        if let Some(text) = ElementRef::wrap(node).filter(|_| is_whole && inside == 0).and_then(text_of_long) {
                            self.open(element, Some(&self.between.iter().map(String::as_str).collect()), &mut html);
                            html.push_str(&text);
                            close(element.name(), &mut html);
                            closed = Some(node.id());
                            continue;
                        }
                        inside += usize::from(is_whole);
                        self.open(element, tag.filter(|_| inside == 0), &mut html);
                    }
                    Node::Text(text) if inside > 0 && html.len() < LARGEST_REGION => truncated |= write_text(text, &mut html),
                    _ => {}
                },
                Edge::Close(node) => {
                    let Node::Element(element) = node.value() else { continue };
                    if closed.take().is_some() {
                        continue;
                    }
                    inside -= usize::from(kept.whole.contains(&node.id()));
                    close(element.name(), &mut html);
                }
            }
        }
        (html, truncated)
    }

    fn kept(&self, region: ElementRef<'_>) -> Kept<'a> {
        let mut kept = Kept::default();
        kept.tags.insert(region.id(), self.attributes.iter().chain(self.between).map(String::as_str).collect());
        let wholes: Vec<_> = match &self.any {
            Some(any) => region.descendent_elements().filter(|element| any.marked.contains(&element.id())).collect(),
            None => self.wholes.iter().flat_map(|wholes| found(region, wholes)).collect(),
        };
        for pick in wholes {
            if self.enclose(pick, region, &mut kept) {
                kept.whole.insert(pick.id());
            }
        }
        for (selector, attributes) in &self.heads {
            for pick in found(region, selector) {
                if self.enclose(pick, region, &mut kept) {
                    let own = attributes.iter().chain(self.between).map(String::as_str);
                    kept.tags.entry(pick.id()).or_default().extend(own);
                }
            }
        }
        kept
    }

    /// Keeps what lies between a pick and its region; not where it lies too deep, or in a part that is left out.
    fn enclose(&self, pick: ElementRef<'_>, region: ElementRef<'_>, kept: &mut Kept<'a>) -> bool {
        let chain: Vec<_> = pick.ancestors().map(|outer| outer.id()).take_while(|&id| id != region.id()).take(DEEPEST_PICK + 1).collect();
        // Asked first: what an element lies in costs as much as it lies deep.
        if pick.id() != region.id() && chain.len() > DEEPEST_PICK {
            return false;
        }
        let pruned = |node| ElementRef::wrap(node).is_some_and(|e| self.pruned.as_ref().is_some_and(|pruned| pruned.matches(&e)));
        if pruned(*pick) || pick.ancestors().any(pruned) {
            return false;
        }
        if pick.id() == region.id() {
            return true;
        }
        let apart = |id: &NodeId| self.any.as_ref().is_some_and(|any| any.without.contains(id));
        if apart(&pick.id()) || chain.iter().any(apart) {
            return false;
        }
        for id in chain {
            kept.tags.entry(id).or_insert_with(|| self.between.iter().map(String::as_str).collect());
        }
        true
    }

    /// Writes an element's tag; all its attributes where it is part of one that is kept whole.
    fn open(&self, element: &scraper::node::Element, tag: Option<&BTreeSet<&str>>, html: &mut String) {
        html.push('<');
        html.push_str(element.name());
        for (name, value) in element.attrs() {
            let named = name == "id" || name == "class";
            let value = match (tag, self.names) {
                (Some(_), Some(names)) if named => known(value, names),
                (Some(tag), _) if !named && !tag.contains(name) => continue,
                _ => value.to_owned(),
            };
            if named && value.is_empty() {
                continue;
            }
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
        html.push('>');
    }
}

fn close(name: &str, html: &mut String) {
    if !VOID.contains(&name) {
        html.push_str("</");
        html.push_str(name);
        html.push('>');
    }
}

/// Of a very long element the text, as HTML; nothing of others.
fn text_of_long(element: ElementRef<'_>) -> Option<String> {
    let length = |node: ego_tree::NodeRef<'_, Node>| match node.value() {
        Node::Text(text) => text.len(),
        Node::Element(inner) => 2 * inner.name().len() + 5 + inner.attrs().map(|(name, value)| name.len() + value.len() + 4).sum::<usize>(),
        Node::Comment(comment) => comment.len() + 7,
        _ => 0,
    };
    // Written only where it may be long: what has to be escaped makes it longer, never by half.
    if element.descendants().map(length).sum::<usize>() <= LONGEST_WHOLE / 2 {
        return None;
    }
    let html = element.html();
    if html.encode_utf16().count() <= LONGEST_WHOLE {
        return None;
    }
    let text = MARKUP.as_ref()?.replace_all(&html, " ");
    let mut short = String::new();
    let mut units = 0;
    for c in text
        .split(|c: char| c.is_whitespace() || c == '\u{feff}')
        .filter(|word| !word.is_empty())
        .flat_map(|word| [" ", word])
        .flat_map(str::chars)
    {
        units += c.len_utf16();
        if units > LONGEST_TEXT {
            break;
        }
        short.push(c);
    }
    // Not half of an escaped sign.
    if let Some(at) = short.rfind('&').filter(|&at| !short[at..].contains(';')) {
        short.truncate(at);
    }
    Some(short)
}

/// Of an id or a list of classes the names that a selector asks for.
fn known(value: &str, (names, parts): (&[String], &[String])) -> String {
    let asked = |name: &&str| names.iter().any(|known| known == name) || parts.iter().any(|part| name.contains(part.as_str()));
    value.split_ascii_whitespace().filter(asked).collect::<Vec<_>>().join(" ")
}

/// The matches in a region, its own element among them.
fn found<'r>(region: ElementRef<'r>, selector: &Selector) -> Vec<ElementRef<'r>> {
    let own = selector.matches(&region).then_some(region);
    own.into_iter().chain(region.select(selector)).take(MOST_PICKS).collect()
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
