//! Everything compiled once, and the two questions asked of it: what is on this page, and what is thought of this listing.

use crate::aging::Aging;
use crate::alerts::Alerts;
use crate::brand::{Brands, Claim, Relation};
use crate::lexicon::{Builder, Lexicon};
use crate::listing::{Listing, Review};
use crate::market::{Found, Markets};
use crate::memory::Memory;
use crate::neighbours::{self, Neighbours};
use crate::page::Snapshot;
use crate::report::{Assessment, Judged, PageKind, Report, Silenced};
use crate::reviews::{self, Stance};
use crate::rules::{Rules, weights::Weights};
use crate::rules_error::RulesError;
use crate::signal::{Heuristics, Observation, Seen, alert};
use crate::subject::{Place, Subject};
use crate::terms::Terms;
use crate::verdict::{self, About};
use crate::words::Words;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// The core: immutable once made, so that one serves a whole program. What is written of it is read back ready: a browser starts it for many a page.
#[derive(Debug, Serialize, Deserialize)]
pub struct Engine {
    markets: Markets,
    lexicon: Lexicon,
    brands: Brands,
    words: Words,
    heuristics: Heuristics,
    weights: Weights,
    aging: Aging,
    alerts: Alerts,
}

impl Engine {
    /// Compiles the data files.
    ///
    /// # Errors
    /// When a data file says something that cannot be used; the error names it.
    pub fn new(rules: Rules) -> Result<Self, RulesError> {
        let mut builder = Builder::default();
        let brands = Brands::new(&rules.brands, &rules.goods, &mut builder)?;
        let words = Words::new(&rules.words, &mut builder)?;
        let alerts = Alerts::new(&rules.alerts, &mut builder)?;
        let markets = Markets::new(&rules.marketplaces, &rules.words)?.with_generic(&rules.generic);
        let heuristics = Heuristics::new(&rules, &mut builder)?;
        let aging = Aging::new(&rules)?;
        Ok(Self { markets, lexicon: builder.build()?, brands, words, heuristics, weights: rules.weights, aging, alerts })
    }

    /// The same core without adapters: every page is read as one of an unknown shop.
    #[must_use]
    pub fn without_adapters(self) -> Self {
        Self { markets: self.markets.without_adapters(), ..self }
    }

    /// How pages are read, and by which plan they are cut.
    #[must_use]
    pub fn markets(&self) -> &Markets {
        &self.markets
    }

    /// The trade of the brand with an id.
    #[must_use]
    pub fn trade(&self, brand: &str) -> Option<&str> {
        self.brands.named(brand).map(|brand| brand.trade.as_str())
    }

    /// Reads a page and judges what it offers, on the terms of `memory`; what else that says silences warnings and changes no judgement.
    #[must_use]
    pub fn inspect(&self, snapshot: &Snapshot, memory: &Memory) -> Report {
        let reading = self.markets.read(snapshot);
        let url = url::Url::parse(&snapshot.url).ok();
        let host = url.as_ref().and_then(url::Url::host_str);
        let marketplace = reading.marketplace.as_deref();
        let place = Place { marketplace, host, tile: reading.page != PageKind::Product, terms: memory.terms };
        let facts: Vec<&Listing> = reading.listings.iter().map(|found| &found.listing).collect();
        let assessments = self.judged(&facts, place, reading.page == PageKind::Seller, facts.len());
        let judged = |(Found { listing, region }, assessment): (Found, Assessment)| {
            let key = key(&listing, marketplace);
            let ignored = assessment.brand.as_ref().is_some_and(|brand| memory.ignored.contains(brand));
            let silenced = silenced(&listing, &key, marketplace, memory).or(ignored.then_some(Silenced::Ignored));
            Judged { listing, region, key, assessment, silenced }
        };
        let listings = reading.listings.into_iter().zip(assessments).map(judged).collect();
        Report {
            schema: 1,
            url: snapshot.url.clone(),
            marketplace: reading.marketplace.clone(),
            page: reading.page,
            obstacle: reading.obstacle,
            version: reading.version,
            read_by: reading.read_by,
            prices: self.aging.data(memory.terms.today),
            listings,
        }
    }

    /// Whose goods a listing offers: the id of the brand that it names, and how the goods stand to it. Nothing where it names no known brand.
    #[must_use]
    pub fn whose(&self, listing: &Listing) -> Option<(&str, Relation)> {
        let subject = Subject::new(listing, Place::default(), &self.lexicon);
        let claim = self.brands.whose(&subject, &self.words)?;
        Some((self.brands.get(claim.brand)?.id.as_str(), claim.relation))
    }

    /// Judges the facts of one listing, wherever they were read. Its own address counts as that of the page.
    #[must_use]
    pub fn assess(&self, listing: &Listing, marketplace: Option<&str>) -> Assessment {
        self.assess_on(listing, marketplace, Terms::default())
    }

    /// The same on terms of one's own.
    #[must_use]
    pub fn assess_on(&self, listing: &Listing, marketplace: Option<&str>, terms: Terms) -> Assessment {
        self.assess_beside(listing, &[], marketplace, terms)
    }

    /// The same beside the other offers of its page.
    #[must_use]
    pub fn assess_beside(&self, listing: &Listing, others: &[Listing], marketplace: Option<&str>, terms: Terms) -> Assessment {
        let url = listing.url.as_deref().and_then(|u| url::Url::parse(u).ok());
        let host = url.as_ref().and_then(url::Url::host_str);
        let all: Vec<&Listing> = [listing].into_iter().chain(others).collect();
        self.judged(&all, Place { marketplace, host, tile: false, terms }, false, 1).remove(0)
    }

