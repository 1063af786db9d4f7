//! How far a build is from the least that any generator on the same libraries could take: reading every file, Markdown
//! to HTML with `pulldown-cmark`, a page with its navigation from a small Tera template, writing it.
//!
//! `cargo bench --bench floor [-- PAGES...]`: processor time, user and system, of this program for the floor and of
//! `fangzhi build` with everything on (highlighting, search index, checked links, minified pages); the ratio counts. How
//! large it is hangs on what the system takes to write a file, most of all on a disk on which as many were deleted a moment
//! ago; `TMPDIR` says on which disk.

#[path = "support/processor.rs"]
mod processor;
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use processor::processor_times;
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Tera, Value};

const TEMPLATE: &str = r#"<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<nav><ul>{% for item in sections %}<li><a href="{{ item.url }}">{{ item.title }}</a></li>
{% endfor %}</ul><ul>{% for item in pages %}<li><a href="{{ item.url }}">{{ item.title }}</a></li>
{% endfor %}</ul></nav>
<main><h1>{{ title }}</h1>{{ content | safe }}</main></body></html>
"#;
/// As many entries of a navigation as the theme shows around the current one.
const SHOWN: usize = 60;

#[derive(Serialize)]
struct Item {
    title: String,
    url: String,
}

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    for pages in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in support::files(pages) {
            write(&folder.path().join(path), text.as_bytes());
        }
        let (mut floor, mut whole) = ((f64::MAX, 0.0), (f64::MAX, 0.0));
        for run in 0..3 {
            let start = processor_times();
            least(folder.path(), &folder.path().join(format!("floor-{run}")), pages);
            floor = less(floor, start);
            let start = processor_times();
            let mut program = Command::new(env!("CARGO_BIN_EXE_fangzhi"));
            program.args(["build", "--quiet", "--output-dir", &format!("built-{run}")]).current_dir(folder.path());
            assert!(program.stdout(Stdio::null()).status().is_ok_and(|status| status.success()), "the site is clean");
            whole = less(whole, start);
        }
        let told = |(all, system): (f64, f64)| format!("{all:.2} s ({system:.2} s of it the system's)");
        println!("{pages:>7} pages: floor {}, build {}, {:.1} times", told(floor), told(whole), whole.0 / floor.0);
    }
}

/// What passed since `start`, if it is less than what is known.
fn less(known: (f64, f64), start: (f64, f64)) -> (f64, f64) {
    let now = processor_times();
    let passed = (now.0 - start.0, now.1 - start.1);
    if passed.0 < known.0 { passed } else { known }
}

/// The least that can be done.
fn least(root: &Path, out: &Path, pages: usize) {
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", TEMPLATE).expect("a template");
    let sections: Vec<Item> = (0..pages.div_ceil(50).min(SHOWN))
        .map(|at| Item { title: format!("Section {at}"), url: format!("../../s{at}/index.html") })
        .collect();
    tera.global_context().insert("sections", &sections);
    (0..pages.div_ceil(50)).into_par_iter().for_each(|section| {
        let own = section * 50..pages.min(section * 50 + 50);
        let item = |page: usize| Item { title: format!("Page {page}"), url: format!("../p{page}/index.html") };
        let siblings = Value::from_serializable(&own.clone().map(item).collect::<Vec<_>>());
        for page in own {
            let text = fs::read_to_string(root.join(support::path(page))).expect("a page");
            let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
            let mut content = String::with_capacity(body.len() * 2);
            pulldown_cmark::html::push_html(
                &mut content,
                pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::all()),
            );
            let mut context = Context::new();
            context.insert_value("title", Value::from(format!("Page {page}")));
            context.insert_value("content", Value::from(content));
            context.insert_value("pages", siblings.clone());
            let html = tera.render("page.html", &context).expect("a page");
            write(&out.join(format!("s{section}/p{page}/index.html")), html.as_bytes());
        }
    });
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
