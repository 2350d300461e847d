//! `alert`: an authority has published a warning on copies of these very goods.
//!
//! A lot or GTIN of the alert says that the offer is of what was found. The model alone says that it is copied, which holds for the genuine one
//! too: it adds a little to what else is seen.

use super::{Heuristic, Observation, Seen};
use crate::alerts::By;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// In the detail of an observation, where the goods of the alert can hurt.
pub(crate) const CAN_HURT: &str = "canHurt";

/// Quotes the alert.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Alert {
    /// Strength where genuine goods bear the same number.
    shared: f64,
    /// Strength of the model alone.
    model: f64,
}

impl Alert {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self { shared: weights.threshold("alert.shared-number")?, model: weights.threshold("alert.model")? })
    }
}

impl Heuristic for Alert {
    fn codes(&self) -> &'static [&'static str] {
        &["alert"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let subject = seen.subject;
        let texts = [&subject.title, &subject.brand, &subject.category, &subject.description];
        let Some((by, says)) = seen.alerts.find(&texts, subject.listing.gtin.as_deref()) else { return };
        let (strength, evidence) = match by {
            By::Lot(at, hit) => (if says.also_genuine { self.shared } else { 1.0 }, texts[at].quote(hit.start, hit.end, 2)),
            By::Gtin(gtin) => (1.0, gtin),
            // Accessories name the model that they are for.
            By::Model(_) if seen.theirs().is_none() || seen.used() => return,
            By::Model(hit) => (self.model, subject.title.quote(hit.start, hit.end, 1)),
        };
        let mut detail = Map::new();
        detail.extend([("line", &says.about), ("date", &says.date)].map(|(name, value)| (name.to_owned(), value.clone().into())));
        if says.can_hurt {
            detail.insert(CAN_HURT.to_owned(), true.into());
        }
        into.push(Observation { code: "alert", strength, evidence, detail });
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    fn strength(title: &str) -> Option<f64> {
        let weights = crate::embedded::rules().unwrap().weights;
        Some(offer(title).judged().signals.iter().find(|s| s.code == "alert")?.weight / weights.signals["alert"])
    }

    #[test]
    fn the_lot_of_a_warning_speaks_though_no_brand_is_known() {
        let pen = offer("Ozempic 1 mg pen").described("Sealed carton, LOT: NAR0074, expires 2026");
        let judged = pen.judged();
        assert!(judged.level >= Level::Caution, "{judged:?}");
        assert!(judged.signals[0].evidence.contains("NAR0074"));
        for key in ["line", "date"] {
            assert!(judged.signals[0].detail[key].as_str().is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn a_number_speaks_of_the_goods_of_its_warning_alone() {
        assert!(!offer("Garden chair").described("model NAR0074").has("alert"));
        assert!(!offer("Ozempic 1 mg pen").described("LOT NAR00745").has("alert"));
        assert_eq!(offer("Ozempic 1 mg pen").level(), Level::Unknown);
    }

    #[test]
    fn a_model_that_was_seized_elsewhere_never_warns_by_itself() {
        let genuine = offer("Apple AirPods Pro 2nd generation").price("229", "USD");
        assert!(strength("Apple AirPods Pro 2nd generation").is_some_and(|strength| strength < 0.3));
        assert_eq!(genuine.level(), Level::None);
        assert_eq!(strength("Silicone case for Apple AirPods Pro"), None);
        assert_eq!(strength("Used Apple AirPods Pro"), None);
    }

    #[test]
    fn a_number_that_genuine_goods_bear_too_asks_for_a_look_and_no_more() {
        let judged = offer("Durex Extra Safe condoms, 3 pieces, batch 20604354").judged();
        assert_eq!(judged.level, Level::Caution, "{judged:?}");
    }
}
