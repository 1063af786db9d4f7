//! What stands beside the site in an archive: the page to open first, and a word to the reader in each language.

use crate::build::Build;
use crate::html::escape;
use crate::paths::OutputPath;

/// The folder of the site in an archive.
pub(super) const FOLDER: &str = "site";

/// Where each language begins: the home page, if it is in the bundle, else the first page that is.
pub(super) fn starts(build: &Build, has: impl Fn(&OutputPath) -> bool) -> Vec<(usize, OutputPath)> {
    let of = |language: usize| {
        let home = build.site.homes.get(language).map(|id| build.site.page(*id));
        let all = home.into_iter().chain(build.site.in_language(language).filter(|page| !page.is_unlisted()));
        all.map(|page| page.output.clone()).find(|output| has(output))
    };
    (0..build.site.config.languages.len()).filter_map(|at| Some((at, of(at)?))).collect()
}

/// `index.html` beside the folder: it opens the site, and leads to each language where a browser does not go on.
pub(super) fn page(build: &Build, starts: &[(usize, OutputPath)]) -> String {
    let config = &build.site.config;
    let Some((first, output)) = starts.first() else { return String::new() };
    let own = OutputPath::new("index.html").map(|own| own.href_to(output)).unwrap_or_default();
    let title = build.title(*first);
    let links: String = starts
        .iter()
        .map(|(at, output)| {
            let language = &config.languages[*at];
            let href = OutputPath::new("index.html").map(|own| own.href_to(output)).unwrap_or_default();
            let (href, tag) = (escape(&href), escape(&language.tag));
            format!("<li><a href=\"{FOLDER}/{href}\" lang=\"{tag}\">{}</a></li>\n", escape(&build.title(*at)))
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={FOLDER}/{}\">\n<title>{}</title>\n\
         <style>body{{max-width:36em;margin:20vh auto 0;padding:0 1.5rem;font:1.0625rem/1.8 sans-serif;\
         background:light-dark(#fbf9f4,#15120f);color:light-dark(#1f1b16,#ece5d8)}}a{{color:light-dark(#1d4e89,#93bbe2)}}\
         </style>\n</head>\n<body>\n<main><h1>{}</h1>\n<ul>\n{links}</ul></main>\n</body>\n</html>\n",
        escape(&config.languages[*first].tag),
        escape(&own),
        escape(&title),
        escape(&title),
    )
}

/// The README of each language: `README.txt` for the first, `README.en.txt` for others; lines end as Windows expects.
pub(super) fn readmes(build: &Build, languages: &[usize], sums: &str) -> Vec<(String, String)> {
    let mut all = vec![];
    for (number, at) in languages.iter().enumerate() {
        let ui = build.interface(*at);
        let word = |key: &str| ui.get(key).cloned().unwrap_or_default().replace("{name}", sums);
        let title = build.title(*at);
        let lines = [
            title.clone(),
            "=".repeat(title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()),
            String::new(),
            word("bundle-open"),
            String::new(),
            word("bundle-offline"),
            String::new(),
            word("bundle-verify"),
            format!("    sha256sum -c {sums}"),
            format!("    shasum -a 256 -c {sums}"),
            String::new(),
        ];
        let name = match number {
            0 => "README.txt".to_owned(),
            _ => format!("README.{}.txt", build.site.config.languages[*at].code),
        };
        // Old editors of Windows read UTF-8 only with a mark in front, and want both line ends.
        all.push((name, format!("\u{FEFF}{}", lines.join("\r\n"))));
    }
    all
}
