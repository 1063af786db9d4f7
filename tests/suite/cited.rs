//! Figures in texts: links to what is stated, which must say it.

use crate::support::TestSite;

const SITE: &str = "
    --- site.toml
    title = \"站\"
    [languages.en]
    [taxonomies.cities]
    [facts]
    subjects = \"cities\"
    indicators = \"indicators\"
    --- content/cities/shenzhen.md
    # 深圳
    --- content/cities/xian.md
    # 西安
    --- content/indicators/rd-spending.md
    ---
    title: 研发投入
    indicator: { unit: CNY, kind: flow }
    ---
    --- content/indicators/rd-spending.en.md
    # R&D spending
    --- content/indicators/events.md
    ---
    title: 活动
    indicator: { unit: count, kind: flow }
    ---
    --- content/a.md
    ---
    title: 甲
    cities: shenzhen
    facts:
      - { rd-spending: 1682.15亿元, period: 2021 }
      - { rd-spending: 1880.49亿元, period: 2022, change: +11.8%, rank: 2 among Chinese cities }
      - { events: more than 110, period: 2023 }
    ---
    投入[1880.49亿元](fact:rd-spending)。
    --- content/b.md
    ---
    title: 乙
    cities: xian
    ---
    ";

/// The site with a text on the page of Shenzhen.
fn saying(text: &str) -> TestSite {
    let mut site = TestSite::new(SITE);
    site.replace("content/a.md", "投入[1880.49亿元](fact:rd-spending)。", text).rebuild();
    site
}

#[test]
fn a_figure_leads_to_its_row_and_holds_its_number() {
    let site = TestSite::new(SITE);
    site.expect_clean();
    site.expect_page(
        "a/index.html",
        "投入<a class=\"fact\" href=\"../indicators/rd-spending/index.html#fact-2-shenzhen\">\
         <data value=\"188049000000\">1880.49亿元</data></a>。",
    );
    site.expect_order("indicators/rd-spending/index.html", &["<tr id=\"fact-1-shenzhen\">", "1682.15亿元"]);
    site.expect_order("indicators/rd-spending/index.html", &["<tr id=\"fact-2-shenzhen\">", "1880.49亿元"]);
    // A page that borrows the text leads to the page of its own language.
    site.expect_page("en/a/index.html", "href=\"../indicators/rd-spending/index.html#fact-2-shenzhen\"");
    site.expect_page("en/indicators/rd-spending/index.html", "<tr id=\"fact-2-shenzhen\">");
}

#[test]
fn what_is_stated_may_be_said_in_other_words() {
    let texts = [
        "[1880.49亿元](fact:rd-spending)",
        "[1880亿元](fact:rd-spending@2022)",
        "[**1682**.15亿元](fact:rd-spending)",
        "[CN¥188.05 billion](fact:shenzhen/rd-spending)",
        "[约1900亿元](<fact:深圳/rd-spending>)",
        "[1880.49亿元](fact:%E6%B7%B1%E5%9C%B3/rd-spending)",
        "增长[11.8%](fact:rd-spending.change)",
        "[11.8%](fact:rd-spending.change@2022)",
        "[全国第二](fact:rd-spending.rank)",
        "[110多场](fact:events)",
        "[1880.49亿元][x]\n\n[x]: fact:rd-spending",
    ];
    for text in texts {
        let site = saying(text);
        site.expect_clean().expect_page("a/index.html", "<a class=\"fact\" href=\"../indicators/");
    }
    let mut site = TestSite::new(SITE);
    site.edit(
        "content/b.md",
        "# 乙\n\n深圳[1880.49亿元](fact:shenzhen/rd-spending)，是[第二](fact:shenzhen/rd-spending.rank \"见表\")。\n",
    );
    site.rebuild().expect_clean().expect_page("b/index.html", "title=\"见表\"><data value=\"2\">第二</data></a>");
}

