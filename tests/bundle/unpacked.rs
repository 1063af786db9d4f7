//! The archive, unpacked and opened from disk as its readers would.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use fangzhi::build::{Wish, build};
use fangzhi::bundle::{archive, make, mend};

use crate::chromium::chromium;
use crate::validate::shipped_inputs;

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

#[test]
fn volumes_unpacked_into_one_folder_are_the_site() {
    let Some(chromium) = chromium() else { return };
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
    let view = chromium.view();
    view.open(&folder.join("index.html"))
        .wait("location.pathname.endsWith('/site/index.html') && document.readyState === 'complete'");
    // From page to page as a reader goes, through every kind of page.
    let steps = ["cities/", "cities/xian/", "cities/xian/finance/", "themes/", "indicators/", "matrix/"];
    for step in steps {
        view.wait(&format!(
            "Array.from(document.links).some(link => link.pathname.endsWith('/site/{step}index.html'))"
        ));
        view.value::<serde_json::Value>(&format!(
            "Array.from(document.links).find(link => link.pathname.endsWith('/site/{step}index.html')).click()"
        ));
        view.wait(&format!(
            "location.pathname.endsWith('/site/{step}index.html') && document.readyState === 'complete'"
        ));
    }
    for (words, language) in [("先投后股", "zh-Hans"), ("angel fund", "en")] {
        if language == "en" {
            view.value::<serde_json::Value>("document.querySelector('[data-language]').click()");
        }
        view.wait(&format!("document.documentElement.lang === '{language}' && document.readyState === 'complete'"));
        view.press("/").wait("document.querySelector('dialog[open] input') !== null");
        view.value::<serde_json::Value>(&format!(
            "{{ const field = document.querySelector('dialog[open] input'); field.value = '{words}'; \
             field.dispatchEvent(new Event('input', {{ bubbles: true }})) }}"
        ));
        view.wait("document.querySelectorAll('dialog[open] a[role=option]').length > 0");
        view.press("Escape").wait("!document.querySelector('dialog[open]')");
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
