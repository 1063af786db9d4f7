//! Chromium for all tests of a program: pages opened from disk, looked at, and driven with the keyboard.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::types::{Event, Method};
use headless_chrome::protocol::cdp::{Emulation, Log, Network, Page, Runtime, Target};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How long anything in the browser may take; far more than it needs, for machines that do other work too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running Chromium; it ends with the last test that holds it.
pub struct Chromium(Browser);

/// What pages may do beyond what they may do for a reader.
#[derive(Clone, Copy)]
enum Pages {
    /// Nothing.
    Apart,
    /// Look into each other, so that one page can open many in frames and read them.
    Together,
}

/// The browser of this program. None when it was wished to go without.
///
/// # Panics
/// When there is no browser: a test that looks at nothing must not pass.
pub fn chromium() -> Option<Arc<Chromium>> {
    running(Pages::Apart)
}

/// A second one, in which a page may read others in frames; see [`View::texts`].
///
/// # Panics
/// When there is no browser.
pub fn reading_chromium() -> Option<Arc<Chromium>> {
    running(Pages::Together)
}

fn running(pages: Pages) -> Option<Arc<Chromium>> {
    static RUNNING: [Mutex<Weak<Chromium>>; 2] = [const { Mutex::new(Weak::new()) }; 2];
    if std::env::var("FANGZHI_SKIP_BROWSER").as_deref() == Ok("1") {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "SKIPPED: a browser's look at the pages: FANGZHI_SKIP_BROWSER=1");
        return None;
    }
    let mut running = RUNNING[pages as usize].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(chromium) = running.upgrade() {
        return Some(chromium);
    }
    let chromium = Arc::new(Chromium(start(pages)));
    *running = Arc::downgrade(&chromium);
    Some(chromium)
}

fn start(pages: Pages) -> Browser {
    let path = found().expect(
        "there is no Chromium: install chromium or Chrome, or name it in FANGZHI_CHROMIUM; FANGZHI_SKIP_BROWSER=1 goes without",
    );
    // Whatever leaves the machine is reported and fails at once; nothing waits for a network.
    let mut arguments = vec![
        "--disable-component-update",
        "--hide-scrollbars",
        "--lang=zh-CN",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];
    if let Pages::Together = pages {
        arguments.push("--allow-file-access-from-files");
    }
    let options = LaunchOptions::default_builder()
        .path(Some(path.clone()))
        // Containers and root have no sandbox, and only pages of our own are opened.
        .sandbox(false)
        .args(arguments.into_iter().map(OsStr::new).collect())
        .idle_browser_timeout(Duration::from_secs(600))
        .build()
        .unwrap();
    Browser::new(options).unwrap_or_else(|error| panic!("{} does not start: {error}", path.display()))
}

/// The program: the one that `FANGZHI_CHROMIUM` names, else the first of the usual names on the path.
fn found() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FANGZHI_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// A folder's file as an address.
pub fn file_url(path: &Path) -> String {
    let mut url = String::from("file://");
    for byte in path.to_str().unwrap().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

/// What the browser reported of a view since it was last asked.
#[derive(Default)]
struct Heard {
    loaded: HashSet<String>,
    complaints: Vec<String>,
}

/// One tab.
pub struct View {
    tab: Arc<Tab>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
}

const TEXTS: &str = "async urls => {
    const texts = [];
    for (const url of urls) {
        const frame = document.createElement('iframe');
        frame.style.cssText = 'width: 1600px; height: 1000px; border: 0; display: block';
        const there = new Promise(done => frame.onload = done);
        frame.src = url;
        document.body.append(frame);
        await there;
        const wide = frame.contentDocument.body.innerText;
        frame.style.width = '390px';
        texts.push([wide, frame.contentDocument.body.innerText]);
        frame.remove();
    }
    return texts;
}";

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Evaluate<'e> {
    expression: &'e str,
    return_by_value: bool,
    await_promise: bool,
    user_gesture: bool,
}

