//! `reviews-doubt` and `reviews-praise-copy`: what buyers write of whether the goods are the brand's own.

use super::{Heuristic, Observation, Seen};
use crate::reviews::Stance;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Counts the reviews that the page shows. A single one is weak: some buyer doubts every product that sells.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reviews {
    /// Strength of a single review.
    single: f64,
    /// Reviews at which the strength is full.
    full: f64,
    /// Share of the reviews that must say so.
    share: f64,
}

impl Reviews {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        let reviews = Self {
            single: weights.threshold("reviews.single")?,
            full: weights.threshold("reviews.full")?,
            share: weights.threshold("reviews.share")?,
        };
        if !(reviews.full > 1.0 && (0.0..=1.0).contains(&reviews.single) && (0.0..=1.0).contains(&reviews.share)) {
            return Err(RulesError::new("weights.toml", "reviews.full must be above 1, reviews.single and reviews.share between 0 and 1"));
        }
        Ok(reviews)
    }

    fn strength(&self, saying: usize, of: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a page shows a few dozen reviews")]
        let (saying, of) = (saying as f64, of as f64);
        if saying < 1.0 || saying < of * self.share {
            return 0.0;
        }
        (self.single + (1.0 - self.single) * (saying - 1.0) / (self.full - 1.0)).min(1.0)
    }
}

impl Heuristic for Reviews {
    fn codes(&self) -> &'static [&'static str] {
        &["reviews-doubt", "reviews-praise-copy"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        if seen.theirs().is_none() {
            return;
        }
        let reviews = &seen.subject.reviews;
        let (mut doubts, mut praises) = (Vec::new(), Vec::new());
        for review in reviews {
            match review.stance(seen.words) {
                Stance::Doubts(words) => doubts.push(words),
                Stance::PraisesCopy(words) => praises.push(words),
                Stance::Affirms | Stance::Silent => {}
            }
        }
        for (code, said) in [("reviews-doubt", doubts), ("reviews-praise-copy", praises)] {
            let strength = self.strength(said.len(), reviews.len());
            if let Some(evidence) = said.into_iter().next().filter(|_| strength > 0.0) {
                into.push(Observation { code, strength, evidence, detail: Map::new() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::{Offer, offer};

    fn reviewed(title: &str, reviews: &[(f64, &str)]) -> Offer {
        reviews.iter().fold(offer(title), |offer, (stars, text)| offer.reviewed(*stars, text))
    }

    #[test]
    fn several_doubting_buyers_ask_for_a_look_one_does_not() {
        let one = reviewed("Nike Dunk Low", &[(1.0, "It is a fake"), (5.0, "Love them"), (4.0, "True to size")]);
        assert!(one.has("reviews-doubt"));
        assert_eq!(one.level(), Level::None);
        let three = one.reviewed(1.0, "not original, glue everywhere").reviewed(2.0, "Counterfeit, the label is misspelt");
        assert_eq!(three.level(), Level::Caution);
        assert!(three.judged().signals[0].evidence.contains("fake"));
        assert_eq!(three.price("45", "USD").level(), Level::Likely);
    }

    #[test]
    fn one_in_many_is_somebody() {
        let mut shoe = reviewed("Nike Dunk Low", &[(1.0, "It is a fake")]);
        for _ in 0..30 {
            shoe = shoe.reviewed(5.0, "Comfortable, would buy again");
        }
        assert!(!shoe.has("reviews-doubt"));
    }

    #[test]
    fn praise_of_a_copy_is_observed_and_plain_praise_is_not() {
        assert!(reviewed("Nike Dunk Low", &[(5.0, "Great rep, fast shipping")]).has("reviews-praise-copy"));
        let honest = reviewed("Nike Dunk Low", &[(5.0, "Great shoe, 100% authentic"), (1.0, "Not real leather, too small")]);
        assert!(!honest.has("reviews-praise-copy") && !honest.has("reviews-doubt"));
    }

    #[test]
    fn reviews_of_nobodys_goods_say_nothing() {
        assert_eq!(reviewed("Running shoes", &[(1.0, "It is a fake")]).level(), Level::Unknown);
    }
}
