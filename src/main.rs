//! The program `fangzhi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    fangzhi::cli::run()
}
