//! From extractors to one listing's facts: each field by its own kind of value, absent where no extractor yields a usable one.

use super::adapter::{self, Adapter, Fields, List, Page, Several};
use super::address;
use super::condition::{self, Conditions};
use super::extract::{Extractor, Offer, elements};
use crate::listing::{Assurance, Availability, Condition, Disagreement, Listing, Price, Review, Variant};
use crate::page::Snapshot;
use crate::page::price::{self, Hint};
use crate::page::text::{fold, squeeze};
use crate::page::{count, decimal, identifiers};
use crate::rules::marketplace::{Field, Host, Kind};
use scraper::{ElementRef, Html, Node};
use std::cell::RefCell;
use std::collections::BTreeMap;
use url::Url;

/// No name, title or category is longer; what is longer is something else.
const LONGEST_LINE: usize = 1_000;
/// As much of a description as is read, in characters.
const LONGEST_DESCRIPTION: usize = 5_000;
/// Pictures, variants and reviews beyond these are left out.
const MOST_IMAGES: usize = 12;
const MOST_VARIANTS: usize = 60;
const MOST_REVIEWS: usize = 20;

/// Elements whose content is no text of the page.
const UNREAD: [&str; 6] = ["iframe", "noscript", "script", "style", "svg", "template"];

/// Reads the offers of one page.
pub(crate) struct Reader<'a> {
    pub(crate) adapter: &'a Adapter,
    pub(crate) page: &'a Page,
    pub(crate) host: &'a Host,
    pub(crate) url: &'a Url,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) conditions: &'a Conditions,
    /// Which extractor gave a field, the first time that one did.
    pub(crate) answered: RefCell<BTreeMap<Field, usize>>,
}

