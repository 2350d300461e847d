//! schema.org nodes, however they are nested, as products.

use rust_decimal::Decimal;
use scraper::Html;
use serde_json::{Map, Value};

use super::{Found, MOST_PRODUCTS, Product, asked, span};
use crate::{
    listing::{Condition, Price},
    page::{
        decimal, identifiers,
        price::{self as reader, Hint},
        text::{fold, squeeze},
    },
};

type Node = Map<String, Value>;

/// Longer texts are cut.
const LONGEST_TEXT: usize = 5_000;
/// Properties that hold more nodes, and whether these stand in a list or beside the page's own product.
const AROUND: &[(&str, bool)] = &[
    ("@graph", false),
    ("mainEntity", false),
    ("mainEntityOfPage", false),
    ("item", false),
    ("hasPart", false),
    ("itemListElement", true),
    ("hasVariant", true),
    ("mentions", true),
    ("about", true),
    ("isRelatedTo", true),
    ("isSimilarTo", true),
];

/// Adds every product of the value, and what its lists hold.
pub(super) fn collect(value: &Value, found: &mut Found) {
    let mut open = vec![(value, false)];
    while let Some((value, listed)) = open.pop() {
        if found.products.len() >= MOST_PRODUCTS {
            return;
        }
        match value {
            // A stack gives back the last first.
            Value::Array(values) => open.extend(values.iter().rev().map(|v| (v, listed))),
            Value::Object(node) => {
                found.is_results |= is_a(node, &["SearchResultsPage", "CollectionPage"]);
                if listed && is_a(node, &["ListItem"]) {
                    found.in_lists.extend(["url", "name"].iter().filter_map(|key| text(node.get(*key)?)).map(|said| fold(&said)));
                }
                if is_product(node) {
                    found.products.push(Product { listed, ..product(node) });
                }
                if let Some(goods) = offered(node) {
                    found.products.push(Product { listed, ..product(&goods) });
                }
                open.extend(AROUND.iter().rev().filter_map(|&(key, beside)| Some((node.get(key)?, listed || beside))));
            }
            _ => {}
        }
    }
}

