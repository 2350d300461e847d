//! One listing as the judging sees it: its texts read once, and where it was found.

use crate::lexicon::{Hit, Lexicon, Text};
use crate::listing::{Condition, Listing};
use crate::reviews::{self, ReadReview};
use crate::terms::Terms;
use crate::words::{Kind, Words};
use std::cell::OnceCell;

/// Limits in characters: a stranger wrote these texts, and what lies behind them changes no judgement.
const TITLE: usize = 1_000;
const FIELD: usize = 300;
const DESCRIPTION: usize = 8_000;

/// Where a listing was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The marketplace's id.
    pub marketplace: Option<&'a str>,
    /// The host of the page that was looked at. A page's own statements about its address do not count.
    pub host: Option<&'a str>,
    /// Whether it is one of many on a results page, of which little is shown.
    pub tile: bool,
    /// On what terms it is judged.
    pub terms: Terms,
}

/// A listing, read.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The facts.
    pub listing: &'a Listing,
    /// Where it was found.
    pub place: Place<'a>,
    /// The title.
    pub title: Text<'a>,
    /// The brand field.
    pub brand: Text<'a>,
    /// The category field's last part: the goods themselves, not the department.
    pub category: Text<'a>,
    /// The description.
    pub description: Text<'a>,
    /// The seller's shown name.
    pub seller: Text<'a>,
    /// Some of the buyers' reviews.
    pub reviews: Vec<ReadReview<'a>>,
    /// Answers that many ask for, found by the word lists of whoever asks first: an engine has one set of them.
    used: OnceCell<bool>,
    other_goods: OnceCell<[Vec<Hit>; 2]>,
    accessories: OnceCell<[Vec<Hit>; 2]>,
}

impl<'a> Subject<'a> {
    /// Reads the texts of a listing.
    #[must_use]
    pub fn new(listing: &'a Listing, place: Place<'a>, lexicon: &Lexicon) -> Self {
        let read = |text: &'a Option<String>, limit| lexicon.read(text.as_deref().unwrap_or_default(), limit);
        Self {
            listing,
            place,
            title: read(&listing.title, TITLE),
            // Sellers number their fillers (`as picture show2`).
            brand: lexicon.read(listing.brand.as_deref().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit()), FIELD),
            category: lexicon.read(listing.category.as_deref().map_or("", goods), FIELD),
            description: read(&listing.description, DESCRIPTION),
            seller: read(&listing.seller, FIELD),
            reviews: reviews::read(&listing.reviews, lexicon),
            used: OnceCell::new(),
            other_goods: OnceCell::new(),
            accessories: OnceCell::new(),
        }
    }

    /// The texts beside which a phrase of any other text is understood.
    #[must_use]
    pub fn scope(&self) -> [&Text<'a>; 3] {
        [&self.title, &self.brand, &self.category]
    }

    /// Whether the goods are said to be anything but new, by the shop's field or in words.
    #[must_use]
    pub fn used(&self, words: &Words) -> bool {
        *self.used.get_or_init(|| {
            matches!(self.listing.condition, Some(Condition::Used | Condition::Refurbished))
                || [&self.title, &self.category, &self.seller].into_iter().any(|t| words.of_kind(Kind::Used, t, &[]).next().is_some())
        })
    }

    /// Whether title or category name an accessory, part, package or the like.
    #[must_use]
    pub fn names_other_goods(&self, words: &Words) -> bool {
        self.other_goods(words).iter().any(|named| !named.is_empty())
    }

    /// Where title and category name an accessory, part, package or the like.
    #[must_use]
    pub fn other_goods(&self, words: &Words) -> &[Vec<Hit>; 2] {
        self.other_goods.get_or_init(|| self.named(&[Kind::Accessory, Kind::OtherGoods], words))
    }

    /// Where title and category name what goes with a brand's goods and others make as well: an accessory, part or the like.
    #[must_use]
    pub fn accessories(&self, words: &Words) -> &[Vec<Hit>; 2] {
        self.accessories.get_or_init(|| self.named(&[Kind::Accessory], words))
    }

    fn named(&self, kinds: &[Kind], words: &Words) -> [Vec<Hit>; 2] {
        [&self.title, &self.category].map(|text| named(kinds, text, &self.title, words))
    }
}

/// Words of some kinds that are not said to come along (`with charging case`), nor part of what the goods show (`toy car 1:18`).
fn named(kinds: &[Kind], text: &Text<'_>, title: &Text<'_>, words: &Words) -> Vec<Hit> {
    const REACH: usize = 3;
    let mut found: Vec<Hit> = Vec::new();
    for &kind in kinds {
        found.extend(words.of_kind(kind, text, &[title]));
    }
    if found.is_empty() {
        return found;
    }
    let with: Vec<Hit> = words.of_kind(Kind::With, text, &[]).collect();
    let said: Vec<Hit> = words.of_kind(Kind::WithBefore, text, &[]).collect();
    let comes_along = |hit: &Hit| {
        with.iter().any(|w| w.end <= hit.start && text.words_between(w.end, hit.start) <= REACH)
            || said.iter().any(|w| hit.end <= w.start && text.words_between(hit.end, w.start) == 0)
    };
    let shown: Vec<Hit> = words.of_kind(Kind::Depiction, text, &[]).collect();
    let part_of = |hit: &Hit| shown.iter().any(|s| s.start <= hit.start && hit.end <= s.end && s.end - s.start > hit.end - hit.start);
    found.retain(|hit| !comes_along(hit) && !part_of(hit));
    found
}

/// The last part of a category path that is more than a letter or two.
fn goods(path: &str) -> &str {
    path.rsplit(['>', '/', '›', '»', '|', '＞']).map(str::trim).find(|part| part.chars().count() > 1).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_goods_are_the_last_part_of_a_category() {
        assert_eq!(goods("Clothing, Shoes & Jewelry > Men > Watches"), "Watches");
        assert_eq!(goods("watch/M"), "watch");
        assert_eq!(goods("shoes"), "shoes");
        assert_eq!(goods(""), "");
    }
}
