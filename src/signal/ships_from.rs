//! `ships-from-elsewhere`: the title says that the goods lie in one country, the shop shows that they ship from another.
//!
//! Innocent explanation: stock in several countries, or a text that was not brought up to date. What would clear it: the seller confirms where the goods
//! are. Only what the shop itself shows as the place of dispatch is compared.

use super::{Heuristic, Observation, Seen};
use crate::lexicon::{flatten, unspaced};
use crate::rules::countries as data;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// The countries, with names as texts are compared.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ShipsFrom {
    before: Vec<String>,
    after: Vec<String>,
    countries: Vec<Country>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Country {
    code: String,
    names: Vec<String>,
    members: Vec<String>,
}

impl ShipsFrom {
    pub(super) fn new(file: &data::Countries) -> Self {
        let flat = |list: &[String]| list.iter().map(|text| flatten(text)).collect();
        let country =
            |country: &data::Country| Country { code: country.code.clone(), names: flat(&country.names), members: country.members.clone() };
        Self { before: flat(&file.before), after: flat(&file.after), countries: file.countries.iter().map(country).collect() }
    }

    /// The countries that a text is of which the whole names places.
    fn named(&self, text: &str) -> Vec<&Country> {
        let flat = flatten(text);
        self.countries.iter().filter(|country| country.names.iter().any(|name| places(&flat, name).next().is_some())).collect()
    }

    /// The first country in which a title says that the goods lie, and where it says so.
    fn stated(&self, title: &str) -> Option<(&Country, usize, usize)> {
        let all = self.countries.iter().flat_map(|country| country.names.iter().map(move |name| (country, name)));
        all.flat_map(|(country, name)| places(title, name).map(move |start| (country, start, start + name.len()))).find_map(
            |(country, start, end)| {
                let (head, tail) = (title[..start].trim_end(), title[end..].trim_start());
                let before = self.before.iter().find(|words| ends_with(head, words)).map(|words| (head.len() - words.len(), end));
                let after = || {
                    self.after.iter().find(|words| starts_with(tail, words)).map(|words| (start, title.len() - tail.len() + words.len()))
                };
                before.or_else(after).map(|(start, end)| (country, start, end))
            },
        )
    }
}

/// Where a name stands as words of its own.
fn places<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(name).map(|(start, _)| start).filter(move |&start| {
        let (before, after) = (&text[..start], &text[start + name.len()..]);
        name.starts_with(unspaced) || (before.ends_with(' ') || before.is_empty()) && (after.starts_with(' ') || after.is_empty())
    })
}

fn ends_with(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|rest| words.starts_with(unspaced) || rest.is_empty() || rest.ends_with(' '))
}

fn starts_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| words.ends_with(unspaced) || rest.is_empty() || rest.starts_with(' '))
}

impl Heuristic for ShipsFrom {
    fn codes(&self) -> &'static [&'static str] {
        &["ships-from-elsewhere"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let (Some(_), Some(from)) = (seen.theirs(), seen.subject.listing.ships_from.as_deref()) else { return };
        let shown = self.named(from);
        if shown.is_empty() {
            return;
        }
        let title = &seen.subject.title;
        let Some((stated, start, end)) = self.stated(&title.flat) else { return };
        let agrees = |country: &&Country| {
            country.code == stated.code || stated.members.contains(&country.code) || country.members.contains(&stated.code)
        };
        if shown.iter().any(agrees) {
            return;
        }
        let mut detail = Map::new();
        detail.insert("from".into(), from.into());
        into.push(Observation { code: "ships-from-elsewhere", strength: 1.0, evidence: title.quote(start, end, 0), detail });
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::{Offer, offer};

    const CODE: &str = "ships-from-elsewhere";

    fn from(title: &str, place: &str) -> Offer {
        let mut offer = offer(title);
        offer.0.ships_from = Some(place.into());
        offer
    }

    #[test]
    fn a_stated_country_that_the_shop_contradicts_is_seen_with_both() {
        for (title, place, quoted) in [
            ("Nike Dunk Low - ships from USA", "Shenzhen, China", "ships from USA"),
            ("Nike Dunk Low US stock", "Mainland China", "US stock"),
            ("Nike Dunk Low (EU warehouse)", "Guangdong, China", "EU warehouse"),
            ("Nike Dunk 德国直邮", "广东 深圳", "德国直邮"),
        ] {
            let judged = from(title, place).judged();
            let signal = judged.signals.iter().find(|s| s.code == CODE).unwrap_or_else(|| panic!("{title}"));
            assert!(signal.evidence.contains(quoted), "{title}: {}", signal.evidence);
            assert_eq!(signal.detail["from"], place);
            assert!(judged.level < Level::Caution, "alone it asks for no look");
        }
    }

    #[test]
    fn what_agrees_and_what_states_nothing_is_left_alone() {
        for (title, place) in [
            ("Nike Dunk Low - ships from USA", "Dallas, Texas, United States"),
            ("Nike Dunk Low EU stock", "Berlin, Deutschland"),
            ("Nike Dunk Low, ships from Germany", "EU"),
            ("Nike Dunk Low US 10", "China"),
            ("Nike Team USA jersey", "China"),
            ("Nike Dunk Low China warehouse", "中国大陆"),
            ("Nike Dunk Low, ships from USA", "Ships in two days"),
            ("Nike Dunk Low, contact us, seller of shoes", "China"),
        ] {
            assert!(!from(title, place).has(CODE), "{title} / {place}");
        }
        assert!(!offer("Nike Dunk Low - ships from USA").has(CODE));
    }
}
