//! What a buyer's review says of whether the goods are the brand's own.
//!
//! Words alone say little here: buyers write `fake` of rumours and fears too. So a review is read clause by clause; the longest phrase at a place
//! counts, which lets `not a fake` win over `fake`; what doubts (`not`, `I doubt`) turns praise round that follows closely; a question says nothing;
//! and stars decide where a review says both.

use crate::lexicon::{Lexicon, Text};
use crate::listing::Review;
use crate::words::{Kind, Words};

/// Of a review of more characters the rest changes no judgement.
const LONGEST: usize = 1_000;
/// Reviews of a page that are read.
const MOST: usize = 40;
/// Words between a doubt and what it turns round.
const REACH: usize = 3;
/// Words around a finding that are quoted.
const AROUND: usize = 3;

/// What a review says, with its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stance {
    /// That the goods are not the brand's own, or may not be.
    Doubts(String),
    /// That they are.
    Affirms,
    /// That they are a good copy.
    PraisesCopy(String),
    /// Nothing of it.
    Silent,
}

/// A review, read.
#[derive(Debug)]
pub struct ReadReview<'a> {
    stars: Option<f64>,
    clauses: Vec<Text<'a>>,
}

/// Reads the reviews of a listing that have a text.
pub fn read<'a>(reviews: &'a [Review], lexicon: &Lexicon) -> Vec<ReadReview<'a>> {
    let read = |review: &'a Review| {
        let text = review.text.as_deref()?;
        let clauses = clauses(text).map(|clause| lexicon.read(clause, LONGEST)).collect();
        Some(ReadReview { stars: review.stars, clauses })
    };
    reviews.iter().filter_map(read).take(MOST).collect()
}

/// The parts of a text between marks, questions left out.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let ends = |at: usize, c: char| match c {
        // `4.5` and `1,000` are one word.
        '.' | ',' => !text[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        c => matches!(c, '!' | '?' | ';' | '\n' | '。' | '！' | '？' | '，' | '、' | '；' | '…' | '¿'),
    };
    let mut marks: Vec<(usize, char)> = text.char_indices().filter(|&(at, c)| ends(at, c)).collect();
    marks.push((text.len(), '.'));
    let mut from = 0;
    let parts = marks.into_iter().filter_map(move |(at, mark)| {
        let part = &text[from..at];
        from = (at + mark.len_utf8()).min(text.len());
        (!matches!(mark, '?' | '？') && part.chars().any(char::is_alphabetic)).then_some(part)
    });
    parts.collect::<Vec<_>>().into_iter()
}

/// A finding in a clause, as bytes of its flat text.
#[derive(Clone, Copy, Debug)]
struct Found {
    kind: Kind,
    start: usize,
    end: usize,
}

impl ReadReview<'_> {
    /// What it says. Who gives four stars complains of nothing, who gives two praises nothing.
    #[must_use]
    pub fn stance(&self, words: &Words) -> Stance {
        let (mut complaint, mut praise, mut affirmed) = (None, None, false);
        for clause in &self.clauses {
            for found in findings(clause, words) {
                let quote = || clause.quote(found.start, found.end, AROUND);
                match found.kind {
                    Kind::ReviewComplaint => complaint = complaint.or_else(|| Some(quote())),
                    Kind::ReviewPraise => praise = praise.or_else(|| Some(quote())),
                    _ => affirmed = true,
                }
            }
        }
        let (content, discontent) = (self.stars.is_some_and(|s| s > 3.5), self.stars.is_some_and(|s| s < 2.5));
        match (complaint, praise) {
            (Some(words), _) if !content && (discontent || !affirmed) => Stance::Doubts(words),
            (_, Some(words)) if !discontent => Stance::PraisesCopy(words),
            _ if affirmed && !discontent => Stance::Affirms,
            _ => Stance::Silent,
        }
    }
}

/// Complaints, denials and praise of a clause, of those that overlap the first and longest, turned round where something before them does so.
fn findings(clause: &Text<'_>, words: &Words) -> Vec<Found> {
    let of = |kind| words.of_kind(kind, clause, &[]).map(move |hit| Found { kind, start: hit.start, end: hit.end });
    let kinds = [Kind::ReviewComplaint, Kind::ReviewDenial, Kind::ReviewPraise];
    let mut found: Vec<Found> = kinds.into_iter().flat_map(of).collect();
    crate::order::sort(&mut found, |a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut end = 0;
    found.retain(|f| {
        let apart = f.start >= end;
        if apart {
            end = f.end;
        }
        apart
    });
    let before = |kind, at: usize, reach| words.of_kind(kind, clause, &[]).any(|w| w.end <= at && clause.words_between(w.end, at) <= reach);
    for f in &mut found {
        f.kind = match f.kind {
            Kind::ReviewComplaint if before(Kind::Negation, f.start, 0) => Kind::ReviewDenial,
            Kind::ReviewDenial if before(Kind::ReviewDoubt, f.start, REACH) => Kind::ReviewComplaint,
            kind => kind,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::testing::engine;

    fn stance(stars: Option<f64>, text: &str) -> Stance {
        engine().stance(&Review { stars, text: Some(text.into()), ..Review::default() })
    }

    #[test]
    fn a_complaint_is_told_from_denials_fears_and_questions() {
        for text in [
            "They sent me a fake.",
            "This is not an original product, the print comes off",
            "I really doubt that it is genuine",
            "Took it to the counter: counterfeit!",
            "Das ist eine Fälschung, Finger weg",
            "C'est une contrefaçon",
            "No es original, el logo es distinto",
            "Это подделка, не берите",
            "偽物でした。返品します",
            "가품입니다",
            "收到假货，已退款",
            "Barang palsu, jangan beli",
        ] {
            assert!(matches!(stance(None, text), Stance::Doubts(_)), "{text}: {:?}", stance(None, text));
        }
        for text in [
            "Not a fake, checked the serial number.",
            "I thought it was fake, but the brand confirmed it.",
            "Is this fake? Please answer",
            "100% original and well packed",
            "No doubt it is genuine",
            "Ignore the fake reviews",
            "Keine Fälschung, alles bestens",
            "偽物ではありません",
            "不是假货，放心买",
            "Did not come in the original packaging",
            "Not only original but cheap",
        ] {
            assert!(!matches!(stance(None, text), Stance::Doubts(_)), "{text}: {:?}", stance(None, text));
        }
    }

    #[test]
    fn stars_decide_where_a_review_says_both() {
        let both = "I had the original before. This one is fake.";
        assert!(matches!(stance(Some(1.0), both), Stance::Doubts(_)));
        assert_eq!(stance(None, both), Stance::Affirms);
        assert_eq!(stance(Some(5.0), "Not for lovers of fake chocolate"), Stance::Silent);
    }

    #[test]
    fn praise_of_a_copy_is_no_complaint() {
        assert!(matches!(stance(Some(5.0), "Very good copy, nobody can tell"), Stance::PraisesCopy(_)));
        assert_eq!(stance(Some(1.0), "Not even a good copy of the keys"), Stance::Silent);
    }

    #[test]
    fn a_finding_is_quoted_with_the_words_around_it() {
        assert_eq!(stance(None, "Looks nice. But the seller sent a fake bag to me"), Stance::Doubts("seller sent a fake bag to me".into()));
    }
}
