//! A page cut into what is its own and the frame around it, with every link and file pointed into the one file.

use std::collections::BTreeMap;

use super::super::target;
use super::store::{Script, Store};
use crate::html::{self, Attribute, Edits, Tag, element};
use crate::paths::OutputPath;

/// A page, ready to be stored.
pub(super) struct Cut {
    pub title: String,
    /// Attributes of `<html>` and of `<body>`.
    pub html: BTreeMap<String, String>,
    pub body: BTreeMap<String, String>,
    pub before: String,
    pub main: String,
    pub after: String,
    /// Keys of the sheets it wears, and of the scripts of its head and of its body.
    pub sheets: Vec<usize>,
    pub head: Vec<usize>,
    pub scripts: Vec<usize>,
}

/// Where pages are: the address of each page in the one file by its path.
pub(super) type Places = BTreeMap<OutputPath, String>;

/// Cuts a page that stands at `path`.
pub(super) fn cut(path: &OutputPath, page: &str, places: &Places, store: &mut Store<'_>) -> Cut {
    let (html_tag, _) = element(page, "html").unzip();
    let head = element(page, "head").map_or("", |(_, inner)| &page[inner]);
    let (body_tag, inner) = element(page, "body").map_or((None, page), |(tag, inner)| (Some(tag), &page[inner]));
    let (sheets, head_scripts) = dress(path, head, store);
    let (body, scripts) = without_scripts(path, inner, store);
    let body = html::rewrite(&body, |tag, edits| point(path, tag, places, store, edits));
    let styles: Vec<String> = raw_texts(&body, "style").map(str::to_owned).collect();
    store.styles.extend(styles);
    // What ends a block of text ends it wherever it stands.
    let body = body.replace("</noscript", "&lt;/noscript").replace("</NOSCRIPT", "&lt;/NOSCRIPT");
    let (before, main, after) = match main_of(&body) {
        Some(main) => (body[..main.start].to_owned(), body[main.clone()].to_owned(), body[main.end..].to_owned()),
        None => (String::new(), body, String::new()),
    };
    let title = raw_texts(head, "title").next().map(|title| html::unescape(title.trim()).into_owned());
    Cut {
        title: title.unwrap_or_default(),
        html: attributes(html_tag.as_ref()),
        body: attributes(body_tag.as_ref()),
        before,
        main,
        after,
        sheets,
        head: head_scripts,
        scripts,
    }
}

/// `<main>` with its tags.
fn main_of(body: &str) -> Option<std::ops::Range<usize>> {
    let (start, inner) = element(body, "main")?;
    let end = body[inner.end..].find('>').map_or(body.len(), |at| inner.end + at + 1);
    Some(start.start..end)
}

fn attributes(tag: Option<&Tag<'_>>) -> BTreeMap<String, String> {
    let Some(tag) = tag else { return BTreeMap::new() };
    tag.attributes
        .iter()
        .map(|attribute| {
            let name = tag.text(&attribute.name).to_ascii_lowercase();
            let value = html::unescape(tag.text(&attribute.value)).into_owned();
            (name, value)
        })
        .collect()
}

/// The text of every element of a name that holds nothing but text.
fn raw_texts<'h>(html: &'h str, name: &'h str) -> impl Iterator<Item = &'h str> {
    let mut open = None;
    html::tags(html).filter(move |tag| tag.name.eq_ignore_ascii_case(name)).filter_map(move |tag| {
        if tag.closing {
            open.take().and_then(|from: usize| html.get(from..tag.start))
        } else {
            open = Some(tag.end);
            None
        }
    })
}

/// The style sheets and scripts of a head, in order.
fn dress(path: &OutputPath, head: &str, store: &mut Store<'_>) -> (Vec<usize>, Vec<usize>) {
    let mut sheets = vec![];
    let mut open: Option<(usize, String)> = None;
    for tag in html::tags(head) {
        let media = || tag.value("media").unwrap_or_default().into_owned();
        if tag.opens("link") && tag.value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet")) {
            let href = tag.value("href").unwrap_or_default();
            match store.text(path, &href) {
                Some((own, css)) => sheets.push(store.sheet(&own, &media(), &css)),
                None => {
                    store.left_out.insert(href.into_owned());
                }
            }
        } else if tag.opens("style") {
            open = Some((tag.end, media()));
        } else if tag.closes("style")
            && let Some((from, media)) = open.take()
        {
            sheets.push(store.sheet(path, &media, &head[from..tag.start]));
        }
    }
    let (_, scripts) = without_scripts(path, head, store);
    (sheets, scripts)
}

/// The text without its scripts, and the keys of those that are run when the page is there. Inside `<main>` a place is
/// left for each: what an author wrote there may write where it stands.
fn without_scripts(path: &OutputPath, html: &str, store: &mut Store<'_>) -> (String, Vec<usize>) {
    let main = main_of(html).unwrap_or(0..0);
    let mut keys = vec![];
    let mut edits = Edits::default();
    let mut open: Option<Tag<'_>> = None;
    for tag in html::tags(html).filter(|tag| tag.name.eq_ignore_ascii_case("script")) {
        if !tag.closing {
            open = Some(tag);
            continue;
        }
        let Some(start) = open.take() else { continue };
        let text = html[start.end..tag.start].to_owned();
        let Some(key) = script(path, &start, text, store) else {
            edits.put(start.start..tag.end, "");
            continue;
        };
        let place = main.contains(&start.start);
        edits.put(
            start.start..tag.end,
            if place { format!("<script data-run=\"{key}\"></script>") } else { String::new() },
        );
        if !place {
            keys.push(key);
        }
    }
    (edits.apply(html), keys)
}

