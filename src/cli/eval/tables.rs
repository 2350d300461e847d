//! Shares of labelled listings that are warned of, counted by everything that they are broken down by.

use super::labelled::{Labelled, Set};
use super::language;
use crate::engine::Engine;
use crate::lexicon::flatten;
use crate::report::{Assessment, Level};
use crate::terms::Terms;
use std::collections::{BTreeMap, BTreeSet};

/// Rows counted by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// All.
    pub rows: u32,
    /// Those at `caution` or above.
    pub caution: u32,
    /// Those at `likely`.
    pub likely: u32,
}

impl Share {
    fn count(&mut self, level: Level) {
        self.rows += 1;
        self.caution += u32::from(level >= Level::Caution);
        self.likely += u32::from(level == Level::Likely);
    }

    /// The share of rows at `caution` or above.
    #[must_use]
    pub fn cautioned(&self) -> f64 {
        share(self.caution, self.rows)
    }

    /// The share of rows at `likely`.
    #[must_use]
    pub fn alarmed(&self) -> f64 {
        share(self.likely, self.rows)
    }
}

/// Shares by name.
pub type Table = BTreeMap<String, Share>;

/// What was counted, by the name under which it is printed.
#[derive(Debug, Default)]
pub struct Tables {
    /// By file.
    pub sources: Table,
    /// By what matters across files: rows at risk, how openly copies are named.
    pub strata: Table,
    /// Copies by file, rows alone that offer goods of a known brand.
    pub known: Table,
    /// Copies by file, each model counted once at each price: a list that offers one in thirty colours says one thing.
    pub distinct: Table,
    /// Genuine rows at risk by the recognised brand's trade, and copies likewise.
    pub trades: Table,
    /// By the brand that was recognised.
    pub brands: Table,
    /// By the title's language.
    pub languages: Table,
    /// Lines that are no listing.
    pub unread: usize,
}

/// The stratum of genuine rows where an alarm could go wrong.
pub const AT_RISK: &str = "genuine, at risk";
/// The stratum of copies of known brands whose sellers do not say what they are.
pub const UNADMITTED: &str = "replica, known brand, not admitted";

impl Tables {
    /// Judges every row.
    #[must_use]
    pub fn of(engine: &Engine, set: &Set, terms: Terms) -> Self {
        let mut tables = Self { unread: set.unread, ..Self::default() };
        let mut models = BTreeSet::new();
        for labelled in &set.rows {
            let assessment = engine.assess_on(&labelled.row.listing, labelled.row.marketplace.as_deref(), terms);
            let trade = assessment.brand.as_deref().and_then(|brand| engine.trade(brand)).unwrap_or("no known brand");
            tables.add(labelled, &assessment, trade);
            if labelled.copy && models.insert((&labelled.source, model(labelled))) {
                tables.distinct.entry(labelled.source.clone()).or_default().count(assessment.level);
            }
        }
        tables
    }

    fn add(&mut self, labelled: &Labelled, assessment: &Assessment, trade: &str) {
        let level = assessment.level;
        let label = if labelled.copy { "replica" } else { "genuine" };
        let mut count = |table: fn(&mut Self) -> &mut Table, name: String| table(self).entry(name).or_default().count(level);
        count(|t| &mut t.sources, labelled.place());
        count(|t| &mut t.strata, format!("{label} in all"));
        if let Some(admits) = &labelled.admits {
            count(|t| &mut t.strata, format!("replica, admits {admits}"));
            if admits == "no" && assessment.brand.is_some() {
                count(|t| &mut t.strata, UNADMITTED.to_owned());
            }
        }
        if labelled.at_risk {
            count(|t| &mut t.strata, AT_RISK.to_owned());
            count(|t| &mut t.trades, format!("{trade}, genuine at risk"));
        }
        if labelled.copy {
            count(|t| &mut t.trades, format!("{trade}, copies"));
        }
        let language = language::of(labelled.row.listing.title.as_deref().unwrap_or_default());
        count(|t| &mut t.languages, format!("{language}, {label}"));
        if let Some(brand) = &assessment.brand {
            count(|t| &mut t.brands, format!("{brand}, {label}"));
            if labelled.copy {
                count(|t| &mut t.known, labelled.source.clone());
            }
        }
    }
}

/// A copy's model and price: its title without what stands in quotes and brackets, where lists write the colour.
pub(in crate::cli) fn model(labelled: &Labelled) -> (String, Option<String>) {
    let listing = &labelled.row.listing;
    let (mut title, mut inside) = (String::new(), None);
    for c in listing.title.as_deref().unwrap_or_default().chars() {
        match (inside, c) {
            (Some(end), c) if c == end => inside = None,
            (Some(_), _) => {}
            (None, '"') => inside = Some('"'),
            (None, '“') => inside = Some('”'),
            (None, '(') => inside = Some(')'),
            (None, '[') => inside = Some(']'),
            (None, c) => title.push(c),
        }
    }
    let price = listing.price.as_ref().map(|price| format!("{} {}", price.max.normalize(), price.currency.as_deref().unwrap_or_default()));
    (flatten(&title), price)
}

/// A share of rows; 0 of none.
pub(super) fn share(some: u32, all: u32) -> f64 {
    if all == 0 { 0.0 } else { f64::from(some) / f64::from(all) }
}

/// One-sided 95 % Wilson upper bound on the share of `some` in `all`.
#[must_use]
pub fn upper(some: u32, all: u32) -> f64 {
    const Z: f64 = 1.645;
    if all == 0 {
        return 1.0;
    }
    let (p, n) = (share(some, all), f64::from(all));
    (p + Z * Z / (2.0 * n) + Z * ((p * (1.0 - p) + Z * Z / (4.0 * n)) / n).sqrt()) / (1.0 + Z * Z / n)
}

/// The share of warnings that are right where this share of offers are copies.
#[must_use]
pub fn precision(found: f64, warned: f64, prevalence: f64) -> f64 {
    let (right, wrong) = (found * prevalence, warned * (1.0 - prevalence));
    if right + wrong > 0.0 { right / (right + wrong) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::assess;

    #[test]
    fn the_bound_is_wilsons() {
        assert!((upper(0, 10_000) - 0.000_270_5).abs() < 1e-6);
        assert!((upper(5, 10) - 0.730_7).abs() < 1e-3);
        assert!((upper(0, 0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn where_copies_are_rare_a_small_share_of_wrong_warnings_is_most_of_them() {
        assert!((precision(0.8, 0.01, 0.01) - 0.446_9).abs() < 1e-3);
        assert!((precision(0.8, 0.0, 0.01) - 1.0).abs() < 1e-9);
        assert!(precision(0.0, 0.0, 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_model_in_several_colours_is_one() {
        let labelled = |title: &str, price: &str| {
            let line = format!("{{\"title\":{},\"price\":{price},\"currency\":\"USD\"}}", serde_json::Value::from(title));
            let row = assess::parse(line.as_bytes()).unwrap();
            model(&Labelled { copy: true, source: String::new(), admits: None, at_risk: false, row })
        };
        let one = labelled("Court Low \"Panda\" (Black)", "30");
        assert_eq!(one, labelled("Court low “Syracuse”", "30.00"));
        assert_ne!(one, labelled("Court low", "31"));
        assert_ne!(one, labelled("Court high", "30"));
    }
}
