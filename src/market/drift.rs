//! What is said of a page that a shop's rules no longer read: which rules were tried, which answered, and how the page is built. It is pasted
//! where anyone may read it, so of the page's address the host and the shape of the path remain.

use super::Markets;
use super::adapter::Fields;
use super::outline::{self, Part};
use crate::report::ReadBy;
use crate::rules::marketplace::{Extractor, Field, Marketplace, Page};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use url::Url;

/// What a note of drift is made of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Drift {
    /// The page's address.
    pub url: String,
    /// The fields that were read all the same, as in the report.
    pub read_by: BTreeMap<Field, ReadBy>,
    /// How the page is built.
    pub structure: Vec<Part>,
}

/// A description of an extractor in a note is cut here, in characters.
const LONGEST_PLACE: usize = 100;

impl Markets {
    /// For each field of the page at an address where its extractors look, in the order in which they are asked.
    pub fn tried(&self, url: &str) -> Option<Vec<(Field, Vec<String>)>> {
        let (_, page) = self.rules(&Url::parse(url).ok()?)?;
        Some(page.fields.iter().map(|(&field, extractors)| (field, extractors.iter().map(place).collect())).collect())
    }

    /// A note to paste where rules are mended; nothing where no rules read the page.
    pub fn drift(&self, drift: &Drift) -> Option<String> {
        let url = Url::parse(&drift.url).ok()?;
        let (shop, page) = self.rules(&url)?;
        let mut note = String::new();
        let kind = format!("{:?}", page.kind).to_lowercase();
        let address = format!("{}{}", url.host_str()?, shape(&url, shop));
        // Writing to a String cannot fail.
        let what = if is_spared(&drift.read_by) { "was read by what it says to machines alone" } else { "could not be read" };
        let _ = writeln!(note, "Touchstone {}: a page {what}\n", env!("CARGO_PKG_VERSION"));
        let _ = writeln!(note, "- shop: {}, rules version {}\n- page: {kind}, {address}", shop.id, shop.version);
        for (field, extractors) in &page.fields {
            let name = name(*field);
            match drift.read_by.get(field) {
                Some(by) => {
                    // The place is looked up: what comes from outside names it by number alone.
                    let place = extractors.get(by.index).map_or("a list for machines".to_owned(), |extractor| code(&place(extractor)));
                    let _ = writeln!(note, "- {name}: read by {} {place}", by.index + 1);
                }
                None => {
                    let places: Vec<String> = extractors.iter().map(|extractor| code(&place(extractor))).collect();
                    let _ = writeln!(note, "- {name}: none of {}", places.join(", "));
                }
            }
        }
        let _ = write!(note, "\n```\n{}```\n", outline::write(&drift.structure));
        Some(note)
    }

    /// The rules by which the page at an address is read.
    fn rules(&self, url: &Url) -> Option<(&Marketplace, &Page)> {
        let (shop, _) = self.shop_of(url)?;
        let at = shop.compiled().ok()?.page(url)?;
        let rules = shop.rules().ok()?;
        Some((rules, rules.pages.get(at)?))
    }
}

/// Whether the layout gave no title or no price, and what the page says to machines did.
pub(crate) fn is_spared(read_by: &BTreeMap<Field, ReadBy>) -> bool {
    [Field::Title, Field::Price].iter().any(|field| read_by.get(field).is_some_and(|by| by.spare))
}

/// The extractors that answered, with where they look. `fields` are those of the page, compiled.
pub(super) fn read_by(page: &Page, fields: &Fields, answered: &BTreeMap<Field, usize>) -> BTreeMap<Field, ReadBy> {
    let by = |(&field, &index): (&Field, &usize)| {
        let from = place(page.fields.get(&field)?.get(index)?);
        let spare = fields.extractors(field).get(index).is_some_and(|extractor| extractor.is_spare);
        Some((field, ReadBy { index, from, spare }))
    };
    let mut read_by = BTreeMap::new();
    read_by.extend(answered.iter().filter_map(by));
    read_by
}

