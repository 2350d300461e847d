//! The day and the sensitivity of a judgement, as the command line takes them.

use crate::day::Day;
use crate::terms::{Sensitivity, Terms};

/// On what terms listings are judged.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Given {
    /// The day of the judgement as YYYY-MM-DD, by which price levels are too old or a sale is on; the system's date, if not given.
    #[arg(long, value_name = "DATE")]
    today: Option<Day>,
    /// How readily a warning is wanted.
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Sensitivity::Usual)]
    sensitivity: Sensitivity,
}

impl Given {
    /// The terms, with a day in any case.
    pub(super) fn terms(self) -> Terms {
        Terms { today: self.today.or_else(today), sensitivity: self.sensitivity }
    }
}

/// The system's date.
fn today() -> Option<Day> {
    jiff::Zoned::now().date().to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_date_stands_in_for_none() {
        let args = |today: Option<&str>| Given { today: today.map(|day| day.parse().unwrap()), sensitivity: Sensitivity::More };
        let given = args(Some("2026-01-02")).terms();
        assert_eq!((given.today.map(String::from).as_deref(), given.sensitivity), (Some("2026-01-02"), Sensitivity::More));
        assert!(args(None).terms().today > Some("2026-11-21".parse().unwrap()));
    }
}
