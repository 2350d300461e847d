//! The alerts of `data/alerts`, compiled: which of them speak of the goods that a listing offers.

use crate::lexicon::{Builder, Hit, PhraseId, Text};
use crate::page::identifiers;
use crate::rules::alert as data;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};

/// All alerts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Alerts(Vec<Alert>);

/// One alert.
#[derive(Debug, Serialize, Deserialize)]
struct Alert {
    names: Vec<PhraseId>,
    lots: Vec<PhraseId>,
    models: Vec<PhraseId>,
    says: Published,
    gtins: Vec<String>,
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Who, and on what.
    pub about: String,
    /// When.
    pub date: String,
    /// Whether genuine goods bear the same numbers.
    pub also_genuine: bool,
    /// Whether such goods can hurt where they are not what they seem.
    pub can_hurt: bool,
}

/// By what an alert speaks of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The number of the copies stands at a place of one of the texts.
    Lot(usize, Hit),
    /// The goods' GTIN is that of the copies.
    Gtin(String),
    /// The model that was copied stands in the first text.
    Model(Hit),
}

impl Alerts {
    /// Adds the alerts' phrases to the lexicon.
    ///
    /// # Errors
    /// When a phrase could never be found, or an alert names nothing by which goods could be told.
    pub fn new(files: &[data::AlertFile], builder: &mut Builder) -> Result<Self, RulesError> {
        let mut alerts = Vec::new();
        for file in files {
            let path = format!("alerts/{}.toml", file.id);
            for alert in &file.alerts {
                let mut phrases = |list: &[String]| builder.phrases(&path, list);
                let (names, lots, models) = (phrases(&alert.names)?, phrases(&alert.lots)?, phrases(&alert.models)?);
                if names.is_empty() || (lots.is_empty() && models.is_empty() && alert.gtins.is_empty()) {
                    let reason = format!("alert {}: name the goods (names), and a lot, a GTIN or a model by which they are told", alert.id);
                    return Err(RulesError::new(path, reason));
                }
                let about = format!("{}: {}", alert.authority, alert.goods);
                let says = Published { about, date: alert.published.clone(), also_genuine: alert.also_genuine, can_hurt: file.can_hurt };
                alerts.push(Alert { names, lots, models, says, gtins: alert.gtins.clone() });
            }
        }
        Ok(Self(alerts))
    }

    /// The alert that speaks most exactly of what these texts and this GTIN offer. The first text is the title.
    #[must_use]
    pub fn find(&self, texts: &[&Text<'_>], gtin: Option<&str>) -> Option<(By, &Published)> {
        let gtin = gtin.and_then(identifiers::gtin);
        let mut by_model = None;
        for alert in self.0.iter().filter(|alert| texts.iter().any(|text| text.has_any(&alert.names))) {
            let lot = texts.iter().enumerate().find_map(|(at, text)| Some((at, hit(text, &alert.lots)?)));
            if let Some((at, hit)) = lot {
                return Some((By::Lot(at, hit), &alert.says));
            }
            if let Some(gtin) = gtin.as_ref().filter(|gtin| alert.gtins.contains(gtin)) {
                return Some((By::Gtin(gtin.clone()), &alert.says));
            }
            let model = || Some((By::Model(hit(texts.first()?, &alert.models)?), &alert.says));
            by_model = by_model.or_else(model);
        }
        by_model
    }
}

fn hit(text: &Text<'_>, phrases: &[PhraseId]) -> Option<Hit> {
    text.hits.iter().copied().find(|hit| phrases.contains(&hit.phrase))
}
