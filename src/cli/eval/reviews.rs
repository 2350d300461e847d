//! Buyers' reviews labelled by hand: how well doubts about the goods are told from all else.

use crate::engine::Engine;
use crate::listing::Review;
use crate::reviews::Stance;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Reviews counted by what they say and what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub rows: u32,
    /// Those that say or suspect that the goods are not genuine.
    pub doubting: u32,
    /// Those that were read so.
    pub read: u32,
    /// Those that were read so and do.
    pub right: u32,
}

impl Counts {
    fn count(&mut self, doubting: bool, read: bool) {
        self.rows += 1;
        self.doubting += u32::from(doubting);
        self.read += u32::from(read);
        self.right += u32::from(doubting && read);
    }

    /// Share of those read as doubting that do.
    #[must_use]
    pub fn precision(&self) -> f64 {
        super::tables::share(self.right, self.read)
    }

    /// Share of the doubting ones that were read so.
    #[must_use]
    pub fn recall(&self) -> f64 {
        super::tables::share(self.right, self.doubting)
    }
}

/// The reviews of the products on which the words were tuned, and those of products that were kept aside.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reviews {
    /// Of the first half of the products, in the file's order.
    pub tuned: Counts,
    /// Of the other half.
    pub aside: Counts,
}

/// Reads `reviews/labelled_reviews.tsv`; nothing where there is none.
pub fn measure(engine: &Engine, dir: &Path) -> Option<Reviews> {
    let table = fs::read_to_string(dir.join("reviews/labelled_reviews.tsv")).ok()?;
    let rows: Vec<Vec<&str>> =
        table.lines().skip(1).map(|line| line.split('\t').collect()).filter(|row: &Vec<&str>| row.len() >= 5).collect();
    let mut products: Vec<&str> = Vec::new();
    for row in &rows {
        if !products.contains(&row[2]) {
            products.push(row[2]);
        }
    }
    let (tuned, _) = products.split_at(products.len() / 2);
    let mut reviews = Reviews::default();
    for row in &rows {
        let review = Review { stars: row[1].parse().ok(), text: Some(row[4].to_owned()), date: None };
        let read = matches!(engine.stance(&review), Stance::Doubts(_));
        let half = if tuned.contains(&row[2]) { &mut reviews.tuned } else { &mut reviews.aside };
        half.count(matches!(row[0], "CLAIM" | "DOUBT"), read);
    }
    Some(reviews)
}

/// Prints both halves.
///
/// # Errors
/// When nothing can be written.
pub fn print(out: &mut impl Write, reviews: &Reviews) -> io::Result<()> {
    writeln!(out, "\nreviews that say or suspect that goods are not genuine\n{:40} {:>6} {:>9} {:>8}", "", "n", "precision", "recall")?;
    for (name, half) in [("products on which words were tuned", &reviews.tuned), ("products kept aside", &reviews.aside)] {
        writeln!(out, "{name:40} {:6} {:8.1}% {:7.1}%", half.rows, 100.0 * half.precision(), 100.0 * half.recall())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::core;

    /// Bars on labelled reviews that live beside the repository, never in it.
    #[test]
    fn doubts_are_told_from_all_else() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/listings");
        let Some(reviews) = measure(&core(None).unwrap(), &dir) else {
            let _ = writeln!(io::stderr(), "skipped: no labelled reviews in {}", dir.display());
            return;
        };
        let mut printed = Vec::new();
        print(&mut printed, &reviews).unwrap();
        for half in [reviews.tuned, reviews.aside] {
            assert!(half.precision() >= 0.9 && half.recall() >= 0.75, "{}", String::from_utf8_lossy(&printed));
        }
    }

    #[test]
    fn without_reviews_nothing_is_printed() {
        assert!(measure(&core(None).unwrap(), Path::new("no/such/folder")).is_none());
    }
}
