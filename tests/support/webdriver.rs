//! Firefox and WebKit for tests: what is shown in Chromium, opened from disk in the other two.
//!
//! Firefox speaks Marionette, length and JSON over a socket; WebKit speaks WebDriver through its own program. Both know the
//! same commands (W3C WebDriver), so one [`Browser`] stands for all three.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::cell::{Cell, RefCell};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::chromium::{View, file_url};

/// How long anything may take; far more than it needs, for machines that do other work too.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a script may take, in milliseconds; less than an answer is waited for.
const SCRIPT: u64 = 110_000;

/// What a test asks of any browser.
pub trait Browser {
    /// Opens an address and waits until all of it is there.
    fn open_url(&self, url: &str) -> &Self;
    /// The value of an expression, a promise's value if it is one.
    fn try_value(&self, expression: &str) -> Result<Value, String>;
    /// Presses and releases a key that has a letter.
    fn press(&self, key: &str) -> &Self;

    /// Types a text, key by key, where the cursor stands.
    fn type_text(&self, text: &str) -> &Self {
        for key in text.chars() {
            self.press(&key.to_string());
        }
        self
    }

    /// Errors since this was last asked.
    fn complaints(&self) -> Vec<String>;

    /// Opens a file at an anchor, `#part`.
    fn open_at(&self, file: &Path, anchor: &str) -> &Self {
        self.open_url(&(file_url(file) + anchor))
    }

