//! Amounts written as markets write them, and read back: what any locale's own formatting makes must come out as it went in.

use super::{Hint, read};
use crate::listing::Price;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Where the sign stands, what groups thousands and what stands before decimals, as CLDR has it for one market.
#[derive(Clone, Copy, Debug)]
struct Locale {
    country: &'static str,
    code: &'static str,
    sign: &'static str,
    leads: bool,
    space: &'static str,
    group: &'static str,
    point: &'static str,
    decimals: u32,
    indian: bool,
    zero: char,
}

const EN: Locale =
    Locale { country: "US", code: "USD", sign: "$", leads: true, space: "", group: ",", point: ".", decimals: 2, indian: false, zero: '0' };
/// `1.234,56 €`
const DE: Locale = Locale { country: "DE", code: "EUR", sign: "€", leads: false, space: NBSP, group: ".", point: ",", ..EN };
/// `1 234,56 €`
const FR: Locale = Locale { country: "FR", group: NARROW, ..DE };
const AR: Locale =
    Locale { country: "SA", code: "SAR", sign: "ر.س", leads: false, space: NBSP, group: "٬", point: "٫", zero: '٠', ..EN };

const NBSP: &str = "\u{a0}";
const NARROW: &str = "\u{202f}";

const LOCALES: [Locale; 44] = [
    EN,
    Locale { country: "GB", code: "GBP", sign: "£", ..EN },
    Locale { country: "AU", code: "AUD", ..EN },
    Locale { country: "CA", code: "CAD", ..EN },
    Locale { country: "CA", code: "CAD", sign: "$", ..FR },
    Locale { country: "MX", code: "MXN", ..EN },
    Locale { country: "HK", code: "HKD", sign: "HK$", ..EN },
    Locale { country: "SG", code: "SGD", sign: "S$", ..EN },
    Locale { country: "TW", code: "TWD", sign: "NT$", decimals: 0, ..EN },
    Locale { country: "CN", code: "CNY", sign: "¥", ..EN },
    Locale { country: "CN", code: "CNY", sign: "￥", group: "，", point: "．", zero: '０', ..EN },
    Locale { country: "JP", code: "JPY", sign: "円", leads: false, decimals: 0, ..EN },
    Locale { country: "JP", code: "JPY", sign: "円", leads: false, group: "，", point: "．", decimals: 0, zero: '０', ..EN },
    Locale { country: "KR", code: "KRW", sign: "원", leads: false, decimals: 0, ..EN },
    Locale { country: "TH", code: "THB", sign: "฿", ..EN },
    Locale { country: "TH", code: "THB", sign: "฿", zero: '๐', ..EN },
    Locale { country: "PH", code: "PHP", sign: "₱", ..EN },
    Locale { country: "MY", code: "MYR", sign: "RM", space: NBSP, ..EN },
    Locale { country: "IN", code: "INR", sign: "₹", indian: true, ..EN },
    Locale { country: "IN", code: "INR", sign: "₹", indian: true, zero: '०', ..EN },
    Locale { country: "BD", code: "BDT", sign: "৳", leads: false, indian: true, zero: '০', ..EN },
    Locale { country: "IL", code: "ILS", sign: "₪", leads: false, space: NBSP, ..EN },
    Locale { country: "NG", code: "NGN", sign: "₦", ..EN },
    Locale { country: "KE", code: "KES", sign: "KSh", space: NBSP, ..EN },
    Locale { country: "CH", code: "CHF", sign: "CHF", space: NBSP, group: "’", ..EN },
    Locale { country: "BR", code: "BRL", sign: "R$", leads: true, ..DE },
    Locale { country: "AR", code: "ARS", sign: "$", leads: true, ..DE },
    Locale { country: "CL", code: "CLP", sign: "$", leads: true, space: "", decimals: 0, ..DE },
    Locale { country: "CO", code: "COP", sign: "$", leads: true, ..DE },
    Locale { country: "ID", code: "IDR", sign: "Rp", leads: true, space: "", decimals: 0, ..DE },
    Locale { country: "VN", code: "VND", sign: "₫", decimals: 0, ..DE },
    DE,
    Locale { country: "NL", leads: true, ..DE },
    Locale { country: "DK", code: "DKK", sign: "kr.", ..DE },
    Locale { country: "TR", code: "TRY", sign: "₺", leads: true, space: "", ..DE },
    FR,
    Locale { country: "PL", code: "PLN", sign: "zł", group: NBSP, ..FR },
    Locale { country: "CZ", code: "CZK", sign: "Kč", group: NBSP, ..FR },
    Locale { country: "HU", code: "HUF", sign: "Ft", group: NBSP, ..FR },
    Locale { country: "SE", code: "SEK", sign: "kr", group: NBSP, ..FR },
    Locale { country: "RU", code: "RUB", sign: "₽", group: NBSP, ..FR },
    Locale { country: "UA", code: "UAH", sign: "грн", group: NBSP, ..FR },
    AR,
    Locale { country: "KW", code: "KWD", sign: "د.ك", decimals: 3, ..AR },
];

/// The amount in the smallest unit of its currency, written as the locale writes it.
fn written(amount: u64, locale: &Locale) -> String {
    let unit = 10u64.pow(locale.decimals);
    let whole = (amount / unit).to_string();
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        let ends_group = if locale.indian { left == 3 || (left > 3 && left % 2 == 1) } else { left.is_multiple_of(3) };
        if at > 0 && ends_group {
            text.push_str(locale.group);
        }
        text.push(digit);
    }
    if locale.decimals > 0 {
        text.push_str(locale.point);
        text.push_str(&format!("{:0width$}", amount % unit, width = locale.decimals as usize));
    }
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32(u32::from(locale.zero) + d)).unwrap_or(c);
    let text: String = text.chars().map(digit).collect();
    if locale.leads { format!("{}{}{text}", locale.sign, locale.space) } else { format!("{text}{}{}", locale.space, locale.sign) }
}

fn price(min: u64, max: u64, locale: &Locale) -> Option<Price> {
    let [min, max] = [min, max].map(|amount| Decimal::new(amount.cast_signed(), locale.decimals));
    Some(Price { min, max, currency: Some(locale.code.to_owned()), shown: None })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_a_locale_writes_is_read_back(amount in 0u64..100_000_000_000, more in 1u64..1_000_000, which in 0..LOCALES.len()) {
        let locale = &LOCALES[which];
        let hint = Hint { country: Some(locale.country.to_owned()), ..Hint::default() };
        let text = written(amount, locale);
        prop_assert_eq!(read(&text, &hint), price(amount, amount, locale), "{}", text);
        let text = format!("{text} – {}", written(amount + more, locale));
        prop_assert_eq!(read(&text, &hint), price(amount, amount + more, locale), "{}", text);
    }

    #[test]
    fn small_amounts_too(amount in 0u64..100_000, which in 0..LOCALES.len()) {
        let locale = &LOCALES[which];
        let hint = Hint { country: Some(locale.country.to_owned()), ..Hint::default() };
        let text = written(amount, locale);
        prop_assert_eq!(read(&text, &hint), price(amount, amount, locale), "{}", text);
    }
}

#[test]
fn each_locale_writes_and_reads_these() {
    for locale in &LOCALES {
        let hint = Hint { country: Some(locale.country.to_owned()), ..Hint::default() };
        for amount in [0, 5, 99, 100, 999, 1_000, 12_345, 99_999, 100_000, 123_456, 1_000_000, 12_345_678, 1_234_567_890] {
            let text = written(amount, locale);
            assert_eq!(read(&text, &hint), price(amount, amount, locale), "{text} in {}", locale.country);
        }
    }
}
