//! Whether a day is one on which everything is cheap.

use crate::day::{Day, length};
use crate::rules::sales::{Days, Sale, Sales};

impl Sales {
    /// Whether one of the sales is on, for an offer in this currency on a shop of this country.
    #[must_use]
    pub fn on(&self, today: Day, country: Option<&str>, currency: &str) -> bool {
        self.sales.iter().any(|sale| sale.held_for(country, currency) && sale.days.contain(today))
    }
}

impl Sale {
    fn held_for(&self, country: Option<&str>, currency: &str) -> bool {
        self.countries.is_empty()
            || match country {
                Some(country) => self.countries.iter().any(|c| c == country),
                None => self.currencies.iter().any(|c| c == currency),
            }
    }
}

impl Days {
    /// Whether the day is one of these. A run may reach into the next year.
    #[must_use]
    pub fn contain(&self, today: Day) -> bool {
        let (year, ..) = today.date();
        [year - 1, year, year + 1].into_iter().filter_map(|year| self.hangs_on(year)).any(|day| {
            let begins = day.plus(i32::from(self.begins));
            begins <= today && today < begins.plus(i32::from(self.lasts))
        })
    }

    /// The day of a year on which the run hangs.
    fn hangs_on(&self, year: i32) -> Option<Day> {
        let month = i32::from(self.month);
        if !(1..=12).contains(&month) {
            return None;
        }
        if self.day > 0 {
            return (i32::from(self.day) <= length(year, month)).then(|| Day::of(year, month, self.day.into()));
        }
        let mut days = (1..=length(year, month)).filter(|&day| Day::of(year, month, day).weekday() == i32::from(self.weekday));
        let nth = usize::from(self.nth.unsigned_abs()).checked_sub(1)?;
        let day = if self.nth > 0 { days.nth(nth) } else { days.nth_back(nth) }?;
        let early = self.not_after > 0 && day > i32::from(self.not_after);
        Some(Day::of(year, month, if early { day - 7 } else { day }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sales() -> Sales {
        crate::embedded::rules().unwrap().sales
    }

    fn on(date: &str, country: Option<&str>, currency: &str) -> bool {
        sales().on(date.parse().unwrap(), country, currency)
    }

    #[test]
    fn a_sale_of_one_country_is_none_elsewhere() {
        assert!(on("2026-01-15", Some("FR"), "EUR") && on("2026-01-15", None, "EUR"));
        assert!(!on("2026-01-15", Some("DE"), "EUR") && !on("2026-01-15", None, "USD"));
        assert!(on("2026-11-27", Some("DE"), "EUR") && on("2026-11-27", None, "USD"));
    }

    #[test]
    fn a_run_reaches_over_the_turn_of_the_year() {
        let days = Days { month: 12, day: 30, lasts: 5, ..Days::default() };
        let contains = |date: &str| days.contain(date.parse().unwrap());
        assert!(contains("2026-12-30") && contains("2027-01-03") && !contains("2027-01-04") && !contains("2026-12-29"));
    }

    #[test]
    fn an_early_weekday_takes_the_place_of_a_late_one() {
        let winter = Days { month: 1, weekday: 3, nth: 2, not_after: 12, lasts: 1, ..Days::default() };
        let summer = Days { month: 6, weekday: 3, nth: -1, not_after: 28, lasts: 1, ..Days::default() };
        assert!(winter.contain("2026-01-07".parse().unwrap()), "the second Wednesday is the 14th");
        assert!(winter.contain("2025-01-08".parse().unwrap()), "the second Wednesday is the 8th");
        assert!(summer.contain("2026-06-24".parse().unwrap()) && summer.contain("2027-06-23".parse().unwrap()));
        assert!(summer.contain("2023-06-28".parse().unwrap()) && summer.contain("2022-06-22".parse().unwrap()));
    }
}