    /// What a buyer's review says of whether the goods are the brand's own.
    #[must_use]
    pub fn stance(&self, review: &Review) -> Stance {
        let read = reviews::read(std::slice::from_ref(review), &self.lexicon);
        read.first().map_or(Stance::Silent, |review| review.stance(&self.words))
    }

    /// Judges a listing at its place.
    #[must_use]
    pub fn judge(&self, listing: &Listing, place: Place<'_>) -> Assessment {
        let (about, observations) = self.observe(listing, place);
        verdict::decide(&self.weights, about, observations)
    }

    /// Judges the first `many` of a page's offers beside all of them. `own_page`: whether it is one seller's.
    fn judged(&self, listings: &[&Listing], place: Place<'_>, own_page: bool, many: usize) -> Vec<Assessment> {
        let subjects: Vec<Subject<'_>> = listings.iter().map(|listing| Subject::new(listing, place, &self.lexicon)).collect();
        let claims: Vec<Option<Claim>> = subjects.iter().map(|subject| self.brands.whose(subject, &self.words)).collect();
        let page = Neighbours::of(&subjects, &claims, own_page, &self.brands, &self.words);
        let each = subjects.iter().zip(&claims).enumerate().take(many);
        let judge = |(at, (subject, claim)): (usize, (&Subject<'_>, &Option<Claim>))| {
            let (about, observations) = self.observe_read(subject, claim.as_ref(), &page.offers, at);
            verdict::decide(&self.weights, about, observations)
        };
        each.map(judge).collect()
    }

    /// What is observed on a listing at its place, and what that is about.
    pub(crate) fn observe(&self, listing: &Listing, place: Place<'_>) -> (About<'_>, Vec<Observation>) {
        let subject = Subject::new(listing, place, &self.lexicon);
        let claim = self.brands.whose(&subject, &self.words);
        self.observe_read(&subject, claim.as_ref(), &[], 0)
    }

    fn observe_read(
        &self,
        subject: &Subject<'_>,
        claim: Option<&Claim>,
        among: &[neighbours::Offer<'_>],
        at: usize,
    ) -> (About<'_>, Vec<Observation>) {
        let place = subject.place;
        let brand = claim.and_then(|c| self.brands.get(c.brand));
        let country = place.host.and_then(|host| self.markets.country(host));
        let seen = Seen {
            subject,
            claim,
            brand,
            words: &self.words,
            country,
            aging: &self.aging,
            alerts: &self.alerts,
            among,
            at,
            found_level: OnceCell::new(),
        };
        let mut observations = Vec::new();
        for heuristic in self.heuristics.each() {
            heuristic.observe(&seen, &mut observations);
        }
        let close = claim.is_some_and(|c| {
            let observed = |code| observations.iter().any(|o| o.code == code);
            c.relation == Relation::Theirs || (c.relation == Relation::LikeTheirs && observed("seller-admits")) || observed("coded-name")
        });
        let brand = brand.filter(|_| close);
        let warned_of = observations.iter().any(|o| o.detail.contains_key(alert::CAN_HURT));
        let about = About {
            brand: brand.map(|b| (b.id.as_str(), b.name.as_str())),
            tile: place.tile,
            can_hurt: warned_of || self.brands.can_hurt(subject, brand),
            sensitivity: place.terms.sensitivity,
            price_alone: brand.and_then(|b| self.weights.price_alone(&b.trade)),
        };
        (about, observations)
    }
}

/// What identifies a listing on this machine.
fn key(listing: &Listing, marketplace: Option<&str>) -> String {
    match (marketplace, &listing.item_id) {
        (Some(marketplace), Some(id)) => format!("{marketplace}:{id}"),
        _ => {
            let parts = [listing.url.as_deref(), listing.title.as_deref()];
            format!("{}:{:016x}", marketplace.unwrap_or("web"), digest(parts.into_iter().flatten()))
        }
    }
}

/// FNV-1a. Keys are stored, so the digest must be the same in every build, which the standard library's is not.
fn digest<'a>(parts: impl Iterator<Item = &'a str>) -> u64 {
    let bytes = parts.flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn silenced(listing: &Listing, key: &str, marketplace: Option<&str>, memory: &Memory) -> Option<Silenced> {
    if memory.dismissed.contains(key) {
        return Some(Silenced::Dismissed);
    }
    let seller = format!("{}:{}", marketplace?, listing.seller_id.as_deref()?);
    memory.trusted.contains(&seller).then_some(Silenced::Trusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing() -> Listing {
        Listing { item_id: Some("42".into()), seller_id: Some("S1".into()), ..Listing::default() }
    }

    #[test]
    fn a_listing_is_known_by_its_item_and_else_by_address_and_title() {
        assert_eq!(key(&listing(), Some("shop")), "shop:42");
        let titled = |title: &str| Listing { title: Some(title.into()), ..Listing::default() };
        assert_ne!(key(&titled("a"), None), key(&titled("b"), None));
    }

    #[test]
    fn dismissed_listings_and_trusted_sellers_are_silenced_on_their_marketplace_alone() {
        let memory = Memory { trusted: ["shop:S1".to_owned()].into(), dismissed: ["shop:43".to_owned()].into(), ..Memory::default() };
        assert_eq!(silenced(&listing(), "shop:42", Some("shop"), &memory), Some(Silenced::Trusted));
        assert_eq!(silenced(&listing(), "shop:43", Some("shop"), &memory), Some(Silenced::Dismissed));
        assert_eq!(silenced(&listing(), "other:42", Some("other"), &memory), None);
    }
}
