//! Runs of sizes in a flat text: those of shoes (`EU 36-45`) and of clothes (`S-XXL`), as a listing names all that it has.

/// Where a run of sizes stands.
pub(super) fn size_run(flat: &str) -> Option<(usize, usize)> {
    let words: Vec<(usize, &str)> = flat.split(' ').map(|word| (word.as_ptr() as usize - flat.as_ptr() as usize, word)).collect();
    let end = |at: usize| words[at].0 + words[at].1.len();
    let clothes = (0..words.len()).find_map(|at| clothes(&words[at..]).map(|length| (words[at].0, end(at + length - 1))));
    let shoes = || {
        (0..words.len().saturating_sub(1)).find_map(|at| {
            let marked = at > 0 && matches!(words[at - 1].1, "eu" | "eur");
            shoes(words[at].1, words[at + 1].1, marked).then(|| (words[at].0, end(at + 1)))
        })
    };
    clothes.or_else(shoes)
}

/// European sizes from one to another. Both numbers alone are a diameter, a page or a date: a mark stands before them or behind.
fn shoes(first: &str, last: &str, marked: bool) -> bool {
    const LEAST: u32 = 3;
    let behind = last.strip_suffix('码').or_else(|| last.strip_suffix("eu"));
    let size = |word: &str| word.parse::<u32>().ok().filter(|size| (34..=49).contains(size));
    match (size(first), size(behind.unwrap_or(last))) {
        (Some(first), Some(last)) => (marked || behind.is_some()) && last >= first + LEAST,
        _ => false,
    }
}

/// How many of these words are sizes of clothes that rise, where they are a run: bags too are small, medium and large.
fn clothes(words: &[(usize, &str)]) -> Option<usize> {
    const LEAST: usize = 4;
    const APART: usize = 3;
    let ranks: Vec<usize> = words.iter().map_while(|&(_, word)| rank(word)).collect();
    let rising = 1 + ranks.windows(2).take_while(|pair| pair[0] < pair[1]).count();
    let &[first, second, ..] = ranks.as_slice() else { return None };
    if rising >= LEAST {
        return Some(rising);
    }
    (second >= first + APART).then_some(2)
}

fn rank(word: &str) -> Option<usize> {
    const SIZES: [&[&str]; 8] = [&["xs"], &["s"], &["m"], &["l"], &["xl"], &["xxl", "2xl"], &["xxxl", "3xl"], &["4xl", "5xl"]];
    SIZES.iter().position(|size| size.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::flatten;

    #[test]
    fn runs_are_told_from_other_numbers_and_letters() {
        let found = |text: &str| {
            let flat = flatten(text);
            size_run(&flat).map(|(start, end)| flat[start..end].to_owned())
        };
        assert_eq!(found("Sneakers EU 36-45 new").as_deref(), Some("36 45"));
        assert_eq!(found("运动鞋 36-45码").as_deref(), Some("36 45码"));
        assert_eq!(found("Jacket S-XXL").as_deref(), Some("s xxl"));
        assert_eq!(found("Jacket S/M/L/XL/XXL red").as_deref(), Some("s m l xl xxl"));
        for text in ["Bag S M L", "Watch 36-41 mm", "EU 36", "EU 45-36", "Model S, M size", "", "Pages 36 45"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
