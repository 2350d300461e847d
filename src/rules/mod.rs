//! The types of the data files under `data/`: facts, never logic.
//!
//! `build.rs` includes this module by path, reads every TOML file into these types and embeds the result, so the module may name nothing but
//! serde and std. The embedded form is postcard, which is not self-describing: no `flatten`, no `untagged`, no skipped fields.

pub mod alert;
pub mod brand;
pub mod channel;
pub mod countries;
pub mod domains;
pub mod generic;
pub mod goods;
pub mod marketplace;
pub mod measured;
pub mod notice;
pub mod rates;
pub mod sales;
pub mod weights;
pub mod words;

use serde::{Deserialize, Serialize};

/// Everything under `data/`, checked for shape.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// `data/marketplaces/*.toml`, by file name.
    pub marketplaces: Vec<marketplace::Marketplace>,
    /// `data/brands/*.toml`, by file name.
    pub brands: Vec<brand::Brand>,
    /// `data/goods/*.toml`, by file name.
    pub goods: Vec<goods::Trade>,
    /// `data/words/*.toml`, by file name.
    pub words: Vec<words::WordList>,
    /// `data/channels/*.toml`, by file name.
    pub channels: Vec<channel::ChannelFile>,
    /// `data/notices/*.toml`, by file name.
    pub notices: Vec<notice::NoticeTemplate>,
    /// `data/alerts/*.toml`, by file name.
    pub alerts: Vec<alert::AlertFile>,
    /// `data/generic.toml`.
    pub generic: generic::Generic,
    /// `data/countries.toml`.
    pub countries: countries::Countries,
    /// `data/domains.toml`.
    pub domains: domains::Domains,
    /// `data/weights.toml`.
    pub weights: weights::Weights,
    /// `data/rates.toml`.
    pub rates: rates::Rates,
    /// `data/sales.toml`.
    pub sales: sales::Sales,
}

/// Where a fact comes from. Every data file and every single fact that differs from its file's own carries one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// An address, a document, or `saved page HOST/KIND of YYYY-MM` for a layout.
    pub source: String,
    /// The day the fact was taken from there, `YYYY-MM-DD`.
    pub date: String,
}
