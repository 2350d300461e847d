//! Whose goods a listing offers: a brand's own, something for them, something like them, or neither.
//!
//! The brand field speaks first: it is a field of the shop's form. The title is asked where the field is absent or says nothing.

use super::lines::{accessories, parts};
use super::{Brands, Use, mask};
use crate::lexicon::{Hit, Text, flatten, unspaced};
use crate::page::normal::nfc;
use crate::subject::Subject;
use crate::words::{Kind, Words};

/// How the offered goods stand to a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The brand is named, the goods are another's.
    Mentioned,
    /// Said to resemble the brand's.
    LikeTheirs,
    /// For use with the brand's.
    ForTheirs,
    /// Offered as the brand's own.
    Theirs,
}

/// The brand that a listing names, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The brand's place in the data files.
    pub brand: usize,
    /// How the goods stand to it.
    pub relation: Relation,
    /// The page's own spelling of the name, where it is masked.
    pub masked: Option<String>,
    /// The page's own abbreviation, where the brand is named by one alone.
    pub code: Option<String>,
    /// Another maker of the same trade that the title names in the place of the one in the brand field, in the page's own words.
    pub rival: Option<String>,
}

/// A brand's name at a place of a text.
struct Occurrence {
    brand: usize,
    start: usize,
    end: usize,
    masked: bool,
    /// A name that other things share, with none of the brand's own words beside it: it names the brand only where goods are said to be for
    /// it or like it.
    doubtful: bool,
    /// A model's name, which is doubtful and says nothing beside a name of a brand.
    model: bool,
}

/// What is known besides the words around a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// No brand field, or one that names nobody: what the title says of the goods counts.
    Silent,
    /// The brand field names a maker.
    Speaks,
    /// The brand field names a maker that is none of the known ones.
    Anothers,
}

/// Names of a text that are looked at.
const MOST: usize = 16;

impl Brands {
    /// The brand whose goods a listing offers or names; the closest relation is taken, at the same relation the first name.
    #[must_use]
    pub fn whose(&self, subject: &Subject<'_>, words: &Words) -> Option<Claim> {
        let field = &subject.brand;
        let named = !field.flat.is_empty() && !words.is_whole(Kind::EvasiveBrand, field);
        // Some shops state the seller's name as the brand of all that he sells: it says nothing of whose goods these are.
        let is_seller = field.flat == subject.seller.flat && self.claim(field, subject, words, None, Field::Speaks).is_none();
        if named && !is_seller {
            return self.by_field(subject, words);
        }
        self.claim(&subject.title, subject, words, None, Field::Silent)
            .or_else(|| self.behind(subject, words))
            .or_else(|| self.by_code(subject, words))
    }

    fn by_field(&self, subject: &Subject<'_>, words: &Words) -> Option<Claim> {
        let field = &subject.brand;
        let Some(in_field) = self.claim(field, subject, words, None, Field::Speaks) else {
            return self.by_another(subject, words);
        };
        if in_field.relation == Relation::Theirs
            && (self.only_for(subject, words, in_field.brand) || self.fitted(subject, words, in_field.brand))
        {
            return Some(Claim { relation: Relation::ForTheirs, ..in_field });
        }
        let in_title = self.claim(&subject.title, subject, words, Some(in_field.brand), Field::Speaks);
        let rival = in_title.is_none().then(|| self.rival(&in_field, subject, words)).flatten();
        let masked = in_field.masked.clone().or_else(|| in_title?.masked);
        Some(Claim { masked, rival, ..in_field })
    }

    /// The maker whose goods the title names, where it is another of the same trade than that of the brand field and names its own kind of goods.
    fn rival(&self, in_field: &Claim, subject: &Subject<'_>, words: &Words) -> Option<String> {
        let in_title = self.claim(&subject.title, subject, words, None, Field::Silent)?;
        let (own, other) = (self.get(in_field.brand)?, self.get(in_title.brand)?);
        let named = in_title.relation == Relation::Theirs && in_title.masked.is_none() && in_field.relation == Relation::Theirs;
        if !named || in_title.brand == in_field.brand || own.trade != other.trade || other.level(subject, words).is_none() {
            return None;
        }
        let name = subject.title.hits.iter().find(|h| self.uses(h.phrase).any(|(brand, is)| brand == in_title.brand && is == Use::Name))?;
        Some(subject.title.quote(name.start, name.end, 1))
    }

