//! As much of HTTP/1.1 as the load needs: one connection kept open, one request after the other.

use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// Its status.
    pub status: u16,
    /// Seconds after which to come again, where the server says so.
    pub retry_after: Option<u64>,
    /// The session that it opens.
    pub session: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Reply {
    /// Its body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A client's connection.
#[derive(Debug)]
pub struct Line {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Line {
    /// Connects from an address of this machine: `from` tells addresses apart, 0 is the usual one.
    pub async fn open(server: SocketAddr, from: u8) -> Result<Line> {
        let socket = TcpSocket::new_v4()?;
        if from > 0 {
            socket.bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 1, from)), 0))?;
        }
        let stream = socket.connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Line { stream, read: Vec::with_capacity(4096) })
    }

    /// Sends a request and reads its answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Reply> {
        match tokio::time::timeout(PATIENCE, self.exchange(request)).await {
            Ok(reply) => reply,
            Err(_) => Err(Error::new(ErrorKind::TimedOut, "the server did not answer for a minute")),
        }
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Reply> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let (status, mut reply, length) = read_head(&self.read[..head])?;
        reply.status = status;
        let end = head + 4 + length;
        while self.read.len() < end {
            self.more().await?;
        }
        reply.body = self.read[head + 4..end].to_vec();
        Ok(reply)
    }

    async fn more(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err(Error::new(ErrorKind::UnexpectedEof, "the server hung up")),
            _ => Ok(()),
        }
    }
}

fn read_head(head: &[u8]) -> Result<(u16, Reply, usize)> {
    let wrong = || Error::new(ErrorKind::InvalidData, "the server does not speak HTTP");
    let head = std::str::from_utf8(head).map_err(|_| wrong())?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(wrong)?;
    let mut reply = Reply { status, retry_after: None, session: None, body: Vec::new() };
    let mut length = 0;
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(|_| wrong())?,
            "retry-after" => reply.retry_after = value.parse().ok(),
            "set-cookie" => {
                let cookie = value.split(';').next().unwrap_or_default();
                reply.session = cookie.strip_prefix("kexun_session=").map(str::to_owned);
            }
            _ => {}
        }
    }
    Ok((status, reply, length))
}

/// A request as it goes over the wire; without a session where none is named.
pub fn request(method: &str, path: &str, session: &str, body: &str) -> Vec<u8> {
    let cookie = match session {
        "" => String::new(),
        secret => format!("cookie: kexun_session={secret}\r\n"),
    };
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: rush\r\n{cookie}x-kexun: 1\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
