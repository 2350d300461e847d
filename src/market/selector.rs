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

/// The selectors of a list. Browsers look single ones up in tables and try a list on every element of the page.
pub(crate) fn each(source: &str) -> Vec<&str> {
    let (mut selectors, mut start, mut depth, mut at) = (Vec::new(), 0, 0usize, 0);
    while let Some(c) = source[at..].chars().next() {
        let next = at + c.len_utf8();
        match c {
            '[' => {
                at = after_brackets(&source[next..]).map_or(source.len(), |(_, rest)| source.len() - rest.len());
                continue;
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                selectors.push(source[start..at].trim());
                start = next;
            }
            _ => {}
        }
        at = next;
    }
    selectors.push(source[start..].trim());
    selectors
}

/// What of an element the selectors of a page can tell apart. All else need not be cut from the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    /// Ids and class names.
    pub(crate) names: BTreeSet<String>,
    /// Substrings of ids and class names.
    pub(crate) parts: BTreeSet<String>,
    /// Whether a selector compares an id or class as a whole, so that neither may be cut.
    pub(crate) as_wholes: bool,
    /// Attributes of elements that are themselves asked for.
    pub(crate) attributes: BTreeSet<String>,
    /// Attributes of elements that enclose those.
    pub(crate) between: BTreeSet<String>,
}

impl Vocabulary {
    /// The words of one selector.
    pub(crate) fn of(source: &str) -> Self {
        let mut words = Self::default();
        words.read(source);
        words
    }

    /// Whether any attribute besides `id` and `class` is looked at.
    pub(crate) fn has_attributes(&self) -> bool {
        !(self.attributes.is_empty() && self.between.is_empty())
    }

    /// Adds the words of a selector.
    pub(crate) fn read(&mut self, source: &str) {
        let mut compound = BTreeSet::new();
        let mut depth = 0;
        let mut rest = source;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '.' | '#' => {
                    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '\\'))).unwrap_or(rest.len());
                    self.names.insert(rest[..end].replace('\\', ""));
                    rest = &rest[end..];
                }
                '[' => {
                    let Some((inside, after)) = after_brackets(rest) else { return };
                    compound.extend(self.attribute(inside));
                    rest = after;
                }
                '(' => depth += 1,
                ')' => depth -= 1,
                '>' | ',' | ' ' if depth == 0 => self.between.append(&mut compound),
                _ => {}
            }
        }
        self.attributes.append(&mut compound);
    }

    /// The name of the attribute in a pair of brackets, unless it is `id` or `class`, of which the words are kept.
    fn attribute(&mut self, inside: &str) -> Option<String> {
        let (name, value) = inside.split_once('=').unwrap_or((inside, ""));
        let operator = name.chars().last().filter(|c| "~^$*|".contains(*c));
        let name = name.trim_end_matches(['~', '^', '$', '*', '|']).trim();
        if name != "id" && name != "class" {
            return Some(name.to_owned()).filter(|name| !name.is_empty());
        }
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        match operator {
            Some('*') if !value.contains(' ') => drop(self.parts.insert(value)),
            // Of an id, which holds no space, its beginning is a part like any other.
            Some('^' | '$') if name == "id" => drop(self.parts.insert(value)),
            None if name == "id" => drop(self.names.insert(value)),
            Some('~') => drop(self.names.insert(value)),
            _ => self.as_wholes = true,
        }
        None
    }
}

/// Splits `name=value]rest` at the bracket that closes it.
pub(super) fn after_brackets(text: &str) -> Option<(&str, &str)> {
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
    fn a_list_is_parted_at_its_own_commas() {
        assert_eq!(each("#a b, .c:not(d, [e=',']), [f=\"g, h\"] i"), ["#a b", ".c:not(d, [e=','])", "[f=\"g, h\"] i"]);
        assert_eq!(each(".a"), [".a"]);
    }

    #[test]
    fn what_a_selector_can_tell_apart_is_found() {
        let mut words = Vocabulary::default();
        words.read("a[href*='x'] > .price-now:not([data-y=\"1 2\"])");
        words.read("#offer [id^='row']");
        words.read("[class*='slot'][data-z]");
        let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
        assert_eq!(list(&words.names), ["offer", "price-now"]);
        assert_eq!(list(&words.parts), ["row", "slot"]);
        assert_eq!(list(&words.attributes), ["data-y", "data-z"]);
        assert_eq!(list(&words.between), ["href"]);
        assert!(words.has_attributes() && !Vocabulary::of("[id='a'] .b").has_attributes());
        assert!(!words.as_wholes);
        words.read("[class='a b']");
        assert!(words.as_wholes);
    }
}
