//! `coded-name`: the brand is named by an abbreviation alone, beside a grade or a telling price.

use super::asked::Asking;
use super::{Heuristic, Observation, Seen};
use crate::brand::Relation;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// An abbreviation means much else, so alone it is nothing. `crate::brand` finds it beside words for the brand's goods.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Coded {
    asking: Asking,
    /// Without a grade it counts where the price lies below this share of the line's lowest usual price.
    ratio: f64,
}

impl Coded {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self { asking: Asking::new(weights)?, ratio: weights.threshold("coded.price-ratio")? })
    }

    fn telling_price(&self, seen: &Seen<'_>) -> Option<bool> {
        let level = seen.level()?;
        let low = seen.aging.dollars(level.low, &level.currency)?;
        let share = seen.aging.share(&level.from.date, &level.currency, &level.currency, seen.subject.place.terms.today, seen.country)?;
        let asked = self.asking.most(seen, &level.currency)?;
        Some(asked < low * share * self.ratio && !seen.used())
    }
}

impl Heuristic for Coded {
    fn codes(&self) -> &'static [&'static str] {
        &["coded-name"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some((claim, code)) = seen.claim.and_then(|c| Some((c, c.code.clone()?))) else { return };
        if claim.relation == Relation::Theirs || self.telling_price(seen) == Some(true) {
            into.push(Observation { code: "coded-name", strength: 1.0, evidence: code, detail: Map::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    const CODE: &str = "coded-name";

    #[test]
    fn an_abbreviation_counts_beside_a_grade_or_a_telling_price() {
        let graded = offer("GG handbag, QC photos available").judged();
        assert_eq!((graded.level, graded.brand.as_deref()), (Level::Caution, Some("gucci")));
        assert!(graded.signals.iter().any(|s| s.code == CODE && s.evidence == "GG"));
        let cheap = offer("GG handbag canvas").price("30", "USD");
        assert!(cheap.has(CODE));
        assert_eq!(cheap.level(), Level::Caution);
    }

    #[test]
    fn alone_it_is_nothing() {
        for title in ["GG handbag canvas", "LV crossbody", "LV 12V relay", "AJ plumbing", "AJ sneakers", "Organizer for GG handbag"] {
            assert_eq!(offer(title).level(), Level::Unknown, "{title}");
            assert!(!offer(title).price("900", "USD").has(CODE), "{title}");
        }
        assert!(!offer("GG style handbag").price("30", "USD").has(CODE));
        assert!(!offer("GG handbag organizer insert").price("10", "USD").has(CODE));
        assert!(!offer("GG handbag, pre-owned").price("30", "USD").has(CODE));
        assert!(!offer("GG handbag").brand("Corner Studio").price("30", "USD").has(CODE));
    }
}
