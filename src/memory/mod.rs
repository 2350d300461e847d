//! What this machine remembers that changes what is drawn: trusted sellers, brands of no interest and dismissed warnings.

use crate::terms::Terms;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the user said before, on this machine. Handed in with every page: the core keeps nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Memory {
    /// Trusted sellers as `marketplace:seller id`. A name is never trusted: another account can carry it.
    pub trusted: BTreeSet<String>,
    /// Keys of listings whose warning was dismissed.
    pub dismissed: BTreeSet<String>,
    /// Ids of brands on which no warning is wanted.
    pub ignored: BTreeSet<String>,
    /// The day, and how readily a warning is wanted.
    pub terms: Terms,
}
