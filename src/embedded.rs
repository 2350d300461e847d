//! The data files that `build.rs` compiled into this program.

use crate::{rules::Rules, rules_error::RulesError};

static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// Decodes the embedded data files.
///
/// # Errors
/// Only when the program was assembled from parts of different builds.
pub fn rules() -> Result<Rules, RulesError> {
    postcard::from_bytes(RULES).map_err(|e| RulesError::new("", format!("the embedded data cannot be decoded ({e}); build again")))
}
