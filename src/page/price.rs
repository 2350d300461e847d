//! What a price text asks: amounts, ranges and currencies in the notation of any market.
//!
//! A price text is what stands at a page's price, or a whole line of it. Amounts that are not the price of the goods (per month, per 100 ml,
//! an instalment, a saving, shipping) are passed over; when nothing else is there, there is no price.

mod currency;
mod number;
mod words;
#[cfg(test)]
mod written;

use rust_decimal::Decimal;

use self::{
    currency::{Sign, sign_at},
    number::{Number, is_separator, number_at},
};
use crate::listing::Price;

/// What the page's shop tells about a sign that several currencies share, and about an amount without any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// ISO 3166-1 alpha-2 country of the shop.
    pub country: Option<String>,
    /// ISO 4217 currency of the shop.
    pub currency: Option<String>,
    /// BCP 47 language of the page.
    pub language: Option<String>,
}

impl Hint {
    fn currency_code(&self) -> Option<&'static str> {
        self.currency.as_deref().and_then(currency::code)
    }

    fn country_code(&self) -> Option<&'static str> {
        self.country.as_deref().and_then(currency::of_country)
    }

    fn language_code(&self) -> Option<&'static str> {
        self.language.as_deref().and_then(currency::of_language)
    }

    fn code_without_sign(&self) -> Option<&'static str> {
        self.currency_code().or_else(|| self.country_code())
    }
}

/// Only so many characters are read: no price text is longer.
const MOST_CHARS: usize = 20_000;
/// An amount without any currency is only believed in a short text.
const MOST_LETTERS_BESIDE_PLAIN: usize = 40;

/// Reads the price that the text states. The first amount with a currency counts, then one marked as an earlier price, then a plain one.
#[must_use]
pub fn read(text: &str, hint: &Hint) -> Option<Price> {
    let mut chars: Vec<char> = text.chars().take(MOST_CHARS).filter_map(plain).collect();
    chars.dedup_by(|a, b| *a == ' ' && *b == ' ');
    let tokens = tokens(&chars);
    let groups = groups(&tokens, hint);
    let usable: Vec<&Group> = groups.iter().filter(|g| !words::is_something_else(&tokens, g.first, g.last)).collect();
    // Beside an amount of money that is not the price, a bare number is none either.
    let may_be_plain = letters(&chars) <= MOST_LETTERS_BESIDE_PLAIN && groups.iter().all(|g| g.sign.is_none());
    let signed = |g: &&&Group| g.sign.is_some();
    let chosen = usable
        .iter()
        .filter(signed)
        .find(|g| !words::is_earlier(&tokens, g.first))
        .or_else(|| usable.iter().find(signed))
        .or_else(|| usable.iter().filter(|_| may_be_plain).find(|g| !words::is_counted(&tokens, g.last)));
    match chosen {
        Some(group) => Some(group.price(hint)),
        None if words::is_free(text) => {
            Some(Price { min: Decimal::ZERO, max: Decimal::ZERO, currency: hint.code_without_sign().map(str::to_owned), shown: None })
        }
        None => None,
    }
}

/// The ISO 4217 code that the text is, or that it is a sign or name of (`€`, `zł`, `USD`).
#[must_use]
pub fn currency(text: &str, hint: &Hint) -> Option<String> {
    let chars: Vec<char> = text.trim().chars().take(40).filter_map(plain).collect();
    let (sign, length) = sign_at(&chars, 0)?;
    if length != chars.len() { currency::code(text) } else { sign.code(hint) }.map(str::to_owned)
}

/// Whether a sign, code or name of a currency stands in the text.
#[must_use]
pub fn has_sign(text: &str) -> bool {
    let chars: Vec<char> = text.chars().take(200).filter_map(plain).collect();
    (0..chars.len()).any(|at| sign_at(&chars, at).is_some())
}

/// Whether the text is the code of a country whose currency is known.
#[must_use]
pub fn is_country(text: &str) -> bool {
    currency::of_country(text).is_some()
}

/// Whether the text is an ISO 4217 code.
#[must_use]
pub fn is_currency(text: &str) -> bool {
    currency::code(text).is_some()
}

/// A piece of a price text.
#[derive(Debug)]
enum Piece {
    Sign(Sign),
    Number(Number),
    /// `-` for a hyphen or dash of any kind, `~` for a tilde or wave.
    Dash(char),
    /// Letters, in lower case.
    Word(String),
    Other(char),
}

#[derive(Debug)]
struct Token {
    piece: Piece,
    start: usize,
    end: usize,
    /// Whether a letter touches it.
    glued: bool,
}

