//! `touchstone price`: how a price text is read.

use crate::page::price::{self, Hint};
use std::io::{self, Write};
use std::process::ExitCode;

/// Reads one price text and prints what it asks, as JSON: lowest and highest amount, and the currency where it is known.
///
/// A sign that several currencies share ($, ¥, kr) is told by --country, --currency or --locale; without them the currency stays open.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  touchstone price '1 349€96'
  touchstone price --country CA '$1,299.00 - $1,499.00'
  touchstone price --locale sv 'Pris 1 290 kr'

Exit status: 0 a price was read, 1 the text asks no price, 2 the arguments cannot be used.")]
pub struct Args {
    /// Language of the text as a BCP 47 tag, such as `sv` or `en-CA`.
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Country of the shop as an ISO 3166-1 code of two letters, such as `CA`.
    #[arg(long, value_name = "CC", value_parser = country)]
    country: Option<String>,
    /// Currency of the shop as an ISO 4217 code, such as `CAD`.
    #[arg(long, value_name = "CODE", value_parser = code)]
    currency: Option<String>,
    /// The text.
    #[arg(required = true, allow_hyphen_values = true)]
    text: String,
}

/// Reads the text and prints the price.
pub fn run(args: Args) -> ExitCode {
    let hint = Hint { country: args.country, currency: args.currency, language: args.locale };
    let Some(read) = price::read(&args.text, &hint) else {
        return say("the text asks no price");
    };
    let printed = serde_json::to_string(&read).map_err(io::Error::other).and_then(|line| writeln!(io::stdout(), "{line}"));
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => say(&format!("cannot print: {error}")),
    }
}

fn country(text: &str) -> Result<String, String> {
    if price::is_country(text) { Ok(text.to_owned()) } else { Err("no ISO 3166-1 country code; two letters such as `CA`".to_owned()) }
}

fn code(text: &str) -> Result<String, String> {
    if price::is_currency(text) { Ok(text.to_owned()) } else { Err("no ISO 4217 currency code; three letters such as `CAD`".to_owned()) }
}

#[allow(clippy::print_stderr, reason = "a command line answers there")]
fn say(message: &str) -> ExitCode {
    eprintln!("touchstone: {message}");
    ExitCode::FAILURE
}
