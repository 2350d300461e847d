//! What currencies are worth and where their prices rise fast: `data/rates.toml`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Source;

/// Dated tables by currency.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Source and date of the exchange rates.
    pub basis: Source,
    /// ISO 4217 → units for one US dollar.
    pub per_dollar: BTreeMap<String, f64>,
    /// Source and date of the inflation.
    pub inflation_basis: Source,
    /// ISO 4217 → by how many per cent consumer prices rose in a year. Currencies whose prices rise slowly need not be named.
    pub inflation: BTreeMap<String, f64>,
}
