//! What a page says about its goods to machines: JSON-LD, microdata, RDFa, OpenGraph and product meta. This reads shops that have no adapter, and
//! serves adapters that name a structured field.
//!
//! Vocabulary: schema.org 29 (`Product`, `Offer`, `AggregateOffer`, `ProductGroup`), ogp.me, and the product meta of the Facebook catalogue.

mod json;
mod link;
mod meta;
mod microdata;
mod node;

use rust_decimal::Decimal;
use url::Url;

use super::{Snapshot, Structured, text::fold};
use crate::listing::{Condition, Listing, Price};

/// A product as the page describes it to machines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Product {
    /// Its name.
    pub name: Option<String>,
    /// Its brand; never the shop.
    pub brand: Option<String>,
    /// What is asked, over all its variants.
    pub price: Option<Price>,
    /// An earlier or recommended price.
    pub list_price: Option<Price>,
    /// The seller, where it is said to be an organisation.
    pub seller: Option<String>,
    /// Its condition, only when stated.
    pub condition: Option<Condition>,
    /// A GTIN whose check digit is right.
    pub gtin: Option<String>,
    /// Its average rating out of five.
    pub rating: Option<f64>,
    /// Its own address, as written.
    pub url: Option<String>,
    /// Addresses of its pictures, as written.
    pub images: Vec<String>,
    /// The last part of the schema.org availability (`InStock`).
    pub availability: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// The shop's own number of it.
    pub sku: Option<String>,
    /// Whether it stands in a list or beside another product (related, similar, an accessory), not as the page's own.
    pub listed: bool,
}

/// Everything the structured data describe.
#[derive(Debug, Default)]
struct Found {
    products: Vec<Product>,
    /// Folded addresses and names of what a list of the page holds.
    in_lists: Vec<String>,
    /// Whether the page calls itself a page of results or a collection.
    is_results: bool,
}

/// Only so many products are read.
const MOST_PRODUCTS: usize = 300;

/// Every product that the page describes, JSON-LD first, then microdata, then meta.
#[must_use]
pub fn products(structured: &Structured) -> Vec<Product> {
    let mut found = find(structured);
    found.products.extend(meta::product(&structured.meta));
    found.products
}

/// The page's own product, when it is the page of one product; nothing on pages of results.
#[must_use]
pub fn own_product(snapshot: &Snapshot) -> Option<Product> {
    let structured = &snapshot.structured;
    let stated = meta::product(&structured.meta);
    let found = find(structured);
    let page = Pages::new(snapshot);
    let own: Vec<&Product> = found.products.iter().filter(|p| !p.listed && (page.is(p) || !found.lists(p))).collect();

    let chosen = match own.as_slice() {
        [] => return stated.filter(|_| !found.is_results),
        [only] => only,
        [first, rest @ ..] => match own.iter().find(|p| page.is(p)).or_else(|| own.iter().find(|p| page.names(p))) {
            Some(named) => named,
            None if rest.iter().all(|p| same_name(p, first)) => first,
            None => return None,
        },
    };
    // A page of results may describe one of them; it is the page's own only if the page is about it.
    if found.is_results && !page.is(chosen) && !page.names(chosen) {
        return None;
    }
    let mut product = (*chosen).clone();
    // Of a group's variants the page shows the one of its address.
    if let Some(shown) = found.products.iter().find(|p| p.listed && p.price.is_some() && !page.is_exactly(chosen) && page.is_exactly(p)) {
        product.price = shown.price.clone();
        product.list_price = shown.list_price.clone();
    }
    for other in own.iter().filter(|p| same_name(p, chosen)) {
        product.complete((*other).clone());
    }
    if let Some(stated) = stated {
        product.complete(stated);
    }
    Some(product)
}

/// The listing that the page's own product makes.
#[must_use]
pub fn offer(snapshot: &Snapshot) -> Option<Listing> {
    let product = own_product(snapshot)?;
    if product.name.is_none() && product.price.is_none() {
        return None;
    }
    let base = Url::parse(&snapshot.url).ok();
    let address = snapshot.structured.canonical.as_deref().or(product.url.as_deref()).and_then(|url| absolute(base.as_ref(), url));
    Some(Listing { url: address.or_else(|| base.map(String::from)), ..Listing::from(product) })
}

