//! `fangzhi render`: Markdown in, an HTML fragment out; no site is needed.
#![allow(clippy::disallowed_methods, reason = "the file that the user named is read here")]

use std::path::PathBuf;

use clap::Args;

use super::screen::Screen;
use super::{Failure, report};
use crate::html::escape;
use crate::markdown::{self, Fill, Options};
use crate::paths::SourcePath;
use crate::source::{Source, Span};

/// What can be typed behind `render`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The Markdown file; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// CommonMark and GFM alone
    #[arg(long)]
    plain: bool,
}

pub(super) fn run(arguments: &Arguments, screen: &Screen) -> Result<(), Failure> {
    let bytes = match arguments.file.to_str() {
        Some("-") => screen.input().map_err(|error| Failure::System(format!("standard input: {error}")))?,
        _ => std::fs::read(&arguments.file).map_err(Failure::io(&arguments.file))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::System("the text is not UTF-8".into()))?;
    if arguments.plain {
        screen.out(&markdown::render_plain(&text));
        return Ok(());
    }
    let name = SourcePath::new("stdin.md").map_err(|error| Failure::System(error.to_string()))?;
    let source = Source::new(name, text.replace("\r\n", "\n"));
    let whole = Span::new(0, source.text().len());
    let parsed = markdown::parse(&source, whole, &Options { trust: true, ..Options::default() });
    let links = &parsed.value.links;
    let target = |at: u32| links.get(at as usize).map_or("", |link| link.target.as_str());
    // Without a site links stay as they were written.
    screen.out(&parsed.value.body.fill(|hole, out| match hole.fill {
        Fill::Href(at) => out.push_str(&format!(" href=\"{}\"", escape(target(at)))),
        Fill::Exact(_) => out.push_str(" value=\"\""),
        Fill::Src(at) => out.push_str(&format!(" src=\"{}\"", escape(target(at)))),
        Fill::WikiText(at) => out.push_str(&escape(target(at))),
        Fill::Word(word) | Fill::Interface(word) => out.push_str(word),
        // What only a site has leaves its body behind.
        Fill::Component(_) | Fill::ComponentEnd(_) | Fill::Include(_) | Fill::Code(_) => {}
    }));
    if !parsed.diagnostics.is_empty() {
        let sources = |_: &SourcePath| Some(source.clone());
        screen.show(&report::render(&parsed.diagnostics, &sources, report::Format::Human, "", screen.colors()));
    }
    Ok(())
}
