//! From the tree of `site.toml` to [`Config`]: every mistake is found, not only the first.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::keys::{FACTS, IMAGES, KEYS, LANGUAGE, LINK_CHECKER, MARKDOWN, SEARCH, TAXONOMY, UNIT};
use super::{
    Config, FactsConfig, ImagesConfig, Language, LocalText, Redirect, SearchConfig, SortBy, Taxonomy, UnitConfig,
};
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Place, Severity, did_you_mean};
use crate::inputs::Layout;
use crate::paths::{SourcePath, UrlPath};
use crate::source::Source;
use crate::tree::{Fields, Key, Node, Value, read_toml};

/// The settings in a `site.toml`; what is missing has its default, what is wrong is reported and left out.
pub fn read(source: &Source) -> Diagnosed<Config> {
    let Diagnosed { value: tree, diagnostics } = read_toml(source);
    let out = RefCell::new(diagnostics);
    let fields = Fields::new(&tree, &tree.root, KEYS, Code::BadConfigValue, &out);
    fields.refuse_others(Code::UnknownConfigKey, "site.toml");
    let place = Place::file(source.path());
    let mut title = local(&fields, "title");
    let mut description = local(&fields, "description");
    let languages = languages(&fields, &mut title, &mut description);
    let theme = fields.written("theme");
    let markdown = fields
        .table("markdown", MARKDOWN)
        .inspect(|markdown| markdown.refuse_others(Code::UnknownConfigKey, "[markdown]"));
    let checker = fields
        .table("link_checker", LINK_CHECKER)
        .inspect(|checker| checker.refuse_others(Code::UnknownConfigKey, "[link_checker]"));
    let config = Config {
        title,
        description,
        base_url: base_url(&fields),
        languages,
        theme_place: theme.as_ref().map_or(place.clone(), |theme| theme.place.clone()),
        theme: theme.map_or_else(|| "default".into(), |theme| theme.text),
        layout: layout(&fields),
        taxonomies: taxonomies(&fields),
        internal_level: checker.as_ref().map_or(Severity::Error, internal_level),
        link_checker_skip: checker
            .and_then(|checker| checker.texts("skip"))
            .map(|skip| skip.into_iter().map(|prefix| prefix.text).collect())
            .unwrap_or_default(),
        trust: markdown.as_ref().and_then(|markdown| markdown.boolean("trust")).unwrap_or(true),
        smart_punctuation: markdown
            .as_ref()
            .and_then(|markdown| markdown.boolean("smart_punctuation"))
            .unwrap_or(false),
        images: images(&fields),
        generate_feeds: fields.boolean("generate_feeds").unwrap_or(true),
        generate_sitemap: fields.boolean("generate_sitemap").unwrap_or(true),
        generate_llms: fields.boolean("generate_llms").unwrap_or(false),
        generate_print: fields.boolean("generate_print").unwrap_or(false),
        minify_html: fields.boolean("minify_html").unwrap_or(true),
        edit_url: fields.text("edit_url"),
        redirects: redirects(&fields),
        facts: facts(&fields),
        search: search(&fields),
        units: units(&fields),
        extra: fields.data("extra").unwrap_or_else(|| serde_json::json!({})),
        place,
    };
    check_references(&config, &out);
    Diagnosed { value: config, diagnostics: out.into_inner() }
}

/// A text, or a table of texts by language.
fn local(fields: &Fields<'_>, name: &str) -> LocalText {
    let Some((key, node)) = fields.get(name) else { return LocalText::default() };
    let Value::Map(entries) = &node.value else {
        return fields.scalar(&key.name, node).map(|text| LocalText::everywhere(text.text)).unwrap_or_default();
    };
    let mut all = LocalText::default();
    for (language, node) in entries {
        if let Some(text) = fields.scalar(&language.name, node) {
            all.set(&language.name, text.text);
        }
    }
    all
}

fn languages(fields: &Fields<'_>, title: &mut LocalText, description: &mut LocalText) -> Vec<Language> {
    let default = fields.text("default_language").unwrap_or_else(|| "zh".into());
    let mut languages = vec![language(&default)];
    for (key, node) in entries(fields, "languages") {
        let own = fields.of(node, LANGUAGE);
        own.refuse_others(Code::UnknownConfigKey, &format!("[languages.{}]", key.name));
        let portable = !key.name.is_empty() && key.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !portable {
            let hint = "use a code such as `zh`, `en` or `pt-BR`";
            fields.complain(key.id, format!("`{}` is not the code of a language", key.name), Some(hint.into()));
            continue;
        }
        let mut read = language(&key.name);
        read.name = own.text("name").unwrap_or(read.name);
        read.tag = own.text("lang_tag").unwrap_or(read.tag);
        if let Some(text) = own.text("title") {
            title.set(&key.name, text);
        }
        if let Some(text) = own.text("description") {
            description.set(&key.name, text);
        }
        read.ui = entries(&own, "ui")
            .iter()
            .filter_map(|(name, node)| own.scalar(&name.name, node).map(|text| (name.name.clone(), text.text)))
            .collect();
        match languages.iter_mut().find(|known| known.code == read.code) {
            Some(known) => *known = read,
            None => languages.push(read),
        }
    }
    languages
}

