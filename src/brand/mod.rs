//! The brands of `data/brands`, compiled: whose goods a listing offers, and what such goods cost new.

pub(crate) mod goods;
mod lines;
mod mask;
mod sellers;
mod whose;

pub use lines::Level;
pub use whose::{Claim, Relation};

use crate::domain;
use crate::lexicon::{Builder, Hit, PhraseId, Text, flatten};
use crate::packed::Packed;
use crate::page::normal::nfc;
use crate::rules::brand as data;
use crate::rules::goods::Trade;
use crate::rules_error::RulesError;
use crate::subject::Subject;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All brands. Of a hundred thousand a page names a few, so each is unpacked when it is first named.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Brands {
    brands: Vec<Packed<Brand>>,
    /// What a phrase is to which brand, in the order of phrases.
    names: Vec<(PhraseId, usize, Use)>,
    /// Names in plain letters, without spaces, for masks that no list can hold.
    plain: BTreeMap<String, usize>,
    /// Goods that can hurt and words for them, in order.
    hurting: Vec<PhraseId>,
    /// Words that name goods that can hurt whatever the brand, in order.
    surely_hurting: Vec<PhraseId>,
}

/// One brand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Brand {
    /// The data file's id.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// The trade by which figures are broken down.
    pub trade: String,
    can_hurt: bool,
    names: Vec<PhraseId>,
    flat_names: Vec<String>,
    /// Names that have letters beyond ASCII in their own spelling (`hermès`), composed and in lower case.
    accented: Vec<String>,
    domains: Vec<String>,
    domain_names: Vec<String>,
    sellers: Vec<sellers::Seller>,
    lines: Vec<lines::Line>,
    never: Vec<Never>,
}

/// A feature that no goods of the brand have, compiled.
#[derive(Debug, Serialize, Deserialize)]
struct Never {
    any: Vec<PhraseId>,
    also: Vec<PhraseId>,
    none: Vec<PhraseId>,
}

/// What a phrase is to a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Use {
    Name,
    Weak,
    Model,
    Mask,
    Code,
    Not,
}

impl Brands {
    /// Adds the brands' phrases to the lexicon.
    ///
    /// # Errors
    /// When a phrase could never be found, goods are not known or a price level makes no sense.
    pub fn new(files: &[data::Brand], trades: &[Trade], builder: &mut Builder) -> Result<Self, RulesError> {
        let goods = goods::Vocabulary::new(trades, builder)?;
        let mut brands = Self::default();
        for (index, file) in files.iter().enumerate() {
            let path = format!("brands/{}.toml", file.id);
            let names = builder.phrases(&path, &file.names)?;
            brands.note(index, Use::Name, &names);
            brands.note(index, Use::Weak, &builder.phrases(&path, &file.weak_names)?);
            brands.note(index, Use::Model, &builder.phrases(&path, &file.models)?);
            brands.note(index, Use::Mask, &builder.phrases(&path, &file.masks)?);
            brands.note(index, Use::Code, &builder.phrases(&path, &file.codes)?);
            brands.note(index, Use::Not, &builder.phrases(&path, &file.not)?);
            for name in &file.names {
                if let Some(plain) = mask::plain(name) {
                    brands.plain.entry(plain).or_insert(index);
                }
            }
            let mut never = Vec::new();
            for feature in &file.never {
                let mut phrases = |list: &[String]| goods.phrases(&path, list, builder);
                never.push(Never { any: phrases(&feature.any)?, also: phrases(&feature.also)?, none: phrases(&feature.none)? });
            }
            brands.brands.push(Packed::new(Brand {
                id: file.id.clone(),
                name: file.name.clone(),
                trade: file.trade.clone(),
                can_hurt: file.can_hurt,
                names,
                flat_names: file.names.iter().map(|n| flatten(n)).collect(),
                accented: file
                    .names
                    .iter()
                    .chain(&file.weak_names)
                    .filter(|n| !n.is_ascii() && flatten(n).is_ascii())
                    .map(|n| nfc(n).to_lowercase())
                    .collect(),
                domains: file.domains.iter().map(|d| d.value.to_lowercase()).collect(),
                domain_names: domain_names(file),
                sellers: file.sellers.iter().map(sellers::Seller::new).collect(),
                lines: file.lines.iter().map(|l| lines::Line::new(&path, l, &goods, builder)).collect::<Result<_, _>>()?,
                never,
            }));
        }
        brands.names.sort_by_key(|&(phrase, _, _)| phrase);
        (brands.hurting, brands.surely_hurting) = goods.hurting();
        Ok(brands)
    }

