//! The development server over real loopback connections: what is served, what is refused, what open pages are told.
#![allow(clippy::disallowed_methods, reason = "the server is about files, sockets and waiting")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fangzhi::build::Wish;
use fangzhi::serve::{self, Notice, Options, Server};
use tempfile::TempDir;

/// Long enough for a slow machine; a test that passes never waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Long enough for a change to arrive that should not.
const QUIET: Duration = Duration::from_millis(900);

struct Site {
    folder: TempDir,
    server: Server,
    notices: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        Self::with(files, None)
    }

    fn with(files: &[(&str, &str)], poll: Option<Duration>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            put(folder.path(), path, text);
        }
        let root = folder.path().canonicalize().unwrap();
        let notices = Arc::new(Mutex::new(vec![]));
        let heard = notices.clone();
        let options = Options {
            config: root.join("site.toml"),
            root,
            wish: Wish { drafts: true, ..Wish::default() },
            interface: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            editor: Some("editor://{path}:{line}:{column}".into()),
            poll,
        };
        let listener = move |notice: Notice| {
            let line = match notice {
                Notice::Started(done) => format!("started {}", done.build.site.pages.len()),
                Notice::Rebuilt(done) => {
                    let new: Vec<&str> = done.new.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
                    format!("rebuilt {:?} new {new:?} altered {}/{}", done.changed, done.altered, done.open)
                }
                Notice::PageFailed(_, diagnostic) => format!("failed {}", diagnostic.code.as_str()),
                Notice::Trouble(message) => format!("trouble {message}"),
            };
            heard.lock().unwrap().push(line);
        };
        let server = serve::start(options, Arc::new(listener)).unwrap();
        Self { folder, server, notices }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        put(self.path(), path, text);
    }

    fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    /// The answer to these very bytes.
    fn ask(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(self.server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        Reply::read(stream)
    }

    /// Waits until a page holds a text.
    #[track_caller]
    fn until(&self, path: &str, needle: &str) {
        self.wait(&format!("{path} never held {needle:?}"), || self.get(path).body.contains(needle));
    }

    #[track_caller]
    fn wait(&self, otherwise: &str, mut done: impl FnMut() -> bool) {
        let started = Instant::now();
        while !done() {
            assert!(started.elapsed() < PATIENCE, "{otherwise}: {:#?}", self.notices.lock().unwrap());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Listens as the open page at `path` would.
    fn listen(&self, path: &str) -> News {
        let page = self.get(path).body;
        let value = |name: &str| {
            let rest = page.split(&format!("data-{name}=\"")).nth(1).expect("the page has no script");
            rest.split('"').next().unwrap().to_owned()
        };
        let query = format!("path={path}&hash={}&number={}", value("hash"), value("number"));
        let mut stream = TcpStream::connect(self.server.address).unwrap();
        write!(stream, "GET /_fangzhi/news?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut news = News { lines: BufReader::new(stream), hash: value("hash") };
        let first = news.next(PATIENCE).expect("no first state");
        assert_eq!(first.hash, news.hash);
        news
    }
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn read(mut stream: impl std::io::Read) -> Self {
        let mut bytes = vec![];
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        Self { status, head: head.to_lowercase(), body: body.to_owned() }
    }
}

struct News {
    lines: BufReader<TcpStream>,
    hash: String,
}

#[derive(Debug)]
struct State {
    hash: String,
    problems: Vec<serde_json::Value>,
    copied: Vec<String>,
}

impl News {
    /// The next thing that the page is told; none if nothing comes in this time.
    fn next(&mut self, patience: Duration) -> Option<State> {
        self.lines.get_ref().set_read_timeout(Some(patience)).unwrap();
        loop {
            let mut line = String::new();
            match self.lines.read_line(&mut line) {
                Ok(0) | Err(_) => return None,
                Ok(_) => {}
            }
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let state: serde_json::Value = serde_json::from_str(data).unwrap();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            return Some(State {
                hash: text(&state["hash"]),
                problems: state["problems"].as_array().unwrap().clone(),
                copied: state["copied"].as_array().unwrap().iter().map(text).collect(),
            });
        }
    }

    #[track_caller]
    fn expect(&mut self) -> State {
        self.next(PATIENCE).expect("the page was told nothing")
    }

    #[track_caller]
    fn expect_change(&mut self) {
        let state = self.expect();
        assert_ne!(state.hash, self.hash, "{state:?}");
        self.hash = state.hash;
    }

    #[track_caller]
    fn expect_silence(&mut self) {
        if let Some(state) = self.next(QUIET) {
            panic!("the page was told {state:?}");
        }
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

const SMALL: [(&str, &str); 5] = [
    ("site.toml", "title = \"Site\"\ndefault_language = \"en\"\n[languages.en]\nname = \"English\"\n"),
    ("content/_index.md", "---\ntitle: Home\n---\nwelcome\n"),
    ("content/a.md", "---\ntitle: Alpha\n---\nfirst text\n"),
    ("content/b/c.md", "---\ntitle: Gamma\n---\nsee [Alpha](../a.md)\n"),
    ("static/x.css", "p { color: red }\n"),
];

#[test]
fn pages_files_and_folders_are_served_with_the_script_in_pages_only() {
    let site = Site::new(&SMALL);
    let home = site.get("/");
    assert_eq!(home.status, 200);
    assert!(home.head.contains("content-type: text/html; charset=utf-8"), "{}", home.head);
    assert!(!home.head.contains("access-control"), "{}", home.head);
    assert_eq!(home.body.matches("/_fangzhi/client.js").count(), 1);
    assert!(site.get("/a/").body.contains("first text"));
    assert!(site.get("/a/index.html?x=1").body.contains("first text"));
    let folder = site.get("/b/c");
    assert_eq!(folder.status, 307);
    assert!(folder.head.contains("location: /b/c/\r\n"), "{}", folder.head);
    let css = site.get("/x.css");
    assert_eq!((css.status, css.body.as_str()), (200, SMALL[4].1));
    assert!(css.head.contains("content-type: text/css"), "{}", css.head);
    assert!(site.get("/_fangzhi/client.js").body.contains("EventSource"));
    let lost = site.get("/b/none/");
    assert_eq!(lost.status, 404);
    assert!(lost.body.contains("<base href=\"/404.html\">"), "{}", lost.body);
    let head = site.ask("HEAD /a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(!site.path().join("public").exists(), "something was written");
}

#[test]
fn strange_requests_are_refused() {
    let site = Site::new(&SMALL);
    fs::write(site.path().join("secret.txt"), "secret").unwrap();
    let host = |rest: &str| format!("{rest}\r\nConnection: close\r\n\r\n");
    let local = |line: &str| host(&format!("{line} HTTP/1.1\r\nHost: 127.0.0.1:{}", site.server.address.port()));
    let cases: Vec<(String, &[u16])> = vec![
        (local("GET /../secret.txt"), &[400]),
        (local("GET /a/%2e%2e/%2e%2e/secret.txt"), &[400]),
        (local("GET /%2e%2e%2fsecret.txt"), &[400]),
        (local("GET /..%5csecret.txt"), &[400]),
        (local("GET /a%00"), &[400]),
        (local("GET /%ff"), &[400]),
        (local("GET //evil.example/"), &[400]),
        (local("GET http://127.0.0.1/a/"), &[400]),
        (local("GET /secret.txt"), &[404]),
        (local("GET /content/a.md"), &[404]),
        (local("GET /site.toml"), &[404]),
        (local("POST /a/"), &[405]),
        (local("OPTIONS /a/"), &[403, 405]),
        (host("GET /a/ HTTP/1.1\r\nHost: evil.example"), &[403]),
        (host("GET /a/ HTTP/1.1\r\nHost: localhost.evil.example:80"), &[403]),
        (host("GET /a/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example"), &[400, 403]),
        (host("GET /a/ HTTP/1.1\r\nX: y"), &[400, 403]),
        (host("GET /a/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example"), &[403]),
        (host("GET /_fangzhi/news?path=/&hash=x HTTP/1.1\r\nHost: localhost\r\nOrigin: null"), &[403]),
        (host("GET /a/ HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors"), &[403]),
        (
            host(
                "OPTIONS /a/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\
                 Access-Control-Request-Method: GET",
            ),
            &[403],
        ),
        (host(&format!("GET /a/ HTTP/1.1\r\nHost: localhost\r\nX: {}", "y".repeat(200_000))), &[431, 0]),
        ("nonsense\r\n\r\n".into(), &[400, 0]),
    ];
    for (request, statuses) in cases {
        let reply = site.ask(&request);
        let shown: String = request.chars().take(160).collect();
        assert!(statuses.contains(&reply.status), "{shown:?} got {} {}", reply.status, reply.head);
        assert!(!reply.body.contains("secret\n") && !reply.head.contains("access-control"), "{shown:?}");
    }
    let own = format!("http://localhost:{}", site.server.address.port());
    let own = own.trim_start_matches("http://");
    let same = site.ask(&host(&format!("GET /a/ HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}")));
    assert_eq!(same.status, 200);
    let link = "GET /a/ HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n\
                Sec-Fetch-Dest: document";
    assert_eq!(site.ask(&host(link)).status, 200);
}

#[test]
fn ten_thousand_idle_connections_keep_nobody_out() {
    let site = Site::new(&SMALL);
    let mut idle = vec![];
    for number in 0..10_000 {
        if let Ok(mut stream) = TcpStream::connect_timeout(&site.server.address, PATIENCE) {
            // Half of them send a part of a request and then nothing more.
            if number % 2 == 0 {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: loc");
            }
            idle.push(stream);
        }
        if idle.len() > 600 {
            idle.drain(..100);
        }
    }
    let started = Instant::now();
    assert_eq!(site.get("/a/").status, 200);
    assert!(started.elapsed() < Duration::from_secs(3), "it took {:?}", started.elapsed());
}

#[test]
fn an_open_page_hears_of_its_own_changes_and_of_no_others() {
    let site = Site::new(&SMALL);
    let mut alpha = site.listen("/a/");
    let mut gamma = site.listen("/b/c/");
    site.write("content/a.md", "---\ntitle: Alpha\n---\nsecond text\n");
    alpha.expect_change();
    gamma.expect_silence();
    assert!(site.get("/a/").body.contains("second text"));
    site.write("content/a.md", "---\ntitle: Alef\n---\nsecond text\n");
    alpha.expect_change();
    gamma.expect_change();
    assert!(site.get("/b/c/").body.contains("Alef"));
    // The same bytes again are no change.
    site.write("content/a.md", "---\ntitle: Alef\n---\nsecond text\n");
    alpha.expect_silence();
}

#[test]
fn a_style_sheet_is_named_and_pages_stay() {
    let site = Site::new(&SMALL);
    let mut alpha = site.listen("/a/");
    site.write("static/x.css", "p { color: blue }\n");
    let state = alpha.expect();
    assert_eq!(state.copied, ["x.css"]);
    assert_eq!(state.hash, alpha.hash);
    assert!(site.get("/x.css").body.contains("blue"));
}

#[test]
fn an_error_leaves_the_last_good_page_and_goes_when_it_is_mended() {
    let site = Site::new(&SMALL);
    let mut alpha = site.listen("/a/");
    site.write("content/a.md", "---\ntitle: Alpha\n---\n\n[gone](gone.md)\n");
    let state = alpha.expect();
    assert_eq!(state.hash, alpha.hash, "the page changed");
    let text = state.problems[0]["text"].as_str().unwrap();
    assert!(text.starts_with("content/a.md:5:8: error[broken-link]:"), "{text}");
    let editor = state.problems[0]["editor"].as_str().unwrap();
    assert!(editor.ends_with("/content/a.md:5:8") && editor.starts_with("editor://"), "{editor}");
    assert!(site.get("/a/").body.contains("first text"));
    site.write("content/a.md", "---\ntitle: Alpha\n---\nmended\n");
    let state = alpha.expect();
    assert!(state.problems.is_empty() && state.hash != alpha.hash, "{state:?}");
    assert!(site.get("/a/").body.contains("mended"));
}

#[test]
fn a_template_that_fails_leaves_the_last_good_page() {
    let template = ("templates/page.html", "<html><body><p>{{ page.title }} one</p></body></html>");
    let files: Vec<_> = SMALL.into_iter().chain([template]).collect();
    let site = Site::new(&files);
    let mut alpha = site.listen("/a/");
    assert!(site.get("/a/").body.contains("Alpha one"));
    site.write("templates/page.html", "<html><body><p>{{ nothing.of.that.name }}</p></body></html>");
    let state = alpha.expect();
    assert_eq!(state.hash, alpha.hash);
    let text = state.problems[0]["text"].as_str().unwrap();
    assert!(text.contains("templates/page.html:1:") && text.contains("error[template-error]"), "{text}");
    assert!(site.get("/a/").body.contains("Alpha one"));
    site.write("templates/page.html", "<html><body>{% broken");
    let state = alpha.expect();
    assert!(state.problems[0]["text"].as_str().unwrap().contains("error[template-syntax]"), "{state:?}");
    assert!(site.get("/a/").body.contains("Alpha one"));
    site.write("templates/page.html", "<html><body><p>{{ page.title }} two</p></body></html>");
    alpha.expect_change();
    assert!(site.get("/a/").body.contains("Alpha two"));
}

#[test]
fn a_site_that_begins_with_an_error_is_served_all_the_same() {
    let site = Site::new(&[SMALL[0], SMALL[1], ("content/a.md", "---\ntitle: [\n---\nfirst text\n")]);
    assert_eq!(site.get("/").status, 200);
    let mut home = site.listen("/");
    site.write("content/a.md", "---\ntitle: Alpha\n---\nfirst text\n");
    let state = home.expect();
    assert!(state.problems.is_empty(), "{state:?}");
    assert!(site.get("/a/").body.contains("first text"));
}

#[test]
fn files_come_move_and_go() {
    let site = Site::new(&SMALL);
    let mut lost = site.listen("/new/deep/page/");
    site.write("content/new/deep/page.md", "---\ntitle: New\n---\nnew text\n");
    site.until("/new/deep/page/", "new text");
    lost.expect_change();
    // An editor's atomic save: a new file takes the place of the old one.
    site.write("content/.a.md.swp", "---\ntitle: Alpha\n---\natomic\n");
    fs::rename(site.path().join("content/.a.md.swp"), site.path().join("content/a.md")).unwrap();
    site.until("/a/", "atomic");
    // And the other way: the old one is moved away first.
    fs::rename(site.path().join("content/a.md"), site.path().join("content/a.md~")).unwrap();
    site.write("content/a.md", "---\ntitle: Alpha\n---\nbackup first\n");
    fs::remove_file(site.path().join("content/a.md~")).unwrap();
    site.until("/a/", "backup first");
    fs::rename(site.path().join("content/new"), site.path().join("content/renamed")).unwrap();
    site.until("/renamed/deep/page/", "new text");
    site.wait("the old folder stayed", || site.get("/new/deep/page/").status == 404);
    fs::remove_dir_all(site.path().join("content/renamed")).unwrap();
    site.wait("the removed folder stayed", || site.get("/renamed/deep/page/").status == 404);
    fs::write(site.path().join("static/late.txt"), "late").unwrap();
    site.until("/late.txt", "late");
}

#[test]
fn folders_of_the_site_come_and_go() {
    let site = Site::new(&SMALL);
    site.write("templates/page.html", "<html><body>own {{ page.title }}</body></html>");
    site.until("/a/", "own Alpha");
    fs::remove_dir_all(site.path().join("templates")).unwrap();
    site.until("/a/", "first text");
    fs::rename(site.path().join("content"), site.path().join("texts")).unwrap();
    site.write("site.toml", &format!("content_dir = \"texts\"\n{}", SMALL[0].1));
    let moved = site.get("/a/").status;
    assert!(moved == 200 || moved == 404);
    fs::rename(site.path().join("texts"), site.path().join("content")).unwrap();
    site.write("site.toml", SMALL[0].1);
    site.until("/a/", "first text");
    site.write("content/a.md", "---\ntitle: Alpha\n---\nafter all that\n");
    site.until("/a/", "after all that");
    site.write("site.toml", &SMALL[0].1.replace("Site", "Other Name"));
    site.until("/", "Other Name");
}

#[test]
fn of_a_thousand_saves_the_last_one_counts() {
    let site = Site::new(&SMALL);
    for number in 0..1_000 {
        site.write("content/a.md", &format!("---\ntitle: Alpha\n---\nsave number {number}.\n"));
    }
    site.until("/a/", "save number 999.");
    let rebuilds = site.notices.lock().unwrap().iter().filter(|line| line.starts_with("rebuilt")).count();
    assert!(rebuilds < 100, "{rebuilds} rebuilds");
}

#[test]
fn a_branch_switch_of_a_thousand_files_is_one_state() {
    let page = |number: usize, word: &str| format!("---\ntitle: Page {number}\n---\n{word} {number}\n");
    let all = |site: &Site, word: &str| {
        for number in 0..1_000 {
            site.write(&format!("content/s{}/p{number}.md", number % 7), &page(number, word));
        }
    };
    let site = Site::new(&SMALL);
    all(&site, "main");
    site.until("/s5/p999/", "main 999");
    for number in 0..500 {
        fs::remove_file(site.path().join(format!("content/s{}/p{number}.md", number % 7))).unwrap();
    }
    all(&site, "branch");
    for number in [0, 499, 500, 998, 999] {
        site.until(&format!("/s{}/p{number}/", number % 7), &format!("branch {number}"));
    }
}

#[test]
fn without_the_system_s_help_changes_are_found_by_looking() {
    let site = Site::with(&SMALL, Some(Duration::from_millis(100)));
    site.write("content/a.md", "---\ntitle: Alpha\n---\nfound by looking, which takes longer\n");
    site.until("/a/", "found by looking");
    site.write("content/d.md", "---\ntitle: Delta\n---\nd text\n");
    site.until("/d/", "d text");
    fs::remove_file(site.path().join("content/d.md")).unwrap();
    site.wait("the page stayed", || site.get("/d/").status == 404);
    site.write("site.toml", &SMALL[0].1.replace("Site", "Other Name"));
    site.until("/", "Other Name");
}

#[test]
fn a_site_of_nothing_but_markdown_is_watched_too() {
    let site = Site::new(&[("a.md", "# Alpha\n\nfirst\n"), ("sub/b.md", "# Beta\n\nb\n"), ("public/c.md", "# No\n")]);
    assert_eq!(site.get("/public/c/").status, 404);
    site.write("a.md", "# Alpha\n\nsecond\n");
    site.until("/a/", "second");
    site.write("sub/b.md", "# Beta\n\nanother\n");
    site.until("/sub/b/", "another");
    site.write("other/c.md", "# Gamma\n\nnew\n");
    site.until("/other/c/", "new");
    fs::create_dir(site.path().join("content")).unwrap();
    fs::rename(site.path().join("a.md"), site.path().join("content/a.md")).unwrap();
    site.wait("the root is still the content", || site.get("/other/c/").status == 404);
    site.until("/a/", "second");
}

#[test]
fn drafts_are_shown_and_marked() {
    let site = Site::new(&[SMALL[0], SMALL[1], ("content/d.md", "---\ntitle: Delta\ndraft: true\n---\nd text\n")]);
    let page = site.get("/d/").body;
    assert!(page.contains("d text") && page.contains("Draft"), "{page}");
}

#[test]
fn a_taken_port_gives_the_next_free_one() {
    let first = Site::new(&SMALL);
    let taken = first.server.address;
    let options = Options {
        root: first.path().canonicalize().unwrap(),
        config: first.path().join("site.toml"),
        wish: Wish::default(),
        interface: taken.ip(),
        port: taken.port(),
        editor: None,
        poll: None,
    };
    let second = serve::start(options, Arc::new(|_| {})).unwrap();
    assert_ne!(second.address.port(), taken.port());
    let stream = TcpStream::connect::<SocketAddr>(second.address).unwrap();
    let mut asking = &stream;
    asking.write_all(b"GET /a/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    let _ = (&stream).read_to_string(&mut text);
    assert!(text.contains("first text"));
}
