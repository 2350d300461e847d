//! Cuts a [`Snapshot`] from a saved page, as the content script cuts it from the page in a browser.
//!
//! The page is parsed whole, by the algorithm that browsers use. A streaming rewriter is several times faster, but it follows tags and not
//! the tree that browsers build from them: a list item without an end tag, a table inside a paragraph or a misnested link would put a region
//! elsewhere than a browser does, and the two must agree on every page. Elements nested without end are refused before they are parsed.

use super::{
    encoding, marks,
    skeleton::{Any, Keep, VOID},
    state,
};
use crate::market::{Markets, Plan, PlanPage};
use crate::page::{Region, Role, Snapshot, Structured};
use ego_tree::NodeId;
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use url::Url;

/// Larger files are refused, in bytes.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;
/// The regions together, in bytes.
const LARGEST_SNAPSHOT: usize = 400_000;
/// One structured data script, and all of them, in bytes.
const LARGEST_JSON_LD: (usize, usize) = (60_000, 120_000);
/// The state values together, in bytes.
const LARGEST_STATE: usize = 20_000;
/// Open elements beyond this are refused.
const DEEPEST: usize = 10_000;
/// `meta` elements beyond this are left out.
const MOST_META: usize = 400;
/// Regions beyond this are left out.
const MOST_REGIONS: usize = 500;
/// Parts of the page that are there and not to be seen, by what every reader of the page can tell; what streams in (`S:1`) will be shown.
const HIDDEN: &str = "[hidden]:not([id^=\"S:\"]), [style*=\"display:none\"], [style*=\"display: none\"]";
/// What is kept of microdata on shops without an adapter.
const MICRODATA_ATTRIBUTES: [&str; 11] =
    ["itemprop", "itemscope", "itemtype", "typeof", "property", "content", "href", "src", "resource", "datetime", "value"];

/// Why no snapshot was cut from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// Nothing in it.
    #[error("is empty")]
    Empty,
    /// Larger than [`LARGEST_FILE`].
    #[error("is larger than 32 MB; save the page as HTML alone, without its pictures")]
    TooLarge,
    /// No HTML.
    #[error("holds no HTML; save the page from a browser as a web page")]
    NoPage,
    /// Nested beyond [`DEEPEST`], which makes the tree algorithm of HTML quadratic.
    #[error("nests elements more than 10,000 deep, as no page made for people does")]
    TooDeep,
    /// Its address cannot be found in it.
    #[error("does not say which page it is; give its address with --url")]
    NoAddress,
    /// The given address is none.
    #[error("cannot be read under the given --url, which is no http or https address")]
    BadAddress,
}

