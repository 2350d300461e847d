//! What a host and the addresses of saved pages tell: the shop's id and country, which part of an address is the item's number, and which are the
//! same on every page of a kind.

use crate::page::price;
use std::collections::BTreeSet;
use url::Url;

/// Second levels under which countries sell names: `shop.co.uk`.
const SECOND: [&str; 7] = ["ac", "co", "com", "gov", "ne", "net", "or"];
/// So many digits make a number of an item, and as many where they stand among the words of a title, which may name a year.
const DIGITS: usize = 4;
const DIGITS_AMONG_WORDS: usize = 5;
/// A part of a path that is longer is the words of a title, in bytes.
const LONGEST_PART: usize = 24;
/// Longer words before a number among words are the title's: `-p-985256825`, but `-shoe-985256825`.
const LONGEST_MARK: usize = 2;
/// The number of an item that is nobody's.
pub(super) const NUMBER: &str = "1000001";

/// Whether it is a host name as adapters write it.
pub(super) fn is_host(host: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    host.contains('.') && !host.starts_with("www.") && host.split('.').all(label)
}

/// Ids are file names, keys and parts of addresses.
pub(super) fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// `shop` of `shop.co.uk`.
pub(super) fn id(host: &str) -> String {
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop();
    if labels.len() > 1 && labels.last().is_some_and(|label| SECOND.contains(label)) {
        labels.pop();
    }
    labels.last().copied().unwrap_or_default().to_owned()
}

/// The country of a host's last label, where that is no `open` domain, which anyone takes.
pub(super) fn country(host: &str, open: &[String]) -> Option<String> {
    let label = host.rsplit('.').next().filter(|label| label.len() == 2 && !open.iter().any(|open| open == label))?;
    let code = if label == "uk" { "GB".to_owned() } else { label.to_ascii_uppercase() };
    price::is_country(&code).then_some(code)
}

/// The templates of an item's address: `{}` in the place of its number, `{#}` where that is of digits alone, `*` for what is another on each page.
/// `names` are the words of title, brand and seller, which addresses repeat.
pub(super) fn items(url: &Url, names: &BTreeSet<String>) -> Vec<String> {
    let segments: Vec<&str> = url.path().split('/').skip(1).collect();
    let numbered = segments.iter().position(|segment| is_number(stem(segment))).map(|at| {
        let number = stem(segments[at]);
        (at, format!("{}{}", capture(number), &segments[at][number.len()..]))
    });
    let stated = url.query_pairs().find(|(_, value)| is_number(value));
    if let (None, Some((key, value)), Some(path)) = (&numbered, stated, literal(url.path())) {
        let pair = format!("{key}={}", capture(&value));
        return if literal(&key).is_some() { vec![format!("{path}?{pair}"), format!("{path}?*&{pair}")] } else { Vec::new() };
    }
    let among_words = || segments.iter().enumerate().rev().find_map(|(at, segment)| Some((at, number_among_words(segment)?)));
    let Some((at, last)) = numbered.or_else(among_words) else { return Vec::new() };
    let before: String = segments[..at].iter().map(|segment| format!("/{}", if is_own(segment, names) { "*" } else { segment })).collect();
    vec![format!("{before}/{last}")]
}

/// The template that pages of this kind fit.
pub(super) fn page(url: &Url, items: &[String], names: &BTreeSet<String>) -> String {
    if let Some(item) = items.first() {
        let open = item.replace("{#}", "*").replace("{}", "*");
        let fixed = open.split_once('?').map_or(open.as_str(), |(path, _)| path);
        return if fixed.len() < open.len() { format!("{fixed}?*") } else { format!("{}*", fixed.trim_end_matches('*')) };
    }
    let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let is_fixed = |segment: &&str| !is_own(segment, names) && literal(segment).is_some();
    if url.query().is_some() && (segments.len() == 1 || segments.iter().all(is_fixed)) {
        return format!("{}?*", url.path());
    }
    match segments.as_slice() {
        [first, _, ..] => format!("/{}/*", if is_fixed(first) { first } else { "*" }),
        [only] if is_fixed(only) => format!("/{only}*"),
        _ => "/*".to_owned(),
    }
}

/// An address that fits the template of an item or of a page, and is nobody's.
pub(super) fn example(host: &str, template: &str) -> String {
    let path = template.replace("?*&", "?").replace("?*", "?q=kettle").replace("{#}", NUMBER).replace("{}", NUMBER);
    format!("https://{host}{}", path.replace('*', "kettle"))
}

fn capture(number: &str) -> &'static str {
    if number.bytes().all(|c| c.is_ascii_digit()) { "{#}" } else { "{}" }
}

fn is_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS && !is_title(text)
}

