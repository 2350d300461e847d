//! `touchstone scan --explain`: which extractors were asked for each field and which one answered, and the note on a page that could not be read.

use super::structure;
use crate::market::{Drift, Markets, is_spared};
use crate::report::{PageKind, Report};
use crate::rules::marketplace::Field;
use scraper::Html;
use serde::Serialize;
use std::io::{self, Write};

/// How a page was read.
#[derive(Debug, Serialize)]
pub(super) struct Explanation {
    /// Version of the shop's rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    fields: Vec<Tried>,
    /// What to paste where the rules are mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    drift: Option<String>,
}

/// How one field was read.
#[derive(Debug, Serialize)]
struct Tried {
    field: Field,
    /// Where its extractors look, in order.
    tried: Vec<String>,
    /// Which of them answered, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<usize>,
}

/// Explains a report of a page with these bytes, as text.
pub(super) fn explain(report: &Report, html: &str, markets: &Markets) -> Explanation {
    let answered = |field: Field| report.read_by.get(&field).map(|by| by.index);
    let tried = markets.tried(&report.url).unwrap_or_default().into_iter();
    let fields = tried.map(|(field, tried)| Tried { answered: answered(field), field, tried }).collect();
    let is_lost = report.listings.is_empty() || is_spared(&report.read_by);
    let lost = report.obstacle.is_none() && is_lost && report.page != PageKind::Other;
    let drift = || {
        let structure = structure::structure(&Html::parse_document(html));
        markets.drift(&Drift { url: report.url.clone(), read_by: report.read_by.clone(), structure })
    };
    Explanation { version: report.version, fields, drift: lost.then(drift).flatten() }
}

/// Writes it for reading.
pub(super) fn write(out: &mut impl Write, explanation: &Explanation) -> io::Result<()> {
    if let Some(version) = explanation.version {
        writeln!(out, "  rules version {version}")?;
    }
    for Tried { field, tried, answered } in &explanation.fields {
        let name = serde_json::to_value(field)?;
        let name = name.as_str().unwrap_or_default();
        match answered {
            Some(at) => writeln!(out, "  {name}: read by {} of {}: {}", at + 1, tried.len(), tried.get(*at).map_or("", String::as_str))?,
            None => writeln!(out, "  {name}: not read; tried {}", tried.join(" | "))?,
        }
    }
    match &explanation.drift {
        Some(note) => writeln!(out, "\n{note}"),
        None => Ok(()),
    }
}
