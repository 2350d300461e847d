//! Which selectors ask for nothing that another one does not bring already: each one costs a look at the whole page, on the page's own thread.

use super::selector::after_brackets;

/// A selector parted into compounds, each with the combinator before it.
struct Parts<'a>(Vec<(char, Vec<&'a str>)>);

impl<'a> Parts<'a> {
    /// Parts a single selector; `:not(…)` and brackets stay whole.
    fn of(source: &'a str) -> Self {
        let mut compounds = vec![(' ', Vec::new())];
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            if c == ' ' || c == '>' {
                let after = source[at..].trim_start_matches([' ', '>']);
                let combinator = if source[at..source.len() - after.len()].contains('>') { '>' } else { ' ' };
                at = source.len() - after.len();
                compounds.push((combinator, Vec::new()));
                continue;
            }
            let end = at + simple(&source[at..]);
            if let Some((_, compound)) = compounds.last_mut() {
                compound.push(&source[at..end]);
            }
            at = end;
        }
        Self(compounds)
    }

    /// Whether every element that the first `length` compounds match is matched by `wide` too.
    fn within(&self, length: usize, wide: &[(char, Vec<&str>)]) -> bool {
        let (Some((combinator, last)), Some((_, own))) = (wide.last(), self.0[..length].last()) else { return false };
        if !last.iter().all(|simple| own.contains(simple)) {
            return false;
        }
        let rest = &wide[..wide.len() - 1];
        match (rest.is_empty(), combinator) {
            (true, _) => true,
            (_, '>') => self.0[length - 1].0 == '>' && self.within(length - 1, rest),
            _ => (1..length).any(|shorter| self.within(shorter, rest)),
        }
    }
}

/// The length of the first simple selector, in bytes.
fn simple(text: &str) -> usize {
    match text.chars().next() {
        Some('[') => after_brackets(&text[1..]).map_or(text.len(), |(_, rest)| text.len() - rest.len()),
        Some(first) => {
            let (mut at, mut depth) = (first.len_utf8(), 0usize);
            while let Some(c) = text[at..].chars().next() {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    '[' if depth > 0 => {
                        at = after_brackets(&text[at + 1..]).map_or(text.len(), |(_, rest)| text.len() - rest.len());
                        continue;
                    }
                    '.' | '#' | '[' | ':' | ' ' | '>' if depth == 0 => break,
                    _ => {}
                }
                at += c.len_utf8();
            }
            at
        }
        None => 0,
    }
}

/// Whether every element that `narrow` matches is one that `wide` matches.
pub(crate) fn is_within(narrow: &str, wide: &str) -> bool {
    let narrow = Parts::of(narrow);
    narrow.within(narrow.0.len(), &Parts::of(wide).0)
}

/// Whether every element that `narrow` matches is one that `wide` matches, or lies in one.
pub(crate) fn is_inside(narrow: &str, wide: &str) -> bool {
    let (narrow, wide) = (Parts::of(narrow), Parts::of(wide));
    (1..=narrow.0.len()).any(|length| narrow.within(length, &wide.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_with_more_conditions_is_within_one_with_fewer() {
        for (narrow, wide) in [
            ("h2.title", "h2"),
            ("#a h2.title", "h2"),
            ("#a .b h2", "#a h2"),
            ("#a > .b h2", "#a h2"),
            ("a.x[href*='/p > q/']", "a[href*='/p > q/']"),
            (".a:not(.b, [c='d]']) i", ".a i"),
            ("#a > .b > i", ".b > i"),
        ] {
            assert!(is_within(narrow, wide), "{narrow} within {wide}");
            assert!(!is_within(wide, narrow), "{wide} within {narrow}");
        }
        for (one, other) in
            [("h2", "h3"), (".ab", ".a"), ("#a .b i", ".b > i"), (".b #a i", "#a .b i"), ("h2 a", "h2"), ("a:not(.b)", "a:not(.c)")]
        {
            assert!(!is_within(one, other), "{one} within {other}");
        }
    }

    #[test]
    fn what_lies_in_a_match_is_inside() {
        assert!(is_inside("h2 a.link", "h2") && is_inside("#x li.tile b i", "#x .tile"));
        assert!(is_inside("h2", "h2") && !is_inside("h2", "h2 a") && !is_inside(".a i", "b"));
    }
}
