//! Pages of which no adapter says where the facts are: any shop's, on request, and those of shops whose layout was never at hand.
//!
//! The vocabulary of `data/generic.toml` is one adapter whose address fits every page. What it needs besides is to choose: a page of nothing
//! known shows many names and amounts, and which of them are the offer's is told by where they stand, what their markup calls them and
//! whether the page says the same to machines. Where that is not clear nothing is claimed: the page is `other`.

mod price;
mod results;
mod scene;
mod shown;
mod title;

use super::adapter::Adapter;
use super::address::{self, Items};
use super::condition::Conditions;
use super::extract::Offer;
use super::selector;
use super::{Found, of_role, offer};
use crate::listing::{Disagreement, Listing};
use crate::page::{Role, Snapshot, price as reader, structured, text::fold};
use crate::report::PageKind;
use crate::rules::generic::Generic;
use crate::rules::marketplace::{Field, Host, Kind, Marketplace, Page};
use crate::rules_error::RulesError;
use scene::Scene;
use scraper::Selector;
use std::cell::RefCell;
use url::Url;

/// Attributes in which pages say what an element is.
pub(crate) const NAMING_ATTRIBUTES: [&str; 8] =
    ["itemprop", "property", "data-testid", "data-test", "data-qa", "data-automation-id", "data-hook", "data-price-type"];

/// Fewer cards make no page of results.
const FEWEST_TILES: usize = 3;
/// A page without structured data that shows the control to buy more often is no page of one product.
const MOST_BUTTONS: usize = 12;
/// An amount is the price on such a page only where this much speaks for it.
const CLEAR: f32 = 2.0;
/// As many different amounts in the very same markup make a list.
const LIST: usize = 4;
/// A heading is the product's name on such a page only where the page's title says so: with a control to buy, and without.
const NAMED: (f32, f32) = (0.45, 0.7);

/// The reader of any shop's pages.
#[derive(Clone, Debug)]
pub struct Any {
    adapter: Adapter,
    rules: Generic,
    titles: Selector,
    /// What may name the goods on a card.
    cards: Selector,
    prices: Selector,
    sellers: Selector,
    buy: Selector,
    struck: Selector,
}

/// What an adapter without a layout still knows.
pub(crate) struct Known<'a> {
    pub(crate) host: &'a Host,
    pub(crate) items: &'a Items,
    /// What its address says of the page.
    pub(crate) kind: Option<Kind>,
}

impl Any {
    /// Compiles the vocabulary.
    ///
    /// # Errors
    /// Names the selector or template that cannot be used.
    pub fn new(rules: &Generic) -> Result<Self, RulesError> {
        let wrong = |reason: String| RulesError::new("generic.toml", reason);
        let pages = vec![rules.page.clone(), rules.tile.clone()];
        let adapter = Adapter::new(&Marketplace { id: "generic".into(), pages, ..Marketplace::default() })?;
        let picked = |page: &Page, field: Field| {
            let at = page.fields.get(&field).into_iter().flatten().filter_map(|rule| rule.at.clone());
            selector::compile(&at.collect::<Vec<_>>().join(", ")).map_err(wrong)
        };
        let buy: Vec<String> = rules.buy.iter().filter_map(|rule| rule.at.clone()).collect();
        Ok(Self {
            titles: picked(&rules.page, Field::Title)?,
            cards: picked(&rules.tile, Field::Title)?,
            prices: picked(&rules.page, Field::Price)?,
            sellers: picked(&rules.page, Field::Seller)?,
            struck: selector::compile(&rules.earlier.tags.join(", ")).map_err(wrong)?,
            buy: selector::compile(&buy.join(", ")).map_err(wrong)?,
            adapter,
            rules: rules.clone(),
        })
    }

    /// The fact that a text names after one of the fact's labels.
    pub fn labelled(&self, field: Field, text: &str) -> Option<String> {
        shown::beside(&self.rules, field, text).filter(|value| !value.is_empty())
    }

    /// Reads a page. The shop tells the kind of the page by its address; without one the page itself has to be clear.
    pub(crate) fn read(&self, snapshot: &Snapshot, url: &Url, shop: Option<&Known<'_>>, conditions: &Conditions) -> (PageKind, Vec<Found>) {
        let host = shop.map_or_else(|| self.host(url), |shop| shop.host.clone());
        let reader = |page: usize| offer::Reader {
            adapter: &self.adapter,
            page: &self.adapter.pages[page],
            host: &host,
            url,
            snapshot,
            conditions,
            answered: RefCell::default(),
        };
        let kind = shop.and_then(|shop| shop.kind);
        if kind.is_none_or(|kind| kind == Kind::Product) {
            if let Some(mut found) = self.offer(&reader(0), kind.is_some()) {
                complete(&mut found.listing, snapshot, url, shop);
                return (PageKind::Product, vec![found]);
            }
            if kind.is_some() {
                return (PageKind::Unreadable, Vec::new());
            }
        }
        let mut tiles = super::read_tiles(&reader(1));
        tiles.retain(|found| found.listing.price.is_some());
        if tiles.len() < FEWEST_TILES {
            tiles = structured::results(snapshot).into_iter().map(|listing| Found { listing, region: None }).collect();
        }
        if tiles.len() < FEWEST_TILES {
            tiles = self.cards(&reader(0));
        }
        for found in &mut tiles {
            found.listing.url = found.listing.url.take().filter(|link| link != url.as_str());
            complete(&mut found.listing, snapshot, url, shop);
        }
        match kind {
            Some(Kind::Seller) => (PageKind::Seller, tiles),
            Some(_) => (PageKind::Search, tiles),
            None if tiles.len() >= FEWEST_TILES => (PageKind::Search, tiles),
            None => (PageKind::Other, Vec::new()),
        }
    }