/// Where an extractor looks, in a few words.
fn place(extractor: &Extractor) -> String {
    let Extractor { at, attr, row, state, structured, meta, .. } = extractor;
    let named = [("state", state), ("structured", structured), ("meta", meta)];
    if let Some((kind, name)) = named.into_iter().find_map(|(kind, name)| Some((kind, name.as_ref()?))) {
        return format!("{kind} {name}");
    }
    if let Some(row) = row {
        return format!("row {} of {}", row.labels.first().map_or("", String::as_str), row.rows);
    }
    match (at, attr) {
        (Some(at), Some(attr)) => format!("{at} @{attr}"),
        (Some(at), None) => at.clone(),
        (None, attr) => format!("@{}", attr.as_deref().unwrap_or_default()),
    }
}

/// The field's name in data files.
pub(super) fn name(field: Field) -> String {
    let mut name = String::new();
    for c in format!("{field:?}").chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

fn code(place: &str) -> String {
    let mut short: String = place.chars().take(LONGEST_PLACE).collect();
    if short.len() < place.len() {
        short.push('…');
    }
    format!("`{short}`")
}

/// A path and query of which the words stay that the shop's own rules name; digits become `#`, everything else `*`.
fn shape(url: &Url, shop: &Marketplace) -> String {
    let templates = shop.pages.iter().flat_map(|page| &page.url).chain(&shop.item);
    let known: HashSet<&str> =
        templates.flat_map(|template| template.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))).collect();
    let word = |word: &str| match word {
        "" => String::new(),
        word if known.contains(word) && !word.bytes().all(|c| c.is_ascii_digit()) => word.to_owned(),
        word if word.bytes().all(|c| c.is_ascii_digit()) => "#".to_owned(),
        _ => "*".to_owned(),
    };
    let segment = |segment: &str| segment.split('.').map(word).collect::<Vec<_>>().join(".");
    let path = url.path().split('/').map(segment).collect::<Vec<_>>().join("/");
    let keys: Vec<String> = url.query_pairs().filter(|(key, _)| known.contains(key.as_ref())).map(|(key, _)| format!("{key}=*")).collect();
    if keys.is_empty() { path } else { format!("{path}?{}", keys.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::marketplace::Host;

    fn markets() -> Markets {
        let at = |selector: &str| Extractor { at: Some(selector.into()), ..Extractor::default() };
        let meta = Extractor { meta: Some("og:title".into()), ..Extractor::default() };
        let fields = BTreeMap::from([
            (Field::Title, vec![at("h1"), meta]),
            (Field::Price, vec![at(".price")]),
            (Field::ListPrice, vec![Extractor { attr: Some("data-was".into()), ..at("s") }]),
        ]);
        let page = Page { url: vec!["*/itm/*".into(), "/buy?var=*".into()], fields, ..Page::default() };
        let hosts = vec![Host { host: "shop.example".into(), ..Host::default() }];
        let shop =
            Marketplace { id: "shop".into(), version: 7, hosts, item: vec!["/itm/{}".into()], pages: vec![page], ..Marketplace::default() };
        Markets::new(&[shop], &[]).unwrap()
    }

    #[test]
    fn a_note_says_which_rules_failed_and_nothing_of_the_page() {
        let read_by = BTreeMap::from([(Field::Title, ReadBy { index: 1, from: "Jane's secret".into(), spare: false })]);
        let structure = vec![Part(0, "main".into(), "user-jane".into(), "offer".into(), vec!["data-id".into()])];
        let url = "https://www.shop.example/Jane-Does-bag/itm/12345?var=9&session=abc#frag".into();
        let note = markets().drift(&Drift { url, read_by, structure }).unwrap();
        assert!(note.contains("- shop: shop, rules version 7\n- page: product, www.shop.example/*/itm/#?var=*\n"), "{note}");
        assert!(
            note.contains(
                "- title: read by 2 `meta og:title`\n- brand: none of `structured brand`\n- price: none of `.price`, `structured price`\n"
            ),
            "{note}"
        );
        assert!(note.ends_with("\n```\nmain#user*.offer[data-id]\n```\n"), "{note}");
        for secret in ["Jane", "jane", "12345", "session", "abc", "frag"] {
            assert!(!note.contains(secret), "{secret} in {note}");
        }
    }

    #[test]
    fn a_page_that_no_rules_read_has_no_note() {
        let note = |url: &str| markets().drift(&Drift { url: url.into(), ..Drift::default() });
        assert_eq!(note("https://other.example/itm/1"), None);
        assert_eq!(note("https://shop.example/help"), None);
        assert_eq!(note("no address"), None);
    }
}
