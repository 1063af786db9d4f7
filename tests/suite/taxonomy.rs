//! Terms, their own pages, strictness, order, groups, pagination, and two taxonomies crossed.

use crate::support::TestSite;

#[test]
fn terms_and_taxonomies_have_pages() {
    let site = TestSite::new(
        "--- site.toml
         [taxonomies.tags]
         title = \"标签\"
         --- content/a.md
         ---
         title: A
         tags: [人才, Venture Capital]
         ---
         --- content/b.md
         ---
         title: B
         taxonomies: { tags: venture capital }
         ---",
    );
    site.expect_clean();
    site.expect_page("tags/index.html", "<h1>标签</h1>").expect_page("tags/index.html", "href=\"人才/index.html\"");
    site.expect_page("tags/venture-capital/index.html", "<h1>Venture Capital</h1>");
    assert_eq!(site.listed("tags/venture-capital/index.html"), ["A", "B"]);
    assert_eq!(site.listed("tags/人才/index.html"), ["A"]);
}

#[test]
fn a_term_can_have_a_page_of_its_own_under_any_of_its_names() {
    let site = TestSite::bilingual(
        "--- site.toml
         [languages.en]
         [taxonomies.themes]
         strict = true
         title = { zh = \"主题\", en = \"Themes\" }
         --- content/themes/talent.md
         ---
         title: 人才
         names: [人力资源]
         ---
         讲人才。
         --- content/themes/talent.en.md
         # Talent
         On talent.
         --- content/a.md
         ---
         title: 甲
         themes: [talent]
         ---
         --- content/b.md
         ---
         title: 乙
         themes: [人才]
         ---
         --- content/c.md
         ---
         title: 丙
         themes: [人力资源, Talent]
         ---",
    );
    site.expect_clean();
    assert_eq!(site.listed("themes/talent/index.html"), ["丙", "甲", "乙"]);
    assert_eq!(site.listed("en/themes/talent/index.html"), ["丙", "乙", "甲"]);
    site.expect_page("themes/talent/index.html", "讲人才。").expect_page("en/themes/talent/index.html", "On talent.");
    site.expect_page("themes/index.html", "<h1>主题</h1>").expect_page("en/themes/index.html", "<h1>Themes</h1>");
}

#[test]
fn a_section_can_be_a_term() {
    let site = TestSite::new(
        "--- site.toml
         [taxonomies.cities]
         strict = true
         --- content/cities/_index.md
         # Cities
         --- content/cities/xian/_index.md
         # Xi'an
         --- content/cities/xian/inside.md
         ---
         title: Inside
         cities: [xian]
         ---
         --- content/elsewhere.md
         ---
         title: Elsewhere
         cities: xian
         ---",
    );
    site.expect_clean();
    // A page below is listed once, as a part of the section.
    assert_eq!(site.listed("cities/xian/index.html"), ["Inside", "Elsewhere"]);
}

#[test]
fn a_strict_taxonomy_knows_its_terms() {
    let site = TestSite::new(
        "--- site.toml
         [taxonomies.themes]
         strict = true
         --- content/themes/talent.md
         # Talent
         --- content/a.md
         ---
         title: A
         themes: [talent, tallent, \"甲\"]
         ---",
    );
    site.expect_diagnostics(
        "content/a.md:3:18: error[unknown-term]: `themes` has no term `tallent`
         content/a.md:3:27: error[unknown-term]: `themes` has no term `甲`",
    );
    site.expect_hint("did you mean `talent`?").expect_hint("write its page, `content/themes/甲.md`");
}

#[test]
fn two_terms_never_become_one_page() {
    let site = TestSite::new(
        "--- site.toml
         [taxonomies.tags]
         --- content/a.md
         ---
         title: On C
         tags: [C]
         ---
         --- content/b.md
         ---
         title: On C sharp
         tags: [\"C#\"]
         ---",
    );
    let both = site.has("tags/c/index.html") && site.page("tags/c/index.html").contains("../../b/index.html");
    let told = site.diagnostics().contains("error[");
    assert!(!both || told, "`C#` is filed under `C`, and nobody is told");
}

#[test]
fn a_long_list_takes_several_pages() {
    let mut site = TestSite::new("--- site.toml\n[taxonomies.tags]\npaginate_by = 2\n");
    for name in ["a", "b", "c", "d", "e"] {
        site.edit(&format!("content/{name}.md"), &format!("---\ntitle: {name}\ntags: [t]\n---\n"));
    }
    site.rebuild().expect_clean();
    let numbers: Vec<String> = site.paths().into_iter().filter(|path| path.starts_with("tags/t/")).collect();
    assert_eq!(numbers, ["tags/t/index.html", "tags/t/page/2/index.html", "tags/t/page/3/index.html"]);
    assert_eq!(site.listed("tags/t/index.html"), ["a", "b"]);
    assert_eq!(site.listed("tags/t/page/2/index.html"), ["c", "d"]);
    assert_eq!(site.listed("tags/t/page/3/index.html"), ["e"]);
    site.expect_page("tags/t/page/2/index.html", "href=\"../../index.html\"");
    site.expect_page("tags/t/page/2/index.html", "href=\"../3/index.html\"");
    let site = site.at("https://example.org");
    site.expect_page("tags/t/index.html", "rel=\"canonical\" href=\"https://example.org/tags/t/\"");
    site.expect_page("tags/t/page/2/index.html", "rel=\"canonical\" href=\"https://example.org/tags/t/page/2/\"");
}

#[test]
fn the_order_under_a_term_can_be_chosen() {
    for (order, expected) in [
        ("date", ["Beta", "Gamma", "Alpha"]),
        ("title", ["Alpha", "Beta", "Gamma"]),
        ("weight", ["Gamma", "Alpha", "Beta"]),
    ] {
        let mut site = TestSite::new(&format!("--- site.toml\n[taxonomies.tags]\nsort_by = \"{order}\"\n"));
        for (title, date, weight) in [("Alpha", "2020-01-01", 2), ("Beta", "2022-01-01", 3), ("Gamma", "2021-01-01", 1)]
        {
            let text = format!("---\ntitle: {title}\ndate: {date}\nweight: {weight}\ntags: t\n---\n");
            site.edit(&format!("content/{}.md", title.to_lowercase()), &text);
        }
        site.rebuild().expect_clean();
        assert_eq!(site.listed("tags/t/index.html"), expected, "{order}");
    }
}

const CROSSED: &str = "
    --- site.toml
    [languages.en]
    [taxonomies.cities]
    title = { zh = \"城市\", en = \"Cities\" }
    strict = true
    [taxonomies.themes]
    title = { zh = \"主题\", en = \"Themes\" }
    group_by = \"cities\"
    --- content/cities/xian.md
    # 西安
    --- content/cities/xian.en.md
    # Xi'an
    --- content/cities/dalian.md
    # 大连
    --- content/themes/talent.md
    # 人才
    --- content/themes/money.md
    # 金融
    --- content/a.md
    ---
    title: 甲
    cities: xian
    themes: [talent, money]
    ---
    --- content/b.md
    ---
    title: 乙
    cities: [xian, dalian]
    themes: talent
    ---
    --- content/table.md
    ---
    title: 总表
    matrix: { rows: themes, columns: cities }
    ---
    --- templates/matrix.html
    {% for row in matrix.rows %}{{ row.title }}:{% for cell in row.cells %}({% for link in cell %}{{ link.title }} {{ link.url }},{% endfor %}){% endfor %};{% endfor %}
    ";

#[test]
fn two_taxonomies_cross_in_a_table() {
    let site = TestSite::new(CROSSED);
    site.expect_clean();
    assert_eq!(
        site.page("table/index.html").trim(),
        "金融:()(甲 ../a/index.html,);人才:(乙 ../b/index.html,)(甲 ../a/index.html,乙 ../b/index.html,);"
    );
    site.expect_page("en/table/index.html", "金融:(甲 ../a/index.html,)();");
}

#[test]
fn a_matrix_names_taxonomies_that_are_there() {
    let mut site = TestSite::new(CROSSED);
    site.replace("content/table.md", "rows: themes", "rows: theems").rebuild();
    site.expect_diagnostics("content/table.md:3:17: error[bad-value]: there is no taxonomy `theems`")
        .expect_hint("did you mean `themes`?");
}

#[test]
fn pages_under_a_term_are_grouped_by_another_taxonomy() {
    let site = TestSite::new(CROSSED);
    site.expect_order("themes/talent/index.html", &["大连</a></h3>", ">乙</a>", "西安</a></h3>", ">甲</a>", ">乙</a>"]);
}

#[test]
fn an_index_without_a_file_has_the_title_of_the_taxonomy() {
    let site = TestSite::new(CROSSED);
    site.expect_page("themes/index.html", "<h1>主题</h1>").expect_page("en/themes/index.html", "<h1>Themes</h1>");
}

#[test]
fn a_taxonomy_can_stand_elsewhere() {
    let site = TestSite::new(
        "--- site.toml\n[taxonomies.tags]\npath = \"by/tag\"\n--- content/a.md\n---\ntitle: A\ntags: x\n---\n",
    );
    site.expect_clean();
    assert!(site.has("by/tag/x/index.html") && site.has("by/tag/index.html"));
    assert!(site.has("by/index.html"), "every folder has an index: {:?}", site.paths());
}

#[test]
fn unlisted_pages_are_in_no_list() {
    let site = TestSite::new(
        "--- site.toml\n[taxonomies.tags]\n--- content/a.md\n---\ntitle: Hidden\ntags: x\nunlisted: true\n---\n",
    );
    site.expect_clean();
    assert!(site.has("a/index.html"));
    for page in ["index.html", "search.html", "tags/x/index.html", "tags/index.html"] {
        site.expect_not(page, "Hidden");
    }
}
