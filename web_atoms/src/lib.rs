//! The names that html5ever knows, and the characters that have names in HTML.
//!
//! Stands in the place of the crate of this name (`[patch.crates-io]`), which html5ever takes them from. That one has the named characters as a
//! hash table with every beginning of every name, an eighth of what a shopper would download; here they are the list itself, sorted at the first
//! need. Everything else is the same for whoever asks.

// What the generator writes has no docs.
#![allow(missing_docs)]

use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/atoms.rs"));

/// The named characters; `get` knows the beginnings of their names too.
pub static NAMED_ENTITIES: NamedCharacters = NamedCharacters(OnceLock::new());

/// What the numbers 128 to 159 mean: the characters of Windows-1252.
pub static C1_REPLACEMENTS: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// Of each name its characters' code points; the second is 0 where there is one.
pub struct NamedCharacters(OnceLock<Vec<(&'static str, (u32, u32))>>);

/// What `get` answers for the beginning of a name.
static BEGINNING: (u32, u32) = (0, 0);

impl NamedCharacters {
    /// The characters of a name without its `&`; two zeros where it is the beginning of one.
    pub fn get(&'static self, name: &str) -> Option<&'static (u32, u32)> {
        let all = self.0.get_or_init(listed);
        let at = all.partition_point(|(other, _)| *other < name);
        let (found, characters) = all.get(at)?;
        if *found == name {
            return Some(characters);
        }
        found.starts_with(name).then_some(&BEGINNING)
    }
}

/// The list that `build.rs` sorted: name, a space, what it names, line for line. A line feed is written as `\n`.
fn listed() -> Vec<(&'static str, (u32, u32))> {
    let line = |line: &'static str| {
        let (name, characters) = line.split_once(' ')?;
        let mut characters = if characters == "\\n" { "\n" } else { characters }.chars().map(u32::from);
        Some((name, (characters.next()?, characters.next().unwrap_or(0))))
    };
    include_str!(concat!(env!("OUT_DIR"), "/characters.txt")).split('\n').filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_their_characters_and_beginnings_to_longer_names() {
        let get = |name| NAMED_ENTITIES.get(name).copied();
        assert_eq!(get("amp;"), Some((0x26, 0)));
        assert_eq!(get("amp"), Some((0x26, 0)), "one of those that need no semicolon");
        assert_eq!(get("NewLine;"), Some((0xA, 0)));
        assert_eq!(get("Tab;"), Some((0x9, 0)));
        assert_eq!(get("nbsp;"), Some((0xA0, 0)));
        assert_eq!(get("acE;"), Some((0x223E, 0x333)));
        assert_eq!(get("notin;"), Some((0x2209, 0)));
        assert_eq!(get("noti"), Some((0, 0)));
        assert_eq!(get(""), Some((0, 0)));
        assert_eq!(get("notit"), None);
        assert_eq!(get("zzz"), None);
        assert_eq!(listed().len(), 2231);
    }
}
