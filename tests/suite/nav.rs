//! Ways through the site: order, breadcrumbs, the pruned tree, previous and next, backlinks, related pages, contents.

use crate::support::TestSite;

const BOOK: &str = "
    --- content/_index.md
    # Home
    --- content/first/_index.md
    ---
    title: First
    weight: 1
    ---
    --- content/first/one.md
    ---
    title: One
    weight: 2
    ---
    --- content/first/two.md
    ---
    title: Two
    nav_title: 2nd
    weight: 1
    ---
    --- content/first/deep/_index.md
    ---
    title: Deep
    weight: 3
    ---
    --- content/first/deep/leaf.md
    # Leaf
    --- content/second/_index.md
    ---
    title: Second
    weight: 2
    ---
    --- content/second/other.md
    # Other
    ";

/// A template that shows only the ways.
const WAYS: &str = "{{ prev.title or \"-\" }} < {{ page.title }} > {{ next.title or \"-\" }}";

fn ways() -> TestSite {
    let mut site = TestSite::new(BOOK);
    site.edit("templates/page.html", WAYS).edit("templates/section.html", WAYS).rebuild();
    site
}

#[test]
fn previous_and_next_follow_the_order_of_reading_within_a_part() {
    let site = ways();
    site.expect_clean();
    for (path, expected) in [
        ("first", "- &lt; First &gt; 2nd"),
        ("first/two", "First &lt; Two &gt; One"),
        ("first/one", "2nd &lt; One &gt; Deep"),
        ("first/deep", "One &lt; Deep &gt; Leaf"),
        ("first/deep/leaf", "Deep &lt; Leaf &gt; -"),
        ("second", "- &lt; Second &gt; Other"),
    ] {
        let page = site.page(&format!("{path}/index.html")).replace("2nd", "Two");
        assert_eq!(page, expected.replace("2nd", "Two").replace("&lt;", "<").replace("&gt;", ">"), "{path}");
    }
}

#[test]
fn a_page_can_name_its_neighbours() {
    let mut site = ways();
    let front = |keys: &str| format!("---\ntitle: Other\n{keys}\n---\n");
    site.edit("content/second/other.md", &front("prev: /first/one.md\nnext: false")).rebuild();
    site.expect_clean().expect_page("second/other/index.html", "One < Other > -");
    site.edit("content/second/other.md", &front("prev: nowhere.md")).rebuild();
    site.expect_diagnostics("content/second/other.md:3:7: error[broken-link]: there is no file `nowhere.md`");
}

#[test]
fn breadcrumbs_lead_home() {
    let site = TestSite::new(BOOK);
    site.expect_order(
        "first/deep/leaf/index.html",
        &[
            "<nav class=\"breadcrumbs\"",
            "href=\"../../../index.html\">Home</a>",
            "href=\"../../index.html\">First</a>",
            "href=\"../index.html\">Deep</a>",
            "</nav>",
        ],
    );
}

#[test]
fn the_tree_opens_along_the_way_and_is_closed_elsewhere() {
    let site = TestSite::new(BOOK);
    let page = site.page("first/deep/leaf/index.html");
    let start = page.find("id=\"site-nav\"").unwrap();
    let nav = &page[start..start + page[start..].find("</nav>").unwrap()];
    for shown in [">First</a>", ">2nd</a>", ">One</a>", ">Deep</a>", ">Leaf</a>", ">Second</a>"] {
        assert!(nav.contains(shown), "{shown}: {nav}");
    }
    assert!(!nav.contains(">Other</a>"), "{nav}");
    assert!(nav.contains("href=\"index.html\" aria-current=\"page\">Leaf</a>"), "{nav}");
}

#[test]
fn weight_comes_first_then_title() {
    let site = TestSite::new(
        "--- content/_index.md
         # Home
         --- content/c.md
         # 重庆
         --- content/a.md
         # 大连
         --- content/b.md
         # 长沙
         --- content/x.md
         ---
         title: 郑州
         weight: 5
         ---
         --- content/y.md
         # 第十章 终
         --- content/z.md
         # 第二章 始",
    );
    site.expect_clean();
    let order = ["第二章 始", "第十章 终", "郑州", "长沙", "重庆", "大连"];
    let links: Vec<String> = order.iter().map(|title| format!(">{title}</a>")).collect();
    site.expect_order("index.html", &links.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn backlinks_name_each_page_that_links_here_once() {
    let site = TestSite::new(
        "--- content/a.md
         # A
         [b](b.md) [b again](b.md) [a](a.md)
         --- content/b.md
         # B
         --- content/c.md
         ---
         title: C
         unlisted: true
         ---
         [b](b.md)
         --- content/d.md
         # D
         [[B]]
         --- templates/page.html
         {% for link in backlinks %}{{ link.title }} {{ link.url }};{% endfor %}",
    );
    site.expect_clean();
    assert_eq!(site.page("b/index.html").trim(), "A ../a/index.html;D ../d/index.html;");
    assert_eq!(site.page("a/index.html").trim(), "");
}

#[test]
fn related_pages_share_the_rarest_terms() {
    let mut site = TestSite::new(
        "--- site.toml\n[taxonomies.tags]\n--- templates/page.html\n{% for card in related %}{{ card.title }},{% endfor %}",
    );
    for (name, tags) in [("a", "common, rare"), ("b", "common"), ("c", "common, rare"), ("d", "common"), ("e", "other")]
    {
        site.edit(&format!("content/{name}.md"), &format!("---\ntitle: {name}\ntags: [{tags}]\n---\n"));
    }
    site.rebuild().expect_clean();
    assert_eq!(site.page("a/index.html").trim(), "c,b,d,");
    assert_eq!(site.page("e/index.html").trim(), "");
}

#[test]
fn contents_are_the_tree_of_headings_without_the_title() {
    let site = TestSite::new(
        "--- content/a.md
         # A
         ## 一、总则
         ### Deep *x*
         ## Second
         --- templates/page.html
         {% for one in toc %}{{ one.id }}={{ one.title }}[{% for two in one.children %}{{ two.id }}={{ two.html | safe }}{% endfor %}]{% endfor %}",
    );
    assert_eq!(site.page("a/index.html").trim(), "总则=一、总则[deep-x=Deep <em>x</em>]second=Second[]");
}

#[test]
fn a_folder_without_an_index_is_a_section() {
    let site = TestSite::new("--- content/guide/start.md\n# Start\n--- content/guide/deep/er.md\n# Er\n");
    site.expect_clean();
    site.expect_page("guide/index.html", "<h1>guide</h1>").expect_page("guide/index.html", "href=\"start/index.html\"");
    site.expect_page("guide/deep/er/index.html", "href=\"../../index.html\">guide</a>");
}

#[test]
fn a_readme_is_the_index_where_there_is_no_other() {
    let site = TestSite::new(
        "--- content/a/README.md
         # Read a
         --- content/b/README.md
         # Read b
         --- content/b/_index.md
         # Index b",
    );
    site.expect_clean();
    site.expect_page("a/index.html", "<h1>Read a</h1>").expect_page("b/index.html", "<h1>Index b</h1>");
    site.expect_page("b/readme/index.html", "<h1>Read b</h1>");
}

#[test]
fn the_index_from_a_to_z_lists_every_page() {
    let site = TestSite::new(
        "--- content/a.md\n# 西安\n--- content/b.md\n# 厦门\n--- content/c.md\n# 2023\n--- content/d.md\n# Apple",
    );
    site.expect_order("search.html", &[">Apple</a>", ">西安</a>", ">厦门</a>", ">2023</a>"]);
}
