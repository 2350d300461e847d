//! The digits of an amount, told apart into units, groups and decimals.
//!
//! A last separator before one, two or more than three digits is the decimal one; before exactly three it groups, in every market, unless the
//! currency has three decimals. What fits neither (dates, versions) is no amount.

use rust_decimal::Decimal;

/// Written digits from one place of a text.
#[derive(Debug)]
pub(super) struct Number {
    /// ASCII digits with `.`, `,`, `'`, `٫`, `٬` and space between them, as written.
    pub written: String,
    /// Where the character after it stands.
    pub end: usize,
}

/// More digits than an amount of money has.
const MOST_DIGITS: usize = 20;

/// Reads the number whose first character (a digit, or a decimal separator before one) is at `start`.
pub(super) fn number_at(text: &[char], start: usize) -> Number {
    let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    let digits_from = |at: usize| text[at.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut written = String::new();
    let mut at = start;
    let mut spaced = true;
    loop {
        let run = digits_from(at);
        // Groups set by spaces: one to three digits, then threes.
        spaced = spaced && (if written.is_empty() { (1..=3).contains(&run) } else { run == 3 });
        written.extend(&text[at..at + run]);
        at += run;
        match text.get(at) {
            Some(&c) if is_separator(c) && is_digit(at + 1) => {
                spaced = false;
                written.push(c);
                at += 1;
            }
            // `130, 38`
            Some(&c) if (c == '.' || c == ',') && text.get(at + 1) == Some(&' ') && digits_from(at + 2) == 2 && !written.contains(c) => {
                spaced = false;
                written.push(c);
                at += 2;
            }
            Some(' ') if spaced && digits_from(at + 1) == 3 => {
                written.push(' ');
                at += 1;
            }
            _ => return Number { written, end: at },
        }
    }
}

/// Whether the character can stand between the digits of one amount.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '٫' | '٬')
}

/// The amount; before three decimals stands one of `mils`, where the currency has three.
pub(super) fn amount(written: &str, mils: &[char]) -> Option<Decimal> {
    if written.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return None;
    }
    let (body, leading) = match written.strip_prefix(['.', ',', '٫']) {
        Some(body) => (body, true),
        None => (written, false),
    };
    let groups: Vec<&str> = body.split(|c: char| !c.is_ascii_digit()).collect();
    let separators: Vec<char> = body.chars().filter(|c| !c.is_ascii_digit()).collect();
    let Some(&last) = separators.last() else {
        return if leading { decimal("0", body) } else { decimal(body, "") };
    };
    let (tail, front) = groups.split_last()?;
    let alone = separators.iter().filter(|&&c| c == last).count() == 1;
    let grouped_otherwise = separators.len() > 1 && alone;
    let decimals = match last {
        ' ' | '٬' => false,
        '٫' => true,
        _ if tail.len() != 3 => true,
        // Three digits: decimals only where groups are written with another separator, or nothing can be grouped.
        _ if grouped_otherwise => true,
        _ if separators.len() > 1 => false,
        _ => mils.contains(&last) || front[0].len() > 3 || front[0].starts_with('0'),
    };
    if decimals {
        let whole = &separators[..separators.len() - 1];
        is_grouped(front, whole).then(|| decimal(&front.concat(), tail))?
    } else {
        is_grouped(&groups, &separators).then(|| decimal(&groups.concat(), ""))?
    }
}

/// Threes after one to three digits, or the Indian way: twos before the last three.
fn is_grouped(groups: &[&str], separators: &[char]) -> bool {
    let [first, middle @ .., last] = groups else { return true };
    let same = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let threes = middle.iter().all(|g| g.len() == 3);
    let twos = separators.contains(&',') && first.len() <= 2 && middle.iter().all(|g| g.len() == 2);
    same && last.len() == 3 && (1..=3).contains(&first.len()) && (threes || twos)
}

fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    let text = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    Decimal::from_str_exact(&text).ok()
}
