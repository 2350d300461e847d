//! Text as strangers write it, made comparable.
//!
//! Sellers hide words from search by writing them in letters that only look Latin, by zero-width characters or by styled letters. Everything
//! that compares words compares them folded by [`fold`]; everything that shows words shows them squeezed by [`squeeze`].

use super::normal::{self, is_combining_mark};

/// One space for every run of white space of any kind, none at the ends; zero-width characters, direction marks and control characters gone.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(1 << 16));
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !is_invisible(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// The form in which texts are compared: compatibility forms made plain, lower case, squeezed, Latin without diacritics, letters that only
/// look Latin made Latin where they stand among Latin ones. Words of other scripts stay what they are.
///
/// A word is only rewritten when it mixes scripts, or when each of its letters looks Latin and the rest of the text is Latin.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() { fold_ascii(text) } else { fold_any(text) }
}

/// Most titles need no tables.
fn fold_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !c.is_control() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(plain_mark(c).to_ascii_lowercase());
        }
    }
    out
}

fn fold_any(text: &str) -> String {
    let mut plain = normal::nfkc(text.chars().filter(|&c| !is_invisible(c) && !is_selector(c)).map(plain_mark));
    plain.iter_mut().for_each(|c| *c = plain_mark(*c));
    let in_latin_text = plain.iter().any(|&c| is_latin(c)) && !runs(&plain).any(is_other_word);

    let mut out = String::with_capacity(text.len().min(1 << 16));
    let mut after_latin = false;
    let mut gap = false;
    let mut at = 0;
    while at < plain.len() {
        let end = at + plain[at..].iter().take_while(|&&c| is_letter(c)).count();
        let (run, next) = if end > at { (&plain[at..end], end) } else { (&plain[at..=at], at + 1) };
        at = next;
        let mixed = run.iter().any(|&c| is_latin(c));
        for &c in run {
            if c.is_whitespace() {
                gap = true;
                after_latin = false;
                continue;
            }
            if is_combining_mark(c) && after_latin || is_invisible(c) {
                continue;
            }
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            after_latin = push_folded(c, mixed, in_latin_text, &mut out);
        }
    }
    // Lower-casing and dropping marks can leave kana and their voicing marks apart.
    if out.is_ascii() { out } else { normal::nfc(&out) }
}

/// Writes one character folded; whether the result is plain, so that marks on it are dropped.
fn push_folded(c: char, mixed: bool, in_latin_text: bool, out: &mut String) -> bool {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return true;
    }
    if is_latin(c) {
        push_latin(c, out);
        return true;
    }
    if has_look_alikes(c) {
        let shown = if mixed { shown_as(c).or_else(|| c.to_uppercase().next().and_then(shown_as)) } else { shown_as(c) };
        if let (Some(letter), true) = (shown, mixed || in_latin_text) {
            out.push(letter);
            return true;
        }
    }
    out.extend(c.to_lowercase());
    false
}

/// Whether the phrase stands in the text as words of its own; both folded.
#[must_use]
pub fn contains_phrase(text: &str, phrase: &str) -> bool {
    find_phrase(text, phrase).is_some()
}

/// Where the phrase first stands in the text as words of its own, in bytes; both folded.
#[must_use]
pub fn find_phrase(text: &str, phrase: &str) -> Option<usize> {
    let first = phrase.chars().next()?.len_utf8();
    let mut from = 0;
    while let Some(found) = text[from..].find(phrase) {
        let start = from + found;
        if is_whole(text, start, start + phrase.len()) {
            return Some(start);
        }
        from = start + first;
    }
    None
}

/// Whether the bytes `start..end` of a folded text are words of their own: no letter or digit touches them, except in scripts that put no
/// spaces between words.
#[must_use]
pub fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(inside), Some(after)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return false;
    };
    let (Some(first), Some(last)) = (inside.chars().next(), inside.chars().next_back()) else {
        return false;
    };
    let free_start = before.chars().next_back().is_none_or(|b| parts(b, first));
    let free_end = after.chars().next().is_none_or(|a| parts(last, a) || (is_hangul(last) && is_hangul(a)));
    free_start && free_end
}

/// The words of a folded text. In scripts without spaces a run of one script is one word.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| !is_word(c));
        let mut chars = rest.char_indices();
        let (_, mut last) = chars.next()?;
        let end = chars
            .find(|&(_, c)| {
                let ends = !is_word(c) || is_unspaced(last) != is_unspaced(c);
                last = c;
                ends
            })
            .map_or(rest.len(), |(at, _)| at);
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