    /// The brand that the title names by an abbreviation alone, beside words for the brand's own goods. With a grade among the words the goods are
    /// offered as theirs; without one the abbreviation is a mere mention, of which the price may say more.
    fn by_code(&self, subject: &Subject<'_>, words: &Words) -> Option<Claim> {
        let title = &subject.title;
        let coded = |hit: &Hit| {
            let of = self
                .uses(hit.phrase)
                .find(|&(brand, is)| is == Use::Code && !hit.plural && self.beside_own_words(brand, hit.phrase, title, subject));
            of.map(|(brand, _)| (brand, *hit))
        };
        let (brand, hit) = title.hits.iter().find_map(coded)?;
        let occurrence = Occurrence { brand, start: hit.start, end: hit.end, masked: false, doubtful: false, model: false };
        if self.relation(&occurrence, title, words, false) != Relation::Theirs || self.get(brand)?.other_goods_than_own(subject, words) {
            return None;
        }
        let graded = [title, &subject.description].into_iter().any(|text| {
            [Kind::Hint, Kind::Admission, Kind::Replica]
                .into_iter()
                .any(|kind| words.of_kind(kind, text, &subject.scope()).next().is_some())
        });
        let relation = if graded { Relation::Theirs } else { Relation::Mentioned };
        Some(Claim { brand, relation, masked: None, code: Some(title.quote(hit.start, hit.end, 0)), rival: None })
    }

    /// Another's goods, as the field says: whoever makes accessories names what they fit, and the model at the end at the latest.
    fn by_another(&self, subject: &Subject<'_>, words: &Words) -> Option<Claim> {
        let claim = self.claim(&subject.title, subject, words, None, Field::Anothers)?;
        if claim.relation != Relation::Theirs {
            return Some(claim);
        }
        if words.of_kind(Kind::ResemblesAnywhere, &subject.title, &[]).next().is_some() {
            return Some(Claim { relation: Relation::LikeTheirs, ..claim });
        }
        let shown = shown(&subject.title, words).next().is_some();
        let fits = !shown
            && (accessories(subject, words)
                || words.of_kind(Kind::AnothersMake, &subject.title, &[]).next().is_some()
                || self.ends_with_a_model(&subject.title, claim.brand));
        Some(Claim { relation: if fits { Relation::ForTheirs } else { Relation::Mentioned }, ..claim })
    }

    /// The brand that a description names behind a title that names no goods at all.
    fn behind(&self, subject: &Subject<'_>, words: &Words) -> Option<Claim> {
        if !words.is_made_of(Kind::Bare, &subject.title) {
            return None;
        }
        self.claim(&subject.description, subject, words, None, Field::Speaks).filter(|claim| claim.relation == Relation::Theirs)
    }

    /// Whether the second half of a text names a model of the brand, and the text nowhere the brand itself.
    fn ends_with_a_model(&self, text: &Text<'_>, brand: usize) -> bool {
        let Some(own) = self.get(brand).map(|b| flatten(&b.name)) else { return false };
        let name = |h: &&Hit| self.uses(h.phrase).any(|(of, is)| of == brand && is != Use::Not);
        let mut models = text.hits.iter().filter(name).peekable();
        models.peek().is_some() && !text.flat.contains(&own) && models.any(|h| h.start * 2 >= text.flat.len())
    }

    /// Whether the title names the brand only as what the goods are for. Where they are for another's and the brand stands alone in a part of the
    /// title, it is their maker.
    fn only_for(&self, subject: &Subject<'_>, words: &Words, brand: usize) -> bool {
        let title = &subject.title;
        let another = self.claim(title, subject, words, None, Field::Speaks).is_some_and(|first| first.brand != brand);
        let begins = parts(title);
        let alone = |hit: &Hit| {
            begins.contains(&hit.start)
                && (hit.end == title.flat.len() || begins.contains(&(hit.end + 1)))
                && self.uses(hit.phrase).any(|(of, is)| of == brand && is == Use::Name)
        };
        if another && title.hits.iter().any(alone) {
            return false;
        }
        self.claim(&subject.title, subject, words, Some(brand), Field::Speaks).is_some_and(|c| c.relation == Relation::ForTheirs)
    }

