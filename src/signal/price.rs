//! `price-far-below-genuine`: the price lies below what new genuine goods of the line cost.

use super::{Heuristic, Observation, Seen};
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Compares the asked price with the line's level, both in US dollars. Goods said to be used or refurbished are never compared: genuine ones
/// cost a third of the new price, and less. Nor is what was bid so far.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Price {
    /// Share by which a converted price is raised before it is compared: rates move between two releases.
    slack: f64,
    /// Strength just below the lowest usual price.
    floor: f64,
    /// Share of the lowest usual price at which the strength is full.
    full: f64,
    /// US dollars up to which a price is none: opening bids, `price on request`.
    placeholder: f64,
}

impl Price {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        let price = Self {
            slack: weights.threshold("price.conversion-slack")?,
            floor: weights.threshold("price.floor")?,
            full: weights.threshold("price.full-ratio")?,
            placeholder: weights.threshold("price.placeholder-usd")?,
        };
        if !(price.full > 0.0 && price.full < 1.0 && (0.0..1.0).contains(&price.floor)) {
            return Err(RulesError::new("weights.toml", "price.full-ratio and price.floor must lie between 0 and 1"));
        }
        Ok(price)
    }

    /// Strength of a price at this share of the lowest usual one: it grows with each halving alike.
    fn strength(&self, ratio: f64) -> f64 {
        let depth = (ratio.ln() / self.full.ln()).clamp(0.0, 1.0);
        self.floor + (1.0 - self.floor) * depth
    }
}

impl Heuristic for Price {
    fn codes(&self) -> &'static [&'static str] {
        &["price-far-below-genuine"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let observed = (|| {
            seen.theirs()?;
            let price = seen.subject.listing.price.as_ref()?;
            let currency = price.currency.as_deref()?.trim().to_ascii_uppercase();
            // Of a range the highest: the low end is often a part or another size.
            let amount = price.max.max(price.min);
            let asked = seen.aging.dollars(amount.to_f64()?, &currency)?;
            if asked <= self.placeholder || seen.subject.listing.bid || seen.used() {
                return None;
            }
            let level = seen.level()?;
            let dollars = |amount| seen.aging.dollars(amount, &level.currency);
            let (low, typical) = (dollars(level.low)?, dollars(level.typical)?);
            let slack = if currency == level.currency { 0.0 } else { self.slack };
            let today = seen.subject.place.terms.today;
            let share = seen.aging.share(&level.from.date, &level.currency, &currency, today, seen.country)?;
            let ratio = asked * (1.0 + slack) / (low * share);
            if ratio >= 1.0 {
                return None;
            }
            let below = (100.0 * (1.0 - asked / typical)).round().clamp(0.0, 99.0);
            let shown = price.shown.clone().unwrap_or_else(|| format!("{amount} {currency}"));
            let facts: [(&str, Value); 8] = [
                ("price", amount.normalize().to_string().into()),
                ("currency", currency.clone().into()),
                ("typical", level.typical.to_string().into()),
                ("low", level.low.to_string().into()),
                ("levelCurrency", level.currency.clone().into()),
                ("line", level.name.clone().into()),
                ("date", level.from.date.clone().into()),
                ("percent", format!("{below}").into()),
            ];
            let mut detail = Map::new();
            detail.extend(facts.map(|(name, value)| (name.to_owned(), value)));
            // Of the lowest usual price as it counts today; `verdict` asks how deep a price lies that stands alone.
            detail.insert("ratio".to_owned(), ratio.into());
            Some(Observation { code: "price-far-below-genuine", strength: self.strength(ratio), evidence: shown, detail })
        })();
        into.extend(observed);
    }
}

#[cfg(test)]
mod tests {
    use crate::listing::Condition;
    use crate::report::Level;
    use crate::signal::testing::{engine, offer};
    use crate::terms::Terms;

    #[test]
    fn strength_grows_as_the_price_falls() {
        let score = |amount| offer("Nike Dunk Low").price(amount, "USD").judged().score;
        assert!(score("20") > score("30") && score("30") > score("40"));
        assert_eq!(offer("Nike Dunk Low").price("99", "USD").level(), Level::None);
    }