impl Reader<'_> {
    /// A region's elements, without those that are not shown as text and those that the adapter excludes.
    pub(crate) fn region(&self, html: &str) -> Html {
        let mut region = Html::parse_fragment(html);
        let unread = |node: ego_tree::NodeRef<'_, Node>| {
            ElementRef::wrap(node).is_some_and(|element| {
                UNREAD.contains(&element.value().name()) || self.page.exclude.as_ref().is_some_and(|exclude| exclude.matches(&element))
            })
        };
        let unread: Vec<_> = region.tree.nodes().filter(|&node| unread(node)).map(|node| node.id()).collect();
        for id in unread {
            if let Some(mut node) = region.tree.get_mut(id) {
                node.detach();
            }
        }
        region
    }

    /// The facts of one offer.
    pub(crate) fn listing(&self, offer: &Offer<'_>) -> Listing {
        let line = |field| self.find(field, offer, |text| Some(squeeze(text)).filter(|t| !t.is_empty() && t.len() <= LONGEST_LINE));
        let (item_id, url) = self.item(offer);
        let gtin = self.find(Field::Gtin, offer, identifiers::gtin);
        let availability = self.find(Field::Availability, offer, availability);
        let (price, is_bid) = self.price(Field::Price, offer).filter(|_| !self.is_past(availability)).unzip();
        let bid = is_bid.is_some_and(|is_bid| is_bid || self.find(Field::Bid, offer, |_| Some(())).is_some());
        let list_price = self
            .price(Field::ListPrice, offer)
            .map(|(price, _)| price)
            .filter(|list| price.as_ref().is_none_or(|price| list.max > price.min));
        let disagreements = self.disagreements(offer, price.as_ref());
        let title = line(Field::Title);
        let condition = self.find(Field::Condition, offer, |text| self.condition(text));
        let is_lost = self.is_spare(Field::Title) || self.is_spare(Field::Price);
        Listing {
            title,
            url,
            item_id,
            brand: line(Field::Brand),
            price,
            bid,
            list_price,
            seller: line(Field::Seller),
            seller_id: line(Field::SellerId),
            seller_rating: self.find(Field::SellerRating, offer, share),
            seller_ratings: self.find(Field::SellerRatings, offer, count::read),
            seller_place: line(Field::SellerPlace),
            shipped_by: line(Field::ShippedBy),
            ships_from: line(Field::ShipsFrom),
            condition: condition.or_else(|| offer.product().filter(|_| is_lost)?.condition),
            availability,
            wrong_gtin: gtin.is_none().then(|| self.find(Field::Gtin, offer, identifiers::wrong_gtin)).flatten(),
            gtin,
            mpn: line(Field::Mpn),
            model: line(Field::Model),
            rating: self.find(Field::Rating, offer, rating),
            ratings: self.find(Field::Ratings, offer, count::read),
            category: line(Field::Category),
            stock: self.find(Field::Stock, offer, count::read),
            sold: self.find(Field::Sold, offer, count::read),
            images: self.images(offer),
            returns: line(Field::Returns),
            authenticity: line(Field::Authenticity),
            variants: self.variants(offer),
            reviews: self.reviews(offer),
            disagreements,
            description: self.find(Field::Description, offer, description),
            sponsored: self.find(Field::Sponsored, offer, |_| Some(())).is_some(),
            assurances: self.assurances(offer),
        }
    }

    /// Addresses of pictures, each once.
    fn images(&self, offer: &Offer<'_>) -> Vec<String> {
        let mut images: Vec<String> = Vec::new();
        for (at, extractor) in self.page.fields.extractors(Field::Image).iter().enumerate() {
            // Never usable, so that the next one is asked for.
            let _ = extractor.find(offer, |text| {
                let text = Some(text.trim()).filter(|text| !text.is_empty())?;
                let address = address::resolve(Some(self.url), text).filter(|url| matches!(url.scheme(), "http" | "https"))?;
                let address = address.to_string();
                if images.len() < MOST_IMAGES && address.len() <= LONGEST_LINE && !images.contains(&address) {
                    images.push(address);
                }
                None::<()>
            });
            if !images.is_empty() {
                self.note(Field::Image, at);
            }
        }
        images
    }

    fn variants(&self, offer: &Offer<'_>) -> Vec<Variant> {
        let Some(rule) = &self.page.variants else { return Vec::new() };
        let variant = |item: &Offer<'_>| {
            let name = line(&rule.fields, Field::Name, item)?;
            Some(Variant { name, price: self.price_by(rule.fields.extractors(Field::Price), item, &self.hint(offer)) })
        };
        items(offer, rule).take(MOST_VARIANTS).filter_map(|item| variant(&item.offer())).collect()
    }

    fn reviews(&self, offer: &Offer<'_>) -> Vec<Review> {
        let Some(rule) = &self.page.reviews else { return Vec::new() };
        let review = |item: &Offer<'_>| {
            let text = find(&rule.fields, Field::Text, item, description).map(|text| text.chars().take(LONGEST_LINE).collect());
            let review =
                Review { stars: find(&rule.fields, Field::Stars, item, rating), date: line(&rule.fields, Field::Date, item), text };
            (review.stars.is_some() || review.text.is_some()).then_some(review)
        };
        items(offer, rule).take(MOST_REVIEWS).filter_map(|item| review(&item.offer())).collect()
    }

    /// Where structured data or state differ from the value that was taken.
    fn disagreements(&self, offer: &Offer<'_>, price: Option<&Price>) -> Vec<Disagreement> {
        let mut found = Vec::new();
        if offer.page.is_none() {
            return found;
        }
        let hint = self.hint(offer);
        for from in self.page.fields.extractors(Field::Price).iter().filter(|from| from.is_stated()) {
            let stated = self.price_by(std::slice::from_ref(from), offer, &hint);
            if let (Some(shown), Some(stated)) = (price, stated)
                // A page that shows "from" the lowest of a range says no other than the range.
                && !(stated.min <= shown.min && shown.max <= stated.max && shown.currency == stated.currency)
            {
                found.push(Disagreement { field: "price".into(), shown: amounts(shown), stated: amounts(&stated) });
                break;
            }
        }
        let (shown, stated): (Vec<_>, Vec<_>) = self.page.fields.extractors(Field::Condition).iter().partition(|from| !from.is_stated());
        let first = |extractors: &[&Extractor]| extractors.iter().find_map(|from| from.find(offer, |text| self.condition(text)));
        if let Some((shown, stated)) = first(&shown).zip(first(&stated)).filter(|(shown, stated)| shown != stated) {
            found.push(Disagreement {
                field: "condition".into(),
                shown: condition::name(shown).into(),
                stated: condition::name(stated).into(),
            });
        }
        for (name, field) in [("title", Field::Title), ("brand", Field::Brand), ("seller", Field::Seller)] {
            let extractors = self.page.fields.extractors(field);
            let value =
                |from: &Extractor| from.find(offer, |text| Some(squeeze(text)).filter(|t| !t.is_empty() && t.len() <= LONGEST_LINE));
            let Some(shown) = extractors.iter().filter(|from| !from.is_stated()).find_map(value) else { continue };
            let stated = extractors.iter().filter(|from| from.is_stated()).filter_map(value);
            let unlike = |stated: &String| {
                let (shown, stated) = (fold(&shown), fold(stated));
                !shown.contains(&stated) && !stated.contains(&shown)
            };
            if let Some(stated) = stated.into_iter().find(unlike) {
                found.push(Disagreement { field: name.into(), shown, stated });
            }
        }
        found
    }

    /// How many offers the lists in the page's state hold.
    pub(crate) fn state_offers(&self) -> usize {
        let names = self.page.fields.extractors(Field::Title).iter().filter_map(|extractor| extractor.state());
        names.filter_map(|name| self.snapshot.state.get(name)?.as_array().map(Vec::len)).max().unwrap_or(0)
    }

    fn find<T>(&self, field: Field, offer: &Offer<'_>, mut usable: impl FnMut(&str) -> Option<T>) -> Option<T> {
        let (at, value) = found(self.page.fields.extractors(field), |from| from.find(offer, &mut usable))?;
        self.note(field, at);
        Some(value)
    }

    /// Whether only machines are still told a price: what is sold or gone has none that is asked.
    fn is_past(&self, availability: Option<Availability>) -> bool {
        self.is_spare(Field::Price) && availability.is_some_and(|availability| availability != Availability::InStock)
    }

    /// Whether a field's layout gave nothing and the structured product did.
    fn is_spare(&self, field: Field) -> bool {
        let answered = self.answered.borrow().get(&field).copied();
        answered.and_then(|at| self.page.fields.extractors(field).get(at)).is_some_and(|extractor| extractor.is_spare)
    }

    /// Remembers which of a field's extractors answered.
    fn note(&self, field: Field, at: usize) {
        self.answered.borrow_mut().entry(field).or_insert(at);
    }

    /// A price, and whether it was bid.
    fn price(&self, field: Field, offer: &Offer<'_>) -> Option<(Price, bool)> {
        let hint = self.hint(offer);
        let (at, priced) = found(self.page.fields.extractors(field), |from| Some((price_of(from, offer, &hint)?, from.is_bid)))?;
        self.note(field, at);
        Some(priced)
    }

    fn price_by(&self, extractors: &[Extractor], offer: &Offer<'_>, hint: &Hint) -> Option<Price> {
        extractors.iter().find_map(|from| price_of(from, offer, hint))
    }

    /// By which a price of this offer is read.
    pub(crate) fn hint(&self, offer: &Offer<'_>) -> Hint {
        let mut hint =
            Hint { country: self.host.country.clone(), currency: self.host.currency.clone(), language: self.snapshot.language.clone() };
        let currency = self.find(Field::Currency, offer, |text| price::currency(text, &hint));
        hint.currency = currency.or(hint.currency);
        hint
    }

    /// The item's id and address: of the page itself on a product page, of its link on a tile.
    fn item(&self, offer: &Offer<'_>) -> (Option<String>, Option<String>) {
        let own = (self.page.kind == Kind::Product).then(|| self.url.clone());
        let linked = self.find(Field::Url, offer, |text| address::resolve(Some(self.url), text.trim()));
        let id = self.find(Field::ItemId, offer, |text| Some(text.trim().to_owned()).filter(|id| !id.is_empty() && id.len() <= 64));
        let mut shown = None;
        for url in own.iter().chain(&linked) {
            let Some(host) = url.host_str() else { continue };
            if let Some(id) = self.adapter.items.id(url) {
                let canonical = self.adapter.items.canonical(host, &id);
                return (Some(id), canonical.or_else(|| Some(url.to_string())));
            }
            shown.get_or_insert(url);
        }
        let canonical = id.as_deref().and_then(|id| self.adapter.items.canonical(self.url.host_str()?, id));
        (id, canonical.or_else(|| shown.map(Url::to_string)))
    }

    fn condition(&self, text: &str) -> Option<Condition> {
        match text {
            "new" => Some(Condition::New),
            "used" => Some(Condition::Used),
            "refurbished" => Some(Condition::Refurbished),
            text => self.conditions.read(text),
        }
    }

    fn assurances(&self, offer: &Offer<'_>) -> Vec<Assurance> {
        let rules = self.page.assurances.iter();
        let taken_back = |rule: &adapter::Assurance| rule.unless.as_ref().is_some_and(|unless| elements(offer, unless).next().is_some());
        let beside = |rule: &adapter::Assurance| {
            rule.beside.iter().all(|(state, value)| state.find(offer, |text| (text == value).then_some(())).is_some())
        };
        let standing = rules.filter(|rule| !taken_back(rule) && beside(rule));
        let mut assurances: Vec<Assurance> = Vec::new();
        for rule in standing {
            let evidence = rule.says.find(offer, |text| Some(squeeze(text)).filter(|t| t.len() <= LONGEST_LINE));
            if let Some(evidence) = evidence.filter(|_| assurances.iter().all(|known| known.code != rule.code)) {
                assurances.push(Assurance { code: rule.code.clone(), evidence });
            }
        }
        assurances
    }
}

