//! What saved pages tell of a shop's layout: read as pages of any shop first, then looked through for where it stands what was read.

use super::{address, product, results};
use crate::listing::Listing;
use crate::market::{Markets, Reading};
use crate::page::price::Hint;
use crate::page::text::{fold, words};
use crate::page::{Snapshot, structured};
use crate::report::PageKind;
use crate::rules::Rules;
use crate::rules::marketplace::{Extractor, Field, Host, Kind, Marketplace, Page};
use crate::rules_error::RulesError;
use scraper::Html;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// Shorter words of a title tell nothing when an address repeats them, in bytes.
const SHORTEST_NAME: usize = 4;

/// What was learnt of a page.
pub(super) struct Learned {
    pub(super) kind: Kind,
    /// The page's own host.
    pub(super) host: String,
    /// Templates of an item's address.
    pub(super) items: Vec<String>,
    /// The template that pages of this kind fit.
    pub(super) address: String,
    pub(super) layout: Layout,
}

/// Where a page shows what.
pub(super) struct Layout {
    /// Of the price, where it is stated or shown.
    pub(super) currency: Option<String>,
    pub(super) regions: Vec<String>,
    /// Where each field that was found is shown.
    pub(super) fields: BTreeMap<Field, Extractor>,
    /// Fields that the structured data state.
    pub(super) stated: Vec<Field>,
    /// The structure of each region with what is read in it: a test page, `{title}` and the like in the place of facts.
    pub(super) skeleton: Vec<String>,
}

/// Reads pages of a shop without an adapter.
pub(super) struct Reader {
    unknown: Markets,
    /// Knows that a page is one of a product, and so reads it where the page itself is not clear.
    product: Markets,
    country: Option<String>,
}

impl Reader {
    pub(super) fn new(rules: &Rules, host: &str) -> Result<Self, RulesError> {
        let country = address::country(host, &rules.generic.open_domains);
        let shop = Host { host: host.to_owned(), country: country.clone(), currency: None };
        let every = Page { kind: Kind::Product, url: vec!["*".into()], ..Page::default() };
        let shop = Marketplace { id: "shop".into(), hosts: vec![shop], pages: vec![every], ..Marketplace::default() };
        Ok(Self {
            unknown: Markets::new(&[], &rules.words)?.with_generic(&rules.generic),
            product: Markets::new(&[shop], &rules.words)?.with_generic(&rules.generic),
            country,
        })
    }

    /// By which pages are cut.
    pub(super) fn markets(&self) -> &Markets {
        &self.unknown
    }

    /// The shop's, by its host.
    pub(super) fn country(&self) -> Option<String> {
        self.country.clone()
    }

    /// Learns a page of a product or of results.
    pub(super) fn learn(&self, document: &Html, snapshot: &Snapshot, url: &Url) -> Option<Learned> {
        let hint = Hint { country: self.country.clone(), currency: None, language: snapshot.language.clone() };
        // An adapter reads no microdata.
        let mut stated = snapshot.clone();
        stated.structured.microdata.clear();
        let stated = structured::offer(&stated);
        let offer = |reading: Reading| reading.listings.into_iter().next().map(|found| found.listing);
        let of_product = |facts: Listing| {
            let names = names(&facts);
            let items = address::items(url, &names);
            let layout = product::learn(document, &facts, stated.as_ref(), &hint)?;
            Some(Learned { kind: Kind::Product, address: address::page(url, &items, &names), items, ..Learned::of(url, layout) })
        };
        let of_results = || {
            let address = address::page(url, &[], &BTreeSet::new());
            Some(Learned { kind: Kind::Search, address, items: Vec::new(), ..Learned::of(url, results::learn(document, &hint)?) })
        };
        let is_told = |facts: &Listing| facts.title.is_some() && facts.price.is_some();
        let taken_for_product = || offer(self.product.read(snapshot)).filter(is_told).and_then(of_product);
        let reading = self.unknown.read(snapshot);
        match reading.page {
            PageKind::Product => offer(reading).and_then(of_product),
            PageKind::Search => of_results().or_else(taken_for_product),
            // A number in the address is an item's, mostly.
            _ if address::items(url, &BTreeSet::new()).is_empty() => of_results().or_else(taken_for_product),
            _ => taken_for_product().or_else(of_results),
        }
    }
}

impl Learned {
    fn of(url: &Url, layout: Layout) -> Self {
        let host = url.host_str().unwrap_or_default().to_owned();
        Self { kind: Kind::default(), host, items: Vec::new(), address: String::new(), layout }
    }

    pub(super) fn is_product(&self) -> bool {
        self.kind == Kind::Product
    }
}

/// The words by which an item's address may call it.
fn names(facts: &Listing) -> BTreeSet<String> {
    let said = [&facts.title, &facts.brand, &facts.seller].into_iter().flatten().map(|said| fold(said));
    said.flat_map(|said| words(&said).filter(|word| word.len() >= SHORTEST_NAME).map(str::to_owned).collect::<Vec<_>>()).collect()
}
