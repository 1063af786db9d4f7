//! What bundles of a generated site cost, as a ratio to its build (the goal: less than twice).
//!
//! `cargo bench --bench bundle [-- PAGES]` takes 1,000 pages. The program itself is run on a site on the disk, each command
//! five times in turn; the medians of processor time, user and system, and of a clock on the wall are printed. The ratios
//! count, not the seconds.

#[path = "support/processor.rs"]
mod processor;
mod support;

use processor::processor_times;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const COMMANDS: [(&str, &[&str]); 4] = [
    ("build", &["build"]),
    ("site.zip", &["bundle", "-o", "../site.zip"]),
    ("site.html", &["bundle", "-o", "../site.html"]),
    ("site.epub", &["bundle", "-o", "../site.epub"]),
];

fn main() {
    let pages = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    for (path, text) in support::files(pages) {
        let path = site.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let mut costs: [Vec<[f64; 2]>; 4] = Default::default();
    for _ in 0..5 {
        for (at, (_, arguments)) in COMMANDS.iter().enumerate() {
            // A clean build: nothing of the last one is there to be taken over.
            let _ = std::fs::remove_dir_all(site.join("public"));
            costs[at].push(run(&site, arguments));
        }
    }
    let medians = costs.map(|mut costs| {
        costs.sort_by(|one, other| one[0].total_cmp(&other[0]));
        costs[2]
    });
    println!("{pages:>7} pages  processor s  of build     wall s  of build   megabytes");
    for ((name, _), [processor, wall]) in COMMANDS.iter().zip(medians) {
        let (share, wall_share) = (processor / medians[0][0], wall / medians[0][1]);
        let size = std::fs::metadata(folder.path().join(name)).map_or(0, |file| file.len()) as f64 / 1e6;
        let size = if size > 0.0 { format!("{size:.1}") } else { String::new() };
        println!("{name:>13} {processor:>12.2} {share:>9.2} {wall:>10.2} {wall_share:>9.2} {size:>11}");
    }
}

/// What one run costs: seconds of processor time and of the wall.
fn run(site: &Path, arguments: &[&str]) -> [f64; 2] {
    let (before, start) = (processor_times().0, Instant::now());
    let done = Command::new(env!("CARGO_BIN_EXE_fangzhi"))
        .args(arguments)
        .current_dir(site)
        .stdout(Stdio::null())
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    [processor_times().0 - before, start.elapsed().as_secs_f64()]
}
