//! `touchstone scan`: the facts of saved pages and what is thought of them.

use super::cut::{self, LARGEST_FILE};
use super::explain::{self, Explanation};
use super::{core, encoding, say, terms};
use crate::engine::Engine;
use crate::listing::Listing;
use crate::memory::Memory;
use crate::report::{Assessment, PageKind};
use crate::rules::marketplace::Obstacle;
use clap::ValueEnum;
use serde::Serialize;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads saved pages and prints, for each, the offers on it and what is thought of them.
///
/// A page's address decides which shop's layout it is read by. Without --url it is taken from the page itself: its canonical link, its
/// OpenGraph data, or the comment that a browser writes when it saves a page.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  touchstone scan saved.html
  touchstone scan --url https://shop.example/item/1 saved.html
  touchstone scan --format text *.html
  touchstone scan --explain --format text saved.html
  gunzip -c page.html.gz | touchstone scan -")]
pub struct Args {
    /// Address of the page, where the file does not say it; one file only.
    #[arg(long)]
    url: Option<String>,
    /// Read every page as one of an unknown shop, by no adapter.
    #[arg(long)]
    generic: bool,
    /// Data files to use in the place of those that the program was built with: a folder like data/.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    terms: terms::Given,
    /// Tell also, for each field, which extractors were asked and which answered, and give a note to report a page that could not be read.
    #[arg(long)]
    explain: bool,
    /// How to print: one JSON object a page, or text for reading.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Saved pages of at most 32 MB; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Jsonl,
    Text,
}

/// What is printed of a page.
#[derive(Debug, Serialize)]
struct Scanned {
    schema: u32,
    source: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    marketplace: Option<String>,
    page: PageKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacle: Option<Obstacle>,
    listings: Vec<Offer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<Explanation>,
}

#[derive(Debug, Serialize)]
struct Offer {
    #[serde(flatten)]
    listing: Listing,
    assessment: Assessment,
}

/// Scans the files in order.
pub fn run(args: &Args) -> ExitCode {
    if args.url.is_some() && args.files.len() > 1 {
        return say("--url is the address of one page: give one file with it", ExitCode::from(2));
    }
    let engine = match core(args.data.as_deref()) {
        Ok(engine) if args.generic => engine.without_adapters(),
        Ok(engine) => engine,
        Err(error) => return say(&error, ExitCode::FAILURE),
    };
    let mut status = ExitCode::SUCCESS;
    let mut out = io::stdout().lock();
    for source in &args.files {
        let printed = match scan(source, args, &engine) {
            Ok(scanned) => print(&mut out, &scanned, args.format),
            Err(reason) => {
                status = say(&format!("{source} {reason}"), ExitCode::FAILURE);
                continue;
            }
        };
        if printed.is_err() {
            // Whoever read the output has left.
            return ExitCode::FAILURE;
        }
    }
    status
}

fn scan(source: &str, args: &Args, engine: &Engine) -> Result<Scanned, String> {
    let bytes = read(source).map_err(|error| format!("cannot be read: {error}"))?;
    let snapshot = cut::cut(&bytes, args.url.as_deref(), engine.markets()).map_err(|error| error.to_string())?;
    let report = engine.inspect(&snapshot, &Memory { terms: args.terms.terms(), ..Memory::default() });
    let explain = args.explain.then(|| explain::explain(&report, &encoding::decode(&bytes), engine.markets()));
    let listings = report.listings.into_iter().map(|judged| Offer { listing: judged.listing, assessment: judged.assessment });
    Ok(Scanned {
        schema: 1,
        source: source.to_owned(),
        url: report.url,
        marketplace: report.marketplace,
        page: report.page,
        obstacle: report.obstacle,
        listings: listings.collect(),
        explain,
    })
}

/// A file's bytes, one more than allowed at most.
fn read(source: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = LARGEST_FILE as u64 + 1;
    if source == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(source)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn print(out: &mut impl Write, scanned: &Scanned, format: Format) -> io::Result<()> {
    match format {
        Format::Jsonl => writeln!(out, "{}", serde_json::to_string(scanned)?),
        Format::Text => text(out, scanned),
    }
}

fn text(out: &mut impl Write, scanned: &Scanned) -> io::Result<()> {
    let shop = scanned.marketplace.as_deref().unwrap_or("no known shop");
    writeln!(out, "{}: {:?} page of {shop}, {}", scanned.source, scanned.page, scanned.url)?;
    for Offer { listing, assessment } in &scanned.listings {
        writeln!(out, "  {}", listing.title.as_deref().unwrap_or("(no title)"))?;
        let price = listing.price.as_ref().map(|price| {
            let currency = price.currency.as_deref().unwrap_or("?");
            if price.min == price.max { format!("{} {currency}", price.min) } else { format!("{}-{} {currency}", price.min, price.max) }
        });
        let condition = listing.condition.map(|condition| format!("{condition:?}").to_lowercase());
        let facts = [("price", price), ("brand", listing.brand.clone()), ("seller", listing.seller.clone()), ("condition", condition)];
        for (name, value) in facts {
            if let Some(value) = value {
                writeln!(out, "    {name}: {value}")?;
            }
        }
        writeln!(out, "    assessment: {:?}, score {:.2}", assessment.level, assessment.score)?;
        for signal in &assessment.signals {
            writeln!(out, "      {} ({:+.1}): {}", signal.code, signal.weight, signal.evidence)?;
        }
    }
    match &scanned.explain {
        Some(explanation) => explain::write(out, explanation),
        None => Ok(()),
    }
}
