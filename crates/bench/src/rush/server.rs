//! The server as a process: started, killed, and what it uses.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::wire::{Line, request};
use super::{Outcome, Place};

/// Files, and with them connections, that this process and the server may have open.
const LEAST_FILES: u64 = 8_000;

/// A server that runs.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the program and waits until it answers.
    pub async fn start(place: &Place) -> Outcome<Server> {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let files = limits.lines().find(|line| line.starts_with("Max open files"));
        let files = files.and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
        if files.is_some_and(|files| files < LEAST_FILES) {
            return Err(format!("at most {files:?} open files; say `ulimit -n {LEAST_FILES}` before").into());
        }
        std::fs::create_dir_all(&place.data)?;
        let log =
            std::fs::OpenOptions::new().create(true).append(true).open(place.data.join("server.log"))?;
        let mut command = Command::new(&place.program);
        command.arg("serve").arg("--data").arg(&place.data).arg("--listen").arg(place.listen.to_string());
        if let Some(url) = &place.database_url {
            command.arg("--database-url").arg(url);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let child =
            command.spawn().map_err(|e| format!("{} does not start: {e}", place.program.display()))?;
        let server = Server { child, address: place.listen };
        server.wait().await?;
        Ok(server)
    }

    async fn wait(&self) -> Outcome<()> {
        let ready = request("GET", "/readyz", "", "");
        for _ in 0..600 {
            if let Ok(mut line) = Line::open(self.address, 0).await
                && line.ask(&ready).await.is_ok_and(|reply| reply.status == 200)
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Err("the server was not ready within a minute; server.log in its data folder has the reason".into())
    }

    /// `kill -9`, and gone.
    pub fn kill(&mut self) -> Outcome<()> {
        self.child.kill()?;
        Ok(self.child.wait().map(drop)?)
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has used so far.
    pub fn used(&self) -> Used {
        Used::of(&format!("/proc/{}", self.pid()))
    }

    /// One request, outside of what is measured.
    pub async fn tell(&self, method: &str, path: &str, session: &str, body: &Value) -> Outcome<Value> {
        let mut line = Line::open(self.address, 0).await?;
        let reply = line.ask(&request(method, path, session, &body.to_string())).await?;
        if !(200..300).contains(&reply.status) {
            let said = String::from_utf8_lossy(&reply.body).into_owned();
            return Err(format!("{method} {path}: {} {said}", reply.status).into());
        }
        Ok(reply.json())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have gone by itself.
        self.kill().ok();
    }
}

/// What a process has used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Seconds of processors.
    pub cpu_s: f64,
    /// The most memory it ever had, in MB.
    pub most_mb: u64,
}

impl Used {
    /// Of this process.
    pub fn own() -> Used {
        Used::of("/proc/self")
    }

    fn of(process: &str) -> Used {
        let read = |file: &str| std::fs::read_to_string(Path::new(process).join(file)).unwrap_or_default();
        let stat = read("stat");
        // Behind the name, which may have blanks: state is the third field, user and system time 14 and 15.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |n: usize| fields.get(n - 3).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
        let status = read("status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = peak.and_then(|p| p.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default();
        Used { cpu_s: (ticks(14) + ticks(15)) / 100.0, most_mb: kb / 1024 }
    }
}
