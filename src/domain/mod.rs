//! What a shop's domain says of a brand: whether its name joins the brand's with words of selling, or is made to be taken for the brand's own.
//!
//! A name that merely contains another proves nothing (`bedfordshire`): of the label that somebody registered, all that is not the brand's name
//! has to be words that domains of shops are made of.

mod words;

use crate::page::text::fold;
use crate::rules::domains as data;
use std::collections::HashSet;
use words::{Rest, Vocabulary};

/// Names from this length on are told from others although one letter differs.
const LONG: usize = 8;
/// Names from this length on are told from others beside letters that are no word.
const TELLING: usize = 7;
/// ... of which there may be so many.
const STRAY: usize = 3;
/// Shorter names are part of too many words.
pub const SHORTEST: usize = 3;

/// How a domain uses a brand's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// The name beside a country or a kind of goods, as importers and dealers do too.
    Joins,
    /// The name beside words of selling (`outlet`, `sale`), or a country said twice.
    Sells,
    /// The name itself in look-alike letters, or with one letter changed.
    Imitates,
}

impl Use {
    /// As data files and reports name it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Joins => "joins",
            Self::Sells => "sells",
            Self::Imitates => "imitates",
        }
    }
}

/// Words and endings of domains, compiled.
#[derive(Debug, Default)]
pub struct Domains {
    vocabulary: Vocabulary,
    registries: HashSet<String>,
    hosters: Vec<String>,
    selling_endings: HashSet<String>,
    ordinary: HashSet<String>,
    known: Vec<String>,
}

/// The part of a host that somebody registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As it is shown, in the letters as which it is read.
    shown: String,
    /// The same without hyphens.
    plain: String,
    /// Whether the letters are others than those as which they are read.
    disguised: bool,
    selling_ending: bool,
}

impl Domains {
    /// Compiles the data file.
    #[must_use]
    pub fn new(file: &data::Domains) -> Self {
        let set = |list: &[String]| list.iter().cloned().collect();
        Self {
            vocabulary: Vocabulary::new(file),
            registries: set(&file.registries),
            hosters: file.hosters.clone(),
            selling_endings: set(&file.selling_endings),
            ordinary: set(&file.ordinary),
            known: file.known.iter().map(|known| known.value.clone()).collect(),
        }
    }

    /// The label of a host that somebody registered, or nothing where the host is known to be honest.
    #[must_use]
    pub fn label(&self, host: &str) -> Option<Label> {
        let host = host.trim_end_matches('.').to_lowercase();
        if self.known.iter().any(|known| host.strip_suffix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))) {
            return None;
        }
        let (written, ending) = self.registered(&host)?;
        let shown = decoded(written);
        let plain = shown.replace('-', "");
        (!self.ordinary.contains(&plain)).then(|| Label {
            disguised: shown != written,
            shown,
            plain,
            selling_ending: self.selling_endings.contains(ending),
        })
    }

    /// How a label uses one of a brand's `names` (in plain small letters, without spaces). The brand's own domains are for the caller to leave out.
    #[must_use]
    pub fn used(&self, label: &Label, names: &[String]) -> Option<Use> {
        // The plain name under another ending is more often the brand's than not.
        if names.contains(&label.plain) {
            return label.disguised.then_some(Use::Imitates);
        }
        let imitated = names.iter().find(|name| in_digits(&label.plain, name) || one_edit_within(&label.plain, name));
        if imitated.is_some_and(|name| !self.ordinary.contains(name)) {
            return Some(Use::Imitates);
        }
        let joined = names.iter().filter(|name| label.plain.contains(name.as_str()) && !self.ordinary.contains(*name));
        joined.filter_map(|name| self.joined(label, name)).max()
    }

    /// The registered label of a host and its ending.
    fn registered<'h>(&self, host: &'h str) -> Option<(&'h str, &'h str)> {
        let shop = self.hosters.iter().find_map(|hoster| Some((host.strip_suffix(hoster.as_str())?.strip_suffix('.')?, "")));
        let (rest, ending) = shop.or_else(|| host.rsplit_once('.'))?;
        let rest = match rest.rsplit_once('.') {
            Some((before, registry)) if ending.len() == 2 && self.registries.contains(registry) => before,
            _ => rest,
        };
        let label = rest.rsplit('.').next()?;
        (!label.is_empty()).then_some((label, ending))
    }

    fn joined(&self, label: &Label, name: &str) -> Option<Use> {
        occurrences(&label.shown, name).filter_map(|(before, after)| self.explained(before, after, name, label.selling_ending)).max()
    }

    fn explained(&self, before: &str, after: &str, name: &str, selling_ending: bool) -> Option<Use> {
        let mut rest = Rest::default();
        for part in before.split('-').chain(after.split('-')) {
            rest = rest.and(self.vocabulary.read(part)?);
        }
        let selling = rest.selling > 0 || selling_ending;
        let most = if name.len() >= TELLING && selling { STRAY } else { 0 };
        // Beside letters that are no word, a country's two are none either.
        let stray = rest.stray + if rest.stray > 0 { 2 * rest.codes } else { 0 };
        if stray > most || (before.is_empty() && after.is_empty()) {
            return None;
        }
        let places = rest.countries + rest.codes;
        let twice = (rest.countries > 0 && places > 1) || (places > 0 && rest.goods > 0);
        Some(if selling || twice { Use::Sells } else { Use::Joins })
    }
}

