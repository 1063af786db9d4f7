//! `fangzhi list`: the pages of the site, one a line.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::screen::Screen;
use super::{Failure, SiteArguments, site};
use crate::site::{Kind, Page};

/// What can be typed behind `list`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Only pages of this language
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Only drafts
    #[arg(long)]
    only_drafts: bool,
    /// How pages are shown
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
}

/// The formats of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// URL, title and file, with tabs between them
    Human,
    /// One JSON object a line
    Json,
}

#[derive(Serialize)]
struct Row<'p> {
    url: &'p str,
    title: &'p str,
    language: &'p str,
    source: Option<&'p str>,
    draft: bool,
    fallback: bool,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let found = site::find(&arguments.site)?;
    let mut wish = arguments.site.choice.wish();
    wish.drafts |= arguments.only_drafts;
    let build = crate::build::build(&found.inputs, &wish, None);
    let config = &build.site.config;
    if let Some(code) = &arguments.language
        && config.language(code).is_none()
    {
        return Err(Failure::Usage(format!("the site has no language `{code}`")));
    }
    let wanted = |page: &&Page| {
        let language = &config.languages[page.language].code;
        !matches!(page.kind, Kind::Search | Kind::NotFound)
            && arguments.language.as_ref().is_none_or(|code| code == language)
            && (!arguments.only_drafts || page.front.draft == Some(true))
    };
    let mut pages: Vec<&Page> = build.site.pages.iter().map(|page| &**page).filter(wanted).collect();
    pages.sort_by_key(|page| &page.url);
    let mut text = String::new();
    for page in pages {
        let row = Row {
            url: page.url.as_str(),
            title: &page.title,
            language: &config.languages[page.language].code,
            source: page.document.as_ref().map(|document| document.source.path().as_str()),
            draft: page.front.draft == Some(true),
            fallback: page.fallback.is_some(),
        };
        match arguments.format {
            ListFormat::Json => text.push_str(&serde_json::to_string(&row).unwrap_or_default()),
            _ => {
                let mark = if row.fallback {
                    " (fallback)"
                } else if row.draft {
                    " (draft)"
                } else {
                    ""
                };
                text.push_str(&format!("/{}\t{}{mark}\t{}", row.url, row.title, row.source.unwrap_or("-")));
            }
        }
        text.push('\n');
    }
    screen.out(&text);
    Ok(())
}
