//! The text of a notice, put together from whole sentences of one language.

use super::{
    Context, Desk, DraftError, pick,
    record::{Notice, Record, SCHEMA},
    text::{address, fill, inert, is_time},
};
use crate::{
    listing::{Condition, Listing, Price},
    report::{Assessment, Judged, PageKind, Report, Signal},
    rules::notice::NoticeTemplate,
    rules_error::RulesError,
};
use rust_decimal::Decimal;

/// The language that stands in for one without sentences.
const FALLBACK: &str = "en";

/// How much of a title, of another value, and of an evidence is repeated, in characters.
const TITLE: usize = 300;
const VALUE: usize = 120;
const EVIDENCE: usize = 200;

/// How many observations are stated.
const SIGNALS: usize = 12;

/// The sentences that every language has, with the marks that each may hold.
const SENTENCES: &[(&str, &[&str])] = &[
    ("title", &[]),
    ("title-law", &[]),
    ("incomplete", &[]),
    ("request", &[]),
    ("request-price", &[]),
    ("request-can-hurt", &[]),
    ("offer", &[]),
    ("offer-title", &["value"]),
    ("offer-brand", &["value"]),
    ("offer-price", &["value"]),
    ("offer-list-price", &["value"]),
    ("offer-condition-new", &[]),
    ("offer-condition-used", &[]),
    ("offer-condition-refurbished", &[]),
    ("offer-seller", &["value"]),
    ("offer-ships", &["value"]),
    ("price-without-currency", &["value"]),
    ("reasons", &[]),
    ("reasons-none", &[]),
    ("reasons-brand", &["brand"]),
    ("innocent", &[]),
    ("favour", &[]),
    ("other-signal", &["evidence"]),
    ("place", &[]),
    ("place-address", &["value"]),
    ("place-page", &["value"]),
    ("place-marketplace", &["value"]),
    ("place-item", &["value"]),
    ("place-seller", &["value"]),
    ("place-time", &["value"]),
    ("unchecked", &[]),
    ("unchecked-goods", &[]),
    ("unchecked-title", &[]),
    ("unchecked-price", &[]),
    ("unchecked-seller", &[]),
    ("unchecked-condition", &[]),
    ("reporter", &[]),
    ("reporter-role", &[]),
    ("reporter-name", &[]),
    ("reporter-email", &[]),
    ("statement", &[]),
    ("statement-good-faith", &[]),
];

impl Desk {
    /// Drafts the report of one listing. Pure: the same input gives the same record.
    ///
    /// # Errors
    /// There is no listing of this number, or `now` is no time.
    pub fn draft(&self, report: &Report, index: usize, context: &Context) -> Result<Record, DraftError> {
        let judged = pick(report, index)?;
        if !is_time(&context.now) {
            return Err(DraftError::Time { given: inert(&context.now, VALUE) });
        }
        let country = context.country.as_deref().filter(|c| !c.is_empty()).map(str::to_ascii_uppercase);
        let template = self.template(&context.language);
        let writer = Writer { desk: self, template, report, judged, law: self.rests_on_law(country.as_deref()) };
        let (text, reasons) = writer.text(&context.now);
        Ok(Record {
            schema: SCHEMA,
            key: judged.key.clone(),
            made: context.now.clone(),
            listing: judged.listing.clone(),
            assessment: judged.assessment.clone(),
            marketplace: report.marketplace.clone(),
            url: place(report, judged),
            notice: Notice {
                language: template.language.clone(),
                asked: serves(template, &context.language).is_none().then(|| inert(&context.language, 35)),
                text,
                complete: ["reasons", "location", "statement"].into_iter().skip(usize::from(!reasons)).map(String::from).collect(),
                missing: ["name", "email", "reasons"].into_iter().take(if reasons { 2 } else { 3 }).map(String::from).collect(),
            },
            channel: self.choose(report.marketplace.as_deref(), country.as_deref(), &template.language, judged.assessment.can_hurt),
        })
    }

