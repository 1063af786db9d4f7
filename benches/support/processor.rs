//! Processor time, where the system tells it (only Linux does).

/// Processor time of this program and of those that it ran so far, in seconds: all of it, and what the system took of it.
/// They are the 14th to the 17th field of `/proc/self/stat`, in hundredths.
pub fn processor_times() -> (f64, f64) {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    // Behind the name, the first field is the third.
    let times: Vec<f64> = fields.skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    let system: f64 = times.iter().skip(1).step_by(2).sum();
    (times.iter().sum::<f64>() / 100.0, system / 100.0)
}
