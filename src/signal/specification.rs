//! `impossible-specification`: the goods are said to have what no maker offers, or offers for so little.
//!
//! Copies of storage and batteries are sold by a number on the case. How much goods of a kind can hold, and what each unit of it costs at least,
//! are facts of `data/goods`; what a brand never made is one of its file. What cannot be was made by nobody, so a brand need not be named.

use super::asked::Asking;
use super::{Heuristic, Observation, Seen};
use crate::brand::goods::Vocabulary;
use crate::lexicon::{Builder, PhraseId, Text};
use crate::page::quantity::{self, Quantity};
use crate::rules::{Rules, goods as data};
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;
use std::collections::BTreeMap;

const CODE: &str = "impossible-specification";

/// Compares the title's quantities with the bounds of the goods.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Specification {
    limits: Vec<Limit>,
    asking: Asking,
    /// Strength of a price just below the least that the quantity costs.
    floor: f64,
    /// Share of that least price at which the strength is full.
    full: f64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Limit {
    any: Vec<PhraseId>,
    also: Vec<PhraseId>,
    none: Vec<PhraseId>,
    ahead: Vec<PhraseId>,
    units: BTreeMap<String, f64>,
    most: Option<f64>,
    least_dollars: Option<f64>,
}

impl Specification {
    pub(super) fn new(rules: &Rules, builder: &mut Builder) -> Result<Self, RulesError> {
        let goods = Vocabulary::new(&rules.goods, builder)?;
        let mut limits = Vec::new();
        for trade in &rules.goods {
            for limit in &trade.limits {
                limits.push(Limit::new(trade, limit, &goods, builder)?);
            }
        }
        let (floor, full) = (rules.weights.threshold("specification.floor")?, rules.weights.threshold("specification.full-ratio")?);
        if !(full > 0.0 && full < 1.0 && (0.0..1.0).contains(&floor)) {
            return Err(RulesError::new("weights.toml", "specification.full-ratio and specification.floor must lie between 0 and 1"));
        }
        Ok(Self { limits, asking: Asking::new(&rules.weights)?, floor, full })
    }

    /// How strongly a limit is broken, and by which of the title's quantities.
    fn broken(&self, limit: &Limit, seen: &Seen<'_>) -> Option<(f64, Quantity)> {
        let title = &seen.subject.title;
        let quantities = limit.fits(title).then(|| quantity::read(&title.flat, &limit.units))?;
        let largest = *quantities.iter().max_by(|a, b| a.amount.total_cmp(&b.amount))?;
        if limit.most.is_some_and(|most| largest.amount > most) {
            return Some((1.0, largest));
        }
        // Of several sizes on offer the price may be that of the smallest.
        let several = quantities.iter().any(|q| q.amount < largest.amount);
        // A level of the brand's own knows the price better, and says so itself.
        let known = || seen.theirs().is_some() && seen.level().is_some();
        if several || seen.used() || known() {
            return None;
        }
        let ratio = self.asking.most(seen, "USD")? / (limit.least_dollars? * largest.amount);
        let depth = (ratio.ln() / self.full.ln()).clamp(0.0, 1.0);
        (ratio < 1.0).then_some((self.floor + (1.0 - self.floor) * depth, largest))
    }
}

impl Limit {
    fn new(trade: &data::Trade, limit: &data::Limit, goods: &Vocabulary<'_>, builder: &mut Builder) -> Result<Self, RulesError> {
        let file = format!("goods/{}.toml", trade.id);
        let wrong = |what: &str| RulesError::new(file.clone(), format!("limit {:?}: {what}", limit.id));
        let measure = trade.measures.iter().find(|m| m.id == limit.measure);
        let units = measure.ok_or_else(|| wrong("its measure is none of this file's"))?.units.clone();
        if limit.any.is_empty() || (limit.most.is_none() && limit.least_dollars.is_none()) {
            return Err(wrong("words for the goods are missing, or a bound; give `any`, and `most` or `least_dollars`"));
        }
        if [limit.most, limit.least_dollars].into_iter().flatten().any(|bound| !(bound > 0.0 && bound.is_finite())) {
            return Err(wrong("a bound must be above 0"));
        }
        let mut phrases = |list: &[String]| goods.phrases(&file, list, builder);
        Ok(Self {
            any: phrases(&limit.any)?,
            also: phrases(&limit.also)?,
            none: phrases(&limit.none)?,
            ahead: phrases(&limit.ahead)?,
            units,
            most: limit.most,
            least_dollars: limit.least_dollars,
        })
    }

