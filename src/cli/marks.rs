//! Finds on a page of which nothing is known what its own texts point out: amounts of money, names of facts with what stands beside them, and
//! the controls that buy. `extension/content/marks.js` does the same in a browser.

use super::skeleton::DEEPEST_PICK;
use crate::market::Marks;
use ego_tree::NodeId;
use regex::Regex;
use scraper::{ElementRef, Html, Node};
use std::collections::{HashMap, HashSet};

/// Only so many are kept.
const MOST: usize = 600;
/// Longer texts are prose, in UTF-16 units.
const LONGEST_NODE: usize = 120;
const LONGEST_AMOUNT: usize = 80;
/// How far up what stands beside a text is looked for.
const CLIMB: usize = 6;
/// Elements whose texts are not shown, or are not what is offered.
const UNREAD: [&str; 8] = ["script", "style", "noscript", "template", "iframe", "svg", "textarea", "select"];

/// Keeps of `wholes` what is short, and adds what texts point out.
pub(super) fn marked(document: &Html, marks: &Marks, wholes: Vec<ElementRef<'_>>) -> HashSet<NodeId> {
    let Some(body) = document.root_element().child_elements().find(|element| element.value().name() == "body") else {
        return HashSet::new();
    };
    let mut texts = Texts { body: body.id(), longest: marks.longest, known: HashMap::new() };
    let mut found: HashSet<NodeId> =
        wholes.into_iter().filter(|&element| texts.of(element).is_some()).map(|element| element.id()).collect();
    let pattern = |pattern: String| Regex::new(&pattern).ok();
    let patterns = (pattern(marks.amounts.clone()), pattern(format!("^(?:{})", marks.labels)), pattern(format!("^(?:{})$", marks.buttons)));
    let (Some(amount), Some(label), Some(button)) = patterns else { return found };
    let most = found.len() + MOST;
    for node in body.descendants() {
        if found.len() >= most {
            break;
        }
        let Node::Text(raw) = node.value() else { continue };
        if utf16(raw) > LONGEST_NODE * 20 {
            continue;
        }
        let text = squeezed(raw).to_lowercase();
        if text.is_empty() || utf16(&text) > LONGEST_NODE {
            continue;
        }
        let Some(parent) = node.parent().and_then(ElementRef::wrap) else { continue };
        let named = label.find(&text).map(|found| found.as_str()).filter(|named| !goes_on(named, &text));
        let pick = if button.is_match(&text) {
            Some(parent)
        } else if let Some(named) = named {
            let whole = |text: &str| utf16(text.trim_end_matches(|c: char| c.is_whitespace() || c == ':' || c == '：'));
            texts.climb(parent, |text| whole(text) > utf16(named) + 1)
        } else if (has_digit(&text) || utf16(&text) <= 6) && utf16(&text) <= LONGEST_AMOUNT && amount.is_match(&text) {
            texts.climb(parent, has_digit)
        } else {
            None
        };
        found.extend(pick.filter(|pick| is_read(*pick, body.id())).map(|pick| pick.id()));
    }
    found
}

/// What elements say, each asked once: many texts lie in the same element, and what encloses an element holds its text again.
struct Texts {
    body: NodeId,
    longest: usize,
    known: HashMap<NodeId, Option<String>>,
}

impl Texts {
    /// An element's text; none of one that is long, or that lies too deep to be kept.
    fn of(&mut self, element: ElementRef<'_>) -> Option<&str> {
        let (body, longest) = (self.body, self.longest);
        let text = || if is_deep(element, body) { None } else { text_of(element, longest) };
        self.known.entry(element.id()).or_insert_with(text).as_deref()
    }

    /// The innermost of an element and what encloses it whose text is enough, before one that is long.
    fn climb<'a>(&mut self, from: ElementRef<'a>, enough: impl Fn(&str) -> bool) -> Option<ElementRef<'a>> {
        let body = self.body;
        for element in around(from, body).take(CLIMB) {
            if enough(self.of(element)?) {
                return Some(element);
            }
        }
        None
    }
}

