//! How a page is built, without what it says: for whoever mends a shop's rules after its layout changed.
//!
//! Tags, ids, classes and names of `data-` attributes, no text and no other value. Ids and classes are a shop's own words, mostly; what may have come
//! from a person or a build (numbers, hashes, addresses, names after `user`) is replaced by `*`.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::Write as _;

/// One element, as it is cut from a page: how deep it lies, its tag, its id, its classes, the names of its `data-` attributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part(pub usize, pub String, pub String, pub String, pub Vec<String>);

/// The outline is cut here, in bytes.
const LONGEST: usize = 20_000;
/// Names beyond these of one element are left out.
const MOST_NAMES: usize = 12;
/// No word of a layout is longer, in characters.
const LONGEST_WORD: usize = 20;
/// Words of an id that a person's or an account's name follows.
const PERSONS: [&str; 8] = ["account", "buyer", "customer", "login", "member", "profile", "uid", "user"];

/// The elements as lines, indented by depth.
pub(crate) fn write(parts: &[Part]) -> String {
    let mut text = String::new();
    for Part(depth, tag, id, classes, data) in parts {
        let mut line = format!("{:1$}{2}", "", depth.min(&40), reduced(tag));
        if !id.is_empty() {
            let _ = write!(line, "#{}", reduced_id(id));
        }
        classes.split_whitespace().take(MOST_NAMES).for_each(|class| {
            let _ = write!(line, ".{}", reduced(class));
        });
        data.iter().take(MOST_NAMES).for_each(|name| {
            let _ = write!(line, "[{}]", reduced(name));
        });
        if text.len() + line.len() >= LONGEST {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// An id, in which what follows a word such as `user` is somebody's.
fn reduced_id(id: &str) -> String {
    let ends = words(id).filter(|(_, word)| PERSONS.contains(&word.to_ascii_lowercase().as_str())).map(|(at, word)| at + word.len());
    match ends.min().filter(|&end| end < id.len()) {
        Some(end) => format!("{}*", reduced(&id[..end])),
        None => reduced(id).into_owned(),
    }
}

/// A name without numbers, hashes and whatever is no word of a layout.
pub(crate) fn reduced(name: &str) -> Cow<'_, str> {
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '/')) {
        return "*".into();
    }
    if words(name).all(|(_, word)| is_word(word)) {
        return name.into();
    }
    let mut text = String::new();
    let mut end = 0;
    for (at, word) in words(name) {
        text.push_str(&name[end..at]);
        text.push_str(if is_word(word) { word } else { "*" });
        end = at + word.len();
    }
    text.push_str(&name[end..]);
    text.into()
}

/// The runs of letters and digits with their places.
fn words(name: &str) -> impl Iterator<Item = (usize, &str)> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - name.as_ptr() as usize, word))
}

/// Whether somebody chose these letters for a reader: `addToCart`, `h2`, `mt10`; not `256012345678`, `3hZ9qx`, `bdVaJa`.
fn is_word(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let trailing = word.bytes().rev().take_while(u8::is_ascii_digit).count();
    let turns = word.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    let hashed = turns >= 2 && word.len() < 3 * (turns + 1);
    word.len() <= LONGEST_WORD && digits <= 2 && digits == trailing && !hashed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_a_layout_stay_and_what_came_from_elsewhere_goes() {
        for (name, kept) in [
            ("x-item-title__mainTitle", "x-item-title__mainTitle"),
            ("col-md-6", "col-md-6"),
            ("addToCart", "addToCart"),
            ("md:w-1/2", "md:w-1/2"),
            ("Price--root--3hZ9qx", "Price--root--*"),
            ("item-256012345678", "item-*"),
            ("sc-bdVaJa", "sc-*"),
            ("css-1a2b3c", "css-*"),
            ("jane.doe@mail.example", "*"),
            ("鞋子", "*"),
            ("abcdefghijklmnopqrstuvwxyz", "*"),
        ] {
            assert_eq!(reduced(name), kept);
        }
    }

    #[test]
    fn an_id_after_user_is_somebodys() {
        assert_eq!(reduced_id("user-janedoe"), "user*");
        assert_eq!(reduced_id("box_member_jane"), "box_member*");
        assert_eq!(reduced_id("user"), "user");
        assert_eq!(reduced_id("title"), "title");
    }

    #[test]
    fn elements_are_indented_lines() {
        let part = |depth, tag: &str, id: &str, class: &str, data: &[&str]| {
            Part(depth, tag.into(), id.into(), class.into(), data.iter().map(|name| (*name).to_owned()).collect())
        };
        let text = write(&[part(0, "main", "content", "", &[]), part(1, "h1", "", "title  big", &["data-testid"])]);
        assert_eq!(text, "main#content\n h1.title.big[data-testid]\n");
    }

    #[test]
    fn an_outline_is_bounded() {
        let parts = vec![Part(30, "div".into(), String::new(), "some-class ".repeat(50), Vec::new()); 5_000];
        let text = write(&parts);
        assert!(text.len() <= LONGEST && text.len() > LONGEST / 2, "{}", text.len());
    }

    proptest! {
        #[test]
        fn whatever_is_written_holds_no_long_number_and_nothing_foreign(id in "\\PC{0,40}", class in "\\PC{0,80}", tag in "[a-z0-9-]{1,12}") {
            let text = write(&[Part(1, tag, id, class, Vec::new())]);
            prop_assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || " \n#.[]-_:/*".contains(c)), "{text}");
            let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
            prop_assert!(longest <= 2, "{text}");
        }
    }
}
