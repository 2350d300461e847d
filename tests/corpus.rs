//! What is measured on real saved pages, where a set of them lies beside the repository: how small snapshots are, and how many facts are read.
//!
//! The pages are other people's and no part of the repository; without them the test says that it was skipped.
#![allow(clippy::print_stdout, reason = "a measurement is read where the test ran")]

use std::{fs, path::Path, path::PathBuf, process::Command};
use touchstone::rules::marketplace::{Extractor, Field};
use touchstone::{cli::cut, embedded, engine::Engine, memory::Memory, page::text::fold};

const MOST_BYTES: usize = 400 * 1024;
const MEDIAN_BYTES: usize = 40 * 1024;

fn pages() -> Option<PathBuf> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    let found = pages.join("INDEX.tsv").exists();
    if !found {
        println!("skipped: no saved pages at {}", pages.display());
    }
    found.then_some(pages)
}

#[test]
fn snapshots_of_real_pages_are_small() {
    let Some(pages) = pages() else { return };
    let engine = Engine::new(embedded::rules().unwrap()).unwrap();
    let index = fs::read_to_string(pages.join("INDEX.tsv")).unwrap();
    let mut sizes = Vec::new();
    for row in index.lines().skip(1) {
        let [file, url] = [0, 1].map(|column| row.split('\t').nth(column).unwrap());
        if engine.markets().plan(url).marketplace.is_none() {
            continue;
        }
        let snapshot = cut::cut(&fs::read(pages.join(file)).unwrap(), Some(url), engine.markets()).unwrap();
        sizes.push((serde_json::to_string(&snapshot).unwrap().len(), file.to_owned()));
    }
    sizes.sort();
    let (median, (largest, file)) = (sizes[sizes.len() / 2].0, sizes.last().unwrap());
    println!("{} snapshots: median {median} bytes, largest {largest} bytes ({file})", sizes.len());
    assert!(median <= MEDIAN_BYTES, "median {median}: {sizes:#?}");
    assert!(*largest <= MOST_BYTES, "{sizes:#?}");
}

#[test]
fn at_most_one_fact_a_field_is_missed_on_the_first_shops() {
    let Some(pages) = pages() else { return };
    let mut missed = std::collections::BTreeMap::<String, u32>::new();
    for host in ["amazon", "ebay", "aliexpress", "taobao", "tmall"] {
        let scorer = Command::new("python3")
            .arg(pages.join("../score/pages.py"))
            .arg(pages.join("INDEX.tsv"))
            .arg(env!("CARGO_BIN_EXE_touchstone"))
            .args(["--only", host])
            .output()
            .unwrap();
        for line in String::from_utf8_lossy(&scorer.stdout).lines().filter(|line| line.contains(" %") && !line.starts_with("all fields")) {
            let (field, figures) = line.split_at(20);
            let (right, known) = figures.trim_start().split_once('/').unwrap();
            let known: u32 = known.split_whitespace().next().unwrap().parse().unwrap();
            *missed.entry(field.trim().to_owned()).or_default() += known - right.trim().parse::<u32>().unwrap();
        }
    }
    println!("missed: {missed:?}");
    assert!(!missed.is_empty(), "the scorer printed nothing");
    assert!(missed.values().all(|&count| count <= 1), "{missed:?}");
}

/// What is still right of real product pages when every shop has changed its layout: how many of the known facts, by field.
#[test]
fn a_changed_layout_leaves_what_pages_say_to_machines() {
    let Some(pages) = pages() else { return };
    let mut rules = embedded::rules().unwrap();
    for fields in rules.marketplaces.iter_mut().flat_map(|shop| &mut shop.pages).map(|page| &mut page.fields) {
        for extractors in fields.values_mut() {
            extractors.retain(|one| one.structured.is_some() || one.meta.is_some());
        }
        // The layout is still what the page is read by; it only finds nothing.
        let gone = Extractor { at: Some("#no-longer-there".into()), ..Extractor::default() };
        fields.entry(Field::Title).or_default().insert(0, gone);
    }
    let engine = Engine::new(rules).unwrap();
    let index = fs::read_to_string(pages.join("INDEX.tsv")).unwrap();
    let columns: Vec<&str> = index.lines().next().unwrap().split('\t').collect();
    let mut counts = std::collections::BTreeMap::<&str, (usize, usize)>::new();
    for row in index.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let cell = |name: &str| columns.iter().position(|column| *column == name).and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let bytes = fs::read(pages.join(cell("file"))).unwrap();
        let says_it = String::from_utf8_lossy(&bytes);
        let is_known = cell("kind") == "product" && engine.markets().plan(cell("url")).marketplace.is_some();
        if !is_known || !says_it.contains("application/ld+json") || !says_it.contains("\"offers\"") {
            continue;
        }
        let report = engine.inspect(&cut::cut(&bytes, Some(cell("url")), engine.markets()).unwrap(), &Memory::default());
        let listing = report.listings.first().map(|judged| &judged.listing);
        let price = listing.and_then(|listing| listing.price.as_ref());
        let mut count = |field, known: &str, right: bool| {
            if !known.is_empty() {
                let (rights, all) = counts.entry(field).or_default();
                (*rights, *all) = (*rights + usize::from(right), *all + 1);
            }
        };
        let is_there = |found: Option<&String>, known: &str| {
            let beginning: String = fold(known).chars().take(20).collect();
            found.is_some_and(|found| fold(found).contains(&beginning))
        };
        count("title", cell("title"), is_there(listing.and_then(|listing| listing.title.as_ref()), cell("title")));
        count("brand", cell("brand"), is_there(listing.and_then(|listing| listing.brand.as_ref()), cell("brand")));
        count("price", cell("price_min"), price.is_some_and(|price| price.min.to_string().parse::<f64>() == cell("price_min").parse()));
        count("currency", cell("currency"), price.and_then(|price| price.currency.as_deref()) == Some(cell("currency")));
        count("said to be so", cell("title"), report.read_by.get(&Field::Title).is_some_and(|by| by.spare));
    }
    println!("read of pages with structured offers, by no layout: {counts:?}");
    for (field, (right, all)) in counts {
        let floor = if matches!(field, "title" | "price") { 80 } else { 60 };
        assert!(right * 100 >= all * floor, "{field}: {right} of {all}");
    }
}
