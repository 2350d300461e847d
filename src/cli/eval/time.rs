//! How long a listing is judged, and how much longer with a hundred times as many brands.

use super::labelled::Set;
use crate::engine::Engine;
use crate::rules::{Rules, brand::Brand};
use crate::terms::Terms;
use std::time::Instant;

/// Microseconds for one listing, with the brands that there are and with a hundred times as many.
pub(super) struct Times {
    pub brands: usize,
    pub now: f64,
    pub hundredfold: f64,
}

/// How many times as many brands are tried.
const TIMES: usize = 100;
/// Rounds over the listings; the quickest counts, since whatever else runs only makes one slower.
const ROUNDS: usize = 60;
/// Listings of a round, taken evenly from all.
const MOST: usize = 500;

/// Judges the listings of a set, one after the other.
pub(super) fn measure(rules: &Rules, set: &Set) -> Result<Times, String> {
    let engine = |rules: Rules| Engine::new(rules).map_err(|error| error.to_string());
    let (few, many) = (engine(rules.clone())?, engine(more(rules))?);
    // In turn, so that both meet the same machine.
    let mut quickest = [f64::INFINITY; 2];
    for _ in 0..ROUNDS {
        for (engine, quickest) in [&few, &many].into_iter().zip(&mut quickest) {
            *quickest = quickest.min(round(engine, set));
        }
    }
    Ok(Times { brands: rules.brands.len(), now: quickest[0], hundredfold: quickest[1] })
}

fn round(engine: &Engine, set: &Set) -> f64 {
    let rows = || set.rows.iter().step_by(set.rows.len().div_ceil(MOST).max(1));
    let started = Instant::now();
    for row in rows() {
        std::hint::black_box(engine.assess_on(&row.row.listing, row.row.marketplace.as_deref(), Terms::default()));
    }
    1e6 * started.elapsed().as_secs_f64() / rows().count().max(1) as f64
}

/// The rules with a hundred times as many brands: each again and again under other names and with other models.
fn more(rules: &Rules) -> Rules {
    let again = |brand: &Brand, time: usize| {
        let other = |phrase: &String| if phrase.starts_with('@') { phrase.clone() } else { format!("{phrase} {}", name(time)) };
        let mut brand = brand.clone();
        brand.id = format!("{}-{time}", brand.id);
        for list in [&mut brand.names, &mut brand.weak_names, &mut brand.masks, &mut brand.not] {
            list.iter_mut().for_each(|phrase| *phrase = other(phrase));
        }
        for line in &mut brand.lines {
            for list in [&mut line.any, &mut line.also, &mut line.none] {
                list.iter_mut().for_each(|phrase| *phrase = other(phrase));
            }
        }
        brand
    };
    let more = (1..TIMES).flat_map(|time| rules.brands.iter().map(move |brand| again(brand, time)));
    Rules { brands: rules.brands.iter().cloned().chain(more).collect(), ..rules.clone() }
}

/// A word of its own for each number.
fn name(number: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
    ["q", "x"].map(|first| format!("{first}{}{}", letter(number / 26), letter(number))).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_times_as_many_brands_are_others() {
        let brand = Brand { id: "a".into(), names: vec!["alpha".into()], ..Brand::default() };
        let rules = more(&Rules { brands: vec![brand], ..Rules::default() });
        assert_eq!(rules.brands.len(), TIMES);
        let names: std::collections::BTreeSet<&String> = rules.brands.iter().flat_map(|brand| &brand.names).collect();
        assert_eq!(names.len(), TIMES);
    }
}
