//! The binary: everything it does is in [`rashomon::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    rashomon::cli::main()
}
