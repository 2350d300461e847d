//! Currencies as markets write them: codes and countries after ISO 4217 and ISO 3166-1; signs, short forms and names after CLDR 48
//! (`numbers/currencies`, `supplemental/currencyData`); 2026-11-22.

use std::{collections::HashMap, sync::LazyLock};

use super::Hint;
use crate::order;

/// A way to write a currency, and the currencies that are written so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// As written, case and all.
    text: &'static str,
    /// ISO 4217 codes, the likeliest first, separated by spaces. Led by `?` where none of them is meant unless something else tells.
    codes: &'static str,
}

impl Sign {
    fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.codes.split_ascii_whitespace().filter(|&code| code != "?")
    }

    /// The code that is meant on a page of the hint's country, currency and language.
    pub fn code(&self, hint: &Hint) -> Option<&'static str> {
        let told = [hint.currency_code(), hint.country_code(), hint.language_code()];
        let meant = told.into_iter().flatten().find(|told| self.codes().any(|code| code == *told));
        meant.or_else(|| if self.codes.starts_with('?') { None } else { self.codes().next() })
    }

    /// Whether both may be written for the same amount (`$ … AUD`).
    pub fn agrees(&self, other: &Sign) -> bool {
        self.codes().any(|code| other.codes().any(|o| o == code))
    }

    /// Whether both are written alike.
    pub fn is_same(&self, other: &Sign) -> bool {
        self.text == other.text
    }

    /// Whether it is written so.
    pub fn is_written(&self, text: &str) -> bool {
        self.text == text
    }

    /// Which of two signs of the same amount says more.
    pub fn or_narrower(self, other: Sign) -> Sign {
        if other.codes().count() < self.codes().count() { other } else { self }
    }
}

/// The longest sign that stands at this place, not cut out of a word, and its length.
pub(super) fn sign_at(text: &[char], start: usize) -> Option<(Sign, usize)> {
    let candidates = BY_FIRST.get(text.get(start)?)?;
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    candidates.iter().copied().find(|&(sign, length)| {
        let Some(written) = text.get(start..start + length) else { return false };
        let begins = !(needs_edge(written[0]) && before.is_some_and(|c| needs_edge(*c)));
        let ends = !(needs_edge(written[length - 1]) && text.get(start + length).is_some_and(|c| needs_edge(*c)));
        begins && ends && sign.text.chars().eq(written.iter().copied())
    })
}

/// Letters of scripts that set words apart by spaces.
fn needs_edge(c: char) -> bool {
    c.is_alphabetic() && !matches!(u32::from(c), 0x0E00..=0x0EFF | 0x3000..=0x9FFF | 0xAC00..=0xD7AF)
}

/// The code as ISO 4217 writes it, if it is one.
pub(super) fn code(text: &str) -> Option<&'static str> {
    let text = text.trim();
    CODES.split_ascii_whitespace().find(|code| code.eq_ignore_ascii_case(text))
}

/// The currency of a country (ISO 3166-1 alpha-2).
pub(super) fn of_country(country: &str) -> Option<&'static str> {
    let country = country.trim();
    COUNTRIES.lines().find_map(|line| {
        let mut entries = line.split(' ');
        let code = entries.next()?;
        entries.any(|c| c.eq_ignore_ascii_case(country)).then_some(code)
    })
}

/// The currency that a bare sign means in a text of this BCP 47 language; absent for languages of many currencies.
pub(super) fn of_language(language: &str) -> Option<&'static str> {
    let mut parts = language.trim().split(['-', '_']);
    let main = parts.next()?.to_ascii_lowercase();
    if let Some(region) = parts.find(|part| part.len() == 2) {
        return of_country(region);
    }
    Some(match main.as_str() {
        "ja" => "JPY",
        "zh" => "CNY",
        "sv" => "SEK",
        "nb" | "nn" | "no" => "NOK",
        "da" => "DKK",
        "is" => "ISK",
        "hi" => "INR",
        "ko" => "KRW",
        "ro" => "RON",
        "ru" => "RUB",
        _ => return None,
    })
}

/// What stands before three digits that are decimals, in currencies of a thousand parts.
pub(super) fn mil_separators(code: &str) -> &'static [char] {
    match code {
        "BHD" | "IQD" | "JOD" | "KWD" | "OMR" => &['.'],
        "LYD" | "TND" => &['.', ','],
        _ => &[],
    }
}

