//! A real Chromium: named by `FANGZHI_CHROMIUM`, or where the system keeps it.
#![allow(dead_code, reason = "each test program uses its own part")]
#![allow(clippy::disallowed_methods, reason = "a browser is started and waited for")]

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use headless_chrome::{Browser, LaunchOptionsBuilder, Tab};

/// The program; none if there is none on this machine.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("FANGZHI_CHROMIUM").map(PathBuf::from);
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    named.into_iter().chain(known).find(|path| path.is_file())
}

/// A browser with a new profile, which asks nothing of any network by itself; none where there is no Chromium. A test
/// that finds none passes with a word about it, unless `FANGZHI_CHROMIUM` promises one.
pub fn browser() -> Option<Browser> {
    let Some(path) = chromium() else {
        assert!(std::env::var_os("FANGZHI_CHROMIUM").is_none(), "FANGZHI_CHROMIUM names no file");
        eprintln!("there is no Chromium here: nothing was tested");
        return None;
    };
    let quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    let options = LaunchOptionsBuilder::default()
        .path(Some(path))
        .sandbox(false)
        .window_size(Some((1000, 700)))
        .args(quiet.iter().map(OsStr::new).collect())
        .idle_browser_timeout(Duration::from_secs(180))
        .build()
        .expect("the options are complete");
    Some(Browser::new(options).expect("Chromium does not start"))
}

/// The value of an expression in a page, as text.
pub fn value(tab: &Arc<Tab>, expression: &str) -> String {
    let result = tab.evaluate(&format!("String({expression})"), true);
    let result = result.unwrap_or_else(|error| panic!("{expression}: {error}"));
    result.value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Waits until an expression in a page is true.
#[track_caller]
pub fn until(tab: &Arc<Tab>, expression: &str) {
    let started = Instant::now();
    while value(tab, expression) != "true" {
        assert!(started.elapsed() < Duration::from_secs(30), "never came true: {expression}\n{}", text(tab));
        std::thread::sleep(Duration::from_millis(25));
    }
}

/// What a reader sees.
pub fn text(tab: &Arc<Tab>) -> String {
    value(tab, "document.body.innerText")
}
