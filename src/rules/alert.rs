//! What authorities have published of copies that they bought, found or seized: `data/alerts/*.toml`.

use serde::{Deserialize, Serialize};

use super::Source;
use super::brand::Case;

/// The alerts on the goods of one trade.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertFile {
    /// Stable id, equal to the file's name.
    pub id: String,
    /// Whether such goods can hurt where they are not what they seem.
    pub can_hurt: bool,
    /// The alerts.
    pub alerts: Vec<Alert>,
    /// The file's own cases.
    pub cases: Vec<Case>,
}

/// One alert.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alert {
    /// Stable id within the file.
    pub id: String,
    /// Who published it, with its country.
    pub authority: String,
    /// When it was published, `YYYY-MM-DD` or as much of it as is known.
    pub published: String,
    /// What it was about, in few words that need no language: brand, product, strength.
    pub goods: String,
    /// Where the copies were found.
    pub channel: Channel,
    /// Names that a listing of such goods bears; one of them must be there.
    pub names: Vec<String>,
    /// Lot, batch or serial numbers of the copies.
    pub lots: Vec<String>,
    /// Whether genuine goods bear one of these numbers as well.
    pub also_genuine: bool,
    /// GTINs of the copies.
    pub gtins: Vec<String>,
    /// The models that were copied; all of the phrases' words must be there.
    pub models: Vec<String>,
    /// Where it was read, and when.
    pub basis: Source,
}

/// Where copies were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// At a border or in the mail.
    #[default]
    Border,
    /// On the market: with wholesalers, in shops.
    Market,
    /// Bought to be tested.
    TestPurchase,
}