    /// Whether the title says that somebody else's accessory fits, or is somebody else's, without naming the brand: some shops state the brand of
    /// the goods that it fits.
    fn fitted(&self, subject: &Subject<'_>, words: &Words, brand: usize) -> bool {
        let Some(own) = self.get(brand) else { return false };
        anothers_accessory(subject, words)
            || own.offers_accessory(subject, words)
                && (self.claim(&subject.title, subject, words, Some(brand), Field::Speaks).is_none()
                    && self.says_what_it_fits(subject, words))
    }

    /// A marker of more than one word, or of a script without spaces: a mere preposition names wearers and purposes as well.
    fn says_what_it_fits(&self, subject: &Subject<'_>, words: &Words) -> bool {
        let title = &subject.title;
        let telling = |hit: Hit| title.flat[hit.start..hit.end].chars().any(|c| c == ' ' || unspaced(c));
        words.of_kind(Kind::Compatible, title, &[]).any(telling) || words.of_kind(Kind::CompatibleAfter, title, &[]).any(telling)
    }

    fn claim(&self, text: &Text<'_>, subject: &Subject<'_>, words: &Words, only: Option<usize>, field: Field) -> Option<Claim> {
        let occurrences = self.occurrences(text, subject, only);
        // Most titles name no known brand, and are not asked what they offer.
        let accessory = !occurrences.is_empty() && accessories(subject, words);
        let mut said: Vec<Relation> = Vec::with_capacity(occurrences.len());
        for (at, occurrence) in occurrences.iter().enumerate() {
            // "for Alpha, Beta and Gamma": the marker holds for all that follow.
            let goes_on = at > 0 && said[at - 1] == Relation::ForTheirs && {
                let before = &occurrences[at - 1];
                !before.model || before.brand == occurrence.brand
            };
            let relation = if goes_on { Relation::ForTheirs } else { self.relation(occurrence, text, words, accessory) };
            said.push(relation);
        }
        let mut best: Option<((bool, Relation), Claim)> = None;
        for (occurrence, &said_here) in occurrences.iter().zip(&said) {
            let mut relation = said_here;
            if relation == Relation::Theirs && !occurrence.masked && field == Field::Silent {
                let fits_another = occurrences.iter().zip(&said).any(|(o, &r)| o.brand != occurrence.brand && r == Relation::ForTheirs);
                relation = self.by_goods(occurrence, &occurrences, text, subject, words, fits_another);
            }
            // Under another maker's name an accessory is for those whose name it has, whatever else the name may mean.
            if relation == Relation::Theirs && occurrence.doubtful && !occurrence.model && accessory && field == Field::Anothers {
                relation = Relation::ForTheirs;
            }
            if occurrence.doubtful && !matches!(relation, Relation::ForTheirs | Relation::LikeTheirs) {
                continue;
            }
            let rank = (!occurrence.model && relation != Relation::Mentioned, relation);
            if best.as_ref().is_none_or(|&(known, _)| rank > known) {
                let masked = occurrence.masked.then(|| text.quote(occurrence.start, occurrence.end, 0));
                best = Some((rank, Claim { brand: occurrence.brand, relation, masked, code: None, rival: None }));
            }
        }
        if let Some((_, claim)) = best {
            return Some(claim);
        }
        let (brand, word) = mask::find(text.original, &self.plain)?;
        if only.is_some_and(|o| o != brand) {
            return None;
        }
        Some(Claim { brand, relation: Relation::Theirs, masked: Some(word.to_owned()), code: None, rival: None })
    }

    /// How goods stand to a brand that the title names without saying how, by what they are.
    fn by_goods(
        &self,
        name: &Occurrence,
        all: &[Occurrence],
        text: &Text<'_>,
        subject: &Subject<'_>,
        words: &Words,
        fits_another: bool,
    ) -> Relation {
        if words.of_kind(Kind::ResemblesAnywhere, text, &[]).next().is_some() {
            return Relation::LikeTheirs;
        }
        // An accessory that no line of the brand names, and no brand field: more often made for the goods than by the brand.
        let other = !fits_another
            && (anothers_accessory(subject, words) || self.get(name.brand).is_some_and(|b| b.offers_accessory(subject, words)));
        // A word that is part of the brand's own name shows nothing of it: the makers of bricks and figures.
        let own = |hit: &Hit| all.iter().any(|o| o.brand == name.brand && o.start <= hit.start && hit.end <= o.end);
        if other {
            Relation::ForTheirs
        } else if titled(text, name) || [text, &subject.category].into_iter().any(|text| shown(text, words).any(|hit| !own(&hit))) {
            Relation::Mentioned
        } else {
            Relation::Theirs
        }
    }

