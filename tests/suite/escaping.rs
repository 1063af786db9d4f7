//! What authors write is text wherever it is shown: no markup of theirs comes alive outside their own body.

use crate::support::TestSite;

/// A name that is markup in HTML, in a quoted attribute, in XML and in a script.
const EVIL: &str = "\"'><script>alert(1)</script>&amp;]]>";

/// A site that has the evil name everywhere.
fn evil() -> TestSite {
    let yaml = EVIL.replace('"', "\\\"");
    let mut site = TestSite::new(&format!(
        "--- site.toml
         title = \"\"\"{EVIL}\"\"\"
         description = \"\"\"{EVIL}\"\"\"
         base_url = \"https://a.example\"
         edit_url = \"https://git.example/{{path}}\"
         [languages.en]
         name = \"\"\"{EVIL}\"\"\"
         [languages.zh.ui]
         skip-to-content = \"\"\"{EVIL}\"\"\"
         [taxonomies.tags]
         title = \"\"\"{EVIL}\"\"\"
         feed = true
         [taxonomies.cities]
         [facts]
         subjects = \"cities\"
         --- content/indicators/x.md
         ---
         title: \"{yaml}\"
         indicator: {{ unit: count, kind: stock }}
         ---
         --- content/indicators/label.md
         ---
         title: Label
         indicator: {{ kind: label }}
         ---
         --- content/a.md
         ---
         title: \"{yaml}\"
         nav_title: \"{yaml}\"
         description: \"{yaml}\"
         authors: [\"{yaml}\"]
         keywords: [\"{yaml}\"]
         image: x.png
         date: 2020-01-01
         tags: [\"{yaml}\"]
         cities: [\"{yaml}\"]
         aliases: [old]
         source: {{ document: \"{yaml}\", lines: \"{yaml}\", author: \"{yaml}\", role: \"{yaml}\", date: \"{yaml}\" }}
         facts:
           - {{ x: 3, period: 2023, note: \"{yaml}\", lines: \"{yaml}\", of_which: {{ \"{yaml}\": 1 }}, rank: {{ place: 1, among: \"{yaml}\" }} }}
           - {{ label: \"{yaml}\" }}
         extra: {{ x: \"{yaml}\" }}
         ---
         ## Heading {{#h}}
         --- content/b.md
         # B
         [[a]] [[a#h]]
         --- content/table.md
         ---
         title: T
         matrix: {{ rows: tags, columns: cities }}
         ---"
    ));
    site.edit(&format!("content/{}.md", EVIL.replace('/', "-")), "Text.\n");
    // A bracket would end the picture's text, and what follows would be HTML that the author wrote.
    let alt = EVIL.replace(']', "\\]");
    site.edit("content/code.md", &format!("# C\n\n```{EVIL}\nx\n```\n\n## H\n\n![{alt}](x.png \"t\")\n"));
    site.edit("content/x.png", "png");
    site.rebuild();
    site
}

#[test]
fn markup_in_a_name_is_text_in_every_file() {
    let site = evil();
    assert!(!site.built().has_errors(), "{}", site.diagnostics());
    let outputs = site.outputs();
    assert!(outputs.len() > 25, "{:?}", site.paths());
    for (path, bytes) in &outputs {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".csv") {
            // A table of texts, in which nothing is markup.
            continue;
        }
        assert!(!text.contains("<script>alert"), "{path}: {text}");
        // In a script, and in JSON, it stands inside of a quoted text.
        let in_script = [".js", ".json", ".jsonld"].iter().any(|end| path.ends_with(end));
        assert!(in_script || !text.contains("\"'>"), "{path}: an attribute is left\n{text}");
    }
}

#[test]
fn the_name_is_really_there() {
    let site = evil();
    let pages = site.outputs();
    let shown = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("&lt;script&gt;alert(1)");
    for path in [
        "a/index.html",
        "index.html",
        "b/index.html",
        "search.html",
        "404.html",
        "feed.xml",
        "old/index.html",
        "table/index.html",
        "indicators/x/index.html",
        "en/a/index.html",
        "tags/index.html",
    ] {
        assert!(pages.get(path).is_some_and(shown), "{path} does not show the name: {:?}", site.paths());
    }
}

#[test]
fn feeds_and_sitemap_stay_well_formed() {
    let site = evil();
    for (path, bytes) in site.outputs().iter().filter(|(path, _)| path.ends_with(".xml")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => panic!("{path}: {error}: {text}"),
            }
        }
    }
}

#[test]
fn control_characters_do_not_break_a_feed() {
    let site = TestSite::new(
        "--- site.toml\nbase_url = \"https://a.example\"\n--- content/a.md\n---\ntitle: \"a\\u0001b\\u001bc\"\ndate: 2020-01-01\n---\n",
    );
    let feed = site.page("feed.xml");
    // XML 1.0 has no way to write them (section 2.2).
    assert!(!feed.chars().any(|c| c.is_control() && c != '\n'), "{feed:?}");
    assert!(!site.page("a/index.html").contains('\u{1b}'));
}

#[test]
fn untrusted_content_cannot_run_code() {
    let mut site = TestSite::new("--- site.toml\n[markdown]\ntrust = false\n--- content/b.md\n# B\n");
    site.edit(
        "content/a.md",
        "# A\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\ntext <b onclick=\"x()\">b</b>\n\n## H {onclick=x style=y}\n",
    );
    site.rebuild();
    let article = site.article("a/index.html");
    for evil in ["<script", "alert(1)", "onerror", "onclick", "style="] {
        assert!(!article.contains(evil), "{evil}: {article}");
    }
}
