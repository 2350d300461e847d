//! Stand-ins.
use crate::listing::Price;
use rust_decimal::Decimal;
use std::str::FromStr;
pub(crate) struct Hint {
    pub country: Option<String>,
    pub currency: Option<String>,
    pub language: Option<String>,
}
pub(crate) fn price(text: &str, hint: &Hint) -> Option<Price> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.' || *c == ',').collect();
    let _ = (&hint.country, &hint.language);
    let decimal_comma = digits.rfind(',').is_some_and(|at| digits.len() - at == 3);
    let digits = if decimal_comma { digits.replace('.', "").replace(',', ".") } else { digits.replace(',', "") };
    let amount = Decimal::from_str(&digits).ok()?;
    Some(Price { min: amount, max: amount, currency: hint.currency.clone() })
}
