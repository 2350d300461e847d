//! Test pages in the shop's structure: tags, ids and classes as they stand on the page, with facts of our own.

use super::address;
use super::learn::Learned;
use super::toml_file::quoted;
use crate::cli::cut;
use crate::market::Markets;
use crate::rules::marketplace::{Field, Kind, Marketplace};
use serde_json::Value;
use std::fmt::Write as _;

/// A folder of `tests/pages`.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) page: String,
    pub(super) expect: String,
}

/// Goods that no page shows, with what they cost now and before.
const GOODS: [(&str, &str, &str); 3] =
    [("Enamel kettle, two litres", "25.00", "32.00"), ("Oak stool", "48.00", "60.00"), ("Linen lampshade", "19.00", "24.00")];

/// One case for each kind of page, or the kind where the page that was written is not read as it was written.
pub(super) fn cases(rules: &Marketplace, pages: &[&Learned], markets: &Markets) -> Vec<Result<Case, Kind>> {
    let case = |(kind, name): (Kind, &'static str)| {
        let learned = pages.iter().find(|page| page.kind == kind)?;
        let page = html(learned);
        let expect = expect(rules, &address(rules, learned), &page, learned, markets);
        Some(expect.map(|expect| Case { name, page, expect }).ok_or(kind))
    };
    [(Kind::Product, "product-ordinary"), (Kind::Search, "search-ordinary")].into_iter().filter_map(case).collect()
}

/// How many goods a page of this kind shows.
fn shown(kind: Kind) -> usize {
    if kind == Kind::Product { 1 } else { GOODS.len() }
}

fn html(page: &Learned) -> String {
    let currency = page.layout.currency.as_deref().unwrap_or("USD");
    let fill = |(title, price, before): (&str, &str, &str), at: usize| {
        let all = page.layout.skeleton.join("\n").replace("{title}", title);
        let all = all.replace("{price}", &format!("{price} {currency}")).replace("{listprice}", &format!("{before} {currency}"));
        all.replace("{brand}", "Kettleworks").replace("{seller}", "Kettle House").replace("{url}", &format!("/{}", 1_000_001 + at))
    };
    let body: Vec<String> = GOODS[..shown(page.kind)].iter().enumerate().map(|(at, goods)| fill(*goods, at)).collect();
    format!("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<body>\n{}\n", GOODS[0].0, body.join("\n"))
}

/// An address of the page's kind that is nobody's.
pub(super) fn address(rules: &Marketplace, page: &Learned) -> String {
    let item = rules.item.first().filter(|_| page.is_product());
    address::example(&page.host, item.unwrap_or(&page.address))
}

/// What is read of it now, to be looked through; nothing where it is not what was written.
fn expect(rules: &Marketplace, url: &str, html: &str, learned: &Learned, markets: &Markets) -> Option<String> {
    let mut text = format!("url = {}\nmarketplace = {}\npage = \"{}\"\n", quoted(url), quoted(&rules.id), word(learned.kind));
    let listings = markets.read(&cut::cut(html.as_bytes(), Some(url), markets).ok()?).listings;
    if listings.len() != shown(learned.kind) {
        return None;
    }
    let shows = |field| learned.layout.fields.contains_key(&field);
    for (found, (title, amount, _)) in listings.iter().zip(GOODS) {
        let price = found.listing.price.as_ref().map(|price| price.min.to_string());
        let is_title = !shows(Field::Title) || found.listing.title.as_deref() == Some(title);
        let is_price = !shows(Field::Price) || price.as_deref() == Some(amount);
        if !is_title || !is_price {
            return None;
        }
        let listing = serde_json::to_value(&found.listing).ok()?;
        text.push_str("\n[[listings]]\n");
        for field in ["title", "brand", "price", "list_price", "seller", "condition"] {
            match &listing[field] {
                // Writing to a String cannot fail.
                Value::String(value) => {
                    let _ = writeln!(text, "{field} = {}", quoted(value));
                }
                Value::Object(price) => {
                    let part = |part: &str| price.get(part).and_then(Value::as_str).map(|value| format!("{part} = {}", quoted(value)));
                    let parts: Vec<String> = ["min", "max", "currency"].into_iter().filter_map(part).collect();
                    let _ = writeln!(text, "{field} = {{ {} }}", parts.join(", "));
                }
                _ => {}
            }
        }
    }
    Some(text)
}

/// As data files name it.
pub(super) fn word(kind: Kind) -> &'static str {
    if kind == Kind::Product { "product" } else { "search" }
}
