//! `fangzhi explain PAGE`: all that is known about a page, and why it is where it is.

use std::path::PathBuf;

use clap::Args;

use super::screen::Screen;
use super::{Failure, SiteChoice, site};
use crate::diagnostic::did_you_mean;
use crate::site::{Page, Site, Target};

/// What can be typed behind `explain`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The page: its file, its URL or its key (`cities/xian`)
    page: String,
    /// The folder of the site
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    choice: SiteChoice,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::locate(arguments.dir.as_deref(), &arguments.choice)?;
    let build = found.build(&arguments.choice);
    let Some(page) = named(&build.site, &arguments.page) else {
        let keys = build.site.pages.iter().map(|page| page.key.as_str());
        let hint = did_you_mean(&arguments.page, keys).map(|hint| format!(": {hint}")).unwrap_or_default();
        return Err(Failure::Usage(format!("there is no page `{}`{hint}", arguments.page.escape_debug())));
    };
    screen.out(&told(&build.site, page));
    Ok(())
}

/// The page that a file, URL or key names; of several languages the default one.
fn named<'s>(site: &'s Site, name: &str) -> Option<&'s Page> {
    let name = name.trim_start_matches("./");
    let by_file = |page: &&Page| page.own_document().is_some_and(|document| document.source.path().as_str() == name);
    let url = name.trim_start_matches('/').trim_end_matches("index.html").trim_end_matches('/');
    let by_url = |page: &&Page| page.url.as_str().trim_end_matches('/') == url;
    let by_key = |page: &&Page| page.key == url;
    let pages = || site.pages.iter().map(|page| &**page);
    pages().find(by_file).or_else(|| pages().find(by_url)).or_else(|| pages().find(by_key))
}

fn told(site: &Site, page: &Page) -> String {
    let config = &site.config;
    let mut lines: Vec<(&str, String)> = vec![];
    lines.push(("title", page.title.clone()));
    lines.push(("url", format!("/{}", page.url)));
    lines.push(("output", page.output.to_string()));
    let source = page.document.as_ref().map(|document| document.source.path().to_string());
    lines.push(("source", source.unwrap_or_else(|| "none: fangzhi makes this page".into())));
    if let Some(from) = page.fallback {
        lines.push(("fallback", format!("the text is that of {}", config.languages[from].name)));
    }
    lines.push(("language", config.languages[page.language].code.clone()));
    lines.push(("kind", format!("{:?}", page.kind).split([' ', '{']).next().unwrap_or_default().to_lowercase()));
    lines.push(("template", crate::make::template_name(page)));
    if let Some(parent) = page.parent {
        lines.push(("section", titled(site.page(parent))));
    }
    for (taxonomy, terms) in page.terms.iter().enumerate().filter(|(_, terms)| !terms.is_empty()) {
        let list = site.terms(taxonomy, page.language);
        let slugs: Vec<&str> = terms.iter().map(|term| list.terms[*term].slug.as_str()).collect();
        lines.push((config.taxonomies[taxonomy].name.as_str(), slugs.join(", ")));
    }
    for id in page.translations.iter().flatten().filter(|id| **id != page.id) {
        lines.push(("translation", titled(site.page(*id))));
    }
    for child in &page.children {
        lines.push(("child", titled(site.page(*child))));
    }
    for target in &page.links {
        match target {
            Target::Page(to, Some(anchor)) => lines.push(("links to", format!("{}#{anchor}", titled(site.page(*to))))),
            Target::Page(to, None) => lines.push(("links to", titled(site.page(*to)))),
            Target::File(file) => lines.push(("links to", file.to_string())),
            Target::Fact(cited) => lines.push(("says a figure of", titled(site.page(cited.page)))),
            Target::Kept | Target::Broken => {}
        }
    }
    for from in &page.backlinks {
        lines.push(("linked from", titled(site.page(*from))));
    }
    for fact in site.facts.of(page.id) {
        let period = fact.period.as_ref().map(|period| format!(" ({period})")).unwrap_or_default();
        lines.push(("fact", format!("{}: {}{period}", fact.indicator, fact.value.written)));
    }
    lines.into_iter().map(|(name, value)| format!("{name:<12} {value}\n")).collect()
}

fn titled(page: &Page) -> String {
    format!("/{} ({})", page.url, page.title)
}
