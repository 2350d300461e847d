//! How much each observation counts, and where the levels begin: `data/weights.toml`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Source;

/// Weights in log-odds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// How the weights were chosen.
    pub basis: Source,
    /// Log-odds before anything was observed.
    pub prior: f64,
    /// Score from which a listing is `caution`.
    pub caution: f64,
    /// Score from which a listing is `likely`.
    pub likely: f64,
    /// Signal code → log-odds at full strength; negative for reassurances.
    pub signals: BTreeMap<String, f64>,
    /// Levels to choose in the place of `caution` and `likely`, by the name of the choice.
    pub sensitivity: BTreeMap<String, Levels>,
    /// Trade → how many genuine listings were at hand on which an alarm could have gone wrong; `touchstone fit --write` counts them.
    pub trades: BTreeMap<String, u32>,
    /// Trades in which new goods are dear for what they are, and copied: of luxury, of sportswear.
    pub dear_trades: Vec<String>,
    /// Named thresholds of signals (`price.full-strength-ratio`), dimensionless unless the name says otherwise.
    pub thresholds: BTreeMap<String, f64>,
}

/// Where the levels begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Levels {
    /// Score from which a listing is `caution`.
    pub caution: f64,
    /// Score from which a listing is `likely`.
    pub likely: f64,
}