/// The longest number among the words of a part, the last of equals, with the sign or short word that leads to it.
fn number_among_words(segment: &str) -> Option<String> {
    let parts = |c: char| matches!(c, '-' | '.' | '_');
    let name = stem(segment);
    let pieces = || name.split(parts).map(|piece| (piece.as_ptr() as usize - name.as_ptr() as usize, piece));
    let is_number = |piece: &str| piece.len() >= DIGITS_AMONG_WORDS && piece.bytes().all(|c| c.is_ascii_digit());
    let (at, number) = pieces().filter(|(_, piece)| is_number(piece)).max_by_key(|(_, piece)| piece.len())?;
    let mark = pieces().take_while(|(start, _)| *start < at).last().filter(|(_, piece)| (1..=LONGEST_MARK).contains(&piece.len()));
    let from = mark.map_or(at, |(start, _)| start);
    let lead = if from == 0 { name[..at].to_owned() } else { format!("*{}", &name[from - 1..at]) };
    let after = &name[at + number.len()..];
    let rest = after.chars().next().map_or(String::new(), |sign| format!("{sign}*"));
    Some(format!("{lead}{{#}}{rest}{}", &segment[name.len()..]))
}

/// Whether a part of a path is another for each item.
fn is_own(segment: &str, names: &BTreeSet<String>) -> bool {
    is_title(segment) || names.contains(&segment.to_lowercase())
}

fn is_title(segment: &str) -> bool {
    segment.contains(['-', '%', '*', '#', '{', '}', '+']) || segment.len() > LONGEST_PART
}

/// A segment without an ending such as `.html`.
fn stem(segment: &str) -> &str {
    let ending = segment.rfind('.').filter(|&dot| dot + 1 < segment.len() && segment[dot + 1..].bytes().all(|c| c.is_ascii_alphabetic()));
    ending.map_or(segment, |dot| &segment[..dot])
}

/// A part of an address that stands for itself in a template.
fn literal(text: &str) -> Option<&str> {
    (!text.contains(['*', '#', '{', '}'])).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_gives_id_and_country() {
        let open = ["io".to_owned()];
        assert_eq!((id("shop.example"), id("shop.co.uk"), id("jp.shop.com")), ("shop".into(), "shop".into(), "shop".into()));
        assert_eq!((country("shop.co.uk", &open).as_deref(), country("shop.de", &open).as_deref()), (Some("GB"), Some("DE")));
        assert_eq!((country("shop.com", &open), country("shop.io", &open)), (None, None));
        assert!(is_host("shop.example") && !is_host("www.shop.example") && !is_host("https://shop.example") && !is_host("shop"));
        assert!(is_id("shop-uk") && !is_id("") && !is_id("../a") && !is_id("A"));
    }

    #[test]
    fn the_number_in_an_address_is_the_items() {
        for (address, templates) in [
            ("/p/12345?x=1", "/p/{#}"),
            ("/item/m96084058332", "/item/{}"),
            ("/item.htm?id=612345678901", "/item.htm?id={#} /item.htm?*&id={#}"),
            ("/site/a-1tb-ssd-gen-3-x4/6509712.p?sku=6509712", "/site/*/{#}.p"),
            ("/lamps/p/a12345", "/*/p/{}"),
            ("/red-shoe-12345.html", "/*-{#}.html"),
            ("/lamp-of-2024-p-985256825", "/*-p-{#}"),
            ("/items/7602819966-lamp-2025", "/items/{#}-*"),
            ("/A-Lamp-i.672907573.19445913336", "/*.{#}"),
            ("/p-98525", "/p-{#}"),
            ("/lamp-500-gram-28da", ""),
            ("/about", ""),
        ] {
            let names = BTreeSet::from(["lamps".to_owned()]);
            assert_eq!(items(&Url::parse(&format!("https://a.example{address}")).unwrap(), &names).join(" "), templates, "{address}");
        }
    }

    #[test]
    fn a_kind_of_page_has_what_is_fixed_in_its_address() {
        for (address, item, template) in [
            ("/p/12345", "/p/{#}", "/p/*"),
            ("/a/p/12345", "/*/p/{#}.html", "/*/p/*.html*"),
            ("/item.htm?id=1", "/item.htm?id={#}", "/item.htm?*"),
            ("/search?q=x", "", "/search?*"),
            ("/search-results?q=x", "", "/search-results?*"),
            ("/catalog/?q=x", "", "/catalog/?*"),
            ("/c/shoes/men", "", "/c/*"),
            ("/lamps/a-lamp", "", "/*/*"),
            ("/shoes", "", "/shoes*"),
            ("/s-red-shoes/k0", "", "/*/*"),
        ] {
            let names = BTreeSet::from(["lamps".to_owned()]);
            let items: Vec<String> = Some(item.to_owned()).filter(|item| !item.is_empty()).into_iter().collect();
            assert_eq!(page(&Url::parse(&format!("https://a.example{address}")).unwrap(), &items, &names), template, "{address}");
        }
    }

    #[test]
    fn an_example_is_nobodys_address() {
        assert_eq!(example("a.example", "/*/p/{#}.html"), "https://a.example/kettle/p/1000001.html");
        assert_eq!(example("a.example", "/item.htm?id={#}"), "https://a.example/item.htm?id=1000001");
        assert_eq!(example("a.example", "/search?*"), "https://a.example/search?q=kettle");
    }
}
