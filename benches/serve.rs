//! How long it takes from the write of a file to the changed bytes being served on loopback, and from the start to the
//! first page, on generated sites.
//!
//! `cargo bench --bench serve` takes 1,000 pages, `cargo bench --bench serve -- 1000 10000` other sizes. Where `HUGO`
//! names the program `hugo`, its server is measured beside ours on the same texts, in the same way: the page is asked
//! for again and again until it has changed. Each number is the middle of nine; it holds the time in which the watcher
//! waits for the disk to be quiet (20 ms in ours).

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fangzhi::build::Wish;
use fangzhi::serve::{self, Options};

const TIMES: usize = 9;

/// The page that is edited and looked at.
const PAGE: usize = 120;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    println!(
        "{:>8} {:>8} {:>12} {:>10} {:>10} {:>10} {:>10}  ms",
        "pages", "", "first page", "body", "title", "template", "css"
    );
    for pages in sizes {
        let folder = tempfile::tempdir().expect("a folder for the site");
        let root = folder.path().canonicalize().expect("the folder is there");
        for (path, text) in support::files(pages) {
            put(&root, &path, &text);
        }
        put(&root, "static/own.css", "p { margin: 0 }\n");
        ours(&root, pages);
        if let Some(hugo) = std::env::var_os("HUGO") {
            theirs(&root, pages, &PathBuf::from(hugo));
        }
    }
}

fn ours(root: &Path, pages: usize) {
    put(root, "templates/page.html", "{% extends \"default/page.html\" %}");
    let options = Options {
        root: root.to_path_buf(),
        config: root.join("site.toml"),
        wish: Wish { drafts: true, ..Wish::default() },
        interface: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        editor: None,
        poll: None,
    };
    let started = Instant::now();
    let server = serve::start(options, Arc::new(|_| {})).expect("the server starts");
    let site = Served { root, pages, address: server.address, page: format!("/s{}/p{PAGE}/", PAGE / 50) };
    site.until(&site.page, "Edition 0");
    let first = started.elapsed();
    site.row("fangzhi", first, "templates/page.html", |edition| {
        format!("{{% extends \"default/page.html\" %}}{{% block after_content %}}Template {edition}.{{% endblock after_content %}}")
    });
    let _ = fs::remove_file(root.join("templates/page.html"));
}

/// Hugo's own server on the same texts, with a theme of two small files.
fn theirs(root: &Path, pages: usize, hugo: &Path) {
    put(root, "hugo.toml", "title = \"Benchmark\"\nbaseURL = \"https://example.org/\"\n[taxonomies]\ntag = \"tags\"\n");
    let layout = |edition: usize| {
        format!(
            "<html><head><title>{{{{ .Title }}}}</title></head><body><nav>{{{{ range .CurrentSection.RegularPages }}}}\
             <a href=\"{{{{ .RelPermalink }}}}\">{{{{ .Title }}}}</a>{{{{ end }}}}</nav>{{{{ .Content }}}}Template {edition}.\
             </body></html>"
        )
    };
    put(root, "layouts/_default/single.html", &layout(0));
    put(root, "layouts/_default/list.html", &layout(0));
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let started = Instant::now();
    let mut command = Command::new(hugo);
    command.arg("server").arg("--source").arg(root).arg("--port").arg(port.to_string()).arg("--renderToMemory");
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("hugo starts");
    let _end = Ended(child);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let site = Served { root, pages, address, page: format!("/s{}/p{PAGE}/", PAGE / 50) };
    site.until(&site.page, "Edition 0");
    site.row("hugo", started.elapsed(), "layouts/_default/single.html", layout);
}

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Served<'s> {
    root: &'s Path,
    pages: usize,
    address: SocketAddr,
    page: String,
}

impl Served<'_> {
    fn row(&self, name: &str, first: Duration, template: &str, text: impl Fn(usize) -> String) {
        let body = |edition: usize| support::page_text(PAGE, self.pages, edition);
        let file = support::path(PAGE);
        let times = [
            self.middle(&file, &self.page, |edition| (body(edition), format!("Edition {edition}."))),
            self.middle(&file, &self.page, |edition| {
                let title = format!("Renamed {edition} times");
                (body(0).replacen(&format!("title: Page {PAGE}"), &format!("title: {title}"), 1), title)
            }),
            self.middle(template, &self.page, |edition| (text(edition), format!("Template {edition}."))),
            self.middle("static/own.css", "/own.css", |edition| {
                (format!("p {{ margin: {edition}px }}\n"), format!("{edition}px"))
            }),
        ];
        put(self.root, &file, &body(0));
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        print!("{:>8} {name:>8} {:>12.1}", self.pages, ms(first));
        println!("{}", times.iter().map(|time| format!(" {:>10.1}", ms(*time))).collect::<String>());
    }

    /// The middle time from the write of `file` until `page` holds what was written.
    fn middle(&self, file: &str, page: &str, edit: impl Fn(usize) -> (String, String)) -> Duration {
        let mut times: Vec<Duration> = (1..=TIMES)
            .map(|edition| {
                // What the last edit set in motion has come to rest.
                std::thread::sleep(Duration::from_millis(600));
                let (text, needle) = edit(edition);
                let started = Instant::now();
                put(self.root, file, &text);
                self.until(page, &needle);
                started.elapsed()
            })
            .collect();
        times.sort();
        times[TIMES / 2]
    }

    fn until(&self, page: &str, needle: &str) {
        let started = Instant::now();
        while !self.get(page).contains(needle) {
            assert!(started.elapsed() < Duration::from_secs(300), "{page} never held {needle:?}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn get(&self, path: &str) -> String {
        let mut bytes = vec![];
        if let Ok(mut stream) = TcpStream::connect(self.address) {
            let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            let _ = stream.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}
