//! Firefox, driven over a plain socket by its Marionette protocol: pages opened, typed into and asked, and what they complain of.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// How long anything in the browser may take; far more than it needs, for machines that do other work too.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the browser is asked to be: strict with files, and silent.
const PREFERENCES: &str = r#"user_pref("security.fileuri.strict_origin_policy", true);
user_pref("marionette.port", 0);
user_pref("devtools.console.stdout.content", true);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("messaging-system.rsexperimentloader.enabled", false);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("intl.accept_languages", "zh-CN, en");
"#;

/// The file in its profile that takes what it prints.
const OUTPUT: &str = "output.txt";

/// The errors of pages in Firefox's console, and warnings that something was kept from them.
const COMPLAINTS: &str = r#"
    const own = (file) => /^(file|http):/.test(file);
    const said = [];
    for (const message of Services.console.getMessageArray()) {
        if (!(message instanceof Ci.nsIScriptError)) continue;
        const warns = message.flags & Ci.nsIScriptError.warningFlag;
        const kept = /CORS|Mixed|CSP|MIME|Security/i.test(message.category);
        if ((own(message.sourceName) && !warns) || kept) said.push(message.errorMessage + " " + message.sourceName);
    }
    Services.console.reset();
    return said;
"#;

/// A running Firefox with one window.
pub struct Firefox {
    program: Child,
    stream: TcpStream,
    number: u64,
    /// What was read of what pages say to the console, which goes to the program's output.
    heard: usize,
    profile: tempfile::TempDir,
}

/// The browser. None, with a word about it, where there is no Firefox, or when it was wished to go without browsers.
pub fn firefox() -> Option<Firefox> {
    let found = match std::env::var("FANGZHI_SKIP_BROWSER").as_deref() {
        Ok("1") => None,
        _ => found(),
    };
    if found.is_none() {
        let _ =
            writeln!(std::io::stderr(), "SKIPPED: Firefox's look at the pages: there is none, or it was not wished");
    }
    found.map(|path| Firefox::start(&path))
}

/// The program: the one that `FANGZHI_FIREFOX` names, else the first of the usual names on the path.
fn found() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FANGZHI_FIREFOX") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["firefox", "firefox-esr"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

impl Firefox {
    fn start(path: &Path) -> Self {
        let profile = tempfile::tempdir().unwrap();
        std::fs::write(profile.path().join("user.js"), PREFERENCES).unwrap();
        let output = std::fs::File::create(profile.path().join(OUTPUT)).unwrap();
        let program = Command::new(path)
            // The console of the browser can be read only with system access.
            .args(["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile"])
            .arg(profile.path())
            .stdout(output)
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", path.display()));
        let port = profile.path().join("MarionetteActivePort");
        let start = Instant::now();
        let stream = loop {
            let port = std::fs::read_to_string(&port).ok().and_then(|port| port.trim().parse::<u16>().ok());
            if let Some(Ok(stream)) = port.map(|port| TcpStream::connect(("127.0.0.1", port))) {
                break stream;
            }
            assert!(start.elapsed() < PATIENCE, "{} opens no port", path.display());
            std::thread::sleep(Duration::from_millis(50));
        };
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut firefox = Self { program, stream, number: 0, heard: 0, profile };
        firefox.read();
        firefox.call("WebDriver:NewSession", json!({ "capabilities": {} }));
        firefox
    }

    /// One message: its length in bytes, a colon, JSON.
    fn read(&mut self) -> Value {
        let (mut length, mut byte) = (0, [0]);
        loop {
            self.stream.read_exact(&mut byte).unwrap();
            if byte[0] == b':' {
                break;
            }
            length = length * 10 + usize::from(byte[0] - b'0');
        }
        let mut message = vec![0; length];
        self.stream.read_exact(&mut message).unwrap();
        serde_json::from_slice(&message).unwrap()
    }

    fn try_call(&mut self, name: &str, arguments: Value) -> Result<Value, String> {
        self.number += 1;
        let message = json!([0, self.number, name, arguments]).to_string();
        self.stream.write_all(format!("{}:{message}", message.len()).as_bytes()).unwrap();
        let mut answer = self.read();
        if answer[2].is_null() { Ok(answer[3].take()) } else { Err(answer[2]["message"].to_string()) }
    }

    #[track_caller]
    fn call(&mut self, name: &str, arguments: Value) -> Value {
        self.try_call(name, arguments).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Opens an address and waits until all of it is there.
    #[track_caller]
    pub fn open(&mut self, url: &str) -> &mut Self {
        self.call("WebDriver:Navigate", json!({ "url": url }));
        self
    }

    fn try_value<T: DeserializeOwned>(&mut self, expression: &str) -> Result<T, String> {
        let script = format!("return {expression}");
        let mut answer = self.try_call("WebDriver:ExecuteScript", json!({ "script": script, "args": [] }))?;
        serde_json::from_value(answer["value"].take()).map_err(|error| error.to_string())
    }

    /// The value of an expression, a promise's value if it is one.
    #[track_caller]
    pub fn value<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        self.try_value(expression).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Waits until an expression is true; a page may change on the way.
    #[track_caller]
    pub fn wait(&mut self, expression: &str) -> &mut Self {
        let start = Instant::now();
        while self.try_value(expression) != Ok(true) {
            let said = self.try_value::<String>("location.href + ' ' + document.body.innerText.slice(0, 400)");
            assert!(start.elapsed() < PATIENCE / 4, "never true: {expression}, at {said:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
        self
    }

    /// Types into the first element that a selector finds, key by key.
    #[track_caller]
    pub fn type_in(&mut self, selector: &str, text: &str) -> &mut Self {
        let found = self.call("WebDriver:FindElement", json!({ "using": "css selector", "value": selector }));
        let id = found["value"].as_object().and_then(|element| element.values().next()).unwrap().clone();
        self.call("WebDriver:ElementSendKeys", json!({ "id": id, "text": text }));
        self
    }

    /// A picture of the window, as PNG in base64.
    pub fn picture(&mut self) -> String {
        self.call("WebDriver:TakeScreenshot", json!({ "full": false }))["value"].as_str().unwrap_or("").to_owned()
    }

    /// Errors in the console since this was last asked, and what was kept from a page.
    pub fn complaints(&mut self) -> Vec<String> {
        self.call("Marionette:SetContext", json!({ "value": "chrome" }));
        let mut said: Vec<String> = self.value(&format!("(() => {{ {COMPLAINTS} }})()"));
        self.call("Marionette:SetContext", json!({ "value": "content" }));
        let output = std::fs::read(self.profile.path().join(OUTPUT)).unwrap();
        let output = String::from_utf8_lossy(&output[self.heard..]).into_owned();
        self.heard += output.len();
        // The browser's own parts speak there too; each begins with its name.
        let own = |line: &&str| line.starts_with("console.error") && !line.starts_with("console.error: RS");
        said.extend(output.lines().filter(own).map(str::to_owned));
        said
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
