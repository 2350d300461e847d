//! The figures as a document, `docs/evaluation.md`.

use super::Measurement;
use super::tables::{AT_RISK, Share, Table, Tables, UNADMITTED, precision, upper};
use std::fmt::Write;

/// What the figures leave out.
const UNKNOWN: &str = include_str!("unknown.md");

/// A bar on a share, in per cent.
struct Bar {
    set: &'static str,
    of: fn(&Tables) -> Option<Share>,
    caution: Option<f64>,
    likely: Option<f64>,
    /// Whether the share must reach the bar or stay below it.
    reach: bool,
}

fn stratum(tables: &Tables, name: &str) -> Option<Share> {
    tables.strata.get(name).copied()
}

fn source(tables: &Tables, name: &str) -> Option<Share> {
    tables.sources.get(name).copied()
}

const BARS: &[Bar] = &[
    Bar { set: "genuine, at risk", of: |t| stratum(t, AT_RISK), caution: Some(1.5), likely: Some(0.3), reach: false },
    Bar { set: "genuine, all", of: |t| stratum(t, "genuine in all"), caution: Some(0.4), likely: Some(0.08), reach: false },
    Bar { set: "genuine, the worst source", of: worst, caution: None, likely: Some(0.4), reach: false },
    Bar { set: "second-hand: thredup", of: |t| source(t, "genuine/thredup"), caution: Some(0.3), likely: None, reach: false },
    Bar { set: "second-hand: mercari_us", of: |t| source(t, "genuine/mercari_us"), caution: Some(0.3), likely: None, reach: false },
    Bar { set: "second-hand: vestiaire_used", of: |t| source(t, "genuine/vestiaire_used"), caution: Some(0.3), likely: None, reach: false },
    Bar {
        set: "second-hand: preowned_watches_2023",
        of: |t| source(t, "genuine/preowned_watches_2023"),
        caution: Some(0.3),
        likely: None,
        reach: false,
    },
    Bar {
        set: "outlet: sixpm_outlet_bags",
        of: |t| source(t, "genuine/sixpm_outlet_bags"),
        caution: Some(0.3),
        likely: None,
        reach: false,
    },
    Bar {
        set: "outlet: sixpm_outlet_watches",
        of: |t| source(t, "genuine/sixpm_outlet_watches"),
        caution: Some(0.3),
        likely: None,
        reach: false,
    },
    Bar {
        set: "copies, admitted in so many words",
        of: |t| stratum(t, "replica, admits hard"),
        caution: None,
        likely: Some(97.0),
        reach: true,
    },
    Bar {
        set: "reps_cnfans_zavi, by distinct model and price",
        of: |t| t.distinct.get("reps_cnfans_zavi").copied(),
        caution: Some(85.0),
        likely: None,
        reach: true,
    },
    Bar {
        set: "reps_cnfans_finds_untagged",
        of: |t| source(t, "replica/reps_cnfans_finds_untagged"),
        caution: Some(65.0),
        likely: None,
        reach: true,
    },
];

/// The genuine source with the largest share of strong warnings.
fn worst(tables: &Tables) -> Option<Share> {
    let genuine = tables.sources.iter().filter(|(name, _)| name.starts_with("genuine/")).map(|(_, share)| *share);
    genuine.reduce(|worst, share| if share.alarmed() > worst.alarmed() { share } else { worst })
}

/// The document.
pub(super) fn text(measured: &Measurement) -> String {
    let usual = &measured.usual;
    let mut out = format!(
        "# Evaluation\n\nWritten by `touchstone eval --write docs/evaluation.md --today {} LISTINGS`, never by hand: {} labelled listings, judged \
         as on that day. Bounds are one-sided 95 % Wilson upper bounds.\n",
        measured.date, measured.rows
    );
    bars(&mut out, usual);
    section(&mut out, "By source", "Sources marked * had a part in the price levels: figures on them say how well the levels fit.");
    let marked = |name: &str| match name.strip_prefix("genuine/") {
        Some(source) if measured.in_sample.contains(source) => format!("{name} *"),
        _ => name.to_owned(),
    };
    table(&mut out, "source", usual.sources.iter().map(|(name, share)| (marked(name), share)));
    section(&mut out, "Across sources", "");
    rows(&mut out, "rows", &usual.strata);
    section(&mut out, "Copies of known brands", "Rows alone whose brand is recognised.");
    rows(&mut out, "source", &usual.known);
    section(&mut out, "Copies by distinct model and price", "A list that offers one model in thirty colours at one price counts once.");
    rows(&mut out, "source", &usual.distinct);
    section(&mut out, "By trade", "The trade of the brand that was recognised.");
    rows(&mut out, "trade", &usual.trades);
    section(&mut out, "By brand", "");
    rows(&mut out, "brand", &usual.brands);
    section(&mut out, "By language of the title", "As far as letters and small words tell.");
    rows(&mut out, "language", &usual.languages);
    sensitivity(&mut out, measured);
    prevalence(&mut out, usual);
    out.push('\n');
    out.push_str(UNKNOWN);
    out
}