/// An amount, or a range of two, with the tokens that it spans.
#[derive(Debug)]
struct Group {
    min: Decimal,
    max: Decimal,
    sign: Option<Sign>,
    /// Whether the sign of its last amount stands before that amount.
    sign_leads: bool,
    first: usize,
    last: usize,
}

impl Group {
    fn price(&self, hint: &Hint) -> Price {
        let code = self.sign.map_or_else(|| hint.code_without_sign(), |sign| sign.code(hint));
        Price { min: self.min, max: self.max, currency: code.map(str::to_owned), shown: None }
    }
}

/// One form for every digit, space, apostrophe, dash and full-width sign; `None` for what takes no room.
fn plain(c: char) -> Option<char> {
    if c.is_ascii() && !c.is_ascii_control() {
        return Some(c);
    }
    if c.is_whitespace() {
        return Some(' ');
    }
    let plain = match u32::from(c) {
        0x00AD | 0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x2069 | 0xFEFF => return None,
        0x2018 | 0x2019 | 0x02B9 | 0x02BC | 0x00B4 | 0x2032 | 0x0060 => '\'',
        0x00B7 | 0x2024 => '.',
        0x2010..=0x2015 | 0x2212 | 0xFE58 | 0xFE63 => '-',
        0x301C | 0x223C | 0x2053 => '~',
        0xFFE0 => '¢',
        0xFFE1 => '£',
        0xFFE5 => '¥',
        0xFFE6 => '₩',
        n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0)?,
        n => match digit_zero(n).and_then(|zero| char::from_digit(n - zero, 10)) {
            Some(digit) => digit,
            None if c.is_control() => return None,
            None => c,
        },
    };
    Some(plain)
}

/// The zero of the decimal digits to which the character belongs, in the scripts of shops.
fn digit_zero(c: u32) -> Option<u32> {
    [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040, 0x17E0]
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&c))
}

fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        let start = at;
        let before = start.checked_sub(1).map(|at| text[at]);
        let leads = matches!(c, '.' | ',' | '٫')
            && text.get(at + 1).is_some_and(char::is_ascii_digit)
            && before.is_none_or(|b| !b.is_alphanumeric());
        let piece = if c == ' ' {
            at += 1;
            continue;
        } else if c.is_ascii_digit() || leads {
            let number = number_at(text, at);
            at = number.end;
            Piece::Number(number)
        } else if let Some((sign, length)) = sign_at(text, at) {
            at += length;
            Piece::Sign(sign)
        } else if c.is_alphabetic() {
            let length = text[at..].iter().take_while(|c| c.is_alphabetic()).count();
            at += length;
            Piece::Word(text[start..at].iter().flat_map(|c| c.to_lowercase()).collect())
        } else {
            at += 1;
            if matches!(c, '-' | '~') { Piece::Dash(c) } else { Piece::Other(c) }
        };
        let glued = before.is_some_and(char::is_alphabetic) || text.get(at).is_some_and(|&c| c.is_alphabetic() && u32::from(c) < 0x0250);
        tokens.push(Token { piece, start, end: at, glued });
    }
    tokens
}

/// Every amount of the text with its currency, neighbours that make a range put together.
fn groups(tokens: &[Token], hint: &Hint) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(group) = amount_at(tokens, at, groups.last().map_or(0, |g| g.last + 1), hint) else {
            at += 1;
            continue;
        };
        at = group.last + 1;
        match groups.last_mut() {
            Some(left) if is_range(tokens, left, &group) => {
                left.max = group.max;
                left.sign = match (left.sign, group.sign) {
                    (Some(a), Some(b)) => Some(a.or_narrower(b)),
                    (a, b) => a.or(b),
                };
                left.last = group.last;
            }
            _ => groups.push(group),
        }
    }
    groups
}

fn is_range(tokens: &[Token], left: &Group, right: &Group) -> bool {
    let joined = match tokens.get(left.last + 1..right.first) {
        Some([Token { piece: Piece::Dash(_), .. }]) => true,
        Some([Token { piece: Piece::Word(word), .. }]) => words::is_to(word),
        _ => false,
    };
    let signs = match (left.sign, right.sign) {
        (Some(a), Some(b)) => a.agrees(&b) || a.is_same(&b),
        // `50 - $2.00` is a quantity and its price.
        (None, Some(_)) => !right.sign_leads,
        _ => true,
    };
    joined && signs && left.min == left.max && left.max <= right.min
}

