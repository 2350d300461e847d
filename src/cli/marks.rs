//! Finds on a page of which nothing is known what its own texts point out: amounts of money, names of facts with what stands beside them, and
//! the controls that buy. `extension/content/marks.js` does the same in a browser.

use crate::market::Marks;
use ego_tree::NodeId;
use regex::Regex;
use scraper::{ElementRef, Html, Node};
use std::collections::HashSet;

/// Only so many are kept.
const MOST: usize = 600;
/// Longer texts are prose, in UTF-16 units.
const LONGEST_NODE: usize = 120;
const LONGEST_AMOUNT: usize = 80;
/// How far up what stands beside a text is looked for.
const CLIMB: usize = 4;
/// Elements whose texts are not shown, or are not what is offered.
const UNREAD: [&str; 8] = ["script", "style", "noscript", "template", "iframe", "svg", "textarea", "select"];

/// Keeps of `wholes` what is short, and adds what texts point out.
pub(super) fn marked(document: &Html, marks: &Marks, wholes: Vec<ElementRef<'_>>) -> HashSet<NodeId> {
    let pattern = |pattern: String| Regex::new(&pattern).ok();
    let mut found: HashSet<NodeId> =
        wholes.into_iter().filter(|&element| text_of(element, marks.longest).is_some()).map(|element| element.id()).collect();
    let patterns = (pattern(marks.amounts.clone()), pattern(format!("^(?:{})", marks.labels)), pattern(format!("^(?:{})$", marks.buttons)));
    let (Some(amount), Some(label), Some(button)) = patterns else { return found };
    let Some(body) = document.root_element().child_elements().find(|element| element.value().name() == "body") else { return found };
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
        let climb = |enough: &dyn Fn(&str) -> bool| {
            let around = node.ancestors().filter_map(ElementRef::wrap).take_while(|element| element.id() != body.id()).take(CLIMB);
            for element in around {
                if enough(&text_of(element, marks.longest)?) {
                    return Some(element);
                }
            }
            None
        };
        let named = label.find(&text).map(|found| found.as_str()).filter(|named| !goes_on(named, &text));
        let pick = if button.is_match(&text) {
            node.parent().and_then(ElementRef::wrap)
        } else if let Some(named) = named {
            climb(&|whole| utf16(whole.trim_end_matches(|c: char| c.is_whitespace() || c == ':' || c == '：')) > utf16(named) + 1)
        } else if (has_digit(&text) || utf16(&text) <= 6) && utf16(&text) <= LONGEST_AMOUNT && amount.is_match(&text) {
            climb(&has_digit)
        } else {
            None
        };
        let is_read = |pick: &ElementRef<'_>| {
            let mut around = pick.ancestors().filter_map(ElementRef::wrap).chain([*pick]);
            !around.any(|element| UNREAD.contains(&element.value().name()))
        };
        found.extend(pick.filter(is_read).map(|pick| pick.id()));
    }
    found
}

/// Whether the label is only the beginning of a word.
fn goes_on(named: &str, text: &str) -> bool {
    let unspaced = |c: char| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    text[named.len()..].chars().next().is_some_and(char::is_alphabetic) && !named.chars().last().is_some_and(unspaced)
}

/// An element's text, unless it is long. Of a long one no more is gathered than tells that it is.
fn text_of(element: ElementRef<'_>, longest: usize) -> Option<String> {
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
}
