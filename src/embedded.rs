//! The data files as `build.rs` read them, held by the command line. The extension carries what is made of them ([`crate::carried`]).

use crate::{rules::Rules, rules_error::RulesError};

/// The data files of this build.
pub static RULES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));

/// The data files that this program was built with.
///
/// # Errors
/// Only when the program was assembled from parts of different builds.
pub fn rules() -> Result<Rules, RulesError> {
    postcard::from_bytes(RULES).map_err(|e| RulesError::new("", format!("the compiled data cannot be decoded ({e}); build again")))
}
