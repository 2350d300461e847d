//! Days on which shops everywhere sell far below their usual prices, and say so beforehand: `data/sales.toml`.

use serde::{Deserialize, Serialize};

use super::Source;

/// The declared sales.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sales {
    /// One after the other.
    pub sales: Vec<Sale>,
}

/// A sale that returns every year.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sale {
    /// Stable id.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// ISO 3166-1 alpha-2 countries in which it is held; empty: everywhere.
    pub countries: Vec<String>,
    /// Currencies of offers that it is taken to hold for where nothing tells the shop's country.
    pub currencies: Vec<String>,
    /// When it is held.
    pub days: Days,
    /// Where it comes from.
    pub basis: Source,
    /// Days of which is known whether they are of the sale.
    pub cases: Vec<Case>,
}

/// Which days of a year: a run that hangs on one day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Days {
    /// 1 to 12.
    pub month: u8,
    /// The day of the month; 0: a weekday counts.
    pub day: u8,
    /// 1, Monday, to 7, Sunday.
    pub weekday: u8,
    /// Which of these weekdays in the month, from 1; negative: counted from its end.
    pub nth: i8,
    /// Where that falls after this day of the month, the same weekday a week before; 0: never.
    pub not_after: u8,
    /// How many days after that day the sale begins; negative: before it.
    pub begins: i8,
    /// How many days it lasts.
    pub lasts: u8,
}

/// A day, and whether the sale is on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Whether it is a day of the sale.
    pub on: bool,
}