/// The amount whose number is the token at `at`; signs from the token `free` on may be taken.
fn amount_at(tokens: &[Token], at: usize, free: usize, hint: &Hint) -> Option<Group> {
    let Piece::Number(number) = &tokens[at].piece else { return None };
    let mut first = at;
    let mut last = at;
    let mut sign: Option<Sign> = None;

    let prefix_ends = at.checked_sub(1).filter(|&p| p > free && matches!(tokens[p].piece, Piece::Other(':'))).unwrap_or(at);
    let mut before = prefix_ends;
    while let Some(p) = before.checked_sub(1).filter(|&p| p >= free) {
        let Piece::Sign(found) = tokens[p].piece else { break };
        if tokens[before].start - tokens[p].end > 1 || sign.is_some_and(|s| !s.agrees(&found)) {
            break;
        }
        sign = Some(sign.map_or(found, |s| s.or_narrower(found)));
        first = p;
        before = p;
    }
    let sign_leads = sign.is_some();
    let mut written = number.written.clone();

    if let Some(Token { piece: Piece::Sign(found), start, end, .. }) = tokens.get(at + 1) {
        let gap = start - tokens[at].end;
        let next_number = tokens.get(at + 2).filter(|t| matches!(t.piece, Piece::Number(_)));
        let leads_next = gap > 0 && next_number.is_some_and(|t| t.start == *end);
        let fits = sign.is_none_or(|s| s.agrees(found) && !s.is_same(found));
        if gap <= 1 && !leads_next && fits {
            sign = Some(sign.map_or(*found, |s| s.or_narrower(*found)));
            last = at + 1;
            if let Some(cents) = cents_after(tokens, at, &written).filter(|_| !sign_leads) {
                written = format!("{written}.{cents}");
                last = at + 2;
            }
        }
    }
    if (sign_leads && last == at || sign.is_none())
        && let Some((cents, end)) = cents_apart(tokens, at, first, &written)
    {
        written = format!("{written}.{cents}");
        last = end;
        if let (None, Some(Piece::Sign(found))) = (sign, tokens.get(end).map(|t| &t.piece)) {
            sign = Some(*found);
        }
    }
    if sign.is_none() && tokens[at].glued {
        return None;
    }
    let code = sign.map_or_else(|| hint.code_without_sign(), |s| s.code(hint));
    let value = number::amount(&written, code.map_or(&[][..], currency::mil_separators))?;
    Some(Group { min: value, max: value, sign, sign_leads, first, last })
}

/// `1 349€96`, `1250€ 60`: two digits after the sign are cents when they are not an amount of their own.
fn cents_after<'a>(tokens: &'a [Token], at: usize, written: &str) -> Option<&'a str> {
    let cents = two_digits(tokens.get(at + 2)?)?;
    let gap = tokens[at + 2].start - tokens[at + 1].end;
    let next = tokens.get(at + 3);
    let stands_alone = next.is_none_or(|t| !matches!(t.piece, Piece::Sign(_)) && t.start > tokens[at + 2].end);
    let glued_or_last = gap == 0 || (gap == 1 && next.is_none());
    (is_whole(written) && stands_alone && glued_or_last && tokens[at + 1].start == tokens[at].end).then_some(cents)
}

/// `$12 99`, `12 99 €` where that is the whole text: a fraction that was set smaller.
fn cents_apart<'a>(tokens: &'a [Token], at: usize, first: usize, written: &str) -> Option<(&'a str, usize)> {
    let cents = two_digits(tokens.get(at + 1)?)?;
    let touches = tokens[at + 1].start - tokens[at].end <= 1;
    let suffix = matches!(tokens.get(at + 2).map(|t| &t.piece), Some(Piece::Sign(_)));
    let prefix = first < at;
    let end = at + 1 + usize::from(suffix);
    (first == 0 && end + 1 == tokens.len() && touches && prefix != suffix && is_whole(written)).then_some((cents, end))
}

fn two_digits(token: &Token) -> Option<&str> {
    match &token.piece {
        Piece::Number(n) if n.written.len() == 2 && n.written.bytes().all(|b| b.is_ascii_digit()) => Some(&n.written),
        _ => None,
    }
}

/// No decimals yet: digits alone, or every group of three.
fn is_whole(written: &str) -> bool {
    let mut groups = written.split(|c: char| is_separator(c) || c == ' ');
    groups.next().is_some_and(|g| !g.is_empty()) && groups.all(|g| g.len() == 3)
}