    fn occurrences(&self, text: &Text<'_>, subject: &Subject<'_>, only: Option<usize>) -> Vec<Occurrence> {
        let mut found = Vec::new();
        let mut not: Vec<(usize, usize, usize)> = Vec::new();
        for hit in text.hits.iter() {
            for (brand, is) in self.uses(hit.phrase) {
                if only.is_some_and(|o| o != brand) || (hit.plural && is != Use::Not) {
                    continue;
                }
                match is {
                    Use::Not => not.push((brand, hit.start, hit.end)),
                    Use::Code => {}
                    is => found.push(Occurrence {
                        brand,
                        start: hit.start,
                        end: hit.end,
                        masked: is == Use::Mask,
                        doubtful: is == Use::Model || is == Use::Weak && !self.beside_own_words(brand, hit.phrase, text, subject),
                        model: is == Use::Model,
                    }),
                }
            }
        }
        // A title that says the same name over and over would otherwise cost more with every repetition.
        found.truncate(MOST);
        found.retain(|o| !not.iter().any(|&(brand, start, end)| brand == o.brand && start <= o.start && o.end <= end));
        if !text.original.is_ascii() && !found.is_empty() {
            let written = flatten_as_written(text.original);
            for o in &mut found {
                let name = text.flat.get(o.start..o.end).unwrap_or_default();
                // A name may be written with accents of its own. Few titles come as far as this.
                let own = || {
                    let composed = nfc(text.original).to_lowercase();
                    self.get(o.brand).is_some_and(|brand| brand.accented.iter().any(|own| composed.contains(own.as_str())))
                };
                o.masked |= !o.model && name.is_ascii() && !written.contains(name) && !own();
            }
        }
        found
    }

