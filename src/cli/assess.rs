//! `touchstone assess`: one JSON object a line in, one assessment a line out, in order.

use super::{core, say, terms};
use crate::engine::Engine;
use crate::listing::{Assurance, Condition, Listing, Price, Review};
use crate::report::Assessment;
use crate::terms::Terms;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Judges listings: JSON Lines of listing facts in, one assessment a line out, in order.
///
/// A listing has `title` and, where known, `brand`, `price` (a number or `{"min","max","currency"}`), `currency`, `condition`, `category`,
/// `description`, `seller`, `seller_ratings`, `url`, `marketplace`, `reviews` (texts, or objects with `text` and `stars`), and `page_neighbours`: the
/// other offers of the same page, like it. Its `id` is printed back. A line that is no listing is answered by
/// `{"line":N,"error":"…"}` in its place.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  echo '{\"title\":\"Watch, first copy\",\"price\":20,\"currency\":\"USD\"}' | touchstone assess")]
pub struct Args {
    /// Data files to use in the place of those that the program was built with: a folder like data/.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    terms: terms::Given,
    /// File of JSON Lines; `-` is standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    file: String,
}

/// Assesses a file's lines.
pub fn run(args: &Args) -> ExitCode {
    let engine = match core(args.data.as_deref()) {
        Ok(engine) => engine,
        Err(error) => return say(&error, ExitCode::FAILURE),
    };
    let terms = args.terms.terms();
    let output = BufWriter::new(io::stdout().lock());
    let done = if args.file == "-" {
        answer(&engine, terms, io::stdin().lock(), output)
    } else {
        File::open(&args.file).and_then(|file| answer(&engine, terms, BufReader::new(file), output))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the output has left.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        Err(error) => say(&format!("{}: {error}", args.file), ExitCode::FAILURE),
    }
}

/// Lines longer than this are answered by an error: no listing is that long.
const LONGEST_LINE: usize = 4 << 20;

/// Other offers of a page that are looked at.
const MOST_NEIGHBOURS: usize = 400;

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    #[serde(flatten)]
    assessment: Assessment,
}

#[derive(Serialize)]
struct Refusal {
    line: usize,
    error: String,
}

/// Assesses every line of `input`.
///
/// # Errors
/// When reading or writing fails. A line that is no listing is answered in its place and stops nothing.
fn answer(engine: &Engine, terms: Terms, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line).trim_ascii();
        if text.is_empty() {
            continue;
        }
        match parse(text) {
            Ok(row) => {
                let assessment = engine.assess_beside(&row.listing, &row.neighbours, row.marketplace.as_deref(), terms);
                serde_json::to_writer(&mut output, &Answer { id: row.id.as_ref(), assessment })?;
            }
            Err(error) => serde_json::to_writer(&mut output, &Refusal { line: number, error })?,
        }
        output.write_all(b"\n")?;
    }
    output.flush()
}

/// A line: a listing, and what came with it.
#[derive(Debug)]
pub struct Row {
    /// Printed back as it came.
    pub id: Option<Value>,
    /// The marketplace's id, where given.
    pub marketplace: Option<String>,
    /// The facts.
    pub listing: Listing,
    /// The other offers of the same page.
    pub neighbours: Vec<Listing>,
    /// All fields, for what is not part of a listing.
    pub fields: serde_json::Map<String, Value>,
}

