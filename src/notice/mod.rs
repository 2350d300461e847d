//! What a report says and where it goes.
//!
//! A notice states what the page shows, in the page's own words, and asks for a check. It calls nothing and nobody a counterfeit, speaks for
//! no brand, and names what was not checked. The elements are those of Article 16(2) of Regulation (EU) 2022/2065, which serve elsewhere too.

mod alarm;
mod channel;
mod draft;
pub mod record;
mod text;

use crate::{
    market::Markets,
    report::{Judged, Report},
    rules::{Rules, channel::ChannelFile, marketplace::Marketplace, notice::NoticeTemplate},
    rules_error::RulesError,
};
use serde::{Deserialize, Serialize};

/// For whom and when a notice is drafted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// BCP 47 language of the notice.
    pub language: String,
    /// ISO 3166-1 alpha-2 country of the buyer; where the buyer says none, that of the shop's host ([`Context::on`]).
    #[serde(default)]
    pub country: Option<String>,
    /// When the page was seen: ISO 8601, UTC, as in `2026-11-22T09:30:00Z`.
    pub now: String,
}

impl Context {
    /// The same, where the buyer says no country with that of the shop's host at which the page lies.
    #[must_use]
    pub fn on(self, url: &str, markets: &Markets) -> Self {
        let stated = self.country.filter(|country| !country.is_empty());
        Self { country: stated.or_else(|| markets.country_at(url).map(str::to_owned)), ..self }
    }
}

/// Why no notice can be drafted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The page has no listing of this number.
    #[error("the page has {count} listings, and none of number {index} (the first is 0)")]
    NoListing {
        /// The number asked for.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// The time is none.
    #[error("{given:?} is no UTC time such as 2026-11-22T09:30:00Z")]
    Time {
        /// What was given.
        given: String,
    },
}

/// Drafts notices from the sentences and channels of the data files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    english: NoticeTemplate,
    templates: Vec<NoticeTemplate>,
    channels: Vec<ChannelFile>,
    shops: Vec<Shop>,
    data_date: String,
}

/// What a notice says of a shop.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Shop {
    id: String,
    name: String,
}

impl Shop {
    fn new(shop: &Marketplace) -> Self {
        Self { id: shop.id.clone(), name: shop.name.clone() }
    }
}

impl Desk {
    /// Takes what a notice needs from the rules.
    ///
    /// # Errors
    /// A language lacks a sentence, or a channel contradicts its grade.
    pub fn new(rules: &Rules) -> Result<Self, RulesError> {
        draft::check(&rules.notices)?;
        channel::check(&rules.channels)?;
        Ok(Self {
            english: draft::english(&rules.notices)?.clone(),
            templates: rules.notices.clone(),
            channels: rules.channels.clone(),
            shops: rules.marketplaces.iter().map(Shop::new).collect(),
            data_date: alarm::newest(rules),
        })
    }

    /// The shop of an id.
    fn shop(&self, id: Option<&str>) -> Option<&Shop> {
        self.shops.iter().find(|shop| Some(shop.id.as_str()) == id)
    }
}

/// The listing of a number.
fn pick(report: &Report, index: usize) -> Result<&Judged, DraftError> {
    report.listings.get(index).ok_or(DraftError::NoListing { index, count: report.listings.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        listing::{Listing, Price},
        report::{Assessment, Level, PageKind, PriceData, Signal},
    };
    use rust_decimal::Decimal;
    use serde_json::json;

    pub(super) fn desk() -> Desk {
        Desk::new(&crate::embedded::rules().expect("rules")).expect("desk")
    }

    pub(super) fn signal(code: &str, weight: f64, evidence: &str, detail: serde_json::Value) -> Signal {
        Signal { code: code.into(), weight, evidence: evidence.into(), detail: detail.as_object().cloned().unwrap_or_default() }
    }

    pub(super) fn price_signal() -> Signal {
        let detail = json!({"price": "12.48", "currency": "EUR", "typical": "90", "low": "45", "levelCurrency": "USD", "line": "Bags",
            "source": "a list price", "date": "2026-11-01", "percent": "86"});
        signal("price-far-below-genuine", 1.5, "12,48 €", detail)
    }

    /// A page with one offer, judged by these signals.
    pub(super) fn page(marketplace: Option<&str>, url: &str, signals: Vec<Signal>) -> Report {
        let amount = Decimal::new(1248, 2);
        let listing = Listing {
            title: Some("Brand bag, 30 cm".into()),
            url: Some("https://shop.example/item/1".into()),
            item_id: Some("1".into()),
            price: Some(Price { min: amount, max: amount, currency: Some("EUR".into()), shown: None }),
            seller: Some("Good bags".into()),
            seller_id: Some("S7".into()),
            ..Listing::default()
        };
        let assessment = Assessment {
            level: Level::Caution,
            score: 0.6,
            brand: Some("brand".into()),
            brand_name: Some("Brand".into()),
            can_hurt: false,
            signals,
        };
        let judged = Judged { listing, region: Some(0), key: "shop:1".into(), assessment, silenced: None };
        Report {
            schema: 1,
            url: url.into(),
            marketplace: marketplace.map(str::to_owned),
            page: PageKind::Product,
            obstacle: None,
            version: None,
            read_by: std::collections::BTreeMap::new(),
            prices: PriceData::default(),
            listings: vec![judged],
        }
    }

    pub(super) fn context(language: &str, country: Option<&str>) -> Context {
        Context { language: language.into(), country: country.map(str::to_owned), now: "2026-11-22T09:30:00Z".into() }
    }
}