#[test]
fn what_is_said_otherwise_is_told() {
    let text = |text: &str| format!("9:{}: error[fact-text]", text);
    for (written, place, message, hint) in [
        (
            "投入[1880.94亿元](fact:rd-spending@2022)",
            text("4"),
            "the text says `1880.94亿元`, where `1880.49亿元` is stated",
            "write `1880.49亿元`, or correct what is stated",
        ),
        (
            "[1800亿元](fact:rd-spending)",
            text("2"),
            "the text says `1800亿元`, where `1682.15亿元` (2021) or `1880.49亿元` (2022) is stated",
            "write `1682.15亿元` (2021) or `1880.49亿元` (2022), or correct what is stated",
        ),
        (
            "[110场](fact:events)",
            text("2"),
            "the text says `110场`, where `超过110` is stated",
            "write `超过110`, or correct what is stated",
        ),
        (
            "[下降11.8%](fact:rd-spending.change)",
            text("2"),
            "the text says `下降11.8%`, where `增长11.8%` is stated",
            "write `增长11.8%`, or correct what is stated",
        ),
        (
            "[很多](fact:events)",
            text("2"),
            "the text does not say the value: `很多` is not a number",
            "write `超过110`, or correct what is stated",
        ),
        (
            "[](fact:events)",
            text("4"),
            "the link has no text to compare with what is stated",
            "write `超过110`, or correct what is stated",
        ),
        (
            "[1亿元](fact:rd-spendin)",
            "9:7: error[unknown-indicator]".into(),
            "there is no indicator `rd-spendin`",
            "did you mean `rd-spending`?",
        ),
        (
            "[1亿元](fact:shenzen/rd-spending)",
            "9:7: error[unknown-term]".into(),
            "there is no subject `shenzen`",
            "did you mean `shenzhen`?",
        ),
        (
            "[1亿元](fact:xian/rd-spending)",
            "9:7: error[unstated-fact]".into(),
            "no value of `rd-spending` is stated of `xian`",
            "state it in the front matter of a page, or name another period or subject",
        ),
        (
            "[1亿元](fact:rd-spending.rank@2021)",
            "9:7: error[unstated-fact]".into(),
            "no rank of `rd-spending` is stated of `shenzhen` for 2021",
            "state it in the front matter of a page, or name another period or subject",
        ),
        (
            "[1亿元](fact:rd-spending@last)",
            "9:7: error[fact-period]".into(),
            "`last` is not a date",
            "write `2022`, `2023-11`, `2023-11-30`, `2023-01/2023-11`, `/2023-11` or `not stated`",
        ),
    ] {
        let site = saying(written);
        let found = site.diagnostics();
        assert!(found.contains(&format!("content/a.md:{}: {message}\n", place)), "{written}\n{found}");
        site.expect_hint(hint);
        site.expect_page("a/index.html", "<a class=\"broken\"><data value=\"\">");
    }
}

#[test]
fn a_page_about_nobody_must_name_its_subject() {
    let mut site = TestSite::new(SITE);
    site.edit("content/c.md", "# 丙\n\n[1880.49亿元](fact:rd-spending)\n").rebuild();
    site.expect_diagnostics("content/c.md:3:13: error[no-subject]: the link says of nobody whom it is about\n");
    site.expect_hint("write `fact:shenzhen/rd-spending`");
}

#[test]
fn an_edit_of_either_side_is_heard() {
    let mut site = TestSite::new(SITE);
    site.replace("content/a.md", "投入[1880.49亿元]", "投入[1880.94亿元]").rebuild();
    assert!(site.diagnostics().contains("fact-text"), "{}", site.diagnostics());
    site.replace("content/a.md", "投入[1880.94亿元]", "投入[1880.5亿元]").rebuild().expect_clean();
    site.replace("content/a.md", "1880.49亿元, period", "1880.94亿元, period").rebuild();
    assert!(site.diagnostics().contains("fact-text"), "{}", site.diagnostics());
}

#[test]
fn a_figure_of_an_unlisted_page_has_no_row() {
    let mut site = TestSite::new(SITE);
    site.replace("content/a.md", "cities: shenzhen", "cities: shenzhen\nunlisted: true").rebuild();
    site.expect_clean().expect_page("a/index.html", "href=\"../indicators/rd-spending/index.html\"><data");
}

#[test]
fn a_copy_in_markdown_leads_to_the_indicator() {
    let mut site = TestSite::new(SITE);
    site.replace("site.toml", "title = \"站\"", "title = \"站\"\ngenerate_llms = true").rebuild();
    site.expect_page("a/index.md", "[1880.49亿元](../indicators/rd-spending/index.md)");
}

#[test]
fn what_is_suggested_can_be_written() {
    let mut site = TestSite::new(SITE);
    let mut text = "---\ntitle: 丙\ncities: xian\nfacts:\n\
         \x20 - { rd-spending: 2亿元, period: 2022, change: +3% }\n\
         \x20 - { rd-spending: 5亿元, period: 2022, subject: 鹏城 }\n\
         \x20 - { rd-spending: 6亿元, period: 2023, subject: 鹏城 }\n---\n\
         共2亿元、5亿元和6亿元，多了3%，`2亿元`，[2亿元](b.md)。\n"
        .to_owned();
    site.edit("content/cities/鹏城.md", "# 鹏\n").edit("content/c.md", &text);
    let found = fangzhi::check::unlinked(site.rebuild().built());
    let targets: Vec<_> = found.iter().map(|own| (own.figure.as_str(), own.targets.join(" "))).collect();
    assert_eq!(
        targets,
        [
            ("2亿元", "fact:rd-spending".to_owned()),
            ("5亿元", "fact:鹏城/rd-spending@2022".to_owned()),
            ("6亿元", "fact:鹏城/rd-spending@2023".to_owned()),
            ("3%", "fact:rd-spending.change".to_owned()),
        ]
    );
    for own in found.iter().rev() {
        text.replace_range(own.place.span.range(), &format!("[{}]({})", own.figure, own.targets[0]));
    }
    site.edit("content/c.md", &text);
    site.rebuild().expect_clean();
    assert_eq!(fangzhi::check::unlinked(site.built()), []);
}

