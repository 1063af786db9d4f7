//! Every language that is coloured, by its names: the tables of each family, and what is scanned in a way of its own.

mod braces;
mod data;
mod functional;
mod machines;
mod scripts;
mod shells;
mod systems;
mod web;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::kind::Tokens;
use super::lexer::Lexer;
use super::syntax::Syntax;
use super::{Part, code, css, diff, json, key_files, markdown, markup, session, tex, yaml};

/// A language.
pub struct Language {
    /// What it is called in prose.
    pub title: &'static str,
    /// What it is called in front of a block of code, in small letters; endings of files among them.
    pub names: &'static [&'static str],
    way: Way,
    lexer: OnceLock<Lexer>,
}

/// How a language is scanned.
enum Way {
    Words(&'static Syntax),
    /// With `//` for a comment or without.
    Css(bool),
    Diff,
    Json,
    Keys(key_files::Form),
    Yaml,
    Markup(markup::Form),
    Markdown,
    /// A session in a terminal whose commands are of this language.
    Session(&'static str),
    Tex,
    /// Nothing is coloured.
    Plain,
}

/// A language that is described by its words.
const fn words(title: &'static str, names: &'static [&'static str], syntax: &'static Syntax) -> Language {
    Language { title, names, way: Way::Words(syntax), lexer: OnceLock::new() }
}

const fn own(title: &'static str, names: &'static [&'static str], way: Way) -> Language {
    Language { title, names, way, lexer: OnceLock::new() }
}

impl Language {
    /// Says what is to be coloured in a part.
    pub(super) fn scan(&'static self, part: Part<'_>, out: &mut Tokens) {
        match &self.way {
            Way::Words(syntax) => code::scan(part, self.lexer.get_or_init(|| Lexer::new(syntax)), out),
            Way::Css(lines) => css::scan(part, *lines, out),
            Way::Diff => diff::scan(part, out),
            Way::Json => json::scan(part, out),
            Way::Keys(form) => key_files::scan(part, *form, out),
            Way::Yaml => yaml::scan(part, out),
            Way::Markup(form) => markup::scan(part, *form, out),
            Way::Markdown => markdown::scan(part, out),
            Way::Session(name) => session::scan(part, name, out),
            Way::Tex => tex::scan(part, out),
            Way::Plain => {}
        }
    }
}

static OWN: [Language; 19] = [
    own("Text", &["text", "txt", "plain", "plaintext", "none", "output"], Way::Plain),
    own("HTML", &["html", "htm", "xhtml", "vue", "svelte", "astro"], Way::Markup(markup::Form::Html)),
    own(
        "XML",
        &["xml", "svg", "rss", "atom", "xsd", "xsl", "xslt", "wsdl", "plist", "xaml", "csproj"],
        Way::Markup(markup::Form::Xml),
    ),
    own(
        "Template",
        &[
            "tera",
            "jinja",
            "jinja2",
            "j2",
            "twig",
            "django",
            "liquid",
            "nunjucks",
            "njk",
            "handlebars",
            "hbs",
            "mustache",
        ],
        Way::Markup(markup::Form::Html),
    ),
    own("PHP", &["php", "phtml"], Way::Markup(markup::Form::Php)),
    own("CSS", &["css"], Way::Css(false)),
    own("SCSS", &["scss", "sass", "less", "styl", "postcss"], Way::Css(true)),
    own("Diff", &["diff", "patch", "udiff"], Way::Diff),
    own("JSON", &["json", "jsonc", "json5", "jsonl", "ndjson", "geojson", "webmanifest", "ipynb"], Way::Json),
    own("YAML", &["yaml", "yml"], Way::Yaml),
    own("TOML", &["toml"], Way::Keys(key_files::Form::Toml)),
    own(
        "INI",
        &["ini", "cfg", "conf", "properties", "editorconfig", "gitconfig", "systemd", "service", "desktop"],
        Way::Keys(key_files::Form::Ini),
    ),
    own("Environment", &["env", "dotenv"], Way::Keys(key_files::Form::Environment)),
    own("Markdown", &["markdown", "md", "mdx", "commonmark", "gfm"], Way::Markdown),
    own("Shell session", &["console", "shell-session", "shellsession", "sh-session", "terminal"], Way::Session("bash")),
    own("PowerShell session", &["ps1con", "pwsh-session"], Way::Session("powershell")),
    own("Python session", &["pycon", "python-console"], Way::Session("python")),
    own("TeX", &["tex", "latex", "sty", "cls"], Way::Tex),
    own("BibTeX", &["bibtex", "bib"], Way::Tex),
];

static BY_NAME: LazyLock<HashMap<&'static str, &'static Language>> = LazyLock::new(|| {
    languages().flat_map(|language| language.names.iter().map(move |name| (*name, language))).collect()
});

/// Every language, each once.
pub fn languages() -> impl Iterator<Item = &'static Language> {
    let families: [&'static [Language]; 9] = [
        &OWN,
        &systems::ALL,
        &braces::ALL,
        &web::ALL,
        &scripts::ALL,
        &shells::ALL,
        &functional::ALL,
        &machines::ALL,
        &data::ALL,
    ];
    families.into_iter().flatten()
}

/// The language of this name, in capital or small letters; none if nobody knows it.
pub fn language(name: &str) -> Option<&'static Language> {
    /// No name is longer.
    const LONGEST: usize = 24;
    if name.len() > LONGEST {
        return None;
    }
    BY_NAME.get(name.to_ascii_lowercase().as_str()).copied()
}
