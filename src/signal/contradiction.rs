//! `contradiction`: statements of the listing that do not fit together, or cannot be: each its own evidence.
//!
//! Those who copy a listing together from others leave its seams: another maker in the title than in the brand field, real leather beside PU, a
//! product number made up or taken from a shop's own till.

use super::{Heuristic, Observation, Seen};
use crate::page::identifiers::{begins_with, gtin, wrong_gtin};
use crate::rules::Rules;
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
}

impl Contradiction {
    pub(super) fn new(rules: &Rules) -> Result<Self, RulesError> {
        let strength = |name| rules.weights.threshold(name);
        Ok(Self {
            restricted: rules.generic.restricted_gtins.clone(),
            rival: strength("contradiction.rival")?,
            words: strength("contradiction.words")?,
            number: strength("contradiction.number")?,
        })
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
    fn materials_that_exclude_each_other_are_quoted() {
        assert!(offer("Gucci tote bag genuine leather PU leather").has(CODE));
        assert!(offer("Gucci 手提包 真皮 pu皮").has(CODE));
        for title in ["Gucci tote bag genuine leather", "Gucci boots genuine leather, PU sole", "Tote bag genuine leather PU leather"] {
            assert!(!offer(title).has(CODE), "{title}");
        }
    }
}
