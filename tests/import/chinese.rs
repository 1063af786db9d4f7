//! A Chinese report with every construct: heads, ordinals, sequences, cuts, strays, duplicates, figures, decisions.

use fangzhi::import::Weight;

use crate::source::{body, builds, fate, id, ink, kept, open, pages, run, shown};

const TEXT: &str = include_str!("chinese.txt");

fn plain() -> fangzhi::import::Imported {
    run("report.txt", TEXT.as_bytes(), "")
}

fn line(start: &str) -> usize {
    TEXT.lines().position(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no {start}")) + 1
}

#[test]
fn bylines_begin_reports_and_heads_are_read_where_they_are_written() {
    let imported = plain();
    let pages = pages(&imported);
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["report-1.md", "report-2.md", "report.md"]);
    let front = pages["report-1.md"].split("---\n").nth(1).unwrap().to_owned();
    let sha256 = fangzhi::sha256::hex(TEXT.as_bytes());
    for expected in [
        "title: 推动成果走出实验室\n".to_owned(),
        "date: 2024-03-05\n".into(),
        "  file: report.txt\n".into(),
        sha256,
        format!("  lines: \"4-{}\"\n", line("周小川河") - 2),
        "  author: 陈一鸣\n".into(),
        "  role: 临江市科学技术局局长\n".into(),
        "  issuer: 临江市科学技术局\n".into(),
        "  number: \"某科发〔2024〕12号\"\n".into(),
    ] {
        assert!(front.contains(&expected), "{expected} is not in\n{front}");
    }
    assert_eq!(fate(&imported, 4), "field author");
    assert_eq!(fate(&imported, 5), "field title");
    assert_eq!(fate(&imported, 6), "field number");
    assert_eq!(fate(&imported, 9), "dropped blank");
}

#[test]
fn ordinals_nest_and_complete_sequences_are_lists() {
    let body = body(&plain(), "report-1.md");
    for expected in [
        "## 一、基本情况\n",
        "### （一）制造园区\n",
        "\n1. 数控机床\n2. 工业机器人\n3. 检测设备\n",
        "### （二）生物园区\n",
        "生物园区的做法有四点。\n\n- 一是建立共用平台；\n- 二是开放仪器；\n- 三是培训技师；\n- 四是设立保险。\n",
        "## 二、主要问题\n",
        "- （1）缺少中试场地；\n- （2）缺少懂市场的人；\n  - ①场地太贵\n  - ②没有长期合同\n",
        "| 序号 | 园区 | 企业数 |\n| --- | --- | --- |\n| 1 | 城北 | 120 |\n",
    ] {
        assert!(body.contains(expected), "{expected} is not in\n{body}");
    }
    // An incomplete sequence stays prose.
    assert!(body.contains("\n问题也有。一是资金不足。三是人才外流。\n"), "{body}");
}

#[test]
fn what_was_cut_is_joined_and_what_is_doubtful_is_asked() {
    let imported = plain();
    assert_eq!(fate(&imported, line("近年来")), "paragraph 2");
    assert_eq!(fate(&imported, line("妥的项目")), "paragraph 2");
    let open = open(&imported);
    let about = |rule: &str, lines: &[usize]| {
        let lines = fangzhi::import::Lines::of(lines.iter().copied()).to_string();
        assert!(open.contains(&(rule, lines.clone())), "{rule} about {lines} is not in {open:#?}");
    };
    about("preamble", &[1, 2]);
    about("sequence", &[line("问题也有")]);
    about("order", &[line("望海市从"), line("海”的")]);
    about("stray", &[line("五是")]);
    let again = TEXT.lines().collect::<Vec<_>>().iter().rposition(|line| line.starts_with("中试基地")).unwrap() + 1;
    about("duplicate", &[line("修好"), again]);
    about("heading", &[line("修好")]);
    about("heading", &[line("主要体会")]);
    let heads: Vec<usize> =
        (1..).zip(TEXT.lines()).filter(|(_, text)| *text == "临江科技通讯").map(|(at, _)| at).collect();
    about("running-head", &heads);
    assert_eq!(fate(&imported, line("五是")), "review stray");
    // What is doubted stands where it stood.
    assert!(pages(&imported)["report-2.md"].contains("\n五是请外地专家常驻。\n"));
}

#[test]
fn figures_are_offered_with_their_line_and_period() {
    let imported = plain();
    let facts: Vec<(String, &str)> = imported
        .ledger
        .doubts
        .iter()
        .filter(|doubt| doubt.rule == "fact" && doubt.weight == Weight::Offer)
        .map(|doubt| (doubt.lines.to_string(), doubt.excerpt.split('：').next().unwrap()))
        .collect();
    for expected in [("11", "32家"), ("11", "6所"), ("11", "58.2亿元（2023）"), ("11", "7.5%（2023）")] {
        assert!(facts.contains(&(expected.0.into(), expected.1)), "{expected:?} is not in {facts:#?}");
    }
}