    /// The value of an expression that has one.
    #[track_caller]
    fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.try_value(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Does what an expression says.
    #[track_caller]
    fn act(&self, expression: &str) -> &Self {
        self.value::<Value>(&format!("(() => {{ {expression} }})()"));
        self
    }

    /// Waits until an expression is true; a page may change on the way.
    #[track_caller]
    fn wait(&self, expression: &str) -> &Self {
        let start = Instant::now();
        while self.try_value(expression) != Ok(Value::Bool(true)) {
            assert!(
                start.elapsed() < PATIENCE / 2,
                "never true: {expression}, at {:?}",
                self.try_value("location.href")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        self
    }

    /// What a reader sees as text.
    fn text(&self) -> String {
        self.value("document.body.innerText")
    }
}

impl Browser for View {
    fn open_url(&self, url: &str) -> &Self {
        View::open_url(self, url)
    }

    fn try_value(&self, expression: &str) -> Result<Value, String> {
        View::try_value(self, expression)
    }

    fn press(&self, key: &str) -> &Self {
        View::press(self, key)
    }

    fn complaints(&self) -> Vec<String> {
        View::complaints(self)
    }
}

/// A command of WebDriver: its name in Marionette, its place in HTTP.
type Order = (&'static str, &'static str);
const OPEN: Order = ("WebDriver:Navigate", "url");
const RUN: Order = ("WebDriver:ExecuteScript", "execute/sync");
const PRESS: Order = ("WebDriver:PerformActions", "actions");
const TIMEOUTS: Order = ("WebDriver:SetTimeouts", "timeouts");
const SIZE: Order = ("WebDriver:SetWindowRect", "window/rect");

/// Listens for what goes wrong on a page, once a page.
const LISTEN: &str = "if (!window.heard) {
    window.heard = [];
    addEventListener('error', event => heard.push('an error: ' + event.message), true);
    addEventListener('unhandledrejection', event => heard.push('a rejection: ' + event.reason));
    document.addEventListener('securitypolicyviolation', event => heard.push('against the policy: ' + event.violatedDirective + ' ' + event.blockedURI));
    const say = console.error;
    console.error = function () { heard.push('console.error: ' + Array.from(arguments).join(' ')); say.apply(console, arguments); };
}";

/// Everything that Firefox's console holds of pages: errors and warnings of scripts and of styles from disk, errors over
/// http, and what was kept from a page.
const CONSOLE: &str = "const all = Services.console.getMessageArray();
    Services.console.reset();
    const kept = one => /CORS|Mixed|CSP|MIME|Security/i.test(one.category);
    const own = one => one.flags & Ci.nsIScriptError.warningFlag ? /^(file|blob|data):/ : /^(file|blob|data|http):/;
    return all.filter(one => one instanceof Ci.nsIScriptError && (own(one).test(one.sourceName) || kept(one)))
        .map(one => one.errorMessage + ' ' + one.sourceName.slice(0, 200) + ':' + one.lineNumber);";

/// What Firefox is asked to be: strict with files, on a port of its own, without a way out of the machine.
const PREFERENCES: &str = r#"user_pref("security.fileuri.strict_origin_policy", true);
user_pref("marionette.port", 0);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("devtools.console.stdout.content", true);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("intl.accept_languages", "zh-CN,zh");
user_pref("ui.prefersReducedMotion", 1);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"#;

/// The file in its folder that takes what Firefox prints: what pages say to the console stands in it.
const OUTPUT: &str = "output.txt";

enum Wire {
    Marionette { socket: BufReader<TcpStream>, number: u64 },
    Http { agent: ureq::Agent, session: String },
}

/// A browser that runs for one test and ends with it.
pub struct Other {
    wire: RefCell<Wire>,
    running: Vec<Child>,
    /// What was read of what Firefox prints.
    heard: Cell<usize>,
    folder: tempfile::TempDir,
}

/// Firefox without a window; none if there is none or none is wished.
pub fn firefox() -> Option<Other> {
    let program =
        wanted("FANGZHI_FIREFOX", &["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"])?;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("user.js"), PREFERENCES).unwrap();
    let mut command = Command::new(program);
    command.args(["--headless", "--width", "1600", "--height", "1000", "--no-remote", "--marionette"]);
    // Its console is asked, which no page may.
    command.arg("--remote-allow-system-access").arg("--profile").arg(folder.path());
    let output = std::fs::File::create(folder.path().join(OUTPUT)).unwrap();
    let running = command.stdin(Stdio::null()).stdout(output).stderr(Stdio::null()).spawn().unwrap();
    let port = waited("Firefox opens its port", || {
        let text = std::fs::read_to_string(folder.path().join("MarionetteActivePort")).ok()?;
        text.trim().parse::<u16>().ok()
    });
    let socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    socket.set_read_timeout(Some(PATIENCE * 2)).unwrap();
    let wire = Wire::Marionette { socket: BufReader::new(socket), number: 0 };
    let other = Other { wire: RefCell::new(wire), running: vec![running], heard: Cell::default(), folder };
    other.wire.borrow_mut().answer().unwrap();
    other.call(("WebDriver:NewSession", ""), json!({})).unwrap();
    other.call(TIMEOUTS, json!({ "script": SCRIPT })).unwrap();
    Some(other)
}

/// WebKit as GTK has it, on a screen that nobody sees; none if it is not installed or none is wished.
pub fn webkit() -> Option<Other> {
    let driver = wanted("FANGZHI_WEBKIT", &["WebKitWebDriver"])?;
    let libraries = ["/usr/lib", "/usr/libexec", "/usr/lib64"].map(Path::new);
    let window = libraries.iter().find_map(|folder| mini_browser(folder, 3));
    let (Some(window), Some(screen)) = (window, on_path("Xvfb")) else {
        skipped("WebKit: there is a WebKitWebDriver, but no MiniBrowser or no Xvfb");
        return None;
    };
    let mut screen = Command::new(screen)
        .args(["-displayfd", "1", "-screen", "0", "1700x1100x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut display = String::new();
    BufReader::new(screen.stdout.take().unwrap()).read_line(&mut display).unwrap();
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(driver);
    command.arg(format!("--port={port}")).arg("--host=127.0.0.1").env("DISPLAY", format!(":{}", display.trim()));
    command.env("HOME", folder.path()).env("LANG", "C.UTF-8");
    let running = vec![silent(&mut command), screen];
    waited("WebKitWebDriver opens its port", || TcpStream::connect(("127.0.0.1", port)).ok());
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
    let agent = config.timeout_global(Some(PATIENCE * 2)).build().into();
    let wire = Wire::Http { agent, session: format!("http://127.0.0.1:{port}/session") };
    let other = Other { wire: RefCell::new(wire), running, heard: Cell::default(), folder };
    let options = json!({ "binary": window, "args": ["--automation"] });
    let wish = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
    let answer = other.call(("", ""), wish).unwrap();
    if let Wire::Http { session, .. } = &mut *other.wire.borrow_mut() {
        *session += &format!("/{}/", answer["sessionId"].as_str().unwrap());
    }
    other.call(TIMEOUTS, json!({ "script": SCRIPT })).unwrap();
    other.screen(1600, 1000);
    Some(other)
}

/// The program that a variable names, else the first of these that there is.
fn wanted(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if std::env::var("FANGZHI_SKIP_BROWSER").as_deref() == Ok("1") {
        return None;
    }
    let found = std::env::var_os(variable).map(PathBuf::from).or_else(|| names.iter().find_map(|name| on_path(name)));
    if found.is_none() {
        skipped(&format!("another browser: there is no {}, and {variable} names none", names[0]));
    }
    found
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The small browser that WebKit's developers ship with the library.
fn mini_browser(folder: &Path, depth: usize) -> Option<PathBuf> {
    let inside = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders = vec![];
    for path in inside {
        let name = path.file_name()?.to_str().unwrap_or_default();
        if name == "MiniBrowser" && folder.to_string_lossy().contains("webkit2gtk-4") {
            return Some(path);
        }
        if depth > 0 && (name.starts_with("webkit2gtk-4") || name.ends_with("-linux-gnu")) {
            folders.push(path);
        }
    }
    folders.sort();
    folders.iter().rev().find_map(|path| mini_browser(path, depth - 1))
}

fn skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}");
}

fn silent(command: &mut Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn waited<T>(what: &str, mut come: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(there) = come() {
            return there;
        }
        assert!(start.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Wire {
    fn call(&mut self, order: Order, parameters: Value) -> Result<Value, String> {
        match self {
            Self::Marionette { socket, number } => {
                *number += 1;
                let text = json!([0, *number, order.0, parameters]).to_string();
                write!(socket.get_mut(), "{}:{text}", text.len()).map_err(|error| error.to_string())?;
            }
            Self::Http { agent, session } => {
                let sent = agent.post(format!("{session}{}", order.1)).content_type("application/json");
                let mut answer = sent.send(parameters.to_string()).map_err(|error| error.to_string())?;
                let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
                let mut value: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
                return if answer.status().is_success() { Ok(value["value"].take()) } else { Err(text) };
            }
        }
        let mut answer = self.answer()?;
        if answer[2].is_null() { Ok(answer[3].take()) } else { Err(answer[2].to_string()) }
    }

    /// The next message of Firefox: its length, a colon, JSON.
    fn answer(&mut self) -> Result<Value, String> {
        let Self::Marionette { socket, .. } = self else { return Ok(Value::Null) };
        let mut length = vec![];
        socket.read_until(b':', &mut length).map_err(|error| error.to_string())?;
        length.pop();
        let length = String::from_utf8_lossy(&length).parse().map_err(|_| "Firefox has gone".to_owned())?;
        let mut text = vec![0; length];
        socket.read_exact(&mut text).map_err(|error| error.to_string())?;
        serde_json::from_slice(&text).map_err(|error| error.to_string())
    }
}

impl Other {
    fn call(&self, order: Order, parameters: Value) -> Result<Value, String> {
        self.wire.borrow_mut().call(order, parameters)
    }

    fn run(&self, script: &str) -> Result<Value, String> {
        let mut answer = self.call(RUN, json!({ "script": script, "args": [] }))?;
        // Marionette puts the value into an object, HTTP had it in one.
        let boxed = matches!(&*self.wire.borrow(), Wire::Marionette { .. });
        Ok(if boxed { answer["value"].take() } else { answer })
    }

    /// The size of the window.
    pub fn screen(&self, width: u32, height: u32) -> &Self {
        self.call(SIZE, json!({ "x": 0, "y": 0, "width": width, "height": height })).unwrap();
        self
    }
}

impl Browser for Other {
    #[track_caller]
    fn open_url(&self, url: &str) -> &Self {
        self.call(OPEN, json!({ "url": url })).unwrap_or_else(|error| panic!("{url}: {error}"));
        self.run(LISTEN).unwrap();
        self
    }

    fn try_value(&self, expression: &str) -> Result<Value, String> {
        self.run(&format!("return ({expression})"))
    }

    fn press(&self, key: &str) -> &Self {
        let strokes = ["keyDown", "keyUp"].map(|stroke| json!({ "type": stroke, "value": key }));
        self.call(PRESS, json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] })).unwrap();
        self
    }

    fn complaints(&self) -> Vec<String> {
        let mut all: Vec<String> = self.value("(window.heard || []).splice(0)");
        if matches!(&*self.wire.borrow(), Wire::Marionette { .. }) {
            let context = ("Marionette:SetContext", "");
            self.call(context, json!({ "value": "chrome" })).unwrap();
            let said = self.run(CONSOLE).unwrap();
            all.extend(serde_json::from_value::<Vec<String>>(said).unwrap());
            self.call(context, json!({ "value": "content" })).unwrap();
            let output = std::fs::read(self.folder.path().join(OUTPUT)).unwrap();
            let output = String::from_utf8_lossy(&output[self.heard.get()..]).into_owned();
            self.heard.set(self.heard.get() + output.len());
            // The browser's own parts speak there too; each begins with its name.
            let own = |line: &&str| line.starts_with("console.error") && !line.starts_with("console.error: RS");
            all.extend(output.lines().filter(own).map(str::to_owned));
        }
        all
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        if let Wire::Http { agent, session } = &*self.wire.borrow() {
            let _ = agent.delete(session.trim_end_matches('/')).call();
        }
        for running in &mut self.running {
            let _ = running.kill();
            let _ = running.wait();
        }
    }
}
