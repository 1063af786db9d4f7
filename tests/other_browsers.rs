//! The search in a Firefox that lets no local file read another one, and in WebKit: from disk, and over http.

mod support;

#[path = "support/browser.rs"]
mod chromium;

#[path = "support/validate.rs"]
mod validate;

#[path = "support/webdriver.rs"]
mod webdriver;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use fangzhi::build::Wish;
use validate::{Files, shipped, write};
use webdriver::{Browser, Other, firefox, webkit};

const TOP: &str = "(() => { const top = document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top;
    return top >= 0 && top < innerHeight; })()";

/// The address of a folder over http, from a thread that serves it as long as the tests run.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(&mut stream, &folder));
        }
    });
    format!("http://{address}/")
}

/// Answers one request, `GET /path?query HTTP/1.1`, and closes the connection.
fn answer(stream: &mut std::net::TcpStream, folder: &Path) {
    let lines = BufReader::new(&mut *stream).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or("/");
    let path = path.split('?').next().unwrap_or(path).trim_start_matches('/');
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (status, bytes) = match std::fs::read(folder.join(path)) {
        Ok(bytes) => ("200 OK", bytes),
        Err(_) => ("404 Not Found", vec![]),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
}

fn folder(files: &Files) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("other_browsers");
    let _ = std::fs::remove_dir_all(&folder);
    write(files, &folder);
    folder
}

/// Opens the dialog with its key and types.
#[track_caller]
fn search(browser: &Other, text: &str) {
    browser.press("/").wait("document.querySelector('dialog[open] [role=combobox]') === document.activeElement");
    browser.type_text(text);
    browser.wait(&format!("document.querySelector('.search-list').dataset.text === {text:?}"));
}

const NAMES: &str = "Array.from(document.querySelectorAll('.search-name'), (name) => name.textContent)";

/// All that the search does, on the shipped site that begins at an address.
fn all_of_the_search(browser: &Other, start: &str) {
    let page = format!("{start}cities/shenzhen/economy/index.html");
    browser.open_url(&page);
    search(browser, "概念验证中心");
    browser.wait("document.querySelectorAll('.search-name').length > 2");
    // Excerpts have the words marked.
    let marked: Vec<String> =
        browser.value("Array.from(document.querySelectorAll('.search-text mark'), (mark) => mark.textContent)");
    assert!(marked.iter().any(|text| text == "概念验证中心"), "{marked:?}");
    // A place in a page is opened at its heading, with the words marked.
    let place = "document.querySelector('.search-place')";
    let href: String = browser.value(&format!("{place}.href"));
    assert!(href.contains("?q=") && href.contains('#'), "{href}");
    browser.value::<Option<bool>>(&format!("{place}.click()"));
    browser.wait(&format!("location.href === {href:?}")).wait("document.querySelectorAll('mark.found').length > 0");
    assert_eq!(browser.value::<String>("document.querySelector('mark.found').textContent"), "概念验证中心");
    browser.wait(TOP);

    // Filters, chosen and typed.
    browser.open_url(&page);
    search(browser, "基金");
    let all: Vec<String> = browser.value(NAMES);
    browser.value::<bool>(
        "(() => { const select = document.querySelector('.search-filters select[aria-label=城市]');
            select.value = [...select.options].find((option) => option.text === '深圳').value;
            document.querySelector('.search-list').dataset.text = '';
            return select.dispatchEvent(new Event('change')); })()",
    );
    browser.wait("document.querySelector('.search-list').dataset.text === '基金'");
    let some: Vec<String> = browser.value(NAMES);
    assert!(!some.is_empty() && some.len() < all.len(), "{some:?} of {all:?}");
    browser.open_url(&page);
    search(browser, "城市:深圳 基金");
    assert_eq!(browser.value::<Vec<String>>(NAMES), some);

    // Pinyin, a slip of the fingers, and the page that can be linked.
    for (typed, wanted) in [("shenzhen", "深圳"), ("轉化", "转化"), ("laboratries", "laborator")] {
        browser.open_url(&page);
        search(browser, typed);
        browser.wait(&format!("document.querySelector('.search-list').textContent.includes({wanted:?})"));
    }
    browser.open_url(&format!("{start}en/search.html?q=pilot%20bases"));
    browser.wait("document.querySelectorAll('.search-name').length > 2");
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn the_search_works_from_disk_and_over_http() {
    let folder = folder(&shipped(&Wish::default()));
    let served = serve(folder.clone());
    for browser in [firefox(), webkit()].into_iter().flatten() {
        all_of_the_search(&browser, &(chromium::file_url(&folder) + "/"));
        all_of_the_search(&browser, &served);
    }
}

#[test]
fn complaints_are_seen() {
    let Some(firefox) = firefox() else { return };
    let html = "<!doctype html><meta charset=utf-8><title>x</title><script>console.error('said'); fetch('other.html').catch(() => {}); nothing()</script>";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("x.html"), html).unwrap();
    firefox.open_url(&chromium::file_url(&folder.path().join("x.html")));
    // They come from another process, one after the other.
    let wanted = ["console.error: \"said\"", "nothing is not defined", "Cross-Origin"];
    let mut said = String::new();
    for _ in 0..200 {
        said.push_str(&firefox.complaints().join("\n"));
        if wanted.iter().all(|wanted| said.contains(wanted)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("not all of {wanted:?} in {said}");
}
