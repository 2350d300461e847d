//! The words around an amount that say what it is not: the price of the goods.
//!
//! Function words of the languages that the supported markets are written in, and units of measure after CLDR 48 (`units`). Compared in lower
//! case as whole words.

use super::{Piece, Token};
use crate::page::text::fold;

/// Between the two ends of a range.
const TO: &[&str] =
    &["to", "à", "a", "au", "bis", "до", "至", "到", "から", "tot", "till", "til", "až", "do", "ate", "até", "hasta", "al", "đến", "to:"];

/// Something paid again and again.
const TIMES: &[&str] = &[
    "month",
    "months",
    "mo",
    "mth",
    "week",
    "wk",
    "day",
    "year",
    "yr",
    "hour",
    "hr",
    "monat",
    "monate",
    "monaten",
    "woche",
    "tag",
    "jahr",
    "mois",
    "semaine",
    "jour",
    "an",
    "mes",
    "meses",
    "semana",
    "día",
    "dia",
    "año",
    "ano",
    "mês",
    "mese",
    "mesi",
    "settimana",
    "giorno",
    "anno",
    "maand",
    "jaar",
    "dag",
    "mies",
    "miesiąc",
    "miesięcznie",
    "mj",
    "mån",
    "månad",
    "md",
    "mnd",
    "måned",
    "мес",
    "месяц",
    "день",
    "год",
    "ay",
    "月",
    "ヶ月",
    "か月",
    "カ月",
    "个月",
    "個月",
    "年",
    "日",
    "天",
    "開月",
];

/// Said before or after an amount without any preposition.
const TIME_ADVERBS: &[&str] = &[
    "monthly",
    "weekly",
    "yearly",
    "monatlich",
    "mtl",
    "jährlich",
    "mensual",
    "mensuales",
    "mensuel",
    "mensuels",
    "mensili",
    "mensile",
    "mensal",
    "mensais",
    "miesięcznie",
    "ежемесячно",
    "月々",
    "月額",
    "毎月",
    "每月",
    "maandelijks",
    "månedlig",
];

/// Units of measure: a price by these compares packs.
const UNITS: &[&str] = &[
    "ml",
    "cl",
    "dl",
    "l",
    "lt",
    "ltr",
    "liter",
    "litre",
    "litro",
    "litros",
    "litri",
    "litr",
    "литр",
    "л",
    "мл",
    "kg",
    "g",
    "gr",
    "mg",
    "gram",
    "gramm",
    "grams",
    "gramme",
    "grammes",
    "gramo",
    "gramos",
    "grammi",
    "kilo",
    "kilogram",
    "kilogramm",
    "kilogramme",
    "kilogramo",
    "кг",
    "г",
    "oz",
    "fl",
    "floz",
    "ounce",
    "ounces",
    "lb",
    "lbs",
    "pound",
    "count",
    "ct",
    "m",
    "cm",
    "mm",
    "meter",
    "metre",
    "metro",
    "mètre",
    "м",
    "ft",
    "foot",
    "inch",
    "in",
    "m²",
    "m2",
    "qm",
    "sqm",
    "sq",
    "克",
    "千克",
    "公斤",
    "斤",
    "升",
    "毫升",
    "米",
    "unité",
    "wash",
    "load",
    "sheet",
    "tablet",
    "capsule",
    "dose",
    "waschgang",
    "wl",
];

/// Before a unit of time or measure.
const PER: &[&str] = &[
    "per", "pro", "par", "por", "al", "alla", "the", "a", "an", "je", "à", "le", "la", "el", "all", "za", "na", "v", "в", "за", "på", "om",
    "/",
];

/// Words of paying in parts.
const INSTALMENTS: &[&str] = &[
    "payments",
    "installments",
    "installment",
    "instalments",
    "instalment",
    "interest",
    "cuotas",
    "cuota",
    "parcelas",
    "parcela",
    "raten",
    "rate",
    "rat",
    "raty",
    "mensualités",
    "mensualidades",
    "mensalidades",
    "prestações",
    "taksit",
    "taksitle",
    "splátek",
    "splátky",
    "termijnen",
    "期",
    "分期",
    "回払い",
    "klarna",
    "afterpay",
    "affirm",
    "paypal",
];

/// Between a number of parts and the amount of one.
const OF: &[&str] = &["de", "of", "von", "da", "di", "à", "a", "of:", "x"];