    fn fits(&self, title: &Text<'_>) -> bool {
        if !title.has_any(&self.any) {
            return false;
        }
        let Some(goods) = title.hits.iter().find(|h| self.any.contains(&h.phrase)) else { return false };
        (self.also.is_empty() || title.has_any(&self.also))
            && !title.has_any(&self.none)
            && !title.hits.iter().take_while(|h| h.start < goods.start).any(|h| self.ahead.contains(&h.phrase))
    }
}

impl Heuristic for Specification {
    fn codes(&self) -> &'static [&'static str] {
        &[CODE]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let title = &seen.subject.title;
        let of_brand = seen.theirs().and_then(|brand| brand.impossible_in(title)).map(|hit| (1.0, hit.start, hit.end));
        let of_goods = || {
            let broken = self.limits.iter().filter_map(|limit| self.broken(limit, seen));
            broken.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(strength, q)| (strength, q.start, q.end))
        };
        if let Some((strength, start, end)) = of_brand.or_else(of_goods) {
            into.push(Observation { code: CODE, strength, evidence: title.quote(start, end, 2), detail: Map::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::listing::Condition;
    use crate::report::Level;
    use crate::signal::testing::offer;

    const CODE: &str = "impossible-specification";

    #[test]
    fn more_than_any_maker_offers_is_said_whatever_the_brand() {
        for title in [
            "16TB USB flash drive metal, waterproof",
            "Micro SD card 8TB high speed for phone and camera",
            "Portable SSD 64TB external solid state drive USB-C",
            "Power bank 500000mAh fast charging",
            "18650 rechargeable battery 9900mAh, 4 pieces",
            "Внешний SSD 64 ТБ портативный",
        ] {
            let judged = offer(title).judged();
            assert_eq!(judged.level, Level::Likely, "{title}");
            assert_eq!(judged.signals[0].code, CODE, "{title}");
        }
    }

    #[test]
    fn a_quantity_that_costs_more_than_is_asked_is_said_by_degrees() {
        let stick = |price| offer("USB stick 2TB").price(price, "USD");
        assert_eq!(stick("9").level(), Level::Likely);
        assert_eq!(stick("35").level(), Level::Caution);
        assert!(!stick("90").has(CODE));
        assert_eq!(offer("16TB external hard drive").price("20", "USD").level(), Level::Likely);
        assert_eq!(offer("Portable SSD 8TB").price("19.99", "EUR").level(), Level::Likely);
    }

    #[test]
    fn genuine_goods_keep_within_the_bounds() {
        for (title, price) in [
            ("USB flash drive 1TB", "79"),
            ("microSDXC card 2TB with adapter", "230"),
            ("Portable SSD 4TB USB-C", "230"),
            ("External hard drive 24TB desktop", "330"),
            ("Power bank 20000mAh 22.5W", "13"),
            ("Power bank 10000mAh", "7"),
            ("18650 battery 3500mAh protected", "9"),
            ("USB stick 16GB", "3"),
        ] {
            assert!(!offer(title).price(price, "USD").has(CODE), "{title}");
        }
    }

    #[test]
    fn what_only_names_the_goods_has_no_such_quantity() {
        for title in [
            "USB card reader for microSD cards up to 16TB",
            "Dash cam supports micro SD card 8TB",
            "NVMe SSD enclosure supports 16TB USB-C portable",
            "NAS 4 bay hard drive array 120TB",
            "Portable power station 500000mAh",
            "Flashlight with 18650 battery 9900mAh",
            "Laptop with 16TB SSD external GPU",
            "18650 battery pack 3S4P 12000mAh",
            "Cloud storage 10TB",
        ] {
            assert!(!offer(title).price("25", "USD").has(CODE), "{title}");
        }
    }

    #[test]
    fn a_price_that_may_be_another_sizes_or_a_used_drives_is_not_compared() {
        assert!(!offer("USB stick 32GB 64GB 2TB").price("9", "USD").has(CODE));
        assert!(!offer("External hard drive 4TB").price("15", "USD").condition(Condition::Used).has(CODE));
        assert!(!offer("USB stick 2TB").price("0.99", "USD").has(CODE));
    }

    #[test]
    fn what_the_brand_never_made_is_quoted() {
        let judged = offer("Apple AirPods Pro with touch screen case").judged();
        assert_eq!((judged.level, judged.signals[0].code.as_str()), (Level::Likely, CODE));
        assert!(judged.signals[0].evidence.contains("touch screen"));
        assert!(!offer("Apple AirPods Pro with MagSafe case").has(CODE));
        assert!(!offer("Touch screen case for Apple AirPods").has(CODE));
    }
}
