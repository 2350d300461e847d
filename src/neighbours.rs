//! The offers of one page beside each other: who asks what for which goods.
//!
//! Read once a page, so that a heuristic that compares one offer with the others costs a look at each of them and no new reading.

use crate::brand::{Brand, Brands, Claim, Level, Relation};
use crate::subject::Subject;
use crate::words::{Kind, Words};

/// The offers of a page, in its order; none where an offer stands alone.
#[derive(Debug, Default)]
pub struct Neighbours<'a> {
    /// The offers.
    pub offers: Vec<Offer<'a>>,
}

/// An offer as its neighbours see it.
#[derive(Debug)]
pub struct Offer<'a> {
    /// Its facts, read.
    pub subject: &'a Subject<'a>,
    /// The brand whose own goods these are, where one is known and the goods are new and no accessory.
    pub new_goods_of: Option<&'a Brand>,
    /// What such goods cost new.
    pub level: Option<&'a Level>,
    /// Who sells: the shop's identifier, else the shown name; on a seller's own page everybody is that seller.
    pub seller: Option<&'a str>,
    /// Whether the shop speaks for the offer, or the brand's own account sells it.
    pub vouched: bool,
    /// Whether the seller's own words say or hint that these are copies, or disguise the brand's name.
    pub worded: bool,
    words: Vec<&'a str>,
    numbers: Vec<&'a str>,
}

/// The seller of all offers of a seller's own page, of which none names him.
const THIS_SELLER: &str = "";

impl<'a> Neighbours<'a> {
    /// Looks at all offers of a page. `own_page`: whether it is one seller's.
    #[must_use]
    pub fn of(subjects: &'a [Subject<'a>], claims: &[Option<Claim>], own_page: bool, brands: &'a Brands, words: &Words) -> Self {
        if subjects.len() < 2 {
            return Self::default();
        }
        let read = |(subject, claim): (&'a Subject<'a>, &Option<Claim>)| Offer::of(subject, claim.as_ref(), own_page, brands, words);
        Self { offers: subjects.iter().zip(claims).map(read).collect() }
    }
}

impl<'a> Offer<'a> {
    fn of(subject: &'a Subject<'a>, claim: Option<&Claim>, own_page: bool, brands: &'a Brands, words: &Words) -> Self {
        let listing = subject.listing;
        let theirs = claim.filter(|claim| claim.relation == Relation::Theirs);
        let brand = theirs.and_then(|claim| brands.get(claim.brand));
        let brand = brand.filter(|brand| !subject.used(words) && !brand.other_goods_than_own(subject, words));
        let runs = |brand: &Brand| {
            let id = listing.seller_id.as_deref();
            subject.place.marketplace.zip(id).is_some_and(|(marketplace, id)| brand.runs(marketplace, subject.place.host, id))
        };
        let said = |kind| words.of_kind(kind, &subject.title, &subject.scope()).next().is_some();
        let named = listing.seller_id.as_deref().or(listing.seller.as_deref());
        let (numbers, plain) = subject.title.flat.split(' ').filter(|word| !word.is_empty()).partition(|word| is_number(word));
        Self {
            subject,
            new_goods_of: brand,
            level: brand.and_then(|brand| brand.level(subject, words)),
            seller: named.or(own_page.then_some(THIS_SELLER)),
            vouched: !listing.assurances.is_empty() || brand.is_some_and(runs),
            worded: theirs.is_some_and(|claim| claim.masked.is_some())
                || [Kind::Admission, Kind::Replica, Kind::Hint].into_iter().any(said),
            words: plain,
            numbers,
        }
    }

    /// Whether both offer the same goods: of one brand and line, with the same numbers (sizes, capacities, how many), named by mostly the
    /// same words.
    #[must_use]
    pub fn same_goods(&self, other: &Self) -> bool {
        let (Some(brand), Some(others)) = (self.new_goods_of, other.new_goods_of) else { return false };
        let line = |offer: &Self| offer.level.map(std::ptr::from_ref);
        std::ptr::eq(brand, others) && line(self) == line(other) && same(&self.numbers, &other.numbers) && self.share_words(other)
    }

    fn share_words(&self, other: &Self) -> bool {
        let shared = self.words.iter().filter(|word| other.words.contains(word)).count();
        4 * shared > self.words.len() + other.words.len()
    }
}

/// A word that tells sizes and versions apart. Long ones are the maker's or the seller's numbers, by which equal goods differ too.
fn is_number(word: &str) -> bool {
    const LONGEST: usize = 5;
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().count() <= LONGEST
}

fn same(one: &[&str], other: &[&str]) -> bool {
    one.iter().all(|number| other.contains(number)) && other.iter().all(|number| one.contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_versions_are_numbers_and_article_numbers_are_none() {
        for word in ["15", "256gb", "100ml", "v6", "10.5", "2tb"] {
            assert!(is_number(word), "{word}");
        }
        for word in ["dd1391", "mtp-v300l", "panda", "90915"].into_iter().filter(|word| word.len() > 5) {
            assert!(!is_number(word), "{word}");
        }
        assert!(!is_number("panda"));
    }

    #[test]
    fn numbers_are_the_same_in_any_order() {
        assert!(same(&["15", "256gb"], &["256gb", "15"]));
        assert!(!same(&["15"], &["15", "256gb"]));
        assert!(same(&[], &[]));
    }
}
