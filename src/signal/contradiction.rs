//! `contradiction`: statements of the listing that do not fit together, or cannot be: each its own evidence.
//!
//! Those who copy a listing together from others leave its seams: another maker in the title than in the brand field, real leather beside PU, a
//! product number made up or taken from a shop's own till, a category of other goods than the title names, shoe sizes on a bag.

use super::size_run::size_run;
use super::{Heuristic, Observation, Seen};
use crate::lexicon::{Builder, PhraseId, Text};
use crate::page::identifiers::{begins_with, gtin, wrong_gtin};
use crate::rules::{Rules, goods};
use crate::rules_error::RulesError;
use crate::words::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// The sub-checks with their strengths.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Contradiction {
    /// Beginnings of GTINs that no goods of a brand have.
    restricted: Vec<String>,
    rival: f64,
    words: f64,
    number: f64,
    category: f64,
    sizes: f64,
    trades: Vec<Trade>,
}

/// The goods of a trade, as far as they tell it from others.
#[derive(Debug, Serialize, Deserialize)]
struct Trade {
    /// All words for its goods.
    words: Vec<PhraseId>,
    /// Words for those of its goods that have unmistakable ones.
    known: Vec<PhraseId>,
    unmistakable: Vec<PhraseId>,
    /// Unmistakable words for goods that come in no run of sizes.
    one_size: Vec<PhraseId>,
    sized: bool,
}

impl Trade {
    fn new(trade: &goods::Trade, builder: &mut Builder) -> Result<Self, RulesError> {
        let file = format!("goods/{}.toml", trade.id);
        let (mut words, mut known, mut unmistakable, mut one_size) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for goods in &trade.goods {
            let (named, surely) = (builder.phrases(&file, &goods.words)?, builder.phrases(&file, &goods.unmistakable)?);
            if !surely.is_empty() {
                known.extend(named.iter().chain(&surely));
            }
            if goods.one_size {
                one_size.extend(&surely);
            }
            words.extend(named.iter().chain(&surely));
            unmistakable.extend(surely);
        }
        Ok(Self { words, known, unmistakable, one_size, sized: trade.sized })
    }
}

impl Contradiction {
    pub(super) fn new(rules: &Rules, builder: &mut Builder) -> Result<Self, RulesError> {
        let strength = |name| rules.weights.threshold(name);
        Ok(Self {
            restricted: rules.generic.restricted_gtins.clone(),
            rival: strength("contradiction.rival")?,
            words: strength("contradiction.words")?,
            number: strength("contradiction.number")?,
            category: strength("contradiction.category")?,
            sizes: strength("contradiction.sizes")?,
            trades: rules.goods.iter().map(|trade| Trade::new(trade, builder)).collect::<Result<_, _>>()?,
        })
    }

    /// The title's word for goods of a trade of which the category is none. A category of several trades, and a title that names goods of its
    /// trade as well, say nothing: bundles and wide categories do so.
    fn of_another_trade(&self, title: &Text<'_>, category: &Text<'_>) -> Option<(usize, usize)> {
        let mut of_category = self.trades.iter().filter(|trade| category.has_any(&trade.known));
        let stated = of_category.next().filter(|trade| of_category.next().is_none() && !title.has_any(&trade.words))?;
        let others = || self.trades.iter().filter(|trade| !std::ptr::eq(*trade, stated));
        let hit = title.hits.iter().find(|hit| others().any(|trade| trade.unmistakable.contains(&hit.phrase)))?;
        Some((hit.start, hit.end))
    }

    /// A run of sizes of shoes or clothes on goods that come in none.
    fn sizes_of_other_goods(&self, title: &Text<'_>) -> Option<(usize, usize)> {
        let run = size_run(&title.flat)?;
        let fits = |trade: &Trade| trade.sized && title.has_any(&trade.words);
        (self.trades.iter().any(|trade| title.has_any(&trade.one_size)) && !self.trades.iter().any(fits)).then_some(run)
    }

    /// A number that is stated as a GTIN and is none of goods.
    fn no_number(&self, stated: &str) -> bool {
        wrong_gtin(stated).is_some() || gtin(stated).is_some_and(|gtin| begins_with(&gtin, &self.restricted))
    }
}

