//! `fangzhi serve`: the site on a port of this machine, brought up to date at every save.
#![allow(clippy::disallowed_methods, reason = "commands are where the environment comes in")]

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;

use super::screen::Screen;
use super::{Failure, FormatName, SiteArguments, report, site};
use crate::build::{Build, Wish};
use crate::config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::inputs::{self, DEFAULT_CONFIG};
use crate::outputs;
use crate::serve::{self, Notice, Options, Rebuilt};

/// What can be typed behind `serve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The address to listen at; others than this machine's own let the network in
    #[arg(short, long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), visible_alias = "bind")]
    interface: IpAddr,
    /// The port to listen at, or the next free one; 0 for any
    #[arg(short, long, default_value_t = 1111)]
    port: u16,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,
    /// Leave drafts out, as a build does
    #[arg(long, conflicts_with = "drafts")]
    no_drafts: bool,
    /// What opens a file from the list of errors: an address with {path}, {line} and {column}
    #[arg(long, value_name = "URL")]
    editor: Option<String>,
    /// Look for changes every so many milliseconds, where the system does not tell of them
    #[arg(long, value_name = "MS", num_args = 0..=1, default_missing_value = "1000")]
    poll: Option<u64>,
    /// How complaints are shown
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    format: FormatName,
}

pub(super) fn run(arguments: &Arguments, screen: &Arc<Screen>) -> Result<(), Failure> {
    let choice = &arguments.site.choice;
    let (root, config) = site::place(arguments.site.dir.as_deref(), choice)?;
    let network = !arguments.interface.is_loopback();
    let options = Options {
        config: config.unwrap_or_else(|| root.join(DEFAULT_CONFIG)),
        root,
        wish: Wish { drafts: !arguments.no_drafts, ..choice.wish() },
        interface: arguments.interface,
        port: arguments.port,
        // The network is not told where on this machine the files are.
        editor: arguments.editor.clone().or_else(editor).filter(|_| !network),
        poll: arguments.poll.map(Duration::from_millis),
    };
    if let Ok(config) = inputs::read_config(&options.config) {
        let output = options.root.join(config::read(&config).value.layout.output);
        site::recall_drawings(|path| outputs::kept(&output, path));
    }
    let teller = Teller { screen: screen.clone(), format: arguments.format, failed: Mutex::default() };
    let server =
        serve::start(options, Arc::new(move |notice| teller.tell(notice))).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::Usage(error.to_string()),
            _ => Failure::System(error.to_string()),
        })?;
    let address = browsed(server.address);
    if server.address.port() != arguments.port && arguments.port != 0 {
        screen.say(&format!("port {} is taken", arguments.port));
    }
    if network {
        screen.warn(&format!(
            "everybody in the network can read this site, drafts and all, at port {}: you asked for `--interface {}`",
            server.address.port(),
            arguments.interface
        ));
    }
    screen.say(&format!("http://{address}/  (Ctrl-C ends)"));
    if arguments.open
        && let Err(error) = open::that_detached(format!("http://{address}/"))
    {
        screen.say(&format!("no browser could be opened: {error}"));
    }
    server.wait();
    Err(Failure::System("the server ended".into()))
}

/// The address to type into a browser.
fn browsed(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// The address by which the author's own editor opens files, as far as the environment names one; VS Code's, which
/// several others understand, if it does not.
fn editor() -> Option<String> {
    let named =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|text| !text.is_empty()));
    let command = named.unwrap_or_default();
    let program = PathBuf::from(command.split_whitespace().next().unwrap_or_default());
    let name = program.file_stem().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let address = match name.as_str() {
        "cursor" => "cursor://file/{path}:{line}:{column}",
        "codium" | "vscodium" => "vscodium://file/{path}:{line}:{column}",
        "windsurf" => "windsurf://file/{path}:{line}:{column}",
        "zed" | "zeditor" => "zed://file/{path}:{line}:{column}",
        "subl" | "sublime_text" => "subl://open?url=file:///{path}&line={line}&column={column}",
        "mate" => "txmt://open?url=file:///{path}&line={line}&column={column}",
        "idea" | "webstorm" | "pycharm" | "rustrover" => "idea://open?file=/{path}&line={line}&column={column}",
        _ => "vscode://file/{path}:{line}:{column}",
    };
    Some(address.into())
}

/// Says on the terminal what happens: one line a rebuild, and each complaint once.
struct Teller {
    screen: Arc<Screen>,
    format: FormatName,
    failed: Mutex<HashSet<String>>,
}

impl Teller {
    fn tell(&self, notice: Notice) {
        match notice {
            Notice::Started(done) => {
                self.show(&done.build, &done.new);
                let pages = done.build.site.pages.len();
                let whole = (done.read + done.build_time).as_secs_f64();
                self.screen.say(&format!("{pages} pages read in {whole:.2} s{}", counted(&done.build)));
            }
            Notice::Rebuilt(done) => {
                self.failed.lock().unwrap_or_else(PoisonError::into_inner).clear();
                self.show(&done.build, &done.new);
                self.screen.say(&line(&done));
            }
            Notice::PageFailed(build, diagnostic) => {
                let key = format!("{:?} {}", diagnostic.place, diagnostic.message);
                if self.failed.lock().unwrap_or_else(PoisonError::into_inner).insert(key) {
                    self.show(&build, &[*diagnostic]);
                }
            }
            Notice::Trouble(message) => self.screen.warn(&message),
        }
    }

    fn show(&self, build: &Build, diagnostics: &[Diagnostic]) {
        if !diagnostics.is_empty() {
            let source = |path: &crate::paths::SourcePath| build.source(path);
            self.screen.show(&report::render(diagnostics, &source, self.format.into(), "", self.screen.colors()));
        }
    }
}

/// What changed, what it touched, how long each step took.
fn line(done: &Rebuilt) -> String {
    let changed = match done.changed.as_slice() {
        [only] => only.to_string(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => String::new(),
    };
    let open = match (done.altered, done.open) {
        (_, 0) => "no page open".into(),
        (altered, 1) => format!("{altered} of 1 open page changed"),
        (altered, open) => format!("{altered} of {open} open pages changed"),
    };
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let (read, build, make) = (ms(done.read), ms(done.build_time), ms(done.make));
    let changed: String = changed.chars().flat_map(char::escape_debug).collect();
    format!("{changed}: {open} (read {read}, build {build}, make {make}){}", counted(&done.build))
}

fn counted(build: &Build) -> String {
    let counted = site::counted(&build.diagnostics).map(|count| format!(", {count}")).unwrap_or_default();
    let errors = build.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if errors { format!("{counted}: the last good pages stay") } else { counted }
}