/// Whether a word can end between these two characters.
fn parts(left: char, right: char) -> bool {
    if !is_word(left) || !is_word(right) {
        return true;
    }
    (is_unspaced(left) || is_unspaced(right)) && !leans_on_the_left(right)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Kana that only change the sound before them, and marks: no word begins with them.
fn leans_on_the_left(c: char) -> bool {
    is_combining_mark(c) || "ーャュョッァィゥェォゃゅょっぁぃぅぇぉ".contains(c)
}

/// Letters of scripts that write no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF          // Thai, Lao
        | 0x1000..=0x109F        // Myanmar
        | 0x1780..=0x17FF        // Khmer
        | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF // Japanese
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF) // Han
}

fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF)
}

/// Characters that take no room: zero-width, direction, joining, tags, soft hyphen, controls.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180E | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xE0000..=0xE007F)
        || (c.is_control() && !c.is_whitespace())
}

/// Variation selectors change how the character before them is drawn, not what it is.
fn is_selector(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE0F | 0xE0100..=0xE01EF)
}

/// What compatibility normalisation would split or leave styled: trade marks, apostrophes, quotes, dashes, white-on-black letters.
fn plain_mark(c: char) -> char {
    match u32::from(c) {
        0x2122 | 0x2120 | 0x00AE | 0x00A9 => ' ',
        0x2018..=0x201B | 0x02B9 | 0x02BB | 0x02BC | 0x00B4 | 0x2032 | 0xFF07 | 0x0060 => '\'',
        0x201C..=0x201F | 0x2033 | 0xFF02 => '"',
        0x2010..=0x2015 | 0x2212 | 0xFE58 | 0xFE63 | 0xFF0D => '-',
        n @ 0x1F150..=0x1F169 => letter_at(n - 0x1F150),
        n @ 0x1F170..=0x1F189 => letter_at(n - 0x1F170),
        _ => c,
    }
}

fn letter_at(index: u32) -> char {
    char::from_u32(u32::from('a') + index).unwrap_or(' ')
}

fn is_letter(c: char) -> bool {
    is_ideograph(c) || c.is_alphabetic() || is_combining_mark(c)
}

/// Han and Hangul, by far the most of what is not Latin: letters all, told without the tables of all letters.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn runs(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.split(|&c| !is_letter(c)).filter(|run| !run.is_empty())
}

/// A word of a script with look-alikes that nobody could take for Latin.
fn is_other_word(run: &[char]) -> bool {
    !run.iter().any(|&c| is_latin(c)) && run.iter().any(|&c| has_look_alikes(c) && shown_as(c).is_none())
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(u32::from(c),
            0x00AA..=0x02AF | 0x1D00..=0x1D25 | 0x1D6B..=0x1D77 | 0x1D79..=0x1D9A | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F
            | 0xA722..=0xA7FF | 0xAB30..=0xAB5A)
            && c.is_alphabetic())
}

/// Scripts of which some letters are drawn like Latin ones.
fn has_look_alikes(c: char) -> bool {
    matches!(u32::from(c),
        0x0370..=0x03FF | 0x1D26..=0x1D2B | 0x1F00..=0x1FFF // Greek
        | 0x0400..=0x052F | 0x1C80..=0x1C8F | 0xA640..=0xA69F // Cyrillic
        | 0x0530..=0x058F          // Armenian
        | 0x13A0..=0x13FF | 0xAB70..=0xABBF // Cherokee
        | 0x1400..=0x167F          // Canadian syllabics
        | 0x2C80..=0x2CFF          // Coptic
        | 0xA4D0..=0xA4FF          // Lisu
        | 0x10280..=0x1044F | 0x104B0..=0x104FF) // Lycian, Carian, Old Italic, Deseret, Osage
        && c.is_alphabetic()
        && !is_combining_mark(c)
}

/// The Latin letter that this letter of another script is drawn like, as written or in lower case.
fn shown_as(c: char) -> Option<char> {
    let as_written = prototype(c);
    let lower = c.to_lowercase().next().filter(|&l| l != c).and_then(prototype);
    match (as_written, lower) {
        // The prototype of a capital I is a small l.
        (Some('l'), Some('i')) => Some('i'),
        (Some(letter), _) => Some(letter),
        (None, lower) => lower,
    }
}

/// Letters beyond ASCII whose confusable skeleton (UTS #39) is one Latin letter, made by `build.rs`: sorted, three bytes of code point and one
/// of the letter in lower case.
static LOOK_ALIKES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/look_alikes.bin"));

/// The ASCII letter of the character's confusable skeleton, marks aside.
fn prototype(c: char) -> Option<char> {
    let (entries, _) = LOOK_ALIKES.as_chunks::<4>();
    let at = entries.binary_search_by_key(&u32::from(c), |entry| u32::from_be_bytes(*entry) >> 8).ok()?;
    Some(char::from(entries[at][3]))
}

