//! What is fuzzed: each function takes bytes of a stranger and must neither panic nor answer what no answer may be.
//!
//! The fuzzer calls them with what it makes up, `tests/fuzz.rs` with what was kept of that. An input is one text, or several parts between
//! [`BREAK`]s, so that a mutation of one part leaves the others whole.

#![allow(dead_code, reason = "each target is a program of its own and calls one function")]

use rust_decimal::Decimal;
use std::sync::OnceLock;
use touchstone::carried::Carried;
use touchstone::cli::cut::cut;
use touchstone::embedded;
use touchstone::engine::Engine;
use touchstone::memory::Memory;
use touchstone::notice::{
    Context,
    record::{Record, newest_first},
};
use touchstone::page::{Region, Role, Snapshot, Structured, price, structured as reader};
use touchstone::report::{PageKind, Report};
use touchstone::rules::Rules;

/// A function that is fuzzed.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also the name of its folder of seeds.
pub const TARGETS: [(&str, Target); 8] = [
    ("snapshot", snapshot),
    ("page", page),
    ("price", price),
    ("structured", structured),
    ("state", state),
    ("rules", rules),
    ("ledger", ledger),
    ("notice", notice),
];

/// Stands between the parts of an input: a byte that is in no UTF-8 text.
pub const BREAK: u8 = 0xff;

/// What no part of a snapshot passes.
const LARGEST_SNAPSHOT: usize = 400_000;

fn core() -> &'static Carried {
    static CORE: OnceLock<Carried> = OnceLock::new();
    CORE.get_or_init(|| Carried::new(embedded::rules().expect("rules")).expect("core"))
}

fn parts(input: &[u8]) -> Vec<String> {
    input.split(|&byte| byte == BREAK).map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

/// The address that a text is, or that of a shop that nobody knows.
fn address(text: &str) -> &str {
    if url::Url::parse(text).is_ok() { text } else { "https://unknown.example/p/1" }
}

/// The first part and all behind it.
fn first(input: &[u8]) -> Option<(String, &[u8])> {
    let at = input.iter().position(|&byte| byte == BREAK)?;
    Some((String::from_utf8_lossy(&input[..at]).into_owned(), &input[at + 1..]))
}

/// A page's answer, and what is true of every one.
fn inspected(snapshot: &Snapshot) -> Report {
    let report = core().engine.inspect(snapshot, &Memory::default());
    for judged in &report.listings {
        assert!((0.0..=1.0).contains(&judged.assessment.score), "a score is a share");
        for amount in [&judged.listing.price, &judged.listing.list_price].into_iter().flatten() {
            amount_is_sound(amount.min, amount.max);
        }
    }
    let written = serde_json::to_string(&report).expect("a report is plain data");
    assert!(serde_json::from_str::<Report>(&written).is_ok(), "a report is read as it was written");
    if !report.listings.is_empty() {
        drafted(&report, "en", Some("DE"));
    }
    report
}

fn amount_is_sound(min: Decimal, max: Decimal) {
    assert!(Decimal::ZERO <= min && min <= max, "an amount is a range from nothing upwards");
}

fn drafted(report: &Report, language: &str, country: Option<&str>) {
    let context = Context { language: language.into(), country: country.map(Into::into), now: "2026-11-22T09:30:00Z".into() };
    let desk = core().desk().expect("desk");
    let record = desk.draft(report, 0, &context).expect("a listing that is there is drafted");
    let turned = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}');
    assert!(!record.notice.text.contains(turned), "no character of a notice hides or turns another");
    let case = desk.false_alarm(report, 0).expect("a listing that is there makes a case");
    assert!(!case.contains(turned), "nor one of a case");
    assert!(record.checked().is_ok(), "what is drafted can be stored");
}

