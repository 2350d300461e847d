//! What was measured of the judgement and is told where it is set: `data/measured.toml`, which `touchstone eval --write` writes.

use serde::{Deserialize, Serialize};

use super::Source;

/// What each sensitivity costs and finds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// On what, and when.
    pub basis: Source,
    /// With fewer warnings.
    pub fewer: Cost,
    /// As usual.
    pub usual: Cost,
    /// With more warnings.
    pub more: Cost,
}

/// Shares from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Of genuine offers where an alarm could go wrong, those that are warned of.
    pub warned: f64,
    /// Of copies of known brands that do not say that they are copies, those that are warned of.
    pub found: f64,
}
