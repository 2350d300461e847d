//! On what terms a listing is judged: values that whoever asks hands in, since the core has neither clock nor settings.

use crate::day::Day;
use crate::rules::weights::{Levels, Weights};
use serde::{Deserialize, Serialize};

/// The day, and how readily a warning is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// The day of the judgement. Without one no price level is too old, and no sale is on.
    pub today: Option<Day>,
    /// How readily a warning is wanted.
    pub sensitivity: Sensitivity,
}

/// How readily a warning is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Fewer warnings, and fewer wrong ones.
    Fewer,
    /// As the alarm budget has it.
    #[default]
    Usual,
    /// More warnings, and more wrong ones.
    More,
}

impl Sensitivity {
    /// All, from the fewest warnings on.
    pub const ALL: [Self; 3] = [Self::Fewer, Self::Usual, Self::More];

    /// The name under which `data/weights.toml` has its levels.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fewer => "fewer",
            Self::Usual => "usual",
            Self::More => "more",
        }
    }

    /// From which scores on it warns; as usual where the weights say nothing of it.
    #[must_use]
    pub fn levels(self, weights: &Weights) -> Levels {
        let usual = Levels { caution: weights.caution, likely: weights.likely };
        weights.sensitivity.get(self.name()).copied().unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Level;
    use crate::signal::testing::{engine, offer};

    #[test]
    fn each_choice_warns_of_what_the_one_before_warns_of_and_more() {
        let level = |amount: &str, sensitivity| {
            let terms = Terms { sensitivity, ..Terms::default() };
            engine().assess_on(&offer("Nike Dunk Low").price(amount, "USD").0, None, terms).level
        };
        let warned = |sensitivity| (10..90).filter(|n: &i32| level(&n.to_string(), sensitivity) >= Level::Caution).count();
        let counts = Sensitivity::ALL.map(warned);
        assert!(counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
        assert_eq!(level("5", Sensitivity::Fewer), Level::Likely);
    }
}
