//! Shops as data: the adapters of `data/marketplaces`, compiled once, and what they make of a [`Snapshot`].
//!
//! No shop is named here. An adapter says which addresses are its product and search pages, where on them the facts stand, and what only the
//! shop itself can render; this module applies it. What the page shows wins over what its scripts hold, because shoppers see the former.

mod adapter;
mod address;
mod condition;
mod drift;
mod element;
mod extract;
mod generic;
mod narrow;
mod offer;
mod outline;
mod plan;
pub(crate) mod selector;
mod spare;
pub(crate) mod template;

pub use drift::Drift;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use drift::is_spared;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use element::text as shown_text;
pub use generic::Any;
pub use outline::Part;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use outline::reduced;
pub use plan::{Marks, Plan, PlanPage, PlanState};

use crate::listing::Listing;
use crate::packed::Packed;
use crate::page::{Role, Snapshot};
use crate::report::{PageKind, ReadBy};
use crate::rules::generic::Generic;
use crate::rules::marketplace::{Field, Host, Kind, Marketplace, Obstacle};
use crate::rules::words::WordList;
use crate::rules_error::RulesError;
use adapter::Adapter;
use condition::Conditions;
use extract::Offer;
use scraper::Html;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use url::Url;

/// A selector as adapters may write it, compiled.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn compiled(source: &str) -> Option<scraper::Selector> {
    selector::compile(source).ok()
}

/// Offers read from one page at most: beyond that it is no page for people.
const MOST_LISTINGS: usize = 400;

/// Every known shop.
#[derive(Debug, Serialize, Deserialize)]
pub struct Markets {
    adapters: Vec<Shop>,
    /// With the place of each one's shop, in order.
    hosts: Vec<(Host, usize)>,
    conditions: Conditions,
    /// By which pages are read of which no adapter says where the facts are.
    any: Option<Rest>,
}

/// What was read from a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The marketplace's id, absent on a shop without an adapter.
    pub marketplace: Option<String>,
    /// What kind of page it is.
    pub page: PageKind,
    /// Why a page that should hold offers holds none to read.
    pub obstacle: Option<Obstacle>,
    /// Version of the adapter.
    pub version: Option<u32>,
    /// By which extractor each field was read.
    pub read_by: BTreeMap<Field, ReadBy>,
    /// The offers: on a product page the one on offer, on a search page one a tile.
    pub listings: Vec<Found>,
}

/// An offer and where it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The facts.
    pub listing: Listing,
    /// Index of the snapshot's region, where it was read from one: a tile's own, or the first of the page's offer.
    pub region: Option<usize>,
}

impl Markets {
    /// Takes the adapters, each to be compiled when a page of its shop is first read. `words` are searched for the lists that say what a
    /// stated condition means.
    ///
    /// # Errors
    /// When two shops claim one host.
    pub fn new(marketplaces: &[Marketplace], words: &[WordList]) -> Result<Self, RulesError> {
        let of = |(at, rules): (usize, &Marketplace)| rules.hosts.iter().map(move |host| (host.clone(), at)).collect::<Vec<_>>();
        let mut hosts: Vec<(Host, usize)> = marketplaces.iter().enumerate().flat_map(of).collect();
        hosts.sort_by(|(a, _), (b, _)| a.host.cmp(&b.host));
        if let Some([(host, one), (_, other)]) = hosts.array_windows().find(|[(a, _), (b, _)]| a.host == b.host) {
            let reason = format!("host {} is also one of marketplaces/{}.toml", host.host, marketplaces[*one].id);
            return Err(RulesError::new(format!("marketplaces/{}.toml", marketplaces[*other].id), reason));
        }
        let adapters = marketplaces.iter().cloned().map(Shop::new).collect();
        Ok(Self { adapters, hosts, conditions: Conditions::new(words), any: None })
    }

    /// Reads also the pages of which no adapter says where the facts are.
    #[must_use]
    pub fn with_generic(self, rules: &Generic) -> Self {
        Self { any: Some(Rest::new(rules.clone())), ..self }
    }

    /// Forgets every adapter, so that every page is read as one of an unknown shop.
    #[must_use]
    pub fn without_adapters(self) -> Self {
        Self { adapters: Vec::new(), hosts: Vec::new(), ..self }
    }