    /// A weak name is the brand's as the whole brand field, beside words of its lines, or before an article number.
    fn beside_own_words(&self, brand: usize, name: u32, text: &Text<'_>, subject: &Subject<'_>) -> bool {
        let whole_field = std::ptr::eq(text, &raw const subject.brand)
            && text.hits.iter().any(|h| h.phrase == name && h.start == 0 && h.end == text.flat.len());
        // The name itself may be one of the words for the goods.
        let beside = |text: &Text<'_>, word| {
            let is_name = |hit: &Hit| text.hits.iter().any(|h| h.phrase == name && (h.start, h.end) == (hit.start, hit.end));
            text.has(word) && text.hits.iter().any(|hit| hit.phrase == word && !is_name(hit))
        };
        let has = |word| beside(&subject.title, word) || beside(&subject.category, word);
        whole_field || leads_with_article_number(name, text) || self.get(brand).is_some_and(|b| b.lines.iter().any(|l| l.words().any(&has)))
    }

    /// How the goods stand to the brand named here, by the words around the name.
    fn relation(&self, name: &Occurrence, text: &Text<'_>, words: &Words, accessory: bool) -> Relation {
        const FAR: usize = 4;
        const NEAR: usize = 1;
        let between = |from, to| text.words_between(from, to);
        let audience = |from, to| words.of_kind(Kind::Audience, text, &[]).any(|a| a.start >= from && a.end <= to);
        // "for dry hair, by Alpha": a preposition alone reaches far only where the goods are known to be an accessory.
        let sure = |marker: &Hit| accessory || !text.flat[marker.start..marker.end].chars().all(|c| c.is_alphabetic() && !unspaced(c));
        // "dupe for", "alternative for": the preposition belongs to the longer phrase.
        let part_of_a_likeness = |marker: &Hit| {
            let holds = |r: Hit| r.start <= marker.start && marker.end <= r.end && r.end - r.start > marker.end - marker.start;
            words.of_kind(Kind::Resembles, text, &[]).any(holds)
        };
        let leads = |kind, reach: &dyn Fn(&Hit) -> usize| {
            words.of_kind(kind, text, &[]).any(|marker| {
                !(kind == Kind::Compatible && part_of_a_likeness(&marker))
                    && marker.end <= name.start
                    && between(marker.end, name.start) <= reach(&marker)
                    && !audience(marker.end, name.start)
            })
        };
        let follows = |kind, from: usize, reach: usize| {
            words.of_kind(kind, text, &[]).any(|m| m.start >= from && between(from, m.start) <= reach && !audience(from, m.start))
        };
        let tail = text.flat[name.end..].split(' ').next().unwrap_or_default();
        if leads(Kind::Compared, &|_| NEAR) || follows(Kind::ComparedAfter, name.end, 0) {
            return Relation::Mentioned;
        }
        if leads(Kind::Compatible, &|marker| if sure(marker) { FAR } else { NEAR })
            || follows(Kind::CompatibleAfter, name.end, FAR)
            || words.is_ending(Kind::CompatibleAfter, tail)
        {
            return Relation::ForTheirs;
        }
        let model = self.model_end(name, text);
        if leads(Kind::Resembles, &|marker| if sure(marker) { FAR } else { NEAR })
            || follows(Kind::ResemblesAfter, model, 0)
            || words.is_ending(Kind::ResemblesAfter, tail)
        {
            return Relation::LikeTheirs;
        }
        // "Alpha case" of a name that other things share: the word beside it tells which is meant.
        if name.doubtful && !name.model && follows(Kind::Accessory, model, NEAR) {
            return Relation::ForTheirs;
        }
        Relation::Theirs
    }

    /// Where a name ends with the model words and numbers that follow it.
    fn model_end(&self, name: &Occurrence, text: &Text<'_>) -> usize {
        const LONGEST: usize = 6;
        const SHORT: usize = 3;
        let Some(brand) = self.get(name.brand) else { return name.end };
        let own = |hit: &Hit| {
            self.uses(hit.phrase).any(|(of, _)| of == name.brand) || brand.lines.iter().any(|l| l.words().any(|w| w == hit.phrase))
        };
        let mut end = name.end;
        for _ in 0..LONGEST {
            let rest = &text.flat[end..];
            let next = text.flat.len() - rest.trim_start().len();
            let mut coming = text.flat[next..].split(' ');
            let word = coming.next().unwrap_or_default();
            let attached = word.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if next == end && attached > 0 && word[attached..].starts_with(unspaced) && text.flat[..end].ends_with(unspaced) {
                // A word of Latin letters within a text of another script goes with the name before it.
                end = next + attached;
            } else if has_digit(word) {
                end = next + word.bytes().take_while(u8::is_ascii).count();
            } else if word.is_ascii() && word.len() <= SHORT && coming.next().is_some_and(has_digit) {
                // "No 5", "Mk 2".
                end = next + word.len();
            } else if let Some(hit) = text.hits.iter().find(|h| h.start == next && h.end > end && own(h)) {
                end = hit.end;
            } else {
                break;
            }
        }
        end
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().take_while(u8::is_ascii).any(|b| b.is_ascii_digit())
}

/// Whether an accessory is said to be somebody else's than that of the brand after which it is named.
fn anothers_accessory(subject: &Subject<'_>, words: &Words) -> bool {
    accessories(subject, words) && words.of_kind(Kind::AnothersMake, &subject.title, &[]).next().is_some()
}

/// Whether the name is part of a work's title, which Chinese and Japanese sellers set between marks of its own.
fn titled(text: &Text<'_>, name: &Occurrence) -> bool {
    let named = text.flat.get(name.start..name.end).unwrap_or_default();
    text.original.split('《').skip(1).filter_map(|rest| rest.split_once('》')).any(|(work, _)| {
        let work = flatten(work);
        work != named && work.contains(named)
    })
}

/// The words by which the goods are a picture of a brand, or tell of it.
fn shown<'t>(text: &'t Text<'_>, words: &'t Words) -> impl Iterator<Item = Hit> + 't {
    words.of_kind(Kind::Depiction, text, &[])
}