impl Method for Evaluate<'_> {
    const NAME: &'static str = "Runtime.evaluate";
    type ReturnObject = Value;
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Screen {
    width: u32,
    height: u32,
    device_scale_factor: u32,
    mobile: bool,
}

impl Method for Screen {
    const NAME: &'static str = "Emulation.setDeviceMetricsOverride";
    type ReturnObject = Value;
}

impl Chromium {
    /// A new tab with a window of its own, so that it is never in the background.
    pub fn view(&self) -> View {
        let target = Target::CreateTarget {
            url: "about:blank".into(),
            left: None,
            top: None,
            width: None,
            height: None,
            window_state: None,
            browser_context_id: None,
            enable_begin_frame_control: None,
            new_window: Some(true),
            background: None,
            for_tab: None,
            hidden: None,
        };
        let tab = self.0.new_tab_with_options(target).unwrap();
        let heard = Arc::new((Mutex::new(Heard::default()), Condvar::new()));
        let hearing = heard.clone();
        tab.add_event_listener(Arc::new(move |event: &Event| listen(event, &hearing))).unwrap();
        tab.call_method(Runtime::Enable(None)).unwrap();
        tab.call_method(Log::Enable(None)).unwrap();
        tab.call_method(Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        })
        .unwrap();
        tab.call_method(Emulation::SetFocusEmulationEnabled { enabled: true }).unwrap();
        let view = View { tab, heard };
        view.screen(1600, false);
        view
    }
}

/// Keeps what matters: that a document is there, and everything that a page must not do.
fn listen(event: &Event, heard: &(Mutex<Heard>, Condvar)) {
    let complaint = match event {
        Event::PageLifecycleEvent(event) if event.params.name == "load" => {
            heard.0.lock().unwrap().loaded.insert(event.params.loader_id.clone());
            heard.1.notify_all();
            return;
        }
        Event::NetworkRequestWillBeSent(event) => {
            let url = &event.params.request.url;
            let own = ["file:", "data:", "about:", "blob:"].iter().any(|scheme| url.starts_with(scheme));
            (!own).then(|| format!("a request to {url}"))
        }
        Event::NetworkLoadingFailed(event) => Some(format!("a file does not load: {}", event.params.error_text)),
        Event::RuntimeExceptionThrown(event) => {
            let details = &event.params.exception_details;
            let thrown = details.exception.as_ref().and_then(|thrown| thrown.description.clone());
            Some(format!("an exception: {}", thrown.unwrap_or_else(|| details.text.clone())))
        }
        Event::RuntimeConsoleAPICalled(event)
            if event.params.Type == Runtime::ConsoleAPICalledEventTypeOption::Error =>
        {
            let said: Vec<String> = event.params.args.iter().filter_map(|said| said.description.clone()).collect();
            Some(format!("console.error: {}", said.join(" ")))
        }
        Event::LogEntryAdded(event) if event.params.entry.level == Log::LogEntryLevel::Error => {
            Some(format!("in the console: {}", event.params.entry.text))
        }
        _ => None,
    };
    heard.0.lock().unwrap().complaints.extend(complaint);
}

impl View {
    /// The size of the window and the colours that the system prefers; nothing moves.
    pub fn screen(&self, width: u32, dark: bool) -> &Self {
        let height = if width < 600 { 844 } else { 1000 };
        self.tab.call_method(Screen { width, height, device_scale_factor: 1, mobile: width < 600 }).unwrap();
        let feature = |name: &str, value: &str| Emulation::MediaFeature { name: name.into(), value: value.into() };
        let colours = feature("prefers-color-scheme", if dark { "dark" } else { "light" });
        let still = feature("prefers-reduced-motion", "reduce");
        self.tab
            .call_method(Emulation::SetEmulatedMedia { media: None, features: Some(vec![colours, still]) })
            .unwrap();
        self
    }

