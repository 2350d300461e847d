//! `touchstone data check`: every data file for shape, sense, source and date, and its own cases.

use super::{data_files, measured, say};
use crate::day::Day;
use crate::domain;
use crate::engine::Engine;
use crate::lexicon::{Builder, flatten};
use crate::listing::{Assurance, Condition, Listing, Price};
use crate::market::{Any, Markets};
use crate::page::identifiers;
use crate::report::Level;
use crate::rules::{
    Rules, Source,
    alert::AlertFile,
    brand::{self, Basis, Brand},
    channel::{ChannelFile, Grade, Method},
    countries::Countries,
    domains::Domains,
    generic::Generic,
    goods::Trade,
    marketplace::Marketplace,
    measured::Measured,
    notice::NoticeTemplate,
    rates::Rates,
    sales::Sales,
    weights::{Levels, Weights},
    words::WordList,
};
use crate::terms::Sensitivity;
use crate::words::{Kind, Words};
use serde::de::DeserializeOwned;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The least margin below the lowest usual price that an editor's own judgement of a price leaves, in per cent.
const EDITORIAL_MARGIN: u32 = 40;

/// Works on the data files.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Checks every file for shape, sense, sources and dates, and runs its own cases.
    ///
    /// Each defect is a line with file, line and reason; any defect gives exit status 1.
    #[command(after_help = "Example:
  touchstone data check data/")]
    Check {
        /// Folder of data files.
        #[arg(value_name = "DIR", default_value = "data")]
        dir: PathBuf,
    },
}