impl Heuristic for Contradiction {
    fn codes(&self) -> &'static [&'static str] {
        &["contradiction"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        if seen.theirs().is_none() {
            return;
        }
        let subject = seen.subject;
        let mut say = |strength, evidence| into.push(Observation { code: "contradiction", strength, evidence, detail: Map::new() });
        if let Some(rival) = seen.claim.and_then(|c| c.rival.as_deref()) {
            say(self.rival, format!("{} / {rival}", subject.brand.original));
        }
        if let Some(hit) = seen.words.of_kind(Kind::Contradiction, &subject.title, &[]).next() {
            say(self.words, subject.title.quote(hit.start, hit.end, 6));
        }
        // What comes along with the goods, and what is for them, has categories and sizes of its own.
        let plain = || !subject.names_other_goods(seen.words) && seen.words.of_kind(Kind::With, &subject.title, &[]).next().is_none();
        if let Some((start, end)) = self.of_another_trade(&subject.title, &subject.category).filter(|_| plain()) {
            say(self.category, format!("{} / {}", subject.category.original, subject.title.quote(start, end, 1)));
        }
        if let Some((start, end)) = self.sizes_of_other_goods(&subject.title).filter(|_| plain()) {
            say(self.sizes, subject.title.quote(start, end, 2));
        }
        let stated = [&subject.listing.gtin, &subject.listing.wrong_gtin];
        if let Some(number) = stated.into_iter().flatten().find(|number| self.no_number(number)) {
            say(self.number, number.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::{Offer, offer};

    const CODE: &str = "contradiction";

    fn numbered(gtin: &str) -> Offer {
        let mut shoe = offer("Nike Dunk Low");
        shoe.0.gtin = Some(gtin.into());
        shoe
    }

    #[test]
    fn a_number_that_is_none_of_goods_is_quoted() {
        for number in ["4006381333932", "2001234567893", "0212345678992"] {
            let judged = numbered(number).judged();
            assert_eq!(judged.level, Level::None, "{number}");
            assert!(judged.signals.iter().any(|s| s.code == CODE && s.evidence == number), "{number}: {:?}", judged.signals);
        }
        for number in ["4006381333931", "036000291452", "Does not apply", "96385074"] {
            assert!(!numbered(number).has(CODE), "{number}");
        }
        let mut misread = offer("Nike Dunk Low");
        misread.0.wrong_gtin = Some("4006381333932".into());
        assert!(misread.has(CODE));
    }

    #[test]
    fn a_rival_in_the_title_is_named() {
        let judged = offer("Rolex Submariner date watch").brand("Casio").judged();
        assert!(judged.signals.iter().any(|s| s.code == CODE && s.evidence.contains("Rolex")), "{:?}", judged.signals);
        for (brand, title) in [
            ("Casio", "Casio watch, not a Rolex"),
            ("Apple", "Beats Solo headphones"),
            ("HP", "Laptop 15s Intel Core i5"),
            ("Rolex", "Submariner date watch"),
            ("Nike", "Case for adidas shoes"),
        ] {
            assert!(!offer(title).brand(brand).has(CODE), "{brand}: {title}");
        }
    }

    #[test]
    fn a_category_of_other_goods_than_the_title_names_is_quoted() {
        let seen = |title: &str, category: &str| offer(title).category(category).judged();
        for (title, category) in [
            ("Gucci Horsebit leather handbag", "Clothing > Women > Shoes"),
            ("Nike running sneakers women", "Accessories > Handbags"),
            ("Prada Sonnenbrille schwarz", "Schuhe"),
            ("Rolex 腕時計 メンズ", "バッグ"),
        ] {
            let judged = seen(title, category);
            assert!(judged.signals.iter().any(|s| s.code == CODE), "{title} in {category}: {:?}", judged.signals);
            assert!(judged.level <= Level::Caution, "{title} in {category}");
        }
        for (title, category) in [
            ("Gucci Horsebit leather handbag", "Shoes & Handbags"),
            ("Gucci Horsebit leather handbag", "Accessories"),
            ("Nike shoe bag for sneakers", "Handbags"),
            ("Nike backpack with sneakers compartment", "Shoes"),
            ("Nike Air Max 90", "Handbags"),
            ("Nike Dunk Low sneakers", "Clothing, Shoes & Jewelry > Men > Fashion Sneakers"),
            ("Leather handbag", "Shoes"),
        ] {
            assert!(!seen(title, category).signals.iter().any(|s| s.code == CODE), "{title} in {category}");
        }
    }

    #[test]
    fn shoe_sizes_on_a_bag_are_quoted() {
        for title in ["Gucci handbag EU 36-45", "Gucci 手提包 36-45码", "Rolex 腕時計 S-XXL", "Prada sunglasses S M L XL XXL"] {
            assert!(offer(title).has(CODE), "{title}");
            assert!(offer(title).level() <= Level::Caution, "{title}");
        }
        for title in [
            "Gucci shoes EU 36-45",
            "Gucci handbag S M L",
            "Gucci handbag and shoes EU 36-45",
            "Rolex 腕時計 36-41 mm",
            "Prada sunglasses 55-18",
            "Handbag EU 36-45",
        ] {
            assert!(!offer(title).has(CODE), "{title}");
        }
    }

    #[test]
    fn materials_that_exclude_each_other_are_quoted() {
        assert!(offer("Gucci tote bag genuine leather PU leather").has(CODE));
        assert!(offer("Gucci 手提包 真皮 pu皮").has(CODE));
        for title in ["Gucci tote bag genuine leather", "Gucci boots genuine leather, PU sole", "Tote bag genuine leather PU leather"] {
            assert!(!offer(title).has(CODE), "{title}");
        }
    }
}
