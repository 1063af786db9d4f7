//! The terminal: the only place that prints. A pipe that was closed is no error.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "this is the door")]

use std::io::{IsTerminal as _, Read as _, Write as _};

use crate::diagnostic::Code;

/// Where commands say things.
pub(super) struct Screen {
    quiet: bool,
    verbose: bool,
}

impl Screen {
    /// A screen that says as much as the user asked for.
    pub fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose }
    }

    /// What was asked for, on standard output.
    pub fn out(&self, text: &str) {
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
    }

    /// A line about what happened, on standard error.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.line(line);
        }
    }

    /// A line for those who asked for more.
    pub fn tell(&self, line: &str) {
        if self.verbose {
            self.line(line);
        }
    }

    /// Why nothing happened.
    pub fn fail(&self, code: Option<Code>, message: &str) {
        let (red, plain) = if self.colors() { ("\x1b[1;31m", "\x1b[0m") } else { ("", "") };
        let code = code.map(|code| format!("[{}]", code.as_str())).unwrap_or_default();
        self.line(&format!("{red}error{code}{plain}: {message}"));
    }

    /// What the user should know, whatever they asked for.
    pub fn warn(&self, message: &str) {
        let (yellow, plain) = if self.colors() { ("\x1b[1;33m", "\x1b[0m") } else { ("", "") };
        self.line(&format!("{yellow}warning{plain}: {message}"));
    }

    /// Diagnostics, already in their format.
    pub fn show(&self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Whether colours are wanted: `NO_COLOR`, `CLICOLOR_FORCE`, else whether somebody looks.
    pub fn colors(&self) -> bool {
        colored(std::io::stderr().is_terminal())
    }

    /// The same for what goes to standard output.
    pub fn colors_out(&self) -> bool {
        colored(std::io::stdout().is_terminal())
    }

    /// Whether a person looks at the progress of long work.
    pub fn watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// All of standard input.
    pub fn input(&self) -> std::io::Result<Vec<u8>> {
        let mut all = vec![];
        std::io::stdin().lock().read_to_end(&mut all)?;
        Ok(all)
    }

    fn line(&self, line: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }
}

fn colored(watched: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    !set("NO_COLOR") && (set("CLICOLOR_FORCE") || watched)
}