static BY_FIRST: LazyLock<HashMap<char, Vec<(Sign, usize)>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<(Sign, usize)>> = HashMap::new();
    let codes = CODES.split_ascii_whitespace().map(|code| Sign { text: code, codes: code });
    let signs = SIGNS.iter().flat_map(|&(texts, codes)| texts.split('|').map(move |text| Sign { text, codes }));
    for sign in codes.chain(signs) {
        if let Some(first) = sign.text.chars().next() {
            by_first.entry(first).or_default().push((sign, sign.text.chars().count()));
        }
    }
    for signs in by_first.values_mut() {
        order::sort(signs, |a, b| b.1.cmp(&a.1));
    }
    by_first
});

/// Signs, short forms and names in the forms that shops write, with what they may mean.
const SIGNS: &[(&str, &str)] = &[
    (
        "$|dollars|Dollars|dollar|Dollar",
        "? USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU BRL JMD TTD BZD BBD BSD FJD GYD BND BMD KYD XCD LRD NAD SRD SBD CUP DOP",
    ),
    ("US$|US $|USD$|USD $|U$S|U$|us$|U.S. $|usd|دولار", "USD"),
    ("C$|CA$|CAD$|CAD $|CDN$|Can$|C $|CA $|cad|CND", "CAD"),
    ("A$|AU$|AUD$|AU $|AUD $|aud", "AUD"),
    ("NZ$|NZ $|NZD$|NZD $|nzd", "NZD"),
    ("HK$|HK $|HKD$|HKD $|hkd|港币|港幣|港元", "HKD"),
    ("S$|SG$|SGD$|SGD $|sgd|S $", "SGD"),
    ("NT$|NT $|NTD|NTD$|NT|新台幣|新臺幣|台幣", "TWD"),
    ("MX$|MEX$|Mex$|MXN$|MXN $|mxn|M.N.|pesos mexicanos", "MXN"),
    ("AR$|ARS$|ARS $|ars$", "ARS"),
    ("CLP$|CLP $|CL$", "CLP"),
    ("COP$|COP $|COL$|CO$", "COP"),
    ("$U|UY$|UYU$", "UYU"),
    ("R$|BRL$|r$|reais|brl", "BRL"),
    ("RD$", "DOP"),
    ("BZ$", "BZD"),
    ("GY$", "GYD"),
    ("TT$", "TTD"),
    ("J$", "JMD"),
    ("T$", "TOP"),
    ("EC$", "XCD"),
    ("FJ$", "FJD"),
    ("N$", "NAD"),
    ("Z$", "ZWL"),
    ("B$", "BND"),
    ("MOP$|MOP", "MOP"),
    ("$b|Bs.|Bs", "BOB VES"),
    ("C$ NIO", "NIO"),
    ("pesos|Pesos|peso|Peso", "? MXN ARS CLP COP UYU PHP CUP DOP"),
    ("€|EUR €|euros|euro|Euros|Euro|EURO|EUROS|eur|Eur|ευρώ|евро|欧元|歐元|ユーロ|يورو", "EUR"),
    ("£|₤|pounds|pound|Pounds", "GBP EGP LBP SYP SDG GIP FKP SHP"),
    ("gbp|GBP £|GB£|UK£|UK £|英镑|英鎊", "GBP"),
    ("E£|LE|L.E.|ج.م|ج.م.|جنيه|جم|egp", "EGP"),
    ("¥|￥", "? JPY CNY"),
    ("JP¥|JP ¥|JPY¥|円|yen|Yen|jpy|日元|日圓", "JPY"),
    ("CN¥|CN ¥|CNY¥|RMB¥|RMB|rmb|yuan|Yuan|人民币|人民幣|cny", "CNY"),
    ("元|圓", "CNY TWD HKD"),
    ("₩|원|KRW ₩|韩元|韓元|ウォン", "KRW"),
    ("₹|INR ₹|Rs. INR|र|रु|रु.|रुपये|inr", "INR"),
    ("Rs.|Rs|rs.|rs|Re|RS|₨", "INR PKR LKR NPR MUR SCR"),
    ("৳|Tk|Tk.|BDT ৳", "BDT"),
    ("රු|රු.", "LKR"),
    ("रू", "NPR"),
    ("₽|руб.|руб|рублей|рубля|рубль|р.|р|Р|Р.|РУБ|РУБ.|RUB ₽|rub|Rbl|Руб.|Руб", "RUB BYN"),
    ("Br|BYN Br", "BYN ETB"),
    ("ብር", "ETB"),
    ("₴|грн.|грн|ГРН|гривень|uah|Грн|Грн.", "UAH"),
    ("₸|тг|тг.|тенге|₸.", "KZT"),
    ("сум|so'm|Sʻ|soʻm", "UZS"),
    ("сом", "KGS"),
    ("₺|TL|tl|Tl|лира|TRY ₺", "TRY"),
    ("₼|AZN ₼|ман.", "AZN"),
    ("₾|ლ|lari|GEL ₾", "GEL"),
    ("֏|դր.", "AMD"),
    ("zł|ZŁ|Zł|zl|zł.|złotych|PLN zł|pln", "PLN"),
    ("Kč|kč|KČ|Kc|kc|CZK Kč|czk|korun", "CZK"),
    ("Ft|FT|Ft.|HUF Ft|huf|forint", "HUF"),
    ("lei|Lei|LEI|leu|Leu|RON lei|ron", "RON MDL"),
    ("L|MDL L", "? RON MDL HNL ALL LSL SZL"),
    ("лв.|лв|ЛВ|лева|bgn|lv.|lv", "BGN"),
    ("kn|Kn|KN|HRK kn", "HRK"),
    ("дин.|дин|Дин|din.|din|RSD din|rsd|Dinara|dinara|динара|ДИН", "RSD"),
    ("ден|ДЕН|ден.|mkd", "MKD"),
    ("KM", "BAM"),
    ("Lek|lek|Lekë|lekë", "ALL"),
    ("kr|kr.|Kr|Kr.|KR|kronor|kroner|krónur|:-", "? SEK NOK DKK ISK"),
    ("SEK kr|sek", "SEK"),
    ("NOK kr|nok", "NOK"),
    ("DKK kr|dkk", "DKK"),
    ("chf|CHf|Fr.|SFr.|SFr|sFr.|CHF Fr.|Franken|Fr", "CHF"),
    ("₣|francs|franc", "? CHF XOF XAF XPF"),
    ("CFA|FCFA|F CFA|Fcfa|F.CFA", "XOF XAF"),
    ("₪|NIS|nis|ils|שח|ש\"ח|ש״ח|ש'ח|ש׳ח|שקל|שקלים|ILS ₪", "ILS"),
    ("د.إ|د.إ.|AED د.إ|Dhs|Dhs.|Dh|DH|dhs|aed", "AED MAD"),
    ("درهم", "AED MAD"),
    ("د.م|د.م.|MAD د.م.", "MAD"),
    ("ر.س|ر.س.|SR|sar|ريال سعودي|\u{20c1}", "SAR"),
    ("﷼|ریال|ريال|QR", "IRR SAR OMR QAR YER"),
    ("ر.ق|ر.ق.", "QAR"),
    ("ر.ع|ر.ع.", "OMR"),
    ("ر.ي|ر.ي.", "YER"),
    ("د.ك|د.ك.|KD|K.D.|دينار كويتي", "KWD"),
    ("د.ب|د.ب.|BD", "BHD"),
    ("د.أ|د.أ.|JD", "JOD"),
    ("د.ع|د.ع.", "IQD"),
    ("د.ل|د.ل.", "LYD"),
    ("د.ت|د.ت.|DT", "TND"),
    ("دج|د.ج|د.ج.|DA", "DZD"),
    ("دينار", "? KWD IQD JOD TND LYD DZD BHD"),
    ("ل.ل|ل.ل.|LL", "LBP"),
    ("ل.س|ل.س.", "SYP"),
    ("ج.س|ج.س.", "SDG"),
    // Ten rials; no code of its own.
    ("تومان|تومن", "?"),
    ("؋", "AFN"),
    ("Rp|Rp.|RP|rp|IDR Rp|idr", "IDR"),
    ("RM|MYR RM|myr|rm", "MYR"),
    ("฿|บาท|THB ฿|Baht|baht|THB.", "THB"),
    ("₫|đ|Đ|vnđ|VNĐ|vnd|đồng|VND ₫", "VND"),
    ("₱|PHP ₱|Php|php", "PHP"),
    ("៛", "KHR"),
    ("₭", "LAK"),
    ("₮", "MNT"),
    ("S/.|S/|PEN S/|soles", "PEN"),
    ("₡|CRC ₡", "CRC"),
    ("₲|Gs.|Gs|PYG ₲", "PYG"),
    ("B/.|B/", "PAB"),
    ("Q", "GTQ"),
    ("R", "ZAR"),
    ("ZAR R", "ZAR"),
    ("₦|NGN ₦", "NGN"),
    ("GH₵|₵|GHC|GH¢|GHS ₵", "GHS"),
    ("KSh|Ksh|KSh.|Ksh.|KSHS|KShs|KSH|Kshs", "KES"),
    ("USh|UGX.|Ush", "UGX"),
    ("TSh|Tsh|TZs", "TZS"),
    ("FRw|Frw", "RWF"),
    ("FBu|Fbu", "BIF"),
    ("ZK|ZMK", "ZMW"),
    ("Kz|kwz", "AOA"),
    ("Ar", "MGA"),
    ("Nfk|ናቕፋ|نافكا", "ERN"),
    ("UM", "MRU"),
    ("VT|Vt", "VUV"),
    ("FG", "GNF"),
    ("ƒ", "AWG ANG"),
    ("ЅM|SM|смн", "TJS"),
    ("₿|Ƀ|BTC", "?"),
];