/// A snapshot as a page hands it over: address, then regions, structured data and state in turn.
pub fn snapshot(input: &[u8]) {
    let parts = parts(input);
    let url = parts.first().map_or("", String::as_str);
    let mut snapshot = Snapshot { url: address(url).into(), ..Snapshot::default() };
    for part in parts.iter().skip(1) {
        let Some((kind, text)) = part.split_at_checked(1) else { continue };
        match kind {
            "o" => snapshot.regions.push(Region { role: Role::Offer, html: text.into() }),
            "t" => snapshot.regions.push(Region { role: Role::Tile, html: text.into() }),
            "j" => snapshot.structured.json_ld.push(text.into()),
            "m" => snapshot.structured.microdata.push(text.into()),
            "n" => {
                let (key, value) = text.split_once('=').unwrap_or((text, ""));
                snapshot.structured.meta.push((key.into(), value.into()));
            }
            "c" => snapshot.structured.canonical = Some(text.into()),
            "s" => {
                let (key, value) = text.split_once('=').unwrap_or((text, ""));
                snapshot.state.insert(key.into(), serde_json::from_str(value).unwrap_or_else(|_| value.into()));
            }
            _ => snapshot.title = Some(text.into()),
        }
    }
    let report = inspected(&snapshot);
    assert_eq!(report, core().engine.inspect(&snapshot, &Memory::default()), "the same input has the same answer");
}

/// An address, and a saved page in whatever encoding.
pub fn page(input: &[u8]) {
    let Some((url, page)) = first(input) else { return };
    let Ok(snapshot) = cut(page, Some(address(&url)), core().engine.markets()) else { return };
    let size: usize = snapshot.regions.iter().map(|region| region.html.len()).sum();
    assert!(size <= LARGEST_SNAPSHOT, "a snapshot keeps its limit");
    inspected(&snapshot);
}

/// A price beside what is known of its shop: country, currency, language, text.
pub fn price(input: &[u8]) {
    let parts = parts(input);
    let known = |at: usize| parts.get(at).filter(|part| !part.is_empty()).cloned();
    let hint = price::Hint { country: known(0), currency: known(1), language: known(2) };
    let Some(text) = parts.get(3).or(parts.first()).map(String::as_str) else { return };
    if let Some(read) = price::read(text, &hint) {
        amount_is_sound(read.min, read.max);
        assert!(read.currency.as_deref().is_none_or(|code| code.len() == 3), "a currency is three letters");
    }
    let _ = (price::currency(text, &hint), price::has_sign(text), price::is_country(text), price::is_currency(text));
}

/// Structured data: scripts of JSON-LD.
pub fn structured(input: &[u8]) {
    let structured = Structured { json_ld: parts(input), ..Structured::default() };
    let _ = reader::products(&structured);
    let snapshot = Snapshot { url: "https://unknown.example/p/1".into(), structured, ..Snapshot::default() };
    let _ = (reader::own_product(&snapshot), reader::offer(&snapshot), reader::results(&snapshot));
    inspected(&snapshot);
}

/// An address, and what its shop's page holds in every script of which the state is read.
pub fn state(input: &[u8]) {
    let Some((url, text)) = first(input) else { return };
    let markets = core().engine.markets();
    let plan = markets.plan(&url);
    let Some(page) = markets.page(&url) else { return };
    let text = String::from_utf8_lossy(text);
    let states = plan.states.iter().filter(|state| state.page == page);
    let scripts: String = states.map(|state| element(&state.script, &format!("{}{text}", state.after))).collect();
    let html = format!("<!doctype html><html><body><h1>Page</h1>{scripts}</body></html>");
    if let Ok(snapshot) = cut(html.as_bytes(), Some(&url), markets) {
        inspected(&snapshot);
    }
}

/// A script element that a selector of the plans' kind matches: `script#ID`, `script[NAME="VALUE"]`.
fn element(selector: &str, text: &str) -> String {
    let id = selector.split_once('#').map_or("", |(_, id)| id.split(['[', ':', '.']).next().unwrap_or_default());
    let attributes: String =
        selector.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0)).map(|a| format!(" {a}")).collect();
    format!("<script id=\"{id}\"{}>{text}</script>", attributes.replace("*=", "=").replace("^=", "="))
}