/// The places of a name in a label that may set hyphens between its letters: what stands before and after.
fn occurrences<'l>(label: &'l str, name: &'l str) -> impl Iterator<Item = (&'l str, &'l str)> {
    label.char_indices().filter_map(move |(start, _)| {
        let mut rest = &label[start..];
        for (at, letter) in name.chars().enumerate() {
            if at > 0 {
                rest = rest.strip_prefix('-').unwrap_or(rest);
            }
            rest = rest.strip_prefix(letter)?;
        }
        Some((&label[..start], rest))
    })
}

/// A label as it is shown, in the letters as which it is read.
fn decoded(label: &str) -> String {
    match label.strip_prefix("xn--").and_then(idna::punycode::decode_to_string) {
        // Read beside Latin letters, as an address is.
        Some(shown) => fold(&format!("a {shown}")).split_off(2),
        None => label.to_owned(),
    }
}

/// Whether a label is a name with digits in the place of letters that they look like.
fn in_digits(label: &str, name: &str) -> bool {
    let same = |(written, meant): (u8, u8)| {
        written == meant || matches!((written, meant), (b'0', b'o') | (b'1', b'i' | b'l') | (b'3', b'e') | (b'4', b'a') | (b'5', b's'))
    };
    label.len() == name.len() && label != name && label.bytes().zip(name.bytes()).all(same)
}

/// Whether a long name differs from another within: a changed ending makes another word (`kingstone`).
fn one_edit_within(one: &str, name: &str) -> bool {
    name.len() >= LONG
        && one.len().abs_diff(name.len()) <= 1
        && one.bytes().next() == name.bytes().next()
        && one.bytes().next_back() == name.bytes().next_back()
        && one_edit(one, name)
}

/// Whether one letter was added, left out or changed, or two neighbours exchanged.
fn one_edit(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 if !long.is_empty() => {
            let exchanged = long.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..];
            short[1..] == long[1..] || exchanged
        }
        1 => *short == long[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded;

    fn used(host: &str, name: &str) -> Option<Use> {
        let domains = Domains::new(&embedded::rules().unwrap().domains);
        domains.used(&domains.label(host)?, &[name.to_owned()])
    }

    #[test]
    fn a_brand_beside_words_of_selling_is_a_shop_that_lives_of_its_name() {
        for host in ["nike-outlet.shop", "www.cheapnikesale.com", "nikeshop.co.uk", "officialnike.store", "my-nike-store.myshopify.com"] {
            assert_eq!(used(host, "nike"), Some(Use::Sells), "{host}");
        }
        assert_eq!(used("newbalance-br.shop", "newbalance"), Some(Use::Sells));
        assert_eq!(used("new-balance-online.com", "newbalance"), Some(Use::Sells));
        assert_eq!(used("timberlandzx.shop", "timberland"), Some(Use::Sells));
        assert_eq!(used("lacosteitalia-it.com", "lacoste"), Some(Use::Sells));
    }

    #[test]
    fn a_country_alone_is_how_importers_are_called() {
        assert_eq!(used("toyotaghana.com", "toyota"), Some(Use::Joins));
        assert_eq!(used("lacosteaustria.at", "lacoste"), Some(Use::Joins));
    }

    #[test]
    fn a_name_within_other_words_is_none() {
        for (host, name) in [
            ("bedfordshire.police.uk", "ford"),
            ("median-kliniken.de", "nike"),
            ("applebees.com", "apple"),
            ("stagecoachbus.com", "coach"),
            ("casatramway.ma", "amway"),
            ("evanscycles.com", "vans"),
            ("nike.com.shop", "nike"),
            ("shop.com", "nike"),
            ("localhost", "nike"),
            ("", "nike"),
        ] {
            assert_eq!(used(host, name), None, "{host}");
        }
    }

    #[test]
    fn the_plain_name_under_another_ending_is_left_alone() {
        for host in ["nike.de", "nike.co.jp", "www.nike.shop"] {
            assert_eq!(used(host, "nike"), None, "{host}");
        }
    }

    #[test]
    fn look_alike_letters_and_one_changed_letter_imitate() {
        // nіke with a Cyrillic і.
        assert_eq!(used("xn--nke-jhd.com", "nike"), Some(Use::Imitates));
        assert_eq!(used("g00gle.com", "google"), Some(Use::Imitates));
        assert_eq!(used("birkenstcok.com", "birkenstock"), Some(Use::Imitates));
        assert_eq!(used("birkenstock.com", "birkenstock"), None);
        assert_eq!(used("nkie.com", "nike"), None, "a short name has too many neighbours");
        assert_eq!(used("kingstone.com.tw", "kingston"), None, "another ending is another word");
    }

    #[test]
    fn one_edit_is_one() {
        for (other, is) in
            [("lululemon", false), ("lululemin", true), ("lululemn", true), ("llululemon", true), ("ululelmon", false), ("lululmeon", true)]
        {
            assert_eq!(one_edit("lululemon", other), is, "{other}");
        }
    }
}
