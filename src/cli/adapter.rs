//! `touchstone adapter new`: a first adapter of a shop from pages that were saved of it, and how it reads them.
//!
//! The pages are read as those of any shop are; where on them stands what was read is what the adapter names. A person goes on from there.

mod address;
mod learn;
mod product;
mod propose;
mod results;
mod shown;
mod sketch;
mod toml_file;

use super::{cut, data_files, encoding, say};
use crate::embedded;
use crate::listing::Listing;
use crate::market::{Markets, Reading};
use crate::rules::Rules;
use crate::rules::marketplace::{Field, Marketplace};
use clap::Subcommand;
use learn::{Learned, Reader};
use scraper::Html;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use url::Url;

/// What a table says of where nothing was read, as most offers have it.
const LOOKED_FOR: [Field; 4] = [Field::Title, Field::Price, Field::Brand, Field::Seller];
/// A value is cut here in a table, in characters.
const LONGEST_VALUE: usize = 60;

/// Starts the adapter of a shop, which says how its pages are read.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(New),
}

/// Proposes the adapter of a shop from saved pages of it, and prints how it reads each of them.
///
/// The pages are read like those of a shop that nobody knows. Where on them stands what was read, or what their structured data say, is proposed
/// as short selectors: ids, test ids and chosen class names before what a build makes. On a page of results it looks for what repeats around prices.
///
/// It writes data/marketplaces/ID.toml and, for each kind of page, a test page of its own in the shop's structure under tests/pages/ID with what is
/// expected of it. It asks no server and never overwrites a file.
#[derive(Debug, clap::Args)]
#[command(after_help = "In a quarter of an hour:
  1. Save a product page and a page of results from the browser, as HTML, with a price and a
     seller on them.
  2. touchstone adapter new shop.example product.html results.html
  3. Compare the printed table with the pages: is each value the offer's, and none another's?
     Mend what is wrong or missing in data/marketplaces/shop.toml; other goods, used offers and
     struck prices inside a region go into its `exclude`.
  4. touchstone scan --data data --explain --format text product.html
     reads a page by the file as it stands now and tells which extractor answered.
  5. cargo run -- data check && cargo test --test pages shop

Examples:
  touchstone adapter new shop.example product.html results.html
  touchstone adapter new --url https://shop.example/item/1 shop.example product.html
  touchstone adapter new --id shop-uk shop.co.uk product.html

Exit status: 0 the files were written, 1 a page could not be read or a file is there already, 2 the arguments cannot be used.")]
struct New {
    /// Address of a page, where the file does not say it: none, or one for each page in their order.
    #[arg(long, value_name = "URL")]
    url: Vec<String>,
    /// The shop's id, which is the file's name; made from the host without it.
    #[arg(long)]
    id: Option<String>,
    /// The repository's folder, or another that holds data/marketplaces: for a second proposal to compare with, say.
    #[arg(long, value_name = "DIR", default_value = ".")]
    into: PathBuf,
    /// The shop's host without `www.`; its subdomains belong to it.
    host: String,
    /// Saved pages, of products and of results.
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<String>,
}

/// A saved page.
struct Saved {
    name: String,
    bytes: Vec<u8>,
    url: String,
    learned: Learned,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> ExitCode {
    let Command::New(new) = &args.command;
    let id = new.id.clone().unwrap_or_else(|| address::id(&new.host));
    if !address::is_host(&new.host) {
        return say(&format!("'{}' is no host name such as shop.example", new.host), ExitCode::from(2));
    }
    if !address::is_id(&id) {
        return say(&format!("'{id}' is no id: lower-case letters, digits and hyphens; give one with --id"), ExitCode::from(2));
    }
    if !new.url.is_empty() && new.url.len() != new.pages.len() {
        return say("give --url once for each page, in their order, or not at all", ExitCode::from(2));
    }
    match scaffold(new, &id) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => say(&reason, ExitCode::FAILURE),
    }
}

fn scaffold(new: &New, id: &str) -> Result<(), String> {
    let folder = new.into.join("data/marketplaces");
    if !folder.is_dir() {
        return Err(format!("{} is not there; run this in the repository's folder or name it with --into", folder.display()));
    }
    let file = folder.join(format!("{id}.toml"));
    refuse_existing(&file)?;
    refuse_known(&folder, &new.host)?;
    let known = embedded::rules().map_err(|error| error.to_string())?;
    let reader = Reader::new(&known, &new.host).map_err(|error| error.to_string())?;
    let mut pages = Vec::new();
    for (at, name) in new.pages.iter().enumerate() {
        pages.push(saved(name, new.url.get(at).map(String::as_str), &new.host, &reader).map_err(|reason| format!("{name} {reason}"))?);
    }
    let learned: Vec<&Learned> = pages.iter().map(|page| &page.learned).collect();
    let text = toml_file::write(&toml_file::marketplace(id, &new.host, reader.country(), &learned));
    // What is written is what is tried: the text as it will be read again.
    let rules: Marketplace = toml::from_str(&text).map_err(|error| format!("what was proposed cannot be read again: {error}\n{text}"))?;
    let markets = markets(&rules, &known)?;
    let cases = sketch::cases(&rules, &learned, &markets);
    let home = new.into.join("tests/pages").join(id);
    for case in cases.iter().flatten() {
        refuse_existing(&home.join(case.name))?;
    }
    write(&file, &text)?;
    for case in cases.iter().flatten() {
        write(&home.join(case.name).join("page.html"), &case.page)?;
        write(&home.join(case.name).join("expect.toml"), &case.expect)?;
    }
    let mut out = io::stdout().lock();
    for page in &pages {
        // Whoever read the output has left; the files are written.
        let _ = table(&mut out, page, &markets);
    }
    let _ = writeln!(out, "\nWrote {} and {} test pages under {}.", file.display(), cases.iter().flatten().count(), home.display());
    for kind in cases.iter().filter_map(|case| case.as_ref().err()) {
        let _ = writeln!(
            out,
            "No {} page of our own was made, since the structure alone is not read alike: make one by hand there.",
            sketch::word(*kind)
        );
    }
    let _ = writeln!(
        out,
        "Next: compare the table with the pages and mend the file, then cargo run -- data check && cargo test --test pages {id}"
    );
    Ok(())
}