/// A data file: its kind in one letter, then its text.
pub fn rules(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let Some((kind, text)) = text.split_at_checked(1) else { return };
    fn one<T: serde::de::DeserializeOwned>(text: &str) -> Option<Vec<T>> {
        toml::from_str(text).ok().map(|file| vec![file])
    }
    static SHIPPED: OnceLock<Rules> = OnceLock::new();
    // What the file is not compiled with would take the time; brands refer to kinds of goods.
    let shipped = SHIPPED.get_or_init(|| {
        let all = embedded::rules().expect("rules");
        Rules { brands: Vec::new(), marketplaces: Vec::new(), words: Vec::new(), alerts: Vec::new(), notices: Vec::new(), ..all }
    });
    let mut rules = shipped.clone();
    if kind != "b" {
        rules.goods.clear();
    }
    let read = match kind {
        "m" => one(text).map(|file| rules.marketplaces = file),
        "b" => one(text).map(|file| rules.brands = file),
        "g" => one(text).map(|file| rules.goods = file),
        "w" => one(text).map(|file| rules.words = file),
        "c" => one(text).map(|file| rules.channels = file),
        "n" => one(text).map(|file| rules.notices = file),
        "a" => one(text).map(|file| rules.alerts = file),
        "x" => toml::from_str(text).ok().map(|file| rules.generic = file),
        "y" => toml::from_str(text).ok().map(|file| rules.countries = file),
        "d" => toml::from_str(text).ok().map(|file| rules.domains = file),
        "r" => toml::from_str(text).ok().map(|file| rules.rates = file),
        "s" => toml::from_str(text).ok().map(|file| rules.sales = file),
        _ => toml::from_str(text).ok().map(|file| rules.weights = file),
    };
    if read.is_none() {
        return;
    }
    let Ok(engine) = Engine::new(rules) else { return };
    let _ = engine.markets().check();
    let html = "<h1>Shoe, 1:1 replica</h1><b>$5</b><p>Sold by <a>somebody</a></p>".to_owned();
    let regions = vec![Region { role: Role::Offer, html }];
    let _ = engine.inspect(&Snapshot { url: address("").into(), regions, ..Snapshot::default() }, &Memory::default());
}

/// Stored reports as a file holds them.
pub fn ledger(input: &[u8]) {
    let Ok(values) = serde_json::from_slice::<Vec<serde_json::Value>>(input) else { return };
    let records = values.into_iter().filter_map(|value| serde_json::from_value::<Record>(value).ok());
    let records: Vec<Record> = newest_first(records.filter_map(|record| record.checked().ok()).collect());
    for record in records {
        let written = serde_json::to_string(&record).expect("a record is plain data");
        let again: Record = serde_json::from_str(&written).expect("a record is read as it was written");
        assert!(again == record, "a record is kept as it was");
    }
}

/// A page's own words in a notice: language, country, address, title, seller, identifier, brand, price, condition.
pub fn notice(input: &[u8]) {
    let parts = parts(input);
    let part = |at: usize| parts.get(at).filter(|part| !part.is_empty()).cloned();
    let listing = touchstone::listing::Listing {
        url: part(2),
        title: part(3),
        seller: part(4),
        item_id: part(5),
        brand: part(6),
        price: part(7).and_then(|text| price::read(&text, &price::Hint::default())),
        description: part(8),
        category: part(9),
        ..Default::default()
    };
    let assessment = core().engine.assess(&listing, None);
    let key = "web:1".to_owned();
    let judged = touchstone::report::Judged { listing, region: None, key, assessment, silenced: None };
    let report = Report {
        schema: 1,
        url: part(2).unwrap_or_default(),
        marketplace: None,
        page: PageKind::Product,
        obstacle: None,
        version: None,
        read_by: Default::default(),
        prices: Default::default(),
        listings: vec![judged],
    };
    drafted(&report, &part(0).unwrap_or_default(), part(1).as_deref());
}
