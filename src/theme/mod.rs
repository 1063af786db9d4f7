//! The layers of templates, assets and interface strings: the site's over its theme's over the theme in the binary.

mod embedded;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnosed, Diagnostic, Place, did_you_mean};
use crate::inputs::{Asset, File, Inputs};
use crate::paths::SourcePath;
use crate::source::{Hash, Source};
use crate::tree::{Value, read_toml};

/// The name of the theme that is always there.
pub const DEFAULT: &str = "default";

/// Everything that decides how pages look, the upper layers already over the lower ones.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Prefixes under which a template name is looked for after the plain name, the upper layers first.
    pub prefixes: Vec<String>,
    /// Templates by full name: the site's own plain (`page.html`), a theme's with its name in front (`default/page.html`).
    pub templates: Vec<(String, Source)>,
    /// Files for the output's `assets/` folder, by their name in it.
    pub assets: BTreeMap<String, ThemeAsset>,
    /// Interface strings by language code and key.
    pub strings: BTreeMap<String, BTreeMap<String, String>>,
}

/// A file that every page may link to.
#[derive(Debug, Clone)]
pub struct ThemeAsset {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Their hash, for the query of its URL: a changed file is never taken from a browser's cache.
    pub hash: Hash,
}

impl Theme {
    /// The templates that a page can name, of all layers, in order: those that are no part of others.
    pub fn page_templates(&self) -> Vec<&str> {
        let plain = |name: &&str| !name.contains('/') && name.ends_with(".html");
        let named = self.templates.iter().map(|(name, _)| {
            let layer = self.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str()));
            layer.unwrap_or(name)
        });
        let mut names: Vec<&str> = named.filter(plain).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The interface strings of a language: what the site or theme says in it, else English, else Chinese.
    pub fn interface(&self, config: &Config, language: usize) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let own = config.languages.get(language);
        let code = own.map_or("", |language| language.code.as_str());
        let base = code.split('-').next().unwrap_or(code);
        for code in ["zh", "en", base, code] {
            if let Some(strings) = self.strings.get(code) {
                all.extend(strings.clone());
            }
        }
        all.extend(own.map(|language| language.ui.clone()).unwrap_or_default());
        all
    }
}

/// The theme that a site's configuration names, its layers laid over each other.
pub fn load(config: &Config, inputs: &Inputs) -> Diagnosed<Theme> {
    let mut theme = Theme { prefixes: vec![], templates: vec![], assets: BTreeMap::new(), strings: BTreeMap::new() };
    let mut diagnostics = vec![];
    for (path, bytes) in embedded::files() {
        let name = format!("themes/{DEFAULT}/{path}");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Ok(source_path) = SourcePath::new(&name) else { continue };
        let asset = || Ok(bytes.clone().into());
        let source = Source::new(source_path, text);
        add(&mut theme, DEFAULT, &path, &source, asset, &mut diagnostics);
    }
    let folder = format!("{}/{}", inputs.layout.themes, config.theme);
    let mut found = config.theme == DEFAULT;
    for (path, file) in &inputs.files {
        let Some(inner) = path.as_str().strip_prefix(&folder).and_then(|rest| rest.strip_prefix('/')) else { continue };
        found = true;
        add_file(&mut theme, &config.theme, inner, path, file, &mut diagnostics);
    }
    if !found {
        let themes = inputs.files.keys().filter_map(|path| {
            path.as_str().strip_prefix(&inputs.layout.themes)?.strip_prefix('/')?.split_once('/').map(|(name, _)| name)
        });
        let message = format!("there is no theme `{}`", config.theme);
        let hint = did_you_mean(&config.theme, themes.chain([DEFAULT]))
            .unwrap_or_else(|| format!("put it at `{folder}/`, or leave `theme` out"));
        diagnostics.push(Diagnostic::error(Code::MissingTemplate, config.theme_place.clone(), message).hint(hint));
    }
    for (path, file) in &inputs.files {
        let own = path.as_str().strip_prefix(&inputs.layout.templates).and_then(|rest| rest.strip_prefix('/'));
        if let (Some(name), File::Text(source)) = (own, file) {
            // A site's template hides the theme's of the same name; the hidden one stays reachable by its full name.
            theme.templates.push((name.to_owned(), source.clone()));
        }
    }
    if config.theme != DEFAULT {
        theme.prefixes.push(format!("{}/", config.theme));
    }
    theme.prefixes.push(format!("{DEFAULT}/"));
    Diagnosed { value: theme, diagnostics }
}

fn add_file(
    theme: &mut Theme,
    name: &str,
    inner: &str,
    path: &SourcePath,
    file: &File,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match file {
        File::Text(source) => {
            let bytes = || Ok(source.text().as_bytes().into());
            add(theme, name, inner, source, bytes, diagnostics);
        }
        File::Asset(asset) => {
            add(theme, name, inner, &Source::new(path.clone(), ""), || asset_bytes(asset), diagnostics)
        }
    }
}

fn asset_bytes(asset: &Asset) -> Result<Arc<[u8]>, String> {
    asset.bytes().map_err(|error| error.to_string())
}

/// Puts one file of a theme where its folder says.
fn add(
    theme: &mut Theme,
    name: &str,
    inner: &str,
    source: &Source,
    bytes: impl Fn() -> Result<Arc<[u8]>, String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(template) = inner.strip_prefix("templates/") {
        theme.templates.retain(|(known, _)| *known != format!("{name}/{template}"));
        theme.templates.push((format!("{name}/{template}"), source.clone()));
    } else if let Some(asset) = inner.strip_prefix("static/") {
        match bytes() {
            Ok(bytes) => {
                let hash = Hash::of(&bytes);
                theme.assets.insert(asset.to_owned(), ThemeAsset { bytes, hash });
            }
            Err(error) => {
                let place = Place::file(source.path());
                diagnostics.push(Diagnostic::error(Code::Unreadable, place, format!("cannot be read: {error}")));
            }
        }
    } else if let Some(language) = inner.strip_prefix("i18n/").and_then(|file| file.strip_suffix(".toml")) {
        let strings = strings(source, diagnostics);
        theme.strings.entry(language.to_owned()).or_default().extend(strings);
    }
}

/// The strings of one language; a value that is not a text is reported.
fn strings(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let tree = read_toml(source).collect(diagnostics);
    let Value::Map(entries) = &tree.root.value else { return BTreeMap::new() };
    let mut strings = BTreeMap::new();
    for (key, node) in entries {
        if let Value::Text(text) = &node.value {
            strings.insert(key.name.clone(), text.clone());
        } else {
            let message = format!("`{}` is {}, where a text is meant", key.name, node.value.kind());
            let place = Place::new(source.path(), tree.span(node.id));
            diagnostics.push(Diagnostic::error(Code::BadConfigValue, place, message));
        }
    }
    strings
}