/// Cuts a page's snapshot. Without `url` the page itself must say its address.
///
/// # Errors
/// When the file is no page, or its address is unknown.
pub fn cut(bytes: &[u8], url: Option<&str>, markets: &Markets) -> Result<Snapshot, CutError> {
    if bytes.len() > LARGEST_FILE {
        return Err(CutError::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(CutError::Empty);
    }
    let text = encoding::decode(bytes);
    if !looks_like_html(&text) {
        return Err(CutError::NoPage);
    }
    if depth(&text) > DEEPEST {
        return Err(CutError::TooDeep);
    }
    let document = Html::parse_document(&text);
    let structured = structured(&document);
    let url = match url {
        Some(url) => web_address(url).ok_or(CutError::BadAddress)?,
        None => own_address(&document, &structured).ok_or(CutError::NoAddress)?,
    };
    let mut snapshot = Snapshot {
        language: document.root_element().attr("lang").map(str::to_owned),
        title: first(&document, "title")
            .map(|title| title.text().collect::<String>().split_ascii_whitespace().collect::<Vec<_>>().join(" ")),
        structured,
        url,
        ..Snapshot::default()
    };
    let plan = markets.plan(&snapshot.url);
    if let Some((at, page)) = markets.page(&snapshot.url).and_then(|at| Some((at, plan.pages.get(at)?))) {
        regions(&document, page, &mut snapshot);
        snapshot.state = states(&document, &plan, at, &mut snapshot.truncated);
        if page.marks.is_some() {
            snapshot.structured.microdata = microdata(&document);
        }
    }
    Ok(snapshot)
}

fn looks_like_html(text: &str) -> bool {
    !text.contains('\0') && text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'))
}

/// The most elements that are open at once, counted by tags alone: an upper bound, because it knows no implied end tags.
fn depth(text: &str) -> usize {
    let (mut rest, mut open, mut deepest) = (text, 0usize, 0usize);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('/') {
            open = open.saturating_sub(1);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let name = name.to_ascii_lowercase();
            rest = after;
            match name.as_str() {
                "script" | "style" => rest = after_raw_text(after, &name),
                // Closed by what follows them, and often left without an end tag.
                "li" | "p" | "option" | "dd" | "dt" | "td" | "tr" | "th" => {}
                name if VOID.contains(&name) => {}
                _ => open += 1,
            }
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// What follows the end tag of an element whose content is raw text.
fn after_raw_text<'a>(text: &'a str, name: &str) -> &'a str {
    let mut ends = text.match_indices("</");
    let is_end = |at: usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    ends.find(|&(at, _)| is_end(at)).map_or("", |(at, _)| &text[at + 2 + name.len()..])
}

fn regions(document: &Html, page: &PlanPage, snapshot: &mut Snapshot) {
    let exclude = selector(&page.exclude);
    // Cards of a page of which nothing is known lie in the region that is its whole body.
    let tiles = outermost(document, page.marks.iter().flat_map(|marks| &marks.tiles), exclude.as_ref(), false, snapshot);
    let own = outermost(document, page.regions.iter(), exclude.as_ref(), page.role == Role::Offer, snapshot);
    let cards: HashSet<_> = tiles.iter().map(|tile| tile.id()).collect();
    let marked = page.marks.as_ref().map(|marks| {
        let found = page.wholes.iter().flat_map(|whole| all(document, whole)).collect();
        marks::marked(document, marks, found)
    });
    let keep = Keep {
        wholes: selector(&page.wholes.join(", ")),
        heads: page.heads.iter().filter_map(|(head, attributes)| Some((selector(head)?, attributes.as_slice()))).collect(),
        pruned: selector(&page.pruned),
        attributes: &page.attributes,
        between: &page.between,
        names: page.names.as_ref().map(|names| (names.as_slice(), page.parts.as_slice())),
        any: marked.as_ref().map(|marked| Any { marked, without: &cards }),
    };
    let mut size = 0;
    for (role, element) in tiles.iter().map(|tile| (Role::Tile, *tile)).chain(own.into_iter().map(|element| (page.role, element))) {
        let (html, truncated) = keep.skeleton(element);
        snapshot.truncated |= truncated;
        if size + html.len() > LARGEST_SNAPSHOT {
            snapshot.truncated = true;
            break;
        }
        size += html.len();
        snapshot.regions.push(Region { role, html });
    }
    let found = |source: &str| selector(source).is_some_and(|selector| document.select(&selector).next().is_some());
    if snapshot.regions.is_empty() || !found(&page.wholes.join(", ")) {
        snapshot.obstacle = page.obstacles.iter().find(|(at, _)| found(at)).map(|&(_, is)| is);
    }
}

/// The outermost matches in document order that lie in no excluded part. Where they make one offer, of several that a selector matches (the page
/// that was left and the one that is shown) only those that may be seen.
fn outermost<'a>(
    document: &'a Html,
    selectors: impl Iterator<Item = &'a String>,
    exclude: Option<&Selector>,
    is_one: bool,
    snapshot: &mut Snapshot,
) -> Vec<ElementRef<'a>> {
    let selectors: Vec<&str> = selectors.map(String::as_str).collect();
    let unread = |element: &ElementRef<'_>| element.value().name() == "noscript" || exclude.is_some_and(|exclude| exclude.matches(element));
    let unseen = if is_one { unseen(document, &selectors, unread) } else { HashSet::new() };
    let mut within = HashMap::new();
    let mut found = Vec::new();
    for element in all(document, &selectors.join(", ")).filter(|element| !unseen.contains(&element.id())) {
        if found.len() >= MOST_REGIONS {
            snapshot.truncated = true;
            break;
        }
        if !lies_in(element, unread, &mut within) {
            within.insert(element.id(), true);
            found.push(element);
        }
    }
    found
}

