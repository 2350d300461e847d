//! Observations to a level: a sum of log-odds, and the few rules that no sum can hold. Pure.

use crate::order;
use crate::report::{Assessment, Level, Signal};
use crate::rules::weights::Weights;
use crate::signal::Observation;
use crate::terms::Sensitivity;

/// What the observations are about.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// Id and name of the brand whose goods these claim to be.
    pub brand: Option<(&'a str, &'a str)>,
    /// Whether the listing is a tile of a results page.
    pub tile: bool,
    /// Whether the goods are of a kind that can hurt.
    pub can_hurt: bool,
    /// How readily a warning is wanted.
    pub sensitivity: Sensitivity,
    /// The share of the lowest usual price below which a price alone asks for a look; absent: any.
    pub price_alone: Option<f64>,
}

const PRICE: &str = "price-far-below-genuine";
const ADMITS: &str = "seller-admits";
const ALERT: &str = "alert";
const IMPOSSIBLE: &str = "impossible-specification";
/// An admitted copy, goods of which an authority warned and goods that cannot be are what they are, whatever the brand.
const WHATEVER_BRAND: &[&str] = &[ADMITS, ALERT, IMPOSSIBLE];

/// Where evidence comes from. Observations of one kind have one cause: each further one says less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What is asked.
    Price,
    /// The seller's own wording.
    Words,
    /// What buyers wrote.
    Reviews,
    /// The seller, and how he wants to deal.
    Seller,
    /// The site and its address.
    Page,
    /// What an authority has published.
    Published,
    /// What the listing's statements say together.
    Inside,
    /// What speaks for the offer.
    Reassurance,
}

impl Kind {
    const ALL: [Self; 8] =
        [Self::Price, Self::Words, Self::Reviews, Self::Seller, Self::Page, Self::Published, Self::Inside, Self::Reassurance];

    fn of(signal: &Signal) -> Self {
        match signal.code.as_str() {
            _ if signal.weight < 0.0 => Self::Reassurance,
            PRICE | "far-below-same-page" | "many-brands-one-seller" => Self::Price,
            ADMITS | "seller-hints" | "masked-brand" | "coded-name" | "many-colourways" => Self::Words,
            "reviews-doubt" | "reviews-praise-copy" => Self::Reviews,
            "off-platform-contact" | "hidden-link" | "new-seller-luxury" | "ships-from-elsewhere" => Self::Seller,
            "brand-in-shop-domain" => Self::Page,
            ALERT => Self::Published,
            _ => Self::Inside,
        }
    }
}

