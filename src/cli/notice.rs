//! `touchstone notice`: the report of a scanned listing, as text.

use crate::{
    embedded,
    listing::Listing,
    market::Markets,
    notice::{Context, Desk, record::Record},
    report::{Assessment, Judged, PageKind, PriceData, Report},
    rules_error::RulesError,
};
use clap::ValueEnum;
use serde::Deserialize;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    process::ExitCode,
};

/// The version of `scan`'s output that is understood.
const SCHEMA: u32 = 1;

/// Drafts the report of a listing, as a shopper would hand it in.
///
/// Reads what `scan` prints, one page a line, and takes the listing of each page that --index names. The report states what the page shows, in
/// the page's own words, and asks for a check. Name, e-mail address and the closing statement are left to the person who sends it. Where there
/// are no sentences in the language asked for, the report is in English.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  touchstone scan page.html | touchstone notice --lang en --country DE
  touchstone notice --lang fr --country FR --index 3 pages.jsonl
  touchstone notice --lang zh-Hans --country CN --format json page.json     the text, its language, and where to hand it in")]
pub struct Args {
    /// Language of the report (BCP 47): en, fr, zh-Hans.
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: String,
    /// Country of the buyer (ISO 3166-1 alpha-2); without it, that of the shop's host.
    #[arg(long, value_name = "CC", value_parser = country)]
    country: Option<String>,
    /// Which listing of the page, from 0; on a product page 0 is the one on offer.
    #[arg(long, value_name = "N", default_value_t = 0)]
    index: usize,
    /// When the page was seen (ISO 8601 with an offset or Z); now, if not given.
    #[arg(long, value_name = "TIME", value_parser = time)]
    seen: Option<jiff::Timestamp>,
    /// How to print: the report's text alone, or a JSON object with the way to hand it in.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What `scan` printed; `-` is standard input.
    #[arg(default_value = "-", value_name = "FILE")]
    file: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A page as `scan` prints it.
#[derive(Deserialize)]
struct Scanned {
    schema: u32,
    url: String,
    #[serde(default)]
    marketplace: Option<String>,
    page: PageKind,
    listings: Vec<Offer>,
}

#[derive(Deserialize)]
struct Offer {
    #[serde(flatten)]
    listing: Listing,
    assessment: Assessment,
}

fn language(text: &str) -> Result<String, String> {
    let fits = (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits { Ok(text.to_owned()) } else { Err("a language looks like en, fr or zh-Hans".into()) }
}

fn country(text: &str) -> Result<String, String> {
    let fits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    if fits { Ok(text.to_ascii_uppercase()) } else { Err("a country has two letters, as in FR or US".into()) }
}

fn time(text: &str) -> Result<jiff::Timestamp, String> {
    text.parse().map_err(|_| "a time looks like 2026-11-22T09:30:00Z".into())
}

/// What drafts, and what knows the shops' countries.
struct Office {
    desk: Desk,
    markets: Markets,
}

impl Office {
    fn open() -> Result<Self, RulesError> {
        let rules = embedded::rules()?;
        Ok(Self { desk: Desk::new(&rules)?, markets: Markets::new(&rules.marketplaces, &rules.words)? })
    }
}

/// Drafts the report of one listing of every page.
pub fn run(args: &Args) -> ExitCode {
    let office = match Office::open() {
        Ok(office) => office,
        Err(error) => return failed(&error.to_string()),
    };
    let input: Box<dyn BufRead> = if args.file == "-" {
        Box::new(io::stdin().lock())
    } else {
        match File::open(&args.file) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return failed(&format!("{} cannot be read: {error}", args.file)),
        }
    };
    drafts(args, &office, input, &mut io::stdout().lock())
}

fn drafts(args: &Args, office: &Office, input: impl BufRead, out: &mut impl Write) -> ExitCode {
    let now = args.seen.unwrap_or_else(jiff::Timestamp::now).as_second();
    let now = jiff::Timestamp::from_second(now).map_or_else(|_| String::new(), |t| t.to_string());
    let context = Context { language: args.lang.clone(), country: args.country.clone(), now };
    let (mut status, mut printed) = (ExitCode::SUCCESS, false);
    for (number, line) in input.lines().enumerate() {
        let line = match line {
            Ok(line) => line,
            Err(error) => return failed(&format!("{} cannot be read: {error}", args.file)),
        };
        if line.trim().is_empty() {
            continue;
        }
        match draft(office, &line, args.index, &context) {
            Ok(record) => {
                if print(out, &record, args.format, printed).is_err() {
                    // Whoever read the output has left.
                    return ExitCode::FAILURE;
                }
                printed = true;
            }
            Err(reason) => status = failed(&format!("{}, line {}: {reason}", args.file, number + 1)),
        }
    }
    if !printed && status == ExitCode::SUCCESS {
        return failed(&format!("{} holds no page; give what `touchstone scan` prints", args.file));
    }
    status
}

fn draft(office: &Office, line: &str, index: usize, context: &Context) -> Result<Record, String> {
    let page: Scanned =
        serde_json::from_str(line).map_err(|error| format!("this is not a page as `touchstone scan` prints it: {error}"))?;
    if page.schema != SCHEMA {
        return Err(format!("the page is in shape {}, and this version reads shape {SCHEMA}; scan it again", page.schema));
    }
    let listings = page.listings.into_iter().map(|offer| Judged {
        key: key(page.marketplace.as_deref(), &offer.listing, &page.url),
        listing: offer.listing,
        region: None,
        assessment: offer.assessment,
        silenced: None,
    });
    let listings = listings.collect();
    let (url, marketplace) = (page.url, page.marketplace);
    let context = context.clone().on(&url, &office.markets);
    let report = Report {
        schema: SCHEMA,
        url,
        marketplace,
        page: page.page,
        obstacle: None,
        version: None,
        read_by: std::collections::BTreeMap::new(),
        prices: PriceData::default(),
        listings,
    };
    office.desk.draft(&report, index, &context).map_err(|error| error.to_string())
}

/// What identifies the listing in the printed record.
fn key(marketplace: Option<&str>, listing: &Listing, page: &str) -> String {
    match (marketplace, &listing.item_id) {
        (Some(marketplace), Some(id)) => format!("{marketplace}:{id}"),
        _ => listing.url.clone().unwrap_or_else(|| page.to_owned()),
    }
}

fn print(out: &mut impl Write, record: &Record, format: Format, again: bool) -> io::Result<()> {
    match format {
        Format::Text if again => write!(out, "\n----\n\n{}", record.notice.text),
        Format::Text => write!(out, "{}", record.notice.text),
        Format::Json => writeln!(out, "{}", serde_json::to_string(record)?),
    }
}

/// Tells a person what went wrong.
#[expect(clippy::print_stderr, reason = "this is the command line's own voice")]
fn failed(message: &str) -> ExitCode {
    eprintln!("touchstone: {message}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    const PAGE: &str = r#"{"schema":1,"source":"a.html","url":"https://shop.example/item/1?x=2","page":"product","listings":[{"title":"Bag","price":{"min":"12.48","max":"12.48","currency":"EUR"},"assessment":{"level":"likely","score":0.9,"brand":"b","brand_name":"Brand","signals":[{"code":"seller-admits","weight":4.0,"evidence":"1:1 copy","detail":{}}]}}]}"#;

    fn drafted(options: &[&str], input: &str) -> (ExitCode, String) {
        let line = Line::try_parse_from(["notice"].iter().chain(options)).expect("usable arguments");
        let mut out = Vec::new();
        let status = drafts(&line.args, &Office::open().expect("office"), input.as_bytes(), &mut out);
        (status, String::from_utf8(out).expect("text"))
    }

    #[test]
    fn the_same_page_seen_at_the_same_time_gives_the_same_text() {
        let options = ["--lang", "en", "--country", "de", "--seen", "2026-11-22T10:30:00+01:00"];
        let (status, text) = drafted(&options, PAGE);
        assert_eq!(status, ExitCode::SUCCESS);
        assert!(text.contains("2026-11-22 09:30 UTC") && text.contains("“1:1 copy”") && text.contains("2022/2065"), "{text}");
        assert_eq!(text, drafted(&options, PAGE).1);
    }

    #[test]
    fn without_a_buyers_country_the_shops_counts() {
        let page = PAGE.replace("https://shop.example/item/1?x=2", "https://www.ebay.de/itm/1");
        assert!(drafted(&["--lang", "en"], &page).1.contains("2022/2065"));
        assert!(!drafted(&["--lang", "en", "--country", "us"], &page).1.contains("2022/2065"));
    }

    #[test]
    fn a_line_that_is_no_page_does_not_stop_the_others() {
        let (status, text) = drafted(&["--lang", "en", "--format", "json"], &format!("nonsense\n{PAGE}\n{{\"schema\":1}}\n"));
        assert_eq!(status, ExitCode::FAILURE);
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn nothing_to_draft_from_is_an_error() {
        assert_eq!(drafted(&["--lang", "en"], "\n").0, ExitCode::FAILURE);
        assert_eq!(drafted(&["--lang", "en", "--index", "1"], PAGE).0, ExitCode::FAILURE);
    }

    #[test]
    fn arguments_that_cannot_be_used_are_refused() {
        for options in [&["--lang", "e n"][..], &["--lang", "en", "--country", "FRA"], &["--lang", "en", "--seen", "yesterday"], &[]] {
            assert!(Line::try_parse_from(["notice"].iter().chain(options)).is_err(), "{options:?}");
        }
    }
}