/// Whether a text begins with the name and goes on to a number of the kind that makers give their articles.
fn leads_with_article_number(name: u32, text: &Text<'_>) -> bool {
    const FEWEST: usize = 4;
    let number = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.is_ascii() && word.len() >= FEWEST && digits >= 3 && !matches!(word.as_bytes(), [b'1' | b'2', _, _, _] if digits == FEWEST)
    };
    text.hits.iter().any(|h| h.phrase == name && h.start == 0) && text.flat.split(' ').any(number)
}

/// Flat like a text of the lexicon, but with look-alike letters left as they were written. Full-width letters are how Japanese shops write.
fn flatten_as_written(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let marked: String =
        text.chars().map(|c| if c.is_ascii() || ('\u{ff01}'..='\u{ff5e}').contains(&c) { narrow(c) } else { ' ' }).collect();
    flatten(&marked)
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    fn brand(title: &str) -> Option<String> {
        offer(title).judged().brand
    }

    #[test]
    fn a_name_with_accents_of_its_own_is_not_masked() {
        let masked = |title: &str| offer(title).judged().signals.iter().any(|signal| signal.code == "masked-brand");
        for title in ["HERMÈS leather wallet", "Herme\u{300}s leather wallet", "Hermès wallet, hermes box"] {
            assert!(!masked(title), "{title}");
        }
        assert!(masked("Gücci leather wallet"));
    }

    #[test]
    fn a_name_in_the_title_makes_the_goods_theirs() {
        for (title, id) in [
            ("Men's Nike Air Max 90", "nike"),
            ("Running shoes for women adidas Ultraboost", "adidas"),
            ("古驰 女士手提包", "gucci"),
            ("ルイヴィトン バッグ", "louis-vuitton"),
            ("Canon EOS R6 body", "canon"),
        ] {
            assert_eq!(brand(title).as_deref(), Some(id), "{title}");
        }
    }

    #[test]
    fn goods_for_a_brand_raise_nothing() {
        for title in [
            "Case for Samsung Galaxy S24",
            "Strap compatible with Apple Watch 45mm",
            "Replacement filter for Dyson V11",
            "Toner compatible with Canon LBP, 2 pack",
            "Coque pour iPhone 15",
            "Hülle für Samsung Galaxy A54",
            "Funda para iPhone 13",
            "Чехол для Samsung Galaxy",
            "iPhone用ケース 透明",
            "适用于苹果手机壳",
            "iPhone 15 için kılıf",
            "Charger fits Dyson V8",
            "Cable for Apple, Samsung and Canon",
        ] {
            let judged = offer(title).price("3", "USD").judged();
            assert_eq!((judged.level, judged.brand), (Level::Unknown, None), "{title}");
        }
    }

    #[test]
    fn goods_like_a_brands_and_pictures_of_it_are_not_theirs() {
        for title in ["Scent inspired by Gucci Flora", "Gucci style belt", "House of Gucci movie poster", "Alternative to Dyson Airwrap"] {
            assert_eq!(brand(title), None, "{title}");
        }
    }

    #[test]
    fn the_brand_field_wins_unless_it_is_evasive() {
        let bag = offer("Gucci tote leather").price("40", "USD");
        assert_eq!(bag.clone().brand("Tom Tailor").judged().brand, None);
        for evasive in ["Unbranded", "Generic", "AS SHOW", "As picture show2", "Does not apply", "无品牌", "ノーブランド"] {
            assert_eq!(bag.clone().brand(evasive).judged().brand.as_deref(), Some("gucci"), "{evasive}");
        }
        assert_eq!(offer("Tote leather").brand("GUCCI").judged().brand.as_deref(), Some("gucci"));
        assert_eq!(offer("Case for iPhone 15").brand("Apple").judged().brand, None);
    }

    #[test]
    fn a_brand_field_that_repeats_the_seller_does_not_silence_the_title() {
        let judged = |brand: &str, seller: &str| offer("Nike Dunk Low sneakers").brand(brand).seller(seller).judged().brand;
        assert_eq!(judged("Corner Studio", "corner studio").as_deref(), Some("nike"));
        assert_eq!(judged("Corner Studio", "somebody"), None);
    }

    #[test]
    fn a_title_of_nothing_but_names_costs_little() {
        let started = std::time::Instant::now();
        offer(&"for nike compatible with gucci style ".repeat(20_000)).judged();
        assert!(started.elapsed().as_secs() < 2);
    }
}