/// The assessment.
///
/// Without a brand, or what speaks whatever the brand, there is nothing to judge: `unknown`, whatever else was seen.
#[must_use]
pub fn decide(weights: &Weights, about: About<'_>, observations: Vec<Observation>) -> Assessment {
    let whatever_brand = observations.iter().any(|o| WHATEVER_BRAND.contains(&o.code));
    let (brand, brand_name) = about.brand.map(|(id, name)| (id.to_owned(), name.to_owned())).unzip();
    if brand.is_none() && !whatever_brand {
        return Assessment { level: Level::Unknown, score: 0.0, brand, brand_name, can_hurt: false, signals: Vec::new() };
    }
    let mut signals: Vec<Signal> = observations
        .into_iter()
        .map(|o| {
            let weight = weights.signals.get(o.code).copied().unwrap_or(0.0) * o.strength.clamp(0.0, 1.0);
            Signal { code: o.code.to_owned(), weight, evidence: o.evidence, detail: o.detail }
        })
        .collect();
    order::sort(&mut signals, |a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    // What says the same thing again counts for less each time.
    let share = weights.thresholds.get("correlated-share").copied().unwrap_or(0.5);
    for kind in Kind::ALL {
        let mut counts = 1.0;
        for signal in signals.iter_mut().filter(|s| Kind::of(s) == kind) {
            signal.weight *= counts;
            counts *= share;
        }
    }
    order::sort(&mut signals, |a, b| b.weight.total_cmp(&a.weight));

    let levels = about.sensitivity.levels(weights);
    let sum: f64 = weights.prior + signals.iter().map(|s| s.weight).sum::<f64>();
    let mut score = 1.0 / (1.0 + (-sum).exp());
    // One kind of evidence is enough only where it is of the strongest.
    let suspicious = || signals.iter().filter(|s| s.weight > 0.0);
    let strong = |code: &str| WHATEVER_BRAND.contains(&code) || (code == PRICE && !about.tile);
    let kinds = Kind::ALL.iter().filter(|&&kind| suspicious().any(|s| Kind::of(s) == kind)).count();
    if kinds < 2 && !suspicious().any(|s| strong(&s.code)) {
        score = score.min(levels.likely - 0.01);
    }
    let shallow = |signal: &Signal| {
        let ratio = signal.detail.get("ratio").and_then(serde_json::Value::as_f64);
        signal.code == PRICE && about.price_alone.is_some_and(|below| ratio.is_none_or(|ratio| ratio >= below))
    };
    if suspicious().count() == 1 && signals.iter().any(shallow) {
        score = score.min(levels.caution - 0.01);
    }
    let score = (score * 1e4).round() / 1e4;
    let level = if score >= levels.likely {
        Level::Likely
    } else if score >= levels.caution {
        Level::Caution
    } else {
        Level::None
    };
    Assessment { level, score, brand, brand_name, can_hurt: about.can_hurt, signals }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::testing::{engine, offer};

    #[test]
    fn a_tile_is_never_likely_on_price_alone() {
        let cheap = offer("Nike Dunk Low").price("5", "USD");
        assert_eq!(cheap.judged().level, Level::Likely);
        assert_eq!(cheap.on_tile().level, Level::Caution);
        assert_eq!(offer("Nike Dunk Low first copy").price("5", "USD").on_tile().level, Level::Likely);
    }

    #[test]
    fn one_kind_of_evidence_is_no_more_than_a_reason_to_look() {
        assert_eq!(offer("Gu**i belt, LJR batch, QC photos").level(), Level::Caution);
        assert_eq!(offer("Nike Dunk Low LJR batch").price("30", "USD").level(), Level::Likely);
    }

    #[test]
    fn where_little_was_measured_a_price_alone_must_be_far_below() {
        let weights = crate::embedded::rules().unwrap().weights;
        let seen = |ratio: f64, more: &[&'static str]| {
            let one = |code| Observation { code, strength: 1.0, evidence: String::new(), detail: serde_json::Map::new() };
            let mut price = one(PRICE);
            price.detail.insert("ratio".into(), ratio.into());
            let observations = more.iter().map(|code| one(code)).chain([price]).collect();
            decide(&weights, About { brand: Some(("a", "A")), price_alone: Some(0.35), ..About::default() }, observations).level
        };
        assert!(seen(0.34, &[]) >= Level::Caution);
        assert_eq!(seen(0.35, &[]), Level::None);
        assert_eq!(seen(0.35, &[ADMITS]), Level::Likely);
    }

    #[test]
    fn weights_sum_to_the_score() {
        let judged = offer("Nike Dunk Low LJR batch").price("30", "USD").judged();
        let rules = crate::embedded::rules().unwrap();
        let sum = rules.weights.prior + judged.signals.iter().map(|s| s.weight).sum::<f64>();
        assert!((judged.score - 1.0 / (1.0 + (-sum).exp())).abs() < 1e-3);
        assert!(judged.signals.len() == 2 && judged.signals[0].weight >= judged.signals[1].weight);
    }

    #[test]
    fn nothing_read_is_nothing_judged() {
        let judged = engine().assess(&crate::listing::Listing::default(), None);
        assert_eq!((judged.level, judged.signals.len()), (Level::Unknown, 0));
        assert!(judged.score.abs() < 1e-9);
    }

    #[test]
    fn an_absent_brand_field_weighs_nothing() {
        let bare = offer("Nike Dunk Low").price("30", "USD");
        assert!((bare.judged().score - bare.clone().brand("Nike").judged().score).abs() < 1e-9);
    }
}