/// ISO 4217 codes of money in use, and of some that stand on older pages.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP \
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR \
    ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL \
    THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

/// A currency and its countries a line.
const COUNTRIES: &str = "AED AE
AFN AF
ALL AL
AMD AM
ANG CW SX
AOA AO
ARS AR
AUD AU KI NR TV CX CC NF HM
AWG AW
AZN AZ
BAM BA
BBD BB
BDT BD
BHD BH
BIF BI
BMD BM
BND BN
BOB BO
BRL BR
BSD BS
BTN BT
BWP BW
BYN BY
BZD BZ
CAD CA
CDF CD
CHF CH LI
CLP CL
CNY CN
COP CO
CRC CR
CUP CU
CVE CV
CZK CZ
DJF DJ
DKK DK FO GL
DOP DO
DZD DZ
EGP EG
ERN ER
ETB ET
EUR AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT
FJD FJ
FKP FK
GBP GB UK GG IM JE
GEL GE
GHS GH
GIP GI
GMD GM
GNF GN
GTQ GT
GYD GY
HKD HK
HNL HN
HTG HT
HUF HU
IDR ID
ILS IL PS
INR IN
IQD IQ
IRR IR
ISK IS
JMD JM
JOD JO
JPY JP
KES KE
KGS KG
KHR KH
KMF KM
KPW KP
KRW KR
KWD KW
KYD KY
KZT KZ
LAK LA
LBP LB
LKR LK
LRD LR
LSL LS
LYD LY
MAD MA EH
MDL MD
MGA MG
MKD MK
MMK MM
MNT MN
MOP MO
MRU MR
MUR MU
MVR MV
MWK MW
MXN MX
MYR MY
MZN MZ
NAD NA
NGN NG
NIO NI
NOK NO SJ BV
NPR NP
NZD NZ CK NU PN TK
OMR OM
PAB PA
PEN PE
PGK PG
PHP PH
PKR PK
PLN PL
PYG PY
QAR QA
RON RO
RSD RS
RUB RU
RWF RW
SAR SA
SBD SB
SCR SC
SDG SD
SEK SE
SGD SG
SHP SH
SLE SL
SOS SO
SRD SR
SSP SS
STN ST
SYP SY
SZL SZ
THB TH
TJS TJ
TMT TM
TND TN
TOP TO
TRY TR
TTD TT
TWD TW
TZS TZ
UAH UA
UGX UG
USD US AS BQ EC FM GU IO MH MP PR PW SV TC TL UM VG VI ZW
UYU UY
UZS UZ
VES VE
VND VN
VUV VU
WST WS
XAF CM CF CG GA GQ TD
XCD AG AI DM GD KN LC MS VC
XOF BF BJ CI GW ML NE SN TG
XPF NC PF WF
YER YE
ZAR ZA
ZMW ZM";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_tables_is_a_code() {
        for (texts, codes) in SIGNS {
            for found in codes.split(' ').filter(|&c| c != "?") {
                assert_eq!(code(found), Some(found), "{texts}");
            }
        }
        for line in COUNTRIES.lines() {
            let first = line.split(' ').next().unwrap_or_default();
            assert_eq!(code(first), Some(first), "{line}");
        }
    }

    #[test]
    fn no_sign_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for text in SIGNS.iter().flat_map(|(texts, _)| texts.split('|')) {
            assert!(seen.insert(text), "{text}");
        }
    }
}