/// What the first extractor gives that gives anything, and its place.
fn found<T>(extractors: &[Extractor], value: impl FnMut(&Extractor) -> Option<T>) -> Option<(usize, T)> {
    let mut value = value;
    extractors.iter().enumerate().find_map(|(at, extractor)| Some((at, value(extractor)?)))
}

fn price_of(from: &Extractor, offer: &Offer<'_>, hint: &Hint) -> Option<Price> {
    from.stated_price(offer).or_else(|| from.find(offer, |text| Some(price::read(text, hint)?.shown_as(text))))
}

fn find<T>(fields: &Fields, field: Field, offer: &Offer<'_>, mut usable: impl FnMut(&str) -> Option<T>) -> Option<T> {
    fields.extractors(field).iter().find_map(|extractor| extractor.find(offer, &mut usable))
}

fn line(fields: &Fields, field: Field, offer: &Offer<'_>) -> Option<String> {
    find(fields, field, offer, |text| Some(squeeze(text)).filter(|t| !t.is_empty() && t.len() <= LONGEST_LINE))
}

/// An item of a list: a region, or a page that has nothing but the item's values.
enum Item {
    Region([Html; 1]),
    Values(Snapshot),
}

impl Item {
    fn offer(&self) -> Offer<'_> {
        match self {
            Self::Region(region) => Offer::new(region, None, None),
            Self::Values(page) => Offer::new(&[], Some(page), None),
        }
    }
}