impl From<Product> for Listing {
    fn from(product: Product) -> Self {
        Self {
            title: product.name,
            brand: product.brand,
            price: product.price,
            list_price: product.list_price,
            seller: product.seller,
            condition: product.condition,
            gtin: product.gtin,
            rating: product.rating,
            category: product.category,
            description: product.description,
            ..Self::default()
        }
    }
}

/// The listings of a page of results: what its lists describe whole.
#[must_use]
pub fn results(snapshot: &Snapshot) -> Vec<Listing> {
    let base = Url::parse(&snapshot.url).ok();
    let found = find(&snapshot.structured);
    let listing = |product: Product| {
        let url = product.url.as_deref().and_then(|url| absolute(base.as_ref(), url));
        (product.name.is_some() && product.price.is_some()).then(|| Listing { url, ..Listing::from(product) })
    };
    let listed = found.products.into_iter().filter(|product| product.listed);
    listed.filter_map(listing).collect()
}

fn find(structured: &Structured) -> Found {
    let mut found = Found::default();
    let mut values: Vec<_> = structured.json_ld.iter().flat_map(|text| json::values(text)).collect();
    link::follow(&mut values);
    for value in &values {
        node::collect(value, &mut found);
    }
    for html in &structured.microdata {
        if let Some((value, listed)) = microdata::value(html) {
            let from = found.products.len();
            node::collect(&value, &mut found);
            found.products[from..].iter_mut().for_each(|p| p.listed |= listed);
        }
    }
    found
}

impl Found {
    fn lists(&self, product: &Product) -> bool {
        [&product.url, &product.name].into_iter().flatten().any(|said| self.in_lists.contains(&fold(said)))
    }
}

impl Product {
    /// Takes from another description of the same product what this one leaves out.
    fn complete(&mut self, other: Self) {
        fn fill<T>(mine: &mut Option<T>, theirs: Option<T>) {
            if mine.is_none() {
                *mine = theirs;
            }
        }
        fill(&mut self.name, other.name);
        fill(&mut self.brand, other.brand);
        if self.price.is_none() {
            self.price = other.price;
            self.list_price = other.list_price;
        }
        fill(&mut self.seller, other.seller);
        fill(&mut self.condition, other.condition);
        fill(&mut self.gtin, other.gtin);
        fill(&mut self.rating, other.rating);
        fill(&mut self.url, other.url);
        fill(&mut self.availability, other.availability);
        fill(&mut self.category, other.category);
        fill(&mut self.description, other.description);
        fill(&mut self.sku, other.sku);
        if self.images.is_empty() {
            self.images = other.images;
        }
    }
}

/// What the page calls itself.
struct Pages {
    base: Option<Url>,
    paths: Vec<String>,
    titles: Vec<String>,
}

impl Pages {
    fn new(snapshot: &Snapshot) -> Self {
        let base = Url::parse(&snapshot.url).ok();
        let meta = |key: &str| snapshot.structured.meta.iter().find(|(k, _)| k == key).map(|(_, content)| content.as_str());
        let addresses = [Some(snapshot.url.as_str()), snapshot.structured.canonical.as_deref(), meta("og:url")];
        let paths = addresses.into_iter().flatten().filter_map(|a| path(base.as_ref(), a)).collect();
        let titles = [meta("og:title"), snapshot.title.as_deref()].into_iter().flatten().map(fold).collect();
        Self { base, paths, titles }
    }

    /// Whether the product's address is the page's.
    fn is(&self, product: &Product) -> bool {
        product.url.as_deref().and_then(|url| path(self.base.as_ref(), url)).is_some_and(|p| p.len() > 1 && self.paths.contains(&p))
    }

    /// Whether the product's address is the page's, to its query.
    fn is_exactly(&self, product: &Product) -> bool {
        let address = product.url.as_deref().and_then(|url| absolute(self.base.as_ref(), url));
        address.is_some() && address == self.base.as_ref().map(ToString::to_string)
    }

