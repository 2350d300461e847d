//! `off-platform-contact`: the listing of a brand's goods asks to be contacted outside the marketplace, or gives a number or name there.
//!
//! Innocent explanation: honest sellers give a number for service. What would clear it: the purchase is made and paid on the marketplace. On a shop's own
//! site a number to call is what is expected.

use super::{Heuristic, Observation, Seen, unnegated};
use crate::lexicon::{Hit, Text, unspaced};
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use crate::words::{Kind, Words};
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Digits from which on a number is one to call.
const TELEPHONE: usize = 7;
/// Letters and digits from which on a word behind a service's name is somebody's name there.
const ACCOUNT: usize = 5;

/// See the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Contact {
    /// Strength of a number or name that nobody is asked to use.
    handle: f64,
}

impl Contact {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self { handle: weights.threshold("contact.handle")? })
    }
}

impl Heuristic for Contact {
    fn codes(&self) -> &'static [&'static str] {
        &["off-platform-contact"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let place = seen.subject.place;
        let own_site = place.host.is_some() && place.marketplace.is_none();
        if seen.theirs().is_none() || own_site {
            return;
        }
        let texts = [&seen.subject.title, &seen.subject.description];
        let asked = texts.iter().find_map(|text| Some((text, asked_for(text, seen.words)?, 1.0)));
        let given = || texts.iter().find_map(|text| Some((text, handle(text, seen.words)?, self.handle)));
        if let Some((text, (start, end), strength)) = asked.or_else(given) {
            into.push(Observation { code: "off-platform-contact", strength, evidence: text.quote(start, end, 3), detail: Map::new() });
        }
    }
}

fn asked_for(text: &Text<'_>, words: &Words) -> Option<(usize, usize)> {
    unnegated(Kind::ContactRequest, text, &[], words).next().map(|hit| (hit.start, hit.end))
}

/// A way to be contacted with a telephone number or an account behind it.
fn handle(text: &Text<'_>, words: &Words) -> Option<(usize, usize)> {
    words.of_kind(Kind::ContactChannel, text, &[]).find_map(|hit| Some((hit.start, follows(text, &hit)?)))
}

/// Where the number or name behind a service's name ends.
fn follows(text: &Text<'_>, channel: &Hit) -> Option<usize> {
    const REACH: usize = 3;
    let after = text.flat.get(channel.end..)?;
    let word = after.trim_start();
    let name = word.split(' ').next().unwrap_or_default();
    // Services named in Chinese or Korean have names in Latin letters.
    let account = text.flat[channel.start..channel.end].chars().any(unspaced)
        && name.len() >= ACCOUNT
        && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if account {
        return Some(text.flat.len() - word.len() + name.len());
    }
    let (mut digits, mut end) = (0, channel.end);
    for (at, word) in after.split(' ').filter(|word| !word.is_empty()).enumerate() {
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        if !is_number && (digits > 0 || at >= REACH) {
            break;
        }
        if is_number {
            digits += word.len();
            end = word.as_ptr() as usize - text.flat.as_ptr() as usize + word.len();
        }
    }
    (digits >= TELEPHONE).then_some(end)
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::{engine, offer};
    use crate::subject::Place;

    const CODE: &str = "off-platform-contact";

    #[test]
    fn a_request_and_a_number_are_told_with_the_pages_words() {
        for (title, quoted) in [
            ("Gucci Marmont bag, WhatsApp me for more", "WhatsApp me"),
            ("Gucci Marmont bag WhatsApp: +44 7700 900123", "7700 900123"),
            ("Gucci 包包 微信: gucci88bag", "gucci88bag"),
            ("Gucci Marmont, ladybag88@gmail.com", "ladybag88@gmail.com"),
            ("Сумка Gucci, пишите в директ", "пишите в директ"),
        ] {
            let judged = offer(title).judged();
            let signal = judged.signals.iter().find(|s| s.code == CODE).unwrap_or_else(|| panic!("{title}"));
            assert!(signal.evidence.contains(quoted), "{title}: {}", signal.evidence);
            assert!(judged.level <= Level::Caution, "{title}");
        }
        assert!(offer("Gucci Marmont bag").described("Ships in two days. Contact on WhatsApp for pictures.").has(CODE));
    }

    #[test]
    fn services_that_goods_work_with_and_ordinary_questions_are_left_alone() {
        for title in [
            "Samsung Galaxy Watch6, calls, WhatsApp and WeChat messages, 40 mm",
            "Huawei Watch GT 4 WhatsApp Viber Telegram reminders 1.43 inch",
            "Nike shoes, contact us with any question",
            "Nike A-line skirt, 2023 line 100% cotton",
            "Apple iPhone 15 128 GB, message me for another colour",
            "Samsung Galaxy A54 微信分身",
        ] {
            assert!(!offer(title).has(CODE), "{title}");
        }
        assert!(!offer("Leather bag, WhatsApp me").has(CODE), "no known brand");
    }

    #[test]
    fn a_shops_own_site_may_name_its_number() {
        let bag = offer("Gucci Marmont bag").described("WhatsApp us: 447700900123");
        let seen = |place| engine().judge(&bag.0, place).signals.iter().any(|s| s.code == CODE);
        assert!(!seen(Place { host: Some("bags.example"), ..Place::default() }));
        assert!(seen(Place { host: Some("mall.example"), marketplace: Some("mall"), ..Place::default() }));
    }
}
