//! A PDF: the print page of the site, given to a Chromium that is installed.
#![allow(clippy::disallowed_methods, reason = "another program is started, on files in a folder for it alone")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Failure;
use crate::build::Build;
use crate::bundle::Files;
use crate::bundle::pages::{self, Pages};

/// The names under which Chromium is found on the path.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

/// Where it is installed when it is not on the path.
const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/// The print page of a section, or of the site, as a PDF: in the first language that has one.
pub(super) fn print(build: &Build, files: &Files, section: Option<&str>) -> Result<Vec<u8>, Failure> {
    let Some(program) = chromium() else {
        return Err(Failure::System(
            "a PDF needs Chromium, Chrome or Edge, and none was found\n  help: install chromium, or name it in FANGZHI_CHROMIUM; \
             or open print.html of the site in any browser and print it"
                .into(),
        ));
    };
    let key = section.unwrap_or_default().trim_matches('/');
    let pages = build.site.pages.iter().filter(|page| page.key == key).filter_map(|page| page.print_page());
    let Some(page) =
        pages.filter(|path| files.contains_key(path)).min_by_key(|path| path.as_str().matches('/').count())
    else {
        let hint = "a section with pages below it has one, and so has the site";
        return Err(Failure::Usage(format!("there is no print page of `{key}`\n  help: {hint}")));
    };
    let folder = Folder::new().map_err(Failure::io(&std::env::temp_dir()))?;
    for (path, bytes) in files {
        let to = folder.0.join(path.as_str());
        let written =
            std::fs::create_dir_all(to.parent().unwrap_or(&folder.0)).and_then(|()| std::fs::write(&to, bytes));
        written.map_err(Failure::io(&to))?;
    }
    let html = String::from_utf8_lossy(&files[&page]);
    let (source, pdf) = (folder.0.join(page.as_str()), folder.0.join(".print.pdf"));
    let printed = |known: &Pages| {
        std::fs::write(&source, pages::numbered(&html, known)).map_err(Failure::io(&source))?;
        run(&program, &source, &pdf, &folder.0.join(".profile"))?;
        std::fs::read(&pdf).map_err(Failure::io(&pdf))
    };
    let first = printed(&Pages::new())?;
    let known = pages::pages(&first);
    if known.is_empty() { Ok(first) } else { printed(&known) }
}

fn run(program: &Path, page: &Path, pdf: &Path, profile: &Path) -> Result<(), Failure> {
    let failed = |what: String| Failure::System(format!("{} made no PDF: {what}", program.display()));
    let mut command = Command::new(program);
    command
        .args(["--headless", "--disable-gpu", "--no-pdf-header-footer", "--generate-pdf-document-outline"])
        .args(["--disable-background-networking", "--disable-extensions", "--no-first-run"])
        // Nothing is fetched: the pages are all there is.
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", pdf.display()));
    // Chromium refuses to run with a sandbox for this user, and the pages are the user's own.
    if is_root() {
        command.arg("--no-sandbox");
    }
    let done = command.arg(page).stdin(Stdio::null()).output().map_err(|error| failed(error.to_string()))?;
    if !done.status.success() || !pdf.is_file() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(failed(said.lines().last().unwrap_or("it said nothing").to_owned()));
    }
    Ok(())
}

fn is_root() -> bool {
    std::env::var_os("USER").is_some_and(|user| user == "root")
        || std::env::home_dir().is_some_and(|home| home == Path::new("/root"))
}

fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FANGZHI_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let on_path = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    on_path.chain(PLACES.iter().map(PathBuf::from)).find(|path| path.is_file())
}

/// A folder for one printing, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Self> {
        let path = std::env::temp_dir().join(format!("fangzhi-print-{}", std::process::id()));
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
