//! Hostile sources: empty, huge, binary, deep, and archives made to burst; and time that grows with the text.

use std::time::{Duration, Instant};

use crate::source::{attempt, builds, pages, run};

fn timed<T>(limit: u64, what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let value = work();
    assert!(started.elapsed() < Duration::from_secs(limit), "{what} took {:?}", started.elapsed());
    value
}

#[test]
fn nothing_makes_nothing() {
    for text in ["", "\n", " \n\u{3000}\n", "\u{feff}", "\0\0\0"] {
        let imported = run("a.txt", text.as_bytes(), "");
        assert!(imported.files.is_empty(), "{text:?}: {:?}", pages(&imported));
        imported.ledger.check().unwrap();
    }
}

#[test]
fn odd_texts_are_texts() {
    for text in [
        "一".repeat(25_000),
        "a ".repeat(120_000),
        "一是甲，".repeat(20_000),
        "1880.49亿元，".repeat(12_000),
        "（1）".repeat(25_000),
        "“".repeat(75_000),
        "*[".repeat(75_000),
        "> ".repeat(75_000),
        "a\0b\0c\n".repeat(20_000),
        "\t".repeat(120_000),
        ":a".repeat(75_000),
        "http://a".repeat(15_000),
        "1. a\n".repeat(12_000),
        "甲\n\n".repeat(25_000),
        "一是甲。\n\n".repeat(12_000),
        "近年来，“当好\n\n强国”的目标。\n\n".repeat(3_000),
        "王一 某市科学技术局局长\n\n正文。\n\n".repeat(1_000),
    ] {
        let what: String = text.chars().take(12).collect();
        let imported = timed(60, &what, || run("a.txt", text.as_bytes(), ""));
        imported.ledger.check().unwrap();
    }
}

#[test]
fn binary_files_are_refused_by_name() {
    for (bytes, words) in [
        (&b"%PDF-1.7 ..."[..], "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0", "not a text"),
    ] {
        let refused = attempt("a.txt", bytes, "").unwrap_err();
        assert!(refused[0].message.contains(words), "{words}: {}", refused[0].message);
    }
}

#[test]
fn deep_html_costs_no_stack() {
    let text = format!("<p>x{}y", "<div><ul><li><table><tr><td>".repeat(25_000));
    let imported = timed(60, "deep HTML", || run("a.html", text.as_bytes(), ""));
    imported.ledger.check().unwrap();
    builds(&imported, false);
}

#[test]
fn time_grows_with_the_text() {
    let text = include_str!("chinese.txt");
    let time = |times: usize| {
        let text = text.repeat(times);
        let started = Instant::now();
        run("a.txt", text.as_bytes(), "");
        started.elapsed()
    };
    time(20);
    let (small, large) = (time(100), time(400));
    assert!(large < small * 10, "four times the text took {small:?} and {large:?}");
}