    /// Whether the goods are of a kind that can hurt where they are not what they seem.
    #[must_use]
    pub fn can_hurt(&self, subject: &Subject<'_>, brand: Option<&Brand>) -> bool {
        // A word that names other goods too counts where the brand has such goods.
        let own = |phrase: PhraseId| {
            self.hurting.binary_search(&phrase).is_ok()
                && brand.is_some_and(|brand| brand.lines.iter().any(|line| line.words().any(|word| word == phrase)))
        };
        let hurts = |phrase: PhraseId| self.surely_hurting.binary_search(&phrase).is_ok() || own(phrase);
        brand.is_some_and(|brand| brand.can_hurt)
            || [&subject.title, &subject.category].iter().any(|text| text.hits.iter().any(|hit| hurts(hit.phrase)))
    }

    /// A brand by its place in the data files.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Brand> {
        self.brands.get(index)?.get()
    }

    /// A brand by its id.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<&Brand> {
        self.brands.iter().filter_map(Packed::get).find(|brand| brand.id == id)
    }

    fn note(&mut self, brand: usize, is: Use, phrases: &[PhraseId]) {
        self.names.extend(phrases.iter().map(|&phrase| (phrase, brand, is)));
    }

    /// What a phrase is to which brands.
    fn uses(&self, phrase: PhraseId) -> impl Iterator<Item = (usize, Use)> {
        let first = self.names.partition_point(|&(of, _, _)| of < phrase);
        self.names[first..].iter().take_while(move |&&(of, _, _)| of == phrase).map(|&(_, brand, is)| (brand, is))
    }
}

impl Brand {
    /// Whether one of the brand's names stands in a text.
    #[must_use]
    pub fn named_in(&self, text: &Text<'_>) -> bool {
        text.has_any(&self.names)
    }

    /// Where a text gives the brand's goods a feature that none of them has.
    #[must_use]
    pub fn impossible_in(&self, text: &Text<'_>) -> Option<Hit> {
        let features = self.never.iter().filter(|n| text.has_any(&n.any) && !text.has_any(&n.none));
        features.flat_map(|n| text.hits.iter().find(|h| n.also.contains(&h.phrase))).next().copied()
    }

    /// Whether one of the brand's names stands in a flat text that is not part of the listing.
    #[must_use]
    pub fn named_flat(&self, flat: &str) -> bool {
        let padded = format!(" {flat} ");
        self.flat_names
            .iter()
            .any(|n| padded.contains(&format!(" {n} ")) || (n.starts_with(crate::lexicon::unspaced) && flat.contains(n.as_str())))
    }

    /// The brand's own domain that `host` is or belongs to.
    #[must_use]
    pub fn own_domain(&self, host: &str) -> Option<&str> {
        let host = host.trim_end_matches('.').to_lowercase();
        self.domains.iter().map(String::as_str).find(|d| !d.is_empty() && sellers::belongs(&host, d))
    }

    /// The brand's name as domains write it: in small letters without spaces.
    #[must_use]
    pub fn domain_names(&self) -> &[String] {
        &self.domain_names
    }

    /// Whether a seller's id is that of an account that the brand itself runs.
    #[must_use]
    pub fn runs(&self, marketplace: &str, host: Option<&str>, seller_id: &str) -> bool {
        self.sellers.iter().any(|s| s.is(marketplace, host, seller_id))
    }

    /// Whether the brand's own account has this name. It proves nothing where the marketplace does not vouch for the store.
    #[must_use]
    pub fn sells_as(&self, marketplace: &str, seller: &str) -> bool {
        self.sellers.iter().any(|s| s.is_called(marketplace, seller))
    }
}

/// The brand's names that a domain could be made of: its own name and what is part of it (`vuitton`) or has it (`tiffany & co`), not its models.
fn domain_names(file: &data::Brand) -> Vec<String> {
    const TELLING_PART: usize = 5;
    let plain = |name: &str| flatten(name).replace(' ', "");
    let own = plain(&file.name);
    let domains = file.domains.iter().flat_map(|domain| domain.value.split('.').map(plain));
    let related = |name: &String| name.contains(&own) || (name.len() >= TELLING_PART && own.contains(name.as_str()));
    let written = |name: &String| name.len() >= domain::SHORTEST && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let mut names = Vec::new();
    for name in file.names.iter().map(|name| plain(name)).chain(domains).filter(related).chain([own.clone()]).filter(written) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_the_brands_own_with_its_subdomains_alone() {
        let file = data::Brand { domains: vec![data::Sourced { value: "gucci.com".into(), ..Default::default() }], ..Default::default() };
        let brands = Brands::new(&[file], &[], &mut Builder::default()).unwrap();
        let brand = brands.get(0).unwrap();
        assert_eq!(brand.own_domain("www.gucci.com"), Some("gucci.com"));
        assert_eq!(brand.own_domain("GUCCI.com."), Some("gucci.com"));
        assert_eq!(brand.own_domain("outlet-gucci.com"), None);
        assert_eq!(brand.own_domain("gucci.com.shop"), None);
    }
}
