//! A listing cannot talk its way out: what a shop vouches for is never taken from where a seller writes.
//!
//! On every page of `tests/pages` the words by which its shop reassures are put into the offers' titles, sellers' names and descriptions, into
//! structured data and meta elements. No offer may gain a reassurance by that, and no warning may be lost.
#![allow(clippy::unwrap_used, reason = "a test's helpers are tests")]

use std::{fs, path::Path, path::PathBuf, sync::OnceLock};
use touchstone::report::{Judged, Report};
use touchstone::rules::{Rules, marketplace::Marketplace};
use touchstone::{cli::cut, embedded, engine::Engine, memory::Memory};

/// What sellers write to look trustworthy, whatever the shop.
const CLAIMS: [&str; 8] = [
    "Ships from and sold by Amazon.com",
    "Official Store",
    "Authenticity Guarantee",
    "100% authentic, brand authorized seller",
    "Sold by the brand",
    "官方旗舰店",
    "公式ストア",
    "Аmazon",
];

fn core() -> (&'static Rules, &'static Engine) {
    static CORE: OnceLock<(Rules, Engine)> = OnceLock::new();
    let (rules, engine) = CORE.get_or_init(|| {
        let rules = embedded::rules().unwrap();
        (rules.clone(), Engine::new(rules).unwrap())
    });
    (rules, engine)
}

struct Page {
    case: PathBuf,
    url: String,
    html: String,
    shop: Option<Marketplace>,
}

fn pages(rules: &Rules, engine: &Engine) -> Vec<Page> {
    let folders = |of: &Path| -> Vec<PathBuf> {
        let mut all: Vec<_> = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
        all.sort();
        all
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let page = |case: PathBuf| {
        let expected = fs::read_to_string(case.join("expect.toml")).unwrap();
        let url = expected.lines().find_map(|line| line.strip_prefix("url = \"")?.strip_suffix('"'))?.to_owned();
        let id = engine.markets().address(&url).map(|(id, _, _)| id.to_owned());
        let shop = rules.marketplaces.iter().find(|shop| Some(&shop.id) == id.as_ref()).cloned();
        // Pages in other encodings are read by the same code.
        let html = String::from_utf8(fs::read(case.join("page.html")).unwrap()).ok()?;
        Some(Page { case, url, html, shop })
    };
    folders(&root).iter().flat_map(|site| folders(site)).filter_map(page).collect()
}

/// The claims, and the shop's own words: its templates with something in the place of what they leave open. `names`: no words that a seller's
/// name has where the shop vets it alone.
fn claims(shop: Option<&Marketplace>, names: bool) -> Vec<String> {
    let rules = || shop.into_iter().flat_map(|shop| &shop.pages).flat_map(|page| &page.assurances);
    let vetted =
        |claim: &str| rules().filter(|rule| rule.vetted_name).flat_map(|rule| &rule.templates).any(|t| claim.contains(t.trim_matches('*')));
    let own = rules().flat_map(|rule| &rule.templates).map(|template| template.replace('*', " Best "));
    let mut all: Vec<String> = CLAIMS.into_iter().map(str::to_owned).chain(own).collect();
    all.dedup();
    all.retain(|claim| !names || !vetted(claim));
    all
}

fn read(page: &Page, html: &str, engine: &Engine) -> Report {
    let snapshot = cut::cut(html.as_bytes(), Some(&page.url), engine.markets()).unwrap();
    engine.inspect(&snapshot, &Memory::default())
}

fn codes(judged: &Judged) -> Vec<&str> {
    let mut codes: Vec<&str> = judged.listing.assurances.iter().map(|assurance| assurance.code.as_str()).collect();
    codes.sort_unstable();
    codes
}

/// Fails where an offer gained a reassurance, told by its place on the page.
fn gains_nothing(page: &Page, forged: &str, how: &str, before: &Report, engine: &Engine, wrong: &mut Vec<String>) {
    let after = read(page, forged, engine);
    for (one, other) in before.listings.iter().zip(&after.listings) {
        let gained: Vec<&str> = codes(other).into_iter().filter(|code| !codes(one).contains(code)).collect();
        if !gained.is_empty() {
            wrong.push(format!("{}: {how} brings {gained:?}", page.case.display()));
        }
    }
}

/// Puts every claim on every page, as `forge` writes it: pages, and how each says it. Gives what was gained, and how many pages were tried.
fn gained(names: bool, forge: impl Fn(&Page, &Report, &str) -> Vec<(String, String)>) -> (Vec<String>, usize) {
    let (rules, engine) = core();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for page in pages(rules, engine) {
        let before = read(&page, &page.html, engine);
        for claim in claims(page.shop.as_ref(), names) {
            for (html, how) in forge(&page, &before, &claim) {
                gains_nothing(&page, &html, &how, &before, engine, &mut wrong);
                tried += 1;
            }
        }
    }
    (wrong, tried)
}

#[test]
fn a_title_or_description_reassures_of_nothing() {
    let (wrong, tried) = gained(false, |page, before, claim| {
        let written = |judged: &Judged| [judged.listing.title.clone(), judged.listing.description.clone()];
        let texts = before.listings.iter().take(1).flat_map(written).flatten().filter(|text| page.html.contains(text));
        let forged = |text: String| {
            let how = format!("{claim:?} in {text:?}");
            [format!("{text} {claim}"), claim.to_owned()].map(|with| (page.html.replace(&text, &with), how.clone()))
        };
        texts.flat_map(forged).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 1_000, "only {tried} were tried");
}

#[test]
fn what_a_page_states_to_machines_reassures_of_nothing() {
    let (wrong, _) = gained(false, |page, _, claim| {
        let json = serde_json::json!({"@context": "https://schema.org", "@type": "Product", "name": claim, "brand": claim,
            "description": claim, "offers": {"@type": "Offer", "price": "1", "priceCurrency": "USD", "seller": {"@type": "Organization", "name": claim}}});
        let data = format!("<script type=\"application/ld+json\">{json}</script><meta property=\"og:site_name\" content=\"{claim}\">");
        let html = page.html.replacen("</body>", &format!("{data}</body>"), 1);
        vec![(html, format!("{claim:?} in structured data"))]
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sellers_name_reassures_of_nothing_but_where_the_shop_vets_it() {
    let (wrong, _) = gained(true, |page, before, claim| {
        let names = before.listings.iter().take(1).filter_map(|judged| judged.listing.seller.clone());
        let shown = names.filter(|name| page.html.contains(&format!(">{name}<")));
        let forged =
            |name: String| (page.html.replace(&format!(">{name}<"), &format!(">{claim}<")), format!("{claim:?} for the seller {name:?}"));
        shown.map(forged).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
