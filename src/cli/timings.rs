//! Where the time of a build went: by step, and the dearest pages and templates.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use crate::build::Cost;

/// How many pages and templates are listed.
const MOST: usize = 10;

/// The report: the steps in their order, then what making and writing cost over all threads, then the dearest.
pub(super) fn report(steps: &[(&str, Duration)], costs: &[Cost<'_>]) -> String {
    let mut text = String::from("step                      time\n");
    let mut row = |name: &str, time: Duration| {
        let _ = writeln!(text, "{name:<20} {:>9}", shown(time));
    };
    for (name, time) in steps {
        row(name, *time);
    }
    row("whole", steps.iter().map(|(_, time)| *time).sum());
    text.push_str("\nover all threads\n");
    let _ = writeln!(text, "{:<20} {:>9}", "make", shown(costs.iter().map(|cost| cost.make).sum()));
    let _ = writeln!(text, "{:<20} {:>9}", "write", shown(costs.iter().map(|cost| cost.give).sum()));
    let mut dearest: Vec<&Cost<'_>> = costs.iter().collect();
    dearest.sort_by(|one, other| other.make.cmp(&one.make).then(one.output.cmp(other.output)));
    text.push_str("\ndearest files\n");
    for cost in dearest.iter().take(MOST) {
        let _ = writeln!(text, "{:>9}  {}", shown(cost.make), cost.output.as_str().escape_debug());
    }
    text.push_str("\ndearest templates\n");
    for (name, count, time) in templates(costs).into_iter().take(MOST) {
        let each = shown(time / u32::try_from(count).unwrap_or(u32::MAX).max(1));
        let _ = writeln!(text, "{:>9}  {name}, {count} files, {each} each", shown(time));
    }
    text
}

/// Templates with the number of files made with each and the time it took, the dearest first.
fn templates<'c>(costs: &'c [Cost<'_>]) -> Vec<(&'c str, usize, Duration)> {
    let mut sums: BTreeMap<&str, (usize, Duration)> = BTreeMap::new();
    for cost in costs {
        if let Some(name) = &cost.template {
            let sum = sums.entry(name).or_default();
            *sum = (sum.0 + 1, sum.1 + cost.make);
        }
    }
    let mut all: Vec<_> = sums.into_iter().map(|(name, (count, time))| (name, count, time)).collect();
    all.sort_by_key(|(name, _, time)| (std::cmp::Reverse(*time), *name));
    all
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::OutputPath;

    #[test]
    fn the_dearest_come_first() {
        let [a, b, c] = ["a.html", "b.html", "c.xml"].map(|path| OutputPath::new(path).unwrap());
        let cost = |output, template: Option<&str>, ms: u64| Cost {
            output,
            template: template.map(str::to_owned),
            make: Duration::from_millis(ms),
            give: Duration::from_millis(1),
        };
        let costs = [cost(&a, Some("page.html"), 3), cost(&b, Some("page.html"), 4), cost(&c, None, 5)];
        let text = report(&[("read", Duration::from_millis(2)), ("make", Duration::from_millis(8))], &costs);
        assert!(text.contains("whole                  10.0 ms"), "{text}");
        assert!(text.contains("write                   3.0 ms"), "{text}");
        assert!(text.contains("   5.0 ms  c.xml\n   4.0 ms  b.html\n"), "{text}");
        assert!(text.ends_with("   7.0 ms  page.html, 2 files, 3.5 ms each\n"), "{text}");
    }
}
