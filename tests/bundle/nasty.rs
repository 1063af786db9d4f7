//! A page with everything in it that could end the block it is stored in.

use fangzhi::bundle::{epub, make, mend, single};

use crate::chromium::chromium;
use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new(
        "--- site.toml
         title = \"</script><!-- ]]>\"
         --- content/_index.md
         # Start
         [next](nasty.md)
         --- content/nasty.md
         ---
         title: \"</script> <!-- ]]> </noscript>\"
         description: \"</noscript><script>bad()</script>\"
         ---
         Text </noscript> and `</script>` and `<!--` and `]]>` end.

         ```html
         </script></noscript><!-- <script> ]]>
         ```

         <p id=\"raw\" title=\"</noscript>\">raw</p>
         <script>
         document.getElementById('raw').textContent = 'ran: <!-- <script> ]]' + '> ' + '</nos' + 'cript>';
         </script>

         <!-- a comment with </noscript> and ]]> in it -->

         The end.",
    )
}

#[test]
fn it_survives_in_one_file() {
    let built = site().clean_build();
    assert!(!built.has_errors(), "{:#?}", built.diagnostics);
    let mut files = make(&built).unwrap();
    mend(&mut files, None);
    let html = single::single(&built, &files).html;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("nasty.html");
    std::fs::write(&path, html).unwrap();
    let Some(chromium) = chromium() else { return };
    let view = chromium.view();
    view.open(&path).wait("document.querySelector('main') !== null");
    view.value::<serde_json::Value>("document.querySelector('main a[href^=\"#/nasty\"]').click()");
    view.wait("document.title.startsWith('</script> <!-- ]]> </noscript>')");
    let text = view.text();
    for part in ["Text", "</script>", "<!-- <script> ]]>", "ran: <!-- <script> ]]> </noscript>", "The end."] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(view.complaints(), Vec::<String>::new());
}

#[test]
fn it_survives_in_a_book() {
    let built = site().clean_build();
    let files = make(&built).unwrap();
    let book = epub::epub(&built, &files).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book.bytes)).unwrap();
    let text = std::io::read_to_string(archive.by_name("book/c0002.xhtml").unwrap()).unwrap();
    assert!(text.contains("&lt;!-- &lt;script&gt; ]]&gt;") && !text.contains("<script"), "{text}");
}
