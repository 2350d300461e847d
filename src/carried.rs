//! The core as the extension carries it: the engine and the desk as they lie in memory, written once when the package is made.
//!
//! A browser may start the background for every page. Compiling the data files there would cost it more than all that the page asks.

use crate::{engine::Engine, notice::Desk, packed::Packed, rules::Rules, rules_error::RulesError};
use serde::{Deserialize, Serialize};

/// What answers a browser's questions.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carried {
    /// What is on a page, and what is thought of it.
    pub engine: Engine,
    desk: Packed<Desk>,
}

impl Carried {
    /// Compiles the data files.
    ///
    /// # Errors
    /// When a data file says something that cannot be used; the error names it.
    pub fn new(rules: Rules) -> Result<Self, RulesError> {
        Ok(Self { desk: Packed::new(Desk::new(&rules)?), engine: Engine::new(rules)? })
    }

    /// As [`Self::read`] reads it.
    ///
    /// # Errors
    /// Never for what [`Self::new`] made.
    pub fn write(&self) -> Result<Vec<u8>, RulesError> {
        postcard::to_allocvec(self).map_err(|e| RulesError::new("", format!("the compiled data cannot be written ({e})")))
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// Only when it was written by another build, or is damaged.
    pub fn read(written: &[u8]) -> Result<Self, RulesError> {
        postcard::from_bytes(written).map_err(|e| RulesError::new("", format!("the compiled data cannot be decoded ({e}); build again")))
    }

    /// What drafts notices.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn desk(&self) -> Result<&Desk, RulesError> {
        self.desk.of_file("notices and channels")
    }
}
