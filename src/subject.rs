//! One listing as the judging sees it: its texts read once, and where it was found.

use crate::lexicon::{Lexicon, Text};
use crate::listing::{Condition, Listing};
use crate::reviews::{self, ReadReview};
use crate::terms::Terms;
use crate::words::{Kind, Words};

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
        matches!(self.listing.condition, Some(Condition::Used | Condition::Refurbished))
            || [&self.title, &self.category, &self.seller].into_iter().any(|t| words.of_kind(Kind::Used, t, &[]).next().is_some())
    }
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