    /// Compiles all adapters at once, as whoever changes one wants it.
    ///
    /// # Errors
    /// Names the file, the page and the selector or template that cannot be used.
    pub fn check(&self) -> Result<(), RulesError> {
        self.any.iter().try_for_each(|any| any.compiled().map(drop))?;
        self.adapters.iter().try_for_each(|shop| shop.compiled().map(drop))
    }

    fn any(&self) -> Option<&Any> {
        self.any.as_ref()?.compiled().ok()
    }

    /// The plan by which a page is cut: that of the shop with this id, or that of the shop to which an address belongs, or the generic one.
    pub fn plan(&self, url_or_id: &str) -> Plan {
        let by_id = || self.adapters.iter().find(|shop| shop.id == url_or_id);
        let shop = match Url::parse(url_or_id) {
            Ok(url) => self.shop_of(&url).map(|(shop, _)| shop).or_else(by_id),
            Err(_) => by_id(),
        };
        match (shop.and_then(Shop::plan), self.any.as_ref().and_then(|any| any.rules.get())) {
            (Some(plan), Some(any)) => plan.clone().completed(any),
            (Some(plan), None) => plan.clone(),
            (None, Some(any)) => Plan::generic(any),
            (None, None) => Plan::default(),
        }
    }

    /// The country of a known shop's host, where the host has one.
    #[must_use]
    pub fn country(&self, host: &str) -> Option<&str> {
        address::suffixes(host).find_map(|host| self.host(host))?.0.country.as_deref()
    }

    /// The country of the known shop's host at which an address lies.
    #[must_use]
    pub fn country_at(&self, url: &str) -> Option<&str> {
        self.country(Url::parse(url).ok()?.host_str()?)
    }

    /// Which of the plan's pages an address belongs to.
    pub fn page(&self, url: &str) -> Option<usize> {
        let url = Url::parse(url).ok()?;
        match self.shop(&url) {
            Some((adapter, _)) if !adapter.pages.is_empty() => adapter.page(&url),
            _ => self.any.is_some().then_some(0),
        }
    }

    /// What an address alone tells: the shop's id, the kind of page, and the item it shows.
    pub fn address(&self, url: &str) -> Option<(&str, Option<Kind>, Option<String>)> {
        let url = Url::parse(url).ok()?;
        let (adapter, _) = self.shop(&url)?;
        let kind = adapter.page(&url).map(|at| adapter.pages[at].kind);
        Some((&adapter.id, kind, adapter.items.id(&url)))
    }

    /// Reads what a snapshot offers.
    pub fn read(&self, snapshot: &Snapshot) -> Reading {
        let url = Url::parse(&snapshot.url).ok();
        let Some(url) = url.as_ref() else { return Reading::default() };
        let of_any = |known: Reading, shop: Option<&generic::Known<'_>>| {
            let read = self.any().map(|any| any.read(snapshot, url, shop, &self.conditions));
            let (page, listings) = read.unwrap_or((PageKind::Other, Vec::new()));
            Reading { page, listings, ..known }
        };
        let Some((shop, host)) = self.shop_of(url) else { return of_any(Reading::default(), None) };
        let (Ok(adapter), Ok(rules)) = (shop.compiled(), shop.rules()) else { return of_any(Reading::default(), None) };
        let obstacle = snapshot.obstacle;
        let known = Reading { marketplace: Some(adapter.id.clone()), version: Some(rules.version), obstacle, ..Reading::default() };
        if adapter.pages.is_empty() {
            return of_any(known, Some(&generic::Known { host, items: &adapter.items, kind: None }));
        }
        let reading = |page, listings| Reading { page, listings, ..known.clone() };
        let Some(at) = adapter.page(url) else {
            return reading(PageKind::Other, Vec::new());
        };
        let page = &adapter.pages[at];
        if self.any.is_some() && page.bare {
            return of_any(known, Some(&generic::Known { host, items: &adapter.items, kind: Some(page.kind) }));
        }
        match obstacle {
            Some(Obstacle::RobotCheck | Obstacle::LoginWall) => return reading(PageKind::Unreadable, Vec::new()),
            Some(Obstacle::Gone) => return reading(PageKind::Other, Vec::new()),
            Some(Obstacle::NoResults) => return reading(page.report_kind(), Vec::new()),
            None => {}
        }
        let reader = offer::Reader { adapter, page, host, url, snapshot, conditions: &self.conditions, answered: RefCell::default() };
        let mut listings = if page.kind == Kind::Product { read_offer(&reader) } else { read_tiles(&reader) };
        let kind = if page.kind == Kind::Product && listings.is_empty() { PageKind::Unreadable } else { page.report_kind() };
        let mut read_by = drift::read_by(&rules.pages[at], &page.fields, &reader.answered.borrow());
        if page.kind != Kind::Product && listings.is_empty() {
            listings = spare::tiles(snapshot, url, &adapter.items);
            if !listings.is_empty() {
                read_by.insert(Field::Title, spare::read_by(&rules.pages[at]));
            }
        }
        Reading { read_by, ..reading(kind, listings) }
    }

    /// The shop of an address. Costs a look-up a label of the host, however many shops are known.
    fn shop(&self, url: &Url) -> Option<(&Adapter, &Host)> {
        let (shop, host) = self.shop_of(url)?;
        Some((shop.compiled().ok()?, host))
    }

    fn shop_of(&self, url: &Url) -> Option<(&Shop, &Host)> {
        let (host, shop) = address::suffixes(url.host_str()?).find_map(|host| self.host(host))?;
        Some((self.adapters.get(*shop)?, host))
    }

    fn host(&self, name: &str) -> Option<&(Host, usize)> {
        self.hosts.get(self.hosts.binary_search_by(|(host, _)| host.host.as_str().cmp(name)).ok()?)
    }
}

