//! Selectors of data files: compiled once, and only of kinds that mean the same in a browser, in scraper and on a cut skeleton.

use scraper::Selector;
use std::collections::BTreeSet;

/// Compiles a selector, or says what is wrong with it.
pub(crate) fn compile(source: &str) -> Result<Selector, String> {
    check(source).map_err(|what| {
        format!("selector {source:?} uses {what}; only type, class, id, attribute, descendant, child and :not mean the same everywhere")
    })?;
    Selector::parse(source).map_err(|error| format!("selector {source:?}: {error}"))
}

/// Finds what a selector uses beyond the allowed kinds.
fn check(source: &str) -> Result<(), &'static str> {
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => rest = after_brackets(rest).ok_or("an attribute without end")?.1,
            ':' if rest.starts_with("not(") => rest = &rest["not(".len()..],
            ':' => return Err("a pseudo class or element"),
            '+' | '~' => return Err("a sibling"),
            '*' => return Err("the universal selector"),
            '|' => return Err("a namespace"),
            '\\' => rest = rest.get(1..).ok_or("an escape without a letter")?,
            _ => {}
        }
    }
    Ok(())
}

/// The names of the attributes that a selector looks at, apart from `id` and `class`.
pub(crate) fn attributes(source: &str, into: &mut BTreeSet<String>) {
    let mut rest = source;
    while let Some(at) = rest.find('[') {
        let Some((inside, after)) = after_brackets(&rest[at + 1..]) else { return };
        let name = inside.split(['=', '~', '^', '$', '*', '|']).next().unwrap_or_default().trim();
        if !name.is_empty() && name != "id" && name != "class" {
            into.insert(name.to_owned());
        }
        rest = after;
    }
}

/// Splits `name=value]rest` at the bracket that closes it.
fn after_brackets(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(q) if c == q => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ']' => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_that_depend_on_siblings_or_state_are_refused() {
        for refused in ["a + b", "a ~ b", "li:nth-child(2)", "p:first-child", "a::before", "div:has(a)", "* a", "", "a["] {
            assert!(compile(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn selectors_of_the_common_kinds_compile() {
        for fine in ["#a .b > c", "a[href*='+~:*']:not(.x)", "div[data-x~=\"y\"], span", "li:not([data-a] b)"] {
            compile(fine).unwrap();
        }
    }

    #[test]
    fn the_attributes_of_a_selector_are_found() {
        let mut names = BTreeSet::new();
        attributes("a[href*='x'] [data-x], #a[id=b][class~=c]", &mut names);
        assert_eq!(names.into_iter().collect::<Vec<_>>(), ["data-x", "href"]);
    }
}
