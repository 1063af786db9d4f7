//! Templates: a site's over its theme's over the one in the binary; errors in the author's own file.

use crate::support::TestSite;

const PAGE: &str = "--- content/a.md\n# A\n\n正文。\n";

#[test]
fn one_block_can_be_overridden_without_copying_a_file() {
    let mut site = TestSite::new(PAGE);
    site.edit("templates/page.html", "{% extends \"default/page.html\" %}{% block footer %}<footer>mine {{ site.title }}</footer>{% endblock footer %}");
    site.rebuild().expect_clean();
    site.expect_page("a/index.html", "<footer>mine ")
        .expect_page("a/index.html", "<h1>A</h1>")
        .expect_page("a/index.html", "正文。");
    site.expect_not("index.html", "<footer>mine");
}

#[test]
fn a_base_of_the_site_changes_every_page() {
    let mut site = TestSite::new(PAGE);
    site.edit(
        "templates/base.html",
        "{% extends \"default/base.html\" %}{% block head_extra %}<meta name=\"x\">{% endblock head_extra %}",
    );
    site.rebuild().expect_clean();
    for path in ["index.html", "a/index.html", "404.html", "search.html"] {
        site.expect_page(path, "<meta name=\"x\">");
    }
}

#[test]
fn a_part_of_the_theme_can_be_replaced() {
    let mut site = TestSite::new(PAGE);
    site.edit("templates/partials/footer.html", "<footer>short</footer>").rebuild();
    site.expect_clean()
        .expect_page("a/index.html", "<footer>short</footer>")
        .expect_page("404.html", "<footer>short</footer>");
}

