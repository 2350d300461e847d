//! A wrong warning as a case to paste: enough to repeat the judgement, nothing about the person who saw it or the one who sells.

use super::{
    Desk, DraftError, pick,
    text::{address, inert},
};
use crate::{
    report::{PageKind, Report},
    rules::Rules,
};
use std::fmt::Write;

/// How much of a text is repeated, in characters.
const TEXT: usize = 300;

impl Desk {
    /// The case of one listing, as plain text in English. Addresses lose their query, sellers their names.
    ///
    /// # Errors
    /// There is no listing of this number.
    pub fn false_alarm(&self, report: &Report, index: usize) -> Result<String, DraftError> {
        let judged = pick(report, index)?;
        let (listing, assessment) = (&judged.listing, &judged.assessment);
        let mut case = format!("Touchstone {}, data of {}\n", env!("CARGO_PKG_VERSION"), self.data_date);
        let mut line = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                // Writing to a string cannot fail.
                let _ = writeln!(case, "{name}: {value}");
            }
        };
        let quoted = |text: &Option<String>| text.as_deref().map(|t| format!("{:?}", inert(t, TEXT)));
        line("marketplace", report.marketplace.clone());
        line("page", word(&report.page));
        line("listing", Some(index.to_string()));
        line(
            "address",
            listing.url.as_deref().or((report.page == PageKind::Product).then_some(report.url.as_str())).map(|u| address(u, false)),
        );
        line("item", listing.item_id.as_deref().map(|id| inert(id, TEXT)));
        line("title", quoted(&listing.title));
        line("brand field", quoted(&listing.brand));
        for (name, price) in [("price", &listing.price), ("list price", &listing.list_price)] {
            line(name, price.as_ref().map(|p| format!("{} to {} {}", p.min, p.max, p.currency.as_deref().unwrap_or("(no currency)"))));
        }
        line("condition", listing.condition.as_ref().and_then(word));
        line("category", quoted(&listing.category));
        line("seller", Some(if listing.seller.is_some() || listing.seller_id.is_some() { "named" } else { "not named" }.into()));
        for assurance in &listing.assurances {
            line("assurance", Some(format!("{} {:?}", inert(&assurance.code, TEXT), inert(&assurance.evidence, TEXT))));
        }
        line("level", word(&assessment.level).map(|level| format!("{level} (score {:.2})", assessment.score)));
        line("brand", assessment.brand.clone());
        for signal in &assessment.signals {
            let detail = serde_json::Value::Object(signal.detail.clone()).to_string();
            line(
                "signal",
                Some(format!("{} {:+.2} {:?} {}", signal.code, signal.weight, inert(&signal.evidence, TEXT), inert(&detail, TEXT))),
            );
        }
        Ok(case)
    }
}

/// The word that stands for a value in JSON.
fn word(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// The newest date of any fact of the rules.
pub(super) fn newest(rules: &Rules) -> String {
    let files = rules
        .marketplaces
        .iter()
        .map(|m| &m.basis)
        .chain(rules.brands.iter().map(|b| &b.basis))
        .chain(rules.words.iter().map(|w| &w.basis));
    let levels = rules.brands.iter().flat_map(|b| &b.lines).map(|line| &line.from);
    let channels = rules.channels.iter().flat_map(|file| &file.channels).map(|c| &c.basis);
    let weights = [&rules.weights.basis, &rules.rates.basis, &rules.rates.inflation_basis];
    files.chain(levels).chain(channels).chain(weights).map(|s| s.date.as_str()).max().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{desk, page, price_signal};

    #[test]
    fn a_case_has_what_repeats_the_judgement_and_nothing_personal() {
        let mut report = page(Some("shop"), "https://shop.example/item/1?session=77#me", vec![price_signal()]);
        report.listings[0].listing.url = Some("https://me:pw@shop.example/item/1?user=88".into());
        report.listings[0].listing.ships_from = Some("Jane Doe".into());
        let case = desk().false_alarm(&report, 0).expect("a case");
        for part in [
            env!("CARGO_PKG_VERSION"),
            "data of 20",
            "https://shop.example/item/1\n",
            "Brand bag",
            "12.48",
            "caution",
            "+1.50",
            "seller: named",
        ] {
            assert!(case.contains(part), "{part}\n{case}");
        }
        for part in ["Good bags", "S7", "Jane", "session", "77", "88", "me:pw"] {
            assert!(!case.contains(part), "{part}\n{case}");
        }
        assert!(desk().false_alarm(&report, 1).is_err());
    }

    #[test]
    fn a_title_stays_on_one_line_of_the_case() {
        let mut report = page(None, "https://shop.example/", vec![price_signal()]);
        report.listings[0].listing.title = Some("Bag\nlevel: none\u{202e}\"".into());
        let case = desk().false_alarm(&report, 0).expect("a case");
        assert!(case.contains("title: \"Bag level: none\\\"\"\n"), "{case}");
    }
}
