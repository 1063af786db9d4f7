//! Facts: read with their grammar, checked against each other, shown as tables in each language.

use crate::support::TestSite;

const SITE: &str = "
    --- site.toml
    title = \"站\"
    [languages.en]
    [taxonomies.cities]
    strict = true
    [facts]
    subjects = \"cities\"
    indicators = \"indicators\"
    [units.platform]
    symbol = { zh = \"个平台\", en = \"platforms\" }
    spellings = [\"家平台\"]
    --- content/cities/shenzhen.md
    # 深圳
    --- content/cities/shenzhen.en.md
    # Shenzhen
    --- content/cities/xian.md
    # 西安
    --- content/cities/xian.en.md
    # Xi'an
    --- content/indicators/rd-spending.md
    ---
    title: 研发投入
    indicator: { unit: CNY, kind: flow }
    ---
    --- content/indicators/rd-spending.en.md
    # R&D spending
    --- content/indicators/rd-share.md
    ---
    title: 研发强度
    indicator: { kind: ratio }
    ---
    --- content/indicators/incubators.md
    ---
    title: 孵化器
    indicator: { unit: count, kind: stock }
    ---
    --- content/indicators/family.md
    ---
    title: 基金群
    indicator: { kind: label }
    ---
    --- content/a.md
    ---
    title: 甲
    cities: shenzhen
    source: { document: r, lines: 19 }
    facts:
      - { rd-spending: 1880.49亿元, period: 2022, rank: 1 among Chinese cities }
      - { rd-share: 5.81%, period: 2022, change: +0.32 percentage points }
      - { incubators: 34, period: 2023, of_which: { new: 8 }, lines: 20, note: { zh: 注, en: note } }
      - { family: 20+8 }
    ---
    ";

/// The site with another list of facts on the page.
fn with(facts: &str) -> TestSite {
    let mut site = TestSite::new(SITE);
    site.edit("content/a.md", &format!("---\ntitle: 甲\ncities: shenzhen\nfacts:\n{facts}\n---\n")).rebuild();
    site
}

#[test]
fn a_page_shows_its_facts_in_its_language() {
    let site = TestSite::new(SITE);
    site.expect_clean();
    let (zh, en) = ("a/index.html", "en/a/index.html");
    site.expect_page(zh, "<data value=\"188049000000\">1880.49亿元</data>").expect_page(zh, ">研发投入</a>");
    site.expect_page(en, "<data value=\"188049000000\">")
        .expect_page(en, "CN¥188.049\u{a0}billion")
        .expect_page(en, ">R&amp;D spending</a>");
    site.expect_page(zh, "2022年").expect_page(zh, "20+8").expect_page(zh, "<data value=\"34\">34</data>");
    site.expect_not(zh, "<data value=\"28\">").expect_page(zh, "5.81%");
}

#[test]
fn an_indicator_says_who_states_it_and_who_does_not() {
    let site = TestSite::new(SITE);
    let zh = "indicators/rd-spending/index.html";
    site.expect_order(
        zh,
        &[
            "id=\"indicator-title\"",
            "深圳",
            "1880.49亿元",
            "href=\"../../a/index.html\">甲</a>",
            "class=\"silent\"",
            "西安",
        ],
    );
    site.expect_order(
        "en/indicators/rd-spending/index.html",
        &["Shenzhen", "CN¥188.049\u{a0}billion", "class=\"silent\"", "Xi&#39;an"],
    );
}

#[test]
fn mistakes_have_their_place() {
    for (facts, expected) in [
        (
            "  - { rd-spendign: 3亿元, period: 2022 }",
            "5:7: error[unknown-indicator]: there is no indicator `rd-spendign`",
        ),
        ("  - { rd-spending: lots, period: 2022 }", "5:20: error[fact-value]"),
        ("  - { rd-spending: 3.31 percentage points, period: 2022 }", "5:20: error[fact-dimension]"),
        ("  - { rd-share: 34亿元, period: 2022 }", "5:17: error[fact-dimension]"),
        ("  - { rd-spending: 3亿元 }", "5:7: error[fact-period]"),
        ("  - { rd-spending: 3亿元, period: 2022-13 }", "5:33: error[fact-period]"),
        ("  - { rd-spending: 3亿元, perod: 2022 }", "5:7: error[fact-period]"),
        (
            "  - { incubators: 3, period: 2023, of_which: { new: 8 } }",
            "5:53: error[fact-part]: the part `new` is larger than its whole, 3",
        ),
        (
            "  - { incubators: 3, period: 2023, subject: shenzen }",
            "5:45: error[unknown-term]: there is no subject `shenzen`",
        ),
        ("  - { incubators: }", "5:7: error[bad-value]: `incubators` has no value"),
        ("  - { period: 2022, incubators: 3 }", "5:7: error[bad-value]: the fact begins with `period`"),
        (
            "  - { incubators: [3], period: 2022 }",
            "5:19: error[bad-value]: `incubators` is a list, where a text is meant",
        ),
        ("  rd-spending: 3亿元", "5:3: error[bad-value]: `facts` is a mapping, where a list is meant"),
    ] {
        let found = with(facts).diagnostics();
        let expected = format!("content/a.md:{expected}");
        assert!(
            found.lines().any(|line| line.starts_with(&expected)),
            "{facts}\nexpected {expected}\nfound    {found}"
        );
    }
}

#[test]
fn the_yaml_traps_of_figures_are_explained() {
    with("  - { rd-spending: 1,880亿元, period: 2022 }").expect_hint("a comma splits the value here");
    with("  - { incubators: >30, period: 2022 }").expect_hint("quote");
    with("  - { rd-spending: 3亿元, perod: 2022 }").expect_hint("did you mean `period`?");
    with("  - { rd-spendign: 3亿元, period: 2022 }").expect_hint("did you mean `rd-spending`?");
}

#[test]
fn all_mistakes_of_a_list_are_told_and_the_good_facts_kept() {
    let site = with("  - { nothing: 1 }\n  - { rd-share: x, period: 2022 }\n  - { incubators: 34, period: 2023 }");
    let found = site.diagnostics();
    assert!(found.contains(":5:7: error[unknown-indicator]") && found.contains(":6:17: error[fact-value]"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
    site.expect_page("a/index.html", "<data value=\"34\">34</data>");
}

#[test]
fn two_pages_that_contradict_each_other_are_both_named() {
    let mut site = TestSite::new(SITE);
    site.edit(
        "content/b.md",
        "---\ntitle: 乙\ncities: shenzhen\nfacts:\n  - { rd-spending: 188.05亿元, period: 2022 }\n---\n",
    );
    site.rebuild();
    site.expect_diagnostics(
        "content/b.md:5:20: error[fact-contradiction]: `rd-spending` is 188.05亿元 here and 1880.49亿元 elsewhere",
    );
    assert_eq!(site.complaints()[0].related[0].0.path.as_str(), "content/a.md");
    site.replace("content/b.md", "188.05亿元", "1880.5亿元").rebuild().expect_clean();
    site.replace("content/b.md", "1880.5亿元, period: 2022", "9亿元, period: 2021").rebuild().expect_clean();
    site.replace("content/b.md", "period: 2021", "period: 2022, variant: old").rebuild().expect_clean();
}

#[test]
fn of_many_contradictions_each_fact_is_told_once() {
    let mut site = TestSite::new(SITE);
    let fact = |value: &str| format!("  - {{ rd-spending: {value}, period: 2022 }}\n");
    let facts: String = ["1881亿元", "188.05亿元", "1880.49亿元", "188.05亿元", "12亿元"].map(fact).concat();
    site.edit("content/b.md", &format!("---\ntitle: 乙\ncities: shenzhen\nfacts:\n{facts}---\n")).rebuild();
    let told = |line, one, other| {
        format!("content/b.md:{line}:20: error[fact-contradiction]: `rd-spending` is {one} here and {other} elsewhere")
    };
    site.expect_diagnostics(
        &[
            told(5, "1881亿元", "1880.49亿元"),
            told(6, "188.05亿元", "1880.49亿元"),
            told(7, "1880.49亿元", "1881亿元"),
            told(8, "188.05亿元", "1880.49亿元"),
            told(9, "12亿元", "1880.49亿元"),
        ]
        .join("\n"),
    );
}

#[test]
fn the_section_of_indicators_sets_all_subjects_side_by_side() {
    let mut site = TestSite::new(SITE);
    let b = "---\ntitle: 乙\ncities: xian\nfacts:\n  - { incubators: 12, period: 2022 }\n  - { incubators: 15, period: 2023 }\n---\n";
    site.edit("content/b.md", b).rebuild();
    site.expect_clean();
    let table = |site: &TestSite, path: &str| {
        let page = site.page(path);
        page.split("class=\"figures comparison\"").nth(1).map(|rest| rest.split("</table>").next().unwrap().to_owned())
    };
    let zh = table(&site, "indicators/index.html").expect("a table");
    let row = |name: &str| {
        let rest = zh.split(&format!(">{name}</a></th>")).nth(1).expect("a row");
        rest.split("</tr>").next().unwrap().split("</td>").map(str::to_owned).collect::<Vec<_>>()
    };
    let incubators = row("孵化器");
    assert!(
        incubators[0].contains("<a class=\"stated\" href=\"../a/index.html\">") && incubators[0].contains(">34<"),
        "{zh}"
    );
    assert!(
        incubators[1].contains(">12<") && incubators[1].contains("2022年") && incubators[1].contains(">15<"),
        "{zh}"
    );
    let spending = row("研发投入");
    assert!(spending[0].contains("1880.49亿元") && spending[1].contains("未载"), "{zh}");
    let en = table(&site, "en/indicators/index.html").expect("a table");
    assert!(en.contains("CN¥188.049\u{a0}billion") && en.contains("no figure") && en.contains(">Shenzhen<"), "{en}");
    // Nobody compares fifty columns, and a section of something else has no table.
    for city in 0..50 {
        site.edit(&format!("content/cities/c{city}.md"), "# C\n");
    }
    site.rebuild();
    assert_eq!(table(&site, "indicators/index.html"), None);
    assert_eq!(table(&site, "cities/index.html"), None);
    site.expect_page("indicators/index.html", "href=\"facts.csv\"");
    // What is in no list has no column and no figure here.
    let mut site = TestSite::new(SITE);
    site.edit("content/cities/xian.md", "---\ntitle: 西安\nunlisted: true\n---\n").rebuild();
    let zh = table(&site, "indicators/index.html").expect("a table");
    assert!(zh.contains("深圳") && !zh.contains("西安"), "{zh}");
    site.expect_not("indicators/family/index.html", "西安");
    site.replace("content/a.md", "title: 甲", "title: 甲\nunlisted: true").rebuild();
    let zh = table(&site, "indicators/index.html").expect("a table");
    assert!(!zh.contains("34"), "{zh}");
    site.expect_not("indicators/incubators/index.html", "34");
}

#[test]
fn all_facts_stand_in_one_table_for_programs() {
    let mut site = TestSite::new(SITE);
    let csv = |site: &TestSite| String::from_utf8(site.outputs()["indicators/facts.csv"].clone()).expect("a text");
    let text = csv(&site);
    // Spreadsheets need the mark to see that it is UTF-8.
    let rows: Vec<&str> = text.strip_prefix('\u{feff}').expect("a mark").split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 6, "{rows:?}");
    assert_eq!(rows[1], "rd-spending,研发投入,shenzhen,深圳,,,2022,188049000000,,,exact,CNY,1880.49亿元,,1,/a/,r,19");
    assert_eq!(rows[4], "incubators,孵化器,shenzhen,深圳,new,,2023,8,,,exact,count,8,,,/a/,r,20");
    assert_eq!(rows[5], "family,基金群,shenzhen,深圳,,,,,,,,,20+8,,,/a/,r,19");
    site.expect_page("en/indicators/index.html", "href=\"../../indicators/facts.csv\"");
    // What changes the facts changes the table, and without facts there is none.
    site.replace("content/a.md", "34", "more than 30").rebuild();
    assert!(csv(&site).contains(",,30,,more than,count,more than 30,"), "{}", csv(&site));
    site.edit("content/b.md", "---\ntitle: 乙\nfacts: []\n---\n").remove("content/a.md").rebuild();
    assert!(!site.has("indicators/facts.csv"));
    // It stands beside the section's page wherever that is, and an author's own file is not written over.
    let mut site = TestSite::new(SITE);
    site.edit("content/indicators/_index.md", "---\ntitle: 指标\nurl: /all.html\n---\n").rebuild();
    site.expect_clean();
    assert!(site.has("facts.csv"), "{:?}", site.paths());
    site.edit("static/facts.csv", "own").rebuild();
    site.expect_clean();
    assert_eq!(site.outputs()["facts.csv"], b"own");
}

#[test]
fn the_table_is_described_to_programs() {
    let mut site = TestSite::new(SITE);
    site.replace("site.toml", "title", "base_url = \"https://example.org/\"\ntitle");
    let more =
        "  - { incubators: 超过9, period: /2023-05 }\n  - { rd-share: 约5%, period: 2021 }\n  - { family: 未说明 }";
    site.replace("content/a.md", "  - { family: 20+8 }", &format!("  - {{ family: 20+8 }}\n{more}")).rebuild();
    site.expect_clean();
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&site.outputs()[&format!("indicators/{name}")]).expect("it is JSON")
    };
    let (csvw, package, linked) = (read("facts.csv-metadata.json"), read("datapackage.json"), read("facts.jsonld"));
    // Both descriptions name the columns of the table, and its cells are what they say.
    let table = String::from_utf8(site.outputs()["indicators/facts.csv"].clone()).expect("a text");
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = reader.headers().expect("names").iter().map(str::to_owned).collect();
    let columns = csvw["tableSchema"]["columns"].as_array().expect("columns");
    let fields = package["resources"][0]["schema"]["fields"].as_array().expect("fields");
    assert_eq!((columns.len(), fields.len()), (names.len(), names.len()));
    for row in reader.records() {
        let row = row.expect("a row");
        for (((cell, name), column), field) in row.iter().zip(&names).zip(columns).zip(fields) {
            assert!(
                column["name"] == name.as_str() && column["titles"] == name.as_str() && field["name"] == name.as_str()
            );
            assert!(
                !cell.is_empty() || column["required"] == false && field["constraints"]["required"] == false,
                "{name}"
            );
            let kind = (column["datatype"].as_str().expect("a type"), field["type"].as_str().expect("a type"));
            let holds = match kind {
                ("string" | "anyURI", "string") => true,
                ("decimal", "number") => cell.is_empty() || cell.parse::<f64>().is_ok(),
                ("integer", "integer") => cell.is_empty() || cell.parse::<u32>().is_ok(),
                _ => false,
            };
            assert!(holds, "{name}: {cell} {kind:?}");
        }
    }
    assert_eq!((&csvw["url"], &package["resources"][0]["path"]), (&"facts.csv".into(), &"facts.csv".into()));
    // Every node that is named is there.
    let graph = linked["@graph"].as_array().expect("a graph");
    let ids: Vec<&str> = graph.iter().filter_map(|node| node["@id"].as_str()).collect();
    let observations: Vec<_> = graph.iter().filter(|node| node["@type"] == "Observation").collect();
    // What is not stated is no observation.
    assert_eq!(observations.len(), 6);
    for node in &observations {
        for named in ["variableMeasured", "observationAbout"] {
            assert!(ids.contains(&node[named]["@id"].as_str().expect("an id")), "{node}");
        }
        assert_eq!(node["url"], "https://example.org/a/");
    }
    let first = observations[0];
    assert_eq!(first["variableMeasured"]["@id"], "https://example.org/indicators/rd-spending/");
    assert_eq!((&first["value"], &first["unitText"]), (&188_049_000_000_u64.into(), &"CNY".into()));
    assert_eq!((&observations[4]["minValue"], &observations[4]["observationDate"]), (&9.into(), &"../2023-05".into()));
    assert_eq!(observations[5]["value"], "约5%");
    let names = |node: &serde_json::Value| node["name"].as_array().map(|names| names.len());
    assert_eq!(graph.iter().filter(|node| node["@type"] == "Thing").filter_map(names).collect::<Vec<_>>(), [2]);
    // Without an address everything is found from the file.
    let site = TestSite::new(SITE);
    let text = String::from_utf8(site.outputs()["indicators/facts.jsonld"].clone()).expect("a text");
    assert!(text.contains("\"@id\": \"rd-spending/index.html\"") && text.contains("\"../a/index.html\""), "{text}");
}

/// The marks that an indicator's page draws, with the places and lengths in them.
fn marks(site: &TestSite, indicator: &str) -> Vec<String> {
    let page = site.page(&format!("indicators/{indicator}/index.html"));
    let svg = |part: &str| part.split("</svg>").next().unwrap_or_default().to_owned();
    page.split("<svg class=\"mark\"").skip(1).map(svg).collect()
}

#[test]
fn alike_figures_are_drawn_and_others_only_placed() {
    let mut site = TestSite::new(SITE);
    let facts = "
  - { rd-spending: 940.245亿元, period: 2022 }
  - { rd-share: 60%, period: 2022 }
  - { incubators: 12, period: 2023 }
  - { family: 7+3 }";
    site.edit("content/b.md", &format!("---\ntitle: 乙\ncities: xian\nfacts:{facts}\n---\n")).rebuild();
    site.expect_clean();
    let bars = marks(&site, "rd-spending");
    assert!(
        bars.len() == 2 && bars[0].contains("<rect width=\"100%\"") && bars[1].contains("<rect width=\"50%\""),
        "{bars:?}"
    );
    let strips = marks(&site, "rd-share");
    assert!(strips[0].contains("width=\"5.81%\"") && strips[1].contains("width=\"60%\""), "{strips:?}");
    let things: Vec<usize> = marks(&site, "incubators").iter().map(|svg| svg.matches("<rect").count()).collect();
    assert_eq!(things, [34, 12]);
    assert!(marks(&site, "family").is_empty());
    site.expect_page("indicators/family/index.html", "这一项没有长短可比，不作图。")
        .expect_page("en/indicators/rd-spending/index.html", "Bars begin at zero");

    // Of another year it is a place on a line, and a bound is a hollow one.
    site.replace("content/b.md", "940.245亿元, period: 2022", "more than 940.245亿元, period: 2023").rebuild();
    let dots = marks(&site, "rd-spending");
    assert!(dots[0].contains("cx=\"100%\"") && !dots[0].contains("hollow"), "{dots:?}");
    assert!(dots[1].contains("cx=\"50%\"") && dots[1].contains("hollow"), "{dots:?}");
    // Of one figure there is nothing to say.
    site.remove("content/b.md").rebuild();
    assert!(marks(&site, "rd-spending").is_empty());
    site.expect_not("indicators/rd-spending/index.html", "chart-note");
}

#[test]
fn four_dated_figures_are_a_line() {
    let facts = |years: &[(u16, &str)]| {
        let fact = |(year, value): &(u16, &str)| format!("  - {{ rd-spending: {value}, period: {year} }}\n");
        format!("---\ntitle: 甲\ncities: shenzhen\nfacts:\n{}---\n", years.iter().map(fact).collect::<String>())
    };
    let years = [(2020, "100亿元"), (2021, "150亿元"), (2022, "未说明"), (2023, "约200亿元"), (2024, "120亿元")];
    let mut site = TestSite::new(SITE);
    site.edit("content/a.md", &facts(&years)).rebuild();
    site.expect_clean();
    let page = site.page("indicators/rd-spending/index.html");
    let course =
        page.split("<td class=\"course\">").nth(1).and_then(|rest| rest.split("</td>").next()).expect("a line");
    let lines: Vec<&str> = course.split("<line ").skip(1).collect();
    assert_eq!(lines.len(), 2, "{course}");
    assert!(lines[0].starts_with("x1=\"0%\" y1=\"100%\" x2=\"25%\" y2=\"50%\""), "{course}");
    assert!(lines[1].starts_with("x1=\"75%\" y1=\"0%\" x2=\"100%\" y2=\"80%\""), "{course}");
    assert_eq!((course.matches("<circle").count(), course.matches("hollow").count()), (4, 1), "{course}");
    site.expect_order("indicators/rd-spending/index.html", &["最早", "最近", "100亿元", "2020年", "120亿元", "2024年"]);
    site.expect_page("en/indicators/rd-spending/index.html", "Each line has a height of its own");
    // Three are read from the table, and so is what is about another subject.
    site.edit("content/a.md", &facts(&years[..4])).rebuild();
    site.edit("content/b.md", &facts(&[(2025, "90亿元")]).replace("shenzhen", "xian")).rebuild();
    site.expect_clean();
    site.expect_not("indicators/rd-spending/index.html", "class=\"course\"");
}

#[test]
fn what_may_be_added_is_added_for_each_period() {
    let mut site = TestSite::new(SITE);
    let more = "---\ntitle: 乙\ncities: xian\nfacts:\n  - { rd-spending: 261亿元, period: 2022 }\n  - { rd-spending: 250亿元, period: 2021 }\n---\n";
    site.edit("content/b.md", more).rebuild();
    site.expect_not("indicators/rd-spending/index.html", "<tfoot>");
    site.replace("content/indicators/rd-spending.md", "kind: flow }", "kind: flow, additive: true }").rebuild();
    site.expect_clean();
    let totals = |site: &TestSite, page: &str| site.page(page).split("<tfoot>").nth(1).unwrap_or_default().to_owned();
    let own = totals(&site, "indicators/rd-spending/index.html");
    assert!(own.contains("2 个合计") && own.contains("<data value=\"214100000000\">2141亿元</data>"), "{own}");
    assert_eq!(own.matches("<tr>").count(), 1, "only one states 2021: {own}");
    assert!(totals(&site, "en/indicators/rd-spending/index.html").contains("CN¥214.1\u{a0}billion"));
    // Bounds of both kinds have no sum, and what a subject says twice counts once.
    site.replace("content/b.md", "261亿元", "less than 261亿元").rebuild();
    assert!(totals(&site, "indicators/rd-spending/index.html").contains("低于2142亿元"));
    site.replace("content/a.md", "1880.49亿元", "more than 1880亿元").rebuild();
    assert_eq!(totals(&site, "indicators/rd-spending/index.html"), "");
    site.edit("content/c.md", &more.replace("2021", "2022, lines: 4").replace("250", "261")).remove("content/b.md");
    site.rebuild();
    assert!(totals(&site, "indicators/rd-spending/index.html").contains("超过2141亿元"));
    site.replace("content/indicators/rd-share.md", "kind: ratio }", "kind: ratio, additive: true }").rebuild();
    site.expect_diagnostics(
        "content/indicators/rd-share.md:3:1: error[bad-value]: figures of the kind `ratio` are never added up",
    );
}

#[test]
fn what_follows_from_others_is_checked() {
    let mut site = TestSite::new(SITE);
    site.edit("content/indicators/gdp.md", "---\ntitle: 生产总值\nindicator: { unit: CNY, kind: flow }\n---\n");
    site.replace("content/indicators/rd-share.md", "kind: ratio }", "kind: ratio, formula: rd-spending / gdp }");
    let gdp = "  - { gdp: 3.24万亿元, period: 2022 }\n  - { gdp: 1亿元, period: 2021 }\n  - { gdp: 1亿元, period: 2022, subject: 西安 }\n";
    site.edit("content/b.md", &format!("---\ntitle: 乙\ncities: shenzhen\nfacts:\n{gdp}---\n")).rebuild();
    site.expect_clean();
    site.expect_page(
        "indicators/rd-share/index.html",
        "<dt>算法</dt><dd><a href=\"../rd-spending/index.html\">研发投入</a> ÷ <a",
    );
    site.replace("content/b.md", "3.24万亿元", "3.42万亿元").rebuild();
    site.expect_diagnostics(
        "content/a.md:7:17: error[fact-contradiction]: `rd-share` is 5.81% here, and `rd-spending / gdp` makes 5.490–5.507%",
    );
    let complaint = site.complaints().remove(0);
    assert_eq!(complaint.related.len(), 2, "{complaint:?}");
    // Of several statements about the same the one counts that says most.
    site.replace(
        "content/a.md",
        "  - { rd-spending: 1880.49",
        "  - { rd-spending: 约1900亿元, period: 2022 }\n  - { rd-spending: 1880.49",
    );
    site.rebuild();
    assert_eq!(site.complaints().len(), 1);
    site.replace("content/a.md", "  - { rd-spending: 约1900亿元, period: 2022 }\n", "");
    // Another definition is another thing.
    site.replace("content/a.md", "5.81%, period: 2022", "5.81%, period: 2022, variant: 新").rebuild();
    site.expect_clean();
    for (formula, message) in [
        ("rd-spending / gpd", "error[unknown-indicator]: there is no indicator `gpd`"),
        ("rd-spending /", "error[bad-value]: the formula ends with a sign"),
        ("rd-spending / incubators", "error[bad-value]: `rd-spending` is in CNY, `incubators` in count"),
        ("rd-spending + gdp", "error[bad-value]: what comes out is no number in percent"),
        ("rd-share / gdp", "error[bad-value]: the formula of `rd-share` names `rd-share` itself"),
        ("family / gdp", "error[bad-value]: nothing can be reckoned with `family`, which is a `label`"),
    ] {
        let page = format!("---\ntitle: 研发强度\nindicator: {{ kind: ratio, formula: {formula} }}\n---\n");
        site.edit("content/indicators/rd-share.md", &page).rebuild();
        site.expect_diagnostics(&format!("content/indicators/rd-share.md:3:36: {message}"));
    }
}

#[test]
fn only_the_first_hundred_unknown_indicators_are_told_what_to_do() {
    let complaints = with(&"  - { rd-spendin: 1亿元, period: 2022 }\n".repeat(130)).complaints();
    assert_eq!(complaints.len(), 130);
    let hinted = complaints.iter().take_while(|trouble| trouble.hints == ["did you mean `rd-spending`?"]).count();
    assert_eq!(hinted, 100);
    assert!(complaints[100..].iter().all(|trouble| trouble.hints.is_empty()), "{complaints:?}");
}

#[test]
fn a_fact_is_about_somebody() {
    let mut site = TestSite::new(SITE);
    site.edit("content/b.md", "---\ntitle: 乙\nfacts:\n  - { incubators: 3, period: 2023 }\n---\n").rebuild();
    site.expect_diagnostics("content/b.md:4:7: error[no-subject]: the fact says of nobody whom it is about");
    site.replace("content/b.md", "2023 }", "2023, subject: 西安 }").rebuild();
    site.expect_clean();
    site.expect_order("indicators/incubators/index.html", &["深圳", "34", "西安", "3"]);
    // On the page of a term the term is the subject.
    site.remove("content/b.md");
    site.edit("content/cities/xian.md", "---\ntitle: 西安\nfacts:\n  - { incubators: 5, period: 2023 }\n---\n")
        .rebuild();
    site.expect_clean().expect_order("indicators/incubators/index.html", &["西安", "<data value=\"5\">5</data>"]);
}

#[test]
fn an_indicator_declares_its_kind_and_unit() {
    let mut site = TestSite::new(SITE);
    site.edit("content/indicators/x.md", "---\ntitle: X\nindicator: { unit: CNYY, kind: flwo }\n---\n").rebuild();
    let found = site.diagnostics();
    assert!(found.contains("content/indicators/x.md:3:20: error[fact-unit]: there is no unit `CNYY`"), "{found}");
    assert!(found.contains("content/indicators/x.md:3:32: error["), "{found}");
    site.edit("content/indicators/x.md", "---\ntitle: X\nindicator: { unit: count }\n---\n").rebuild();
    site.expect_diagnostics("content/indicators/x.md:3:1: error[bad-value]: the indicator has no `kind`");
}

#[test]
fn a_site_declares_its_own_units() {
    let mut site = TestSite::new(SITE);
    site.edit("content/indicators/x.md", "---\ntitle: X\nindicator: { unit: platform, kind: stock }\n---\n");
    site.edit("content/b.md", "---\ntitle: 乙\ncities: xian\nfacts:\n  - { x: 12家平台, period: 2023 }\n---\n")
        .rebuild();
    site.expect_clean().expect_page("b/index.html", "个平台").expect_page("en/b/index.html", "platforms");
}

#[test]
fn what_is_missing_is_said_in_words() {
    let site = with("  - { rd-spending: not stated, period: 2022 }");
    site.expect_clean().expect_page("a/index.html", "未说明").expect_page("en/a/index.html", "not stated");
}

#[test]
fn a_translation_shows_the_facts_of_the_original_once() {
    let mut site = TestSite::new(SITE);
    site.edit("content/a.en.md", "# A\n").rebuild();
    site.expect_clean().expect_page("en/a/index.html", "CN¥188.049\u{a0}billion");
    let page = site.page("en/indicators/rd-spending/index.html");
    assert_eq!(page.matches("CN¥188.049\u{a0}billion").count(), 1, "{page}");
}
