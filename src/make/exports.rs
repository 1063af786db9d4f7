//! The facts of a site for programs: the table, what describes its columns to them (W3C CSVW, Data Package v2), and the same
//! as linked data (schema.org).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::data::{self, COLUMNS, Column, FactRow, Holds};
use super::here::Here;
use super::{Making, Recipe};
use crate::fact::{Period, Qualifier, Reading};
use crate::paths::OutputPath;
use crate::site::{Fact, Page, PageId, Site};

/// A file with all facts, or about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The table.
    Table,
    /// What its columns are, as CSVW finds it: "Metadata Vocabulary for Tabular Data", 5.3 of "Model for Tabular Data".
    Csvw,
    /// The same as a Data Package.
    Package,
    /// JSON-LD with an observation for each fact.
    Linked,
}

const ALL: [Export; 4] = [Export::Table, Export::Csvw, Export::Package, Export::Linked];

/// The name of the table's file.
const TABLE: &str = "facts.csv";

impl Export {
    /// The name of its file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Export::Table => TABLE,
            Export::Csvw => "facts.csv-metadata.json",
            Export::Package => "datapackage.json",
            Export::Linked => "facts.jsonld",
        }
    }
}

/// All that are made.
pub(super) fn plan(site: &Site) -> impl Iterator<Item = (OutputPath, Recipe)> {
    ALL.into_iter().filter_map(|export| Some((output(site, export)?, Recipe::Facts(export))))
}

/// Where one stands: beside the page of the section of indicators; none if nothing is stated.
pub(super) fn output(site: &Site, export: Export) -> Option<OutputPath> {
    let facts = site.config.facts.as_ref().filter(|_| !site.facts.is_empty())?;
    let sections = site.pages.iter().filter(|page| page.key == facts.indicators);
    let section = sections.min_by_key(|page| page.language)?;
    let folder = section.output.as_str().rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    OutputPath::new(&(folder.unwrap_or_default() + export.name())).ok()
}

/// The bytes of one that is written to `output`.
pub(super) fn file(making: &Making<'_>, output: &OutputPath, export: Export) -> Vec<u8> {
    match export {
        Export::Table => data::file(making.site),
        Export::Csvw => written(&csvw(making)),
        Export::Package => written(&package(making)),
        Export::Linked => written(&linked(making, output)),
    }
}

fn written(value: &impl Serialize) -> Vec<u8> {
    // Maps whose keys are texts can always be written. In a script of somebody's page no text of it may be a tag.
    let text = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    text.replace('<', "\\u003c").into_bytes()
}

fn csvw(making: &Making<'_>) -> Value {
    let column = |column: &Column| {
        let datatype = match column.holds {
            Holds::Text => "string",
            Holds::Number => "decimal",
            Holds::Whole => "integer",
            Holds::Address => "anyURI",
        };
        json!({
            "name": column.name, "titles": column.name, "datatype": datatype, "required": column.always,
            "dc:description": column.about,
        })
    };
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": TABLE,
        "dc:title": { "@value": super::site_title(making.site, 0), "@language": making.site.config.languages[0].code },
        "dialect": { "encoding": "utf-8", "header": true },
        "tableSchema": { "columns": COLUMNS.iter().map(column).collect::<Vec<_>>() },
    })
}

fn package(making: &Making<'_>) -> Value {
    let field = |column: &Column| {
        let kind = match column.holds {
            Holds::Text | Holds::Address => "string",
            Holds::Number => "number",
            Holds::Whole => "integer",
        };
        json!({
            "name": column.name, "type": kind, "description": column.about, "constraints": { "required": column.always },
        })
    };
    let config = &making.site.config;
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "facts",
        "title": super::site_title(making.site, 0),
        "resources": [{
            "name": "facts", "type": "table", "path": TABLE, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "schema": {
                "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
                "fields": COLUMNS.iter().map(field).collect::<Vec<_>>(), "missingValues": [""],
            },
        }],
    });
    if let (Some(base), Some(package)) = (&config.base_url, package.as_object_mut()) {
        package.insert("homepage".into(), json!(base));
    }
    package
}

/// A text in each language that has it.
type Texts = Vec<Text>;

#[derive(Serialize)]
struct Text {
    #[serde(rename = "@value")]
    value: String,
    #[serde(rename = "@language")]
    language: String,
}

#[derive(Serialize)]
struct Graph {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node>,
}

/// A node of the graph; what is not known is left out.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Node {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    name: Texts,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    description: Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    variable_measured: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation_about: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disambiguating_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