/// Runs the chosen subcommand.
pub fn run(args: &Args) -> ExitCode {
    let Command::Check { dir } = &args.command;
    match check(dir) {
        Ok(summary) => {
            if writeln!(io::stdout().lock(), "{summary}").is_err() {
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        Err(defects) => {
            for defect in &defects {
                say(defect, ExitCode::FAILURE);
            }
            say(&format!("{} defects in {}", defects.len(), dir.display()), ExitCode::FAILURE)
        }
    }
}

/// Checks the files under `dir`; a summary, or every defect as `file:line: reason`.
///
/// # Errors
/// The defects.
pub fn check(dir: &Path) -> Result<String, Vec<String>> {
    let mut check = Check { dir: dir.to_owned(), defects: Vec::new(), cases: 0, facts: 0 };
    let marketplaces: Vec<File<Marketplace>> = check.folder("marketplaces");
    let brands: Vec<File<Brand>> = check.folder("brands");
    let goods: Vec<File<Trade>> = check.folder("goods");
    let words: Vec<File<WordList>> = check.folder("words");
    let alerts: Vec<File<AlertFile>> = check.folder("alerts");
    let channels: Vec<File<ChannelFile>> = check.folder("channels");
    let notices: Vec<File<NoticeTemplate>> = check.folder("notices");
    let weights = check.file::<Weights>(&dir.join("weights.toml"));
    let generic = check.file::<Generic>(&dir.join("generic.toml"));
    let measured = check.file::<Measured>(&dir.join(measured::FILE));
    let countries = check.file::<Countries>(&dir.join("countries.toml"));
    let domains = check.file::<Domains>(&dir.join("domains.toml"));
    let rates = check.file::<Rates>(&dir.join("rates.toml"));
    let sales = check.file::<Sales>(&dir.join("sales.toml"));
    // A file that has no shape makes every further finding doubtful.
    let (Some(weights), Some(generic), Some(rates), Some(sales), true) = (weights, generic, rates, sales, check.defects.is_empty()) else {
        return Err(check.defects);
    };
    let (Some(countries), Some(domains)) = (countries, domains) else { return Err(check.defects) };

    check.source(&weights, "basis", &weights.value.basis);
    check.weights(&weights);
    if let Some(measured) = &measured {
        check.source(measured, "basis", &measured.value.basis);
    }
    check.rates(&rates);
    check.sales(&sales);
    check.source(&generic, "basis", &generic.value.basis);
    check.source(&generic, "restricted_gtins", &generic.value.restricted_basis);
    check.facts += generic.value.labels.values().chain([&generic.value.buttons, &generic.value.signs]).map(Vec::len).sum::<usize>();
    check.countries(&countries);
    check.domains(&domains);
    let shops: Vec<&str> = marketplaces.iter().map(|f| f.value.id.as_str()).collect();
    brands.iter().for_each(|f| check.brand(f, &rates.value.per_dollar, &shops));
    goods.iter().for_each(|f| check.goods(f));
    words.iter().for_each(|f| check.word_list(f));
    alerts.iter().for_each(|f| check.alerts(f));
    channels.iter().for_each(|f| check.channels(f));
    for file in &marketplaces {
        check.id(file, &file.value.id);
        check.source(file, "basis", &file.value.basis);
        check.facts += file.value.pages.iter().map(|p| p.fields.len()).sum::<usize>();
    }
    for file in &notices {
        check.id(file, &file.value.language);
        check.facts += file.value.sentences.len() + file.value.signals.len();
    }

    let rules = Rules {
        marketplaces: marketplaces.iter().map(|f| f.value.clone()).collect(),
        brands: brands.iter().map(|f| f.value.clone()).collect(),
        goods: goods.iter().map(|f| f.value.clone()).collect(),
        words: words.iter().map(|f| f.value.clone()).collect(),
        alerts: alerts.iter().map(|f| f.value.clone()).collect(),
        channels: channels.iter().map(|f| f.value.clone()).collect(),
        notices: notices.iter().map(|f| f.value.clone()).collect(),
        generic: generic.value.clone(),
        countries: countries.value.clone(),
        domains: domains.value.clone(),
        weights: weights.value.clone(),
        rates: rates.value.clone(),
        sales: sales.value.clone(),
    };
    match Markets::new(&rules.marketplaces, &rules.words).and_then(|markets| markets.check().map(|()| markets)) {
        Ok(markets) => marketplaces.iter().for_each(|f| check.addresses(f, &markets)),
        Err(e) => check.defects.push(e.to_string()),
    }
    match Any::new(&rules.generic) {
        Ok(any) => check.labels(&generic, &any),
        Err(e) => check.defects.push(e.to_string()),
    }
    match Engine::new(rules) {
        Ok(engine) => {
            brands.iter().for_each(|f| check.judgements(f, &f.value.cases, &engine));
            alerts.iter().for_each(|f| check.judgements(f, &f.value.cases, &engine));
        }
        Err(e) => check.defects.push(e.to_string()),
    }
    if !check.defects.is_empty() {
        return Err(check.defects);
    }
    let mut summary = String::new();
    let counts = [
        ("marketplaces", marketplaces.len()),
        ("brands", brands.len()),
        ("trades", goods.len()),
        ("word lists", words.len()),
        ("channel files", channels.len()),
        ("notice languages", notices.len()),
        ("facts", check.facts),
        ("cases passed", check.cases),
    ];
    for (i, (name, count)) in counts.into_iter().enumerate() {
        let _ = write!(summary, "{}{count} {name}", if i == 0 { "" } else { ", " });
    }
    Ok(summary)
}

/// A data file that has the right shape.
struct File<T> {
    path: PathBuf,
    text: String,
    value: T,
}

impl<T> File<T> {
    /// `file:line` of the first line that has `needle`, else of the file's first.
    fn place(&self, needle: &str) -> String {
        let line = self.text.lines().position(|l| !needle.is_empty() && l.contains(needle)).map_or(1, |at| at + 1);
        format!("{}:{line}", self.path.display())
    }
}

struct Check {
    dir: PathBuf,
    defects: Vec<String>,
    cases: usize,
    facts: usize,
}

impl Check {
    fn folder<T: DeserializeOwned>(&mut self, name: &str) -> Vec<File<T>> {
        let folder = self.dir.join(name);
        match data_files::paths(&folder) {
            Ok(paths) => paths.iter().filter_map(|p| self.file(p)).collect(),
            Err(e) => {
                self.defects.push(format!("{}: {e}; the folder must be there", folder.display()));
                Vec::new()
            }
        }
    }

    fn file<T: DeserializeOwned>(&mut self, path: &Path) -> Option<File<T>> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) => {
                self.defects.push(format!("{}: {e}", path.display()));
                return None;
            }
        };
        match data_files::parse(path, &text) {
            Ok(value) => Some(File { path: path.to_owned(), text, value }),
            Err(defect) => {
                self.defects.push(defect);
                None
            }
        }
    }

    fn defect<T>(&mut self, file: &File<T>, near: &str, reason: &str) {
        self.defects.push(format!("{}: {reason}", file.place(near)));
    }

    fn id<T>(&mut self, file: &File<T>, id: &str) {
        if file.path.file_stem().is_none_or(|stem| stem != id) {
            self.defect(file, id, &format!("the id {id:?} must be the file's name"));
        }
    }

    fn source<T>(&mut self, file: &File<T>, of: &str, source: &Source) {
        self.facts += 1;
        if source.source.trim().is_empty() {
            self.defect(file, of, &format!("{of}: say where it was taken from (source)"));
        }
        if source.date.parse::<jiff::civil::Date>().is_err() {
            self.defect(file, &source.date, &format!("{of}: {:?} is no date; write YYYY-MM-DD", source.date));
        }
    }

    fn weights(&mut self, file: &File<Weights>) {
        let weights = &file.value;
        let (fewer, usual, more) =
            (Sensitivity::Fewer.levels(weights), Sensitivity::Usual.levels(weights), Sensitivity::More.levels(weights));
        let rising = |levels: &Levels| 0.0 < levels.caution && levels.caution < levels.likely && levels.likely < 1.0;
        if ![fewer, usual, more].iter().all(rising) {
            self.defect(file, "[sensitivity", "`caution` must lie below `likely`, both between 0 and 1");
        }
        if !(more.caution < usual.caution && usual.caution < fewer.caution && more.likely < usual.likely && usual.likely < fewer.likely) {
            self.defect(file, "[sensitivity", "[sensitivity.more] must begin below the usual levels, and [sensitivity.fewer] above them");
        }
        for name in weights.sensitivity.keys().filter(|name| !["fewer", "more"].contains(&name.as_str())) {
            self.defect(file, name, &format!("no choice is called {name:?}; there are fewer and more"));
        }
    }

    fn rates(&mut self, file: &File<Rates>) {
        let rates = &file.value;
        self.source(file, "basis", &rates.basis);
        self.source(file, "inflation_basis", &rates.inflation_basis);
        self.facts += rates.per_dollar.len() + rates.inflation.len();
        for (currency, rate) in &rates.per_dollar {
            if !(*rate > 0.0 && rate.is_finite()) {
                self.defect(file, &format!("{currency} ="), &format!("{currency}: a rate must be above 0"));
            }
        }
        for (currency, percent) in &rates.inflation {
            if !rates.per_dollar.contains_key(currency) {
                self.defect(file, "[inflation]", &format!("{currency}: prices in a currency without a rate are compared with nothing"));
            }
            if !(-20.0..10_000.0).contains(percent) {
                self.defect(file, "[inflation]", &format!("{currency}: {percent} is no yearly per cent"));
            }
        }
    }

    fn sales(&mut self, file: &File<Sales>) {
        for sale in &file.value.sales {
            let near = format!("id = \"{}\"", sale.id);
            self.source(file, &near, &sale.basis);
            let days = &sale.days;
            let by_weekday = days.day == 0 && (1..=7).contains(&days.weekday) && (-5..=5).contains(&days.nth) && days.nth != 0;
            let by_date = (1..=31).contains(&days.day) && days.weekday == 0 && days.nth == 0;
            if !((1..=12).contains(&days.month) && (by_weekday || by_date) && (1..=62).contains(&days.lasts)) {
                self.defect(
                    file,
                    &near,
                    &format!("sale {}: say a month, a day or else which of its weekdays, and how long it lasts", sale.id),
                );
            }
            if sale.countries.is_empty() != sale.currencies.is_empty() {
                self.defect(file, &near, &format!("sale {}: a sale of some countries names their currencies too", sale.id));
            }
            if !(sale.cases.iter().any(|case| case.on) && sale.cases.iter().any(|case| !case.on)) {
                self.defect(file, &near, &format!("sale {}: a day of the sale and one that is none are asked for", sale.id));
            }
            for case in &sale.cases {
                self.cases += 1;
                match case.date.parse::<Day>() {
                    Ok(day) if days.contain(day) == case.on => {}
                    Ok(_) => self.defect(
                        file,
                        &case.date,
                        &format!("sale {}: {} is said to be {}", sale.id, case.date, if case.on { "of it" } else { "none of its days" }),
                    ),
                    Err(error) => self.defect(file, &case.date, &error.to_string()),
                }
            }
        }
    }

    fn brand(&mut self, file: &File<Brand>, rates: &std::collections::BTreeMap<String, f64>, shops: &[&str]) {
        let brand = &file.value;
        self.id(file, &brand.id);
        self.source(file, "basis", &brand.basis);
        for feature in &brand.never {
            self.facts += 1;
            self.source(file, "[[never]]", &feature.from);
        }
        for fact in brand.domains.iter().chain(&brand.authenticity) {
            self.source(file, &fact.value, &fact.basis);
        }
        self.sellers(file, shops);
        if brand.name.is_empty() || brand.names.is_empty() {
            self.defect(file, "name", "a brand needs a name for display and at least one of `names`");
        }
        let is_id = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if !is_id(&brand.trade) {
            self.defect(file, "trade", "`trade` names the brand's trade in lower-case letters and hyphens, such as \"luxury\"");
        }
        for line in &brand.lines {
            self.line(file, line, rates);
        }
        let genuine = brand.cases.iter().filter(|c| c.level == "none").count();
        if brand.lines.len() < 2 {
            self.defect(file, "[[lines]]", "at least two lines with price levels are asked for");
        }
        if brand.cases.len() < 4 || genuine < 2 {
            self.defect(file, "[[cases]]", "at least four cases are asked for, two of them genuine (level \"none\")");
        }
    }

    fn sellers(&mut self, file: &File<Brand>, shops: &[&str]) {
        for seller in &file.value.sellers {
            let near = seller.id.as_ref().unwrap_or(&seller.name);
            self.source(file, near, &seller.basis);
            if !shops.contains(&seller.marketplace.as_str()) {
                self.defect(file, near, &format!("no marketplace has the id {:?}", seller.marketplace));
            }
            if seller.name.is_empty() && seller.id.as_deref().is_none_or(str::is_empty) {
                self.defect(file, &seller.marketplace, "a seller needs the name that is shown, its id, or both");
            }
        }
        if let Some(basis) = &file.value.only_own_shops {
            self.source(file, "only_own_shops", basis);
            if !file.value.sellers.is_empty() {
                self.defect(file, "only_own_shops", "a brand with sellers on marketplaces does not sell in its own shops alone");
            }
        }
    }

    fn line(&mut self, file: &File<Brand>, line: &brand::Line, rates: &std::collections::BTreeMap<String, f64>) {
        let near = format!("id = \"{}\"", line.id);
        self.source(file, &near, &line.from);
        if !(line.low > 0.0 && line.low < line.typical && line.typical < 1e7) {
            self.defect(file, &near, &format!("line {}: `low` must lie above 0 and below `typical`", line.id));
        }
        if line.high.is_some_and(|high| high < line.typical) {
            self.defect(file, &near, &format!("line {}: `high` lies below `typical`", line.id));
        }
        if line.year.is_some_and(|year| !(2000..=2100).contains(&year)) {
            self.defect(file, &near, &format!("line {}: `year` is no year", line.id));
        }
        if !rates.contains_key(&line.currency) {
            self.defect(file, &near, &format!("line {}: no exchange rate for {:?} in rates.toml", line.id, line.currency));
        }
        if line.basis == Basis::Editorial && margin(&line.from.source).is_none_or(|m| m < EDITORIAL_MARGIN) {
            let reason = format!(
                "line {}: an editorial level states in its source how many per cent `low` lies below the lowest usual price, at least {EDITORIAL_MARGIN} %",
                line.id
            );
            self.defect(file, &near, &reason);
        }
        if line.basis == Basis::Quantiles
            && !line.from.source.contains("p1")
            && !line.from.source.contains("p5")
            && !line.from.source.contains("lowest")
        {
            self.defect(file, &near, &format!("line {}: name the quantile (p5, p1 or lowest of n) on which `low` rests", line.id));
        }
    }

    fn goods(&mut self, file: &File<Trade>) {
        let trade = &file.value;
        self.id(file, &trade.id);
        self.source(file, "basis", &trade.basis);
        let mut builder = Builder::default();
        let mut kinds = Vec::new();
        for goods in &trade.goods {
            self.facts += goods.words.len();
            match builder.phrases(&format!("goods/{}.toml", trade.id), &goods.words) {
                Ok(words) => kinds.push((goods.id.as_str(), words)),
                Err(e) => return self.defect(file, &goods.id, &e.to_string()),
            }
        }
        let lexicon = match builder.build() {
            Ok(lexicon) => lexicon,
            Err(e) => return self.defect(file, "words", &e.to_string()),
        };
        for case in &trade.cases {
            self.cases += 1;
            let text = lexicon.read(&case.text, usize::MAX);
            let named: Vec<&str> = kinds.iter().filter(|(_, words)| text.has_any(words)).map(|(id, _)| *id).collect();
            if named != case.names {
                self.defect(file, &case.text, &format!("the text {:?} names {named:?}, not {:?}", case.text, case.names));
            }
        }
        for limit in &trade.limits {
            self.facts += 1;
            self.source(file, &format!("id = \"{}\"", limit.id), &limit.from);
        }
        if trade.cases.is_empty() {
            self.defect(file, "[[cases]]", "at least one case is asked for");
        }
    }

    fn word_list(&mut self, file: &File<WordList>) {
        let list = &file.value;
        self.id(file, &list.id);
        self.source(file, "basis", &list.basis);
        self.facts += list.phrases.len();
        let Some(kind) = Kind::of(&list.id) else {
            if !list.id.starts_with("condition") {
                self.defect(file, &list.id, &format!("no rule reads a list {:?}", list.id));
            }
            return;
        };
        let mut builder = Builder::default();
        let compiled = Words::new(std::slice::from_ref(list), &mut builder).and_then(|words| Ok((words, builder.build()?)));
        let (words, lexicon) = match compiled {
            Ok(compiled) => compiled,
            Err(e) => return self.defect(file, "text", &e.to_string()),
        };
        for case in &list.cases {
            self.cases += 1;
            let text = lexicon.read(&case.text, usize::MAX);
            let found: Vec<String> = words.of_kind(kind, &text, &[]).map(|h| lexicon.text(h.phrase)).collect();
            let right = case.finds.as_ref().map_or(found.is_empty(), |finds| found.contains(&flatten(finds)));
            if !right {
                self.defect(file, &case.text, &format!("the case {:?} finds {found:?}, not {:?}", case.text, case.finds));
            }
        }
    }

    fn alerts(&mut self, file: &File<AlertFile>) {
        self.id(file, &file.value.id);
        for alert in &file.value.alerts {
            let near = format!("id = \"{}\"", alert.id);
            self.source(file, &near, &alert.basis);
            if alert.authority.is_empty() || alert.goods.is_empty() || !alert.basis.source.starts_with("http") {
                self.defect(
                    file,
                    &near,
                    &format!("alert {}: say who published it, on what goods, and at which address it was read", alert.id),
                );
            }
            let full = match alert.published.len() {
                4 => format!("{}-01-01", alert.published),
                7 => format!("{}-01", alert.published),
                _ => alert.published.clone(),
            };
            if full.parse::<Day>().is_err() {
                self.defect(
                    file,
                    &near,
                    &format!("alert {}: {:?} is no date; write YYYY-MM-DD, YYYY-MM or YYYY", alert.id, alert.published),
                );
            }
            for gtin in alert.gtins.iter().filter(|gtin| identifiers::gtin(gtin).as_ref() != Some(gtin)) {
                self.defect(file, gtin, &format!("alert {}: {gtin:?} is no GTIN", alert.id));
            }
        }
        if file.value.cases.is_empty() {
            self.defect(file, "[[cases]]", "at least one case is asked for");
        }
    }

    fn channels(&mut self, file: &File<ChannelFile>) {
        self.id(file, &file.value.id);
        for channel in &file.value.channels {
            let near = format!("id = \"{}\"", channel.id);
            self.source(file, &near, &channel.basis);
            let linked = matches!(channel.method, Method::Form | Method::Email);
            if linked && channel.address.is_none() && channel.grade != Grade::M {
                self.defect(file, &near, &format!("channel {}: a form or e-mail needs an address", channel.id));
            }
        }
    }

    fn countries(&mut self, file: &File<Countries>) {
        self.source(file, "basis", &file.value.basis);
        for country in &file.value.countries {
            self.facts += country.names.len();
            if country.code.len() != 2 || country.names.is_empty() {
                self.defect(file, &country.code, &format!("{:?}: a country has a code of two letters and at least one name", country.code));
            }
            for member in &country.members {
                if !file.value.countries.iter().any(|other| other.code == *member) {
                    self.defect(file, &country.code, &format!("{member:?} is a member of {:?} and no country of this file", country.code));
                }
            }
        }
    }

    fn domains(&mut self, file: &File<Domains>) {
        self.source(file, "basis", &file.value.basis);
        for known in &file.value.known {
            self.source(file, &known.value, &known.basis);
        }
        let lists = [&file.value.selling, &file.value.goods, &file.value.fillers, &file.value.countries, &file.value.selling_endings];
        for word in lists.into_iter().flatten() {
            self.facts += 1;
            if word.is_empty() || !word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
                self.defect(file, word, &format!("{word:?} stands in no domain; write small letters without accents, spaces and hyphens"));
            }
        }
        let domains = domain::Domains::new(&file.value);
        for case in &file.value.cases {
            self.cases += 1;
            let label = domains.label(&case.host);
            let found = label.and_then(|label| domains.used(&label, std::slice::from_ref(&case.brand))).map(domain::Use::id);
            if found != case.is.as_deref() {
                self.defect(file, &case.host, &format!("the host {:?} is {found:?} of {:?}, not {:?}", case.host, case.brand, case.is));
            }
        }
    }

    fn labels(&mut self, file: &File<Generic>, any: &Any) {
        for case in &file.value.cases {
            self.cases += 1;
            let found = case.field.and_then(|field| any.labelled(field, &case.text));
            if found != case.value {
                self.defect(file, &case.text, &format!("the text {:?} names {found:?}, not {:?}", case.text, case.value));
            }
        }
    }

    fn addresses(&mut self, file: &File<Marketplace>, markets: &Markets) {
        for case in &file.value.cases {
            self.cases += 1;
            let kind = markets.page(&case.url).and_then(|at| file.value.pages.get(at)).map(|p| p.kind);
            if kind != case.kind {
                self.defect(file, &case.url, &format!("the address is read as {kind:?}, not as {:?}", case.kind));
            }
            let item = markets.address(&case.url).and_then(|(_, _, item)| item);
            if case.item_id.is_some() && case.item_id != item {
                self.defect(file, &case.url, &format!("the address shows item {item:?}, not {:?}", case.item_id));
            }
        }
    }

    fn judgements<T>(&mut self, file: &File<T>, cases: &[brand::Case], engine: &Engine) {
        for case in cases {
            self.cases += 1;
            let Some(listing) = listing(case) else {
                self.defect(file, &case.name, &format!("case {:?}: price or condition cannot be read", case.name));
                continue;
            };
            let assessment = engine.assess(&listing, case.marketplace.as_deref());
            let level = match assessment.level {
                Level::Unknown => "unknown",
                Level::None => "none",
                Level::Caution => "caution",
                Level::Likely => "likely",
            };
            let codes: Vec<&str> = assessment.signals.iter().map(|s| s.code.as_str()).collect();
            if level != case.level {
                let reason = format!("case {:?} is judged {level} (score {}, {codes:?}), not {}", case.name, assessment.score, case.level);
                self.defect(file, &case.title, &reason);
            } else if let Some(signal) = case.signal.as_ref().filter(|s| !codes.contains(&s.as_str())) {
                self.defect(file, &case.title, &format!("case {:?} lacks the signal {signal}; it has {codes:?}", case.name));
            }
        }
    }
}