/// What is taken off.
const SAVINGS: &[&str] = &[
    "save",
    "saved",
    "saving",
    "savings",
    "spare",
    "sparen",
    "gespart",
    "ersparnis",
    "ahorra",
    "ahorras",
    "ahorro",
    "économisez",
    "économie",
    "économies",
    "remise",
    "risparmi",
    "risparmia",
    "sconto",
    "discount",
    "coupon",
    "rabatt",
    "descuento",
    "desconto",
    "economize",
    "economia",
    "bespaar",
    "korting",
    "cashback",
    "voucher",
    "立减",
    "立省",
    "省",
    "优惠券",
    "券",
    "满减",
    "クーポン",
    "скидка",
    "экономия",
    "oszczędzasz",
    "indirim",
    "off",
    "rebate",
    "bonus",
];

/// What is paid for the way.
const SHIPPING: &[&str] = &[
    "shipping",
    "delivery",
    "postage",
    "versand",
    "versandkosten",
    "lieferung",
    "livraison",
    "expédition",
    "envío",
    "envio",
    "gastos",
    "spedizione",
    "frete",
    "verzending",
    "verzendkosten",
    "frakt",
    "wysyłka",
    "dostawa",
    "доставка",
    "送料",
    "运费",
    "快递",
    "運費",
    "kargo",
    "doprava",
    "handling",
    "p&p",
    "duties",
    "tax",
];

/// What it once cost, or is said to cost elsewhere.
const EARLIER: &[&str] = &[
    "was",
    "were",
    "statt",
    "uvp",
    "rrp",
    "msrp",
    "list",
    "retail",
    "listenpreis",
    "avant",
    "antes",
    "prima",
    "originally",
    "original",
    "regular",
    "compare",
    "precedente",
    "barré",
    "conseillé",
    "原价",
    "原價",
    "参考価格",
    "定価",
    "市场价",
    "吊牌价",
    "было",
    "předtím",
    "før",
    "förr",
    "van",
    "vorher",
    "bisher",
    "anterior",
];

/// Counted or measured things that are no money.
const COUNTED: &[&str] = &[
    "stars",
    "star",
    "sterne",
    "stern",
    "étoiles",
    "estrellas",
    "stelle",
    "reviews",
    "review",
    "ratings",
    "rating",
    "bewertungen",
    "avis",
    "opiniones",
    "recensioni",
    "sold",
    "verkauft",
    "vendus",
    "vendidos",
    "venduti",
    "pcs",
    "pieces",
    "piece",
    "stück",
    "items",
    "item",
    "artikel",
    "out",
    "von",
    "sur",
    "gb",
    "tb",
    "mb",
    "km",
    "watt",
    "w",
    "v",
    "mah",
    "人付款",
    "件",
    "条",
    "评价",
    "已售",
    "items.",
    "results",
    "products",
    "people",
    "watchers",
    "bids",
];

/// Whether the word joins the two ends of a range.
pub(super) fn is_to(word: &str) -> bool {
    TO.contains(&word)
}

/// Whether the text says that nothing is asked.
pub(super) fn is_free(text: &str) -> bool {
    text.len() < 40
        && matches!(fold(text).trim_end_matches('!'), "free" | "gratis" | "kostenlos" | "gratuit" | "gratuito" | "無料" | "免费")
}

/// Whether the tokens `first..=last` are something other than the price of the goods.
pub(super) fn is_something_else(tokens: &[Token], first: usize, last: usize) -> bool {
    is_share_or_change(tokens, first, last)
        || is_repeated(tokens, first, last)
        || is_instalment(tokens, first, last)
        || is_beside_the_price(tokens, first, last)
}

/// Whether the amount is said to be an earlier or recommended one.
pub(super) fn is_earlier(tokens: &[Token], first: usize) -> bool {
    words_before(tokens, first, 2).any(|w| EARLIER.contains(&w))
}

/// Whether a number without currency counts or measures something.
pub(super) fn is_counted(tokens: &[Token], last: usize) -> bool {
    word(tokens.get(last + 1)).is_some_and(|w| COUNTED.contains(&w) || UNITS.contains(&w))
        || matches!(tokens.get(last + 1).map(|t| &t.piece), Some(Piece::Other('"' | '°' | '#')))
}