/// A language with the name and tag that it usually has.
fn language(code: &str) -> Language {
    let (name, tag) = match code {
        "zh" => ("中文", "zh-Hans"),
        "zh-Hant" => ("繁體中文", "zh-Hant"),
        "en" => ("English", "en"),
        "ja" => ("日本語", "ja"),
        "ko" => ("한국어", "ko"),
        "fr" => ("Français", "fr"),
        "de" => ("Deutsch", "de"),
        "es" => ("Español", "es"),
        "ru" => ("Русский", "ru"),
        other => (other, other),
    };
    Language { code: code.into(), name: name.into(), tag: tag.into(), ui: BTreeMap::new() }
}

fn entries<'t>(fields: &Fields<'t>, name: &str) -> &'t [(Key, Node)] {
    fields.table(name, &[]).map_or(&[], |table| table.entries())
}

fn base_url(fields: &Fields<'_>) -> Option<String> {
    let written = fields.written("base_url").filter(|url| !url.text.is_empty() && url.text != "/")?;
    let host = written.text.strip_prefix("https://").or_else(|| written.text.strip_prefix("http://"));
    if host.is_none_or(|host| host.is_empty() || host.contains([' ', '"', '<', '>', '?', '#'])) {
        let hint = "write the whole address, as in `https://example.org/docs/`, or leave the key out";
        let (_, node) = fields.get("base_url")?;
        fields.complain(node.id, format!("`{}` is not the address of a site", written.text), Some(hint.into()));
        return None;
    }
    Some(format!("{}/", written.text.trim_end_matches('/')))
}

fn layout(fields: &Fields<'_>) -> Layout {
    let mut layout = Layout::default();
    for (name, slot) in [("content_dir", &mut layout.content), ("output_dir", &mut layout.output)] {
        let Some(written) = fields.text(name) else { continue };
        let folder = written.trim_start_matches("./").trim_end_matches('/');
        // The output may stand elsewhere on the disk; what it may not be is checked where it is written.
        *slot = match name {
            "output_dir" => written,
            _ if folder.is_empty() || folder == "." => String::new(),
            _ if SourcePath::new(folder).is_ok() => folder.to_owned(),
            _ => {
                if let Some((_, node)) = fields.get(name) {
                    fields.complain(node.id, format!("`{written}` is not a folder of the site"), None);
                }
                continue;
            }
        };
    }
    layout
}

fn taxonomies(fields: &Fields<'_>) -> Vec<Taxonomy> {
    let read = |(key, node): &(Key, Node)| {
        let own = fields.of(node, TAXONOMY);
        own.refuse_others(Code::UnknownConfigKey, &format!("[taxonomies.{}]", key.name));
        let title = local(&own, "title");
        let path = own.written("path").map(|path| path.text).unwrap_or_else(|| key.name.clone());
        let path = path.trim_matches('/').to_owned();
        if path.is_empty() || UrlPath::new(&path).is_err() {
            own.complain(node.id, format!("`{path}` is not a folder"), None);
        }
        let sort_by = match own.written("sort_by").as_ref().map(|by| by.text.as_str()) {
            None | Some("weight") => SortBy::Weight,
            Some("date") => SortBy::Date,
            Some("title") => SortBy::Title,
            Some(other) => {
                let hint = "it is `weight`, `date` or `title`";
                let id = own.get("sort_by").map_or(node.id, |(_, node)| node.id);
                own.complain(id, format!("there is no order `{other}`"), Some(hint.into()));
                SortBy::Weight
            }
        };
        let paginate_by = own.integer("paginate_by").and_then(|number| {
            let size = usize::try_from(number).ok();
            if size.is_none() {
                let id = own.get("paginate_by").map_or(node.id, |(_, node)| node.id);
                own.complain(id, "a page cannot hold fewer than no entries".into(), None);
            }
            size.filter(|size| *size > 0)
        });
        Taxonomy {
            title: if title.is_empty() { LocalText::everywhere(key.name.clone()) } else { title },
            path,
            strict: own.boolean("strict").unwrap_or(false),
            paginate_by,
            feed: own.boolean("feed").unwrap_or(false),
            sort_by,
            group_by: own.text("group_by"),
            place: fields.place(key.id),
            name: key.name.clone(),
        }
    };
    entries(fields, "taxonomies").iter().map(read).collect()
}