fn push_latin(c: char, out: &mut String) {
    let plain = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ᴁ' => "ae",
        'œ' | 'Œ' | 'ɶ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' | 'ʟ' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' | 'ᴅ' => "d",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' | 'ʜ' => "h",
        'ŧ' | 'Ŧ' | 'ᴛ' => "t",
        'ı' | 'ɪ' => "i",
        'ᴀ' => "a",
        'ʙ' => "b",
        'ᴄ' => "c",
        'ᴇ' => "e",
        'ꜰ' => "f",
        'ɢ' | 'ɡ' => "g",
        'ᴊ' => "j",
        'ᴋ' => "k",
        'ᴍ' => "m",
        'ɴ' => "n",
        'ᴏ' => "o",
        'ᴘ' => "p",
        'ꞯ' => "q",
        'ʀ' => "r",
        'ꜱ' => "s",
        'ᴜ' => "u",
        'ᴠ' => "v",
        'ᴡ' => "w",
        'ʏ' => "y",
        'ᴢ' => "z",
        _ => {
            let base = Some(normal::base(c)).filter(char::is_ascii_alphabetic);
            match base.or_else(|| shown_as(c)) {
                Some(letter) => out.push(letter.to_ascii_lowercase()),
                None => out.extend(c.to_lowercase()),
            }
            return;
        }
    };
    out.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn squeezing_leaves_single_spaces_and_nothing_invisible() {
        assert_eq!(squeeze("\u{feff} a\u{a0}\u{202f}b\n\tc\u{200b}d\u{202e} \u{3000}"), "a b cd");
    }

    #[test]
    fn han_and_hangul_are_letters() {
        let mut ideographs = ('\u{80}'..='\u{3ffff}').filter(|&c| is_ideograph(c));
        assert!(ideographs.all(|c| c.is_alphabetic() && !is_combining_mark(c)));
    }

    proptest! {
        #[test]
        fn plain_texts_are_folded_like_any(text in "[\x00-\x7f]{0,60}") {
            prop_assert_eq!(fold_ascii(&text), fold_any(&text));
        }
    }

    #[test]
    fn disguised_latin_is_latin() {
        for (disguised, plain) in [
            ("𝗚𝘂𝗰𝗰𝗶", "gucci"),
            ("Ｇｕｃｃｉ", "gucci"),
            ("Hermès", "hermes"),
            ("Herme\u{300}s", "hermes"),
            ("Guссі bag", "gucci bag"),
            ("АDIDАS", "adidas"),
            ("ΝΙΚΕ shoes", "nike shoes"),
            ("СОАСН bag", "coach bag"),
            ("G\u{200b}u\u{ad}cci", "gucci"),
            ("ɢᴜᴄᴄɪ", "gucci"),
            ("🅶🆄🅲🅲🅸", "gucci"),
            ("Ⓝⓘⓚⓔ", "nike"),
            ("Nike™ Air®Max", "nike air max"),
            ("L’Oréal", "l'oreal"),
            ("g̶u̶c̶c̶i̶", "gucci"),
            ("Łódź Straße Ærø", "lodz strasse aero"),
        ] {
            assert_eq!(fold(disguised), plain, "{disguised}");
        }
    }

    #[test]
    fn words_of_other_scripts_stay_themselves() {
        for (text, folded) in [
            ("Сумка Мода", "сумка мода"),
            ("сумка Michael Kors", "сумка michael kors"),
            ("Рост СОР USB-кабель", "рост сор usb-кабель"),
            ("ガンダム", "ガンダム"),
            ("ｶﾞﾝﾀﾞﾑ", "ガンダム"),
            ("か\u{3099}", "が"),
            ("香奈儿 包", "香奈儿 包"),
            ("iPhone用ケース", "iphone用ケース"),
            ("샤넬 가방", "샤넬 가방"),
            ("حقيبة", "حقيبة"),
            ("กระเป๋า", "กระเป๋า"),
            ("modern corn 1l Il0", "modern corn 1l il0"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        assert!(contains_phrase("new gucci bag", "gucci"));
        assert!(contains_phrase("gucci", "gucci"));
        assert!(contains_phrase("iphone用ケース", "iphone"));
        assert!(contains_phrase("正品香奈儿包", "香奈儿"));
        assert!(contains_phrase("나이키는 신발", "나이키"));
        assert!(!contains_phrase("guccini bag", "gucci"));
        assert!(!contains_phrase("iphone15", "iphone"));
        assert!(!contains_phrase("コーチャー", "コーチ"));
        assert!(contains_phrase("guccini gucci", "gucci"));
        assert!(!contains_phrase("anything", ""));
    }

    #[test]
    fn words_end_at_spaces_signs_and_scripts() {
        assert_eq!(words("nike air-max 90, 耐克shoes").collect::<Vec<_>>(), ["nike", "air", "max", "90", "耐克", "shoes"]);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_and_never_panics(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn phrase_search_survives_any_text(text in "\\PC{0,30}", phrase in "\\PC{0,5}") {
            let _ = (find_phrase(&text, &phrase), words(&text).count(), squeeze(&text));
        }
    }
}
