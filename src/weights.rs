//! The weights, looked up.

use crate::rules::weights::Weights;
use crate::rules_error::RulesError;

impl Weights {
    /// A threshold.
    ///
    /// # Errors
    /// When it is missing.
    pub fn threshold(&self, name: &str) -> Result<f64, RulesError> {
        let missing = || RulesError::new("weights.toml", format!("no threshold {name:?}; add it under [thresholds]"));
        self.thresholds.get(name).copied().ok_or_else(missing)
    }

    /// The share of the lowest usual price below which a price alone may ask for a look, in a trade on whose genuine goods little was measured.
    #[must_use]
    pub fn price_alone(&self, trade: &str) -> Option<f64> {
        let rows = self.trades.get(trade).copied().unwrap_or_default();
        let enough = self.thresholds.get("price.measured-rows").is_none_or(|enough| f64::from(rows) >= *enough);
        self.thresholds.get("price.unmeasured-share").copied().filter(|_| !enough)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_threshold_is_named() {
        let weights = Weights { thresholds: [("a.b".to_owned(), 2.0)].into(), ..Weights::default() };
        assert_eq!(weights.threshold("a.b"), Ok(2.0));
        assert!(weights.threshold("a.c").unwrap_err().to_string().contains("a.c"));
    }

    #[test]
    fn a_trade_of_which_little_was_measured_is_held_to_less() {
        let thresholds = [("price.measured-rows".to_owned(), 100.0), ("price.unmeasured-share".to_owned(), 0.35)].into();
        let trades = [("shoes".to_owned(), 100), ("tools".to_owned(), 99)].into();
        let weights = Weights { thresholds, trades, ..Weights::default() };
        assert_eq!(["shoes", "tools", "new"].map(|trade| weights.price_alone(trade)), [None, Some(0.35), Some(0.35)]);
    }
}