fn images(fields: &Fields<'_>) -> ImagesConfig {
    let mut images = ImagesConfig::default();
    let Some(own) = fields.table("images", IMAGES) else { return images };
    own.refuse_others(Code::UnknownConfigKey, "[images]");
    if let Some((key, node)) = own.get("widths") {
        let read = own.scalars(&key.name, node);
        images.widths = read.iter().filter_map(|width| width.text.parse().ok()).collect();
        if images.widths.len() != read.len() || images.widths.iter().any(|width| !(16..=10_000).contains(width)) {
            own.complain(node.id, "a width is a whole number of pixels from 16 to 10000".into(), None);
            images.widths.clear();
        }
        images.widths.sort_unstable();
        images.widths.dedup();
    }
    if let Some(quality) = own.integer("quality") {
        match u8::try_from(quality).ok().filter(|quality| (1..=100).contains(quality)) {
            Some(quality) => images.quality = quality,
            None => {
                let id = own.get("quality").map_or(0, |(_, node)| node.id);
                own.complain(id, "`quality` goes from 1 to 100".into(), None);
            }
        }
    }
    images.sizes = own.text("sizes").unwrap_or(images.sizes);
    images
}

fn redirects(fields: &Fields<'_>) -> Vec<Redirect> {
    entries(fields, "redirects")
        .iter()
        .filter_map(|(key, node)| {
            let to = fields.scalar(&key.name, node)?;
            Some(Redirect { from: key.name.clone(), to: to.text, place: fields.place(key.id), to_place: to.place })
        })
        .collect()
}

fn facts(fields: &Fields<'_>) -> Option<FactsConfig> {
    let own = fields.table("facts", FACTS)?;
    own.refuse_others(Code::UnknownConfigKey, "[facts]");
    let (key, _) = fields.get("facts")?;
    let place = own.written("subjects").map_or_else(|| fields.place(key.id), |subjects| subjects.place);
    let subjects = own.text("subjects").unwrap_or_default();
    let indicators = own.text("indicators").unwrap_or_else(|| "indicators".into()).trim_matches('/').to_owned();
    Some(FactsConfig { subjects, indicators, place })
}

fn search(fields: &Fields<'_>) -> SearchConfig {
    let own = fields.table("search", SEARCH).inspect(|own| own.refuse_others(Code::UnknownConfigKey, "[search]"));
    let weight = |name| own.as_ref().and_then(|own| own.number(name, 0.0, 100.0));
    SearchConfig {
        enabled: own.as_ref().and_then(|own| own.boolean("enabled")).unwrap_or(true),
        title: weight("title").unwrap_or(6.0),
        heading: weight("heading").unwrap_or(3.0),
        body: weight("body").unwrap_or(1.0),
    }
}

fn units(fields: &Fields<'_>) -> Vec<UnitConfig> {
    let read = |(key, node): &(Key, Node)| {
        let own = fields.of(node, UNIT);
        own.refuse_others(Code::UnknownConfigKey, &format!("[units.{}]", key.name));
        let symbol = local(&own, "symbol");
        let spellings = own.texts("spellings").unwrap_or_default().into_iter().map(|word| word.text).collect();
        let symbol = if symbol.is_empty() { LocalText::everywhere(key.name.clone()) } else { symbol };
        UnitConfig { id: key.name.clone(), symbol, spellings, place: fields.place(key.id) }
    };
    entries(fields, "units").iter().map(read).collect()
}

/// What names something else of the file must name what is there.
fn internal_level(checker: &Fields<'_>) -> Severity {
    match (checker.text("internal_level").as_deref(), checker.get("internal_level")) {
        (Some("warn" | "warning"), _) => Severity::Warning,
        (None | Some("error"), _) | (_, None) => Severity::Error,
        (Some(other), Some((_, node))) => {
            let message = format!("`internal_level` is `{}`", other.escape_debug());
            checker.complain(node.id, message, Some("write `error` or `warn`".into()));
            Severity::Error
        }
    }
}

fn check_references(config: &Config, out: &RefCell<Vec<Diagnostic>>) {
    let names = || config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    let grouped = config.taxonomies.iter().filter_map(|taxonomy| Some((taxonomy.group_by.as_ref()?, &taxonomy.place)));
    let subjects = config.facts.iter().map(|facts| (&facts.subjects, &facts.place));
    for (name, place) in grouped.chain(subjects) {
        if config.taxonomy(name).is_none() {
            let message = format!("there is no taxonomy `{name}`");
            let hint = did_you_mean(name, names()).unwrap_or_else(|| "declare it as `[taxonomies.…]`".into());
            out.borrow_mut().push(Diagnostic::error(Code::BadConfigValue, place.clone(), message).hint(hint));
        }
    }
}