/// Matches that are hidden, or lie in what is hidden or not read, of selectors of which other matches are shown.
fn unseen(document: &Html, selectors: &[&str], unread: impl Fn(&ElementRef<'_>) -> bool) -> HashSet<NodeId> {
    let hidden = selector(HIDDEN);
    let is = |element: &ElementRef<'_>| unread(element) || hidden.as_ref().is_some_and(|hidden| hidden.matches(element));
    let mut known = HashMap::new();
    let (mut unseen, mut shown) = (HashSet::new(), HashSet::new());
    for source in selectors {
        let (out, seen): (Vec<_>, Vec<_>) = all(document, source).partition(|element| lies_in(*element, is, &mut known));
        if seen.is_empty() {
            shown.extend(out.iter().map(|element| element.id()));
        } else {
            unseen.extend(out.iter().map(|element| element.id()));
        }
    }
    // What one selector leaves out another may name alone.
    unseen.difference(&shown).copied().collect()
}

/// Whether an element is one that is asked for, or lies in one. What is told of one is kept: many elements lie in the same.
fn lies_in(element: ElementRef<'_>, is: impl Fn(&ElementRef<'_>) -> bool, known: &mut HashMap<NodeId, bool>) -> bool {
    let mut asked = Vec::new();
    let mut answer = false;
    for outer in std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)) {
        if let Some(&told) = known.get(&outer.id()) {
            answer = told;
            break;
        }
        asked.push(outer.id());
        if is(&outer) {
            answer = true;
            break;
        }
    }
    known.extend(asked.into_iter().map(|id| (id, answer)));
    answer
}

fn structured(document: &Html) -> Structured {
    let mut structured = Structured::default();
    let mut size = 0;
    for script in all(document, "script[type=\"application/ld+json\"]") {
        let text: String = script.text().collect();
        if text.len() <= LARGEST_JSON_LD.0 && size + text.len() <= LARGEST_JSON_LD.1 {
            size += text.len();
            structured.json_ld.push(text);
        }
    }
    for meta in all(document, "meta[content]") {
        let key = ["property", "name", "itemprop"].iter().find_map(|name| meta.attr(name));
        if let (Some(key), Some(content)) = (key.filter(|key| !key.is_empty()), meta.attr("content").filter(|content| !content.is_empty()))
        {
            structured.meta.push((key.chars().take(200).collect(), content.chars().take(5_000).collect()));
        }
        if structured.meta.len() >= MOST_META {
            break;
        }
    }
    structured.canonical = first(document, "link[rel=\"canonical\"][href]").and_then(|link| link.attr("href")).map(str::to_owned);
    structured
}

fn microdata(document: &Html) -> Vec<String> {
    let attributes = MICRODATA_ATTRIBUTES.map(str::to_owned);
    let keep = Keep {
        wholes: selector("[itemprop]:not([itemscope]), [property]:not([typeof])"),
        heads: selector("[itemscope], [typeof]").into_iter().map(|scope| (scope, attributes.as_slice())).collect(),
        pruned: None,
        attributes: &attributes,
        between: &[],
        names: None,
        any: None,
    };
    let mut taken = HashSet::new();
    let mut outermost = |product: &ElementRef<'_>| {
        taken.insert(product.id());
        !product.ancestors().any(|outer| taken.contains(&outer.id()))
    };
    let products = all(document, "[itemscope][itemtype*=\"schema.org/Product\"], [typeof~=\"Product\"], [typeof$=\":Product\"]")
        .filter(|product| outermost(product));
    products.take(5).map(|product| keep.skeleton(product).0).collect()
}