/// A shop's rules, compiled at the first need: a browser starts the core anew for many a page, and most pages are of one shop.
#[derive(Debug, Serialize, Deserialize)]
struct Shop {
    id: String,
    rules: Packed<Marketplace>,
    #[serde(skip)]
    adapter: OnceLock<Result<Adapter, RulesError>>,
    /// Made where pages are cut: by the command line and the build, never in a browser.
    #[serde(skip)]
    plan: OnceLock<Plan>,
}

impl Shop {
    fn new(mut rules: Marketplace) -> Self {
        // All shops' are looked up in one place.
        rules.hosts.clear();
        rules.pages.iter_mut().for_each(spare::add);
        Self { id: rules.id.clone(), rules: Packed::new(rules), adapter: OnceLock::new(), plan: OnceLock::new() }
    }

    fn rules(&self) -> Result<&Marketplace, RulesError> {
        self.rules.of_file(&format!("marketplaces/{}.toml", self.id))
    }

    fn compiled(&self) -> Result<&Adapter, RulesError> {
        self.adapter.get_or_init(|| Adapter::new(self.rules()?)).as_ref().map_err(Clone::clone)
    }

    /// Nothing where the rules cannot be used.
    fn plan(&self) -> Option<&Plan> {
        self.compiled().ok()?;
        let rules = self.rules.get()?;
        Some(self.plan.get_or_init(|| Plan::new(rules)))
    }
}

/// The vocabulary of any shop's pages, compiled at the first need: few pages have one.
#[derive(Debug, Serialize, Deserialize)]
struct Rest {
    rules: Packed<Generic>,
    #[serde(skip)]
    any: OnceLock<Result<Any, RulesError>>,
}

impl Rest {
    fn new(rules: Generic) -> Self {
        Self { rules: Packed::new(rules), any: OnceLock::new() }
    }

    fn compiled(&self) -> Result<&Any, RulesError> {
        self.any.get_or_init(|| Any::new(self.rules.of_file("generic.toml")?)).as_ref().map_err(Clone::clone)
    }
}

/// The page's own offer; nothing where neither title nor price was found.
fn read_offer(reader: &offer::Reader<'_>) -> Vec<Found> {
    let regions: Vec<Html> = of_role(reader.snapshot, Role::Offer).map(|(_, html)| reader.region(html)).collect();
    let listing = reader.listing(&Offer::new(&regions, Some(reader.snapshot), None));
    let region = of_role(reader.snapshot, Role::Offer).next().map(|(at, _)| at);
    if listing.title.is_none() && listing.price.is_none() { Vec::new() } else { vec![Found { listing, region }] }
}