/// Reads a line as a listing, flat or under `listing`. A field of a wrong or absurd form counts as absent.
///
/// # Errors
/// Says what the line is instead.
pub fn parse(line: &[u8]) -> Result<Row, String> {
    if line.len() > LONGEST_LINE {
        return Err(format!("the line is longer than {} MB; a listing has a title, a price and a description", LONGEST_LINE >> 20));
    }
    let value: Value = serde_json::from_slice(line).map_err(|e| format!("not JSON: {e}"))?;
    let Value::Object(mut fields) = value else {
        return Err("not a JSON object; write one listing a line, as in {\"title\":\"…\",\"price\":12.5,\"currency\":\"USD\"}".to_owned());
    };
    let (id, marketplace) = (fields.get("id").cloned(), text(fields.get("marketplace")));
    if fields.contains_key("listings") {
        return Err("a whole page; pass its listings one a line".to_owned());
    }
    if let Some(Value::Object(inner)) = fields.remove("listing") {
        fields.extend(inner);
    }
    let neighbours = match fields.remove("page_neighbours") {
        Some(Value::Array(others)) => others.iter().take(MOST_NEIGHBOURS).filter_map(Value::as_object).map(listing).collect(),
        _ => Vec::new(),
    };
    Ok(Row { id, marketplace, listing: listing(&fields), neighbours, fields })
}

