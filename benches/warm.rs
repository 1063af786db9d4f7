//! What the next build costs on a disk: nothing changed, a sentence more in one page, another title, another template.
//!
//! `cargo bench --bench warm [-- PAGES...]`, 1,000 and 10,000 unless others are named, below `TMPDIR`: the program as it is
//! run by hand, seconds by the clock, each the median of three. The first build after a change that is not measured puts
//! the spare output in its place (see `src/outputs/mod.rs`), as after the first change of a day.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    println!("{:>7} {:>20} {:>8} {:>10}", "pages", "", "s", "of first");
    for pages in if sizes.is_empty() { vec![1_000, 10_000] } else { sizes } {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for (path, text) in support::files(pages) {
            write(&root.join(path), &text);
        }
        let first = build(root);
        let page = root.join(support::path(pages / 2));
        let text = fs::read_to_string(&page).expect("a page");
        let more = |turn: usize| write(&page, &format!("{text}\nA sentence more, number {turn}.\n"));
        let title = |turn: usize| write(&page, &text.replace("title: Page", &format!("title: Page {turn} of")));
        let template = |turn: usize| {
            let body = format!(
                "{{% extends \"default/page.html\" %}}{{# {turn} #}}{{% block footer %}}{turn}{{% endblock %}}"
            );
            write(&root.join("templates/page.html"), &body);
        };
        more(0);
        build(root);
        row(pages, "first build", first, first);
        row(pages, "nothing changed", median(|_| build(root)), first);
        for (name, edit) in [("a text", &more as &dyn Fn(usize)), ("a title", &title), ("a template", &template)] {
            let taken = median(|turn| {
                edit(turn);
                build(root)
            });
            row(pages, name, taken, first);
        }
    }
}

fn build(root: &Path) -> f64 {
    let start = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_fangzhi"));
    let status = program.args(["build", "--quiet"]).current_dir(root).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "the site is clean");
    start.elapsed().as_secs_f64()
}

fn median(run: impl Fn(usize) -> f64) -> f64 {
    let mut taken: Vec<f64> = (1..4).map(run).collect();
    taken.sort_by(f64::total_cmp);
    taken[1]
}

fn row(pages: usize, name: &str, taken: f64, first: f64) {
    println!("{pages:>7} {name:>20} {taken:>8.2} {:>9.0}%", 100.0 * taken / first);
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}