fn states(document: &Html, plan: &Plan, page: usize, truncated: &mut bool) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    let mut size = 0;
    for rule in plan.states.iter().filter(|state| state.page == page) {
        let scripts = selector(&rule.script);
        let texts = scripts.iter().flat_map(|scripts| document.select(scripts)).map(|script| script.text().collect::<String>());
        let Some(state) = texts.into_iter().find(|text| text.contains(&rule.after)).and_then(|text| state::json(&text, &rule.after)) else {
            continue;
        };
        for (name, path) in &rule.values {
            let Some(value) = state::at(&state, path) else { continue };
            let length = value.to_string().len();
            if size + length > LARGEST_STATE {
                *truncated = true;
            } else if !value.is_null() {
                size += length;
                values.insert(name.clone(), value);
            }
        }
    }
    values
}

/// The address that a page gives for itself: canonical link, OpenGraph, or the comment that browsers write when they save a page.
fn own_address(document: &Html, structured: &Structured) -> Option<String> {
    let open_graph = structured.meta.iter().find(|(key, _)| key == "og:url").map(|(_, content)| content.as_str());
    let stated = [structured.canonical.as_deref(), open_graph].into_iter().flatten().find_map(web_address);
    stated.or_else(|| document.tree.nodes().find_map(|node| saved_from(node.value())))
}

/// `<!-- saved from url=(0023)https://example.com/ -->`
fn saved_from(node: &Node) -> Option<String> {
    let comment = node.as_comment()?;
    let (_, after) = comment.split_once("saved from url=")?;
    web_address(after.trim_start_matches(|c: char| c == '(' || c == ')' || c.is_ascii_digit()).split_whitespace().next()?)
}

fn web_address(address: &str) -> Option<String> {
    let address = address.trim();
    let url = Url::parse(address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some()).then(|| url.to_string())
}

fn selector(source: &str) -> Option<Selector> {
    // The adapter's own parts were compiled one by one when `Markets` was made.
    (!source.is_empty()).then(|| Selector::parse(source).ok()).flatten()
}

fn all<'a>(document: &'a Html, source: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let found: Vec<_> = selector(source).iter().flat_map(|selector| document.select(selector)).collect();
    found.into_iter()
}

