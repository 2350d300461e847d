//! Which model line or fine category goods belong to, and what those cost new.

use super::goods::Vocabulary;
use crate::lexicon::{Builder, Hit, PhraseId, Text, flatten};
use crate::rules::brand as data;
use crate::rules_error::RulesError;
use crate::subject::Subject;
use crate::words::{Kind, Words};
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

    /// Whether an accessory or part is offered of which the brand has no line. Goods of the brand's own may lead, with others set off behind them,
    /// and the maker's own accessories are said to be its own.
    #[must_use]
    pub fn offers_accessory(&self, subject: &Subject<'_>, words: &Words) -> bool {
        let title = &subject.title;
        if !accessories(subject, words) || self.level(subject, words).is_some() || said_to_be_its_own(title, words) {
            return false;
        }
        let [others, in_category] = subject.accessories(words);
        if others.is_empty() || !in_category.is_empty() {
            return true;
        }
        let own: Vec<PhraseId> = self.lines.iter().flat_map(Line::words).collect();
        let says_what =
            |hit: &Hit| !self.names.contains(&hit.phrase) && !title.flat[hit.start..hit.end].contains(|c: char| c.is_ascii_digit());
        let is_own =
            |hit: &&Hit| own.contains(&hit.phrase) && says_what(hit) && !others.iter().any(|o| o.start <= hit.start && hit.end <= o.end);
        let Some(leads) = title.hits.iter().find(is_own) else { return true };
        let model =
            |end: usize| title.hits.iter().any(|hit| hit.end == end && (own.contains(&hit.phrase) || self.names.contains(&hit.phrase)));
        let set_off = set_off(title, others, model);
        !others.iter().all(|other| set_off.iter().any(|&from| leads.start < from && from <= other.start))
    }
}

/// Whether the title says that an accessory is made by the brand itself, and does not take it back.
fn said_to_be_its_own(title: &Text<'_>, words: &Words) -> bool {
    let taken_back =
        |hit: &Hit| words.of_kind(Kind::Negation, title, &[]).any(|n| n.end <= hit.start && title.words_between(n.end, hit.start) == 0);
    words.of_kind(Kind::AnothersMake, title, &[]).next().is_none() && words.of_kind(Kind::OwnMake, title, &[]).any(|hit| !taken_back(&hit))
}

/// Where what is set off from what leads begins: behind a sign, or with how many there are of it (`2 batteries`, not `Alpha 2 batteries`).
fn set_off(title: &Text<'_>, others: &[Hit], model: impl Fn(usize) -> bool) -> Vec<usize> {
    let counted = |hit: &&Hit| {
        let before = title.flat.get(..hit.start).unwrap_or_default().trim_end();
        let number = before.rsplit(' ').next().unwrap_or_default();
        let digits = number.trim_end_matches('x');
        digits.len() == 1 && digits.starts_with(|c: char| c.is_ascii_digit()) && !model(before.len().saturating_sub(number.len() + 1))
    };
    parts(title).into_iter().skip(1).chain(others.iter().filter(counted).map(|hit| hit.start)).collect()
}

/// Where a title's parts begin in its flat form, behind the signs that set things off from each other.
pub(super) fn parts(title: &Text<'_>) -> Vec<usize> {
    const SIGNS: [char; 16] = [',', ';', '+', '(', ')', '&', '，', '、', '；', '＋', '（', '）', '【', '★', '※', '＆'];
    let mut begin = vec![0];
    let mut at = 0;
    for part in title.original.split(SIGNS) {
        let length = flatten(part).len();
        if at > 0 && length > 0 {
            at += 1;
            begin.push(at);
        }
        at += length;
    }
    begin
}

/// Whether title or category name an accessory, part, package or the like.
pub(super) fn names_other_goods(subject: &Subject<'_>, words: &Words) -> bool {
    subject.names_other_goods(words)
}

/// Whether title or category name an accessory, part or the like, that others make as well.
pub(super) fn accessories(subject: &Subject<'_>, words: &Words) -> bool {
    subject.accessories(words).iter().any(|named| !named.is_empty())
}