#[test]
fn a_theme_stands_between_the_site_and_the_default() {
    let mut site = TestSite::new(
        "--- site.toml
         theme = \"blue\"
         --- content/_index.md
         # Home
         --- content/a.md
         # A
         --- content/b/_index.md
         # B
         --- themes/blue/theme.toml
         name = \"blue\"
         --- themes/blue/templates/page.html
         {% extends \"default/page.html\" %}{% block footer %}blue page{% endblock footer %}
         --- themes/blue/templates/section.html
         {% extends \"default/section.html\" %}{% block footer %}blue section{% endblock footer %}
         --- themes/blue/static/blue.css
         :root{}
         --- themes/blue/i18n/zh.toml
         skip-to-content = \"跳\"
         --- templates/page.html
         {% extends \"blue/page.html\" %}{% block header %}own{% endblock header %}",
    );
    site.expect_clean();
    site.expect_page("a/index.html", "blue page")
        .expect_page("a/index.html", "own")
        .expect_page("b/index.html", "blue section");
    site.expect_page("index.html", "<a class=\"skip\" href=\"#main\">跳</a>");
    assert!(site.has("assets/blue.css") && site.has("assets/layout.css"));
    site.edit("site.toml", "theme = \"bleu\"\n").rebuild();
    site.expect_hint("did you mean `blue`?");
    assert!(
        site.diagnostics().starts_with("site.toml:1:9: error[missing-template]: there is no theme `bleu`"),
        "{}",
        site.diagnostics()
    );
}

#[test]
fn a_page_can_name_its_template() {
    let mut site = TestSite::new(
        "--- content/a.md\n---\ntitle: A\ntemplate: wide\n---\n--- templates/wide.html\nwide {{ page.title }}\n",
    );
    site.expect_clean().expect_page("a/index.html", "wide A");
    for name in ["head", "partials/head.html", "wied"] {
        site.edit("content/a.md", &format!("---\ntitle: A\ntemplate: {name}\n---\n")).rebuild();
        let found = site.diagnostics();
        // A part of another template is not a template for a page.
        assert!(found.starts_with("content/a.md:3:11: error[missing-template]"), "{name}: {found}");
    }
    site.expect_hint("did you mean `wide.html`?");
}

#[test]
fn a_template_that_extends_itself_learns_how_to_extend_the_theme() {
    let mut site = TestSite::new(PAGE);
    site.edit("templates/page.html", "{% extends \"page.html\" %}").rebuild();
    site.expect_hint("`{% extends \"default/page.html\" %}` extends the template of that name in the theme");
}

#[test]
fn mistakes_in_templates_have_their_place() {
    for (template, expected) in [
        ("一{{ page.title", "templates/page.html:1:15: error[template-syntax]"),
        ("{% if page %}\n{{ page.title }}", "templates/page.html:2:17: error[template-syntax]"),
        (
            "{% extends \"nowhere.html\" %}",
            "templates/page.html:1:13: error[template-syntax]: there is no template `nowhere.html` to extend",
        ),
        ("一\n{{ page.title | nothing }}", "templates/page.html:2:"),
        ("ok\n一{{ nothing.at.all }}", "templates/page.html:2:5: error[template-error]"),
        ("{% include \"nowhere.html\" %}", "templates/page.html:1:"),
        ("{% extends \"page.html\" %}", "templates/page.html:1:"),
    ] {
        let mut site = TestSite::new(PAGE);
        site.edit("templates/page.html", template).rebuild();
        let found = site.diagnostics();
        assert!(
            found.lines().any(|line| line.starts_with(expected)),
            "{template:?}\nexpected {expected}\nfound    {found}"
        );
    }
}

#[test]
fn an_error_is_told_once_with_a_page_it_was_made_for() {
    let mut site = TestSite::new("--- content/a.md\n# A\n--- content/b.md\n# B\n");
    site.edit("templates/page.html", "{{ nothing.at.all }}").rebuild();
    let complaints = site.complaints();
    assert_eq!(complaints.len(), 1, "{}", site.diagnostics());
    assert_eq!(complaints[0].related[0].0.path.as_str(), "content/a.md");
}

#[test]
fn content_is_never_a_template() {
    let site = TestSite::new(
        "--- content/a.md\n---\ntitle: \"{{ 1 + 1 }}\"\n---\n{{ site.title }} {% include \"x\" %} `{{ 3 }}`\n",
    );
    site.expect_clean();
    site.expect_page("a/index.html", "{{ 1 + 1 }}").expect_page("a/index.html", "{{ site.title }} {% include");
    site.expect_page("a/index.html", "<code>{{ 3 }}</code>");
}

#[test]
fn a_template_escapes_what_it_is_given() {
    let mut site = TestSite::new("--- content/a.md\n---\ntitle: \"<b>\"\n---\n");
    for name in ["templates/page.html", "templates/partials/x.html"] {
        site.edit(name, "{% include \"partials/x.html\" %}");
    }
    site.edit("templates/partials/x.html", "[{{ page.title }}]").rebuild();
    site.expect_clean().expect_page("a/index.html", "[&lt;b&gt;]");
}

#[test]
fn a_site_without_a_title_has_no_empty_names() {
    let site = TestSite::new("--- content/_index.md\n# The project\n--- content/a.md\n# A\n");
    site.expect_clean();
    site.expect_not("a/index.html", "</svg></a>\n").expect_not("a/index.html", " · </title>");
    site.expect_not("a/index.html", "\"brand-name\"></span>").expect_not("a/index.html", "index.html\"></a>");
    let bare = TestSite::new(PAGE);
    bare.expect_not("index.html", "<title></title>").expect_not("index.html", "<h1></h1>");
    bare.expect_not("a/index.html", "index.html\"></a>");
}

#[test]
fn minified_pages_say_the_same() {
    let literal = "--- content/a.md\n# A\n\n一 *二* [三](a.md) `x  y`\n\n```\n  a\n\n  b\n```\n";
    let (plain, small) = (TestSite::new(literal), TestSite::new(literal).minified());
    assert!(small.page("a/index.html").len() < plain.page("a/index.html").len());
    small.expect_page("a/index.html", "<code>x  y</code>").expect_page("a/index.html", "  a\n\n  b");
    let mut site = TestSite::new("--- content/a.md\n# A\n\n<div><b>x</b> <i>y</i></div>\n").minified();
    site.expect_page("a/index.html", "<div><b>x</b> <i>y</i></div>");
    site.edit("site.toml", "minify_html = false\n").rebuild();
    assert!(site.page("a/index.html").contains("\n<body"));
}

#[test]
fn every_broken_template_is_told_and_so_is_all_else() {
    let mut site = TestSite::new("--- content/a.md\n---\ntitle: A\ntemplate: nope\n---\n");
    site.edit("templates/page.html", "{{ }").edit("templates/section.html", "{% if %}").rebuild();
    let found = site.diagnostics();
    for expected in
        ["content/a.md:3:11: error[missing-template]", "templates/page.html:1:", "templates/section.html:1:"]
    {
        assert!(found.lines().any(|line| line.starts_with(expected)), "{expected}: {found}");
    }
}

#[test]
fn the_navigation_is_made_of_two_components() {
    let mut site = TestSite::new(
        "--- site.toml\ntitle = \"S\"\ngenerate_print = true\n--- content/a/_index.md\n# A\n--- content/a/b.md\n# B\n",
    );
    site.edit(
        "templates/partials/nav.html",
        "{% component nav_list(level) %}<ol data-level=\"{{ level }}\">{{ body }}</ol>{% endcomponent nav_list %}\
         {% component nav_item(item, @site) %}<li{% if item.current %} data-here{% endif %}>{{ site.title }}/{{ item.title }}/{{ item.url }}{{ body }}</li>{% endcomponent nav_item %}",
    );
    site.edit("templates/print.html", "<html><body>{% for item in nav %}[{{ item.title }}]{% endfor %}</body></html>");
    site.rebuild().expect_clean();
    for (path, wanted) in [
        ("a/b/index.html", "<li>S/A/../index.html<ol data-level=\"2\"><li data-here>S/B/index.html</li></ol></li>"),
        ("a/index.html", "<li data-here>S/A/index.html<ol data-level=\"2\"><li>S/B/b/index.html</li></ol></li>"),
        ("print.html", "[A]"),
    ] {
        assert!(site.page(path).contains(wanted), "{path}: {}", site.page(path));
    }
}
