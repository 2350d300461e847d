//! What is known of one offer: the facts of a listing, in the field's own terms.
//!
//! A fact that the page does not state is absent, never guessed.

use crate::page::text::squeeze;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The facts of one offer. This is also what `scan` prints and `assess` reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Listing {
    /// The offer's title as shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The offer's address, canonical where the shop's address form is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The shop's identifier of the offer (ASIN, item number).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_id: Option<String>,
    /// The brand as the page's own brand field gives it, not as the title suggests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// What is asked for the goods themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// Whether the price is what was bid so far in an auction, which says nothing of what the goods will cost.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bid: bool,
    /// A struck-through, earlier or recommended price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Price>,
    /// The seller's shown name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// The shop's identifier of the seller. Trust is given to this, never to a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller_id: Option<String>,
    /// How buyers rate the seller, from 0 to 1, where the shop shows it as a percentage or in stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller_rating: Option<f64>,
    /// How many ratings the seller has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller_ratings: Option<u64>,
    /// Where the seller is, as shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller_place: Option<String>,
    /// Who ships the goods, as shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipped_by: Option<String>,
    /// Where the goods ship from, as shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ships_from: Option<String>,
    /// The stated condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Whether it can be bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<Availability>,
    /// A GTIN whose check digit is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// What the page states as a GTIN though its check digit is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong_gtin: Option<String>,
    /// The maker's part number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mpn: Option<String>,
    /// The model's number or name, as the page's own field gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The goods' average rating, as a share of the shop's own scale's 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    /// How many ratings the goods have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratings: Option<u64>,
    /// The shop's category path or name, as shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How many are said to be left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<u64>,
    /// How many are said to have been sold, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold: Option<u64>,
    /// Addresses of pictures of the goods; nothing is fetched from them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// What is promised about returns, as shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<String>,
    /// What is promised about authenticity, as shown; by whom is not said here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticity: Option<String>,
    /// Variants with their own prices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// Some of the goods' reviews.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Review>,
    /// Where what the page says to machines differs from what it shows. The shown value is the fact.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
    /// The description as far as it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the shop marks the offer as an advertisement.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sponsored: bool,
    /// Statements that the shop itself renders where a seller cannot write, by the code that the adapter gives them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assurances: Vec<Assurance>,
}

/// A statement by the shop itself that speaks for the offer, such as `sold-by-shop`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assurance {
    /// The adapter's code: `sold-by-shop`, `brand-store`, `authenticity-checked`, `official-store`, `official-mall`.
    pub code: String,
    /// The page's own words.
    pub evidence: String,
}

/// Whether an offer can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Availability {
    /// It can be bought now.
    InStock,
    /// It cannot be bought at present.
    Unavailable,
    /// It was sold; there was only one, or the offer ended.
    Sold,
}

/// One choice among several of an offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// What it is called.
    pub name: String,
    /// What is asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

/// What a buyer wrote about the goods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Out of five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<f64>,
    /// When, as shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its text, cut to 1,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A fact for which a page shows one value and states another to machines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The field of the listing.
    pub field: String,
    /// What is shown, and counts.
    pub shown: String,
    /// What structured data or the page's state say.
    pub stated: String,
}

/// An asked price; `min` and `max` differ where the page gives a range. Amounts are decimal strings in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// The lowest amount, in units of `currency`.
    pub min: Decimal,
    /// The highest amount, in units of `currency`.
    pub max: Decimal,
    /// ISO 4217, absent where neither page nor shop tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The page's own words for it, where it was read from words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

impl Price {
    /// The same price with the page's own words for it, unless they are too long to be a price.
    #[must_use]
    pub fn shown_as(self, words: &str) -> Self {
        let shown = Some(squeeze(words)).filter(|words| words.chars().count() <= 60);
        Self { shown, ..self }
    }
}

/// The stated condition of the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Said to be new.
    New,
    /// Said to be used, pre-owned or second-hand.
    Used,
    /// Said to be refurbished or renewed.
    Refurbished,
}
