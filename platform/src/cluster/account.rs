//! Who runs Postgres. It refuses to be root, so root lends it another account.

use std::{
    fs, io,
    os::unix::fs::{MetadataExt as _, chown},
    path::Path,
    process::{Command as StdCommand, Stdio},
};

use tokio::process::Command;

use super::ClusterError;

/// The account that runs Postgres and owns its files.
#[derive(Debug, Clone, Copy)]
pub(super) struct Account {
    /// The user and group to become; `None` to stay who we are.
    switch_to: Option<(u32, u32)>,
    uid: u32,
}

impl Account {
    /// Ourselves, unless we are root; then whoever owns the directory already, else `postgres`, else
    /// `nobody`.
    pub(super) async fn choose(data_dir: &Path) -> Result<Self, ClusterError> {
        let uid = id(&["-u"]).await?;
        if uid != 0 {
            return Ok(Self { switch_to: None, uid });
        }
        if let Ok(owner) = fs::metadata(data_dir)
            && owner.uid() != 0
        {
            return Ok(Self { switch_to: Some((owner.uid(), owner.gid())), uid: owner.uid() });
        }
        let user = if id(&["-u", "postgres"]).await.is_ok() { "postgres" } else { "nobody" };
        let (uid, gid) = (id(&["-u", user]).await?, id(&["-g", user]).await?);
        Ok(Self { switch_to: Some((uid, gid)), uid })
    }

    pub(super) const fn uid(&self) -> u32 {
        self.uid
    }

    /// A command that runs as this account, from a directory it can be in.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> StdCommand {
        let mut command = StdCommand::new(program);
        command.current_dir("/").env_remove("PGDATA").env_remove("PGPORT").env("LC_ALL", "C");
        if let Some((uid, gid)) = self.switch_to {
            use std::os::unix::process::CommandExt as _;
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Gives a file or directory to this account.
    pub(super) fn give(&self, path: &Path) -> io::Result<()> {
        match self.switch_to {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    /// Whether this account can get to `dir` and write there, whatever the directories above say.
    pub(super) async fn can_use(&self, dir: &Path) -> bool {
        let mut command = self.command("/bin/sh");
        command.args(["-c", r#"cd "$1" && test -w ."#, "sh"]).arg(dir);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Command::from(command).status().await.is_ok_and(|status| status.success())
    }
}

/// What `id` prints, which saves asking the system in unsafe code.
async fn id(args: &[&str]) -> Result<u32, ClusterError> {
    let failed = |source| ClusterError::io("find out who runs this (`id`)", source);
    let output = Command::new("id").args(args).output().await.map_err(failed)?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|error| failed(io::Error::new(io::ErrorKind::InvalidData, error)))
}