/// The items of a list.
fn items<'a>(offer: &'a Offer<'_>, rule: &'a Several) -> Box<dyn Iterator<Item = Item> + 'a> {
    match &rule.of {
        List::Elements(at) => Box::new(elements(offer, at).map(|item| Item::Region([Html::parse_fragment(&item.html())]))),
        List::State(name) => {
            let values = offer.page.and_then(|page| page.state.get(name)?.as_array()).into_iter().flatten();
            let state = |value: &serde_json::Value| value.as_object().map(|item| item.clone().into_iter().collect());
            Box::new(values.filter_map(state).map(|state| Item::Values(Snapshot { state, ..Snapshot::default() })))
        }
    }
}

pub(crate) fn amounts(price: &Price) -> String {
    let currency = price.currency.as_deref().unwrap_or_default();
    let range = if price.min == price.max { price.min.to_string() } else { format!("{}-{}", price.min, price.max) };
    format!("{range} {currency}").trim_end().to_owned()
}

fn availability(text: &str) -> Option<Availability> {
    match text {
        "in-stock" | "InStock" | "LimitedAvailability" | "OnlineOnly" | "InStoreOnly" | "PreOrder" | "BackOrder" => {
            Some(Availability::InStock)
        }
        "unavailable" | "OutOfStock" | "Discontinued" => Some(Availability::Unavailable),
        "sold" | "SoldOut" => Some(Availability::Sold),
        _ => None,
    }
}