fn letters(text: &[char]) -> usize {
    text.iter().filter(|c| c.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hint(country: &str) -> Hint {
        Hint { country: Some(country.to_owned()), ..Hint::default() }
    }

    fn shown(text: &str, hint: &Hint) -> String {
        match read(text, hint) {
            None => "-".to_owned(),
            Some(p) if p.min == p.max => format!("{} {}", p.min, p.currency.unwrap_or_default()),
            Some(p) => format!("{}..{} {}", p.min, p.max, p.currency.unwrap_or_default()),
        }
    }

    #[test]
    fn every_market_writes_its_own_way() {
        for (text, country, price) in [
            ("1 349€96", "FR", "1349.96 EUR"),
            ("1.909", "DE", "1909 EUR"),
            ("₹1,21,900", "", "121900 INR"),
            ("3,858 円 ～ 13,507 円", "JP", "3858..13507 JPY"),
            ("S/. 10.07", "", "10.07 PEN"),
            ("R$ 51.000", "", "51000 BRL"),
            ("₪ 1,299.90", "", "1299.90 ILS"),
            ("Rp1.980.000", "", "1980000 IDR"),
            ("59,09 EUR à 95,74 EUR", "FR", "59.09..95.74 EUR"),
            ("〜49,999円", "JP", "49999 JPY"),
            ("49,999円～", "JP", "49999 JPY"),
            ("ab 12,00 €", "DE", "12.00 EUR"),
            ("1.909", "US", "1909 USD"),
            ("1.909", "KW", "1.909 KWD"),
            ("₪", "IL", "-"),
            ("12.90 ₪", "", "12.90 ILS"),
            ("¥88", "TW", "88 "),
            ("1 290 kr", "NO", "1290 NOK"),
            ("1 290 kr", "DE", "1290 "),
            ("US $12.34", "DE", "12.34 USD"),
            ("US $12.34 - 56.78", "", "12.34..56.78 USD"),
            ("CN¥ 88", "", "88 CNY"),
            ("¥88", "CN", "88 CNY"),
            ("￥８８０", "JP", "880 JPY"),
            ("¥88", "", "88 "),
            ("HK$1,288", "US", "1288 HKD"),
            ("12 990 ₽", "RU", "12990 RUB"),
            ("1.299,90 TL", "TR", "1299.90 TRY"),
            ("129,99\u{202f}zł", "PL", "129.99 PLN"),
            ("1\u{a0}290 Kč", "CZ", "1290 CZK"),
            ("1 290 kr", "SE", "1290 SEK"),
            ("1.198,- kr", "DK", "1198 DKK"),
            ("1 290 kr", "", "1290 "),
            ("$20", "CA", "20 CAD"),
            ("$20", "", "20 "),
            ("$20", "MX", "20 MXN"),
            ("£20", "", "20 GBP"),
            ("٣٤٩٫٩٩ ر.س", "SA", "349.99 SAR"),
            ("١٬٢٣٤ درهم", "AE", "1234 AED"),
            ("12.500 KWD", "", "12.500 KWD"),
            ("CHF 1’049.95", "", "1049.95 CHF"),
            ("$29.99$29.99", "US", "29.99 USD"),
            ("$12 99", "US", "12.99 USD"),
            ("12 99 €", "FR", "12.99 EUR"),
            ("10–20 €", "DE", "10..20 EUR"),
            ("12.99", "GB", "12.99 GBP"),
            ("$ SGD4.90", "US", "4.90 SGD"),
            ("$1,190.00 AUD", "US", "1190.00 AUD"),
        ] {
            assert_eq!(shown(text, &hint(country)), price, "{text} in {country}");
        }
    }

    #[test]
    fn an_amount_below_nothing_is_no_price_and_a_range_is_one() {
        for text in ["US $-5.00", "$-5", "-$5.00", "EUR -5"] {
            assert_eq!(read(text, &Hint::default()), None, "{text}");
        }
        let range = |text: &str| read(text, &Hint::default()).map(|price| (price.min.to_string(), price.max.to_string()));
        for text in ["10$-15$", "$10-$15", "10-15 $", "US $10 - US $15"] {
            assert_eq!(range(text), Some(("10".into(), "15".into())), "{text}");
        }
    }

    #[test]
    fn a_shared_sign_is_told_by_the_shop_before_the_page() {
        let read = |text: &str, currency: Option<&str>, country: Option<&str>, language: Option<&str>| {
            let [currency, country, language] = [currency, country, language].map(|hint| hint.map(str::to_owned));
            shown(text, &Hint { country, currency, language })
        };
        assert_eq!(read("$20", Some("AUD"), Some("US"), Some("en-CA")), "20 AUD");
        assert_eq!(read("$20", None, Some("MX"), Some("en-CA")), "20 MXN");
        assert_eq!(read("$20", None, None, Some("en-CA")), "20 CAD");
        assert_eq!(read("¥20", None, None, Some("ja")), "20 JPY");
        assert_eq!(read("20 kr", None, None, Some("da")), "20 DKK");
        // A sign that cannot be the shop's own currency says which one it is not.
        assert_eq!(read("€20", Some("USD"), None, None), "20 EUR");
    }

    #[test]
    fn what_is_not_the_price_of_the_goods_is_passed_over() {
        for text in [
            "$45.20/mo",
            "$45.20 per month",
            "24,99 € pro Monat",
            "39 €/mois",
            "月々1,980円",
            "12x de R$ 44,00",
            "R$ 44,00 x 12",
            "4 interest-free payments of $22.48",
            "(1,23 €/100 ml)",
            "1,23 € / kg",
            "($0.52/Count)",
            "5,99 € je 100 g",
            "1,23 - 2,34 €/kg",
            "-20%",
            "%20",
            "Save $15.00",
            "You save: $15.00",
            "$5 off",
            "+ 5,99 € Versand",
            "-$5.00",
            "4.5 out of 5 stars",
            "128GB",
            "Save £0.64 (21)%",
            "Any 2 enjoy $3.00 off",
            "1e308",
            "12.11.2024",
            "",
        ] {
            assert_eq!(shown(text, &hint("US")), "-", "{text}");
        }
        assert_eq!(shown("12,30 € (1,23 €/100 ml)", &hint("DE")), "12.30 EUR");
        assert_eq!(shown("R$ 528,00 em 12x de R$ 44,00", &hint("BR")), "528.00 BRL");
        assert_eq!(shown("Was $120.00 Now $60.00", &hint("US")), "60.00 USD");
        assert_eq!(shown("Save $15.00 $85.00", &hint("US")), "85.00 USD");
    }

    /// Price texts with their right reading, from test suites of other price readers; not part of this repository.
    #[test]
    fn at_least_97_of_100_peer_cases_are_read_right() {
        #[derive(serde::Deserialize)]
        struct Case {
            currency_raw: Option<String>,
            price_raw: Option<String>,
            currency: Option<String>,
            amount_float: Option<f64>,
            xfail: bool,
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/peer-tests/price_strings.jsonl");
        let Ok(lines) = std::fs::read_to_string(path) else {
            #[allow(clippy::print_stderr)]
            {
                eprintln!("skipped: {path} is not there");
            }
            return;
        };
        let cases: Vec<Case> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).filter(|case: &Case| !case.xfail).collect();
        let mut wrong = Vec::new();
        for case in &cases {
            // The currency beside the price is what a shop's own hint would say.
            let none = Hint::default();
            let beside = case.currency_raw.as_deref().and_then(|raw| currency(raw, &none));
            let hint = Hint { currency: beside, ..Hint::default() };
            let text = case.price_raw.clone().unwrap_or_default();
            let price = read(&text, &hint);
            let amount = price.as_ref().map(|p| p.min.to_string().parse::<f64>().unwrap_or(f64::NAN));
            let code = price.and_then(|p| p.currency);
            let expected_code = case.amount_float.and(case.currency.as_deref()).and_then(|c| currency(c, &hint));
            if amount != case.amount_float
                || (expected_code.is_some()
                    && case.price_raw.as_ref().is_some_and(|p| p.contains(case.currency.as_deref().unwrap_or_default()))
                    && code != expected_code)
            {
                wrong.push(format!("{text:?}: {amount:?} {code:?}, not {:?} {expected_code:?}", case.amount_float));
            }
        }
        let right = cases.len() - wrong.len();
        assert!(right * 100 >= cases.len() * 97, "{right} of {}: {wrong:#?}", cases.len());
        #[allow(clippy::print_stderr)]
        {
            eprintln!("{right} of {}: {wrong:#?}", cases.len());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC{0,60}", number in "[0-9.,' €$/x%~-]{0,60}") {
            let _ = (read(&text, &Hint::default()), read(&number, &Hint::default()), currency(&text, &Hint::default()));
        }
    }

    #[test]
    fn texts_without_end_are_read_in_bounded_time() {
        for piece in ["9", "1,", "$", "1 ", "- ", "12x ", "€9 - ", "(", "per 1 ", "\u{200b}"] {
            let _ = read(&piece.repeat(10_000_000 / piece.len()), &Hint::default());
        }
        assert_eq!(read(&"9".repeat(5_000), &Hint::default()), None);
    }
}
