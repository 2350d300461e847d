//! `many-colourways`: one listing of a fashion or sports brand's goods offers dozens of colours of a model.
//!
//! Innocent explanation: a dealer may put a season or several models into one listing. What would clear it: the brand itself shows these colours. The
//! number has to stand in words beside a word for colours; a count of choices would count sizes too.

use super::{Heuristic, Observation, Seen};
use crate::lexicon::{Text, unspaced};
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use crate::words::{Kind, Words};
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// See the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Colourways {
    trades: Vec<String>,
    /// The numbers that are a great many and no model's (`Air Max 90`).
    least: f64,
    most: f64,
}

impl Colourways {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self {
            trades: weights.dear_trades.clone(),
            least: weights.threshold("colourways.least")?,
            most: weights.threshold("colourways.most")?,
        })
    }
}

impl Heuristic for Colourways {
    fn codes(&self) -> &'static [&'static str] {
        &["many-colourways"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        if !seen.theirs().is_some_and(|brand| self.trades.contains(&brand.trade)) || seen.used() {
            return;
        }
        let scope = seen.subject.scope();
        for text in [&seen.subject.title, &seen.subject.description] {
            if let Some((start, end)) = self.stated(text, &scope, seen.words) {
                into.push(Observation { code: "many-colourways", strength: 1.0, evidence: text.quote(start, end, 1), detail: Map::new() });
                return;
            }
        }
    }
}

impl Colourways {
    /// The place where a great many colours are said to be on offer.
    fn stated<'t>(&self, text: &'t Text<'_>, scope: &'t [&'t Text<'t>], words: &'t Words) -> Option<(usize, usize)> {
        words.of_kind(Kind::Colours, text, scope).find_map(|hit| {
            let before = text.flat.get(..hit.start)?.trim_end().trim_end_matches('+');
            let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let number = f64::from(before[start..].parse::<u32>().ok()?);
            // A part of an article number or of a longer number is no count.
            let whole = !before[..start].ends_with(|c: char| c.is_alphanumeric() && !unspaced(c) || matches!(c, '.' | ',' | ':'));
            (whole && (self.least..=self.most).contains(&number)).then_some((start, hit.end))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    const CODE: &str = "many-colourways";

    #[test]
    fn dozens_of_colours_of_a_shoe_are_seen_with_the_words() {
        for (title, quoted) in [
            ("Nike Dunk Low 29 colorways", "29 colorways"),
            ("Nike Dunk Low sneakers, 40+ colours", "40+ colours"),
            ("Gucci 手袋 36色可选", "36色"),
            ("Nike Dunk Low chaussures 30 coloris", "30 coloris"),
        ] {
            let judged = offer(title).judged();
            let signal = judged.signals.iter().find(|s| s.code == CODE).unwrap_or_else(|| panic!("{title}"));
            assert!(signal.evidence.contains(quoted), "{title}: {}", signal.evidence);
            assert!(judged.level <= Level::Caution);
        }
    }

    #[test]
    fn few_colours_other_goods_and_other_numbers_are_left_alone() {
        for title in [
            "Nike Dunk Low, 3 colours",
            "Chanel eyeshadow palette 24 colors",
            "Nike Air Max 90 colorways",
            "Nike Dunk 2024 colorways",
            "Runner low 29 colorways",
            "Crayons 48 colours",
            "Nike Dunk Low DD1391-100 color white",
        ] {
            assert!(!offer(title).has(CODE), "{title}");
        }
    }
}
