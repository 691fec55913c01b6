//! The `booka` binary. See `booka --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    one_thread_per_request();
    server::run()
}

/// Candle sizes its thread pool from this variable, and without it reads `/proc/cpuinfo` at every
/// matrix product. One request runs on one thread here; several requests run side by side.
#[expect(unsafe_code, reason = "sound: no other thread exists before main's first line")]
#[expect(clippy::disallowed_methods, reason = "a default for a library, not a setting of ours")]
fn one_thread_per_request() {
    if std::env::var_os("RAYON_NUM_THREADS").is_none() {
        // SAFETY: nothing else runs yet, so nobody can be reading the environment.
        unsafe { std::env::set_var("RAYON_NUM_THREADS", "1") };
    }
}
