//! Microdata and RDFa as the JSON that they stand for, so that one reader serves all (HTML standard, 5.2.3 and 5.4; RDFa Lite 1.1).

use scraper::{ElementRef, Html};
use serde_json::{Map, Value};

/// Only so much text makes one value.
const LONGEST_VALUE: usize = 5_000;
/// Items nested deeper are not read: no shop writes them, and values that deep could not be freed.
const DEEPEST: usize = 16;
/// A region's largest size. Longer ones are read up to here: an HTML parser's time grows with the square of nesting.
const LONGEST_HTML: usize = 64_000;

/// The first item of the fragment, and whether it is itself a property of another item.
pub(super) fn value(html: &str) -> Option<(Value, bool)> {
    let html = Html::parse_fragment(&html[..html.floor_char_boundary(LONGEST_HTML)]);
    let root = html.root_element().descendent_elements().find(|e| is_item(*e))?;
    let mut items = vec![Item::new(root, None)];
    let mut open = vec![(root, 0, 0)];
    // Depth first with a stack of our own: pages nest deeper than the machine's.
    while let Some((element, owner, depth)) = open.pop() {
        let children: Vec<ElementRef<'_>> = element.child_elements().collect();
        for child in children.into_iter().rev() {
            let property = property(child);
            if is_item(child) {
                if depth < DEEPEST {
                    items.push(Item::new(child, property.map(|p| (owner, p.to_owned()))));
                    open.push((child, items.len() - 1, depth + 1));
                }
            } else {
                if let Some(names) = property {
                    items[owner].add(names, Value::String(text(child)));
                }
                open.push((child, owner, depth));
            }
        }
    }
    // An item comes after the one it belongs to.
    while items.len() > 1 {
        let Some(Item { value, parent: Some((owner, names)) }) = items.pop() else { continue };
        items[owner].add(&names, Value::Object(value));
    }
    let listed = property(root).is_some();
    items.pop().map(|item| (Value::Object(item.value), listed))
}

fn is_item(element: ElementRef<'_>) -> bool {
    element.attr("itemscope").is_some() || element.attr("typeof").is_some()
}

/// The names of the property that an element holds.
fn property(element: ElementRef<'_>) -> Option<&str> {
    element.attr("itemprop").or_else(|| element.attr("property"))
}

struct Item {
    value: Map<String, Value>,
    parent: Option<(usize, String)>,
}

impl Item {
    fn new(element: ElementRef<'_>, parent: Option<(usize, String)>) -> Self {
        let mut value = Map::new();
        if let Some(kind) = element.attr("itemtype").or_else(|| element.attr("typeof")) {
            value.insert("@type".to_owned(), Value::String(kind.split_whitespace().next().unwrap_or_default().to_owned()));
        }
        Self { value, parent }
    }

    fn add(&mut self, names: &str, value: Value) {
        for name in names.split_whitespace().take(8) {
            // RDFa may name the vocabulary: `schema:name`.
            let name = name.rsplit([':', '/']).next().unwrap_or(name);
            match self.value.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(values) => values.push(value.clone()),
                other => *other = value.clone(),
            }
        }
    }
}

fn text(element: ElementRef<'_>) -> String {
    for name in ["content", "href", "resource", "src", "datetime", "value"] {
        if let Some(value) = element.attr(name) {
            return value.to_owned();
        }
    }
    let mut text = String::new();
    for part in element.text() {
        text.push_str(part);
        if text.len() > LONGEST_VALUE {
            break;
        }
    }
    text
}