/// The key of a script; none if its text is elsewhere, where nothing may be fetched from.
fn script(path: &OutputPath, tag: &Tag<'_>, text: String, store: &mut Store<'_>) -> Option<usize> {
    let mut own = attributes(Some(tag));
    for name in ["src", "defer", "async", "integrity", "crossorigin", "nonce"] {
        own.remove(name);
    }
    let text = match tag.value("src") {
        None => text,
        Some(src) => match store.text(path, &src) {
            Some((_, text)) => text,
            None => {
                store.left_out.insert(src.into_owned());
                return None;
            }
        },
    };
    Some(store.script(Script { attributes: own, text }))
}

/// Points the links and files of one tag into the one file.
fn point(path: &OutputPath, tag: &Tag<'_>, places: &Places, store: &mut Store<'_>, edits: &mut Edits) {
    if tag.name.eq_ignore_ascii_case("noscript") {
        edits.put(tag.start..tag.end, if tag.closing { "</div>" } else { "<div class=\"no-script\">" });
        return;
    }
    if tag.closing {
        return;
    }
    for attribute in &tag.attributes {
        let name = tag.text(&attribute.name).to_ascii_lowercase();
        let value = html::unescape(tag.text(&attribute.value));
        let written = match name.as_str() {
            "href" if tag.opens("a") || tag.opens("area") => link(path, tag, &value, places, store),
            "src" | "poster" | "data" | "href" | "xlink:href" if is_file(tag, &name) => {
                file(path, &name, &value, store)
            }
            "srcset" => srcset(path, &value, store),
            // The search finds its files from the top of the site.
            "data-search" if tag.opens("a") => {
                target(path, &value).map(|(opener, _)| format!("data-search=\"{}\"", html::escape(opener.as_str())))
            }
            "style" if value.contains("url(") => Some(String::new()),
            name if name.starts_with("on") => {
                store.handlers.insert(value.into_owned());
                None
            }
            _ => None,
        };
        if let Some(written) = written {
            put(edits, attribute, written);
        }
    }
}

fn put(edits: &mut Edits, attribute: &Attribute, written: String) {
    edits.put(attribute.whole.clone(), written);
}

/// Whether an attribute names something that is loaded with the page.
fn is_file(tag: &Tag<'_>, name: &str) -> bool {
    let of = |names: &[&str]| names.iter().any(|name| tag.opens(name));
    match name {
        "src" => of(&["img", "source", "video", "audio", "track", "input", "embed", "iframe"]),
        "poster" => of(&["video"]),
        "data" => of(&["object"]),
        _ => of(&["image", "use", "feimage"]),
    }
}

fn link(path: &OutputPath, tag: &Tag<'_>, href: &str, places: &Places, store: &mut Store<'_>) -> Option<String> {
    // The mark beside a heading is there to be copied, so it has the whole address.
    if let Some(id) = href.strip_prefix('#') {
        let own = places.get(path).filter(|_| tag.has_class("anchor"))?;
        return Some(format!("href=\"#{own}?{}\"", html::escape(id)));
    }
    let (to, behind) = target(path, href)?;
    match places.get(&to) {
        Some(url) => {
            let id = behind.split_once('#').map(|(_, id)| id).filter(|id| !id.is_empty());
            let id = id.map(|id| format!("?{}", html::escape(id))).unwrap_or_default();
            Some(format!("href=\"#{}{id}\"", html::escape(url)))
        }
        None => {
            let key = store.file(path, href)?;
            let download = if tag.attribute("download").is_some() {
                String::new()
            } else {
                format!(" download=\"{}\"", html::escape(to.file_name()))
            };
            Some(format!("href=\"#\" data-file=\"{key}\"{download}"))
        }
    }
}

fn file(path: &OutputPath, name: &str, value: &str, store: &mut Store<'_>) -> Option<String> {
    if value.starts_with('#') || value.starts_with("data:") {
        return None;
    }
    match store.file(path, value) {
        Some(key) => Some(format!("data-from-{}=\"{key}\"", name.replace(':', "-"))),
        None => {
            store.left_out.insert(value.to_owned());
            Some("data-left-out".to_owned())
        }
    }
}

fn srcset(path: &OutputPath, value: &str, store: &mut Store<'_>) -> Option<String> {
    let mut all = vec![];
    for one in value.split(',').map(str::trim).filter(|one| !one.is_empty()) {
        let (url, size) = one.split_once(char::is_whitespace).unwrap_or((one, ""));
        match store.file(path, url) {
            Some(key) => all.push(format!("{key} {size}").trim().to_owned()),
            None => {
                store.left_out.insert(url.to_owned());
            }
        }
    }
    Some(format!("data-from-srcset=\"{}\"", html::escape(&all.join(", "))))
}
