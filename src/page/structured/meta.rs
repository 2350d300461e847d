//! The product that a page's own `meta` elements describe.

use rust_decimal::Decimal;

use super::{
    Product, asked,
    node::{condition, price, shown},
};
use crate::page::identifiers;

/// The product, where the page says that it is one or what it costs.
pub(super) fn product(meta: &[(String, String)]) -> Option<Product> {
    let get =
        |keys: &[&str]| keys.iter().find_map(|key| meta.iter().find(|(k, v)| k == key && !v.trim().is_empty())).map(|(_, v)| v.as_str());
    let amount = |kind: &str| {
        let keys: Vec<String> = ["product", "og"].iter().map(|p| format!("{p}:{kind}:amount")).collect();
        let currencies: Vec<String> = ["product", "og"].iter().map(|p| format!("{p}:{kind}:currency")).collect();
        let written = get(&keys.iter().map(String::as_str).collect::<Vec<_>>())?;
        let currency = get(&currencies.iter().map(String::as_str).collect::<Vec<_>>())
            .or_else(|| get(&["product:price:currency", "og:price:currency"]));
        asked(price(written, currency)?)
    };
    let is_product = get(&["og:type"]).is_some_and(|kind| {
        let kind = kind.trim().to_ascii_lowercase();
        matches!(kind.rsplit(':').next(), Some("product" | "product.item"))
    });
    let regular = amount("price");
    if !is_product && regular.is_none() {
        return None;
    }
    let (price, list_price) = match amount("sale_price") {
        Some(sale) => (Some(sale), regular),
        None => (regular, amount("original_price").filter(|p| p.max > Decimal::ZERO)),
    };
    Some(Product {
        name: get(&["og:title"]).and_then(shown).map(|title| without_site(&title, get(&["og:site_name"]))),
        brand: get(&["product:brand", "og:brand"]).and_then(shown),
        list_price: list_price.filter(|list| price.as_ref().is_none_or(|p| p.max < list.max)),
        price,
        condition: get(&["product:condition", "og:condition"]).and_then(condition),
        gtin: get(&["product:gtin", "product:ean", "product:upc", "product:isbn", "og:upc", "og:isbn"]).and_then(identifiers::gtin),
        url: get(&["og:url"]).map(str::to_owned),
        images: meta.iter().filter(|(k, v)| k == "og:image" && !v.is_empty()).map(|(_, v)| v.clone()).take(20).collect(),
        availability: get(&["product:availability", "og:availability"]).and_then(shown),
        category: get(&["product:category"]).and_then(shown),
        description: get(&["og:description"]).and_then(shown),
        sku: get(&["product:retailer_item_id"]).and_then(shown),
        ..Product::default()
    })
}

/// `Lamp | Light Shop` without the shop.
fn without_site(title: &str, site: Option<&str>) -> String {
    let stripped = site.and_then(shown).and_then(|site| {
        let rest = title.strip_suffix(site.as_str())?.trim_end();
        let name = rest.strip_suffix(['|', '-', '–', '—', '·', ':', '•'])?.trim_end();
        (!name.is_empty()).then(|| name.to_owned())
    });
    stripped.unwrap_or_else(|| title.to_owned())
}
