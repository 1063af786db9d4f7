//! What a clean build, a build without a change, an edited body and an edited title cost, on generated sites.
//!
//! `cargo bench --bench build` takes 100 and 1,000 pages, `cargo bench --bench build -- 10000` other sizes. Everything
//! happens in memory, so that the disk has no part in it; the ratios count, not the seconds.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use fangzhi::build::{Build, Wish, build};
use fangzhi::inputs::Inputs;
use fangzhi::paths::SourcePath;
use fangzhi::source::Source;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000] } else { sizes };
    println!("{:>7} {:>22} {:>10} {:>9} {:>9}", "pages", "", "ms", "µs/page", "of clean");
    for pages in sizes {
        measure(pages);
    }
}

fn measure(pages: usize) {
    let mut inputs = support::inputs(pages);
    let clean = median(|| understand_and_make(&inputs, None).1);
    row(pages, "clean build", clean, clean);
    let (last, _) = understand_and_make(&inputs, None);
    let understood = median(|| timed(|| build(&inputs, &Wish::default(), None)).1);
    row(pages, "  without making", understood, clean);
    let unchanged = median(|| timed(|| build(&inputs, &Wish::default(), Some(&last))).1);
    row(pages, "nothing changed", unchanged, clean);
    let page = pages / 2;
    let path = SourcePath::new(&support::path(page)).expect("a path of the site");
    let body = support::page_text(page, pages, 1);
    inputs.insert(Source::new(path.clone(), body.clone()));
    let edited = median(|| one_page(&inputs, &last, page));
    row(pages, "body edited, one page", edited, clean);
    inputs.insert(Source::new(path, body.replace("title: Page", "title: Seite")));
    let edited = median(|| one_page(&inputs, &last, page));
    row(pages, "title edited, one page", edited, clean);
    for (step, time) in &build(&inputs, &Wish::default(), Some(&last)).steps.steps {
        row(pages, &format!("  {step}"), *time, clean);
    }
}

/// The build and the making of every file.
fn understand_and_make(inputs: &Inputs, previous: Option<&Build>) -> (Build, Duration) {
    timed(|| {
        let built = build(inputs, &Wish::default(), previous);
        let bytes = AtomicUsize::new(0);
        let troubles = built.make_all(|_, made| {
            bytes.fetch_add(made.len(), Ordering::Relaxed);
            Ok::<(), std::convert::Infallible>(())
        });
        assert!(
            !built.has_errors() && troubles.is_ok_and(|troubles| troubles.is_empty()),
            "the generated site is clean"
        );
        assert!(bytes.into_inner() > 0);
        built
    })
}

/// An edit as the development server would answer it: the build, and the page that is open.
fn one_page(inputs: &Inputs, last: &Build, page: usize) -> Duration {
    let wanted = format!("s{}/p{page}/index.html", page / 50);
    timed(|| {
        let built = build(inputs, &Wish::default(), Some(last));
        let (output, content) =
            built.outputs.iter().find(|(output, _)| output.as_str() == wanted).expect("the page is planned");
        assert!(built.make(output, content).is_ok());
    })
    .1
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed())
}

fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..5).map(|_| run()).collect();
    times.sort_unstable();
    times[2]
}

fn row(pages: usize, name: &str, time: Duration, clean: Duration) {
    let milliseconds = time.as_secs_f64() * 1e3;
    let each = time.as_secs_f64() * 1e6 / pages as f64;
    let ratio = time.as_secs_f64() / clean.as_secs_f64();
    println!("{pages:>7} {name:>22} {milliseconds:>10.1} {each:>9.1} {ratio:>9.3}");
}