    /// The page's own offer, where it is one's page.
    fn offer(&self, reader: &offer::Reader<'_>, is_product: bool) -> Option<Found> {
        let snapshot = reader.snapshot;
        let stated = structured::offer(snapshot);
        let of_offer = |&(role, _, html): &(Role, usize, &str)| role == Role::Offer || html.contains("<h1");
        let offers = of_role(snapshot, Role::Offer).map(|(at, html)| (Role::Offer, at, html));
        let all: Vec<_> = offers.chain(of_role(snapshot, Role::Tile).map(|(at, html)| (Role::Tile, at, html))).filter(of_offer).collect();
        let html: String = all.iter().map(|(_, _, html)| *html).collect();
        let regions = [reader.region(&html)];
        let offer = Offer::new(&regions, Some(snapshot), None);
        let mut scene = Scene::new(&regions[0], self);

        let stated_title = stated.as_ref().and_then(|stated| stated.title.clone());
        let title = title::choose(&scene, snapshot, &host_name(reader.url), stated_title.as_deref(), &self.rules);
        let mut hint = reader.hint(&offer);
        hint.language = hint.language.or_else(|| language(&scene));
        let stated_price = stated.as_ref().and_then(|stated| stated.price.clone());
        let heading = title.as_ref().map(|title| title.element);
        scene.begin(heading);
        let prices = price::find(&scene, heading, stated_price.as_ref(), &hint, self);
        let price = price::choose(&prices, stated_price.as_ref());
        if stated.is_none() && !is_product {
            // Nothing but what is shown says that this is a product.
            let clear = price.as_ref().is_some_and(|chosen| chosen.score >= CLEAR && chosen.alike < LIST);
            let agreement = if scene.buttons > 0 { NAMED.0 } else { NAMED.1 };
            let named = title.as_ref().is_some_and(|title| title.agrees >= agreement);
            if !named || !clear || scene.buttons > MOST_BUTTONS {
                return None;
            }
        }
        let price = price.map(|chosen| in_dollars(chosen.price, reader));
        let base = reader.listing(&offer);
        let title = title.map(|title| title.text).or(stated_title);
        let list_price = price::earlier(&prices, price.as_ref()).or(base.list_price);
        let line = |field| shown::labelled(&scene, field, &self.rules);
        let bid = shown::find(&scene, Field::Bid, &self.rules, |text| reader::read(text, &hint));
        let condition = shown::find(&scene, Field::Condition, &self.rules, |text| conditions_of(reader, text));
        let mut listing = Listing {
            brand: fuller(line(Field::Brand), stated.as_ref().and_then(|stated| stated.brand.clone())).or(base.brand),
            seller: line(Field::Seller)
                .or_else(|| shown::seller(&scene, &self.rules))
                .or(stated.as_ref().and_then(|stated| stated.seller.clone())),
            condition: condition.or(base.condition),
            bid: price.as_ref().zip(bid.as_ref()).is_some_and(|(price, bid)| price.min == bid.min),
            title,
            list_price: list_price
                .filter(|list| price.as_ref().is_some_and(|price| list.min > price.max && list.currency == price.currency)),
            price,
            ..base
        };
        listing.brand = listing.brand.filter(|brand| shown::is_name(brand, &self.rules));
        listing.seller = listing.seller.filter(|seller| shown::is_name(seller, &self.rules));
        listing.disagreements = disagreements(&listing, stated.as_ref());
        let region = all.first().map(|&(_, at, _)| at);
        (listing.title.is_some() && (listing.price.is_some() || stated.is_some() || is_product)).then_some(Found { listing, region })
    }

    /// What the page shows in cards of which no more is known than that they are alike.
    fn cards(&self, reader: &offer::Reader<'_>) -> Vec<Found> {
        let html: String = of_role(reader.snapshot, Role::Offer).map(|(_, html)| html).collect();
        let region = [reader.region(&html)];
        let scene = Scene::new(&region[0], self);
        let mut hint = reader.hint(&Offer::new(&region, Some(reader.snapshot), None));
        hint.language = hint.language.or_else(|| language(&scene));
        let in_dollars = |listing: Listing| Listing { price: listing.price.map(|price| in_dollars(price, reader)), ..listing };
        results::find(&scene, &hint, self).into_iter().map(|listing| Found { listing: in_dollars(listing), region: None }).collect()
    }