    /// Whether the page's title is the product's name, or holds it.
    fn names(&self, product: &Product) -> bool {
        product.name.as_deref().map(fold).is_some_and(|name| !name.is_empty() && self.titles.iter().any(|title| title.contains(&name)))
    }
}

fn path(base: Option<&Url>, address: &str) -> Option<String> {
    let url = absolute(base, address)?;
    let url = Url::parse(&url).ok()?;
    Some(url.path().trim_end_matches('/').to_owned())
}

fn absolute(base: Option<&Url>, address: &str) -> Option<String> {
    let url = match base {
        Some(base) => base.join(address.trim()).ok()?,
        None => Url::parse(address.trim()).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

fn same_name(a: &Product, b: &Product) -> bool {
    match (&a.name, &b.name) {
        (Some(a), Some(b)) => fold(a) == fold(b),
        _ => true,
    }
}

/// The price that covers both; only one when they are in different currencies.
fn span(a: Price, b: &Price) -> Price {
    if a.currency != b.currency {
        return a;
    }
    Price { min: a.min.min(b.min), max: a.max.max(b.max), currency: a.currency, shown: None }
}

/// An amount of nothing is a placeholder.
fn asked(price: Price) -> Option<Price> {
    (price.max > Decimal::ZERO && price.min >= Decimal::ZERO).then_some(price)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(json_ld: &[&str], meta: &[(&str, &str)]) -> Snapshot {
        Snapshot {
            url: "https://shop.example/goods/7".to_owned(),
            structured: Structured {
                json_ld: json_ld.iter().map(|&t| t.to_owned()).collect(),
                meta: meta.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect(),
                ..Structured::default()
            },
            ..Snapshot::default()
        }
    }

    fn amounts(listing: &Listing) -> Option<(String, String, Option<String>)> {
        listing.price.as_ref().map(|p| (p.min.to_string(), p.max.to_string(), p.currency.clone()))
    }

    #[test]
    fn a_product_in_a_graph_is_read_whole() {
        let listing = offer(&page(
            &[r#"{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"Shop"},
                {"@type":["Product"],"name":"Oak &amp; Ash Stool","brand":{"@type":"Brand","name":"Example Works"},
                 "gtin13":"4006381333931","category":"Stools",
                 "aggregateRating":{"ratingValue":"8.4","bestRating":10},
                 "isRelatedTo":[{"@type":"Product","name":"Other stool","offers":{"price":1}}],
                 "offers":{"@type":"Offer","price":"1234.50","priceCurrency":"EUR","itemCondition":"https://schema.org/NewCondition",
                   "availability":"http://schema.org/InStock","seller":{"@type":"Organization","name":"Stool House"}}}]}"#],
            &[("og:site_name", "Shop")],
        ));
        let listing = listing.unwrap_or_default();
        assert_eq!(listing.title.as_deref(), Some("Oak & Ash Stool"));
        assert_eq!(listing.brand.as_deref(), Some("Example Works"));
        assert_eq!(listing.seller.as_deref(), Some("Stool House"));
        assert_eq!(listing.gtin.as_deref(), Some("4006381333931"));
        assert_eq!(listing.condition, Some(Condition::New));
        assert_eq!(listing.rating, Some(4.2));
        assert_eq!(amounts(&listing), Some(("1234.50".into(), "1234.50".into(), Some("EUR".into()))));
        assert_eq!(listing.url.as_deref(), Some("https://shop.example/goods/7"));
    }

    #[test]
    fn offers_come_in_many_shapes() {
        for (offers, min, max) in [
            (r#"{"@type":"AggregateOffer","lowPrice":"10","highPrice":20.5,"priceCurrency":"USD"}"#, "10", "20.5"),
            (r#"[{"price":12,"priceCurrency":"USD"},{"price":"15.00","priceCurrency":"USD"}]"#, "12", "15.00"),
            (r#"{"priceSpecification":{"price":"9.99","priceCurrency":"USD"}}"#, "9.99", "9.99"),
            (r#"{"price":"$1,299.00","priceCurrency":"USD"}"#, "1299.00", "1299.00"),
            (r#"{"@type":"AggregateOffer","offers":[{"price":3,"priceCurrency":"USD"}]}"#, "3", "3"),
            (
                r#"{"priceSpecification":[{"price":50,"priceCurrency":"USD","priceType":"https://schema.org/ListPrice"},
                    {"price":40,"priceCurrency":"USD"},{"price":4,"priceCurrency":"USD","referenceQuantity":{"value":100}}]}"#,
                "40",
                "40",
            ),
        ] {
            let text = format!(r#"{{"@type":"Product","name":"A","offers":{offers}}}"#);
            let read = offer(&page(&[&text], &[])).as_ref().and_then(amounts);
            assert_eq!(read, Some((min.into(), max.into(), Some("USD".into()))), "{offers}");
        }
    }

    #[test]
    fn what_is_not_said_is_absent() {
        let text = r#"{"@type":"Product","name":"A","brand":{"name":""},"gtin":"123","offers":{"price":"0","seller":{"@type":"Person","name":"Jo"}}}"#;
        let listing = offer(&page(&[text], &[("og:site_name", "Shop")])).unwrap_or_default();
        assert_eq!(Listing { title: None, url: None, ..listing }, Listing::default());
    }

    #[test]
    fn broken_json_is_mended_where_its_meaning_is_clear() {
        for text in [
            "//<![CDATA[\n{\"@type\":\"Product\",\"name\":\"A\",}\n//]]>",
            "<!-- {\"@type\":\"Product\",\"name\":\"A\"} -->",
            "{\"@type\":\"Product\", /* the name */ \"name\":\"A\", // end\n \"description\":\"two\nlines\"};",
            "{&quot;@type&quot;:&quot;Product&quot;,&quot;name&quot;:&quot;A&quot;}",
            "{\"@type\":\"WebSite\"}{\"@type\":\"Product\",\"name\":\"A\"}",
            "\u{feff}[{\"@type\":\"http://schema.org/Product\",\"name\":\"A\"},]",
        ] {
            assert_eq!(offer(&page(&[text], &[])).and_then(|l| l.title).as_deref(), Some("A"), "{text}");
        }
    }

    #[test]
    fn a_page_of_results_is_no_product() {
        let list = r#"{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"Product","name":"A"}},
            {"@type":"ListItem","url":"https://shop.example/goods/9","name":"B"}]}"#;
        let one_of_them = r#"{"@type":"Product","name":"B","url":"https://shop.example/goods/9"}"#;
        let many: Vec<String> = (0..9).map(|n| format!(r#"{{"@type":"Product","name":"Thing {n}"}}"#)).collect();
        assert_eq!(offer(&page(&[list], &[])), None);
        assert_eq!(offer(&page(&[list, one_of_them], &[])), None);
        assert_eq!(offer(&page(&many.iter().map(String::as_str).collect::<Vec<_>>(), &[])), None);
        assert_eq!(offer(&page(&[r#"{"@type":"SearchResultsPage"}"#, one_of_them], &[])), None);
        assert_eq!(products(&page(&[list], &[]).structured).len(), 1);
    }

    #[test]
    fn a_group_asks_what_the_variant_of_the_address_asks() {
        let variant =
            |id: u32, price: u32| format!(r#"{{"@type":"Product","url":"/goods/{id}","brand":"Lumen","offers":{{"price":{price}}}}}"#);
        let group = |a: u32| format!(r#"{{"@type":"ProductGroup","name":"Lamp","hasVariant":[{},{}]}}"#, variant(a, 30), variant(8, 90));
        let here = offer(&page(&[&group(7)], &[])).unwrap_or_default();
        assert_eq!(amounts(&here).map(|a| (a.0, a.1)), Some(("30".into(), "30".into())));
        assert_eq!((here.title.as_deref(), here.brand.as_deref()), (Some("Lamp"), Some("Lumen")));
        let elsewhere = offer(&page(&[&group(6)], &[])).unwrap_or_default();
        assert_eq!(amounts(&elsewhere).map(|a| (a.0, a.1)), Some(("30".into(), "90".into())));
    }

    #[test]
    fn of_several_products_the_one_of_the_pages_address_is_its_own() {
        let texts = [r#"{"@type":"Product","name":"A","url":"/goods/6"}"#, r#"{"@type":"Product","name":"B","url":"/goods/7/"}"#];
        assert_eq!(offer(&page(&texts, &[])).and_then(|l| l.title).as_deref(), Some("B"));
    }

    #[test]
    fn meta_describe_a_product_alone() {
        let meta = [
            ("og:type", "product"),
            ("og:title", "Lamp | Light Shop"),
            ("og:site_name", "Light Shop"),
            ("product:price:amount", "49,90"),
            ("product:price:currency", "EUR"),
            ("product:condition", "used"),
        ];
        let listing = offer(&page(&[], &meta)).unwrap_or_default();
        assert_eq!(listing.title.as_deref(), Some("Lamp"));
        assert_eq!(listing.brand, None);
        assert_eq!(listing.condition, Some(Condition::Used));
        assert_eq!(amounts(&listing), Some(("49.90".into(), "49.90".into(), Some("EUR".into()))));
        assert_eq!(offer(&page(&[], &[("og:type", "website"), ("og:title", "Lamps")])), None);
    }

    #[test]
    fn microdata_say_the_same_as_json() {
        let html = r#"<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Lamp</h1>
            <span itemprop="brand" itemscope itemtype="https://schema.org/Brand"><b itemprop="name">Lumen</b></span>
            <div itemprop="isSimilarTo" itemscope itemtype="https://schema.org/Product"><i itemprop="name">Torch</i></div>
            <p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price" content="19.90">19,90 €</span>
            <meta itemprop="priceCurrency" content="EUR"><link itemprop="itemCondition" href="https://schema.org/UsedCondition"></p></div>"#;
        let mut snapshot = page(&[], &[]);
        snapshot.structured.microdata.push(html.to_owned());
        let listing = offer(&snapshot).unwrap_or_default();
        assert_eq!((listing.title.as_deref(), listing.brand.as_deref()), (Some("Lamp"), Some("Lumen")));
        assert_eq!(listing.condition, Some(Condition::Used));
        assert_eq!(amounts(&listing), Some(("19.90".into(), "19.90".into(), Some("EUR".into()))));
    }

    #[test]
    fn goods_are_found_in_their_offer_and_a_variant_in_its_group() {
        let text = r##"{"@graph":[{"@type":"Offer","price":"12","priceCurrency":"EUR","seller":{"@id":"#s"},
            "itemOffered":{"@type":"Product","name":"Lamp","isVariantOf":{"@type":"ProductGroup","brand":"Lumen"}}},
            {"@type":"Organization","@id":"#s","name":"Light House"}]}"##;
        let listing = offer(&page(&[text], &[])).unwrap_or_default();
        assert_eq!((listing.title.as_deref(), listing.brand.as_deref()), (Some("Lamp"), Some("Lumen")));
        assert_eq!(listing.seller.as_deref(), Some("Light House"));
        assert_eq!(amounts(&listing), Some(("12".into(), "12".into(), Some("EUR".into()))));
    }

    #[test]
    fn hostile_structured_data_end_in_nothing() {
        let deep = "[".repeat(100_000);
        let nested = format!("{}{}", r#"{"@graph":"#.repeat(5_000), "1");
        let huge = format!(r#"{{"@type":"Product","name":"{}","offers":{{"price":1e308}}}}"#, "x".repeat(200_000));
        let comments = "/*".repeat(50_000);
        let elements = "<div itemscope itemprop=a>".repeat(20_000);
        let mut snapshot = page(&[&deep, &nested, &comments, "", "null", "\"\\"], &[]);
        snapshot.structured.microdata.push(elements);
        assert_eq!(offer(&snapshot), None);
        let listing = offer(&page(&[&huge], &[])).unwrap_or_default();
        assert!(listing.title.is_some_and(|t| t.len() <= 5_000) && listing.price.is_none());
    }
}
