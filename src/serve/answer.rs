//! Requests and what they get: files of the site, the script that keeps pages up to date, and the news it listens to.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use tokio::sync::watch;

use super::live::{Answer, Live, Made, Open, Snapshot, State as PageState, short};
use super::{OWN, guard};
use crate::paths::{OutputPath, encode};

const CLIENT: &str = include_str!("client.js");

/// How long a browser waits before it connects again to a server that went away, in milliseconds.
const RETRY: u64 = 500;

/// Everything that is answered; `interface` is where the server listens.
pub(super) fn router(live: Arc<Live>, interface: IpAddr) -> Router {
    Router::new()
        .route("/_fangzhi/client.js", get(client))
        .route("/_fangzhi/news", get(news))
        .fallback(file)
        .with_state(live)
        .layer(from_fn_with_state(interface, guard::check))
}

async fn client() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, CLIENT).into_response()
}

/// What a page says of itself when it begins to listen.
#[derive(Deserialize)]
struct Shown {
    path: String,
    hash: String,
    #[serde(default)]
    number: u64,
}

/// Tells a page whenever its bytes, the errors of the site or copied files change.
async fn news(State(live): State<Arc<Live>>, Query(shown): Query<Shown>) -> Response {
    let Some(path) = path_of(&shown.path) else { return bad_request() };
    let page = Page {
        open: live.open(&path),
        snapshots: live.watch(),
        live,
        told: PageState { number: shown.number, hash: shown.hash, problems: vec![], copied: vec![] },
        first: true,
    };
    let news = Sse::new(page.news()).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)));
    ([(header::CACHE_CONTROL, "no-store")], news).into_response()
}

struct Page {
    live: Arc<Live>,
    open: Open,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    told: PageState,
    first: bool,
}

impl Page {
    fn news(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut page| async move {
            loop {
                if !page.first {
                    page.snapshots.changed().await.ok()?;
                }
                let first = std::mem::take(&mut page.first);
                let snapshot = page.snapshots.borrow_and_update().clone();
                let (live, path, since) = (page.live.clone(), page.open.path.clone(), page.told.number);
                let state = blocking(move || live.state(&snapshot, &path, since)).await?;
                let news = state.hash != page.told.hash || state.problems != page.told.problems;
                let tell = news || !state.copied.is_empty() || first;
                page.told = state;
                if tell {
                    let event = Event::default().event("state").data(serde_json::to_string(&page.told).ok()?);
                    return Some((Ok(event.retry(Duration::from_millis(RETRY))), page));
                }
            }
        })
    }
}

/// Work that would keep other requests waiting.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// The decoded path of a request without the `/` in front; none if it is not one.
fn path_of(raw: &str) -> Option<String> {
    let path = raw.strip_prefix('/')?;
    let mut bytes = vec![];
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit =
                    |byte: Option<u8>| char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
                digit(rest.next())? * 16 + digit(rest.next())?
            }
            byte => byte,
        });
    }
    let path = String::from_utf8(bytes).ok()?;
    // What is not a path inside the site is not looked up at all.
    crate::paths::UrlPath::new(&path).ok().filter(|_| !path.starts_with('/') && !path.ends_with("//"))?;
    Some(path)
}

fn bad_request() -> Response {
    (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "this is no path\n")
        .into_response()
}

