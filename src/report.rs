//! What the core answers about a page. Codes and quotes, no sentences: sentences are made from `_locales` where they are shown.

use crate::listing::Listing;
use crate::rules::marketplace::{Field, Obstacle};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The answer about one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Version of this shape.
    pub schema: u32,
    /// The page's address.
    pub url: String,
    /// The marketplace's id, absent on a shop without an adapter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace: Option<String>,
    /// What kind of page it is.
    pub page: PageKind,
    /// Why a page that should hold offers holds none to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
    /// Which version of the shop's rules read the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// By which of a field's extractors the page was read; of a page with many offers the first that answered.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub read_by: BTreeMap<Field, ReadBy>,
    /// Of when the prices are with which offers were compared.
    pub prices: PriceData,
    /// On a product page the first listing is the one on offer; a search page has one a tile.
    pub listings: Vec<Judged>,
}

/// How old the price levels are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceData {
    /// The day on which the oldest was taken, `YYYY-MM-DD`.
    pub oldest: String,
    /// The day on which the newest was taken.
    pub newest: String,
    /// Whether even the newest is too old to compare with.
    pub outdated: bool,
}

/// The extractor that answered for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBy {
    /// Its place among the field's extractors.
    pub index: usize,
    /// Where it looks: a selector, or the name of a state value, a structured field or a meta element.
    pub from: String,
    /// Whether it is the last resort: what the page says to machines, after the shop's layout gave nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spare: bool,
}

/// The kind of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// One offer.
    Product,
    /// A list of offers.
    Search,
    /// A seller's own page.
    Seller,
    /// A page of a known shop without offers to judge.
    #[default]
    Other,
    /// A page that should hold an offer, of which neither title nor price could be read.
    Unreadable,
}

/// A listing and what is thought of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// The facts.
    #[serde(flatten)]
    pub listing: Listing,
    /// Index of the snapshot's region that the listing was read from, where it was read from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<usize>,
    /// What identifies the listing on this machine: marketplace and item id, else a digest of its address and title.
    pub key: String,
    /// The judgement.
    pub assessment: Assessment,
    /// Why no warning is drawn although the level asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silenced: Option<Silenced>,
}

/// Why a warning stays away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silenced {
    /// The user dismissed the warning on this listing.
    Dismissed,
    /// The user trusts this seller.
    Trusted,
    /// The user wants no warnings on goods of this brand.
    Ignored,
}

/// The judgement of one listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// How strongly the observations point to a counterfeit.
    pub level: Level,
    /// The combined evidence as a probability-like number from 0 to 1; 0 where there is nothing to judge.
    pub score: f64,
    /// The id of the brand whose goods these claim to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// That brand's name for display.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_name: Option<String>,
    /// Whether the goods are of a kind that can hurt where they are not what they seem, such as medicine: not to be used until they are checked.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub can_hurt: bool,
    /// What was observed, strongest first; reassurances have negative weights.
    pub signals: Vec<Signal>,
}

/// How strongly the observations point to a counterfeit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// No known brand, or too little was read to judge.
    Unknown,
    /// A known brand, and no signal that asks for a warning. This is not "genuine".
    None,
    /// Signals worth checking.
    Caution,
    /// Strong signals: patterns often seen with counterfeits.
    Likely,
}

/// One observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// Stable code, such as `price-far-below-genuine`; the key of its sentences in `_locales` and `data/notices`.
    pub code: String,
    /// Log-odds that it adds; negative for a reassurance.
    pub weight: f64,
    /// The page's own words.
    pub evidence: String,
    /// Values for the sentence: amounts as decimal strings, names, sources.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty", default)]
    pub detail: serde_json::Map<String, serde_json::Value>,
}