/// A percentage or a number of five or ten stars as a share of all.
fn share(text: &str) -> Option<f64> {
    let (value, after) = first_number(text)?;
    let is_percentage = after.trim_start().starts_with(['%', '％', '٪']);
    let whole = if !is_percentage && is_of_ten(value, after) {
        10.0
    } else if is_percentage || value > 5.0 {
        100.0
    } else {
        5.0
    };
    (0.0..=whole).contains(&value).then(|| (value / whole * 1e4).round() / 1e4)
}

/// The first number from 0 to 5; one of ten is halved.
fn rating(text: &str) -> Option<f64> {
    let (value, after) = first_number(text)?;
    let rating = if is_of_ten(value, after) { value / 2.0 } else { value };
    (0.0..=5.0).contains(&rating).then_some(rating)
}

/// Whether a number is one of ten, by what follows it: `/10`, `out of 10`. A word between the two may also lead to how many gave it
/// (`4.7 from 10 buyers`), so that a number that could be one of five has to be the last but the ten.
fn is_of_ten(value: f64, after: &str) -> bool {
    const LONGEST_BETWEEN: usize = 8;
    let Some((whole, rest)) = first_number(after) else { return false };
    let between = after.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim();
    let is_slash = between == "/";
    let is_word = !between.is_empty() && between.len() <= LONGEST_BETWEEN && between.chars().all(|c| c.is_alphabetic() || c == ' ');
    (whole - 10.0).abs() < f64::EPSILON && value <= 10.0 && (is_slash || is_word && (value > 5.0 || rest.trim().is_empty()))
}

/// The first number of a text, written with a point or a comma, and what follows it.
fn first_number(text: &str) -> Option<(f64, &str)> {
    let text = &text[text.find(|c: char| c.is_ascii_digit())?..];
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let (number, after) = text.split_at(end);
    Some((decimal::read(&number.trim_end_matches(['.', ',']).replace(',', "."))?, after))
}

fn description(text: &str) -> Option<String> {
    let text: String = squeeze(text).chars().take(LONGEST_DESCRIPTION).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sellers_rating_is_a_share_whatever_its_scale() {
        assert_eq!(share("99.1% positive"), Some(0.991));
        assert_eq!(share("4.5 out of 5"), Some(0.9));
        assert_eq!(share("98,5 %"), Some(0.985));
        assert_eq!(share("9.4 / 10"), Some(0.94));
        assert_eq!(share("10 out of 10"), Some(1.0));
        assert_eq!(share("100% of 10 buyers"), Some(1.0));
        assert_eq!(share("new"), None);
    }

    #[test]
    fn a_rating_is_the_first_number_of_a_five_star_scale() {
        assert_eq!(rating("4,5 von 5 Sternen"), Some(4.5));
        assert_eq!(rating("4.7 out of 5"), Some(4.7));
        assert_eq!(rating("9.4/10"), Some(4.7));
        assert_eq!(rating("8,6 von 10 nach 24 Bewertungen"), Some(4.3));
        assert_eq!(rating("4 out of 10"), Some(2.0));
        assert_eq!(rating("4.7 from 10 buyers"), Some(4.7));
        assert_eq!(rating("4.7 (10)"), Some(4.7));
        assert_eq!(rating("98.2% positive"), None);
        assert_eq!(rating("none yet"), None);
    }
}
