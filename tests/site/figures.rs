//! Every figure of the front matter stands in the tables of its page and of its indicator, in both languages.
//!
//! The front matter is read here with plain YAML and the numbers with a few lines of arithmetic, so that the reader of
//! figures in `src/fact` is checked and not asked.

use std::path::Path;

use fangzhi::build::Wish;
use rust_decimal::Decimal;
use scraper::{ElementRef, Html, Selector};
use serde_yaml::Value;

use crate::validate::{Files, root, shipped};

/// A fact as it is written, with the page that states it (its folder in the output).
struct Stated {
    page: String,
    indicator: String,
    value: String,
    rest: Value,
}

/// The Markdown files of the default language below a folder.
fn documents(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.to_string_lossy().ends_with(".md") && !path.to_string_lossy().ends_with(".en.md") {
            found.push(path);
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap().trim().to_owned(),
    }
}

fn stated() -> Vec<Stated> {
    let content = root().join("content");
    let (mut paths, mut all) = (vec![], vec![]);
    documents(&content, &mut paths);
    for path in paths {
        let source = std::fs::read_to_string(&path).unwrap();
        let Some(front) = source.strip_prefix("---\n").and_then(|rest| rest.split("\n---\n").next()) else { continue };
        let front: Value = serde_yaml::from_str(front).unwrap();
        let inside = path.strip_prefix(&content).unwrap().to_string_lossy().replace('\\', "/");
        let page = inside.trim_end_matches(".md").trim_end_matches("_index").trim_end_matches('/').to_owned();
        for fact in front["facts"].as_sequence().into_iter().flatten() {
            let (indicator, value) = fact.as_mapping().unwrap().iter().next().unwrap();
            all.push(Stated { page: page.clone(), indicator: text(indicator), value: text(value), rest: fact.clone() });
        }
    }
    all
}

/// The text of an element without white space.
fn squeezed(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().chars().filter(|c| !c.is_whitespace()).collect()
}

/// From the first digit on: what stands before it says how exact the figure is, in words of the language.
fn bare(written: &str) -> &str {
    &written[written.find(|c: char| c.is_ascii_digit()).unwrap_or(0)..]
}

/// The first number in a text, with the scale words of both languages.
fn amount(text: &str) -> Decimal {
    let text = bare(text).replace(',', "");
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: Decimal = text[..end].parse().unwrap_or_else(|_| panic!("no number in {text}"));
    let scale = [("亿", 100_000_000), ("万", 10_000), ("billion", 1_000_000_000), ("million", 1_000_000)];
    let scale = scale.iter().find(|(word, _)| text[end..].starts_with(word)).map_or(1, |(_, scale)| *scale);
    (number * Decimal::from(scale)).normalize()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether the figure is a name that looks like one: `20+8`.
fn is_name(written: &str) -> bool {
    bare(written).contains('+')
}

/// What the row of a fact on a page does not show of it.
fn faults(stated: &Stated, row: ElementRef<'_>, english: bool) -> Vec<String> {
    let cell = row.select(&Selector::parse("td.figure").unwrap()).next().expect("a row has a figure");
    let (shown, whole) = (squeezed(cell), squeezed(row));
    let mut faults = vec![];
    let mut demand = |met: bool, what: &str| {
        if !met {
            faults.push(format!("{what} is missing: `{whole}`"));
        }
    };
    if is_name(&stated.value) {
        demand(shown == stated.value, "the name");
    } else {
        let exact = cell.select(&Selector::parse("data").unwrap()).next().and_then(|data| data.attr("value"));
        demand(exact == Some(&*amount(&stated.value).to_string()), "the exact number");
        demand(amount(&shown) == amount(&stated.value), "the number");
        demand(stated.value.contains('%') == shown.contains('%'), "the unit");
        demand(english || shown.contains(bare(&stated.value)), "the written figure");
        demand(!english || stated.value.contains('元') == shown.contains("CN¥"), "the currency");
        let qualified = bare(&stated.value) != stated.value;
        demand(qualified != shown.starts_with(|c: char| c.is_ascii_digit() || c == 'C'), "how exact it is");
    }
    let rest = &stated.rest;
    let digits = |value: &Value| {
        let text = text(value);
        text.split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for (at, number) in digits(&rest["period"]).iter().enumerate() {
        // English writes the month of `2023-11` as a word.
        let month = MONTHS.iter().zip(1..).find(|(_, month)| english && at == 1 && number.parse() == Ok(*month));
        demand(whole.contains(month.map_or(number.trim_start_matches('0'), |(name, _)| name)), "the period");
    }
    for number in digits(&rest["change"]).iter().chain(&digits(&rest["rank"]["place"])) {
        demand(whole.contains(number), number);
    }
    for (_, part) in rest["of_which"].as_mapping().into_iter().flatten() {
        demand(shown.contains(&text(part)), "a part");
    }
    let among = text(&rest["rank"]["among"][if english { "en" } else { "zh" }]).replace(' ', "");
    demand(rest["rank"].is_null() || whole.contains(&among), "among whom");
    faults
}

/// The rows of the tables of figures on a page that link to another.
fn rows<'t>(tree: &'t Html, to: &str) -> Vec<ElementRef<'t>> {
    let (row, link) = (Selector::parse("table.figures tbody tr").unwrap(), Selector::parse("a").unwrap());
    let links = |row: &ElementRef<'t>| {
        row.select(&link).any(|link| {
            let address = link.attr("href").unwrap_or_default().trim_start_matches("../");
            address == format!("{to}/index.html") || to.ends_with(address.trim_end_matches("/index.html"))
        })
    };
    tree.select(&row).filter(links).collect()
}

fn page(files: &Files, language: &str, path: &str) -> Html {
    let path = format!("{language}{path}/index.html");
    let bytes = files.get(&path).unwrap_or_else(|| panic!("there is no {path}"));
    Html::parse_document(std::str::from_utf8(bytes).unwrap())
}

#[test]
fn every_fact_stands_on_its_page_and_on_its_indicators_page() {
    let files = shipped(&Wish::default());
    let all = stated();
    assert!(all.len() >= 30, "{} facts in content", all.len());
    let mut wrong = vec![];
    for fact in &all {
        let indicator = format!("indicators/{}", fact.indicator);
        for language in ["", "en/"] {
            for (on, to) in [(&fact.page, &indicator), (&indicator, &fact.page)] {
                let tree = page(&files, language, on);
                let rows = rows(&tree, to);
                // A page may state an indicator twice, of two years: one of its rows must be this fact.
                let faults = rows.iter().map(|row| faults(fact, *row, language == "en/")).min_by_key(Vec::len);
                for fault in faults.unwrap_or_else(|| vec!["there is no row".into()]) {
                    wrong.push(format!("{language}{on}: {} {}: {fault}", fact.indicator, fact.value));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_show_no_fact_that_nobody_states() {
    let files = shipped(&Wish::default());
    let row = Selector::parse("section[aria-labelledby=facts-title] table.figures tbody tr").unwrap();
    for language in ["", "en/"] {
        let shown: usize = files
            .iter()
            .filter(|(path, _)| path.ends_with(".html") && path.starts_with("en/") == (language == "en/"))
            .map(|(_, bytes)| Html::parse_document(std::str::from_utf8(bytes).unwrap()).select(&row).count())
            .sum();
        assert_eq!(shown, stated().len(), "{language}");
    }
}
