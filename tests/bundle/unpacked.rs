//! The archive, unpacked and opened from disk as its readers would.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fangzhi::build::{Wish, build};
use fangzhi::bundle::{archive, make, mend};

use crate::chromium::chromium;
use crate::validate::shipped_inputs;
use crate::webdriver::{Browser, firefox, webkit};

fn unpack(bytes: &[u8], folder: &Path) -> Vec<PathBuf> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = vec![];
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let path = folder.join(file.name().unwrap().to_string());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).unwrap();
        std::fs::write(&path, bytes).unwrap();
        all.push(path);
    }
    all
}

/// All volumes of the shipped site, unpacked into one folder.
static UNPACKED: LazyLock<PathBuf> = LazyLock::new(|| {
    let built = build(&shipped_inputs(), &Wish { base_url: Some("/".into()), ..Wish::default() }, None);
    let mut files = make(&built).unwrap();
    assert_eq!(mend(&mut files, None), 0);
    let (archives, _) = archive::archives(&built, &files, Some(500_000)).unwrap();
    assert!(archives.len() > 1);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unpacked");
    let _ = std::fs::remove_dir_all(&folder);
    for archive in &archives {
        unpack(&archive.bytes, &folder);
    }
    folder
});

#[test]
fn volumes_unpacked_into_one_folder_are_the_site() {
    let Some(chromium) = chromium() else { return };
    read_from_disk(&chromium.view());
}

#[test]
fn firefox_reads_them_from_disk() {
    if let Some(firefox) = firefox() {
        read_from_disk(&firefox);
    }
}

#[test]
fn webkit_reads_them_from_disk() {
    if let Some(webkit) = webkit() {
        read_from_disk(&webkit);
    }
}

fn read_from_disk(view: &impl Browser) {
    view.open_at(&UNPACKED.join("index.html"), "")
        .wait("location.pathname.endsWith('/site/index.html') && document.readyState === 'complete'");
    // From page to page as a reader goes, through every kind of page.
    let steps = ["cities/", "cities/xian/", "cities/xian/finance/", "themes/", "indicators/", "matrix/"];
    for step in steps {
        let link = format!("Array.from(document.links).find(link => link.pathname.endsWith('/site/{step}index.html'))");
        view.wait(&format!("{link} !== undefined")).act(&format!("{link}.click()"));
        view.wait(&format!(
            "location.pathname.endsWith('/site/{step}index.html') && document.readyState === 'complete'"
        ));
    }
    for (words, language) in [("先投后股", "zh-Hans"), ("angel fund", "en")] {
        if language == "en" {
            view.act("document.querySelector('[data-language]').click()");
        }
        view.wait(&format!("document.documentElement.lang === '{language}' && document.readyState === 'complete'"));
        view.press("/").wait("document.querySelector('dialog[open] input') !== null");
        view.act(&format!(
            "const field = document.querySelector('dialog[open] input'); field.value = '{words}'; \
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ));
        view.wait("document.querySelectorAll('dialog[open] a[role=option]').length > 0");
        view.act("document.querySelector('dialog[open]').close()").wait("!document.querySelector('dialog[open]')");
    }
    assert_eq!(view.complaints(), Vec::<String>::new());
}

#[test]
fn the_print_page_loads_and_its_contents_lead_to_chapters() {
    let Some(chromium) = chromium() else { return };
    let wish = Wish { base_url: Some("/".into()), print: Some(true), ..Wish::default() };
    let built = build(&shipped_inputs(), &wish, None);
    let files = make(&built).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("to-print");
    for (path, bytes) in &files {
        let path = folder.join(path.as_str());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let view = chromium.view();
    for page in ["print.html", "en/print.html", "cities/xian/print.html"] {
        view.open(&folder.join(page));
        let troubles: Vec<String> = view.value(
            "(() => {
                const ids = Array.from(document.querySelectorAll('[id]'), one => one.id);
                const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
                const gone = Array.from(document.querySelectorAll('a[href^=\"#\"]'), link => decodeURIComponent(link.hash.slice(1)))
                    .filter(id => !ids.includes(id));
                return twice.concat(gone);
            })()",
        );
        assert_eq!(troubles, Vec::<String>::new(), "{page}");
        assert!(view.value::<usize>("document.querySelectorAll('.book-contents a').length") > 3);
    }
    assert_eq!(view.complaints(), Vec::<String>::new());
}
