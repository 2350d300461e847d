//! Shops as data: the adapters of `data/marketplaces`, compiled once, and what they make of a [`Snapshot`].
//!
//! No shop is named here. An adapter says which addresses are its product and search pages, where on them the facts stand, and what only the
//! shop itself can render; this module applies it. What the page shows wins over what its scripts hold, because shoppers see the former.

mod adapter;
mod address;
mod condition;
mod element;
mod extract;
mod offer;
mod plan;
pub(crate) mod selector;
pub(crate) mod template;

pub use plan::{Plan, PlanPage, PlanState};

use crate::listing::Listing;
use crate::page::{Role, Snapshot, structured};
use crate::report::PageKind;
use crate::rules::marketplace::{Host, Kind, Marketplace};
use crate::rules::words::WordList;
use crate::rules_error::RulesError;
use adapter::Adapter;
use condition::Conditions;
use extract::Offer;
use scraper::Html;
use std::collections::HashMap;
use url::Url;

/// Offers read from one page at most: beyond that it is no page for people.
const MOST_LISTINGS: usize = 400;

/// Every known shop.
#[derive(Clone, Debug)]
pub struct Markets {
    adapters: Vec<Adapter>,
    hosts: HashMap<String, (usize, Host)>,
    conditions: Conditions,
}

/// What was read from a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The marketplace's id, absent on a shop without an adapter.
    pub marketplace: Option<String>,
    /// What kind of page it is.
    pub page: PageKind,
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
    /// Compiles the adapters. `words` are searched for the lists that say what a stated condition means.
    ///
    /// # Errors
    /// Names the file, the page and the selector or template that cannot be used.
    pub fn new(marketplaces: &[Marketplace], words: &[WordList]) -> Result<Self, RulesError> {
        let mut hosts: HashMap<String, (usize, Host)> = HashMap::new();
        for (at, rules) in marketplaces.iter().enumerate() {
            for host in &rules.hosts {
                if let Some((other, _)) = hosts.insert(host.host.clone(), (at, host.clone())) {
                    let reason = format!("host {} is also one of marketplaces/{}.toml", host.host, marketplaces[other].id);
                    return Err(RulesError::new(format!("marketplaces/{}.toml", rules.id), reason));
                }
            }
        }
        let adapters = marketplaces.iter().map(Adapter::new).collect::<Result<_, _>>()?;
        Ok(Self { adapters, hosts, conditions: Conditions::new(words) })
    }

    /// The plan by which a page is cut: that of the shop with this id, or that of the shop to which an address belongs, or the generic one.
    pub fn plan(&self, url_or_id: &str) -> Plan {
        let by_id = || self.adapters.iter().find(|adapter| adapter.id == url_or_id);
        let adapter = match Url::parse(url_or_id) {
            Ok(url) => self.shop(&url).map(|(adapter, _)| adapter).or_else(by_id),
            Err(_) => by_id(),
        };
        adapter.map_or_else(Plan::generic, |adapter| adapter.plan.clone())
    }

    /// Which of the plan's pages an address belongs to.
    pub fn page(&self, url: &str) -> Option<usize> {
        let url = Url::parse(url).ok()?;
        self.shop(&url)?.0.page(&address::path_and_query(&url))
    }

    /// Reads what a snapshot offers.
    pub fn read(&self, snapshot: &Snapshot) -> Reading {
        let url = Url::parse(&snapshot.url).ok();
        let Some((adapter, host, url)) = url.as_ref().and_then(|url| self.shop(url).map(|(adapter, host)| (adapter, host, url))) else {
            return unknown_shop(snapshot);
        };
        let reading = |page, listings| Reading { marketplace: Some(adapter.id.clone()), page, listings };
        let Some(page) = adapter.page(&address::path_and_query(url)).map(|at| &adapter.pages[at]) else {
            return reading(PageKind::Other, Vec::new());
        };
        if snapshot.regions.iter().any(|region| region.role == Role::Page && region.html.starts_with("<unreadable")) {
            return reading(PageKind::Unreadable, Vec::new());
        }
        let reader = offer::Reader { adapter, page, host, url, snapshot, conditions: &self.conditions };
        let listings = if page.kind == Kind::Product { read_offer(&reader) } else { read_tiles(&reader) };
        let kind = if page.kind == Kind::Product && listings.is_empty() { PageKind::Unreadable } else { page.report_kind() };
        reading(kind, listings)
    }

    /// The shop of an address. Costs a look-up a label of the host, however many shops are known.
    fn shop(&self, url: &Url) -> Option<(&Adapter, &Host)> {
        let (adapter, host) = address::suffixes(url.host_str()?).find_map(|host| self.hosts.get(host))?;
        Some((&self.adapters[*adapter], host))
    }
}

/// The page's own offer; nothing where neither title nor price was found.
fn read_offer(reader: &offer::Reader<'_>) -> Vec<Found> {
    let regions: Vec<Html> = of_role(reader.snapshot, Role::Offer).map(|(_, html)| parse(html)).collect();
    let listing = reader.listing(&Offer::new(&regions, Some(reader.snapshot), None));
    let region = of_role(reader.snapshot, Role::Offer).next().map(|(at, _)| at);
    if listing.title.is_none() && listing.price.is_none() { Vec::new() } else { vec![Found { listing, region }] }
}

/// One offer a tile that has a title; where the page renders no tile, one for each of the lists in its state.
fn read_tiles(reader: &offer::Reader<'_>) -> Vec<Found> {
    let mut listings = Vec::new();
    for (at, html) in of_role(reader.snapshot, Role::Tile).take(MOST_LISTINGS) {
        let regions = [parse(html)];
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

fn parse(html: &str) -> Html {
    Html::parse_fragment(html)
}

/// A shop without an adapter says what it sells in its structured data, or not at all.
fn unknown_shop(snapshot: &Snapshot) -> Reading {
    match structured::offer(snapshot) {
        Some(listing) => Reading { marketplace: None, page: PageKind::Product, listings: vec![Found { listing, region: None }] },
        None => Reading { marketplace: None, page: PageKind::Other, listings: Vec::new() },
    }
}
