//! Words for kinds of goods, which the lines of many brands share: found once in a text, however many lines name them.

use crate::lexicon::{Builder, PhraseId};
use crate::rules::goods::Trade;
use crate::rules_error::RulesError;
use std::collections::HashMap;

/// How a list of phrases names a kind of goods.
const MARK: char = '@';

/// Every kind of goods, by its id.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary<'a> {
    kinds: HashMap<&'a str, PhraseId>,
    hurting: Vec<PhraseId>,
    surely_hurting: Vec<PhraseId>,
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn new(trades: &'a [Trade], builder: &mut Builder) -> Result<Self, RulesError> {
        let (mut kinds, mut hurting, mut surely_hurting) = (HashMap::new(), Vec::new(), Vec::new());
        for trade in trades {
            let file = format!("goods/{}.toml", trade.id);
            for goods in &trade.goods {
                let phrases = builder.phrases(&file, &goods.words)?;
                let kind = builder.kind(&phrases);
                if goods.can_hurt {
                    hurting.push(kind);
                    hurting.extend(&phrases);
                    surely_hurting.extend(builder.phrases(&file, &goods.unmistakable)?);
                }
                if kinds.insert(goods.id.as_str(), kind).is_some() {
                    return Err(RulesError::new(file, format!("the goods {:?} are there twice", goods.id)));
                }
            }
        }
        for list in [&mut hurting, &mut surely_hurting] {
            list.sort_unstable();
            list.dedup();
        }
        Ok(Self { kinds, hurting, surely_hurting })
    }

    /// The kinds of goods that can hurt and their words, and the words that name them whatever the brand, each in order.
    pub(crate) fn hurting(self) -> (Vec<PhraseId>, Vec<PhraseId>) {
        (self.hurting, self.surely_hurting)
    }

    /// The phrases of a list; `@shoes` stands for the goods `shoes`, and is found where one of their words is.
    pub(crate) fn phrases(&self, file: &str, list: &[String], builder: &mut Builder) -> Result<Vec<PhraseId>, RulesError> {
        let mut phrases = Vec::with_capacity(list.len());
        for entry in list {
            match entry.strip_prefix(MARK) {
                Some(id) => {
                    let kind = self.kinds.get(id);
                    phrases.push(*kind.ok_or_else(|| RulesError::new(file, format!("no file of data/goods has the goods {id:?}")))?);
                }
                None => phrases.extend(builder.phrases(file, std::slice::from_ref(entry))?),
            }
        }
        Ok(phrases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::goods::Goods;

    #[test]
    fn a_reference_is_found_by_each_word_of_the_goods() {
        let goods = |id: &str| Goods { id: id.into(), words: vec!["shoe".into(), "靴".into()], ..Goods::default() };
        let trades = [Trade { id: "footwear".into(), goods: vec![goods("shoes")], ..Trade::default() }];
        let mut builder = Builder::default();
        let words = Vocabulary::new(&trades, &mut builder).unwrap();
        let list = |list: &[&str]| list.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>();
        let compiled = words.phrases("brands/a.toml", &list(&["dunk", "@shoes"]), &mut builder).unwrap();
        let unknown = words.phrases("brands/a.toml", &list(&["@hats"]), &mut builder).unwrap_err().to_string();
        assert!(unknown.contains("brands/a.toml") && unknown.contains("hats"), "{unknown}");
        assert!(Vocabulary::new(&[trades[0].clone(), trades[0].clone()], &mut builder).is_err());
        let lexicon = builder.build().unwrap();
        let fits = |text: &str| lexicon.read(text, 100).has_any(&compiled);
        assert!(fits("two shoes") && fits("新しい靴") && fits("dunk") && !fits("hat"));
    }
}