/// A percentage, or an amount with a sign of its own.
fn is_share_or_change(tokens: &[Token], first: usize, last: usize) -> bool {
    let after = tokens.get(last + 1).filter(|t| t.start <= tokens[last].end + 1);
    if matches!(after.map(|t| &t.piece), Some(Piece::Other('%'))) {
        return true;
    }
    let Some(before) = first.checked_sub(1) else { return false };
    let gap = tokens[first].start - tokens[before].end;
    match tokens[before].piece {
        Piece::Other('%') => gap == 0,
        Piece::Other('+') => gap <= 1,
        // A dash that touches the amount and no amount before it. A wave there says "up to".
        Piece::Dash('-') => gap == 0 && before.checked_sub(1).is_none_or(|b| tokens[before].start > tokens[b].end || leads(tokens, b)),
        _ => false,
    }
}

/// Whether a currency's sign belongs to no amount before it (`$-5`, not `10$-15$`).
fn leads(tokens: &[Token], at: usize) -> bool {
    let amount = |before: usize| matches!(tokens[before].piece, Piece::Number(_));
    matches!(tokens[at].piece, Piece::Sign(_)) && !at.checked_sub(1).is_some_and(amount)
}

/// `/100 ml`, `per month`, `monthly`.
fn is_repeated(tokens: &[Token], first: usize, last: usize) -> bool {
    if word(tokens.get(last + 1)).is_some_and(|w| TIME_ADVERBS.contains(&w))
        || words_before(tokens, first, 1).any(|w| TIME_ADVERBS.contains(&w))
    {
        return true;
    }
    let mut at = last + 1;
    match tokens.get(at).map(|t| &t.piece) {
        Some(Piece::Other('/')) => at += 1,
        Some(Piece::Word(w)) if PER.contains(&w.as_str()) => at += 1,
        _ => return false,
    }
    if word(tokens.get(at)).is_some_and(|w| PER.contains(&w) && !UNITS.contains(&w) && !TIMES.contains(&w)) {
        at += 1;
    }
    if matches!(tokens.get(at).map(|t| &t.piece), Some(Piece::Number(_))) {
        at += 1;
    }
    match tokens.get(at).map(|t| &t.piece) {
        Some(Piece::Word(w)) => TIMES.contains(&w.as_str()) || UNITS.contains(&w.as_str()),
        // Some units are written like a currency: `L`, `lb`.
        Some(Piece::Sign(sign)) => sign.is_written("L"),
        _ => false,
    }
}

/// `12x de …`, `… x 12`, `4 payments of …`.
fn is_instalment(tokens: &[Token], first: usize, last: usize) -> bool {
    if words_before(tokens, first, 4).any(|w| INSTALMENTS.contains(&w)) {
        return true;
    }
    let times = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|t| matches!(&t.piece, Piece::Other('×')) || matches!(&t.piece, Piece::Word(w) if w == "x" || w == "х"))
    };
    let is_number = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|t| matches!(t.piece, Piece::Number(_)));
    if times(Some(last + 1)) && is_number(Some(last + 2)) || word(tokens.get(last + 1)).is_some_and(|w| INSTALMENTS.contains(&w)) {
        return true;
    }
    let mut before = first.checked_sub(1);
    while before.is_some_and(|b| !times(Some(b)) && word(tokens.get(b)).is_some_and(|w| OF.contains(&w))) {
        before = before.and_then(|b| b.checked_sub(1));
    }
    times(before) && is_number(before.and_then(|b| b.checked_sub(1)))
}

/// A saving or the cost of shipping.
fn is_beside_the_price(tokens: &[Token], first: usize, last: usize) -> bool {
    let named = |w: &str| SAVINGS.contains(&w) || SHIPPING.contains(&w);
    words_before(tokens, first, 2).any(named) || word(tokens.get(last + 1)).is_some_and(named)
}

/// The words among the last tokens before `first`, up to an amount.
fn words_before(tokens: &[Token], first: usize, reach: usize) -> impl Iterator<Item = &str> {
    tokens[..first].iter().rev().take(reach).take_while(|t| !matches!(t.piece, Piece::Sign(_))).filter_map(|t| word(Some(t)))
}

fn word(token: Option<&Token>) -> Option<&str> {
    match &token?.piece {
        Piece::Word(word) => Some(word),
        _ => None,
    }
}
