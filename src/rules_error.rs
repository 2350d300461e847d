//! What can be wrong with a data file once it has the right shape.

/// A data file that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("data/{file}: {reason}")]
pub struct RulesError {
    /// The file below `data/`, as in `marketplaces/NAME.toml`.
    pub file: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl RulesError {
    /// An error in `file`, named below `data/`.
    pub fn new(file: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { file: file.into(), reason: reason.into() }
    }
}