    /// What the address of an unknown shop tells: its country, where its domain is one's own.
    fn host(&self, url: &Url) -> Host {
        let host = url.host_str().unwrap_or_default();
        let domain = host.rsplit('.').next().unwrap_or_default();
        let country = match domain {
            "uk" => Some("GB".to_owned()),
            domain if self.rules.open_domains.iter().any(|open| open == domain) => None,
            domain => Some(domain.to_ascii_uppercase()).filter(|country| reader::is_country(country)),
        };
        Host { host: host.to_owned(), country, currency: None }
    }
}

/// The name in a host: `shop` of `www.shop.co.uk`.
fn host_name(url: &Url) -> String {
    let labels = url.host_str().unwrap_or_default().split('.').filter(|label| label.len() > 3);
    labels.max_by_key(|label| label.len()).unwrap_or_default().to_owned()
}

/// A dollar is that of the United States where neither domain nor language tells another country's.
fn in_dollars(mut price: crate::listing::Price, reader: &offer::Reader<'_>) -> crate::listing::Price {
    let english =
        reader.snapshot.language.as_deref().is_none_or(|language| matches!(language.to_ascii_lowercase().as_str(), "" | "en" | "en-us"));
    let dollars = price.shown.as_deref().is_some_and(|shown| shown.contains('$'));
    if price.currency.is_none() && dollars && english && reader.host.country.is_none() {
        price.currency = Some("USD".to_owned());
    }
    price
}

/// The language that the script of the page's texts tells where the page does not.
fn language(scene: &Scene<'_>) -> Option<String> {
    let letters = || scene.texts.iter().flat_map(|(_, text)| text.chars()).take(4_000);
    let share = |of: &std::ops::RangeInclusive<char>| letters().filter(|c| of.contains(c)).count() * 20 > letters().count().max(1);
    let told = [("ja", '\u{3040}'..='\u{30ff}'), ("ko", '\u{ac00}'..='\u{d7a3}'), ("zh", '\u{4e00}'..='\u{9fff}')];
    told.into_iter().find(|(_, of)| share(of)).map(|(language, _)| language.to_owned())
}

/// The shown name, or what is stated where that says the same in more words.
fn fuller(shown: Option<String>, stated: Option<String>) -> Option<String> {
    match (shown, stated) {
        (Some(shown), Some(stated)) => Some(if fold(&stated).contains(&fold(&shown)) { stated } else { shown }),
        (shown, stated) => shown.or(stated),
    }
}

fn conditions_of(reader: &offer::Reader<'_>, text: &str) -> Option<crate::listing::Condition> {
    reader.conditions.read(text)
}

/// Address and item of a listing, as far as shop and page tell them.
fn complete(listing: &mut Listing, snapshot: &Snapshot, url: &Url, shop: Option<&Known<'_>>) {
    let own = listing.url.as_deref().and_then(|link| address::resolve(Some(url), link)).unwrap_or_else(|| url.clone());
    if let Some((shop, id)) = shop.and_then(|shop| Some((shop, shop.items.id(&own)?))) {
        listing.url = own.host_str().and_then(|host| shop.items.canonical(host, &id)).or_else(|| Some(own.to_string()));
        listing.item_id = Some(id);
        return;
    }
    if listing.url.as_deref() == Some(url.as_str()) {
        let canonical = snapshot.structured.canonical.as_deref().and_then(|link| address::resolve(Some(url), link));
        listing.url = canonical.filter(|canonical| canonical.host_str() == url.host_str()).map(String::from).or(listing.url.take());
    }
}

/// Where the page says something else to machines than it shows.
fn disagreements(listing: &Listing, stated: Option<&Listing>) -> Vec<Disagreement> {
    let Some(stated) = stated else { return Vec::new() };
    let mut found = Vec::new();
    let prices = listing.price.as_ref().zip(stated.price.as_ref()).map(|(shown, stated)| (offer::amounts(shown), offer::amounts(stated)));
    if let Some((shown, stated)) = prices.filter(|(shown, stated)| shown != stated) {
        found.push(Disagreement { field: "price".into(), shown, stated });
    }
    let names =
        [("title", &listing.title, &stated.title), ("brand", &listing.brand, &stated.brand), ("seller", &listing.seller, &stated.seller)];
    for (field, shown, stated) in names {
        let (Some(shown), Some(stated)) = (shown, stated) else { continue };
        let (a, b) = (fold(shown), fold(stated));
        if !a.contains(&b) && !b.contains(&a) {
            found.push(Disagreement { field: field.into(), shown: shown.clone(), stated: stated.clone() });
        }
    }
    found
}
