//! Days of the calendar. The core knows no clock: whoever asks it says which day it is.

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar; written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    /// Days since 1970-01-01.
    number: i32,
}

/// A text that is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no day; write it as in 2026-11-22")]
pub struct NoDay(String);

impl std::str::FromStr for Day {
    type Err = NoDay;

    /// Reads `YYYY-MM-DD`, also at the head of a time such as `2026-11-22T09:30:00Z`.
    fn from_str(text: &str) -> Result<Self, NoDay> {
        let read = || {
            let (date, rest) = (text.get(..10)?, text.get(10..)?);
            let mut parts = date.split('-');
            let mut number = |digits: usize| {
                parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?.parse::<i32>().ok()
            };
            let (year, month, day) = (number(4)?, number(2)?, number(2)?);
            let real = (1..=12).contains(&month) && (1..=length(year, month)).contains(&day) && (rest.is_empty() || rest.starts_with('T'));
            real.then(|| Self::of(year, month, day))
        };
        read().ok_or_else(|| NoDay(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;

    fn try_from(text: String) -> Result<Self, NoDay> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        let (year, month, day) = day.date();
        let two = |n: i32| if n < 10 { format!("0{n}") } else { n.to_string() };
        format!("{year}-{}-{}", two(month), two(day))
    }
}

impl Day {
    /// The day of a date that exists. Years begin in March here, so that a leap day is a year's last.
    #[must_use]
    pub fn of(year: i32, month: i32, day: i32) -> Self {
        let year = year - i32::from(month < 3);
        let month = (month + 9) % 12;
        Self {
            number: 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 719_469,
        }
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (i32, i32, i32) {
        let year =
            (0..).map(|back| (self.number + 719_468) / 365 + 1 - back).find(|&year| Self::of(year, 1, 1) <= self).unwrap_or_default();
        let month = (1..=12).rev().find(|&month| Self::of(year, month, 1) <= self).unwrap_or(1);
        (year, month, self.number - Self::of(year, month, 1).number + 1)
    }

    /// 1, Monday, to 7, Sunday.
    #[must_use]
    pub fn weekday(self) -> i32 {
        (self.number + 3).rem_euclid(7) + 1
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self { number: self.number + days }
    }

    /// How many whole months have passed since `earlier`; none where that is no earlier day.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        let ((year, month, day), (from_year, from_month, from_day)) = (self.date(), earlier.date());
        (12 * (year - from_year) + month - from_month - i32::from(day < from_day)).max(0)
    }
}

/// How many days a month has.
#[must_use]
pub fn length(year: i32, month: i32) -> i32 {
    let next = if month == 12 { Day::of(year + 1, 1, 1) } else { Day::of(year, month + 1, 1) };
    next.number - Day::of(year, month, 1).number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_of_four_hundred_years_has_its_date() {
        let mut at = day("1899-12-31");
        for year in 1900..2300 {
            for month in 1..=12 {
                for of_month in 1..=jiff::civil::date(year, i8::try_from(month).unwrap(), 1).days_in_month() {
                    at = at.plus(1);
                    assert_eq!(at.date(), (i32::from(year), month, i32::from(of_month)));
                    assert_eq!(Day::of(i32::from(year), month, i32::from(of_month)), at);
                }
            }
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["", "2026", "2026-02-30", "2025-02-29", "2026-13-01", "2026-1-01", "22.11.2026", "2026-11-22x", "２０２６-11-22", "-026-11-22"]
        {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert_eq!(day("2026-11-22T09:30:00Z"), day("2026-11-22"));
        assert_eq!(String::from(day("2024-02-29")), "2024-02-29");
    }

    #[test]
    fn weekdays_and_whole_months_are_counted() {
        assert_eq!((day("2026-11-22").weekday(), day("2026-11-23").weekday(), day("1969-12-31").weekday()), (7, 1, 3));
        let months = |from: &str, to: &str| day(to).months_since(day(from));
        assert_eq!(
            (months("2026-11-22", "2026-12-21"), months("2026-11-22", "2026-12-22"), months("2025-05-31", "2026-11-30")),
            (0, 1, 17)
        );
        assert_eq!(months("2026-11-22", "2026-01-01"), 0);
    }
}
