//! What a page says to machines, as the last resort of every shop's rules: layouts change, and what search engines are told changes last.
//!
//! A field's own extractors are asked first, so what is shown wins. What they no longer give is a sign of drift all the same, and is told as one.

use super::address::{self, Items};
use super::{Found, MOST_LISTINGS};
use crate::listing::Listing;
use crate::page::{Snapshot, structured};
use crate::report::ReadBy;
use crate::rules::marketplace::{Extractor, Field, Kind, Page};
use url::Url;

/// The offers that a page of results lists for machines, where no tile of its layout was found.
pub(super) fn tiles(snapshot: &Snapshot, url: &Url, items: &Items) -> Vec<Found> {
    let found = |mut listing: Listing| {
        if let Some(link) = listing.url.as_deref().and_then(|link| address::resolve(Some(url), link)) {
            listing.item_id = items.id(&link);
            let canonical = listing.item_id.as_deref().and_then(|id| items.canonical(link.host_str()?, id));
            listing.url = canonical.or(listing.url);
        }
        Found { listing, region: None }
    };
    structured::results(snapshot).into_iter().take(MOST_LISTINGS).map(found).collect()
}

/// How the names of such offers were read: after all extractors that the rules have.
pub(super) fn read_by(page: &Page) -> ReadBy {
    let index = page.fields.get(&Field::Title).map_or(0, Vec::len);
    ReadBy { index, from: "structured list".to_owned(), spare: true }
}

/// What a structured product holds that says what is offered. Not the currency: it comes with the price, and a sign that is shown has its own.
/// Not the condition: many shops state every offer as new, so that it counts only where the layout is not read at all.
const FIELDS: [Field; 10] = [
    Field::Title,
    Field::Brand,
    Field::Price,
    Field::Seller,
    Field::Availability,
    Field::Gtin,
    Field::Rating,
    Field::Category,
    Field::Description,
    Field::Image,
];

/// Adds the last resort to a page that has a layout.
pub(super) fn add(page: &mut Page) {
    if page.kind != Kind::Product || super::plan::is_bare(page) {
        return;
    }
    for field in FIELDS {
        let extractors = page.fields.entry(field).or_default();
        if extractors.iter().all(|extractor| extractor.structured.is_none()) {
            let structured = Some(super::drift::name(field));
            extractors.push(Extractor { structured, ..Extractor::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::marketplace::Marketplace;
    use std::collections::BTreeMap;

    #[test]
    fn what_a_shop_reads_itself_comes_first_and_stays_alone_where_it_is_structured() {
        let shown = Extractor { at: Some("h1".into()), ..Extractor::default() };
        let own = Extractor { structured: Some("brand".into()), ..Extractor::default() };
        let fields = BTreeMap::from([(Field::Title, vec![shown.clone()]), (Field::Brand, vec![own.clone()])]);
        let mut page = Page { fields, ..Page::default() };
        add(&mut page);
        assert_eq!(page.fields[&Field::Title][0], shown);
        assert_eq!(page.fields[&Field::Title][1].structured.as_deref(), Some("title"));
        assert_eq!(page.fields[&Field::Price][0].structured.as_deref(), Some("price"));
        assert_eq!(page.fields[&Field::Brand], [own]);
        // Every name is one that a structured product has.
        let shop = Marketplace { id: "shop".into(), pages: vec![page], ..Marketplace::default() };
        assert!(super::super::adapter::Adapter::new(&shop).is_ok());
    }

    #[test]
    fn pages_without_a_layout_and_lists_stay_as_they_are() {
        let mut bare = Page { url: vec!["/item/*".into()], ..Page::default() };
        let mut list = Page { kind: Kind::Search, regions: vec!["li".into()], ..Page::default() };
        let before = (bare.clone(), list.clone());
        add(&mut bare);
        add(&mut list);
        assert_eq!((bare, list), before);
    }
}
