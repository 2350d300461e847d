//! How a saved page is built, as `extension/content/structure.js` tells it of a page in a browser: the note on a page that could not be read is the
//! same from both.

use crate::market::Part;
use scraper::{ElementRef, Html, Selector};

/// Elements beyond these are left out, and what lies deeper.
const MOST: usize = 1_500;
const DEEPEST: usize = 40;
/// Neighbours that look alike beyond these tell nothing.
const ALIKE: usize = 3;
/// An id or a list of classes is cut here, in characters; everything together, in characters.
const LONGEST_NAME: usize = 200;
const LONGEST: usize = 20_000;
/// A main part with fewer elements is an empty frame.
const FEWEST: usize = 10;
/// Names of `data-` attributes beyond these are left out.
const MOST_DATA: usize = 20;

const UNREAD: [&str; 11] = ["script", "style", "svg", "noscript", "template", "iframe", "link", "meta", "option", "source", "br"];

/// The elements of the page's main part.
pub(super) fn structure(document: &Html) -> Vec<Part> {
    let find = |selector: &str| Selector::parse(selector).ok();
    let (main, body) = (find("main, [role='main'], #main, #content"), find("body"));
    let root =
        main.iter().flat_map(|main| document.select(main)).take(20).find(|element| element.descendent_elements().nth(FEWEST).is_some());
    let mut walk = Walk::default();
    if let Some(root) = root.or_else(|| document.select(body.as_ref()?).next()) {
        walk.down(root, 0);
    }
    walk.parts
}

#[derive(Default)]
struct Walk {
    parts: Vec<Part>,
    size: usize,
}

impl Walk {
    fn down(&mut self, element: ElementRef<'_>, depth: usize) {
        if depth > DEEPEST || self.parts.len() >= MOST {
            return;
        }
        let name = |key: &str| element.attr(key).unwrap_or_default().chars().take(LONGEST_NAME).collect::<String>();
        let (tag, id, classes) = (element.value().name().to_owned(), name("id"), name("class"));
        let data: Vec<String> = data_names(element).take(MOST_DATA).collect();
        self.size += [&tag, &id, &classes].into_iter().chain(&data).map(|name| name.encode_utf16().count()).sum::<usize>() + 1;
        if self.size > LONGEST {
            return;
        }
        self.parts.push(Part(depth, tag, id, classes, data));
        let (mut alike, mut last) = (0, None);
        for child in element.child_elements().filter(|child| !UNREAD.contains(&child.value().name())) {
            let look = (child.value().name(), child.attr("class"));
            alike = if last == Some(look) { alike + 1 } else { 0 };
            last = Some(look);
            if alike < ALIKE {
                self.down(child, depth + 1);
            }
        }
    }
}

/// In one order whatever the parser's is.
fn data_names(element: ElementRef<'_>) -> impl Iterator<Item = String> {
    let mut names: Vec<String> =
        element.value().attrs().map(|(name, _)| name).filter(|name| name.starts_with("data-")).map(str::to_owned).collect();
    names.sort();
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<(usize, String)> {
        let parts = structure(&Html::parse_document(html));
        parts.into_iter().map(|Part(depth, tag, id, classes, data)| (depth, format!("{tag} {id} {classes} {}", data.join(",")))).collect()
    }

    #[test]
    fn tags_ids_classes_and_names_are_taken_and_nothing_else() {
        let found = of("<body><p id=a class='b c' data-y=secret data-x title=secret style='x'>secret <b>words</b><script>x</script></p>");
        let expected = [(0, "body   "), (1, "p a b c data-x,data-y"), (2, "b   ")];
        assert_eq!(found, expected.map(|(depth, text)| (depth, text.to_owned())));
    }

    #[test]
    fn neighbours_that_look_alike_are_named_three_times() {
        assert_eq!(of(&format!("<ul>{}</ul>", "<li class=x>a</li>".repeat(50))).len(), 2 + ALIKE);
    }

    #[test]
    fn a_main_part_is_taken_where_it_holds_something() {
        let filled = format!("<body><div></div><main>{}</main>", "<p class=a></p><p class=b></p>".repeat(6));
        assert_eq!(of(&filled)[0].1, "main   ");
        assert_eq!(of("<body><main></main><div></div>")[0].1, "body   ");
    }

    #[test]
    fn a_page_without_end_is_cut() {
        let deep = "<div>".repeat(2_000);
        assert!(of(&deep).len() <= DEEPEST + 1);
        let wide: String = (0..9_000).map(|at| format!("<p class='c{at}'></p>")).collect();
        assert!(of(&wide).len() <= MOST);
    }
}