/// The node's types without the vocabulary's address.
fn types(node: &Node) -> impl Iterator<Item = &str> {
    let all = match node.get("@type") {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    all.iter().filter_map(Value::as_str).map(last_part)
}

fn last_part(address: &str) -> &str {
    address.trim().trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or_default()
}

fn is_a(node: &Node, kinds: &[&str]) -> bool {
    types(node).any(|kind| kinds.contains(&kind))
}

fn is_product(node: &Node) -> bool {
    is_a(node, &["Product", "ProductGroup", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Car", "Motorcycle"])
        || (node.contains_key("offers")
            && is_a(node, &["Book", "VideoGame", "Movie", "MusicAlbum", "MusicRelease", "SoftwareApplication", "Game"]))
}

/// The goods of an offer that stands alone, with the offer in them.
fn offered(node: &Node) -> Option<Node> {
    let goods =
        nodes(node.get("itemOffered")).next().filter(|goods| !goods.contains_key("offers") && is_a(node, &["Offer", "AggregateOffer"]))?;
    let mut offer = node.clone();
    offer.remove("itemOffered");
    let mut goods = goods.clone();
    goods.insert("offers".to_owned(), Value::Object(offer));
    is_product(&goods).then_some(goods)
}

fn product(node: &Node) -> Product {
    let offers = offers(node);
    let variants: Vec<&Node> = nodes(node.get("hasVariant")).take(200).collect();
    let offers = if offers.is_empty() { variants.iter().flat_map(|variant| self::offers(variant)).collect() } else { offers };
    let (price, list_price) = asked_by(node, &offers);
    let of_offers = |key: &str| offers.iter().find_map(|offer| offer.get(key));
    Product {
        name: node.get("name").and_then(text).or_else(|| of_group(node, "name")),
        brand: node.get("brand").and_then(name).or_else(|| agreed(&variants)).or_else(|| of_group(node, "brand")),
        price,
        list_price,
        seller: offers.iter().find_map(|offer| seller(offer.get("seller").or_else(|| offer.get("offeredBy"))?)),
        condition: of_offers("itemCondition").or_else(|| node.get("itemCondition")).and_then(text).as_deref().and_then(condition),
        gtin: gtin(node).or_else(|| offers.iter().find_map(|offer| gtin(offer))),
        rating: nodes(node.get("aggregateRating")).find_map(rating),
        url: node.get("url").and_then(text).or_else(|| of_offers("url").and_then(text)),
        images: images(node.get("image")),
        availability: of_offers("availability").and_then(text).map(|said| last_part(&said).to_owned()),
        category: node.get("category").and_then(name),
        description: node.get("description").and_then(text),
        sku: node.get("sku").or_else(|| node.get("productID")).and_then(text),
        listed: false,
    }
}

/// What a variant leaves to its group.
fn of_group(node: &Node, key: &str) -> Option<String> {
    nodes(node.get("isVariantOf")).find_map(|group| group.get(key).and_then(name))
}

/// The brand that every variant has.
fn agreed(variants: &[&Node]) -> Option<String> {
    let mut brands = variants.iter().map(|variant| variant.get("brand").and_then(name));
    let first = brands.next()??;
    brands.all(|brand| brand.as_ref() == Some(&first)).then_some(first)
}

/// The node's offers, those of an `AggregateOffer` after it.
fn offers(node: &Node) -> Vec<&Node> {
    let mut all = Vec::new();
    for offer in nodes(node.get("offers")).take(200) {
        all.push(offer);
        all.extend(nodes(offer.get("offers")).take(200));
    }
    all
}

/// Price and list price over all offers in the condition of the first.
fn asked_by(node: &Node, offers: &[&Node]) -> (Option<Price>, Option<Price>) {
    let stated = |offer: &Node| offer.get("itemCondition").and_then(text).as_deref().and_then(condition);
    let first = offers.iter().find_map(|offer| stated(offer));
    let mut price: Option<Price> = None;
    let mut list: Option<Price> = None;
    for offer in offers.iter().filter(|offer| stated(offer).is_none_or(|c| Some(c) == first)) {
        let currency = text_of(offer, "priceCurrency").or_else(|| text_of(node, "priceCurrency"));
        let (asked, before) = prices(offer, currency.as_deref());
        if let Some(asked) = asked {
            price = Some(match price {
                Some(price) => span(price, &asked),
                None => asked,
            });
        }
        list = list.or(before);
    }
    let list = list.filter(|list| price.as_ref().is_some_and(|price| price.max < list.max));
    (price, list)
}

/// What one offer asks, and what it asked before.
fn prices(offer: &Node, currency: Option<&str>) -> (Option<Price>, Option<Price>) {
    let read = |key: &str| amount(offer.get(key)?, currency).and_then(asked);
    let mut price = match (read("lowPrice"), read("highPrice")) {
        (Some(low), Some(high)) if low.min <= high.max => Some(span(low, &high)),
        (low, high) => read("price").or(low).or(high),
    };
    let mut list = None;
    for specification in nodes(offer.get("priceSpecification")).take(20) {
        // Unit prices and instalments compare and pay, they do not ask.
        if ["referenceQuantity", "billingDuration", "billingIncrement", "numberOfPayments"]
            .iter()
            .any(|key| specification.contains_key(*key))
        {
            continue;
        }
        let currency = text_of(specification, "priceCurrency").or_else(|| currency.map(str::to_owned));
        let Some(stated) = specification
            .get("price")
            .or_else(|| specification.get("minPrice"))
            .and_then(|p| amount(p, currency.as_deref()))
            .and_then(asked)
        else {
            continue;
        };
        match text_of(specification, "priceType").as_deref().map(last_part) {
            Some("ListPrice" | "StrikethroughPrice" | "SRP" | "MSRP" | "RegularPrice") => list = list.or(Some(stated)),
            Some("MinimumAdvertisedPrice" | "InvoicePrice") => {}
            _ => price = price.or(Some(stated)),
        }
    }
    (price, list)
}

fn amount(value: &Value, currency: Option<&str>) -> Option<Price> {
    match value {
        Value::Number(number) => price(&number.to_string(), currency),
        Value::String(text) => price(text, currency),
        Value::Array(values) => amount(values.first()?, currency),
        Value::Object(node) => amount(node.get("value").or_else(|| node.get("@value"))?, currency),
        _ => None,
    }
}

/// A machine's amount: digits with a decimal point as schema.org asks, or what people write.
pub(super) fn price(written: &str, currency: Option<&str>) -> Option<Price> {
    let written = written.trim();
    let hint = Hint { currency: currency.and_then(|c| reader::currency(c, &Hint::default())), ..Hint::default() };
    let is_plain = !written.is_empty() && written.len() <= 24 && written.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let machine = is_plain.then(|| Decimal::from_str_exact(written).ok()).flatten();
    match machine {
        // Binary fractions leave tails.
        Some(amount) => {
            let amount = if amount.scale() > 3 { amount.round_dp(3).normalize() } else { amount };
            Some(Price { min: amount, max: amount, currency: hint.currency, shown: None })
        }
        None => reader::read(written, &hint),
    }
}

/// The condition that a schema.org value or a word states.
pub(super) fn condition(said: &str) -> Option<Condition> {
    let said = last_part(said).to_ascii_lowercase();
    match said.strip_suffix("condition").unwrap_or(&said).trim() {
        "new" => Some(Condition::New),
        "used" | "damaged" | "used_like_new" | "used_good" | "used_fair" => Some(Condition::Used),
        "refurbished" => Some(Condition::Refurbished),
        _ => None,
    }
}

/// An organisation's name; a person's own name is not kept.
fn seller(value: &Value) -> Option<String> {
    match value {
        Value::Object(node) if is_a(node, &["Person"]) => None,
        Value::Array(values) => values.iter().find_map(seller),
        value => name(value),
    }
}

fn rating(node: &Node) -> Option<f64> {
    let number = |key: &str| text_of(node, key).and_then(|said| decimal::read(&said.replace(',', ".")));
    let best = number("bestRating").filter(|&best| best > 0.0).unwrap_or(5.0);
    let rating = number("ratingValue").filter(|&value| value > 0.0 && value <= best)?;
    Some((rating / best * 500.0).round() / 100.0)
}

fn gtin(node: &Node) -> Option<String> {
    ["gtin", "gtin13", "gtin14", "gtin12", "gtin8", "isbn", "productID"].iter().find_map(|key| identifiers::gtin(&text_of(node, key)?))
}

fn images(value: Option<&Value>) -> Vec<String> {
    let all = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let address = |value: &Value| match value {
        Value::Object(node) => text_of(node, "url").or_else(|| text_of(node, "contentUrl")),
        value => text(value),
    };
    all.iter().filter_map(address).take(20).collect()
}

/// The nodes of a property that holds one or several.
fn nodes(value: Option<&Value>) -> impl Iterator<Item = &Node> {
    let all = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    all.iter().filter_map(Value::as_object)
}

fn text_of(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(text)
}

/// A text, or the name of the node that stands for it; an address is no name.
fn name(value: &Value) -> Option<String> {
    let said = match value {
        Value::Array(values) => return values.iter().find_map(name),
        Value::Object(node) => text_of(node, "name"),
        value => text(value),
    };
    said.filter(|said| !said.contains("://"))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => shown(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => text(values.first()?),
        Value::Object(node) => node.get("@value").or_else(|| node.get("@id")).filter(|v| v.is_string()).and_then(text),
        _ => None,
    }
}

/// The text as a reader would see it: entities resolved, squeezed, cut; words that stand for nothing are nothing.
pub(super) fn shown(text: &str) -> Option<String> {
    let text = &text[..text.floor_char_boundary(LONGEST_TEXT)];
    let text = if text.contains('&') {
        squeeze(&Html::parse_fragment(&text.replace('<', "&lt;")).root_element().text().collect::<String>())
    } else {
        squeeze(text)
    };
    let is_nothing = matches!(text.to_ascii_lowercase().as_str(), "" | "null" | "undefined" | "none" | "n/a" | "na" | "nan" | "-");
    (!is_nothing).then_some(text)
}