fn bars(out: &mut String, tables: &Tables) {
    section(out, "Bars", "");
    line(out, "| set | bar | measured | upper bound | met |\n|---|---|--:|--:|---|");
    for bar in BARS {
        let Some(share) = (bar.of)(tables) else { continue };
        let shares = [("caution or above", bar.caution, share.caution), ("likely", bar.likely, share.likely)];
        for (level, bar_at, some) in shares {
            let Some(at) = bar_at else { continue };
            let part = 100.0 * f64::from(some) / f64::from(share.rows.max(1));
            let met = if bar.reach { part >= at } else { part <= at };
            let (sign, bound) = if bar.reach { ("≥", String::new()) } else { ("≤", percent(100.0 * upper(some, share.rows))) };
            let met = if met { "yes" } else { "**no**" };
            line(out, &format!("| {} | {level} {sign} {at} % | {} | {bound} | {met} |", bar.set, percent(part)));
        }
    }
}

fn sensitivity(out: &mut String, measured: &Measurement) {
    let note = "Shares at `caution` or above. On a day of data/sales.toml half of each price level is compared.";
    section(out, "Sensitivity, and days of sales", note);
    line(out, "| | genuine, at risk | bound | copies not admitted, known brands | copies in all |\n|---|--:|--:|--:|--:|");
    for (name, tables) in
        [("fewer", &measured.fewer), ("usual", &measured.usual), ("more", &measured.more), ("usual, on a sale", &measured.on_sale)]
    {
        let share = |name: &str| stratum(tables, name).unwrap_or_default();
        let (risk, found, all) = (share(AT_RISK), share(UNADMITTED), share("replica in all"));
        let cells = [100.0 * risk.cautioned(), 100.0 * upper(risk.caution, risk.rows), 100.0 * found.cautioned(), 100.0 * all.cautioned()];
        line(out, &format!("| {name} | {} |", cells.map(percent).join(" | ")));
    }
}

fn prevalence(out: &mut String, tables: &Tables) {
    let note = "Of a hundred warnings so many are right, where this share of the offers of known brands are copies that do not say so. With the \
                measured share of wrong warnings, and with its upper bound.";
    section(out, "Precision by prevalence", note);
    line(out, "| copies among offers | caution or above | with the bound | likely | with the bound |\n|--:|--:|--:|--:|--:|");
    let share = |name: &str| stratum(tables, name).unwrap_or_default();
    let (copies, genuine) = (share(UNADMITTED), share(AT_RISK));
    for prevalence in [0.000_1, 0.001, 0.01, 0.05] {
        let at = |found: f64, warned: f64| percent(100.0 * precision(found, warned, prevalence));
        let cells = [
            at(copies.cautioned(), genuine.cautioned()),
            at(copies.cautioned(), upper(genuine.caution, genuine.rows)),
            at(copies.alarmed(), genuine.alarmed()),
            at(copies.alarmed(), upper(genuine.likely, genuine.rows)),
        ];
        line(out, &format!("| {} % | {} |", 100.0 * prevalence, cells.join(" | ")));
    }
}

fn section(out: &mut String, heading: &str, note: &str) {
    line(out, &format!("\n## {heading}\n"));
    if !note.is_empty() {
        line(out, &format!("{note}\n"));
    }
}

fn rows(out: &mut String, name: &str, shares: &Table) {
    table(out, name, shares.iter().map(|(name, share)| (name.clone(), share)));
}

fn table<'a>(out: &mut String, name: &str, shares: impl Iterator<Item = (String, &'a Share)>) {
    line(out, &format!("| {name} | rows | caution or above | bound | likely | bound |\n|---|--:|--:|--:|--:|--:|"));
    for (name, share) in shares {
        let cells = [
            100.0 * share.cautioned(),
            100.0 * upper(share.caution, share.rows),
            100.0 * share.alarmed(),
            100.0 * upper(share.likely, share.rows),
        ];
        line(out, &format!("| {name} | {} | {} |", share.rows, cells.map(percent).join(" | ")));
    }
}

fn percent(value: f64) -> String {
    format!("{value:.2} %")
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(at_risk: Share) -> Tables {
        let mut tables = Tables::default();
        tables.strata.insert(AT_RISK.to_owned(), at_risk);
        tables.sources.insert("genuine/shop_a".to_owned(), at_risk);
        tables
    }

    fn document(at_risk: Share) -> String {
        let of = || tables(at_risk);
        text(&Measurement {
            date: "2026-11-22".into(),
            rows: 7,
            usual: of(),
            fewer: of(),
            more: of(),
            on_sale: of(),
            in_sample: ["shop_a".to_owned()].into(),
        })
    }

    #[test]
    fn a_bar_that_is_missed_is_said_to_be() {
        let met = document(Share { rows: 1000, caution: 15, likely: 3 });
        assert!(met.contains("| genuine, at risk | caution or above ≤ 1.5 % | 1.50 % | 2.28 % | yes |"), "{met}");
        let missed = document(Share { rows: 1000, caution: 16, likely: 4 });
        assert!(missed.contains("| 1.60 % | 2.40 % | **no** |") && missed.contains("| 0.40 % |"), "{missed}");
    }

    #[test]
    fn a_source_of_the_levels_is_marked() {
        let document = document(Share { rows: 10, caution: 0, likely: 0 });
        assert!(document.contains("| genuine/shop_a * | 10 |"), "{document}");
        assert!(document.contains("cannot know"));
    }
}