/// What is stated as StatisticalVariable and Observation of schema.org, with the subjects as things.
fn linked(making: &Making<'_>, output: &OutputPath) -> Graph {
    let site = making.site;
    let here = Here { site, output, language: 0, absolute: None };
    // As pages name themselves, or as they are found from the file.
    let address = |id: PageId| match &site.config.base_url {
        Some(base) => super::here::absolute(base, site.page(id).url.as_str()),
        None => here.page(id),
    };
    let texts = |pages: &[&Page], of: fn(&Page) -> Option<&str>| -> Texts {
        let text = |page: &&Page| {
            Some(Text { value: of(page)?.to_owned(), language: site.config.languages[page.language].code.clone() })
        };
        pages.iter().filter_map(text).collect()
    };
    // What is named is a page that readers have: the first of its languages that is in a list.
    let node = |kind, translations: &[Option<PageId>]| {
        let pages = || translations.iter().flatten().map(|id| site.page(*id)).filter(|page| !page.is_unlisted());
        let own: Vec<&Page> = pages().filter(|page| page.fallback.is_none()).collect();
        let shown = own.first().copied().or_else(|| pages().next())?;
        let named = if own.is_empty() { vec![shown] } else { own };
        let (name, description) =
            (texts(&named, |page| Some(&page.title)), texts(&named, |page| page.card().description()));
        Some(Node { kind, id: Some(address(shown.id)), name, description, ..Node::default() })
    };
    let stated: Vec<(&Page, &Fact)> =
        data::stated(site).into_iter().filter(|(_, fact)| !matches!(fact.value.reading, Reading::Missing(_))).collect();
    let named: BTreeSet<&str> = stated.iter().map(|(_, fact)| fact.indicator.as_str()).collect();
    let about: BTreeSet<&str> = stated.iter().filter_map(|(_, fact)| fact.subject.as_deref()).collect();
    let indicators = site.facts.indicators.iter().filter(|(slug, _)| named.contains(slug.as_str()));
    let variables: BTreeMap<&str, Node> = indicators
        .filter_map(|(slug, indicator)| Some((slug.as_str(), node("StatisticalVariable", &indicator.pages)?)))
        .collect();
    let mut subjects: BTreeMap<&str, Node> = BTreeMap::new();
    for language in 0..site.config.languages.len() {
        let terms = site.config.subjects().map(|taxonomy| &site.terms(taxonomy, language).terms);
        for term in terms.into_iter().flatten().filter(|term| about.contains(term.slug.as_str())) {
            if let Some(node) = node("Thing", &site.page(term.page).translations) {
                subjects.entry(&term.slug).or_insert(node);
            }
        }
    }
    let reference = |node: Option<&Node>| Some(Reference { id: node?.id.clone()? });
    let observation = |(page, fact): &(&Page, &Fact)| Node {
        variable_measured: reference(variables.get(fact.indicator.as_str())),
        observation_about: fact.subject.as_deref().and_then(|slug| reference(subjects.get(slug))),
        url: Some(address(page.id)),
        ..observed(fact)
    };
    let observations: Vec<Node> = stated.iter().map(observation).collect();
    let graph = variables.into_values().chain(subjects.into_values()).chain(observations).collect();
    Graph { context: "https://schema.org", graph }
}

/// What a fact says of its value, its time and its definition.
fn observed(fact: &Fact) -> Node {
    let mut node = Node { kind: "Observation", disambiguating_description: fact.variant.clone(), ..Node::default() };
    // ISO 8601-2 writes an open end as two dots.
    node.observation_date = fact.period.and_then(|period| match period {
        Period::To(end) => Some(format!("../{end}")),
        Period::From(start) => Some(format!("{start}/..")),
        Period::NotStated => None,
        other => Some(other.to_string()),
    });
    let row = FactRow::default().with(&fact.value);
    let known = |end: String| (!end.is_empty()).then(|| number(&end));
    // What is no number, or only about one, has no word but the source's.
    let is_text = row.qualifier.is_empty()
        || [Qualifier::About, Qualifier::Nearly].iter().any(|own| own.as_str() == row.qualifier);
    if is_text {
        node.value = Some(json!(row.written));
    } else {
        (node.value, node.min_value, node.max_value) = (known(row.value), known(row.low), known(row.high));
    }
    node.unit_text = Some(row.unit).filter(|unit| !unit.is_empty());
    node
}

/// A number as it is, or as a text where JSON's usual readers would lose digits of it.
fn number(text: &str) -> Value {
    let exact = |read: &Value| serde_json::to_string(read).is_ok_and(|again| again == text);
    serde_json::from_str(text).ok().filter(exact).unwrap_or_else(|| json!(text))
}
