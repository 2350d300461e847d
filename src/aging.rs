//! How a price level counts for less as it grows older, and on days on which everything is cheap.
//!
//! What goods cost moves with the seasons and with money's worth. The older a level, the further below it a price must lie; at last it is
//! compared with nothing. Where a price is converted, the exchange rate grows old as well.

use crate::day::Day;
use crate::report::PriceData;
use crate::rules::{Rules, rates::Rates, sales::Sales};
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};

/// The tables and their thresholds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Aging {
    rates: Rates,
    rates_from: Option<Day>,
    sales: Sales,
    monthly: f64,
    monthly_of_fast: f64,
    fast: f64,
    months: f64,
    sale: f64,
    oldest: String,
    newest: String,
}

impl Aging {
    /// Takes what it needs from the data files.
    ///
    /// # Errors
    /// When a threshold is missing from `data/weights.toml`.
    pub fn new(rules: &Rules) -> Result<Self, RulesError> {
        let dates = || rules.brands.iter().flat_map(|brand| &brand.lines).map(|line| &line.from.date);
        let (oldest, newest) = (dates().min().cloned().unwrap_or_default(), dates().max().cloned().unwrap_or_default());
        Ok(Self {
            rates: rules.rates.clone(),
            rates_from: rules.rates.basis.date.parse().ok(),
            sales: rules.sales.clone(),
            monthly: rules.weights.threshold("price.widens-a-month")?,
            monthly_of_fast: rules.weights.threshold("price.widens-a-month-with-inflation")?,
            fast: rules.weights.threshold("price.inflation")?,
            months: rules.weights.threshold("price.months")?,
            sale: rules.weights.threshold("price.sale-share")?,
            oldest,
            newest,
        })
    }

    /// An amount in US dollars.
    #[must_use]
    pub fn dollars(&self, amount: f64, currency: &str) -> Option<f64> {
        self.rates.per_dollar.get(currency).filter(|rate| **rate > 0.0).map(|rate| amount / rate)
    }

    /// The share of a level, taken on a day and in a currency, that is compared today with a price in another or the same; nothing where it is
    /// too old.
    #[must_use]
    pub fn share(&self, taken: &str, currency: &str, price_in: &str, today: Option<Day>, country: Option<&str>) -> Option<f64> {
        let Some(today) = today else { return Some(1.0) };
        let taken: Option<Day> = taken.parse().ok();
        let oldest = if currency == price_in { taken } else { taken.min(self.rates_from) };
        let months = f64::from(today.months_since(oldest?));
        if months >= self.months {
            return None;
        }
        let is_fast = |currency: &str| self.rates.inflation.get(currency).is_some_and(|percent| *percent > self.fast);
        let monthly = if is_fast(currency) || is_fast(price_in) { self.monthly_of_fast } else { self.monthly };
        let sale = if self.sales.on(today, country, price_in) { self.sale } else { 1.0 };
        Some(sale / (1.0 + monthly * months))
    }

    /// Of when the levels are.
    #[must_use]
    pub fn data(&self, today: Option<Day>) -> PriceData {
        let months = |today: Day| self.newest.parse().ok().map(|newest| f64::from(today.months_since(newest)));
        let outdated = today.and_then(months).is_some_and(|months| months >= self.months);
        PriceData { oldest: self.oldest.clone(), newest: self.newest.clone(), outdated }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        Source,
        sales::{Days, Sale},
        weights::Weights,
    };

    fn aging() -> Aging {
        let thresholds = [
            ("price.widens-a-month", 0.01),
            ("price.widens-a-month-with-inflation", 0.05),
            ("price.inflation", 30.0),
            ("price.months", 18.0),
            ("price.sale-share", 0.5),
        ];
        let days = Days { month: 6, day: 1, lasts: 2, ..Days::default() };
        let sale = Sale { countries: vec!["FR".into()], currencies: vec!["EUR".into()], days, ..Sale::default() };
        let rates = Rates {
            basis: Source { date: "2025-01-01".into(), ..Source::default() },
            per_dollar: [("EUR".to_owned(), 0.5)].into(),
            inflation: [("TRY".to_owned(), 58.5), ("EGP".to_owned(), 28.3)].into(),
            ..Rates::default()
        };
        let weights = Weights { thresholds: thresholds.map(|(name, value)| (name.to_owned(), value)).into(), ..Weights::default() };
        Aging::new(&Rules { rates, weights, sales: Sales { sales: vec![sale] }, ..Rules::default() }).unwrap()
    }

    fn share(taken: &str, currency: &str, price_in: &str, today: &str) -> Option<f64> {
        aging().share(taken, currency, price_in, Some(today.parse().unwrap()), None)
    }

    fn close(share: Option<f64>, to: f64) -> bool {
        share.is_some_and(|share| (share - to).abs() < 1e-9)
    }

    #[test]
    fn a_level_counts_for_less_each_month_and_at_last_for_nothing() {
        assert!(close(share("2026-01-10", "EUR", "EUR", "2026-02-09"), 1.0));
        assert!(close(share("2026-01-10", "EUR", "EUR", "2026-02-10"), 1.0 / 1.01));
        assert!(close(share("2026-01-10", "EUR", "EUR", "2027-07-09"), 1.0 / 1.17));
        assert_eq!(share("2026-01-10", "EUR", "EUR", "2027-07-10"), None);
    }

    #[test]
    fn prices_that_rise_fast_age_a_level_fast() {
        assert!(close(share("2026-01-10", "TRY", "TRY", "2026-03-10"), 1.0 / 1.1));
        assert!(close(share("2026-01-10", "EGP", "EGP", "2026-03-10"), 1.0 / 1.02));
    }

    #[test]
    fn a_converted_price_is_as_old_as_the_rate() {
        assert!(close(share("2026-01-10", "USD", "EUR", "2026-02-10"), 1.0 / 1.13));
        assert_eq!(share("2026-01-10", "USD", "EUR", "2026-07-10"), None);
        assert!(close(aging().dollars(5.0, "EUR"), 10.0));
    }

    #[test]
    fn on_a_sale_half_the_level_is_compared() {
        assert!(close(share("2026-05-30", "EUR", "EUR", "2026-06-01"), 0.5));
        assert!(close(share("2026-05-30", "EUR", "EUR", "2026-06-03"), 1.0));
    }

    #[test]
    fn without_a_day_nothing_ages_and_without_a_date_nothing_is_compared() {
        assert!(close(aging().share("2020-01-01", "EUR", "USD", None, None), 1.0));
        assert_eq!(share("", "EUR", "EUR", "2026-06-03"), None);
    }
}
