//! The adapter as a file that a person goes on writing.

use super::address::NUMBER;
use super::learn::Learned;
use super::sketch::{address, word};
use crate::market::template::Template;
use crate::rules::Source;
use crate::rules::marketplace::{Case, Extractor, Field, Host, Kind, Marketplace, Page};
use std::fmt::Write as _;

/// The adapter that the pages together propose.
pub(super) fn marketplace(id: &str, host: &str, country: Option<String>, pages: &[&Learned]) -> Marketplace {
    let today = jiff::Zoned::now().strftime("%Y-%m-%d").to_string();
    let mut rules = Marketplace {
        id: id.to_owned(),
        name: capital(id),
        version: 1,
        basis: Source { source: format!("saved pages of {host}, looked through on this date"), date: today },
        hosts: vec![Host { host: host.to_owned(), country, currency: pages.iter().find_map(|page| page.layout.currency.clone()) }],
        ..Marketplace::default()
    };
    for item in pages.iter().flat_map(|page| &page.items) {
        push(&mut rules.item, item.clone());
    }
    // The form without the words of a title is not known: the address stays as it is.
    rules.canonical = rules.item.first().filter(|first| first.contains('*')).map(|_| String::new());
    let of_kind = |kind: Kind| -> Vec<&Learned> { pages.iter().copied().filter(|page| page.kind == kind).collect() };
    let mut kinds: Vec<Vec<&Learned>> = [Kind::Product, Kind::Search].into_iter().map(of_kind).filter(|pages| !pages.is_empty()).collect();
    // The first kind that fits is taken: the one whose addresses say less comes last.
    if let [product, search] = kinds.as_slice()
        && product.iter().any(|product| search.iter().any(|search| fits(&product.address, &address(&rules, search))))
    {
        kinds.reverse();
    }
    rules.pages = kinds.iter().map(|pages| page(pages)).collect();
    for learned in kinds.into_iter().flatten() {
        let item_id = Some(NUMBER.to_owned()).filter(|_| !learned.items.is_empty());
        let case = Case { url: address(&rules, learned), kind: Some(learned.kind), item_id };
        if !rules.cases.contains(&case) {
            rules.cases.push(case);
        }
    }
    rules
}

fn fits(template: &str, url: &str) -> bool {
    let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.is_some_and(|path| Template::path(template).is_ok_and(|template| template.fits(path)))
}

fn page(pages: &[&Learned]) -> Page {
    let mut made = Page { kind: pages.first().map_or(Kind::Product, |page| page.kind), ..Page::default() };
    for page in pages {
        push(&mut made.url, page.address.clone());
        page.layout.regions.iter().for_each(|region| push(&mut made.regions, region.clone()));
        for (field, extractor) in &page.layout.fields {
            push(made.fields.entry(*field).or_default(), extractor.clone());
        }
    }
    let shown = made.fields.get(&Field::Price).or_else(|| made.fields.get(&Field::Title)).into_iter().flatten();
    made.place = shown.filter_map(|extractor| extractor.at.clone()).collect();
    for field in pages.iter().flat_map(|page| &page.layout.stated) {
        push(made.fields.entry(*field).or_default(), Extractor { structured: Some(name(*field)), ..Extractor::default() });
    }
    made
}

fn push<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// As data files name it.
pub(super) fn name(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_default()
}

fn capital(id: &str) -> String {
    let mut letters = id.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// The file.
pub(super) fn write(rules: &Marketplace) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "# Proposed by `touchstone adapter new`; look at every line. CONTRIBUTING.md says what to look for.");
    let _ = writeln!(text, "id = {}\nname = {}\nversion = {}", quoted(&rules.id), quoted(&rules.name), rules.version);
    let _ = writeln!(text, "# New shops are optional: their host permission is asked for by a click.\ninstall = false");
    let _ = writeln!(text, "basis = {{ source = {}, date = {} }}", quoted(&rules.basis.source), quoted(&rules.basis.date));
    if !rules.item.is_empty() {
        let _ = writeln!(text, "item = {}", list(&rules.item));
    }
    if rules.canonical.is_some() {
        let _ = writeln!(text, "# Where the shop has a form without the words of the title: \"/item/{{}}\".\ncanonical = \"\"");
    }
    for host in &rules.hosts {
        let _ = writeln!(text, "\n[[hosts]]\nhost = {}", quoted(&host.host));
        for (key, value) in [("country", &host.country), ("currency", &host.currency)] {
            if let Some(value) = value {
                let _ = writeln!(text, "{key} = {}", quoted(value));
            }
        }
    }
    text + &rules.pages.iter().map(page_text).collect::<String>() + &rules.cases.iter().map(case_text).collect::<String>()
}

fn page_text(page: &Page) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "\n[[pages]]\nkind = {}\nurl = {}", quoted(word(page.kind)), list(&page.url));
    let holds = if page.kind == Kind::Product { "What holds the page's own offer, and nothing of other goods." } else { "A result each." };
    let _ = writeln!(text, "# {holds}\nregions = {}", list(&page.regions));
    let _ = writeln!(text, "# What inside them is not the offer: recommendations, used offers, struck and monthly prices.\nexclude = []");
    let _ = writeln!(text, "place = {}\n\n[pages.fields]", list(&page.place));
    for (field, extractors) in &page.fields {
        let _ = writeln!(text, "{} = [{}]", name(*field), extractors.iter().map(extractor_text).collect::<Vec<_>>().join(", "));
    }
    text
}

fn extractor_text(extractor: &Extractor) -> String {
    let named = [("at", &extractor.at), ("attr", &extractor.attr), ("structured", &extractor.structured)];
    let named = named.into_iter().filter_map(|(key, value)| Some(format!("{key} = {}", quoted(value.as_deref()?))));
    let templates = (!extractor.templates.is_empty()).then(|| format!("templates = {}", list(&extractor.templates)));
    format!("{{ {} }}", named.chain(templates).collect::<Vec<_>>().join(", "))
}

fn case_text(case: &Case) -> String {
    let mut text = format!("\n[[cases]]\nurl = {}\n", quoted(&case.url));
    if let Some(kind) = case.kind {
        let _ = writeln!(text, "kind = {}", quoted(word(kind)));
    }
    if let Some(id) = &case.item_id {
        let _ = writeln!(text, "item_id = {}", quoted(id));
    }
    text
}
