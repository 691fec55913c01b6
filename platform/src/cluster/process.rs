//! Postgres as a child that cannot outlive us.
//!
//! A small shell stands between the two. It waits for the end of a pipe of which only we hold the
//! other end, so it notices our death, `kill -9` included, and then tells Postgres to stop.

use std::{
    fs::{self, OpenOptions},
    os::unix::process::CommandExt as _,
    process::{Child, ChildStdin, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Account, ClusterConfig, ClusterError, DataDir, Programs, error::tail};

/// `0` is the pipe, `1` the lock, `2` the log. INT ends connections and stops in order; QUIT stops
/// at once and is made good on the next start.
const SUPERVISOR: &str = r#"
exec 3<&0 4>&1 >&2 </dev/null
"$@" 3<&- &
postgres=$!
{
    read -r _ <&3
    kill -INT $postgres
    sleep 20
    kill -QUIT $postgres
} 4>&- &
watcher=$!
exec 3<&-
wait $postgres
code=$?
kill $watcher 2>/dev/null
exit $code
"#;

/// How long an orderly stop may take; the supervisor's own patience ends before.
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// The supervisor and the pipe that keeps it waiting.
#[derive(Debug)]
pub(super) struct Process {
    supervisor: Child,
    leash: Option<ChildStdin>,
    log: std::path::PathBuf,
    log_start: usize,
}

impl Process {
    pub(super) fn spawn(
        config: &ClusterConfig,
        account: &Account,
        programs: &Programs,
        data_dir: &DataDir,
        port: u16,
    ) -> Result<Self, ClusterError> {
        let failed = |source| ClusterError::io("start PostgreSQL", source);
        let log_path = data_dir.log_path();
        let log = OpenOptions::new().append(true).create(true).open(&log_path).map_err(failed)?;
        let log_start = log.metadata().map_err(failed)?.len();

        let mut command = account.command("/bin/sh");
        command.args(["-c", SUPERVISOR, "booka-postgres"]).arg(programs.postgres());
        command.arg("-D").arg(data_dir.pgdata()).args(["-p", &port.to_string()]);
        for setting in settings(config) {
            command.args(["-c", &setting]);
        }
        command.stdin(Stdio::piped());
        command.stdout(data_dir.share_lock().map_err(failed)?).stderr(log);
        // A group of its own: Ctrl-C in the terminal is for us, and we then stop it in order.
        command.process_group(0);
        let mut supervisor = command.spawn().map_err(failed)?;
        let leash = supervisor.stdin.take();
        let log_start = usize::try_from(log_start).unwrap_or(0);
        Ok(Self { supervisor, leash, log: log_path, log_start })
    }

    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.supervisor.try_wait(), Ok(None))
    }

    /// The last lines of what Postgres has said since it was started.
    pub(super) fn log_tail(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        tail(log.get(self.log_start..).unwrap_or_default(), 15)
    }

    /// Stops Postgres and waits for that. Does nothing the second time.
    pub(super) fn stop(&mut self) {
        drop(self.leash.take());
        let deadline = Instant::now() + STOP_TIMEOUT;
        while !self.has_ended() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        if !self.has_ended() {
            tracing::warn!("PostgreSQL does not stop; leaving it to its supervisor");
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

fn settings(config: &ClusterConfig) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=127.0.0.1".to_owned(),
        "unix_socket_directories=".to_owned(),
        format!("max_connections={}", config.max_connections),
        "log_timezone=UTC".to_owned(),
        "timezone=UTC".to_owned(),
        // A developer's machine: small, and with planner choices that do not surprise.
        "shared_buffers=64MB".to_owned(),
        "jit=off".to_owned(),
    ];
    if !config.durable {
        let forgetful = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        settings.extend(forgetful.map(str::to_owned));
    }
    settings
}
