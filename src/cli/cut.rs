//! Cuts a [`Snapshot`] from a saved page, as the content script cuts it from the page in a browser.
//!
//! The page is parsed whole, by the algorithm that browsers use. A streaming rewriter is several times faster, but it follows tags and not
//! the tree that browsers build from them: a list item without an end tag, a table inside a paragraph or a misnested link would put a region
//! elsewhere than a browser does, and the two must agree on every page.

use super::{encoding, skeleton::Keep, state};
use crate::market::{Markets, Plan, PlanPage};
use crate::page::{Region, Role, Snapshot, Structured};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// Larger files are refused, in bytes.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;
/// The regions together, in bytes.
const LARGEST_SNAPSHOT: usize = 400_000;
/// One structured data script, and all of them, in bytes.
const LARGEST_JSON_LD: (usize, usize) = (60_000, 120_000);
/// The state values together, in bytes.
const LARGEST_STATE: usize = 20_000;
/// What is kept of microdata on shops without an adapter.
const MICRODATA_ATTRIBUTES: [&str; 7] = ["itemprop", "itemscope", "itemtype", "content", "href", "datetime", "value"];

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
    let document = Html::parse_document(&text);
    let structured = structured(&document);
    let url = match url {
        Some(url) => web_address(url).ok_or(CutError::BadAddress)?,
        None => own_address(&document, &structured).ok_or(CutError::NoAddress)?,
    };
    let mut snapshot = Snapshot {
        language: document.root_element().attr("lang").map(str::to_owned),
        title: first(&document, "title").map(|title| title.text().collect::<String>().trim().to_owned()),
        structured,
        url,
        ..Snapshot::default()
    };
    let plan = markets.plan(&snapshot.url);
    match markets.page(&snapshot.url).and_then(|at| Some((at, plan.pages.get(at)?))) {
        Some((at, page)) => {
            regions(&document, &plan, page, &mut snapshot);
            snapshot.state = states(&document, &plan, at, &mut snapshot.truncated);
        }
        None if plan.marketplace.is_none() => snapshot.structured.microdata = microdata(&document),
        None => {}
    }
    Ok(snapshot)
}

fn looks_like_html(text: &str) -> bool {
    !text.contains('\0') && text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'))
}

fn regions(document: &Html, plan: &Plan, page: &PlanPage, snapshot: &mut Snapshot) {
    let exclude = selector(&page.exclude);
    let picks = selector(&page.picks);
    let keep = Keep { picks: picks.as_ref(), exclude: exclude.as_ref(), attributes: &plan.attributes };
    let mut size = 0;
    let mut taken = std::collections::HashSet::new();
    for element in selector(&page.regions).iter().flat_map(|regions| document.select(regions)) {
        let mut around = element.ancestors().filter_map(ElementRef::wrap);
        if around.any(|outer| taken.contains(&outer.id()) || exclude.as_ref().is_some_and(|exclude| exclude.matches(&outer)))
            || exclude.as_ref().is_some_and(|exclude| exclude.matches(&element))
        {
            continue;
        }
        taken.insert(element.id());
        let (html, truncated) = keep.skeleton(element);
        snapshot.truncated |= truncated;
        if size + html.len() > LARGEST_SNAPSHOT {
            snapshot.truncated = true;
            break;
        }
        size += html.len();
        snapshot.regions.push(Region { role: page.role, html });
    }
    if selector(&page.unreadable).is_some_and(|unreadable| document.select(&unreadable).next().is_some()) {
        snapshot.regions.push(Region { role: Role::Page, html: "<unreadable></unreadable>".into() });
    }
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
        if let (Some(key), Some(content)) = (key, meta.attr("content")) {
            structured.meta.push((key.to_owned(), content.to_owned()));
        }
    }
    structured.canonical = first(document, "link[rel=\"canonical\"][href]").and_then(|link| link.attr("href")).map(str::to_owned);
    structured
}

fn microdata(document: &Html) -> Vec<String> {
    let attributes = MICRODATA_ATTRIBUTES.map(str::to_owned);
    let picks = selector("[itemprop]");
    let keep = Keep { picks: picks.as_ref(), exclude: None, attributes: &attributes };
    let products = all(document, "[itemscope][itemtype*=\"schema.org/Product\"]");
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
            size += value.to_string().len();
            if size > LARGEST_STATE {
                *truncated = true;
                return values;
            }
            values.insert(name.clone(), value);
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
