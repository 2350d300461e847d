//! Words for kinds of goods, which the lines of many brands share.

use crate::rules::goods::Trade;
use crate::rules_error::RulesError;
use std::collections::HashMap;

/// How a list of phrases names a kind of goods.
const MARK: char = '@';

/// The words of every kind of goods, by its id.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'a>(HashMap<&'a str, &'a [String]>);

impl<'a> Vocabulary<'a> {
    pub(super) fn new(trades: &'a [Trade]) -> Result<Self, RulesError> {
        let mut words = HashMap::new();
        for trade in trades {
            for goods in &trade.goods {
                if words.insert(goods.id.as_str(), goods.words.as_slice()).is_some() {
                    return Err(RulesError::new(format!("goods/{}.toml", trade.id), format!("the goods {:?} are there twice", goods.id)));
                }
            }
        }
        Ok(Self(words))
    }

    /// The phrases of a list, `@shoes` replaced by the words of the goods `shoes`.
    pub(super) fn spelt_out(&self, file: &str, list: &[String]) -> Result<Vec<String>, RulesError> {
        let mut phrases = Vec::with_capacity(list.len());
        for entry in list {
            match entry.strip_prefix(MARK) {
                Some(id) => {
                    let words =
                        self.0.get(id).ok_or_else(|| RulesError::new(file, format!("no file of data/goods has the goods {id:?}")))?;
                    phrases.extend(words.iter().cloned());
                }
                None => phrases.push(entry.clone()),
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
    fn a_reference_stands_for_the_words_of_the_goods() {
        let goods = |id: &str| Goods { id: id.into(), words: vec!["shoe".into(), "靴".into()] };
        let trades = [Trade { id: "footwear".into(), goods: vec![goods("shoes")], ..Trade::default() }];
        let words = Vocabulary::new(&trades).unwrap();
        let list = |list: &[&str]| list.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>();
        assert_eq!(words.spelt_out("brands/a.toml", &list(&["dunk", "@shoes"])).unwrap(), ["dunk", "shoe", "靴"]);
        let unknown = words.spelt_out("brands/a.toml", &list(&["@hats"])).unwrap_err().to_string();
        assert!(unknown.contains("brands/a.toml") && unknown.contains("hats"), "{unknown}");
        assert!(Vocabulary::new(&[trades[0].clone(), trades[0].clone()]).is_err());
    }
}
