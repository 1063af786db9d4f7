//! .docx as LibreOffice writes it, and as those who mean harm do.
//!
//! `libreoffice.docx` was made of `libreoffice.fodt` (our own words) by LibreOffice Writer:
//! `soffice --headless --convert-to docx:"MS Word 2007 XML" libreoffice.fodt`.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::source::{attempt, body, builds, fate, pages, run};

const DOCX: &[u8] = include_bytes!("libreoffice.docx");

#[test]
fn headings_lists_tables_footnotes_and_pictures_are_kept() {
    let imported = run("渡口 report.docx", DOCX, "");
    assert!(imported.diagnostics.is_empty(), "{:?}", imported.diagnostics);
    assert!(pages(&imported)["渡口 report.md"].contains("title: 渡口城市的一年\n"));
    let body = body(&imported, "渡口 report.md");
    for expected in [
        "## 缘起\n\n渡口市在**去年春天**开了第一家试验车间[^2]，*费用*由三家企业分担。详见[车间主页](<https://example.org/workshop>)。\n",
        "### 做法\n\n- 先问企业缺什么\n  - 一家一家地问\n  - 问完写成清单\n- 再请学校来看\n1. 登记\n2. 试做\n3. 定价\n\n> 河水不问船从哪里来。\n",
        "| 年份 | 项目 | 投入 |\n| --- | --- | --- |\n| 2022 | 4 | 1.5亿元 |\n| 2023 | 9 \\| 其中 2 个停办 | 2.25亿元 |\n",
        "![车间的平面图](<渡口%20report-image-1.png>)\n",
        "## English summary\n\nThe workshop spent **\\$3.5 million** in 2023; a_b and \\*c\\* stay as they are.\n",
        "[^2]: 车间原是一座糖厂。\n\n[^3]: 比例为一比二百。\n",
    ] {
        assert!(body.contains(expected), "{expected} is not in\n{body}");
    }
    let picture = imported.files.iter().find(|file| file.path == "渡口 report-image-1.png").unwrap();
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    assert_eq!(imported.ledger.source.unit, "paragraph");
    assert_eq!(fate(&imported, 1), "field title");
    assert_eq!(fate(&imported, 2), "heading 2");
    builds(&imported, true);
    let again = run("渡口 report.docx", DOCX, "");
    assert_eq!((again.files, again.ledger.json()), (imported.files, imported.ledger.json()));
}

#[test]
fn a_recipe_deals_out_paragraphs_with_their_footnotes() {
    let recipe =
        "pieces:\n  - { into: a/one.md, lines: 1-3, title: 1 }\n  - { into: b.md, lines: \"4-28\", title: 数字 }\n";
    let imported = run("report.docx", DOCX, recipe);
    let pages = pages(&imported);
    assert!(pages["a/one.md"].contains("[^2]: 车间原是一座糖厂。") && !pages["b.md"].contains("糖厂"), "{pages:#?}");
    assert!(pages["b.md"].contains("![车间的平面图](<report-image-1.png>)"));
    builds(&imported, true);
}

/// A package with one file as its text.
fn package(xml: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(xml).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn deep_documents_cost_no_stack() {
    let deep = format!(
        "<w:document xmlns:w=\"x\"><w:body>{}<w:p><w:r><w:t>底</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p>".repeat(100_000)
    );
    let imported = run("a.docx", &package(deep.as_bytes()), "");
    assert_eq!(imported.ledger.sums.characters.source, 1);
}

#[test]
fn archives_that_burst_are_refused() {
    let bomb = package(&vec![b' '; 70 << 20]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let refused = attempt("a.docx", &bomb, "").unwrap_err();
    assert!(refused[0].message.contains("unpacks to more than 64 MiB"), "{}", refused[0].message);
}

#[test]
fn what_is_damaged_is_refused_in_words() {
    for bytes in [&DOCX[..200], &DOCX[..DOCX.len() - 100], &package(b"<w:p><w:r></w:p>"), b"PK\x03\x04"] {
        if let Err(refused) = attempt("a.docx", bytes, "") {
            assert!(!refused[0].message.is_empty());
        }
    }
    let other = attempt(
        "a.docx",
        &{
            let mut writer = ZipWriter::new(Cursor::new(vec![]));
            writer.start_file("content.xml", SimpleFileOptions::default()).unwrap();
            writer.finish().unwrap().into_inner()
        },
        "",
    );
    assert!(other.unwrap_err()[0].message.contains("not a .docx"));
}
