//! Where a notice goes: a control on the shop's own page, else a confirmed address, else the country's authority, else the shop's help.

use super::{Desk, record::Choice};
use crate::{
    rules::channel::{Channel, ChannelFile, Grade, Method},
    rules_error::RulesError,
};

impl Desk {
    /// The best way to report a listing of this marketplace for a buyer of this country, with words in this language.
    pub(super) fn choose(&self, marketplace: Option<&str>, country: Option<&str>, language: &str, can_hurt: bool) -> Choice {
        let all = || self.channels.iter().flat_map(|file| &file.channels).filter(|channel| serves(channel, marketplace, country));
        let channels = || all().filter(|channel| !channel.can_hurt);
        let of_shop = |method: fn(&Channel) -> bool| channels().find(|c| c.marketplace.is_some() && method(c));
        let of_country =
            |method: fn(&Channel) -> bool| channels().find(|c| c.marketplace.is_none() && !c.countries.is_empty() && method(c));
        let anywhere = || channels().find(|c| c.marketplace.is_none() && c.countries.is_empty());
        let chosen = of_shop(|c| c.method == Method::Control)
            .or_else(|| of_shop(opens))
            .or_else(|| of_country(opens))
            .or_else(|| of_shop(|_| true))
            .or_else(|| of_country(|_| true))
            .or_else(anywhere);
        let mut choice = chosen.map_or_else(nothing, |channel| choice(channel, language));
        // Whoever can stop the sale is told first; whoever watches over such goods, besides.
        if let Some(watching) = all().find(|channel| can_hurt && channel.can_hurt) {
            choice.words = format!("{} {}", choice.words, words(watching, language)).trim().to_owned();
        }
        choice
    }

    /// Whether a buyer of this country can rest a notice on Article 16 of Regulation (EU) 2022/2065.
    pub(super) fn rests_on_law(&self, country: Option<&str>) -> bool {
        country.is_some_and(|country| self.channels.iter().any(|file| file.notice_law.iter().any(|c| c == country)))
    }
}

fn serves(channel: &Channel, marketplace: Option<&str>, country: Option<&str>) -> bool {
    channel.marketplace.as_deref().is_none_or(|of| Some(of) == marketplace)
        && (channel.countries.is_empty() || country.is_some_and(|country| channel.countries.iter().any(|c| c == country)))
}

/// Whether the channel has an address that may be opened.
fn opens(channel: &Channel) -> bool {
    matches!(channel.method, Method::Form | Method::Email) && channel.address.is_some() && channel.grade <= Grade::B
}

fn choice(channel: &Channel, language: &str) -> Choice {
    Choice {
        method: channel.method,
        name: channel.name.clone(),
        selectors: channel.selectors.clone(),
        texts: channel.texts.clone(),
        address: channel.address.clone().filter(|_| opens(channel)),
        words: words(channel, language),
        login: channel.login,
        grade: channel.grade,
        checked: channel.basis.date.clone(),
    }
}

/// A channel's words in a language, or in English.
fn words(channel: &Channel, language: &str) -> String {
    let words = |language: &str| channel.words.iter().find(|words| words.language == language).map(|words| words.text.clone());
    words(language).or_else(|| words("en")).unwrap_or_default()
}

/// No channel file at all: the record still says that the way is the shop's help.
fn nothing() -> Choice {
    Choice {
        method: Method::Help,
        name: String::new(),
        selectors: Vec::new(),
        texts: Vec::new(),
        address: None,
        words: String::new(),
        login: false,
        grade: Grade::M,
        checked: String::new(),
    }
}