    /// The sentences for a language, English where there are none.
    fn template(&self, language: &str) -> &NoticeTemplate {
        let best = self.templates.iter().filter_map(|t| Some((serves(t, language)?, t))).max_by_key(|(length, _)| *length);
        best.map_or(&self.english, |(_, template)| template)
    }
}

/// How closely a template serves a language: the length of the tag that fits. `fr` serves `fr-CA`, `zh-Hans` does not serve `zh-Hant`.
fn serves(template: &NoticeTemplate, language: &str) -> Option<usize> {
    let language = language.to_ascii_lowercase().replace('_', "-");
    let fits = |tag: &&String| {
        let tag = tag.to_ascii_lowercase();
        language.strip_prefix(&tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let whole = template.also.iter().filter(|tag| tag.eq_ignore_ascii_case(&language)).map(|tag| tag.len());
    std::iter::once(&template.language).filter(fits).map(|tag| tag.len()).chain(whole).max()
}

/// The address a notice names: the listing's own, else the page's.
fn place(report: &Report, judged: &Judged) -> String {
    address(judged.listing.url.as_deref().unwrap_or(&report.url), true)
}

/// What one text is written from.
struct Writer<'a> {
    desk: &'a Desk,
    template: &'a NoticeTemplate,
    report: &'a Report,
    judged: &'a Judged,
    law: bool,
}

impl Writer<'_> {
    /// The text, and whether it has reasons that quote the page.
    fn text(&self, now: &str) -> (String, bool) {
        let (listing, assessment) = (&self.judged.listing, &self.judged.assessment);
        let against: Vec<&Signal> = assessment.signals.iter().filter(|s| s.weight > 0.0).take(SIGNALS).collect();
        let price_alone = !against.is_empty() && against.iter().all(|s| s.code.starts_with("price-"));
        let sections = [
            vec![self.say(if self.law { "title-law" } else { "title" }), self.say("incomplete")],
            self.request(assessment, price_alone || against.is_empty()),
            self.offer(listing, assessment),
            self.reasons(assessment, &against),
            self.place(listing, now),
            self.unchecked(listing),
            vec![self.say("reporter"), self.say("reporter-role"), self.say("reporter-name"), self.say("reporter-email")],
            vec![self.say("statement"), self.say("statement-good-faith")],
        ];
        (sections.map(|lines| lines.join("\n")).join("\n\n") + "\n", !against.is_empty())
    }

    /// What is asked for; of goods that can hurt, to be asked soon.
    fn request(&self, assessment: &Assessment, price_alone: bool) -> Vec<String> {
        let request = self.say(if price_alone { "request-price" } else { "request" });
        let soon = assessment.can_hurt.then(|| self.say("request-can-hurt"));
        std::iter::once(request).chain(soon).collect()
    }

    fn offer(&self, listing: &Listing, assessment: &Assessment) -> Vec<String> {
        let brand = assessment.brand_name.as_deref().or(listing.brand.as_deref());
        let condition = listing.condition.map(|condition| match condition {
            Condition::New => "offer-condition-new",
            Condition::Used => "offer-condition-used",
            Condition::Refurbished => "offer-condition-refurbished",
        });
        let mut lines = vec![self.say("offer")];
        lines.extend(listing.title.as_deref().map(|title| self.with("offer-title", &inert(title, TITLE))));
        lines.extend(brand.map(|brand| self.with("offer-brand", &inert(brand, VALUE))));
        lines.extend(listing.price.as_ref().map(|price| self.with("offer-price", &self.price(price))));
        lines.extend(listing.list_price.as_ref().map(|price| self.with("offer-list-price", &self.price(price))));
        lines.extend(condition.map(|key| self.say(key)));
        lines.extend(listing.seller.as_deref().map(|seller| self.with("offer-seller", &inert(seller, VALUE))));
        lines.extend(listing.ships_from.as_deref().map(|from| self.with("offer-ships", &inert(from, VALUE))));
        lines
    }

    fn reasons(&self, assessment: &Assessment, against: &[&Signal]) -> Vec<String> {
        let mut lines = vec![self.say("reasons")];
        if against.is_empty() {
            lines.push(self.say("reasons-none"));
        } else {
            lines.extend(against.iter().map(|signal| format!("- {}", self.signal(signal))));
            lines.push(self.say("innocent"));
        }
        lines.extend(assessment.brand_name.as_deref().map(|brand| self.filled("reasons-brand", "brand", &inert(brand, VALUE))));
        let favour: Vec<String> =
            assessment.signals.iter().filter(|s| s.weight < 0.0).take(SIGNALS).map(|s| format!("- {}", self.signal(s))).collect();
        if !favour.is_empty() {
            lines.push(self.say("favour"));
            lines.extend(favour);
        }
        lines
    }

    /// The sentence of an observation; the short one where values are missing; at least the quotation.
    fn signal(&self, signal: &Signal) -> String {
        let value = |name: &str| match name {
            "evidence" => (!signal.evidence.is_empty()).then(|| inert(&signal.evidence, EVIDENCE)),
            _ => match signal.detail.get(name)? {
                serde_json::Value::String(text) if ["typical", "low"].contains(&name) => Some(rounded(&inert(text, VALUE))),
                serde_json::Value::String(text) => Some(inert(text, VALUE)),
                serde_json::Value::Number(number) => Some(number.to_string()),
                _ => None,
            },
        };
        let filled = |code: &str| fill(self.template.signals.get(code)?, value);
        filled(&signal.code)
            .or_else(|| filled(&format!("{}.short", signal.code)))
            .unwrap_or_else(|| self.filled("other-signal", "evidence", &inert(&signal.evidence, EVIDENCE)))
    }

    fn place(&self, listing: &Listing, now: &str) -> Vec<String> {
        let at = place(self.report, self.judged);
        let page = address(&self.report.url, true);
        let shop = self.desk.shop(self.report.marketplace.as_deref()).map(|shop| shop.name.as_str());
        let mut lines = vec![self.say("place"), self.with("place-address", &at)];
        // A product page's own address would add nothing but what the shop hangs on it to follow a visitor.
        let elsewhere = self.report.page != PageKind::Product && page != at;
        lines.extend(elsewhere.then(|| self.with("place-page", &page)));
        lines.extend(shop.map(|name| self.with("place-marketplace", name)));
        lines.extend(listing.item_id.as_deref().map(|id| self.with("place-item", &inert(id, VALUE))));
        lines.extend(listing.seller_id.as_deref().map(|id| self.with("place-seller", &inert(id, VALUE))));
        let minute = now.get(..16).unwrap_or(now);
        lines.push(self.with("place-time", &format!("{} UTC", minute.replace('T', " "))));
        lines
    }

    fn unchecked(&self, listing: &Listing) -> Vec<String> {
        let absent = [
            (listing.title.is_none(), "unchecked-title"),
            (listing.price.is_none(), "unchecked-price"),
            (listing.seller.is_none() && listing.seller_id.is_none(), "unchecked-seller"),
            (listing.condition.is_none(), "unchecked-condition"),
        ];
        let mut lines = vec![self.say("unchecked"), self.say("unchecked-goods")];
        lines.extend(absent.into_iter().filter(|(is, _)| *is).map(|(_, key)| self.say(key)));
        lines
    }

    fn price(&self, price: &Price) -> String {
        let amount = if price.min == price.max { price.min.to_string() } else { format!("{}–{}", price.min, price.max) };
        match &price.currency {
            Some(currency) => format!("{amount} {}", inert(currency, 8)),
            None => self.with("price-without-currency", &amount),
        }
    }

    fn say(&self, key: &str) -> String {
        self.template.sentences.get(key).cloned().unwrap_or_default()
    }

    fn with(&self, key: &str, value: &str) -> String {
        self.filled(key, "value", value)
    }

    fn filled(&self, key: &str, name: &str, value: &str) -> String {
        let sentence = self.template.sentences.get(key).map_or("", String::as_str);
        fill(sentence, |n| (n == name).then(|| value.to_owned())).unwrap_or_default()
    }
}