/// An element and what encloses it in the body.
fn around(element: ElementRef<'_>, body: NodeId) -> impl Iterator<Item = ElementRef<'_>> {
    std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take_while(move |outer| outer.id() != body)
}

/// Whether an element would not be kept, as deep as it lies.
fn is_deep(element: ElementRef<'_>, body: NodeId) -> bool {
    around(element, body).nth(DEEPEST_PICK).is_some()
}

fn is_read(element: ElementRef<'_>, body: NodeId) -> bool {
    !is_deep(element, body) && !around(element, body).any(|outer| UNREAD.contains(&outer.value().name()))
}

/// Whether the label is only the beginning of a word.
fn goes_on(named: &str, text: &str) -> bool {
    let unspaced = |c: char| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    text[named.len()..].chars().next().is_some_and(char::is_alphabetic) && !named.chars().last().is_some_and(unspaced)
}

/// An element's text, unless it is long. Of a long one no more is gathered than tells that it is.
fn text_of(element: ElementRef<'_>, longest: usize) -> Option<String> {
    #[cfg(test)]
    tests::LOOKED_THROUGH.set(tests::LOOKED_THROUGH.get() + element.descendants().count());
    let (mut raw, mut length) = (String::new(), 0);
    for part in element.text() {
        length += utf16(part);
        if length > longest * 20 {
            return None;
        }
        raw.push_str(part);
    }
    Some(squeezed(&raw)).filter(|text| utf16(text) <= longest)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹' | '०'..='९' | '０'..='９'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// Nodes of elements whose text was gathered.
        pub(super) static LOOKED_THROUGH: Cell<usize> = const { Cell::new(0) };
    }

    fn texts(html: &str) -> Vec<String> {
        let marks =
            Marks { tiles: Vec::new(), longest: 60, amounts: "\\$|kr".into(), labels: "sold by|brand|店".into(), buttons: "buy".into() };
        let document = Html::parse_document(html);
        let found = marked(&document, &marks, Vec::new());
        let picks = document.root_element().descendent_elements().filter(|element| found.contains(&element.id()));
        picks.map(|element| squeezed(&element.text().collect::<String>())).collect()
    }

    #[test]
    fn an_amount_is_the_element_that_holds_sign_and_digits() {
        assert_eq!(texts("<p><b><i>$</i><u>12</u></b> or so"), ["$12"]);
        assert_eq!(texts("<p>twelve krona 12 <b>of many</b><p>$ and words"), ["twelve krona 12 of many"]);
        assert!(texts("<script>$1</script><select><option>$1</select>").is_empty());
    }

    #[test]
    fn a_label_comes_with_what_it_names() {
        assert_eq!(texts("<table><tr><th>Brand:<td>Lumen<tr><th>Colour<td>red</table>"), ["Brand:Lumen"]);
        assert_eq!(texts("<div>Sold by <a>Shop</a></div><i>Branded</i><p>店Shop"), ["Sold by Shop", "店Shop"]);
        assert!(texts(&format!("<div><b>Brand</b>{}</div>", "word ".repeat(40))).is_empty());
    }

    #[test]
    fn a_button_is_its_whole_text() {
        assert_eq!(texts("<button> BUY </button><p>buy more"), ["BUY"]);
    }

    #[test]
    fn what_lies_too_deep_to_be_kept_is_not_marked() {
        let nested = |levels: usize| texts(&format!("{}$1", "<div>".repeat(levels)));
        assert_eq!((nested(DEEPEST_PICK), nested(DEEPEST_PICK + 1)), (vec!["$1".to_owned()], Vec::new()));
    }

    /// How many nodes are looked through for texts where elements lie in elements, each with a price, a label, or nothing but what it encloses.
    /// All are asked for by a selector, too.
    fn looked_through(levels: usize) -> usize {
        let marks = Marks { longest: 300, amounts: "\\$".into(), labels: "brand".into(), buttons: "buy".into(), ..Marks::default() };
        let level = ["<div>", "<div>$1 ", "<div>Brand ", "<div>Buy<i></i>"];
        let html: String = level.iter().cycle().take(levels).copied().collect();
        let document = Html::parse_document(&format!("{html}<b>$</b>"));
        LOOKED_THROUGH.set(0);
        assert!(!marked(&document, &marks, document.root_element().descendent_elements().collect()).is_empty());
        LOOKED_THROUGH.get()
    }

    #[test]
    fn nesting_four_times_as_deep_makes_no_more_than_about_four_times_the_work() {
        let (shallow, deep) = (looked_through(1_000), looked_through(4_000));
        assert!(deep < shallow * 6, "{deep} against {shallow}");
    }
}