/// The listing of a brand's case.
fn listing(case: &brand::Case) -> Option<Listing> {
    let price = match &case.price {
        Some(price) => {
            let amount = price.parse().ok()?;
            Some(Price { min: amount, max: amount, currency: case.currency.clone(), shown: None })
        }
        None => None,
    };
    let condition = match case.condition.as_deref() {
        None => None,
        Some("new") => Some(Condition::New),
        Some("used") => Some(Condition::Used),
        Some("refurbished") => Some(Condition::Refurbished),
        Some(_) => return None,
    };
    let mark = case.mark.as_ref().map(|code| Assurance { code: code.clone(), evidence: case.seller.clone().unwrap_or_default() });
    Some(Listing {
        url: case.url.clone(),
        title: Some(case.title.clone()),
        brand: case.brand.clone(),
        price,
        condition,
        seller: case.seller.clone(),
        seller_id: case.seller_id.clone(),
        assurances: mark.into_iter().collect(),
        ..Listing::default()
    })
}

/// The largest percentage that a text states.
fn margin(text: &str) -> Option<u32> {
    text.match_indices('%')
        .filter_map(|(at, _)| {
            let before = text[..at].trim_end();
            let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            before[before.len() - digits..].parse().ok()
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_have_no_defect() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        assert!(check(&dir).unwrap_or_else(|defects| panic!("{}", defects.join("\n"))).contains("cases passed"));
    }

    #[test]
    fn a_defect_names_file_line_and_reason() {
        let dir = std::env::temp_dir().join(format!("touchstone-data-check-{}", std::process::id()));
        for folder in ["marketplaces", "brands", "goods", "words", "alerts", "channels", "notices"] {
            fs::create_dir_all(dir.join(folder)).unwrap();
        }
        for file in ["countries.toml", "domains.toml", "generic.toml", "weights.toml", "rates.toml", "sales.toml", "measured.toml"] {
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file), dir.join(file)).unwrap();
        }
        assert!(check(&dir).is_ok());

        fs::write(dir.join("brands/a.toml"), "id = \"a\"\nname = 5\n").unwrap();
        let defects = check(&dir).unwrap_err();
        assert!(defects.iter().any(|d| d.contains("a.toml:2: ")), "{defects:?}");

        fs::write(dir.join("brands/a.toml"), "id = \"b\"\nname = \"A\"\nnames = [\"a\"]\n[basis]\nsource = \"\"\ndate = \"2026-13-01\"\n")
            .unwrap();
        let defects = check(&dir).unwrap_err().join("\n");
        for reason in ["must be the file's name", "say where", "is no date", "two lines", "four cases"] {
            assert!(defects.contains(reason), "{reason}: {defects}");
        }
        assert!(defects.contains("a.toml:6: "), "{defects}");

        let sellers = "[[sellers]]\nmarketplace = \"nowhere\"\nbasis = { source = \"x\", date = \"2026-11-22\" }\n";
        let own = "only_own_shops = { source = \"x\", date = \"2026-11-22\" }\n";
        fs::write(dir.join("brands/a.toml"), format!("id = \"a\"\nname = \"A\"\nnames = [\"a\"]\n{own}{sellers}")).unwrap();
        let defects = check(&dir).unwrap_err().join("\n");
        for reason in ["no marketplace has the id \"nowhere\"", "needs the name", "own shops alone"] {
            assert!(defects.contains(reason), "{reason}: {defects}");
        }
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_margin_is_a_stated_percentage() {
        assert_eq!(margin("lowest usual 100 USD, low 45 % below"), Some(45));
        assert_eq!(margin("low 40% below"), Some(40));
        assert_eq!(margin("a guess"), None);
    }
}