/// A price level without a precision that it does not have.
fn rounded(amount: &str) -> String {
    let precise = amount.parse::<Decimal>().ok().filter(|precise| *precise >= Decimal::from(20));
    precise.map_or_else(|| amount.to_owned(), |precise| precise.round().to_string())
}

/// Refuses languages that lack a sentence or use a mark that nothing fills.
pub(super) fn check(templates: &[NoticeTemplate]) -> Result<(), RulesError> {
    let english = english(templates)?;
    for template in templates {
        let wrong = |reason: String| RulesError::new(format!("notices/{}.toml", template.language), reason);
        for (key, marks) in SENTENCES {
            let sentence = template.sentences.get(*key).filter(|s| !s.trim().is_empty());
            let sentence = sentence.ok_or_else(|| wrong(format!("the sentence `{key}` is missing")))?;
            for mark in *marks {
                if !sentence.contains(&format!("{{{mark}}}")) {
                    return Err(wrong(format!("the sentence `{key}` lacks {{{mark}}}")));
                }
            }
            if fill(sentence, |name| marks.contains(&name).then(String::new)).is_none() {
                return Err(wrong(format!("the sentence `{key}` has a mark that nothing fills; it may have {marks:?}")));
            }
        }
        if let Some(key) = template.sentences.keys().find(|key| !SENTENCES.iter().any(|(known, _)| known == key)) {
            return Err(wrong(format!("no notice uses the sentence `{key}`")));
        }
        if template.signals.keys().ne(english.signals.keys()) {
            return Err(wrong(format!("its signals are not those of {FALLBACK}.toml")));
        }
    }
    Ok(())
}

