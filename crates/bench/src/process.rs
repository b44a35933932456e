//! The serving process, and what the system tells about it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

/// A process of this same program that serves. It ends with whoever started it.
pub struct Served {
    /// The process.
    pub process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Served {
    /// Starts one, say as `live-serve`, on a folder.
    pub fn start(as_what: &str, folder: &Path) -> anyhow::Result<Served> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(as_what)
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()?;
        let said = process.stdout.take().context("it says nothing")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        let address = line.trim().parse();
        Ok(Served { address: address.context("it did not start")?, process })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Memory that a process shares with nobody (KiB).
pub fn private_kb(pid: u32) -> anyhow::Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let of = |name: &str| -> Option<u64> {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    let private = of("Private_Clean:").zip(of("Private_Dirty:"));
    private.map(|(clean, dirty)| clean + dirty).context("the system tells no private memory")
}

/// Processor time of all threads of a process so far (ns).
pub fn processor_ns(pid: u32) -> anyhow::Result<u64> {
    let mut all = 0;
    for thread in std::fs::read_dir(format!("/proc/{pid}/task"))? {
        let text = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        let ran = text.split(' ').next().and_then(|word| word.parse::<u64>().ok());
        all += ran.context("the system tells no processor time")?;
    }
    Ok(all)
}