/// One offer a tile that has a title; where the page renders no tile, one for each of the lists in its state.
fn read_tiles(reader: &offer::Reader<'_>) -> Vec<Found> {
    let mut listings = Vec::new();
    for (at, html) in of_role(reader.snapshot, Role::Tile).take(MOST_LISTINGS) {
        let regions = [reader.region(html)];
        let listing = reader.listing(&Offer::new(&regions, None, None));
        if listing.title.is_some() {
            listings.push(Found { listing, region: Some(at) });
        }
    }
    if listings.is_empty() {
        for index in 0..reader.state_offers().min(MOST_LISTINGS) {
            let listing = reader.listing(&Offer::new(&[], Some(reader.snapshot), Some(index)));
            if listing.title.is_some() {
                listings.push(Found { listing, region: None });
            }
        }
    }
    listings
}

fn of_role(snapshot: &Snapshot, role: Role) -> impl Iterator<Item = (usize, &str)> {
    snapshot.regions.iter().enumerate().filter(move |(_, region)| region.role == role).map(|(at, region)| (at, region.html.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::marketplace::{AssuranceRule, Entry, Extractor, Page, Several};
    use crate::{embedded, page::Region};

    fn at(selector: &str) -> Extractor {
        Extractor { at: Some(selector.into()), ..Extractor::default() }
    }

    fn state(name: &str) -> Extractor {
        Extractor { state: Some(name.into()), ..Extractor::default() }
    }

    fn shop() -> Marketplace {
        let cents = Extractor { cents: Some("sup".into()), ..at(".split") };
        let product = Page {
            url: vec!["/item/*".into()],
            regions: vec!["#offer".into()],
            fields: BTreeMap::from([(Field::Title, vec![at("h1"), at("h2")]), (Field::Price, vec![at(".price"), cents])]),
            assurances: vec![AssuranceRule {
                code: "sold-by-shop".into(),
                at: ".seller".into(),
                templates: vec!["Sold by Shop*".into()],
                unless: Some(".seller a".into()),
                ..AssuranceRule::default()
            }],
            ..Page::default()
        };
        let fields = BTreeMap::from([
            (Field::Title, vec![at("h2"), state("titles")]),
            (Field::Price, vec![at(".price"), state("prices")]),
            (Field::ItemId, vec![Extractor { attr: Some("data-id".into()), ..Extractor::default() }, state("ids")]),
        ]);
        let search = Page { kind: Kind::Search, url: vec!["/search*".into()], regions: vec!["li".into()], fields, ..Page::default() };
        Marketplace {
            id: "shop".into(),
            hosts: vec![Host { host: "shop.example".into(), country: Some("US".into()), currency: Some("USD".into()) }],
            item: vec!["/item/{}".into()],
            pages: vec![product, search],
            ..Marketplace::default()
        }
    }

    fn read(path: &str, regions: &[(Role, &str)], values: serde_json::Value) -> Reading {
        let regions = regions.iter().map(|&(role, html)| Region { role, html: html.into() }).collect();
        let state = serde_json::from_value(values).unwrap();
        let snapshot = Snapshot { url: format!("https://www.shop.example{path}"), regions, state, ..Snapshot::default() };
        Markets::new(&[shop()], &[]).unwrap().read(&snapshot)
    }

    fn none() -> serde_json::Value {
        serde_json::json!({})
    }

    #[test]
    fn all_regions_of_an_offer_make_one_listing() {
        let regions = [
            (Role::Offer, "<div id=offer><h1> </h1><div class=seller>Sold by Shop Inc.</div></div>"),
            (Role::Offer, "<div id=offer><h2>Stool</h2><p class=split>$ 12<sup>50</sup></p></div>"),
        ];
        let reading = read("/item/7?x=1", &regions, none());
        let [found] = reading.listings.as_slice() else { panic!("{reading:?}") };
        assert_eq!(found.listing.title.as_deref(), Some("Stool"));
        assert_eq!(found.listing.price.as_ref().unwrap().min.to_string(), "12.50");
        assert_eq!(found.listing.url.as_deref(), Some("https://www.shop.example/item/7"));
        assert_eq!(found.listing.assurances[0].evidence, "Sold by Shop Inc.");
    }

    #[test]
    fn a_statement_is_taken_back_where_a_seller_stands() {
        let html = "<div id=offer><h1>Stool</h1><div class=seller>Sold by Shop <a>Other</a></div></div>";
        assert!(read("/item/7", &[(Role::Offer, html)], none()).listings[0].listing.assurances.is_empty());
    }

    fn markets_of(rules: Marketplace) -> Markets {
        Markets::new(&[rules], &[]).unwrap().with_generic(&embedded::rules().unwrap().generic)
    }

    #[test]
    fn pages_of_which_no_more_is_known_than_their_addresses_are_read_like_any_shops() {
        let page = |kind, url: &str| Page { kind, url: vec![url.into()], ..Page::default() };
        let bare = Marketplace { pages: vec![page(Kind::Product, "/item/*"), page(Kind::Search, "/search*")], unverified: true, ..shop() };
        let markets = markets_of(bare);
        let plan = markets.plan("shop");
        assert_eq!(plan.marketplace.as_deref(), Some("shop"));
        assert!(plan.pages.iter().all(|page| page.marks.is_some()) && plan.pages[1].url == ["/search*"]);
        let html = "<h1>Stool</h1><p class=price>$5.00</p><p>Sold by <a>Stool House</a></p>";
        let read = |path: &str| {
            let regions = vec![Region { role: Role::Offer, html: html.into() }];
            markets.read(&Snapshot { url: format!("https://shop.example{path}"), regions, ..Snapshot::default() })
        };
        let reading = read("/item/7?x=1");
        let listing = &reading.listings[0].listing;
        assert_eq!((listing.title.as_deref(), listing.seller.as_deref()), (Some("Stool"), Some("Stool House")));
        assert_eq!((listing.item_id.as_deref(), listing.url.as_deref()), (Some("7"), Some("https://shop.example/item/7")));
        assert_eq!((read("/search?q=1").page, read("/search?q=1").listings.len()), (PageKind::Search, 0));
        assert_eq!(read("/help").page, PageKind::Other);
    }

    #[test]
    fn a_shop_without_a_known_layout_is_read_by_its_structured_data() {
        let json = r#"{"@context":"https://schema.org","@type":"Product","name":"Stool","offers":{"@type":"Offer","price":"5","priceCurrency":"USD"}}"#;
        let structured = crate::page::Structured { json_ld: vec![json.into()], ..Default::default() };
        let snapshot = Snapshot { url: "https://shop.example/item/7".into(), structured, ..Snapshot::default() };
        let unverified = Marketplace { pages: Vec::new(), unverified: true, ..shop() };
        let reading = markets_of(unverified).read(&snapshot);
        assert_eq!((reading.marketplace.as_deref(), reading.page), (Some("shop"), PageKind::Product));
        assert_eq!(reading.listings[0].listing.title.as_deref(), Some("Stool"));
    }

    fn stated(path: &str, json_ld: &str, html: &str) -> Reading {
        let structured = crate::page::Structured { json_ld: vec![json_ld.into()], ..Default::default() };
        let regions = vec![Region { role: Role::Offer, html: html.into() }];
        let snapshot = Snapshot { url: format!("https://shop.example{path}"), regions, structured, ..Snapshot::default() };
        let mut shop = shop();
        shop.pages[0].fields.insert(Field::Availability, vec![Extractor { is: Some("sold".into()), ..at(".sold") }]);
        Markets::new(&[shop], &[]).unwrap().read(&snapshot)
    }

    const STATED: &str = r#"{"@context":"https://schema.org","@type":"Product","name":"Oak stool","offers":{"@type":"Offer","price":"5","priceCurrency":"USD","seller":{"@type":"Organization","name":"Stool House"}}}"#;

    #[test]
    fn what_a_changed_layout_no_longer_shows_is_read_from_what_machines_are_told_and_said_to_be() {
        let reading = stated("/item/7", STATED, "<div id=offer><p>All new</p></div>");
        let listing = &reading.listings[0].listing;
        assert_eq!((listing.title.as_deref(), listing.seller.as_deref()), (Some("Oak stool"), Some("Stool House")));
        assert_eq!(listing.price.as_ref().unwrap().currency.as_deref(), Some("USD"));
        assert!(is_spared(&reading.read_by), "{:?}", reading.read_by);
        let shown = stated("/item/7", STATED, "<div id=offer><h1>Stool</h1><i class=price>$4</i></div>");
        assert_eq!(shown.listings[0].listing.title.as_deref(), Some("Stool"));
        assert_eq!(shown.listings[0].listing.disagreements[0].stated, "5 USD");
        assert!(!is_spared(&shown.read_by), "{:?}", shown.read_by);
    }

    #[test]
    fn what_is_sold_is_not_asked_a_price_for_because_machines_are_still_told_one() {
        let reading = stated("/item/7", STATED, "<div id=offer><h1>Stool</h1><b class=sold>Sold</b></div>");
        assert_eq!(reading.listings[0].listing.price, None);
    }

    #[test]
    fn results_of_a_changed_layout_are_those_that_machines_are_told() {
        let item = r#"{"@type":"ListItem","item":{"@type":"Product","name":"Stool","url":"/item/7?from=list","offers":{"price":"5","priceCurrency":"USD"}}}"#;
        let list = format!(r#"{{"@context":"https://schema.org","@type":"ItemList","itemListElement":[{item}]}}"#);
        let reading = stated("/search?q=stool", &list, "<p>");
        let [found] = reading.listings.as_slice() else { panic!("{reading:?}") };
        assert_eq!((found.listing.title.as_deref(), found.listing.item_id.as_deref()), (Some("Stool"), Some("7")));
        assert_eq!(found.listing.url.as_deref(), Some("https://shop.example/item/7"));
        assert!(is_spared(&reading.read_by));
    }

    #[test]
    fn what_was_bid_is_told_from_what_is_asked() {
        let bid = Extractor { bid: true, ..at(".bid") };
        let mut shop = shop();
        shop.pages[0].fields.insert(Field::Price, vec![at(".price"), bid]);
        shop.pages[1].fields.insert(Field::Bid, vec![at(".bids")]);
        let markets = Markets::new(&[shop], &[]).unwrap();
        let is_bid = |path: &str, role, html: &str| {
            let regions = vec![Region { role, html: html.into() }];
            let reading = markets.read(&Snapshot { url: format!("https://shop.example{path}"), regions, ..Snapshot::default() });
            let listing = &reading.listings[0].listing;
            (listing.price.as_ref().map(|price| price.min.to_string()), listing.bid)
        };
        assert_eq!(is_bid("/item/7", Role::Offer, "<div><h1>A</h1><i class=bid>$3</i></div>"), (Some("3".into()), true));
        let both = "<div><h1>A</h1><i class=bid>$3</i><i class=price>$9</i></div>";
        assert_eq!(is_bid("/item/7", Role::Offer, both), (Some("9".into()), false));
        assert!(is_bid("/search", Role::Tile, "<li><h2>A</h2><i class=price>$3</i><b class=bids>1 bid</b></li>").1);
        assert!(!is_bid("/search", Role::Tile, "<li><h2>A</h2><i class=price>$3</i></li>").1);
    }

    #[test]
    fn the_state_holds_named_values_and_lists_of_variants() {
        let entry = Entry { name: "name".into(), value: "value".into(), labels: vec!["Brand".into(), "Marke".into()] };
        let mut shop = shop();
        shop.pages[0].fields.insert(Field::Brand, vec![Extractor { entry: Some(entry), ..state("specs") }]);
        let fields = BTreeMap::from([(Field::Name, vec![state("title")]), (Field::Price, vec![state("price.now")])]);
        shop.pages[0].variants = Some(Several { state: Some("variants".into()), fields, ..Several::default() });
        let values = serde_json::json!({
            "specs": [[{"name": "Colour", "value": "Red"}], [{"name": "MARKE:", "value": "Lumen"}, {"name": "brand", "value": "Other"}]],
            "variants": [{"title": "Red", "price": {"now": "$4.50"}}, {"price": {"now": 3}}, "no item", {"title": "Blue"}],
        });
        let regions = vec![Region { role: Role::Offer, html: "<h1>Stool</h1>".into() }];
        let state = serde_json::from_value(values).unwrap();
        let snapshot = Snapshot { url: "https://shop.example/item/7".into(), regions, state, ..Snapshot::default() };
        let reading = Markets::new(&[shop], &[]).unwrap().read(&snapshot);
        let listing = &reading.listings[0].listing;
        assert_eq!(listing.brand.as_deref(), Some("Lumen"));
        let variants: Vec<_> =
            listing.variants.iter().map(|one| (one.name.as_str(), one.price.as_ref().map(|price| price.min.to_string()))).collect();
        assert_eq!(variants, [("Red", Some("4.50".into())), ("Blue", None)]);
    }

    #[test]
    fn a_page_may_belong_to_one_host_and_an_item_may_have_no_short_address() {
        let mut shop = shop();
        shop.pages.insert(0, Page { kind: Kind::Seller, url: vec!["seller.shop.example/*".into()], ..shop.pages[1].clone() });
        shop.canonical = Some(String::new());
        let markets = Markets::new(&[shop], &[]).unwrap();
        let kind = |url: &str| markets.address(url).and_then(|(_, kind, _)| kind);
        assert_eq!(kind("https://seller.shop.example/item/7"), Some(Kind::Seller));
        assert_eq!(kind("https://shop.example/item/7"), Some(Kind::Product));
        let regions = vec![Region { role: Role::Offer, html: "<h1>Stool</h1>".into() }];
        let reading = markets.read(&Snapshot { url: "https://shop.example/item/7?x=1".into(), regions, ..Snapshot::default() });
        let listing = &reading.listings[0].listing;
        assert_eq!((listing.item_id.as_deref(), listing.url.as_deref()), (Some("7"), Some("https://shop.example/item/7?x=1")));
    }

    #[test]
    fn an_offer_without_title_and_price_is_unreadable() {
        assert_eq!(read("/item/7", &[(Role::Offer, "<div id=offer></div>")], none()).page, PageKind::Unreadable);
        assert_eq!(read("/help", &[(Role::Offer, "<div id=offer><h1>Stool</h1></div>")], none()).page, PageKind::Other);
    }

    #[test]
    fn what_stands_in_the_place_of_an_offer_is_told() {
        let markets = Markets::new(&[shop()], &[]).unwrap();
        let read = |path: &str, obstacle| {
            let snapshot = Snapshot { url: format!("https://shop.example{path}"), obstacle: Some(obstacle), ..Snapshot::default() };
            let reading = markets.read(&snapshot);
            assert_eq!(reading.obstacle, Some(obstacle));
            reading.page
        };
        assert_eq!(read("/item/7", Obstacle::RobotCheck), PageKind::Unreadable);
        assert_eq!(read("/item/7", Obstacle::LoginWall), PageKind::Unreadable);
        assert_eq!(read("/item/7", Obstacle::Gone), PageKind::Other);
        assert_eq!(read("/search", Obstacle::NoResults), PageKind::Search);
    }

    #[test]
    fn each_tile_with_a_title_is_a_listing_of_its_own_region() {
        let tiles = [(Role::Tile, "<li data-id=1></li>"), (Role::Tile, "<li data-id=2><h2>Stool</h2><b class=price>$5</b></li>")];
        let reading = read("/search?q=stool", &tiles, none());
        assert_eq!(reading.listings.len(), 1);
        assert_eq!((reading.listings[0].region, reading.listings[0].listing.item_id.as_deref()), (Some(1), Some("2")));
    }

    #[test]
    fn a_search_page_without_tiles_is_read_from_its_state() {
        let values = serde_json::json!({"titles": ["Stool", null, "Chair"], "prices": [5, 6, 7.5], "ids": ["a", "b", "c"]});
        let reading = read("/search", &[], values);
        let found: Vec<_> =
            reading.listings.iter().map(|found| (found.listing.title.as_deref(), found.listing.item_id.as_deref())).collect();
        assert_eq!(found, [(Some("Stool"), Some("a")), (Some("Chair"), Some("c"))]);
        assert_eq!(reading.listings[1].listing.price.as_ref().unwrap().min.to_string(), "7.5");
    }

    #[test]
    fn a_file_that_cannot_be_used_is_named_with_its_mistake() {
        let mut broken = shop();
        broken.pages[1].regions = vec!["li:first-child".into()];
        let error = Markets::new(&[broken], &[]).unwrap().check().unwrap_err().to_string();
        assert!(error.contains("marketplaces/shop.toml") && error.contains("pages[1]") && error.contains("li:first-child"), "{error}");
        assert!(Markets::new(&[shop(), shop()], &[]).is_err(), "a host belongs to one shop");
    }

    #[test]
    fn every_adapter_reads_its_own_cases() {
        let rules = embedded::rules().unwrap();
        let markets = Markets::new(&rules.marketplaces, &rules.words).unwrap();
        for (shop, case) in rules.marketplaces.iter().flat_map(|shop| shop.cases.iter().map(move |case| (shop, case))) {
            let (id, kind, item) = markets.address(&case.url).unwrap_or_else(|| panic!("{} is of no shop", case.url));
            assert_eq!((id, kind), (shop.id.as_str(), case.kind), "{}", case.url);
            if case.item_id.is_some() {
                assert_eq!(item, case.item_id, "{}", case.url);
            }
        }
    }
}
