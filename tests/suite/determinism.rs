//! The same site gives the same bytes, whatever the number of threads, the order in which files were read and the run.

use std::collections::BTreeMap;

use crate::support::{TestSite, files, made};

/// A site with something of everything.
fn literal() -> String {
    let mut literal = "--- site.toml
title = \"站\"
base_url = \"https://a.example\"
[languages.en]
[taxonomies.tags]
paginate_by = 3
feed = true
[taxonomies.cities]
"
    .to_owned();
    for at in 0..40 {
        let (city, tag, next) = (at % 4, at % 7, (at + 1) % 40);
        literal.push_str(&format!(
            "--- content/s{}/p{at}.md\n---\ntitle: 页{}\ndate: 2020-01-{:02}\ncities: 市{city}\ntags: [t{tag}, u]\n---\n[[页{}]] [n](../s{}/p{next}.md)\n",
            at % 5,
            at % 38,
            at % 28 + 1,
            at % 5 + 30,
            next % 5,
        ));
    }
    literal.push_str("--- content/s1/p1.en.md\n# One\n--- content/x.png\npng\n--- static/y.png\npng\n");
    literal
}

fn outputs(literal: &str) -> (BTreeMap<String, Vec<u8>>, String) {
    let site = TestSite::new(literal).minified();
    (made(site.built()).0, site.diagnostics())
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let literal = literal();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| outputs(&literal))
    };
    let one = with(1);
    assert!(one.0.len() > 150, "{}", one.0.len());
    assert!(with(7) == one, "seven threads make other bytes than one");
}

#[test]
fn the_order_of_files_and_the_run_make_no_difference() {
    let literal = literal();
    let mut turned: Vec<_> = files(&literal);
    turned.reverse();
    let turned: String = turned.into_iter().map(|(path, text)| format!("--- {path}\n{text}")).collect();
    assert!(outputs(&literal) == outputs(&turned));
}

#[test]
fn the_day_of_the_build_changes_no_page() {
    let literal = literal();
    let on = |day: &str| made(TestSite::new(&literal).on(day).built()).0;
    assert!(on("2024-01-01") == on("2031-12-31"), "a page shows the day on which it was built");
}

#[test]
fn nothing_of_the_place_is_in_the_bytes() {
    let here = std::env::current_dir().unwrap().display().to_string();
    for (path, bytes) in outputs(&literal()).0 {
        assert!(!String::from_utf8_lossy(&bytes).contains(&here), "{path} holds {here}");
    }
}