/// Refuses channels that contradict themselves.
pub(super) fn check(files: &[ChannelFile]) -> Result<(), RulesError> {
    for file in files {
        for channel in &file.channels {
            let wrong = |reason: &str| Err(RulesError::new(format!("channels/{}.toml", file.id), format!("{}: {reason}", channel.id)));
            let addressed = matches!(channel.method, Method::Form | Method::Email);
            if channel.address.is_some() && channel.grade > Grade::B {
                return wrong("an address of grade C or M must not be shipped; describe the way in words");
            }
            if addressed != channel.address.is_some() {
                return wrong("`form` and `email` need an address, `control` and `help` have none");
            }
            if let Some(address) = &channel.address
                && !(channel.method == Method::Form && address.starts_with("https://")
                    || channel.method == Method::Email && address.contains('@'))
            {
                return wrong("a form's address begins with https://, an e-mail address has an @");
            }
            if (channel.method == Method::Control) != (!channel.selectors.is_empty() || !channel.texts.is_empty()) {
                return wrong("`control`, and only it, has selectors or texts");
            }
            if !channel.words.iter().any(|words| words.language == "en" && !words.text.is_empty()) {
                return wrong("there are no words in English");
            }
            if channel.basis.source.is_empty() || channel.basis.date.is_empty() {
                return wrong("source and date are missing");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{context, desk, page};
    use super::*;

    #[test]
    fn every_shop_and_country_has_its_way() {
        let table = [
            (Some("amazon"), [Method::Control; 6]),
            (Some("ebay"), [Method::Control; 6]),
            (Some("aliexpress"), [Method::Control; 6]),
            (Some("taobao"), [Method::Control; 6]),
            (None, [Method::Form, Method::Help, Method::Form, Method::Help, Method::Form, Method::Help]),
        ];
        for (shop, methods) in table {
            for (country, method) in ["FR", "DE", "US", "GB", "CN", "JP"].into_iter().zip(methods) {
                let choice = desk().choose(shop, Some(country), "fr", false);
                assert_eq!(choice.method, method, "{shop:?} {country}");
                assert_eq!(choice.address.is_some(), method == Method::Form, "{shop:?} {country}");
                assert!(!choice.name.is_empty() && !choice.words.is_empty() && !choice.checked.is_empty(), "{shop:?} {country}");
            }
        }
        assert_eq!(desk().choose(None, None, "de", false).method, Method::Help);
    }

    #[test]
    fn goods_that_can_hurt_are_also_told_to_who_watches_over_them() {
        let words = |can_hurt| desk().choose(Some("ebay"), Some("GB"), "en", can_hurt).words;
        assert!(words(true).starts_with(&words(false)) && words(true).contains("Yellow Card") && !words(false).contains("Yellow Card"));
        let elsewhere = desk().choose(None, Some("JP"), "fr", true);
        assert!(elsewhere.words.contains("autorité") && elsewhere.name == desk().choose(None, Some("JP"), "fr", false).name);
    }

    #[test]
    fn only_a_confirmed_address_is_ever_opened() {
        let mut desk = desk();
        for channel in desk.channels.iter_mut().flat_map(|file| &mut file.channels) {
            channel.grade = Grade::C;
        }
        for country in ["FR", "US", "CN"] {
            assert_eq!(desk.choose(None, Some(country), "en", false).address, None);
        }
        assert!(check(&desk.channels).is_err());
    }

    #[test]
    fn no_form_for_owners_of_rights_is_offered() {
        for channel in desk().channels.iter().flat_map(|file| &file.channels) {
            let all = format!("{:?} {:?} {:?}", channel.address, channel.texts, channel.selectors).to_lowercase();
            for part in ["infringement", "vero", "ipp", "brandregistry", "propriedade intelectual"] {
                assert!(!all.contains(part), "{} {part}", channel.id);
            }
        }
    }

    #[test]
    fn the_words_of_a_channel_are_in_the_language_of_the_notice() {
        let record = |language: &str| desk().draft(&page(Some("ebay"), "https://shop.example/1", Vec::new()), 0, &context(language, None));
        let words = |language: &str| record(language).expect("draft").channel.words;
        assert!(words("fr").contains("collez") && words("zh-CN").contains("粘贴") && words("de").contains("paste"));
    }

    #[test]
    fn a_channel_that_contradicts_itself_is_refused() {
        let good = desk().channels;
        let spoil = |change: fn(&mut Channel)| {
            let mut files = good.clone();
            files.iter_mut().flat_map(|file| &mut file.channels).filter(|c| c.method == Method::Form).for_each(change);
            check(&files)
        };
        assert!(check(&good).is_ok());
        assert!(spoil(|c| c.grade = Grade::M).is_err());
        assert!(spoil(|c| c.address = None).is_err());
        assert!(spoil(|c| c.address = Some("javascript:alert(1)".into())).is_err());
        assert!(spoil(|c| c.words.clear()).is_err());
        assert!(spoil(|c| c.method = Method::Control).is_err());
    }
}