async fn file(State(live): State<Arc<Live>>, request: Request) -> Response {
    let Some(path) = path_of(request.uri().path()) else { return bad_request() };
    let wanted = path.clone();
    let snapshot = live.now();
    let number = snapshot.number;
    let Some(answer) = blocking(move || live.answer(&snapshot, &wanted)).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match answer {
        Answer::File(output, made) => respond(&request, StatusCode::OK, &output, &made, number),
        Answer::Missing(Some((output, made))) => respond(&request, StatusCode::NOT_FOUND, &output, &made, number),
        Answer::Missing(None) => {
            let script = script(&short(crate::source::Hash::of(b"")), number);
            let html = format!("<!DOCTYPE html><title>404</title><body><h1>404</h1>{script}</body>");
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
        }
        Answer::Folder => {
            let parts: Vec<String> = path.split('/').map(ascii).collect();
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            let to = format!("/{}/{query}", parts.join("/"));
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
    }
}

/// One part of a path as a header may have it: ASCII only.
fn ascii(part: &str) -> String {
    let escaped = |c: char| match c.is_ascii() {
        true => c.to_string(),
        false => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
    };
    encode(part).chars().map(escaped).collect()
}

fn respond(request: &Request, status: StatusCode, output: &OutputPath, made: &Made, number: u64) -> Response {
    let kind = mime_guess::from_path(output.as_str()).first_or_octet_stream();
    let is_text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "javascript" | "json" | "xml" | "svg");
    let kind = if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let is_html = kind.starts_with("text/html");
    let failed = made.problem.is_some() && made.bytes.is_empty();
    let tag = format!("\"{}\"", short(made.hash));
    // A page is sent whole each time, because the script in it says how fresh it is.
    let known = !is_html && request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| *known == *tag);
    let status = match status {
        StatusCode::OK if failed => StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::OK if known => StatusCode::NOT_MODIFIED,
        status => status,
    };
    let body = match (is_html, known, request.method() == Method::HEAD) {
        (_, true, _) => vec![],
        (true, ..) if failed => failed_page(made, number).into_bytes(),
        (true, ..) => with_script(&made.bytes, &made_for(status, output), &script(&short(made.hash), number)),
        (false, ..) => made.bytes.to_vec(),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""));
    headers.insert(header::CONTENT_TYPE, text(&kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if !is_html {
        headers.insert(header::ETAG, text(&tag));
    }
    response
}

/// The page for unknown URLs is shown under any of them, so its links need to be told where it stands.
fn made_for(status: StatusCode, output: &OutputPath) -> String {
    match status {
        StatusCode::NOT_FOUND => format!("<base href=\"/{output}\">"),
        _ => String::new(),
    }
}

fn script(hash: &str, number: u64) -> String {
    format!("<script src=\"{OWN}client.js\" data-hash=\"{hash}\" data-number=\"{number}\"></script>")
}

/// A page for one that could not be made and never was before.
fn failed_page(made: &Made, number: u64) -> String {
    let script = script(&short(made.hash), number);
    format!("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>⚠</title></head><body>{script}</body></html>")
}

/// The page with `base` at the beginning of its head and `script` at the end of its body.
fn with_script(html: &[u8], base: &str, script: &str) -> Vec<u8> {
    let find = |what: &[u8]| html.windows(what.len()).position(|window| window.eq_ignore_ascii_case(what));
    let last = |what: &[u8]| html.windows(what.len()).rposition(|window| window.eq_ignore_ascii_case(what));
    let head = find(b"<head>").filter(|_| !base.is_empty()).map_or(0, |at| at + "<head>".len());
    let end = last(b"</body>").unwrap_or(html.len()).max(head);
    let base = if head == 0 { "" } else { base };
    [&html[..head], base.as_bytes(), &html[head..end], script.as_bytes(), &html[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_strictly() {
        assert_eq!(path_of("/a%20b/%E4%B8%AD/").as_deref(), Some("a b/中/"));
        assert_eq!(path_of("/").as_deref(), Some(""));
        for bad in
            ["", "a", "//a", "/../a", "/a/%2e%2e/b", "/%00", "/a%2", "/%zz", "/%ff", "/a\\b", "/a//", "/./a", "/c:/x"]
        {
            assert_eq!(path_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_script_is_the_last_thing_in_the_body() {
        assert_eq!(with_script(b"<body>a</body></html>", "", "S"), b"<body>aS</body></html>");
        assert_eq!(with_script(b"<head><title>x</title>", "B", "S"), b"<head>B<title>x</title>S");
    }
}