    #[test]
    fn used_goods_are_never_compared() {
        let cheap = offer("Nike Dunk Low").price("20", "USD");
        assert!(cheap.has("price-far-below-genuine"));
        assert!(!cheap.clone().condition(Condition::Used).has("price-far-below-genuine"));
        assert!(!cheap.clone().condition(Condition::Refurbished).has("price-far-below-genuine"));
        assert!(!cheap.clone().category("Vintage sneakers").has("price-far-below-genuine"));
        assert!(!cheap.seller("Second Hand Sneakers").has("price-far-below-genuine"));
        for title in ["Pre-owned Nike Dunk Low", "ナイキ ダンク 中古", "Nike Dunk Low d'occasion", "耐克 dunk 二手"] {
            assert!(!offer(title).price("20", "USD").has("price-far-below-genuine"), "{title}");
        }
    }

    #[test]
    fn an_absent_or_unknown_currency_is_not_guessed() {
        assert!(!offer("Nike Dunk Low").price("20", "XXX").has("price-far-below-genuine"));
        let mut bare = offer("Nike Dunk Low").price("20", "USD");
        if let Some(price) = &mut bare.0.price {
            price.currency = None;
        }
        assert!(!bare.has("price-far-below-genuine"));
    }

    #[test]
    fn currencies_are_converted() {
        assert!(offer("Nike Dunk Low").price("140", "CNY").has("price-far-below-genuine"));
        assert!(!offer("Nike Dunk Low").price("14000", "JPY").has("price-far-below-genuine"));
    }

    #[test]
    fn other_goods_are_not_compared_with_the_level_of_the_goods() {
        for title in [
            "Samsung Galaxy S24 Ultra empty box",
            "Apple iPhone 15 Pro silicone case",
            "Kids' Nike Dunk Low shoelaces",
            "Apple Watch Ultra strap",
            "Apple iPhone 15 Pro for parts",
            "Louis Vuitton Neverfull shopping bag paper",
            "Apple iPhone 15 Pro dummy display model",
        ] {
            assert!(!offer(title).price("9", "USD").has("price-far-below-genuine"), "{title}");
        }
    }

    #[test]
    fn a_level_is_compared_as_far_as_its_age_and_the_season_allow() {
        let has = |amount: &str, today: &str| {
            let terms = Terms { today: today.parse().ok(), ..Terms::default() };
            let judged = engine().assess_on(&offer("Nike Dunk Low").price(amount, "USD").0, None, terms);
            judged.signals.iter().any(|s| s.code == "price-far-below-genuine")
        };
        let dearest = |today: &str| (1_i32..200).rev().find(|n| has(&n.to_string(), today));
        let (fresh, old) = (dearest("2026-11-22").unwrap(), dearest("2027-10-22").unwrap());
        assert!(fresh > old && old > 3 * fresh / 4, "{fresh} {old}");
        assert_eq!(dearest("2029-01-10"), None);
        let on_sale = dearest("2026-11-27").unwrap();
        assert!((fresh / 2).abs_diff(on_sale) <= 1, "{fresh} {on_sale}");
    }

    #[test]
    fn goods_that_can_hurt_are_told_apart() {
        let can_hurt = |title: &str| offer(title).price("5", "USD").judged().can_hurt;
        for title in ["Duracell AA batteries 24 pack", "MAC Ruby Woo lipstick", "Durex condoms 12 pack", "Brembo brake pads"] {
            assert!(can_hurt(title), "{title}");
        }
        for title in [
            "Apple 20W USB-C power adapter charger, first copy",
            "Phone charger 20W first copy",
            "Airbag module for Toyota, first copy",
            "Ozempic 1 mg pen lot NAR0074",
            "Chanel 口红 高仿",
        ] {
            assert!(can_hurt(title), "{title}");
        }
        for title in ["Nike Dunk Low", "Louis Vuitton Neverfull bag AAA quality", "Handbag first copy", "Rolex Submariner watch"] {
            assert!(!can_hurt(title), "{title}");
        }
    }

    #[test]
    fn a_bid_is_no_price() {
        assert!(!offer("Nike Dunk Low").price("0.99", "USD").has("price-far-below-genuine"));
        let mut auction = offer("Nike Dunk Low").price("20", "USD");
        assert!(auction.has("price-far-below-genuine"));
        auction.0.bid = true;
        assert!(!auction.has("price-far-below-genuine"));
    }

    #[test]
    fn the_detail_names_the_level_and_its_date() {
        let judged = offer("Nike Dunk Low").price("20.00", "USD").judged();
        let detail = &judged.signals[0].detail;
        for key in ["price", "currency", "typical", "low", "levelCurrency", "line", "date", "percent"] {
            assert!(detail.get(key).is_some_and(|v| v.as_str().is_some_and(|s| !s.is_empty())), "{key}");
        }
        assert_eq!(detail["price"], "20");
    }
}