fn markets(rules: &Marketplace, known: &Rules) -> Result<Markets, String> {
    let markets = Markets::new(std::slice::from_ref(rules), &known.words).map_err(|error| error.to_string())?;
    let markets = markets.with_generic(&known.generic);
    markets.check().map_err(|error| error.to_string())?;
    Ok(markets)
}

/// Reads a saved page as one of a shop that nobody knows.
fn saved(name: &str, url: Option<&str>, host: &str, reader: &Reader) -> Result<Saved, String> {
    let bytes = fs::read(name).map_err(|error| format!("cannot be read: {error}"))?;
    let snapshot = cut::cut(&bytes, url, reader.markets()).map_err(|error| error.to_string())?;
    let url = Url::parse(&snapshot.url).map_err(|error| error.to_string())?;
    let own = url.host_str().unwrap_or_default();
    if own != host && !own.ends_with(&format!(".{host}")) {
        return Err(format!("is a page of {own}, not of {host}; give its address with --url if that is not so"));
    }
    let document = Html::parse_document(&encoding::decode(&bytes));
    let learned = reader.learn(&document, &snapshot, &url).ok_or(
        "shows neither an offer nor a list of prices that could be told; save it once its price is on the screen, or start by hand \
         with ./build.sh new marketplace ID HOST",
    )?;
    Ok(Saved { name: name.to_owned(), bytes, url: url.into(), learned })
}

/// One host is read by one file.
fn refuse_known(folder: &Path, host: &str) -> Result<(), String> {
    for path in data_files::paths(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let rules: Marketplace = data_files::parse(&path, &text)?;
        if rules.hosts.iter().any(|known| known.host == host) {
            return Err(format!(
                "{} names {host} already: mend that file, or give --into another folder and carry over what you need; nothing was written",
                path.display()
            ));
        }
    }
    Ok(())
}

fn refuse_existing(path: &Path) -> Result<(), String> {
    if path.exists() { Err(format!("{} is already there; nothing was written", path.display())) } else { Ok(()) }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    // Fails where somebody made the file meanwhile.
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

/// How the adapter reads a page: field, value, from where.
fn table(out: &mut impl Write, page: &Saved, markets: &Markets) -> io::Result<()> {
    let snapshot = cut::cut(&page.bytes, Some(&page.url), markets).map_err(io::Error::other)?;
    let Reading { page: kind, listings, read_by, .. } = markets.read(&snapshot);
    let kind = format!("{kind:?}").to_lowercase();
    writeln!(out, "\n{}: {kind} page, {} offers in {} regions", page.name, listings.len(), snapshot.regions.len())?;
    let Some(first) = listings.first() else { return writeln!(out, "  nothing is read yet") };
    let facts = facts(&first.listing)?;
    for (field, value) in &facts {
        let from = read_by.iter().find(|(name, _)| toml_file::name(**name) == *field);
        let from = from.map_or("the address", |(_, by)| by.from.as_str());
        let value: String = value.chars().take(LONGEST_VALUE).collect();
        writeln!(out, "  {field:14} {value:LONGEST_VALUE$}  from {from}")?;
    }
    for field in LOOKED_FOR.map(toml_file::name) {
        if !facts.iter().any(|(known, _)| *known == field) {
            writeln!(out, "  {field:14} not read: look whether the page shows it")?;
        }
    }
    Ok(())
}

fn facts(listing: &Listing) -> io::Result<Vec<(String, String)>> {
    let serde_json::Value::Object(facts) = serde_json::to_value(listing)? else { return Ok(Vec::new()) };
    let text = |(field, value): (String, serde_json::Value)| match value {
        serde_json::Value::String(text) => (field, text),
        serde_json::Value::Object(price) if price.contains_key("min") => {
            let part = |part: &str| price.get(part).and_then(serde_json::Value::as_str).unwrap_or_default();
            let to = if part("min") == part("max") { String::new() } else { format!("-{}", part("max")) };
            (field, format!("{}{to} {}", part("min"), part("currency")))
        }
        value => (field, value.to_string()),
    };
    Ok(facts.into_iter().map(text).collect())
}
