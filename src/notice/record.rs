//! The record that a report leaves on this machine: the facts as they were seen, the notice, and where it goes.
//!
//! Records live longer than the version that wrote them, so the shape carries its version and a stored value is read with suspicion.

use crate::{
    listing::Listing,
    order,
    report::Assessment,
    rules::channel::{Grade, Method},
};
use serde::{Deserialize, Serialize};

/// Version of [`Record`]'s shape.
pub const SCHEMA: u32 = 1;

/// A finished report. Holds neither name nor e-mail address of the person who reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: u32,
    /// What identifies the listing on this machine, as in [`crate::report::Judged::key`].
    pub key: String,
    /// When the listing was seen and the notice made: ISO 8601, UTC.
    pub made: String,
    /// The facts as read.
    pub listing: Listing,
    /// The judgement as shown.
    pub assessment: Assessment,
    /// The marketplace's id, absent on a shop without an adapter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marketplace: Option<String>,
    /// The listing's own address where it is known, else the page's.
    pub url: String,
    /// The text to hand in.
    pub notice: Notice,
    /// Where to hand it in.
    pub channel: Choice,
}

/// The text of a notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// BCP 47 language of the text.
    pub language: String,
    /// The language that was asked for, where there are no sentences in it and `language` stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// The text, plain, lines separated by `\n`.
    pub text: String,
    /// The elements of a complete notice that the text has: `reasons`, `location`, `statement` (which is still to be confirmed).
    pub complete: Vec<String>,
    /// What only the person who reports can add: `name`, `email`, and `reasons` where the page shows none that could be quoted.
    pub missing: Vec<String>,
}

/// The way to report that was chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// How it is reached.
    pub method: Method,
    /// Its name, in its own language.
    pub name: String,
    /// Selectors of the control on the shop's page, the first present one is meant.
    pub selectors: Vec<String>,
    /// Texts of the control on the shop's page, where no selector fits.
    pub texts: Vec<String>,
    /// The address to open; only with grade A or B.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What to do, in the notice's language.
    pub words: String,
    /// Whether an account is needed.
    pub login: bool,
    /// How well the channel is confirmed.
    pub grade: Grade,
    /// The day on which it was looked up, `YYYY-MM-DD`.
    pub checked: String,
}

/// Why a stored value is no usable record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Written by a later version.
    #[error("this report was stored in shape {0}, which a later version of Touchstone reads; update to open it")]
    Later(u32),
    /// Not a record.
    #[error("this is not a stored report: {0}")]
    Shape(String),
}

impl Record {
    /// Checks what the type alone does not: the version of the shape and that there is a key.
    ///
    /// # Errors
    /// [`Damage`] says what is wrong.
    pub fn checked(self) -> Result<Self, Damage> {
        if self.schema > SCHEMA {
            return Err(Damage::Later(self.schema));
        }
        if self.schema == 0 {
            return Err(Damage::Shape("its shape has no version".into()));
        }
        if self.key.is_empty() {
            return Err(Damage::Shape("it names no listing".into()));
        }
        Ok(self)
    }
}

/// The records, newest first; equal times in the order of their keys.
pub fn newest_first(mut records: Vec<Record>) -> Vec<Record> {
    order::sort(&mut records, |a, b| b.made.cmp(&a.made).then_with(|| a.key.cmp(&b.key)));
    records
}

#[cfg(test)]
mod tests {
    use super::super::tests::{context, desk, page, price_signal};
    use super::*;

    fn record(key: &str, made: &str) -> Record {
        let record = desk().draft(&page(None, "https://shop.example/1", vec![price_signal()]), 0, &context("en", None)).expect("draft");
        Record { key: key.into(), made: made.into(), ..record }
    }

    #[test]
    fn a_record_survives_the_way_through_json() {
        let record = record("a:1", "2026-11-22T09:30:00Z");
        let text = serde_json::to_string(&record).expect("json");
        assert_eq!(serde_json::from_str::<Record>(&text).expect("record").checked(), Ok(record));
    }

    #[test]
    fn a_value_of_another_shape_is_damage() {
        let record = record("a:1", "2026-11-22T09:30:00Z");
        assert!(matches!(Record { schema: SCHEMA + 1, ..record.clone() }.checked(), Err(Damage::Later(2))));
        assert!(matches!(Record { schema: 0, ..record.clone() }.checked(), Err(Damage::Shape(_))));
        assert!(matches!(Record { key: String::new(), ..record }.checked(), Err(Damage::Shape(_))));
        assert!(serde_json::from_str::<Record>("{\"schema\":1,\"key\":\"a:1\"}").is_err());
    }

    #[test]
    fn the_newest_report_comes_first() {
        let (old, new) = ("2026-11-21T09:30:00Z", "2026-11-22T09:30:00Z");
        let sorted = newest_first(vec![record("b", old), record("c", new), record("a", old)]);
        assert_eq!(sorted.iter().map(|r| r.key.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
    }
}