#[test]
fn decisions_are_carried_out_and_kept() {
    let first = plain();
    let order = id(&first, "order", &format!("{}, {}", line("望海市从"), line("海”的")));
    let stray = id(&first, "stray", &line("五是").to_string());
    let fact = first.ledger.doubts.iter().find(|doubt| doubt.excerpt.starts_with("58.2亿元")).unwrap().id.clone();
    let recipe = format!(
        "decisions:\n  {order}: move-{}\n  {stray}: drop\n  running-head: drop\n  heading: heading\n  preamble: document\n  {fact}: rd-spending\n",
        line("望海市从")
    );
    let second = run("report.txt", TEXT.as_bytes(), &recipe);
    let pages = pages(&second);
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["report-1.md", "report-2.md"]);
    assert!(
        pages["report-2.md"].contains("\n望海市从渔业起家，如今要走“以研促海”的路子，先做"),
        "{}",
        pages["report-2.md"]
    );
    assert!(pages["report-2.md"].contains("  document: 临江科技通讯 第七期 两市谈成果转化\n"));
    assert!(!pages["report-2.md"].contains("五是"));
    assert!(pages["report-1.md"].contains("facts:\n  - { rd-spending: 58.2亿元, period: 2023, lines: 11 }\n"));
    assert!(pages["report-1.md"].contains("\n### 修好“码头”。\n\n中试基地"), "{}", pages["report-1.md"]);
    assert!(pages["report-1.md"].contains("\n### 主要体会\n"), "{}", pages["report-1.md"]);
    assert_eq!(fate(&second, line("五是")), "dropped stray");
    assert_eq!(fate(&second, 1), "field document");
    let still: Vec<_> = open(&second)
        .into_iter()
        .filter(|(rule, _)| ["order", "stray", "heading", "running-head"].contains(rule))
        .collect();
    assert!(still.is_empty(), "{still:#?}");
    // The same decisions again give the same bytes.
    let third = run("report.txt", TEXT.as_bytes(), &recipe);
    assert_eq!((second.files, second.ledger.json(), second.review), (third.files, third.ledger.json(), third.review));
}

#[test]
fn every_page_shows_the_characters_of_its_lines() {
    let imported = plain();
    for (path, text) in pages(&imported) {
        // `1.` is the list's own mark, and a table has no tabs.
        let lines =
            kept(&imported, &path, TEXT).replace("1.数控", "数控").replace("2.工业", "工业").replace("3.检测", "检测");
        assert_eq!(shown(&text), lines, "{path}");
    }
    let sums = imported.ledger.sums.characters;
    assert_eq!(sums.source, ink(TEXT).chars().count());
    assert_eq!(sums.marks, "1.2.3.".len());
    builds(&imported, true);
}

#[test]
fn the_review_names_place_rule_excerpt_and_choices() {
    let imported = plain();
    let stray = id(&imported, "stray", &line("五是").to_string());
    let expected = format!("- `report.txt:{}` `{stray}`：五是请外地专家常驻。\n  `keep`、`drop`\n", line("五是"));
    assert!(imported.review.contains(&expected), "{}", imported.review);
    let complaint = imported.open_doubts().into_iter().find(|doubt| doubt.message.ends_with("(stray)")).unwrap();
    assert_eq!(imported.source.line_column(complaint.place.span.start as usize).line, line("五是"));
}

#[test]
fn a_recipe_of_lines_rules() {
    let recipe = format!(
        "document: \"1-2\"\ndrop:\n  - {{ lines: {}, rule: stray }}\npieces:\n  - {{ into: wanghai/_index.md, lines: \"{}-{}, {}+{}, {}-{}\", city: wanghai, weight: 2 }}\n  - {{ into: linjiang.md, lines: 4-{}, cities: [linjiang], themes: [funding], title: 2 }}\n",
        line("五是"),
        line("周小川河"),
        line("让海洋"),
        line("望海市从"),
        line("海”的"),
        line("一是设立"),
        line("三是成立"),
        line("两年的试验"),
    );
    let imported = run("report.txt", TEXT.as_bytes(), &recipe);
    let pages = pages(&imported);
    assert_eq!(pages.keys().collect::<Vec<_>>(), ["linjiang.md", "wanghai/_index.md"]);
    assert!(
        pages["linjiang.md"]
            .contains("title: 两市谈成果转化\ndate: 2024-03-05\ncities: [linjiang]\nthemes: [funding]\n")
    );
    let [start, title, moved, first, last] = ["周小川河", "让海洋", "望海市从", "海”的", "三是成立"].map(line);
    let lines = format!("lines: \"{start}-{title}, {moved}, {first}-{last}\"");
    assert!(pages["wanghai/_index.md"].contains(&lines), "{}", pages["wanghai/_index.md"]);
    assert!(pages["wanghai/_index.md"].contains("如今要走“以研促海”的路子"));
    // Lines that no piece names are for review, on no page.
    let last = line("望海市从") - 2;
    assert_eq!(fate(&imported, last), "review unplaced");
    assert!(imported.ledger.sums.characters.review > 0);
    builds(&imported, true);
}

#[test]
fn a_recipe_for_another_source_is_refused() {
    let refused = |recipe: &str| crate::source::attempt("report.txt", TEXT.as_bytes(), recipe).unwrap_err();
    assert!(refused("sha256: abc\n")[0].message.contains("another source"));
    assert!(refused("pieces:\n  - { into: a.md, lines: 1-9999 }\n")[0].message.contains("line 9999"));
    assert!(refused("pieces:\n  - { into: ../a.md, lines: 1 }\n")[0].message.contains("cannot go there"));
    assert!(refused("pieces:\n  - { into: REVIEW.md, lines: 1 }\n")[0].message.contains("list of doubts"));
    assert!(refused("piece: 3\n")[0].message.contains("piece"));
}
