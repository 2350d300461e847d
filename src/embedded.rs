//! The data files as `build.rs` compiled them. The command line holds them; the extension's background reads them from a file of its package,
//! so that what grows with every brand and shop is no part of the code that a browser compiles.

use crate::{rules::Rules, rules_error::RulesError};

/// The compiled data files of this build.
#[cfg(not(target_arch = "wasm32"))]
pub static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The data files that this program was built with.
///
/// # Errors
/// Only when the program was assembled from parts of different builds.
#[cfg(not(target_arch = "wasm32"))]
pub fn rules() -> Result<Rules, RulesError> {
    decode(RULES)
}

/// Decodes compiled data files.
///
/// # Errors
/// Only when they are those of another build, or damaged.
pub fn decode(compiled: &[u8]) -> Result<Rules, RulesError> {
    postcard::from_bytes(compiled).map_err(|e| RulesError::new("", format!("the compiled data cannot be decoded ({e}); build again")))
}