#[test]
fn a_stand_in_in_another_language_says_the_same() {
    let mut site = TestSite::new(SITE);
    site.edit("content/cities/shenzhen.md", "---\ntitle: 深圳\nnames: [鹏城]\n---\n")
        .edit("content/cities/shenzhen.en.md", "# Shenzhen\n")
        .edit("content/c.md", "# 丙\n\n[1880.49亿元](fact:鹏城/rd-spending)\n")
        .rebuild()
        .expect_clean();
    site.expect_page("en/c/index.html", "<a class=\"fact\" href=\"../indicators/");
}

#[test]
fn a_figure_is_said_by_a_link_with_a_text_only() {
    let mut site = TestSite::new(SITE);
    site.edit("content/c.md", "# 丙\n\n![5](fact:events) [[fact:events]] [](fact:)\n").rebuild();
    site.expect_diagnostics(
        "content/c.md:3:6: error[fact-text]: a figure is said by a link with a text, and by nothing else\n\
         content/c.md:3:21: error[fact-text]: a figure is said by a link with a text, and by nothing else\n\
         content/c.md:3:38: error[unknown-indicator]: there is no indicator ``\n",
    );
}

#[test]
fn what_the_site_puts_behind_the_title_is_not_taken_for_a_part_of_it() {
    let site = TestSite::new(
        "
        --- content/_index.md
        # 首页

        :::include part.md
        --- content/part.md
        # 部分

        引入的文字。
        ",
    );
    site.expect_clean().expect_page("index.html", "引入的文字。");
}

/// The site with a table on a page about nobody.
fn asking(component: &str) -> TestSite {
    let mut site = TestSite::new(SITE);
    site.edit("content/c.md", &format!("# 丙\n\n{component}\n")).rebuild();
    site
}

#[test]
fn a_text_asks_for_figures_as_a_table() {
    // Several indicators: side by side for the subjects that are named, in their order.
    let site = asking(":::facts indicators=\"events, 研发投入\" subjects=\"xian、深圳\" :::");
    site.expect_clean();
    site.expect_order(
        "c/index.html",
        &["comparison", "西安", "深圳", "活动", "未载", "超过110", "研发投入", "1682.15亿元"],
    );
    // One of them: with what is drawn, and with no names of rows, which are those of its own page.
    let site = asking(":::facts indicators=\"rd-spending\" :::");
    site.expect_clean().expect_order("c/index.html", &["1682.15亿元", "<svg class=\"mark\"", "1880.49亿元"]);
    site.expect_not("c/index.html", "id=\"fact-").expect_not("c/index.html", "indicator-title");
    let site = asking(":::facts indicators=\"rd-spending\" subjects=\"xian\" :::");
    site.expect_clean().expect_not("c/index.html", "亿元");
    // All of all; in English, too.
    let mut site = asking(":::facts :::");
    site.expect_clean().expect_order("c/index.html", &["活动", "超过110", "研发投入", "1880.49亿元"]);
    site.expect_page("en/c/index.html", "CN¥188.049\u{a0}billion");
    // What is stated elsewhere later is seen.
    site.replace("content/a.md", "1880.49", "1881.49").rebuild();
    site.expect_page("c/index.html", "1881.49亿元");
}

#[test]
fn what_is_asked_for_and_not_there_is_told() {
    for (component, expected) in [
        (":::facts indicators=\"event\" :::", "3:10: error[unknown-indicator]: there is no indicator `event`"),
        (":::facts subjects=\"xian, shenzen\" :::", "3:10: error[unknown-term]: there is no subject `shenzen`"),
        (":::facts indicator=\"events\" :::", "3:10: error[component]: `facts` takes no `indicator`"),
        (":::facts shown=1 :::", "3:10: error[component]: `facts` takes no `shown`"),
    ] {
        asking(component).expect_diagnostics(&format!("content/c.md:{expected}\n"));
    }
    let mut site = asking(":::facts indicators=\"events\" :::");
    site.edit("content/c.md", "# 丙\n\n:::facts indicators=\"evens\" :::\n").rebuild();
    site.expect_hint("did you mean `events`?");
}
