//! What the user typed: one thin file a command. The only door of clap, and the only place that prints or exits.

mod build;
mod bundle;
mod check;
mod clean;
mod explain;
mod facts;
mod import;
mod init;
mod list;
mod mv;
mod new;
mod paper;
mod render;
pub mod report;
mod screen;
mod serve;
mod site;
mod timings;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::build::Wish;
use screen::Screen;

/// 方志: Markdown pages become a cross-linked site that works on a server and from disk.
#[derive(Debug, Parser)]
#[command(name = "fangzhi", version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the site
    Build(build::Arguments),
    /// Show the site in a browser while it is being written
    #[command(visible_aliases = ["server", "dev", "preview"])]
    Serve(serve::Arguments),
    /// Ask every question about the site and write nothing
    Check(check::Arguments),
    /// Pack the site into one file for people without a server
    Bundle(bundle::Arguments),
    /// Compare an archive with its manifest
    Verify(verify::Arguments),
    /// Make a site here; with Markdown files in the folder, only add site.toml
    Init(init::Arguments),
    /// Make a page
    New(new::Arguments),
    /// Move a page or section and write every link to it anew
    Mv(mv::Arguments),
    /// Turn a raw report into pages: text, Markdown, HTML or .docx
    Import(import::Arguments),
    /// List the pages of the site
    List(list::Arguments),
    /// List every figure that the site states
    Facts(facts::Arguments),
    /// Tell all that is known about a page
    Explain(explain::Arguments),
    /// Turn Markdown into an HTML fragment; no site is needed
    Render(render::Arguments),
    /// Remove what was built
    Clean(clean::Arguments),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Which site, and with what changes to its configuration.
#[derive(Debug, Args)]
struct SiteArguments {
    /// The folder of the site
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    choice: SiteChoice,
}

#[derive(Debug, Default, Args)]
struct SiteChoice {
    /// The folder of the site
    #[arg(short, long, value_name = "DIR", conflicts_with = "dir")]
    root: Option<PathBuf>,
    /// The configuration file
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the site is written to
    #[arg(short, long, value_name = "DIR", visible_alias = "destination", alias = "dest-dir")]
    output_dir: Option<PathBuf>,
    /// The address at which the site will stand
    #[arg(short = 'u', long, value_name = "URL", alias = "baseURL")]
    base_url: Option<String>,
    /// Show drafts
    #[arg(short = 'D', long, alias = "buildDrafts")]
    drafts: bool,
}

/// How complaints are shown.
#[derive(Debug, Clone, Args)]
struct ReportArguments {
    /// How complaints are shown
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    format: FormatName,
    /// Warnings fail, too
    #[arg(long)]
    strict: bool,
}

/// The formats by the names that users type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// With excerpts
    Human,
    /// One line each: path:line:col: error[code]: text
    Short,
    /// One JSON object a line
    Json,
    /// GitHub annotations
    Github,
}

impl From<FormatName> for report::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Human => Self::Human,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
            FormatName::Github => Self::Github,
        }
    }
}

impl SiteChoice {
    fn wish(&self) -> Wish {
        Wish { drafts: self.drafts, base_url: self.base_url.clone(), ..Wish::default() }
    }
}

/// Why a command did not do what was asked.
#[derive(Debug)]
enum Failure {
    /// Something is wrong in the site; it has been shown.
    Problems,
    /// The command was used wrongly.
    Usage(String),
    /// The output folder is refused.
    Refused(String),
    /// The system failed.
    System(String),
}

impl Failure {
    fn io(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self {
        move |error| Self::System(format!("{}: {error}", path.display()))
    }
}

/// Does what the command line says. The exit code is 0 when all is well, 1 when something is wrong in the site, 2 when
/// the command was used wrongly, 3 when the system failed.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let screen = Arc::new(Screen::new(cli.quiet, cli.verbose));
    // Deep nesting in a page must not overflow the stack of a worker.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(16 << 20).build_global();
    let done = match &cli.command {
        Command::Build(arguments) => build::run(arguments, &screen),
        Command::Serve(arguments) => serve::run(arguments, &screen),
        Command::Check(arguments) => check::run(arguments, &screen),
        Command::Bundle(arguments) => bundle::run(arguments, &screen),
        Command::Verify(arguments) => verify::run(arguments, &screen),
        Command::Init(arguments) => init::run(arguments, &screen),
        Command::New(arguments) => new::run(arguments, &screen),
        Command::Mv(arguments) => mv::run(arguments, &screen),
        Command::Import(arguments) => import::run(arguments, &screen),
        Command::Facts(arguments) => facts::run(arguments, &screen),
        Command::List(arguments) => list::run(arguments, &screen),
        Command::Explain(arguments) => explain::run(arguments, &screen),
        Command::Render(arguments) => render::run(arguments, &screen),
        Command::Clean(arguments) => clean::run(arguments, &screen),
        Command::Completions { shell } => {
            let mut script = vec![];
            clap_complete::generate(*shell, &mut Cli::command(), "fangzhi", &mut script);
            screen.out(&String::from_utf8_lossy(&script));
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Problems) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            screen.fail(None, &message);
            ExitCode::from(2)
        }
        Err(Failure::Refused(message)) => {
            screen.fail(Some(crate::diagnostic::Code::OutputRefused), &message);
            ExitCode::from(2)
        }
        Err(Failure::System(message)) => {
            screen.fail(None, &message);
            ExitCode::from(3)
        }
    }
}

/// The command line as clap knows it, for the test that compares it with the manual.
pub fn command() -> clap::Command {
    Cli::command()
}