fn first<'a>(document: &'a Html, source: &str) -> Option<ElementRef<'a>> {
    all(document, source).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::marketplace::{Extractor, Field, Host, Marketplace, Obstacle, ObstacleRule, Page, State};

    fn markets() -> Markets {
        let title = Extractor { at: Some(".title".into()), ..Extractor::default() };
        let link = Extractor { at: Some(".link".into()), attr: Some("href".into()), ..Extractor::default() };
        let page = Page {
            url: vec!["/item/*".into()],
            regions: vec!["#offer".into(), ".part".into()],
            exclude: vec![".other".into()],
            fields: BTreeMap::from([(Field::Title, vec![title]), (Field::Url, vec![link])]),
            states: vec![State {
                script: "script".into(),
                after: "window.s".into(),
                values: BTreeMap::from([("shop".into(), "a.shop".into())]),
            }],
            obstacles: vec![ObstacleRule { is: Obstacle::RobotCheck, at: "#robot".into() }],
            ..Page::default()
        };
        let host = Host { host: "shop.example".into(), ..Host::default() };
        Markets::new(&[Marketplace { id: "shop".into(), hosts: vec![host], pages: vec![page], ..Marketplace::default() }], &[]).unwrap()
    }

    fn cut_page(html: &str) -> Result<Snapshot, CutError> {
        cut(html.as_bytes(), Some("https://www.shop.example/item/1"), &markets())
    }

    #[test]
    fn a_region_is_its_picks_and_what_encloses_them() {
        let html = "<div id=offer><p>not read</p><div class=box><b class=title>A &amp;  <i>B</i><script>x</script><!-- c --></b></div>\
            <a class=link href=y>not read</a><div class=part><b class=title>D</b></div></div><div class=other><div class=part></div></div>";
        let snapshot = cut_page(html).unwrap();
        let regions: Vec<_> = snapshot.regions.iter().map(|region| region.html.as_str()).collect();
        let expected = "<div id=\"offer\"><div><b class=\"title\">A &amp; <i>B</i></b></div>\
            <a class=\"link\" href=\"y\"></a><div class=\"part\"><b class=\"title\">D</b></div></div>";
        assert_eq!(regions, [expected]);
    }

    #[test]
    fn state_values_and_structured_data_are_taken_out() {
        let html = "<html lang=fr><title> T </title><meta property=og:title content=X><script type=application/ld+json>{}</script>\
            <script>window.s = {\"a\":{\"shop\":\"N\"}};</script><p>";
        let snapshot = cut_page(html).unwrap();
        assert_eq!(snapshot.state["shop"], "N");
        assert_eq!(snapshot.language.as_deref(), Some("fr"));
        assert_eq!(snapshot.title.as_deref(), Some("T"));
        assert_eq!(snapshot.structured.json_ld, ["{}"]);
        assert_eq!(snapshot.structured.meta, [("og:title".to_owned(), "X".to_owned())]);
    }

    #[test]
    fn of_a_page_that_was_left_and_the_one_that_is_shown_the_latter_is_read() {
        let regions = |html: &str| cut_page(html).unwrap().regions.into_iter().map(|region| region.html).collect::<Vec<_>>().join("");
        for hidden in ["style='display: none'", "style='display:none;top:0'", "hidden"] {
            let both = format!("<main {hidden}><div id=offer><b class=title>A</b></div></main><div id=offer><b class=title>B</b></div>");
            assert_eq!(regions(&both), "<div id=\"offer\"><b class=\"title\">B</b></div>", "{hidden}");
            let one = format!("<main {hidden}><div id=offer><b class=title>A</b></div></main>");
            assert!(regions(&one).contains('A'), "{hidden}");
        }
        let streamed = "<div id=offer></div><div hidden id='S:1'><div id=offer><b class=title>B</b></div></div>";
        assert!(regions(streamed).contains('B'));
    }

    #[test]
    fn of_a_very_long_pick_the_text_is_kept() {
        let rows: String = (0..3_000).map(|n| format!("<p>row &amp; {n}</p>")).collect();
        let html =
            cut_page(&format!("<div id=offer><b class=title id=x><script>y</script>{rows}</b></div>")).unwrap().regions.remove(0).html;
        assert!(html.starts_with("<div id=\"offer\"><b class=\"title\"> row &amp; 0 row &amp; 1 row "), "{html}");
        assert!(html.len() < 6_000 && html.ends_with("</b></div>"), "{}", html.len());
    }

    #[test]
    fn what_stands_in_the_place_of_an_offer_is_found() {
        let snapshot = cut_page("<div id=robot></div>").unwrap();
        assert_eq!((snapshot.regions.len(), snapshot.obstacle), (0, Some(Obstacle::RobotCheck)));
        let beside = cut_page("<div id=offer><b class=title>A</b></div><div id=robot></div>").unwrap();
        assert_eq!(beside.obstacle, None);
    }

    #[test]
    fn what_is_no_page_is_refused() {
        assert_eq!(cut_page(" \n").unwrap_err(), CutError::Empty);
        assert_eq!(cut_page("just words, 1 < 2").unwrap_err(), CutError::NoPage);
        assert_eq!(cut_page("\u{89}PNG\0<p>").unwrap_err(), CutError::NoPage);
        assert_eq!(cut_page(&"<b>".repeat(DEEPEST + 1)).unwrap_err(), CutError::TooDeep);
        assert_eq!(cut(b"<p>", Some("shop"), &markets()).unwrap_err(), CutError::BadAddress);
    }

    #[test]
    fn without_an_address_the_page_must_say_it() {
        let url = |html: &str| cut(html.as_bytes(), None, &markets()).map(|snapshot| snapshot.url);
        assert_eq!(url("<p>"), Err(CutError::NoAddress));
        assert_eq!(url("<link rel=canonical href='https://a.example/1'>").unwrap(), "https://a.example/1");
        assert_eq!(url("<meta property='og:url' content='https://a.example/2'>").unwrap(), "https://a.example/2");
        assert_eq!(url("<!-- saved from url=(0019)https://a.example/3 --><p>").unwrap(), "https://a.example/3");
    }

    #[test]
    fn scripts_and_implied_end_tags_are_not_taken_for_depth() {
        assert_eq!(depth(&format!("<ul>{}<script>{}</script></ul>", "<li>x".repeat(50), "'<b>'+".repeat(50))), 1);
    }
}
