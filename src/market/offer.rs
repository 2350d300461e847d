//! From extractors to one listing's facts: each field by its own kind of value, absent where no extractor yields a usable one.

use super::adapter::{Adapter, Page};
use super::address;
use super::condition::Conditions;
use super::extract::{Offer, elements};
use crate::listing::{Assurance, Condition, Listing, Price};
use crate::page::Snapshot;
use crate::page::identifiers;
use crate::page::price::{self, Hint};
use crate::page::text::squeeze;
use crate::rules::marketplace::{Field, Host, Kind};
use scraper::{ElementRef, Html, Node};
use url::Url;

/// No name, title or category is longer; what is longer is something else.
const LONGEST_LINE: usize = 1_000;
/// As much of a description as is read, in characters.
const LONGEST_DESCRIPTION: usize = 5_000;

/// Elements whose content is no text of the page.
const UNREAD: [&str; 6] = ["iframe", "noscript", "script", "style", "svg", "template"];

/// Reads the offers of one page.
pub(crate) struct Reader<'a> {
    pub(crate) adapter: &'a Adapter,
    pub(crate) page: &'a Page,
    pub(crate) host: &'a Host,
    pub(crate) url: &'a Url,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) conditions: &'a Conditions,
}

impl Reader<'_> {
    /// A region's elements, without those that are not shown as text and those that the adapter excludes.
    pub(crate) fn region(&self, html: &str) -> Html {
        let mut region = Html::parse_fragment(html);
        let unread = |node: ego_tree::NodeRef<'_, Node>| {
            ElementRef::wrap(node).is_some_and(|element| {
                UNREAD.contains(&element.value().name()) || self.page.exclude.as_ref().is_some_and(|exclude| exclude.matches(&element))
            })
        };
        let unread: Vec<_> = region.tree.nodes().filter(|&node| unread(node)).map(|node| node.id()).collect();
        for id in unread {
            if let Some(mut node) = region.tree.get_mut(id) {
                node.detach();
            }
        }
        region
    }

    /// The facts of one offer.
    pub(crate) fn listing(&self, offer: &Offer<'_>) -> Listing {
        let line = |field| self.find(field, offer, |text| Some(squeeze(text)).filter(|t| !t.is_empty() && t.len() <= LONGEST_LINE));
        let (item_id, url) = self.item(offer);
        let price = self.price(Field::Price, offer);
        let list_price = self.price(Field::ListPrice, offer).filter(|list| price.as_ref().is_none_or(|price| list.max > price.min));
        Listing {
            title: line(Field::Title),
            url,
            item_id,
            brand: line(Field::Brand),
            price,
            list_price,
            seller: line(Field::Seller),
            seller_id: line(Field::SellerId),
            ships_from: line(Field::ShipsFrom),
            condition: self.find(Field::Condition, offer, |text| self.condition(text)),
            gtin: self.find(Field::Gtin, offer, identifiers::gtin),
            rating: self.find(Field::Rating, offer, rating),
            category: line(Field::Category),
            description: self.find(Field::Description, offer, description),
            sponsored: self.find(Field::Sponsored, offer, |_| Some(())).is_some(),
            assurances: self.assurances(offer),
        }
    }

    /// How many offers the lists in the page's state hold.
    pub(crate) fn state_offers(&self) -> usize {
        let names = self.page.extractors(Field::Title).iter().filter_map(|extractor| extractor.state());
        names.filter_map(|name| self.snapshot.state.get(name)?.as_array().map(Vec::len)).max().unwrap_or(0)
    }

    fn find<T>(&self, field: Field, offer: &Offer<'_>, mut usable: impl FnMut(&str) -> Option<T>) -> Option<T> {
        self.page.extractors(field).iter().find_map(|extractor| extractor.find(offer, &mut usable))
    }

    fn price(&self, field: Field, offer: &Offer<'_>) -> Option<Price> {
        let mut hint =
            Hint { country: self.host.country.clone(), currency: self.host.currency.clone(), language: self.snapshot.language.clone() };
        let currency = self.find(Field::Currency, offer, |text| price::currency(text, &hint));
        hint.currency = currency.or(hint.currency);
        let extractors = self.page.extractors(field).iter();
        let mut prices = extractors.filter_map(|from| {
            from.stated_price(offer).or_else(|| from.find(offer, |text| Some(price::read(text, &hint)?.shown_as(text))))
        });
        prices.next()
    }

    /// The item's id and address: of the page itself on a product page, of its link on a tile.
    fn item(&self, offer: &Offer<'_>) -> (Option<String>, Option<String>) {
        let own = (self.page.kind == Kind::Product).then(|| self.url.clone());
        let linked = self.find(Field::Url, offer, |text| address::resolve(Some(self.url), text.trim()));
        let id = self.find(Field::ItemId, offer, |text| Some(text.trim().to_owned()).filter(|id| !id.is_empty() && id.len() <= 64));
        let mut shown = None;
        for url in own.iter().chain(&linked) {
            let Some(host) = url.host_str() else { continue };
            if let Some(id) = self.adapter.items.id(url) {
                let url = self.adapter.items.canonical(host, &id);
                return (Some(id), url);
            }
            shown.get_or_insert(url);
        }
        let canonical = id.as_deref().and_then(|id| self.adapter.items.canonical(self.url.host_str()?, id));
        (id, canonical.or_else(|| shown.map(Url::to_string)))
    }

    fn condition(&self, text: &str) -> Option<Condition> {
        match text {
            "new" => Some(Condition::New),
            "used" => Some(Condition::Used),
            "refurbished" => Some(Condition::Refurbished),
            text => self.conditions.read(text),
        }
    }

    fn assurances(&self, offer: &Offer<'_>) -> Vec<Assurance> {
        let rules = self.page.assurances.iter();
        let standing = rules.filter(|rule| rule.unless.as_ref().is_none_or(|unless| elements(offer, unless).next().is_none()));
        let mut assurances: Vec<Assurance> = Vec::new();
        for rule in standing {
            let evidence = rule.says.find(offer, |text| Some(squeeze(text)).filter(|t| t.len() <= LONGEST_LINE));
            if let Some(evidence) = evidence.filter(|_| assurances.iter().all(|known| known.code != rule.code)) {
                assurances.push(Assurance { code: rule.code.clone(), evidence });
            }
        }
        assurances
    }
}

/// The first number from 0 to 5.
fn rating(text: &str) -> Option<f64> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let number: String = text[from..].chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let rating: f64 = number.trim_end_matches(['.', ',']).replace(',', ".").parse().ok()?;
    (0.0..=5.0).contains(&rating).then_some(rating)
}

fn description(text: &str) -> Option<String> {
    let text: String = squeeze(text).chars().take(LONGEST_DESCRIPTION).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_the_first_number_of_a_five_star_scale() {
        assert_eq!(rating("4,5 von 5 Sternen"), Some(4.5));
        assert_eq!(rating("4.7 out of 5"), Some(4.7));
        assert_eq!(rating("98.2% positive"), None);
        assert_eq!(rating("none yet"), None);
    }
}
