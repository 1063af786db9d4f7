//! Encodings, HTML and Markdown.

use crate::source::{body, builds, fate, ink, pages, run, shown};

const TEXT: &str = include_str!("chinese.txt");

#[test]
fn encodings_come_out_right() {
    let plain = run("report.txt", TEXT.as_bytes(), "");
    let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let marked: Vec<u8> = "\u{feff}".bytes().chain(TEXT.bytes()).collect();
    let gb18030 = include_bytes!("chinese.gb18030.txt").to_vec();
    for (bytes, name) in [(little, "UTF-16LE"), (big, "UTF-16BE"), (marked, "UTF-8"), (gb18030, "gb18030")] {
        let imported = run("report.txt", &bytes, "");
        assert_eq!(imported.ledger.source.encoding, name);
        assert!(imported.diagnostics.is_empty(), "{name}: {:?}", imported.diagnostics);
        assert_eq!(imported.ledger.sums, plain.ledger.sums, "{name}");
        assert_eq!(body(&imported, "report-1.md"), body(&plain, "report-1.md"), "{name}");
    }
    let windows = run("report.txt", TEXT.replace('\n', "\r\n").as_bytes(), "");
    assert_eq!(windows.ledger.lines, plain.ledger.lines);
}

#[test]
fn html_keeps_its_structure() {
    let html = "<!doctype html><html><head><title>报告 - 站</title><style>p { color: red }</style></head><body>\
        <nav>首页 | 关于</nav><h1>年度报告</h1><p>第一段，<strong>很重要</strong>，见<a href=\"https://example.org/a\">链接</a>\n和<a href=\"b.html\">别处</a>。</p>\
        <h2>做法</h2><ul><li>甲<ol><li>一</li><li>二</li></ol></li><li>乙</li></ul>\
        <table><tr><th>年</th><th>数</th></tr><tr><td>2022</td><td>5 &lt; 6</td></tr></table>\
        <pre><code>let a = `b`;\n  c();</code></pre><blockquote><p>引文。</p></blockquote><script>alert(1)</script></body></html>";
    let imported = run("a.html", html.as_bytes(), "");
    let body = body(&imported, "a.md");
    for expected in [
        "第一段，**很重要**，见[链接](<https://example.org/a>)和别处。\n",
        "\n## 做法\n\n- 甲\n  1. 一\n  2. 二\n- 乙\n",
        "| 年 | 数 |\n| --- | --- |\n| 2022 | 5 \\< 6 |\n",
        "```\nlet a = `b`;\n  c();\n```\n",
        "> 引文。\n",
    ] {
        assert!(body.contains(expected), "{expected} is not in\n{body}");
    }
    assert!(pages(&imported)["a.md"].contains("title: 年度报告\n"));
    assert!(!body.contains("alert") && !body.contains("首页"));
    let dropped: Vec<String> = (1..=imported.ledger.source.lines)
        .map(|line| fate(&imported, line))
        .filter(|fate| fate.starts_with("dropped"))
        .collect();
    assert_eq!(dropped, ["dropped html-title", "dropped html-style", "dropped html-navigation", "dropped html-script"]);
    builds(&imported, true);
}

#[test]
fn markdown_stays_markdown() {
    let text = "---\ntitle: \"报告: 一\"\nlastmod: 2024-01-02\ncities: [a]\ncategories: [x, y]\ndraft: false\n---\n# 报告: 一\n\n正文 **粗** 和 [别处](other.md)，[这里](#做法)，![图](p.png)。\n\n\
        ## 做法\n\n- a\n  - b\n\n\n```rust\n# no heading\n\nfn f() {}\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n见脚注[^1]，[引用][r]，[[Wiki]]。\n\n[^1]: 注。\n\n[r]: other.html\n";
    let imported = run("a.md", text.as_bytes(), "");
    let page = &pages(&imported)["a.md"];
    for expected in [
        "---\ntitle: \"报告: 一\"\nlastmod: 2024-01-02\ncities: [a]\ndraft: false\nsource:\n",
        "extra:\n  categories: [x, y]\n---\n",
        "[别处]\\(other.md)，[这里](#做法)，![图]\\(p.png)",
        "```rust\n# no heading\n\nfn f() {}\n```\n",
        "[r]\\: other.html",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
    assert_eq!(fate(&imported, 2), "field title");
    assert_eq!(fate(&imported, 12), "heading 2");
    assert_eq!(fate(&imported, 1), "dropped front-matter-fence");
    let links = imported.ledger.doubts.iter().filter(|doubt| doubt.rule == "link").count();
    assert_eq!(links, 4, "{:#?}", imported.ledger.doubts);
    builds(&imported, true);
    let again = run("a.md", text.as_bytes(), "");
    assert_eq!((again.files, again.ledger), (imported.files, imported.ledger));
}

#[test]
fn bylines_part_markdown_and_html_too() {
    let html = "<h1>甲报告</h1><p>王一 某市科学技术局局长</p><p>甲的正文。</p><h1>乙报告</h1><p>李二 某县科学技术局局长</p><p>乙的正文。</p>";
    let markdown =
        "# 甲报告\n\n王一 某市科学技术局局长\n\n甲的正文。\n\n# 乙报告\n\n李二 某县科学技术局局长\n\n乙的正文。\n";
    for (name, text) in [("a.html", html), ("a.md", markdown)] {
        let imported = run(name, text.as_bytes(), "");
        let pages = pages(&imported);
        assert_eq!(pages.keys().collect::<Vec<_>>(), ["a-1.md", "a-2.md"], "{name}");
        assert!(
            pages["a-2.md"].contains("title: 乙报告\n") && pages["a-2.md"].contains("  author: 李二\n"),
            "{}",
            pages["a-2.md"]
        );
        assert_eq!(shown(&pages["a-1.md"]), ink("甲的正文。"), "{name}");
    }
}

#[test]
fn ascii_in_pairs_is_no_utf16() {
    let html = "<meta charset=\"gb18030\"><title>a</title><p class=\"long enough\">plain words and two more, ";
    for extra in ["", " "] {
        let bytes = [html.as_bytes(), extra.as_bytes(), b"\xb3\xc9\xb9\xfb\xd7\xaa\xbb\xaf</p>"].concat();
        let imported = run("a.html", &bytes, "");
        assert_eq!(imported.ledger.source.encoding, "gb18030");
        assert!(body(&imported, "a.md").contains("two more, 成果转化"));
    }
}

#[test]
fn a_sentence_with_an_item_inside_is_no_heading() {
    let paragraph = |start: &str| {
        format!("{start}，一是甲。这里还有一句话，说的是另外一件事情，因此它比三十个字还要长得多。二是乙。\n\n")
    };
    let imported = run("a.txt", (paragraph("开头") + &paragraph("又一")).as_bytes(), "");
    assert!(imported.ledger.doubts.iter().all(|doubt| doubt.rule != "heading"), "{:?}", imported.ledger.doubts);
    assert!(body(&imported, "a.md").contains("- 一是甲。"));
}