/// The facts of an offer.
fn listing(fields: &serde_json::Map<String, Value>) -> Listing {
    let field = |name: &str| text(fields.get(name));
    let currency = field("currency");
    Listing {
        title: field("title"),
        url: field("url"),
        item_id: field("item_id"),
        brand: field("brand"),
        price: price(fields.get("price"), currency.as_deref()),
        list_price: price(fields.get("list_price"), currency.as_deref()),
        seller: field("seller"),
        seller_id: field("seller_id"),
        seller_ratings: fields.get("seller_ratings").and_then(Value::as_u64),
        ships_from: field("ships_from"),
        condition: field("condition").as_deref().and_then(condition),
        gtin: field("gtin"),
        rating: fields.get("rating").and_then(Value::as_f64),
        category: field("category"),
        description: field("description"),
        sponsored: fields.get("sponsored").and_then(Value::as_bool).unwrap_or(false),
        reviews: fields.get("reviews").map(reviews).unwrap_or_default(),
        bid: fields.get("bid").and_then(Value::as_bool).unwrap_or(false),
        assurances: fields.get("assurances").map(assurances).unwrap_or_default(),
        ..Listing::default()
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn reviews(value: &Value) -> Vec<Review> {
    let one = |v: &Value| {
        let review = match v {
            Value::String(_) => Review { text: text(Some(v)), ..Review::default() },
            object => Review {
                stars: object.get("stars").and_then(Value::as_f64),
                date: text(object.get("date")),
                text: text(object.get("text")),
            },
        };
        review.text.is_some().then_some(review)
    };
    value.as_array().map(|all| all.iter().filter_map(one).collect()).unwrap_or_default()
}

fn assurances(value: &Value) -> Vec<Assurance> {
    let one = |v: &Value| Some(Assurance { code: text(v.get("code"))?, evidence: text(v.get("evidence"))? });
    value.as_array().map(|all| all.iter().filter_map(one).collect()).unwrap_or_default()
}

/// A price as an object, a number or a decimal string; nothing where it is no amount above 0.
fn price(value: Option<&Value>, currency: Option<&str>) -> Option<Price> {
    let amount = |v: &Value| -> Option<Decimal> {
        let amount = match v {
            Value::Number(n) => {
                let n = n.to_string();
                n.parse().or_else(|_| Decimal::from_scientific(&n)).ok()?
            }
            Value::String(s) => s.trim().parse().ok()?,
            _ => return None,
        };
        (amount > Decimal::ZERO).then_some(amount)
    };
    let code = |c: &str| {
        let c = c.trim().to_ascii_uppercase();
        (c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase())).then_some(c)
    };
    match value? {
        Value::Object(nested) => {
            let (min, max) = (nested.get("min").and_then(amount), nested.get("max").and_then(amount));
            let currency = nested.get("currency").and_then(Value::as_str).or(currency).and_then(code);
            Some(Price { min: min.or(max)?, max: max.or(min)?, currency, shown: None })
        }
        flat => {
            let amount = amount(flat)?;
            Some(Price { min: amount, max: amount, currency: currency.and_then(code), shown: None })
        }
    }
}

/// A stated condition. Words that do not begin with `new` say that something is the matter, so they count as used.
fn condition(text: &str) -> Option<Condition> {
    let text = text.to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|w| text.starts_with(w));
    Some(if starts(&["new", "brand new"]) && !starts(&["new other", "new with defects"]) {
        Condition::New
    } else if starts(&["refurb", "renew", "certified refurb", "recondition"]) {
        Condition::Refurbished
    } else if starts(&["unknown", "not specified", "any", "-"]) {
        return None;
    } else {
        Condition::Used
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(input: &[u8]) -> Vec<Value> {
        let engine = core(None).unwrap();
        let mut output = Vec::new();
        answer(&engine, Terms::default(), input, &mut output).unwrap();
        output.split(|&b| b == b'\n').filter(|l| !l.is_empty()).map(|l| serde_json::from_slice(l).unwrap()).collect()
    }

    #[test]
    fn every_line_is_answered_in_its_place() {
        let input = b"{\"id\":7,\"title\":\"Chair\"}\n{oops\n\n[1]\n\xff\n{\"id\":\"x\",\"title\":\"Watch, first copy\",\"price\":\"20\"}";
        let out = answers(input);
        assert_eq!(out.len(), 5);
        assert_eq!((&out[0]["id"], &out[0]["level"]), (&7.into(), &"unknown".into()));
        assert_eq!(out[1]["line"], 2);
        assert!(out[1]["error"].is_string());
        assert_eq!(out[2]["line"], 4);
        assert_eq!(out[3]["line"], 5);
        assert_eq!((&out[4]["id"], &out[4]["level"]), (&"x".into(), &"likely".into()));
    }

    #[test]
    fn flat_and_nested_prices_are_the_same() {
        let flat = parse(br#"{"title":"a","price":12.48,"currency":"usd"}"#).unwrap().listing;
        let nested = parse(br#"{"listing":{"title":"a","price":{"min":"12.48","max":"12.48","currency":"USD"}}}"#).unwrap().listing;
        assert_eq!(flat, nested);
    }

    #[test]
    fn reviews_are_texts_or_objects() {
        let row = parse(br#"{"title":"a","reviews":["one",{"stars":2,"text":"two"},{"stars":5},7]}"#).unwrap();
        let read: Vec<_> = row.listing.reviews.iter().map(|r| (r.stars, r.text.as_deref().unwrap())).collect();
        assert_eq!(read, [(None, "one"), (Some(2.0), "two")]);
    }

    #[test]
    fn absurd_values_are_absent() {
        for price in ["-1", "0", "1e400", "\"free\"", "null", "[]", "{}", "true", "1e-99"] {
            let line = format!("{{\"title\":[\"x\"],\"price\":{price},\"currency\":\"dollars\",\"condition\":5}}");
            match parse(line.as_bytes()) {
                Ok(row) => assert_eq!((row.listing.title, row.listing.price), (None, None), "{price}"),
                Err(error) => assert!(error.starts_with("not JSON"), "{price}: {error}"),
            }
        }
    }

    #[test]
    fn the_other_offers_of_the_page_are_compared() {
        let phone = |price| format!(r#"{{"title":"Apple iPhone 15 Pro 256GB smartphone","price":{price},"currency":"USD"}}"#);
        let others = [890, 900, 910, 905, 899].map(phone).join(",");
        let line = format!("{},\"page_neighbours\":[7,{others}]}}", phone(150).trim_end_matches('}'));
        let codes = |line: &str| answers(line.as_bytes())[0]["signals"].to_string();
        assert!(codes(&line).contains("far-below-same-page"), "{}", codes(&line));
        assert!(!codes(&phone(150)).contains("far-below-same-page"));
    }

    #[test]
    fn a_deeply_nested_line_is_refused() {
        let line = "[".repeat(100_000);
        assert!(parse(line.as_bytes()).is_err());
    }
}