    /// Whether pages opened from now on run scripts.
    pub fn scripts(&self, run: bool) -> &Self {
        self.tab.call_method(Emulation::SetScriptExecutionDisabled { value: !run }).unwrap();
        self
    }

    /// Runs a script at the start of every page opened from now on.
    pub fn at_start(&self, script: &str) -> &Self {
        self.tab
            .call_method(Page::AddScriptToEvaluateOnNewDocument {
                source: script.to_owned(),
                world_name: None,
                include_command_line_api: None,
                run_immediately: None,
            })
            .unwrap();
        self
    }

    /// Opens a file and waits until all of it is there.
    #[track_caller]
    pub fn open(&self, file: &Path) -> &Self {
        self.open_at(file, "")
    }

    /// Opens a file at an anchor, `#part`.
    #[track_caller]
    pub fn open_at(&self, file: &Path, anchor: &str) -> &Self {
        self.open_url(&(file_url(file) + anchor))
    }

    /// Opens an address and waits until all of it is there.
    #[track_caller]
    pub fn open_url(&self, url: &str) -> &Self {
        let went = self
            .tab
            .call_method(Page::Navigate {
                url: url.into(),
                referrer: None,
                transition_Type: None,
                frame_id: None,
                referrer_policy: None,
            })
            .unwrap();
        assert_eq!(went.error_text, None, "{url}");
        // Without a loader only the anchor has changed.
        let Some(loader) = went.loader_id else { return self };
        let (heard, bell) = (self.heard.0.lock().unwrap(), &self.heard.1);
        let waited = bell.wait_timeout_while(heard, PATIENCE, |heard| !heard.loaded.contains(&loader));
        assert!(!waited.unwrap().1.timed_out(), "{url} does not load");
        self
    }

    /// The value of an expression, a promise's value if it is one.
    #[track_caller]
    pub fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.try_value(expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// The value of an expression, or why there is none.
    pub fn try_value<T: DeserializeOwned>(&self, expression: &str) -> Result<T, String> {
        let call = Evaluate { expression, return_by_value: true, await_promise: true, user_gesture: true };
        let mut answer = self.tab.call_method(call).map_err(|error| error.to_string())?;
        if answer.get("exceptionDetails").is_some() {
            return Err(answer["exceptionDetails"].to_string());
        }
        serde_json::from_value(answer["result"]["value"].take()).map_err(|error| error.to_string())
    }

    /// Waits until an expression is true; a page may change on the way.
    #[track_caller]
    pub fn wait(&self, expression: &str) -> &Self {
        let start = Instant::now();
        while self.try_value(expression) != Ok(true) {
            assert!(
                start.elapsed() < PATIENCE / 4,
                "never true: {expression}, at {:?}",
                self.try_value::<String>("location.href")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        self
    }

    /// Presses and releases a key: `Tab`, `Enter`, `Escape`, `/`.
    pub fn press(&self, key: &str) -> &Self {
        self.tab.press_key(key).unwrap();
        self
    }

    /// What a reader sees as text.
    pub fn text(&self) -> String {
        self.value("document.body.innerText")
    }

    /// What a reader sees as text on each of these pages, on a wide screen and on a narrow one. The pages are opened in
    /// frames of the one that is open, which is far faster than going from one to the next; see [`reading_chromium`].
    #[track_caller]
    pub fn texts(&self, files: &[PathBuf]) -> Vec<[String; 2]> {
        let urls: Vec<String> = files.iter().map(|file| file_url(file)).collect();
        let urls = serde_json::to_string(&urls).unwrap();
        self.value(&format!("({TEXTS})({urls})"))
    }

    /// A picture of the window, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        self.tab.capture_screenshot(Page::CaptureScreenshotFormatOption::Png, None, None, true).unwrap()
    }

    /// Errors, and requests that leave the disk, since this was last asked.
    pub fn complaints(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.0.lock().unwrap().complaints)
    }
}

impl Drop for View {
    fn drop(&mut self) {
        let _ = self.tab.close(false);
    }
}
