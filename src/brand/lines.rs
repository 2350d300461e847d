//! Which model line or fine category goods belong to, and what those cost new.

use super::goods::Vocabulary;
use crate::lexicon::{Builder, Hit, PhraseId, Text};
use crate::rules::brand as data;
use crate::rules_error::RulesError;
use crate::subject::Subject;
use crate::words::Words;
use serde::{Deserialize, Serialize};

/// What new genuine goods of a line cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Name for display.
    pub name: String,
    /// The lowest usual price, in `currency`.
    pub low: f64,
    /// The typical price, in `currency`.
    pub typical: f64,
    /// ISO 4217.
    pub currency: String,
    /// Where the level was taken from.
    pub from: crate::rules::Source,
}

/// A line, compiled.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Line {
    any: Vec<PhraseId>,
    also: Vec<PhraseId>,
    none: Vec<PhraseId>,
    level: Level,
}

impl Line {
    pub(super) fn new(file: &str, line: &data::Line, goods: &Vocabulary<'_>, builder: &mut Builder) -> Result<Self, RulesError> {
        if !(line.low > 0.0 && line.typical >= line.low && line.typical.is_finite()) {
            return Err(RulesError::new(file, format!("line {:?}: low must be above 0 and no higher than typical", line.id)));
        }
        let mut phrases = |list: &[String]| goods.phrases(file, list, builder);
        Ok(Self {
            any: phrases(&line.any)?,
            also: phrases(&line.also)?,
            none: phrases(&line.none)?,
            level: Level {
                name: line.name.clone(),
                low: line.low,
                typical: line.typical,
                currency: line.currency.clone(),
                from: line.from.clone(),
            },
        })
    }

    fn fits(&self, texts: &[&Text<'_>; 2], others: &[Vec<Hit>; 2]) -> bool {
        let has = |ids: &[PhraseId]| texts.iter().any(|t| t.has_any(ids));
        (self.any.is_empty() || has(&self.any))
            && (self.also.is_empty() || has(&self.also))
            && !has(&self.none)
            && texts.iter().zip(others).all(|(text, others)| others.iter().all(|other| self.means(text, other)))
    }

    /// Whether the line's own words cover a word for other goods: a line of watch straps may have `strap`.
    fn means(&self, text: &Text<'_>, other: &Hit) -> bool {
        text.hits
            .iter()
            .any(|h| h.start <= other.start && h.end >= other.end && (self.any.contains(&h.phrase) || self.also.contains(&h.phrase)))
    }

    pub(super) fn words(&self) -> impl Iterator<Item = PhraseId> + '_ {
        self.any.iter().chain(&self.also).copied()
    }
}

impl super::Brand {
    /// The price level of the goods: that of the first line whose words fit title and category. Accessories, spare parts, children's sizes
    /// and the like are compared only with a line that names them.
    #[must_use]
    pub fn level(&self, subject: &Subject<'_>, words: &Words) -> Option<&Level> {
        let texts = [&subject.title, &subject.category];
        let others = subject.other_goods(words);
        self.lines.iter().find(|l| l.fits(&texts, others)).map(|l| &l.level)
    }

    /// Whether title or category name an accessory, part, package or the like of which the brand has no line.
    #[must_use]
    pub fn other_goods_than_own(&self, subject: &Subject<'_>, words: &Words) -> bool {
        names_other_goods(subject, words) && self.level(subject, words).is_none()
    }
}

/// Whether title or category name an accessory, part, package or the like.
pub(super) fn names_other_goods(subject: &Subject<'_>, words: &Words) -> bool {
    subject.names_other_goods(words)
}