/// The sentences that stand in for every language without its own.
pub(super) fn english(templates: &[NoticeTemplate]) -> Result<&NoticeTemplate, RulesError> {
    let missing = || RulesError::new(format!("notices/{FALLBACK}.toml"), "it is missing; it stands in for every language without its own");
    templates.iter().find(|template| template.language == FALLBACK).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{context, desk, page, price_signal, signal};
    use super::*;
    use serde_json::json;

    const CODES: &[&str] = &[
        "price-far-below-genuine",
        "seller-admits",
        "seller-hints",
        "masked-brand",
        "ships-from-elsewhere",
        "many-colourways",
        "new-seller-luxury",
        "many-brands-one-seller",
        "far-below-same-page",
        "hidden-link",
        "off-platform-contact",
        "brand-in-shop-domain",
        "alert",
        "impossible-specification",
        "designer-under-no-brand",
        "contradiction",
        "coded-name",
        "reviews-doubt",
        "reviews-praise-copy",
        "sold-by-shop",
        "brand-store",
        "brand-seller",
        "official-store",
        "authenticity-checked",
        "official-mall",
        "brand-domain",
    ];
    const LANGUAGES: &[&str] = &["en", "fr", "zh-Hans"];

    /// Words by which a notice would say what goods or people are, or whom it speaks for.
    const FORBIDDEN: &[&str] = &[
        "fake",
        "is counterfeit",
        "are counterfeit",
        "is a counterfeit",
        "are counterfeits",
        "criminal",
        "crime",
        "scam",
        "fraud",
        "thief",
        "on behalf of the brand",
        "we, the brand",
        "est une contrefaçon",
        "sont des contrefaçons",
        "est contrefait",
        "sont contrefaits",
        "faux ",
        "escro",
        "arnaque",
        "crimin",
        "au nom de la marque",
        "是假",
        "假货",
        "为假",
        "骗",
        "犯罪",
        "罪犯",
        "代表该品牌",
    ];

    fn text(language: &str, country: &str, signals: Vec<Signal>) -> String {
        desk().draft(&page(None, "https://shop.example/item/1", signals), 0, &context(language, Some(country))).expect("draft").notice.text
    }

    #[test]
    fn every_code_has_its_sentences_in_every_language() {
        for language in LANGUAGES {
            let desk = desk();
            let template = desk.template(language);
            assert_eq!(&template.language, language);
            for code in CODES {
                for key in [(*code).to_owned(), format!("{code}.short")] {
                    assert!(template.signals.get(&key).is_some_and(|s| s.ends_with(['.', '。'])), "{language} {key}");
                }
            }
        }
    }

    #[test]
    fn no_sentence_calls_anything_or_anybody_what_only_a_court_may() {
        let desk = desk();
        let sentences = desk.templates.iter().flat_map(|t| t.sentences.values().chain(t.signals.values()));
        let words = desk.channels.iter().flat_map(|file| &file.channels).flat_map(|c| &c.words).map(|w| &w.text);
        for sentence in sentences.chain(words) {
            let low = sentence.to_lowercase();
            assert!(FORBIDDEN.iter().all(|word| !low.contains(word)), "{sentence}");
        }
    }

    #[test]
    fn a_notice_has_every_element() {
        let signals =
            vec![signal("seller-admits", 4.0, "1:1 copy", json!({})), price_signal(), signal("brand-store", -1.0, "the store", json!({}))];
        let report = Report { page: PageKind::Search, ..page(None, "https://shop.example/search?q=bag#x", signals) };
        let record = desk().draft(&report, 0, &context("en", Some("FR"))).expect("draft");
        for part in [
            "Article 16",
            "“Brand bag, 30 cm”",
            "12.48 EUR",
            "“Good bags”",
            "“1:1 copy”",
            "about 90 USD",
            "less than 45 USD",
            "“the store”",
            "Address: https://shop.example/item/1\n",
            "Seen on the page: https://shop.example/search?q=bag\n",
            "Item number: 1\n",
            "account: S7\n",
            "2026-11-22 09:30 UTC",
            "Name: [please fill in]",
            "E-mail address: [please fill in]",
            "[ ] I believe in good faith",
            "not complete until",
            "have not examined the goods",
            "innocent explanation",
        ] {
            assert!(record.notice.text.contains(part), "{part}\n{}", record.notice.text);
        }
        assert_eq!(record.notice.missing, ["name", "email"]);
        assert_eq!(record.notice.complete, ["reasons", "location", "statement"]);
        assert_eq!((record.key.as_str(), record.url.as_str()), ("shop:1", "https://shop.example/item/1"));
        assert!(record.checked().is_ok());
    }

    #[test]
    fn a_product_is_found_by_its_own_address_alone() {
        let report = page(None, "https://shop.example/item/1?visitor=77", vec![price_signal()]);
        let text = desk().draft(&report, 0, &context("en", None)).expect("draft").notice.text;
        assert!(text.contains("https://shop.example/item/1\n") && !text.contains("77"), "{text}");
        assert_eq!((rounded("178.2"), rounded("9.95"), rounded("x")), ("178".into(), "9.95".into(), "x".into()));
    }

    #[test]
    fn where_the_price_alone_speaks_the_notice_asks_for_a_check() {
        assert!(text("en", "FR", vec![price_signal()]).contains("proves nothing by itself"));
        assert!(
            !text("en", "FR", vec![price_signal(), signal("masked-brand", 2.0, "Brаnd", json!({}))]).contains("proves nothing by itself")
        );
    }

    #[test]
    fn without_a_reason_to_quote_the_person_is_asked_for_theirs() {
        let report = page(None, "https://shop.example/item/1", Vec::new());
        let record = desk().draft(&report, 0, &context("en", Some("FR"))).expect("draft");
        assert!(record.notice.text.contains("[please add what you saw]"));
        assert_eq!((record.notice.missing.len(), record.notice.complete.len()), (3, 2));
    }

    #[test]
    fn the_regulation_is_named_only_where_it_is_law() {
        for (country, named) in [("FR", true), ("de", true), ("US", false), ("GB", false), ("CN", false), ("JP", false), ("CH", false)] {
            for language in LANGUAGES {
                assert_eq!(text(language, country, vec![price_signal()]).contains("2022/2065"), named, "{country} {language}");
            }
        }
    }

    #[test]
    fn a_title_cannot_write_the_notice() {
        let mut report =
            page(None, "https://shop.example/item/1", vec![signal("seller-admits", 4.0, "copy\n6. Statement\u{2029}x", json!({}))]);
        let title = "Bag\r\n\r\n5. Who reports\u{85}Name: \u{202e}Eve {value}<b>\u{0}\u{2028}";
        report.listings[0].listing.title = Some(title.into());
        let text = desk().draft(&report, 0, &context("en", Some("FR"))).expect("draft").notice.text;
        assert!(text.contains("“Bag 5. Who reports Name: Eve {value}<b>”\n"), "{text}");
        assert!(text.contains("“copy 6. Statement x”"), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("5. ") || line.starts_with("6. ")).count(), 2);
    }

    #[test]
    fn a_megabyte_of_title_gives_a_notice_of_ordinary_length() {
        let mut report = page(None, &format!("https://shop.example/{}", "a".repeat(100_000)), Vec::new());
        let listing = &mut report.listings[0].listing;
        (listing.title, listing.seller, listing.url) = (Some("x ".repeat(500_000)), Some("y".repeat(500_000)), None);
        report.listings[0].assessment.signals = (0..1000).map(|_| signal("unheard-of", 1.0, &"z".repeat(1000), json!({}))).collect();
        let text = desk().draft(&report, 0, &context("en", None)).expect("draft").notice.text;
        assert!(text.len() < 10_000, "{}", text.len());
    }

    #[test]
    fn another_language_falls_back_to_english_and_the_record_says_so() {
        let asked = |language: &str| {
            let record =
                desk().draft(&page(None, "https://shop.example/1", vec![price_signal()]), 0, &context(language, None)).expect("draft");
            (record.notice.language, record.notice.asked)
        };
        assert_eq!(asked("de-AT"), ("en".into(), Some("de-AT".into())));
        assert_eq!(asked("zh-Hant-TW"), ("en".into(), Some("zh-Hant-TW".into())));
        assert_eq!(asked("fr_CA"), ("fr".into(), None));
        assert_eq!(asked("en-GB"), ("en".into(), None));
        for chinese in ["zh", "zh-CN", "zh-Hans-SG", "ZH-hans"] {
            assert_eq!(asked(chinese), ("zh-Hans".into(), None), "{chinese}");
        }
    }

    #[test]
    fn what_cannot_be_drafted_is_said() {
        let report = page(None, "https://shop.example/1", Vec::new());
        assert_eq!(desk().draft(&report, 1, &context("en", None)), Err(DraftError::NoListing { index: 1, count: 1 }));
        let late = Context { now: "soon".into(), ..context("en", None) };
        assert_eq!(desk().draft(&report, 0, &late), Err(DraftError::Time { given: "soon".into() }));
    }

    #[test]
    fn a_language_without_a_sentence_is_refused() {
        let mut templates = crate::embedded::rules().expect("rules").notices;
        let last = templates.last_mut().expect("a language");
        last.sentences.remove("statement-good-faith");
        let error = check(&templates).expect_err("a sentence is missing");
        assert!(error.to_string().contains("notices/zh-Hans.toml") && error.to_string().contains("statement-good-faith"), "{error}");
    }
}
